//! What the flow needs in an account, and its policies, good and bad.

use super::job::PROVIDER;
use crate::federation::setting::Setting;
use crate::model::ResourceKind;

pub(super) fn setting(setting: &mut Setting) {
    setting.oidc_provider(PROVIDER, &["sts.amazonaws.com"]);
    let (role, trust) = match () {
        () if setting.is("environment") => ("GitHubRelease", TRUST_ENVIRONMENT),
        () if setting.is("organization") => ("GitHubAnything", TRUST_ORGANIZATION),
        () => ("GitHubDeploy", TRUST_BRANCH),
    };
    setting.role(role, "Workflows that upload the site", trust, &[("UploadSite", UPLOAD)]);
    setting.resource("arn:aws:s3:::example-site", ResourceKind::Bucket, None);
}

pub(super) const TRUST_BRANCH: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "MainBranch",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example-org/website:ref:refs/heads/main"
        }
      }
    }
  ]
}
"#;

pub(super) const TRUST_ENVIRONMENT: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Production",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example-org/website:environment:production"
        }
      }
    }
  ]
}
"#;

pub(super) const TRUST_ORGANIZATION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WholeOrganization",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        "StringLike": { "token.actions.githubusercontent.com:sub": "repo:example-org/*" }
      }
    }
  ]
}
"#;

pub(super) const UPLOAD: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UploadSite",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-site/*"
    }
  ]
}
"#;

pub(super) const TRUST_STAR_EQUALS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "AnyBranch",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example-org/website:*"
        }
      }
    }
  ]
}
"#;

pub(super) const TRUST_WITH_HOST: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WithHost",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
        "StringLike": { "token.actions.githubusercontent.com:sub": "repo:github.com/example-org/website:*" }
      }
    }
  ]
}
"#;

pub(super) const OTHER_BUCKET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UploadSite",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-site"
    }
  ]
}
"#;

pub(super) const NO_PULL_REQUESTS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "NoPullRequests",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Resource": "*",
      "Condition": {
        "StringLike": { "token.actions.githubusercontent.com:sub": "repo:*:pull_request" }
      }
    }
  ]
}
"#;

pub(super) const ONLY_ASSETS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::example-site/assets/*" }]
}"#;
