//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const TRUST_BROKER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Broker",
      "Effect": "Allow",
      "Principal": {
        "AWS": ["arn:aws:iam::123456789012:user/Broker", "arn:aws:iam::123456789012:role/BrokerServer"]
      },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const TRUST_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "InstancesMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "ec2.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

/// What the broker may do itself is the most that it can pass on.
pub(super) const PASS_ON: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Federate",
      "Effect": "Allow",
      "Action": "sts:GetFederationToken",
      "Resource": "arn:aws:sts::123456789012:federated-user/*"
    },
    {
      "Sid": "MostThatIsPassedOn",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"]
    }
  ]
}
"#;

pub(super) const SALES_SESSION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/2026/*"]
    }
  ]
}"#;

/// A session policy that allows more than the broker may do itself.
pub(super) const ALL_OF_S3: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }]
}"#;

pub(super) const NOT_FEDERATE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "MostThatIsPassedOn",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"]
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
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const PHOTOS_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Photos",
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": ["arn:aws:s3:::example-photos", "arn:aws:s3:::example-photos/*"]
    }
  ]
}
"#;

/// Denies a person by the name of the session.
pub(super) const NOT_ANA: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "NotAna",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": ["arn:aws:s3:::example-sales", "arn:aws:s3:::example-sales/*"],
      "Condition": {
        "StringLike": { "aws:userid": "*:ana@example.com" }
      }
    }
  ]
}
"#;
