//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const TRUST_VENDOR: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Vendor",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::999988887777:root" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "sts:ExternalId": "cust-7c41" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_TOOLS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Colleagues",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "Bool": { "aws:MultiFactorAuthPresent": "true" }
      }
    }
  ]
}
"#;

pub(super) const COLLECTOR: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RolesOfCustomers",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "arn:aws:iam::*:role/VendorReader"
    }
  ]
}
"#;

pub(super) const DANA: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AuditorOfSales",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "arn:aws:iam::123456789012:role/Auditor"
    }
  ]
}
"#;

/// Allows roles of another name.
pub(super) const OTHER_ROLES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OtherRoles",
      "Effect": "Allow",
      "Action": "sts:AssumeRole",
      "Resource": "arn:aws:iam::*:role/Reporting"
    }
  ]
}
"#;

pub(super) const TRUST_OTHER_USER_OF_VENDOR: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Vendor",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::999988887777:user/installer" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "sts:ExternalId": "cust-7c41" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_OTHER_COLLEAGUE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Colleagues",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::444455556666:user/Emil" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "Bool": { "aws:MultiFactorAuthPresent": "true" }
      }
    }
  ]
}
"#;

/// Trusts the account of the role itself, as if `root` meant everybody.
pub(super) const TRUST_OWN_ACCOUNT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Everybody",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::123456789012:root" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const OTHER_BUCKET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListSales",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-sales"
    },
    {
      "Sid": "ReadSales",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales"
    }
  ]
}
"#;

/// Asks for a second factor where a session of a role has none to show.
pub(super) const MFA_IN_PERMISSIONS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "SalesWithMfa",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"],
      "Condition": {
        "Bool": { "aws:MultiFactorAuthPresent": "true" }
      }
    }
  ]
}
"#;

pub(super) const BUCKET_FOR_LOADER_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "LoaderOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"],
      "Condition": {
        "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/RedshiftLoader" }
      }
    }
  ]
}
"#;

/// Lets only the account itself and services assume its roles.
pub(super) const OWN_ACCOUNT_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnAccountOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": { "aws:PrincipalAccount": "123456789012" },
        "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }
      }
    }
  ]
}
"#;
