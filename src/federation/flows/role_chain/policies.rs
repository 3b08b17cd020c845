//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const TRUST_ENGINEER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UnderTheirOwnName",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:user/Engineer" },
      "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"],
      "Condition": {
        "StringEquals": { "sts:SourceIdentity": "${aws:username}" }
      }
    },
    {
      "Sid": "WithAProject",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:user/Engineer" },
      "Action": "sts:TagSession",
      "Condition": {
        "Null": { "aws:RequestTag/Project": "false" }
      }
    }
  ]
}
"#;

pub(super) const ASSUME_PRODUCTION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Production",
      "Effect": "Allow",
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      "Resource": "arn:aws:iam::*:role/DeployProduction"
    }
  ]
}
"#;

pub(super) const TRUST_TOOLS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ToolsForOrders",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:role/DeployTools" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      "Condition": {
        "StringEquals": { "aws:PrincipalTag/Project": "Orders" }
      }
    }
  ]
}
"#;

pub(super) const WRITE_OWN_TABLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "TableOfTheProject",
      "Effect": "Allow",
      "Action": ["dynamodb:GetItem", "dynamodb:PutItem"],
      "Resource": "arn:aws:dynamodb:*:*:table/${aws:PrincipalTag/Project}"
    }
  ]
}
"#;

pub(super) const TRUST_SOMEBODY_ELSE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Administrator",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:user/Administrator" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    }
  ]
}
"#;

pub(super) const TRUST_ACCOUNT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WhoeverMayInTheAccount",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:root" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    }
  ]
}
"#;

/// Trust in the user at the beginning of the chain, who is not the one who asks.
pub(super) const TRUST_ENGINEER_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Engineer",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:user/Engineer" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]
    }
  ]
}
"#;

pub(super) const TRUST_TOOLS_WITHOUT_TAGS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Tools",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:role/DeployTools" },
      "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"]
    }
  ]
}
"#;

pub(super) const TRUST_TOOLS_WITHOUT_IDENTITY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Tools",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:role/DeployTools" },
      "Action": ["sts:AssumeRole", "sts:TagSession"]
    }
  ]
}
"#;

/// Permissions of the first role without a word about roles; as boundary and session policy too.
pub(super) const TABLES_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "TablesOnly", "Effect": "Allow", "Action": "dynamodb:*", "Resource": "*" }]
}"#;

pub(super) const DENY_TABLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoTables", "Effect": "Deny", "Action": "dynamodb:*", "Resource": "*" }]
}
"#;
