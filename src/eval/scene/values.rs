//! Values of context keys as one line of text.

use crate::eval::ContextValue;

/// Keys with lists of values (the tables of KEY), in lower case.
const LISTS: [&str; 20] = [
    "aws:calledvia",
    "aws:principalorgpaths",
    "aws:principalservicenameslist",
    "aws:resourceorgpaths",
    "aws:sourceorgpaths",
    "aws:tagkeys",
    "aws:vpceorgpaths",
    "dynamodb:attributes",
    "dynamodb:firstpartitionkeyvalues",
    "dynamodb:leadingkeys",
    "kms:encryptioncontextkeys",
    "kms:grantoperations",
    "kms:resourcealiases",
    "lambda:layer",
    "lambda:securitygroupids",
    "lambda:subnetids",
    "s3:requestobjecttagkeys",
    "sts:identitytokenaudience",
    "sts:requestcontextproviders",
    "sts:transitivetagkeys",
];

/// The value that a line of text stands for: a list, with commas between, where AWS sends one for the key.
pub fn value_of(key: &str, text: &str) -> ContextValue {
    let key = key.to_ascii_lowercase();
    let is_list = LISTS.contains(&key.as_str()) || key.ends_with(":amr") || key.starts_with("saml:eduperson");
    match is_list {
        false => text.into(),
        true => ContextValue::Many(
            text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// KEY-61, POL-81: a key with a list has one even with one value or none.
    #[test]
    fn keys_with_lists_have_lists() {
        let many = |values: &[&str]| ContextValue::Many(values.iter().map(|value| (*value).to_owned()).collect());
        assert_eq!(value_of("aws:TagKeys", "team, cost"), many(&["team", "cost"]));
        assert_eq!(value_of("AWS:tagkeys", "team"), many(&["team"]));
        assert_eq!(value_of("aws:TagKeys", ""), many(&[]));
        assert_eq!(value_of("cognito-identity.amazonaws.com:amr", "authenticated"), many(&["authenticated"]));
        assert_eq!(value_of("aws:UserAgent", "a, b"), "a, b".into());
        assert_eq!(value_of("aws:TagKeys", &many(&["a", "b"]).line()), many(&["a", "b"]));
    }
}
