//! What of a session counts for whoever asks, and its tags as text.

use std::sync::Arc;

use super::{Asked, SessionPart};
use crate::model::{PrincipalRef, Proof, Session, Tags};

/// What a caller can bring beside its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Brings {
    /// How it can have proved who it is; empty where there is no choice.
    pub proofs: &'static [Proof],
    /// A session with a name.
    pub name: bool,
    /// Session tags (EVAL-163).
    pub tags: bool,
    /// A source identity (EVAL-166).
    pub source_identity: bool,
    /// Session policies (EVAL-72).
    pub policies: bool,
}

/// The root user has neither GetFederationToken here nor sessions of GetSessionToken that differ from its keys but in MFA.
const OF_ROOT: &[Proof] = &[Proof::Keys, Proof::Console, Proof::ConsoleWithMfa, Proof::Token, Proof::TokenWithMfa];

/// What whoever asks can bring.
pub fn brings(asked: &Asked) -> Brings {
    let session = |source_identity, proofs| Brings { proofs, name: true, tags: true, source_identity, policies: true };
    match &asked.principal {
        PrincipalRef::Root => Brings { proofs: OF_ROOT, ..Brings::default() },
        PrincipalRef::User(_) if asked.session.proof == Some(Proof::Federation) => session(false, &Proof::ALL),
        PrincipalRef::User(_) => Brings { proofs: &Proof::ALL, ..Brings::default() },
        PrincipalRef::Role(_) | PrincipalRef::FederatedSession { .. } => session(true, &[]),
        PrincipalRef::Federated(_) | PrincipalRef::Service(_) | PrincipalRef::Anonymous => Brings::default(),
    }
}

/// A part of a session as one line of text.
pub fn write(session: &Session, what: SessionPart) -> String {
    let line = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    match what {
        SessionPart::Name => line(&session.name),
        SessionPart::SourceIdentity => line(&session.source_identity),
        SessionPart::Tags => write_tags(&session.tags),
        SessionPart::Proof | SessionPart::Policies => String::new(),
    }
}

/// The session with a part read from a line of text; the error says what AWS would not take.
pub fn with_text(session: &Session, what: SessionPart, text: &str) -> Result<Session, String> {
    let session = session.clone();
    Ok(match what {
        SessionPart::Name => Session { name: read_name(text)?, ..session },
        SessionPart::SourceIdentity => Session { source_identity: read_name(text)?, ..session },
        SessionPart::Tags => Session { tags: read_tags(text)?, ..session },
        SessionPart::Proof | SessionPart::Policies => session,
    })
}

/// Tags as one line: `team=blue, project=x`.
fn write_tags(tags: &Tags) -> String {
    tags.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(", ")
}

/// Reads that line; the error says what AWS would not take.
pub fn read_tags(text: &str) -> Result<Tags, String> {
    let mut tags = Tags::new();
    for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (key, value) = (key.trim(), value.trim());
        if key.is_empty() {
            return Err(format!("`{pair}` has no key: write `key=value`."));
        }
        if key.chars().count() > 128 || value.chars().count() > 256 {
            return Err(format!("`{key}` is too long: a key has at most 128 characters, a value 256."));
        }
        if tags.keys().any(|known| known.eq_ignore_ascii_case(key)) {
            return Err(format!("`{key}` is there twice; tag keys that differ only in case are one."));
        }
        tags.insert(key.into(), value.into());
    }
    match tags.len() > 50 {
        true => Err("A session has at most 50 tags.".to_owned()),
        false => Ok(tags),
    }
}

/// Reads a session name or a source identity; nothing for empty text. The error says what AWS would not take (FED-29, EVAL-166).
fn read_name(text: &str) -> Result<Option<Arc<str>>, String> {
    let text = text.trim();
    let of_name = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    match text.chars().count() {
        0 => Ok(None),
        2..=64 if text.chars().all(of_name) => Ok(Some(text.into())),
        _ => Err("AWS takes 2 to 64 letters, digits and _+=,.@- here.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// EVAL-163.
    #[test]
    fn tags_are_read_as_aws_takes_them() {
        let tags = read_tags("team=blue , project = x,empty=").expect("tags");
        assert_eq!(write_tags(&tags), "empty=, project=x, team=blue");
        for wrong in ["=x", "team=a, Team=b", &format!("{}=x", "k".repeat(129)), &format!("k={}", "v".repeat(257))] {
            assert!(read_tags(wrong).is_err(), "{wrong}");
        }
        let many: Vec<String> = (0..51).map(|at| format!("k{at}=v")).collect();
        assert!(read_tags(&many.join(",")).is_err());
        assert!(read_tags("").expect("none").is_empty());
    }

    /// FED-29, EVAL-166.
    #[test]
    fn names_of_sessions_are_those_that_aws_takes() {
        assert_eq!(read_name(" ana@example.com "), Ok(Some("ana@example.com".into())));
        assert_eq!(read_name(""), Ok(None));
        for wrong in ["a", "a/b", "a b", &"x".repeat(65)] {
            assert!(read_name(wrong).is_err(), "{wrong}");
        }
    }
}
