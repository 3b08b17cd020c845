//! What the flow needs in an account, and its policies, good and bad.

use super::pod::PROVIDER;
use crate::federation::setting::Setting;
use crate::model::ResourceKind;

pub(super) fn setting(setting: &mut Setting) {
    setting.resource("arn:aws:dynamodb:us-east-1:123456789012:table/Orders", ResourceKind::Table, None);
    if setting.is(super::IRSA) {
        setting.oidc_provider(PROVIDER, &["sts.amazonaws.com"]);
        setting.role(
            "OrdersService",
            "The orders service in the cluster",
            TRUST_ISSUER,
            &[("ReadOrders", READ_ORDERS)],
        );
    } else {
        setting.role("ShopNode", "The nodes of the cluster", TRUST_EC2, &[("PodIdentity", POD_IDENTITY)]);
        setting.role("OrdersPod", "The orders service in any cluster", TRUST_SERVICE, &[("OwnOrders", OWN_ORDERS)]);
    }
}

const TRUST_ISSUER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OrdersInShop",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860:aud": "sts.amazonaws.com",
          "oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860:sub": "system:serviceaccount:shop:orders"
        }
      }
    }
  ]
}
"#;

const READ_ORDERS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadOrders",
      "Effect": "Allow",
      "Action": ["dynamodb:GetItem", "dynamodb:Query"],
      "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders"
    }
  ]
}
"#;

const TRUST_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Nodes",
      "Effect": "Allow",
      "Principal": { "Service": "ec2.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

const POD_IDENTITY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PodIdentity",
      "Effect": "Allow",
      "Action": "eks-auth:AssumeRoleForPodIdentity",
      "Resource": "arn:aws:eks:us-east-1:123456789012:cluster/*"
    }
  ]
}
"#;

const TRUST_SERVICE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OrdersPods",
      "Effect": "Allow",
      "Principal": { "Service": "pods.eks.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession"],
      "Condition": {
        "StringEquals": {
          "aws:SourceAccount": "123456789012",
          "aws:RequestTag/kubernetes-service-account": "orders"
        }
      }
    }
  ]
}
"#;

const OWN_ORDERS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnOrders",
      "Effect": "Allow",
      "Action": ["dynamodb:GetItem", "dynamodb:Query"],
      "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders",
      "Condition": {
        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": "${aws:PrincipalTag/kubernetes-namespace}" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_STAR_EQUALS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AllOfShop",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860:sub": "system:serviceaccount:shop:*"
        }
      }
    }
  ]
}
"#;

pub(super) const TRUST_MISSPELT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Misspelt",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/oidc.us-east-1.eks.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.us-east-1.eks.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860:sub": "system:serviceaccount:shop:orders"
        }
      }
    }
  ]
}
"#;

pub(super) const ONLY_QUERY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadOrders",
      "Effect": "Allow",
      "Action": "dynamodb:Query",
      "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders"
    }
  ]
}
"#;

pub(super) const TRUST_WITHOUT_TAGS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OrdersPods",
      "Effect": "Allow",
      "Principal": { "Service": "pods.eks.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const TRUST_OTHER_SERVICE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Eks",
      "Effect": "Allow",
      "Principal": { "Service": "eks.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession"]
    }
  ]
}
"#;

pub(super) const ONLY_REGISTRY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Images",
      "Effect": "Allow",
      "Action": "ecr:BatchGetImage",
      "Resource": "*"
    }
  ]
}
"#;

pub(super) const DENY_TABLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoTables", "Effect": "Deny", "Action": "dynamodb:*", "Resource": "*" }]
}
"#;

pub(super) const ONLY_THE_ORGANIZATION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyTheOrganization",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": { "aws:PrincipalOrgID": "o-exampleorg1" }
      }
    }
  ]
}
"#;
