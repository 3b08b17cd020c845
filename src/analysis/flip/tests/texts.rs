//! The author's text around a change.

use crate::analysis::flip::{Change, apply::edited, rewrite};
use crate::policy::{PolicyKind, Statement, parse_document, print_document};

fn statement(action: &str) -> Statement {
    let text = format!(r#"{{"Statement": {{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}}}"#);
    parse_document(&text, PolicyKind::Identity).value.expect("a document").statements.remove(0)
}

/// The text after a change, which says what the document after the change says.
fn changed(text: &str, change: &Change) -> String {
    let read = |text: &str| parse_document(text, PolicyKind::Identity).value.expect("a document");
    let after = rewrite(text, change);
    assert_eq!(print_document(&read(&after)), print_document(&edited(read(text), change)), "{after}");
    after
}

const TABS: &str = "{\r\n\t\"Statement\" : [\r\n\t\t{\"Effect\":\"Deny\",  \"Action\":\"*\", \"Resource\":\"*\"}\r\n\t],\n\t\"Version\":\"2012-10-17\"\n}\n";

#[test]
fn a_statement_is_added_in_the_layout_of_the_others() {
    let after = changed(TABS, &Change::Append(statement("s3:*")));
    let added = ",\n\t\t{\n\t\t\t\"Effect\": \"Allow\",\n\t\t\t\"Action\": \"s3:*\",\n\t\t\t\"Resource\": \"*\"\n\t\t}";
    assert_eq!(after, TABS.replace("}\r\n\t]", &format!("}}{added}\r\n\t]")));
}

#[test]
fn a_lone_statement_becomes_a_list() {
    let text = r#"{"Statement": { "Effect":"Deny","Action":"*","Resource":"*" }, "Version": "2012-10-17"}"#;
    let after = changed(text, &Change::Append(statement("s3:*")));
    let expected = r#"{"Statement": [{ "Effect":"Deny","Action":"*","Resource":"*" }, {"Effect":"Allow","Action":"s3:*","Resource":"*"}], "Version": "2012-10-17"}"#;
    assert_eq!(after, expected);
    let two = Change::Replace { index: 0, with: vec![statement("s3:*"), statement("sqs:*")] };
    let expected = r#"{"Statement": [{"Effect":"Allow","Action":"s3:*","Resource":"*"}, {"Effect":"Allow","Action":"sqs:*","Resource":"*"}], "Version": "2012-10-17"}"#;
    assert_eq!(changed(text, &two), expected);
    let none = Change::Replace { index: 0, with: Vec::new() };
    assert_eq!(changed(text, &none), r#"{"Statement": [], "Version": "2012-10-17"}"#);
}

const THREE: &str = r#"{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "a:A", "Resource": "*"},
  {"Effect": "Allow", "Action": "b:B", "Resource": "*"} ,
  {"Effect": "Allow", "Action": "c:C", "Resource": "*"}
]}"#;

#[test]
fn a_statement_goes_with_its_comma() {
    let without = |index| changed(THREE, &Change::Replace { index, with: Vec::new() });
    let (a, b, c) = (
        "  {\"Effect\": \"Allow\", \"Action\": \"a:A\", \"Resource\": \"*\"},\n",
        ",\n  {\"Effect\": \"Allow\", \"Action\": \"b:B\", \"Resource\": \"*\"}",
        " ,\n  {\"Effect\": \"Allow\", \"Action\": \"c:C\", \"Resource\": \"*\"}",
    );
    assert_eq!(without(0), THREE.replace(a, ""));
    assert_eq!(without(1), THREE.replace(b, ""));
    assert_eq!(without(2), THREE.replace(c, ""));
}

#[test]
fn one_of_several_is_replaced_where_it_stands() {
    let change = Change::Replace { index: 1, with: vec![statement("d:D"), statement("e:E")] };
    let known = r#"{"Effect": "Allow", "Action": "b:B", "Resource": "*"}"#;
    let new = |action: &str| {
        format!("{{\n    \"Effect\": \"Allow\",\n    \"Action\": \"{action}\",\n    \"Resource\": \"*\"\n  }}")
    };
    assert_eq!(changed(THREE, &change), THREE.replace(known, &format!("{},\n  {}", new("d:D"), new("e:E"))));
}

#[test]
fn a_statement_that_cannot_be_read_counts_and_stays() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "allow"}, {"Effect": "Deny", "Action": "*", "Resource": "*"}]}"#;
    let change = Change::Replace { index: 1, with: vec![statement("s3:*")] };
    assert_eq!(
        changed(text, &change),
        r#"{"Version": "2012-10-17", "Statement": [{"Effect": "allow"}, {"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#
    );
}

#[test]
fn a_document_without_statements_gets_its_first() {
    let new = r#"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#;
    let change = Change::Append(statement("s3:*"));
    assert_eq!(changed(r#"{"Statement": []}"#, &change), format!(r#"{{"Statement": [{new}]}}"#));
    assert_eq!(changed("{}", &change), format!(r#"{{"Statement": [{new}]}}"#));
    assert_eq!(
        changed(r#"{"Version": "2012-10-17"}"#, &change),
        format!(r#"{{"Version": "2012-10-17","Statement": [{new}]}}"#)
    );
}

#[test]
fn what_cannot_be_changed_stays() {
    let change = Change::Replace { index: 7, with: Vec::new() };
    for text in ["", "[]", "{", THREE, r#"{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}"#] {
        assert_eq!(rewrite(text, &change), text);
    }
}
