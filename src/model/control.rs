//! Control policies to begin with.

use super::organization::ControlKind;

/// Where the id of the organization belongs.
const ORGANIZATION: &str = "ORGANIZATION";

/// A resource control policy that keeps everybody else away from buckets.
pub const ONLY_MY_ORGANIZATION: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyMyOrganization",
      "Effect": "Deny",
      "Principal": "*",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {
        "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "ORGANIZATION" },
        "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }
      }
    }
  ]
}"#;

/// What they are called, their kind, and the policy, for [`for_organization`].
pub const TEMPLATES: [(&str, ControlKind, &str); 4] = [
    (
        "SCP: deny all of S3",
        ControlKind::Service,
        r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "DenyS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }]
}"#,
    ),
    (
        "SCP: only these regions",
        ControlKind::Service,
        r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyTheseRegions",
      "Effect": "Deny",
      "NotAction": ["iam:*", "organizations:*", "sts:*", "support:*"],
      "Resource": "*",
      "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1", "us-east-1"] } }
    }
  ]
}"#,
    ),
    (
        "SCP: nobody leaves the organization",
        ControlKind::Service,
        r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "Stay", "Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*" }]
}"#,
    ),
    ("RCP: buckets only for my organization", ControlKind::Resource, ONLY_MY_ORGANIZATION),
];

/// A text for the organization of this id.
pub fn for_organization(text: &str, id: &str) -> String {
    text.replace(ORGANIZATION, id)
}
