//! The policies of the flow: in their working form, and as they go wrong.

pub(super) const CONFIGURE_CLUSTER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RolesOfTheCluster",
      "Effect": "Allow",
      "Action": "redshift:ModifyClusterIamRoles",
      "Resource": "arn:aws:redshift:us-east-1:123456789012:cluster:sales"
    },
    {
      "Sid": "PassTheLoader",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/RedshiftLoader",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "redshift.amazonaws.com" }
      }
    }
  ]
}
"#;

pub(super) const CLUSTER_WITHOUT_PASS_ROLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RolesOfTheCluster",
      "Effect": "Allow",
      "Action": "redshift:ModifyClusterIamRoles",
      "Resource": "arn:aws:redshift:us-east-1:123456789012:cluster:sales"
    }
  ]
}
"#;

pub(super) const PASS_TO_EC2: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Configure",
      "Effect": "Allow",
      "Action": ["redshift:ModifyClusterIamRoles", "lambda:CreateFunction"],
      "Resource": "*"
    },
    {
      "Sid": "PassToInstances",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "*",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" }
      }
    }
  ]
}
"#;

/// Passing roles alone, without what is to be configured.
pub(super) const PASS_ROLE_ALONE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "PassRoles",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": ["arn:aws:iam::123456789012:role/RedshiftLoader", "arn:aws:iam::123456789012:role/SalesReporter"]
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

pub(super) const TRUST_CLUSTERS_OF_OTHERS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "RedshiftMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "redshift.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "aws:SourceAccount": "999988887777" }
      }
    }
  ]
}
"#;

/// Only one database user may load.
pub(super) const TRUST_LOADER_USER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "LoaderMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "redshift.amazonaws.com" },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": { "sts:ExternalId": "arn:aws:redshift:us-east-1:123456789012:dbuser:sales/loader" }
      }
    }
  ]
}
"#;

pub(super) const READ_WITHOUT_LISTING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadSales",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/*"
    }
  ]
}
"#;

pub(super) const LIST_WITHOUT_READING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListSales",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-sales"
    }
  ]
}
"#;

pub(super) const TRUST_LAMBDA: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "LambdaMayUseThis",
      "Effect": "Allow",
      "Principal": { "Service": "lambda.amazonaws.com" },
      "Action": "sts:AssumeRole"
    }
  ]
}
"#;

pub(super) const MAKE_REPORTS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadSales",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/*"
    },
    {
      "Sid": "WriteReports",
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::example-sales/reports/*"
    },
    {
      "Sid": "WriteLogs",
      "Effect": "Allow",
      "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/sales-report:*"
    }
  ]
}
"#;

pub(super) const LOGS_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "WriteLogs",
      "Effect": "Allow",
      "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
      "Resource": "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/sales-report:*"
    }
  ]
}
"#;

pub(super) const SCHEDULE_MAY_INVOKE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "NightlySchedule",
      "Effect": "Allow",
      "Principal": { "Service": "events.amazonaws.com" },
      "Action": "lambda:InvokeFunction",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:sales-report",
      "Condition": {
        "ArnLike": { "aws:SourceArn": "arn:aws:events:us-east-1:123456789012:rule/nightly" }
      }
    }
  ]
}
"#;

pub(super) const MAKE_FUNCTIONS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Functions",
      "Effect": "Allow",
      "Action": "lambda:CreateFunction",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:sales-*"
    },
    {
      "Sid": "PassTheReporter",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "arn:aws:iam::123456789012:role/SalesReporter",
      "Condition": {
        "StringEquals": { "iam:PassedToService": "lambda.amazonaws.com" }
      }
    }
  ]
}
"#;

pub(super) const FUNCTIONS_WITHOUT_PASS_ROLE: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Functions",
      "Effect": "Allow",
      "Action": "lambda:CreateFunction",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:sales-*"
    }
  ]
}
"#;

/// The bucket takes requests of one function only, and it is not this one.
pub(super) const OTHER_FUNCTION_ONLY: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OtherFunctionOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/*",
      "Condition": {
        "ArnNotEquals": {
          "lambda:SourceFunctionArn": "arn:aws:lambda:us-east-1:123456789012:function:sales-archive"
        }
      }
    }
  ]
}
"#;

/// Keeps other accounts out, and services with them: they have no account.
pub(super) const OWN_ACCOUNT_WITHOUT_SERVICES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnAccountOnly",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "sts:AssumeRole",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": { "aws:PrincipalAccount": "123456789012" }
      }
    }
  ]
}
"#;
