//! The policies of the flow.

pub(super) const MANAGE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Backups",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject", "s3:DeleteObject"],
      "Resource": ["arn:aws:s3:::example-backups", "arn:aws:s3:::example-backups/*"]
    }
  ]
}
"#;

/// What is needed to register a device, and to get a session with it, stays out of the deny.
pub(super) const REQUIRE_MFA: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "NothingWithoutMfa",
      "Effect": "Deny",
      "NotAction": [
        "iam:CreateVirtualMFADevice",
        "iam:EnableMFADevice",
        "iam:ListMFADevices",
        "iam:ResyncMFADevice",
        "sts:GetSessionToken"
      ],
      "Resource": "*",
      "Condition": {
        "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }
      }
    }
  ]
}
"#;

pub(super) const CLEAN: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListBackups",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-backups"
    },
    {
      "Sid": "DeleteSoonAfterMfa",
      "Effect": "Allow",
      "Action": "s3:DeleteObject",
      "Resource": "arn:aws:s3:::example-backups/*",
      "Condition": {
        "Bool": { "aws:MultiFactorAuthPresent": "true" },
        "NumericLessThan": { "aws:MultiFactorAuthAge": "3600" }
      }
    }
  ]
}
"#;

/// Keeps everybody from deleting backups.
pub(super) const KEEP_BACKUPS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepBackups",
      "Effect": "Deny",
      "Action": "s3:DeleteObject",
      "Resource": "arn:aws:s3:::example-backups/*"
    }
  ]
}
"#;

/// The same for a bucket policy.
pub(super) const KEEP_BACKUPS_BUCKET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepBackups",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:DeleteObject",
      "Resource": "arn:aws:s3:::example-backups/*"
    }
  ]
}
"#;
