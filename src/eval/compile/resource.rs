//! Resource patterns, with the wildcard rules of each part of an ARN (POL-60…70).

use super::Variables;
use crate::eval::resource::ResourceEntry;
use crate::ident::arn::RESOURCE_PART;
use crate::ident::{Case, Pattern, Token};
use crate::policy::variable::{Part, parts};
use crate::policy::{PolicyKind, Version};

/// Compiles one entry of Resource or NotResource.
pub(crate) fn entry(text: &str, version: Version, kind: PolicyKind, variables: &mut Variables) -> ResourceEntry {
    if text == "*" {
        return ResourceEntry::Any;
    }
    let mut tokens = Tokens { found: Vec::new(), part: 0 };
    let mut pieces = parts(text, version).peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Part::Text(text) => tokens.push_text(text, pieces.peek().is_none()),
            Part::Literal(text) => tokens.found.push(Token::Text(text.into(), tokens.case())),
            // POL-120: there are no variables before the fifth colon.
            Part::Variable(_) if tokens.part < RESOURCE_PART => return ResourceEntry::NotAnArn,
            Part::Variable(variable) => tokens.found.push(Token::Slot(variables.slot(variable), Case::Sensitive)),
        }
    }
    // POL-61: the service is named in full.
    if text.split(':').nth(2).is_some_and(|service| service.contains(['*', '?'])) {
        return ResourceEntry::NotAnArn;
    }
    // POL-65: missing parts are covered only by a final star, and not at all in an organization's policies.
    let organization = matches!(kind, PolicyKind::ServiceControl | PolicyKind::ResourceControl);
    if tokens.part < RESOURCE_PART && (organization || !text.ends_with('*')) {
        return ResourceEntry::NotAnArn;
    }
    ResourceEntry::Pattern(Pattern::new(tokens.found))
}

struct Tokens {
    found: Vec<Token>,
    /// Which part of the ARN is being read.
    part: usize,
}

impl Tokens {
    /// POL-66: only what follows the fifth colon is compared with its case.
    fn case(&self) -> Case {
        if self.part < RESOURCE_PART { Case::Insensitive } else { Case::Sensitive }
    }

    /// POL-63, POL-64: a star at the end of a part may run on across colons, one inside a part may not.
    fn push_text(&mut self, text: &str, last: bool) {
        let mut plain = String::new();
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let ends_part = characters.peek().map_or(last, |next| *next == ':');
            let wild = match c {
                '*' if self.part == RESOURCE_PART || ends_part => Token::AnyRun,
                '*' => Token::RunInSegment,
                '?' if self.part == RESOURCE_PART => Token::AnyOne,
                '?' => Token::OneInSegment,
                ':' if self.part < RESOURCE_PART => {
                    plain.push(c);
                    self.flush(&mut plain);
                    self.part += 1;
                    continue;
                }
                _ => {
                    plain.push(c);
                    continue;
                }
            };
            self.flush(&mut plain);
            self.found.push(wild);
        }
        self.flush(&mut plain);
    }

    fn flush(&mut self, plain: &mut String) {
        if !plain.is_empty() {
            // Neighbouring texts of one case join, so that most patterns start with a single comparison.
            let case = self.case();
            match self.found.last_mut() {
                Some(Token::Text(text, known)) if *known == case => *text = format!("{text}{plain}").into(),
                _ => self.found.push(Token::Text(plain.as_str().into(), case)),
            }
            plain.clear();
        }
    }
}
