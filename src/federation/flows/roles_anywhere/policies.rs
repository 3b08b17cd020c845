//! What the flow needs in an account, and its policies, good and bad.

use crate::federation::setting::Setting;
use crate::model::ResourceKind;

/// The trust anchor, as its ARN ends.
pub(super) const ANCHOR: &str = "trust-anchor/4b1c0d2e-3f40-4152-8364-758697a8b9ca";
/// The profile, as its ARN ends.
pub(super) const PROFILE: &str = "profile/5c2d1e3f-4051-4263-9475-8697a8b9cadb";

pub(super) fn setting(setting: &mut Setting) {
    setting.role("BackupServer", "Servers that write backups", TRUST, &[("OwnBackups", OWN_BACKUPS)]);
    setting.resource("arn:aws:s3:::example-backups", ResourceKind::Bucket, None);
}

const TRUST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "BackupServers",
      "Effect": "Allow",
      "Principal": { "Service": "rolesanywhere.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      "Condition": {
        "ArnEquals": { "aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/4b1c0d2e-3f40-4152-8364-758697a8b9ca" },
        "StringEquals": { "aws:PrincipalTag/x509Subject/OU": "Backup" }
      }
    }
  ]
}
"#;

const OWN_BACKUPS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnBackups",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-backups/${aws:PrincipalTag/x509Subject/CN}/*"
    }
  ]
}
"#;

pub(super) const TRUST_OTHER_ANCHOR: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OldAnchor",
      "Effect": "Allow",
      "Principal": { "Service": "rolesanywhere.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
      "Condition": {
        "ArnEquals": { "aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/00000000-1111-4222-8333-444444444444" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_WITHOUT_TAGS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "BackupServers",
      "Effect": "Allow",
      "Principal": { "Service": "rolesanywhere.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"]
    }
  ]
}
"#;

pub(super) const TRUST_WITHOUT_IDENTITY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "BackupServers",
      "Effect": "Allow",
      "Principal": { "Service": "rolesanywhere.amazonaws.com" },
      "Action": ["sts:AssumeRole", "sts:TagSession"]
    }
  ]
}
"#;

pub(super) const TRUST_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Instances",
      "Effect": "Allow",
      "Principal": { "Service": "ec2.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const ONLY_READING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }]
}"#;
