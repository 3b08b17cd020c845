//! The pattern matcher agrees with the plainest one there is.
#![no_main]

use arbitrary::Arbitrary;
use iam_playground::ident::{Case, Pattern};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    pattern: &'a str,
    text: &'a str,
}

/// Places of the text that the pattern can have reached, one row a pattern character: slow, and plainly right.
fn naive(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for wanted in pattern.chars() {
        let mut next = vec![false; text.len() + 1];
        for at in 0..=text.len() {
            if !reached[at] {
                continue;
            }
            match wanted {
                '*' => next[at..].fill(true),
                '?' if at < text.len() => next[at + 1] = true,
                _ if text.get(at) == Some(&wanted) => next[at + 1] = true,
                _ => {}
            }
        }
        reached = next;
    }
    reached[text.len()]
}

fuzz_target!(|input: Input<'_>| {
    if input.pattern.len() > 64 || input.text.len() > 256 {
        return;
    }
    let found = Pattern::glob(input.pattern, Case::Sensitive).matches(input.text);
    assert_eq!(found, naive(input.pattern, input.text), "{input:?}");
});
