//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OurDirectory",
      "Effect": "Allow",
      "Principal": { "Service": "ds.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "aws:SourceAccount": "123456789012" },
        "ArnLike": { "aws:SourceArn": "arn:aws:ds:us-east-1:123456789012:directory/d-1234567890" }
      }
    }
  ]
}
"#;

pub(super) const SEE_ORDERS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "SeeOrders",
      "Effect": "Allow",
      "Action": ["dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
      "Resource": "arn:aws:dynamodb:us-east-1:123456789012:table/Orders"
    }
  ]
}
"#;

pub(super) const GIVE_ROLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "GiveRoles",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/OrderDesk",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "ds.amazonaws.com" }
      }
    },
    {
      "Sid": "ManageDirectories",
      "Effect": "Allow",
      "Action": "ds:*",
      "Resource": "*"
    }
  ]
}
"#;

/// Written for another service.
pub(super) const GIVE_TO_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "GiveRoles",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/OrderDesk",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" }
      }
    },
    {
      "Sid": "ManageDirectories",
      "Effect": "Allow",
      "Action": "ds:*",
      "Resource": "*"
    }
  ]
}
"#;

/// As for people who come with an assertion.
pub(super) const TRUST_SAML: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Staff",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/ADFS" },
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }
      }
    }
  ]
}
"#;

/// The name that people expect the service to have.
pub(super) const TRUST_WRONG_NAME: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OurDirectory",
      "Effect": "Allow",
      "Principal": { "Service": "directoryservice.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const DENY_DYNAMODB: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoTables", "Effect": "Deny", "Action": "dynamodb:*", "Resource": "*" }]
}
"#;
