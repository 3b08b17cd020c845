//! What the flow needs in an account, and its policies, good and bad.

use crate::federation::setting::Setting;
use crate::model::ResourceKind;

/// Role of people.
pub(super) const PEOPLE: &str = "Cognito_PhotosAuth_Role";
/// Role of guests.
pub(super) const GUESTS: &str = "Cognito_PhotosUnauth_Role";

pub(super) fn setting(setting: &mut Setting) {
    setting.resource("arn:aws:s3:::example-photos", ResourceKind::Bucket, None);
    if setting.is(super::GUEST) {
        setting.role(GUESTS, "Guests of the photo app", TRUST_GUESTS, &[("PublicPhotos", PUBLIC_PHOTOS)]);
    } else {
        setting.role(PEOPLE, "Whoever signs in to the photo app", TRUST_PEOPLE, &[("OwnPhotos", OWN_PHOTOS)]);
    }
}

const TRUST_PEOPLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WhoHasSignedIn",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:0f1e2d3c-4b5a-4698-8776-655443322110" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" }
      }
    }
  ]
}
"#;

const OWN_PHOTOS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnPhotos",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-photos/cognito/${cognito-identity.amazonaws.com:sub}/*"
    }
  ]
}
"#;

pub(super) const TRUST_GUESTS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Guests",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:0f1e2d3c-4b5a-4698-8776-655443322110" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" }
      }
    }
  ]
}
"#;

const PUBLIC_PHOTOS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PublicPhotos",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-photos/public/*"
    }
  ]
}
"#;

/// What Cognito leaves to guests.
pub(super) const FOR_GUESTS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "cloudwatch:*", "cognito-identity:*", "cognito-idp:*", "dynamodb:*", "execute-api:*", "gamelift:*", "iot:*",
        "kinesis:*", "lambda:*", "lex:*", "logs:*", "machinelearning:*", "mobileanalytics:*", "s3:*", "ses:*", "sns:*",
        "sqs:*"
      ],
      "Resource": "*"
    }
  ]
}"#;

pub(super) const TRUST_OTHER_POOL: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OldPool",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:01234567-89ab-4cde-8f01-23456789abcd" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_WITHOUT_SET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WhoHasSignedIn",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "cognito-identity.amazonaws.com:aud": "us-east-1:0f1e2d3c-4b5a-4698-8776-655443322110",
          "cognito-identity.amazonaws.com:amr": "authenticated"
        }
      }
    }
  ]
}
"#;

pub(super) const TRUST_OFFICE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "FromTheOffice",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-identity.amazonaws.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "cognito-identity.amazonaws.com:aud": "us-east-1:0f1e2d3c-4b5a-4698-8776-655443322110" },
        "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_USER_POOL: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "UserPool",
      "Effect": "Allow",
      "Principal": { "Federated": "cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE01" },
      "Action": "sts:AssumeRoleWithWebIdentity"
    }
  ]
}
"#;

pub(super) const READ_SECRET: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "GuestKey",
      "Effect": "Allow",
      "Action": "secretsmanager:GetSecretValue",
      "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:guest-key"
    }
  ]
}
"#;
