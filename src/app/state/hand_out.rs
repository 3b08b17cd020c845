//! What is handed to somebody once: files of credentials, and how to sign in.

/// The file that the console gives for a new user (CON-31).
pub fn credentials(user: &str, password: &str, address: &str) -> String {
    table(&[&["User name", "Password", "Console sign-in URL"], &[user, password, address]])
}

/// The file that the console gives for a new access key.
pub fn access_key(id: &str, secret: &str) -> String {
    table(&[&["Access key ID", "Secret access key"], &[id, secret]])
}

/// An e-mail to whoever a new user is for: where to sign in and as whom, without the password (CON-31).
pub fn instructions(user: &str, address: &str) -> String {
    let subject = encoded("How to sign in to the AWS Management Console");
    let body = encoded(&format!(
        "Console sign-in URL: {address}\r\nUser name: {user}\r\n\r\nYou get the password separately.\r\n"
    ));
    format!("mailto:?subject={subject}&body={body}")
}

fn table(rows: &[&[&str]]) -> String {
    rows.iter()
        .map(|row| format!("{}\r\n", row.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",")))
        .collect()
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// Percent-encoded, every byte that is not a letter, digit or one of `-._~`.
fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_with_signs_is_one_field() {
        let file = credentials("Ana", "a\",b", "https://example.com/");
        assert_eq!(file, "User name,Password,Console sign-in URL\r\nAna,\"a\"\",b\",https://example.com/\r\n");
    }

    #[test]
    fn an_address_stays_whole_in_a_mail() {
        let mail = instructions("Ana+1", "https://1.example.com/console/");
        assert!(mail.contains("https%3A%2F%2F1.example.com%2Fconsole%2F"), "{mail}");
        assert!(mail.contains("Ana%2B1") && !mail.contains(' '), "{mail}");
    }
}
