use proptest::prelude::*;

use super::*;

struct One(&'static str);

impl Slots for One {
    fn slot(&self, index: u32) -> Option<&str> {
        (index == 0).then_some(self.0)
    }
}

#[track_caller]
fn check(pattern: &str, text: &str, expected: bool) {
    assert_eq!(Pattern::glob(pattern, Case::Sensitive).matches(text), expected, "`{pattern}` against `{text}`");
}

#[test]
fn a_star_matches_any_run_and_a_question_mark_one_character() {
    check("*", "", true);
    check("a*c", "abbbc", true);
    check("a*c", "ac", true);
    check("a*c", "acb", false);
    check("a?c", "abc", true);
    check("a?c", "ac", false);
    check("?", "é", true);
    check("??", "é", false);
    check("*a*b*", "xxaxxbxx", true);
    check("*ab", "aab", true);
    check("", "", true);
    check("", "a", false);
}

#[test]
fn overlapping_ends_do_not_match_the_same_characters_twice() {
    check("ab*ba", "aba", false);
    check("ab*ba", "abba", true);
    check("a*?", "a", false);
}

#[test]
fn case_counts_only_where_it_was_asked_for() {
    assert!(Pattern::glob("Get*", Case::Insensitive).matches("getobject"));
    check("Get*", "getobject", false);
}

#[test]
fn text_from_a_slot_is_literal() {
    let pattern =
        Pattern::new([Token::Text("home/".into(), Case::Sensitive), Token::Slot(0, Case::Sensitive), Token::AnyRun]);
    assert!(pattern.matches_with("home/*/x", &One("*")));
    assert!(!pattern.matches_with("home/ann/x", &One("*")));
    assert!(!pattern.matches("home/ann/x"), "an unfilled slot matches nothing");
}

#[test]
fn a_run_in_a_segment_stops_at_a_colon() {
    let pattern = Pattern::new([
        Token::Text("us-".into(), Case::Sensitive),
        Token::RunInSegment,
        Token::Text("-1:".into(), Case::Sensitive),
        Token::AnyRun,
    ]);
    assert!(pattern.matches("us-east-1:123"));
    assert!(!pattern.matches("us-east:1-1:123"));
}

/// The plainest matcher there is: tries every length for every star.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), _) => (0..=text.len()).any(|taken| naive(rest, &text[taken..])),
        (Some((p, pattern)), Some((t, text))) => (*p == '?' || p == t) && naive(pattern, text),
        _ => false,
    }
}

proptest! {
    #[test]
    fn agrees_with_the_naive_matcher(pattern in "[ab*?é]{0,8}", text in "[abé]{0,10}") {
        let expected = naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(Pattern::glob(&pattern, Case::Sensitive).matches(&text), expected);
    }

    #[test]
    fn runs_in_segments_agree_with_the_naive_matcher_inside_one_segment(pattern in "[ab*]{0,8}", text in "[ab]{0,10}") {
        let tokens = tokens(&pattern, Case::Sensitive).into_iter().map(|token| match token {
            Token::AnyRun => Token::RunInSegment,
            other => other,
        });
        let expected = naive(&pattern.chars().collect::<Vec<_>>(), &text.chars().collect::<Vec<_>>());
        prop_assert_eq!(Pattern::new(tokens).matches(&text), expected);
    }
}
