//! No text makes the parser panic, and every finding lies inside the text, on the borders of characters.
#![no_main]

use iam_playground::policy::{PolicyKind, parse_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for kind in [PolicyKind::Identity, PolicyKind::Resource, PolicyKind::Trust, PolicyKind::ResourceControl] {
        for finding in parse_document(text, kind).diagnostics {
            let range = finding.span.start as usize..finding.span.end as usize;
            assert!(text.get(range).is_some(), "{finding:?}");
        }
    }
});
