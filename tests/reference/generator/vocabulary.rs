//! Small vocabularies, and edits that make a text nearly match.

use super::random::Random;

/// What the values of a condition key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Text,
    Many,
    Number,
    Date,
    Bool,
    Binary,
    Address,
    Arn,
}

/// The condition keys that cases use.
pub const KEYS: [(&str, Type); 24] = [
    ("aws:username", Type::Text),
    ("aws:PrincipalTag/team", Type::Text),
    ("aws:PrincipalTag/owner", Type::Text),
    ("aws:RequestedRegion", Type::Text),
    ("s3:prefix", Type::Text),
    ("aws:PrincipalOrgID", Type::Text),
    ("sts:ExternalId", Type::Text),
    ("aws:TagKeys", Type::Many),
    ("aws:CalledVia", Type::Many),
    ("aws:PrincipalOrgPaths", Type::Many),
    ("s3:max-keys", Type::Number),
    ("aws:MultiFactorAuthAge", Type::Number),
    ("ec2:VolumeSize", Type::Number),
    ("aws:CurrentTime", Type::Date),
    ("aws:TokenIssueTime", Type::Date),
    ("aws:EpochTime", Type::Date),
    ("aws:SecureTransport", Type::Bool),
    ("aws:MultiFactorAuthPresent", Type::Bool),
    ("aws:ViaAWSService", Type::Bool),
    ("example:Digest", Type::Binary),
    ("aws:SourceIp", Type::Address),
    ("aws:VpcSourceIp", Type::Address),
    ("aws:SourceArn", Type::Arn),
    ("aws:PrincipalArn", Type::Arn),
];

/// Values of the request.
pub fn values(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => &["ann", "Ann", "a*", "?nn", "home", "data", "home/ann/x", "", "red"],
        Type::Many => &["team", "Team", "cost", "ann", "te*"],
        Type::Number => &["10", "10.0", "9", "100", "-5", "0", "10.5", "abc"],
        Type::Date => &[
            "2024-06-30",
            "2024-06-30T00:00:00Z",
            "2024-06-30T02:00:00+02:00",
            "2024-06-30T00:00:00-01:30",
            "1719705600",
            "2024-07-01T12:30:00Z",
            "2023-12-31T23:59:59Z",
            "yesterday",
        ],
        Type::Bool => &["true", "false", "TRUE", "False", "maybe"],
        Type::Binary => &["aGVsbG8=", "aGVsbG8h", "AGVsbG8=", "@@@@"],
        Type::Address => &["203.0.113.25", "203.0.113.26", "10.1.2.3", "2001:db8::1", "2001:db9::1", "nowhere"],
        Type::Arn => &[
            "arn:aws:iam::111122223333:user/ann",
            "arn:aws:iam::111122223333:role/team/app",
            "arn:aws:sqs:us-east-1:444455556666:jobs",
            "arn:aws:lambda:us-east-1:111122223333:function:run",
            "arn:aws:logs:us-east-1:111122223333:log-group:ann:log-stream:run",
            "ann",
        ],
    }
}

/// Values of a policy, besides those of the request.
pub fn wanted(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Address => &[
            "203.0.113.0/24",
            "203.0.113.24/31",
            "203.0.113.25/32",
            "10.0.0.0/8",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::/0",
            "2001:db8::1",
            "203.0.113.25",
        ],
        other => values(other),
    }
}

/// The text with the case of some letters changed.
pub fn other_case(random: &mut Random, text: &str) -> String {
    match random.below(3) {
        0 => text.to_uppercase(),
        1 => text.to_lowercase(),
        _ => {
            let place = random.below(text.len().max(1));
            edit(text, place, 1, |part| match part.to_uppercase() == part {
                true => part.to_lowercase(),
                false => part.to_uppercase(),
            })
        }
    }
}

/// A pattern that matches the text, or nearly does.
pub fn near_pattern(random: &mut Random, text: &str) -> String {
    if text.is_empty() {
        return random.word(&["", "*", "?"]).to_owned();
    }
    let place = random.below(text.len());
    let length = random.below(7);
    match random.below(12) {
        // Any run of characters, or the rest of the text.
        0..=3 => edit(text, place, length, |_| "*".to_owned()),
        4 | 5 => edit(text, place, text.len(), |_| "*".to_owned()),
        6 | 7 => edit(text, place, 1, |_| "?".to_owned()),
        8 => {
            let first = edit(text, place, length, |_| "*".to_owned());
            near_pattern(random, &first)
        }
        9 => other_case(random, text),
        10 => edit(text, place, 1, |_| String::new()),
        _ => format!("{text}{}", random.word(&["*", "?", "/*", ":*"])),
    }
}

/// The text with a part of it changed; the vocabularies are ASCII.
fn edit(text: &str, place: usize, length: usize, change: impl Fn(&str) -> String) -> String {
    let end = (place + length).min(text.len());
    format!("{}{}{}", &text[..place], change(&text[place..end]), &text[end..])
}

/// A policy variable, or something like one.
pub fn variable(random: &mut Random, keys: &[(&str, Type)]) -> String {
    let key = match random.chance(80) {
        true => random.pick(keys).0,
        false => random.word(&["aws:username", "aws:PrincipalTag/team", "aws:Nothing", "aws:TagKeys"]),
    };
    let key = if random.chance(15) { other_case(random, key) } else { key.to_owned() };
    match random.below(12) {
        0 => "${*}".to_owned(),
        1 => "${?}".to_owned(),
        2 => "${$}".to_owned(),
        3 => format!("${{{key}"),
        4 | 5 => format!("${{{key}, '{}'}}", random.word(&["ann", "a*", "data", ""])),
        6 => format!("${{{key},'{}'}}", random.word(&["ann", "red", "home"])),
        _ => format!("${{{key}}}"),
    }
}

/// The text with a word of it replaced by a variable.
pub fn with_variable(random: &mut Random, text: &str, keys: &[(&str, Type)]) -> String {
    let variable = variable(random, keys);
    let words = ["ann", "home", "data", "run", "app", "a*", "team", "true"];
    let present: Vec<&str> = words.into_iter().filter(|word| text.contains(word)).collect();
    match present.is_empty() {
        true => format!("{text}{variable}"),
        false => text.replacen(random.word(&present), &variable, 1),
    }
}
