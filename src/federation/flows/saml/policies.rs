//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const TRUST: &str = r#"{
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

pub(super) const OWN_BACKUP: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnBackup",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-backup/${saml:sub}/*",
      "Condition": {
        "StringEquals": { "saml:sub_type": "persistent" }
      }
    }
  ]
}
"#;

/// A copy of the trust policy of an app for people outside.
pub(super) const TRUST_OTHER_PROVIDER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Partner",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/Partner" },
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }
      }
    }
  ]
}
"#;

/// The condition compares with the audience, and the key has the recipient (KEY-135).
pub(super) const TRUST_AUDIENCE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Staff",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:saml-provider/ADFS" },
      "Action": "sts:AssumeRoleWithSAML",
      "Condition": {
        "StringEquals": { "SAML:aud": "urn:amazon:webservices" }
      }
    }
  ]
}
"#;

pub(super) const ONLY_READING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }]
}"#;
