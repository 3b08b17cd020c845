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

/// Keys of SAML with one value, without their prefix; all others are lists (KEY-135…140, KEY-233).
const SAML_SINGLE: [&str; 10] = [
    "aud",
    "doc",
    "edupersonorgdn",
    "edupersonprimaryaffiliation",
    "edupersonprimaryorgunitdn",
    "edupersonprincipalname",
    "iss",
    "namequalifier",
    "sub",
    "sub_type",
];

/// Whether AWS sends a list of values for a key, whatever its case.
pub fn is_list(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    LISTS.contains(&key.as_str())
        || key.ends_with(":amr")
        || key.strip_prefix("saml:").is_some_and(|name| !SAML_SINGLE.contains(&name))
}

/// The value that a line of text stands for: a list, with commas between, where AWS sends one for the key.
pub fn value_of(key: &str, text: &str) -> ContextValue {
    match is_list(key) {
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
        assert_eq!(value_of("saml:mail", "ana@example.com"), many(&["ana@example.com"]));
        assert_eq!(value_of("saml:eduPersonOrgDN", "dc=a, dc=b"), "dc=a, dc=b".into());
        assert_eq!(
            value_of("SAML:aud", "https://signin.aws.amazon.com/saml"),
            "https://signin.aws.amazon.com/saml".into()
        );
        assert_eq!(value_of("aws:UserAgent", "a, b"), "a, b".into());
        assert_eq!(value_of("aws:TagKeys", &many(&["a", "b"]).line()), many(&["a", "b"]));
    }
}
