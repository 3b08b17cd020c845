//! Plausible values for the names in an ARN pattern, so that no field must be filled to see an answer.

use crate::ident::AccountId;

/// Fills `${…}` of an ARN pattern of the catalogue with the values of an account and with examples.
///
/// ```
/// use iam_playground::{catalog::fill_template, ident::AccountId};
/// let filled = fill_template("arn:${Partition}:s3:::${BucketName}/${ObjectName}", &AccountId::example());
/// assert_eq!(filled, "arn:aws:s3:::example-bucket/photos/cat.jpg");
/// ```
pub fn fill_template(pattern: &str, account: &AccountId) -> String {
    let mut filled = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, after)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(&value(name, account));
        rest = after;
    }
    filled.push_str(rest);
    // A pattern that ends in a wildcard stands for any one resource.
    filled.replace('*', "example")
}

fn value(name: &str, account: &AccountId) -> String {
    let known = match name {
        "Partition" => "aws",
        "Region" => "us-east-1",
        "Account" | "AccountId" => account.as_str(),
        "BucketName" => "example-bucket",
        "ObjectName" => "photos/cat.jpg",
        "TableName" => "Orders",
        "InstanceId" => "i-0123456789abcdef0",
        "UserName" | "UserNameWithPath" => "Administrator",
        "GroupName" | "GroupNameWithPath" => "Administrators",
        "KeyId" => "1234abcd-12ab-34cd-56ef-1234567890ab",
        _ => "",
    };
    if known.is_empty() { example(name) } else { known.to_owned() }
}

/// `RoleNameWithPath` to `example-role`, `VolumeId` to `example-volume`.
fn example(name: &str) -> String {
    let stem = ["WithPath", "Name", "Id"].iter().fold(name, |stem, end| stem.strip_suffix(end).unwrap_or(stem));
    let mut words = String::from("example");
    let mut after_lower = true;
    for letter in stem.chars() {
        if letter.is_ascii_uppercase() && after_lower {
            words.push('-');
        }
        after_lower = !letter.is_ascii_uppercase();
        words.push(letter.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, expected: &str) {
        assert_eq!(fill_template(pattern, &AccountId::example()), expected);
    }

    #[test]
    fn account_and_region_come_from_the_world() {
        check(
            "arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}",
            "arn:aws:dynamodb:us-east-1:123456789012:table/Orders",
        );
    }

    #[test]
    fn unknown_names_become_readable_examples() {
        check(
            "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}",
            "arn:aws:iam::123456789012:role/example-role",
        );
        check("arn:${Partition}:x:::${DHCPOptionsId}", "arn:aws:x:::example-dhcpoptions");
    }

    #[test]
    fn a_pattern_that_breaks_off_stays_as_it_is() {
        check("arn:aws:x:::${Open", "arn:aws:x:::${Open");
        check("arn:aws:x:::thing/*", "arn:aws:x:::thing/example");
    }
}
