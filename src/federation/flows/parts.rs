//! What several flows are made of.

use crate::eval::{ContextValue, LayerKind};
use crate::federation::credentials::{Caller, Credentials, Keys};
use crate::federation::flow::{Expect, Holds, Lane};
use crate::federation::outcome::{Did, PaperKind};
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::uri_encode;
use crate::model::{PrincipalRef, Proof};

/// A choice of two.
pub(super) const YES_NO: &[(&str, &str)] = &[("yes", "yes"), ("no", "no")];

/// Regions in which STS can be asked.
pub(super) const REGIONS: &[(&str, &str)] = &[("us-east-1", "us-east-1"), ("ap-east-1", "ap-east-1, not active")];

/// A lane that holds nothing at first.
pub(super) const fn lane(id: &'static str, name: &'static str) -> Lane {
    Lane { id, name, holds: &[] }
}

/// Something that is held from the beginning in some variants; in all where none is named.
pub(super) const fn holds(
    only: &'static [&'static str],
    id: &'static str,
    name: &'static str,
    about: &'static str,
) -> Holds {
    Holds { only, id, name, about }
}

/// Something is refused before or after the policies.
pub(super) const fn refused(step: &'static str, code: &'static str, fact: &'static str) -> Expect {
    Expect { step, code, layer: None, fact }
}

/// A policy of this layer refuses, at a service that says AccessDenied.
pub(super) const fn denied(step: &'static str, layer: LayerKind, fact: &'static str) -> Expect {
    Expect { step, code: "AccessDenied", layer: Some(layer), fact }
}

/// A control policy that takes S3 away.
pub(super) const DENY_S3: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }]
}
"#;

/// A control policy that takes roles away.
pub(super) const DENY_ASSUME: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Sid": "NoRoles", "Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*" }]
}
"#;

/// A session policy that leaves reading out.
pub(super) const ONLY_WRITING: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*" }]
}"#;

/// Reading the bucket of sales.
pub(super) const READ_SALES: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ListSales",
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-sales"
    },
    {
      "Sid": "ReadSales",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-sales/*"
    }
  ]
}
"#;

/// Shows the trust policy of a role.
pub(super) fn show_trust(stage: &mut Stage<'_>, role: &str) {
    let trust = stage.world.role(role).map(|(_, role)| role.trust.to_string());
    if let Some(trust) = trust {
        stage.paper("Trust policy of the role", PaperKind::Json, trust);
    }
}

/// Lists what lies in a bucket under a prefix.
pub(super) fn list_bucket(stage: &mut Stage<'_>, lane: &'static str, bucket: &str, prefix: &str) -> Did {
    let mut keys = Keys::new();
    keys.insert("s3:prefix".to_owned(), Some(ContextValue::One(prefix.to_owned())));
    let answer = format!(
        "<ListBucketResult>\n  <Name>{bucket}</Name>\n  <Prefix>{prefix}</Prefix>\n  <Contents><Key>{prefix}november.csv</Key></Contents>\n</ListBucketResult>"
    );
    let call = Call {
        action: "s3:ListBucket",
        resource: &format!("arn:aws:s3:::{bucket}"),
        start: format!("GET /?list-type=2&prefix={}", uri_encode(prefix)),
        host: host(bucket),
        headers: Vec::new(),
        body: String::new(),
        keys,
        answer: &answer,
    };
    stage.call(lane, call)
}

/// Reads an object.
pub(super) fn get_object(stage: &mut Stage<'_>, lane: &'static str, bucket: &str, key: &str) -> Did {
    get_object_with(stage, lane, (bucket, key), Keys::new())
}

/// Reads an object of a bucket by its key, with further keys of the request.
pub(super) fn get_object_with(stage: &mut Stage<'_>, lane: &'static str, object: (&str, &str), keys: Keys) -> Did {
    of_object(stage, lane, ("s3:GetObject", "GET"), object, keys)
}

/// Writes an object of a bucket by its key, with further keys of the request.
pub(super) fn put_object(stage: &mut Stage<'_>, lane: &'static str, object: (&str, &str), keys: Keys) -> Did {
    of_object(stage, lane, ("s3:PutObject", "PUT"), object, keys)
}

/// Deletes an object.
pub(super) fn delete_object(stage: &mut Stage<'_>, lane: &'static str, bucket: &str, key: &str) -> Did {
    of_object(stage, lane, ("s3:DeleteObject", "DELETE"), (bucket, key), Keys::new())
}

fn of_object(
    stage: &mut Stage<'_>,
    lane: &'static str,
    (action, method): (&str, &str),
    (bucket, key): (&str, &str),
    keys: Keys,
) -> Did {
    let call = Call {
        action,
        resource: &format!("arn:aws:s3:::{bucket}/{key}"),
        start: format!("{method} /{key}"),
        host: host(bucket),
        headers: Vec::new(),
        body: if method == "PUT" { "(the object)".to_owned() } else { String::new() },
        keys,
        answer: if method == "GET" { "(the object)" } else { "" },
    };
    stage.call(lane, call)
}

fn host(bucket: &str) -> String {
    format!("{bucket}.s3.{REGION}.amazonaws.com")
}

/// What an authenticator does not show: its code backwards, or another one where that reads the same.
pub(super) fn wrong_code(code: &str) -> String {
    let backwards: String = code.chars().rev().collect();
    if backwards == code { "012345".to_owned() } else { backwards }
}

/// The credentials of a lane are replaced by those of a session that the same user got earlier.
pub(super) fn earlier_session(stage: &mut Stage<'_>, lane: &'static str) {
    let Some(mut caller) = stage.credentials.get(lane).map(|credentials| credentials.caller.clone()) else { return };
    caller.session.proof = Some(Proof::Token);
    stage.temporary(lane, caller, 3_600);
}

/// A lane runs under a role of the account.
pub(super) fn role_session(stage: &mut Stage<'_>, lane: &'static str, role: &str, session: &str) {
    let mut caller = Caller::new(stage.home, PrincipalRef::Role(role.into()));
    caller.session.name = Some(session.into());
    stage.temporary(lane, caller, 3_600);
}

/// Credentials as programs take them from their environment.
pub(super) fn environment(credentials: &Credentials) -> String {
    let Credentials { id, secret, token, .. } = credentials;
    let token = token.as_deref().unwrap_or_default();
    format!("AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\nAWS_SESSION_TOKEN={token}\n")
}

/// The tags that an input such as `Project=atlas,Team=red` stands for; none where it is empty.
pub(super) fn tags(text: &str) -> Vec<(String, String)> {
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs.map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())).collect()
}
