//! Past an explicit deny.

use super::{ANN, CAT, ann, by_identity, document, identity, list, verified, written};
use crate::analysis::flip::{Edit, ElementChange, Lifts};
use crate::eval::{Level, Policies};
use crate::policy::PolicyKind;

const FULL: &str = r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#;

/// What stands beside the allow of everything after the first flip of a deny.
fn spared(deny: &str, action: &str, resource: &str) -> String {
    let first = by_identity(&format!("{FULL}, {deny}"), &ann(action, resource)).swap_remove(0);
    first.strip_prefix(FULL).expect("the allow").trim_start_matches(", ").to_owned()
}

#[test]
fn an_entry_that_is_about_nothing_else_leaves_its_list() {
    let actions =
        r#"{"Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::photos/cat.jpg"}"#;
    assert_eq!(
        spared(actions, "s3:GetObject", CAT),
        r#"{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#
    );
    let resources = r#"{"Sid": "Pets", "Effect": "Deny", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::photos/cat.jpg", "arn:aws:s3:::photos/dog.jpg"]}"#;
    assert_eq!(
        spared(resources, "s3:GetObject", CAT),
        r#"{"Sid":"Pets","Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/dog.jpg"}"#
    );
}

#[test]
fn a_deny_of_just_the_request_goes() {
    let deny = r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/cat.jpg"}"#;
    assert_eq!(spared(deny, "s3:GetObject", CAT), "");
}

#[test]
fn not_forms_get_an_entry_more() {
    let not_resource = r#"{"Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::photos/dog.jpg"}"#;
    assert_eq!(
        spared(not_resource, "s3:GetObject", CAT),
        r#"{"Effect":"Deny","Action":"s3:GetObject","NotResource":["arn:aws:s3:::photos/dog.jpg","arn:aws:s3:::photos/cat.jpg"]}"#
    );
    let not_action = r#"{"Effect": "Deny", "NotAction": "s3:PutObject", "Resource": "arn:aws:s3:::photos/cat.jpg"}"#;
    assert_eq!(
        spared(not_action, "s3:GetObject", CAT),
        r#"{"Effect":"Deny","NotAction":["s3:PutObject","s3:GetObject"],"Resource":"arn:aws:s3:::photos/cat.jpg"}"#
    );
}

