//! Where an allow is missing.

use super::{ANN, CAT, ann, by_identity, document, identity, list, verified, written};
use crate::analysis::flip::{Edit, ElementChange, Lifts};
use crate::eval::{LayerKind, Level, Policies, Principal, Resource};
use crate::ident::AccountId;
use crate::policy::PolicyKind;

const CAT_ALLOWED: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#;

#[test]
fn a_user_without_policies_gets_a_new_one_with_just_what_is_asked() {
    let found = verified(&Policies::default(), &ann("S3:GetObject", CAT));
    let expected = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::photos/cat.jpg"
    }
  ]
}"#;
    assert_eq!(written("", &found), [expected]);
    let Edit::Policy(edit) = &found[0].edits[0] else { panic!("an edit of a policy") };
    assert_eq!((edit.place.layer, edit.place.policy, edit.lifts), (LayerKind::Identity, None, None));
    assert_eq!(edit.elements, [Vec::new()]);
}

#[test]
fn an_action_without_resource_types_is_allowed_on_the_star() {
    let other = r#"{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}"#;
    let expected = format!(r#"{other}, {{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#);
    assert_eq!(by_identity(other, &ann("s3:ListAllMyBuckets", "*")), [expected]);
}

#[test]
fn the_action_joins_a_statement_that_is_about_the_resource_alone() {
    let known = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/cat.jpg"}"#;
    let joined =
        r#"{"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"],"Resource":"arn:aws:s3:::photos/cat.jpg"}"#;
    let appended = format!("{known}, {CAT_ALLOWED}");
    assert_eq!(by_identity(known, &ann("s3:GetObject", CAT)), [joined.to_owned(), appended]);
}

#[test]
fn the_action_joins_no_statement_that_is_about_more() {
    let known = r#"{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::photos/*"}"#;
    assert_eq!(by_identity(known, &ann("s3:GetObject", CAT)), [format!("{known}, {CAT_ALLOWED}")]);
}

#[test]
fn the_resource_joins_a_statement_that_is_about_the_action_alone() {
    let known =
        r#"{"Sid": "Dogs", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/dog.jpg"}"#;
    let joined = r#"{"Sid":"Dogs","Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::photos/dog.jpg","arn:aws:s3:::photos/cat.jpg"]}"#;
    let found = verified(&identity(known), &ann("s3:GetObject", CAT));
    assert_eq!(written(&document(known), &found)[0], document(joined));
    let Edit::Policy(edit) = &found[0].edits[0] else { panic!("an edit of a policy") };
    assert_eq!(edit.elements, [[ElementChange::Added { element: "Resource", entry: CAT.to_owned() }]]);
    let wider = known.replace("s3:GetObject", "s3:Get*");
    assert_eq!(by_identity(&wider, &ann("s3:GetObject", CAT)), [format!("{wider}, {CAT_ALLOWED}")]);
}

#[test]
fn an_exception_of_an_allow_goes_where_others_stay() {
    let known = r#"{"Effect": "Allow", "NotAction": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::photos/cat.jpg"}"#;
    let without = r#"{"Effect":"Allow","NotAction":"s3:PutObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#;
    assert_eq!(by_identity(known, &ann("s3:GetObject", CAT))[0], without);
}

#[test]
fn wildcards_in_the_name_of_a_resource_are_escaped() {
    let asked = ann("s3:GetObject", "arn:aws:s3:::photos/what?*.jpg");
    let text = &written("", &verified(&Policies::default(), &asked))[0];
    assert!(text.contains(r#""arn:aws:s3:::photos/what${?}${*}.jpg""#), "{text}");
    let to_be_made = ann("ec2:RunInstances", "arn:aws:ec2:eu-west-1:123456789012:instance/*");
    let text = &written("", &verified(&Policies::default(), &to_be_made))[0];
    assert!(text.contains(r#""arn:aws:ec2:eu-west-1:123456789012:instance/*""#), "{text}");
}

#[test]
fn every_layer_that_lacks_an_allow_gets_its_own() {
    let full = document(r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#);
    let sqs = document(r#"{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}"#);
    let level = |id: &str, texts: &[&str]| Level { id: id.into(), policies: list(PolicyKind::ServiceControl, texts) };
    let policies = Policies {
        service_control: vec![level("r-ab12", &[&full]), level("ou-ab12-1", &[&sqs])],
        boundary: list(PolicyKind::Identity, &[&sqs]),
        ..Policies::default()
    };
    let found = verified(&policies, &ann("s3:GetObject", CAT));
    let places: Vec<_> = found[0]
        .edits
        .iter()
        .map(|edit| match edit {
            Edit::Policy(edit) => (edit.place.layer, edit.place.level, edit.place.policy),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        places,
        [(LayerKind::ServiceControl, 1, Some(0)), (LayerKind::Identity, 0, None), (LayerKind::Boundary, 0, Some(0))]
    );
    // The organization's policy is about everybody in the account.
    assert_eq!(found[0].lifts().collect::<Vec<_>>(), [Lifts::SameForOthers]);
}

#[test]
fn another_account_has_to_let_the_caller_in_by_name() {
    let bucket = document(
        r#"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:user/bob"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/cat.jpg"}"#,
    );
    let mut request = ann("s3:GetObject", CAT);
    request.resource_account = AccountId::parse("444455556666").ok();
    let policies = Policies {
        resource: list(PolicyKind::Resource, &[&bucket]),
        ..identity(r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#)
    };
    let found = written(&bucket, &verified(&policies, &request));
    let joined = r#"{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::123456789012:user/bob","arn:aws:iam::123456789012:user/ann"]},"Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#;
    let own =
        format!(r#"{{"Effect":"Allow","Principal":{{"AWS":"{ANN}"}},"Action":"s3:GetObject","Resource":"{CAT}"}}"#);
    assert_eq!(found[0], document(joined));
    assert_eq!(found[1], bucket.replace("}]}", &format!("}}, {own}]}}")));
}

#[test]
fn a_trust_policy_names_no_resource() {
    let trust =
        document(r#"{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}"#);
    let policies = Policies { resource: list(PolicyKind::Trust, &[&trust]), ..Policies::default() };
    let request = ann("sts:AssumeRole", "arn:aws:iam::123456789012:role/app");
    let found = written(&trust, &verified(&policies, &request));
    let joined = format!(
        r#"{{"Effect":"Allow","Principal":{{"Service":"ec2.amazonaws.com","AWS":"{ANN}"}},"Action":"sts:AssumeRole"}}"#
    );
    let own = format!(r#"{{"Effect":"Allow","Principal":{{"AWS":"{ANN}"}},"Action":"sts:AssumeRole"}}"#);
    assert_eq!(found, [document(&joined), trust.replace("}]}", &format!("}}, {own}]}}"))]);
}

#[test]
fn an_unsigned_request_can_only_be_allowed_to_everyone_and_that_is_said() {
    let request = crate::eval::Request { principal: Principal::Anonymous, ..ann("s3:GetObject", CAT) };
    let found = verified(&Policies::default(), &request);
    assert!(written("", &found)[0].contains(r#""Principal": "*""#));
    assert_eq!(found[0].lifts().collect::<Vec<_>>(), [Lifts::Everyone]);
}

#[test]
fn what_policies_do_not_decide_has_no_flip_but_billing() {
    let mut request = ann("sts:GetSessionToken", "*");
    request.principal =
        Principal::Role { arn: "arn:aws:iam::123456789012:role/app".into(), account: AccountId::example() };
    assert_eq!(verified(&Policies::default(), &request), []);
    let full = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;
    let closed = Policies { billing_closed: true, ..identity(full) };
    assert_eq!(written("", &verified(&closed, &ann("billing:GetBillingData", "*"))), ["billing"]);
    assert_eq!(verified(&identity(full), &ann("s3:GetObject", CAT)), []);
    let abroad = crate::eval::Request {
        resource: Resource::Arn("arn:aws-cn:s3:::photos/cat.jpg".into()),
        resource_account: AccountId::parse("444455556666").ok(),
        ..ann("s3:GetObject", CAT)
    };
    assert_eq!(verified(&identity(full), &abroad), []);
}
