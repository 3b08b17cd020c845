//! What Identity Center puts into an account, and its policies, good and bad.

use crate::federation::setting::Setting;
use crate::model::{Command, ResourceKind};

/// The role of the permission set.
pub(super) const ROLE: &str = "AWSReservedSSO_SalesReader_0a1b2c3d4e5f6789";
/// Its path; behind it stands the region where Identity Center is not in us-east-1.
pub(super) const PATH: &str = "/aws-reserved/sso.amazonaws.com/";
/// The inline policy of the permission set.
pub(super) const SET: &str = "AwsSSOInlinePolicy";
/// The SAML provider of the account.
pub(super) const PROVIDER: &str = "AWSSSO_9f8e7d6c5b4a3210_DO_NOT_DELETE";
/// Who signs.
pub(super) const ISSUER: &str =
    "https://portal.sso.us-east-1.amazonaws.com/saml/assertion/MTIzNDU2Nzg5MDEyX2lucy1leGFtcGxl";

const TWELVE_HOURS: u32 = 43_200;

pub(super) fn setting(setting: &mut Setting) {
    setting.saml_provider(PROVIDER, ISSUER);
    if setting.role_at((PATH, ROLE), "Permission set SalesReader", TRUST, &[(SET, OWN_DEPARTMENT)]) {
        let description = "Permission set SalesReader".into();
        setting.run(&Command::UpdateRole { name: ROLE.into(), description, max_session: TWELVE_HOURS });
    }
    setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None);
}

const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/AWSSSO_9f8e7d6c5b4a3210_DO_NOT_DELETE" },
      "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
      "Condition": {
        "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }
      }
    }
  ]
}
"#;

const OWN_DEPARTMENT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListOwnDepartment",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-sales",
      "Condition": {
        "StringLike": { "s3:prefix": "${aws:PrincipalTag/Department}/*" }
      }
    },
    {
      "Sid": "ReadOwnDepartment",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/${aws:PrincipalTag/Department}/*"
    }
  ]
}
"#;

pub(super) const LAST_MONTHS_SET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Archive",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-archive", "arn:aws:s3:::example-archive/*"]
    }
  ]
}
"#;

pub(super) const ONLY_OLD_ROLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlySalesReader",
      "Effect": "Deny",
      "Principal": "*",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"],
      "Condition": {
        "ArnNotEquals": {
          "aws:PrincipalArn": "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_SalesReader_ffffffffffffffff"
        }
      }
    }
  ]
}
"#;

pub(super) const ONLY_ONE_PROVIDER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyOurProvider",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRoleWithSAML",
      "Resource": "*",
      "Condition": {
        "StringNotEquals": { "SAML:iss": "https://idp.example.com/saml" }
      }
    }
  ]
}
"#;