#[test]
fn a_deny_on_every_resource_is_split_at_the_one_that_is_asked() {
    let listed = r#"{"Sid": "No", "Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}"#;
    assert_eq!(
        spared(listed, "s3:GetObject", CAT),
        [
            r#"{"Sid":"No","Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"NotResource":"arn:aws:s3:::photos/cat.jpg"}"#,
            r#"{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#,
        ]
        .join(", ")
    );
    for all in ["s3:*", "*"] {
        let deny = format!(r#"{{"Effect": "Deny", "Action": "{all}", "Resource": "*"}}"#);
        assert_eq!(
            spared(&deny, "s3:GetObject", CAT),
            [
                &format!(r#"{{"Effect":"Deny","Action":"{all}","NotResource":"arn:aws:s3:::photos/cat.jpg"}}"#),
                r#"{"Effect":"Deny","NotAction":"s3:GetObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#,
            ]
            .join(", ")
        );
    }
}

#[test]
fn an_action_without_resource_types_leaves_resources_as_they_are() {
    let deny = r#"{"Effect": "Deny", "Action": ["s3:ListAllMyBuckets", "s3:GetObject"], "Resource": "*"}"#;
    let expected = r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"#;
    assert_eq!(spared(deny, "s3:ListAllMyBuckets", "*"), expected);
}

#[test]
fn a_pattern_from_which_nothing_can_be_taken_exempts_the_caller_and_says_what_that_lifts() {
    let deny = r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}"#;
    let statements = format!("{FULL}, {deny}");
    let found = verified(&identity(&statements), &ann("s3:GetObject", CAT));
    let exempt = format!(
        r#"{{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/*","Condition":{{"ArnNotEquals":{{"aws:PrincipalArn":"{ANN}"}}}}}}"#
    );
    assert_eq!(written(&document(&statements), &found), [document(&format!("{FULL}, {exempt}"))]);
    assert_eq!(found[0].lifts().collect::<Vec<_>>(), [Lifts::RestForCaller]);
    let Edit::Policy(edit) = &found[0].edits[0] else { panic!("an edit of a policy") };
    let exempts =
        ElementChange::Exempts { operator: "ArnNotEquals", key: "aws:PrincipalArn".to_owned(), value: ANN.to_owned() };
    assert_eq!(edit.elements, [[exempts]]);
}

#[test]
fn an_exemption_joins_those_that_are_there() {
    let deny = r#"{"Effect": "Deny", "Action": "s3:Get*", "Resource": "arn:aws:s3:::photos/*", "Condition": {"ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::123456789012:user/bob"}}}"#;
    let exempt = format!(
        r#"{{"Effect":"Deny","Action":"s3:Get*","Resource":"arn:aws:s3:::photos/*","Condition":{{"ArnNotEquals":{{"aws:PrincipalArn":["arn:aws:iam::123456789012:user/bob","{ANN}"]}}}}}}"#
    );
    assert_eq!(spared(deny, "s3:GetObject", CAT), exempt);
}

#[test]
fn a_deny_of_an_organization_goes_on_for_everybody_else() {
    let deny = document(r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#);
    let full = document(FULL);
    let level = Level { id: "r-ab12".into(), policies: list(PolicyKind::ServiceControl, &[&full, &deny]) };
    let policies = Policies { service_control: vec![level], ..identity(FULL) };
    let found = verified(&policies, &ann("s3:GetObject", CAT));
    let condition = format!(r#""Condition":{{"ArnNotEquals":{{"aws:PrincipalArn":"{ANN}"}}}}"#);
    let parts = [
        format!(r#"{{"Effect":"Deny","Action":"s3:GetObject","NotResource":"{CAT}"}}"#),
        format!(r#"{{"Effect":"Deny","Action":"s3:GetObject","Resource":"{CAT}",{condition}}}"#),
    ]
    .join(", ");
    let whole = format!(r#"{{"Effect":"Deny","Action":"s3:GetObject","Resource":"*",{condition}}}"#);
    assert_eq!(written(&deny, &found), [document(&parts), document(&whole)]);
    assert_eq!(found.iter().map(|flip| flip.lifts_more()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_resource_policy_stops_naming_the_caller() {
    let bob = "arn:aws:iam::123456789012:user/bob";
    let deny = document(&format!(
        r#"{{"Effect": "Deny", "Principal": {{"AWS": ["{ANN}", "{bob}"]}}, "Action": "s3:GetObject", "Resource": "{CAT}"}}"#
    ));
    let policies = Policies { resource: list(PolicyKind::Resource, &[&deny]), ..identity(FULL) };
    let found = verified(&policies, &ann("s3:GetObject", CAT));
    let only_bob =
        format!(r#"{{"Effect":"Deny","Principal":{{"AWS":"{bob}"}},"Action":"s3:GetObject","Resource":"{CAT}"}}"#);
    assert_eq!(written(&deny, &found), [document(&only_bob)]);
    assert!(!found[0].lifts_more());
}

#[test]
fn an_exception_for_principals_names_the_caller_and_its_account_where_no_key_tells_it() {
    let deny = document(&format!(
        r#"{{"Effect": "Deny", "NotPrincipal": {{"AWS": "arn:aws:iam::123456789012:user/bob"}}, "Action": "s3:GetObject", "Resource": "{CAT}"}}"#
    ));
    let policies = Policies { resource: list(PolicyKind::Resource, &[&deny]), ..identity(FULL) };
    let mut request = ann("s3:GetObject", CAT);
    request.context = Default::default();
    let found = verified(&policies, &request);
    let expected = format!(
        r#"{{"Effect":"Deny","NotPrincipal":{{"AWS":["arn:aws:iam::123456789012:user/bob","arn:aws:iam::123456789012:root","{ANN}"]}},"Action":"s3:GetObject","Resource":"{CAT}"}}"#
    );
    assert_eq!(written(&deny, &found), [document(&expected)]);
    // The root user of the account is left out with it.
    assert_eq!(found[0].lifts().collect::<Vec<_>>(), [Lifts::SameForOthers]);
}

#[test]
fn two_denies_and_a_missing_allow_are_passed_one_after_the_other() {
    let statements = [
        r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/cat.jpg"}"#,
        r#"{"Effect": "Deny", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::photos/cat.jpg"}"#,
    ]
    .join(", ");
    let found = verified(&identity(&statements), &ann("s3:GetObject", CAT));
    let mut text = document(&statements);
    for edit in &found[0].edits {
        let Edit::Policy(edit) = edit else { panic!("an edit of a policy") };
        text = crate::analysis::flip::rewrite(&text, &edit.change);
    }
    let expected = [
        r#"{"Effect":"Deny","Action":"s3:PutObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#,
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::photos/cat.jpg"}"#,
    ];
    assert_eq!(text, document(&expected.join(", ")));
}

#[test]
fn more_denies_than_anybody_would_edit_have_no_flip() {
    let denies =
        |count: usize| vec![r#"{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}"#; count].join(", ");
    let found = |count| verified(&identity(&format!("{FULL}, {}", denies(count))), &ann("s3:GetObject", CAT)).len();
    assert_eq!((found(8), found(9)), (1, 0));
}
