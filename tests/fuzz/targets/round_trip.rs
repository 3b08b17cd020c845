//! What was understood of a document is understood again after printing it.
#![no_main]

use iam_playground::policy::{PolicyDocument, PolicyKind, parse_document, print_document};
use libfuzzer_sys::fuzz_target;

/// A document without its places.
fn said(document: &PolicyDocument) -> String {
    print_document(document)
}

fuzz_target!(|text: &str| {
    for kind in [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust] {
        let Some(first) = parse_document(text, kind).value else { continue };
        let printed = print_document(&first);
        let again = parse_document(&printed, kind).value.expect("what was printed is JSON");
        assert_eq!(first.statements.len(), again.statements.len());
        assert_eq!(said(&first), said(&again));
    }
});
