//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const LAUNCH: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Launch",
      "Effect": "Allow",
      "Action": "ec2:RunInstances",
      "Resource": "*"
    },
    {
      "Sid": "PassThePhotoServer",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/PhotoServer",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" }
      }
    }
  ]
}
"#;

pub(super) const LAUNCH_WITHOUT_PASS_ROLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Launch",
      "Effect": "Allow",
      "Action": "ec2:RunInstances",
      "Resource": "*"
    }
  ]
}
"#;

/// The box in place of what is in it.
pub(super) const PASS_THE_PROFILE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Launch",
      "Effect": "Allow",
      "Action": "ec2:RunInstances",
      "Resource": "*"
    },
    {
      "Sid": "PassTheProfile",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:instance-profile/PhotoServer"
    }
  ]
}
"#;

/// Instances whose metadata can be had without a token are not started.
pub(super) const TOKENS_REQUIRED: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "TokensRequired",
      "Effect": "Deny",
      "Action": "ec2:RunInstances",
      "Resource": "arn:aws:ec2:*:*:instance/*",
      "Condition": {
        "StringNotEquals": { "ec2:MetadataHttpTokens": "required" }
      }
    }
  ]
}
"#;

pub(super) const TRUST_LAMBDA: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "FunctionsMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "lambda.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

/// Credentials that came without a token are good for nothing.
pub(super) const WITH_TOKEN_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ServePhotos",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-photos/*"
    },
    {
      "Sid": "WithTokenOnly",
      "Effect": "Deny",
      "Action": "*",
      "Resource": "*",
      "Condition": {
        "NumericLessThan": { "ec2:RoleDelivery": "2.0" }
      }
    }
  ]
}
"#;

pub(super) const READ_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadPhotos",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-photos/*"
    }
  ]
}
"#;

pub(super) const OTHER_INSTANCE_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OneInstanceOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::example-photos", "arn:aws:s3:::example-photos/*"],
      "Condition": {
        "ArnNotEquals": {
          "ec2:SourceInstanceArn": "arn:aws:ec2:us-east-1:123456789012:instance/i-0fedcba9876543210"
        }
      }
    }
  ]
}
"#;

pub(super) const ENDPOINT_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ThroughTheEndpointOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::example-photos", "arn:aws:s3:::example-photos/*"],
      "Condition": {
        "StringNotEquals": { "aws:SourceVpce": "vpce-0a1b2c3d4e5f60718" }
      }
    }
  ]
}
"#;
