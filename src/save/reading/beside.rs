//! What is kept beside a world: the question, and texts that are not finished.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::Reading;
use crate::analysis::{Pin, Pinned};
use crate::eval::Verdict;
use crate::model::{Asking, Holder, PolicyRef, PrincipalRef, Proof, Session, Tags};

impl Reading {
    pub(super) fn asking(&mut self, at: &Value) -> Asking {
        self.fields(at, &["account", "principal", "session", "action", "resource", "changes"]);
        let account = self.text(at, "account");
        let changed = at.get("changes").unwrap_or(&Value::Null);
        let mut changes = BTreeMap::new();
        for (key, _) in self.entries(at, "changes") {
            changes.insert(key.clone(), self.optional_text(changed, key).map(|value| value.to_string()));
        }
        Asking {
            account: self.account_id(&account),
            principal: self.principal(at),
            session: self.optional(at, "session", Self::session).unwrap_or_default(),
            action: self.text(at, "action"),
            resource: self.text(at, "resource"),
            changes,
        }
    }

    fn session(&mut self, at: &Value) -> Session {
        self.fields(at, &["proof", "name", "tags", "sourceIdentity", "policy", "managed"]);
        let proof = self.optional_text(at, "proof").and_then(|id| {
            let proof = Proof::of_id(&id);
            if proof.is_none() {
                self.wrong("proof");
            }
            proof
        });
        let tagged = at.get("tags").unwrap_or(&Value::Null);
        let mut tags = Tags::new();
        for (key, _) in self.entries(at, "tags") {
            tags.insert(key.as_str().into(), self.text(tagged, key));
        }
        Session {
            proof,
            name: self.optional_text(at, "name"),
            tags,
            source_identity: self.optional_text(at, "sourceIdentity"),
            policy: self.optional_text(at, "policy"),
            managed: self.texts(at, "managed"),
        }
    }

    pub(super) fn pin(&mut self, at: &Value) -> Pin {
        self.fields(at, &["expect", "question", "case"]);
        let expect = self.text(at, "expect");
        let expected = Verdict::of_id(&expect).unwrap_or_else(|| {
            self.wrong("expect");
            Verdict::Allowed
        });
        let what = match self.optional_text(at, "case") {
            Some(line) => Pinned::Case(line),
            None => Pinned::Question(self.inside(at, "question", Self::asking)),
        };
        Pin { what, expected }
    }

    pub(super) fn principal(&mut self, at: &Value) -> PrincipalRef {
        let words = self.texts(at, "principal");
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        match *words.as_slice() {
            ["root"] => PrincipalRef::Root,
            ["user", name] => PrincipalRef::User(name.into()),
            ["role", name] => PrincipalRef::Role(name.into()),
            ["session", role, provider] => {
                PrincipalRef::FederatedSession { role: role.into(), provider: provider.into() }
            }
            ["federated", provider] => PrincipalRef::Federated(provider.into()),
            ["service", name] => PrincipalRef::Service(name.into()),
            ["anonymous"] => PrincipalRef::Anonymous,
            _ => {
                self.wrong("principal");
                PrincipalRef::Root
            }
        }
    }

    pub(super) fn draft(&mut self, at: &Value) -> (PolicyRef, Arc<str>) {
        self.fields(at, &["policy", "text"]);
        let words = self.texts(at, "policy");
        let words: Vec<&str> = words.iter().map(|word| &**word).collect();
        let policy = match *words.as_slice() {
            [kind, of, holder, name] => holding(kind, of, holder, name),
            ["resource", arn] => Some(PolicyRef::Resource { arn: arn.into() }),
            ["trust", role] => Some(PolicyRef::Trust { role: role.into() }),
            ["session"] => Some(PolicyRef::Session { arn: None }),
            ["session", arn] => Some(PolicyRef::Session { arn: Some(arn.into()) }),
            ["control", node, name] => Some(PolicyRef::Control { node: node.into(), name: name.into() }),
            _ => None,
        };
        if policy.is_none() {
            self.wrong("policy");
        }
        (policy.unwrap_or_else(|| PolicyRef::Resource { arn: "".into() }), self.text(at, "text"))
    }
}

fn holding(kind: &str, of: &str, holder: &str, name: &str) -> Option<PolicyRef> {
    let holder = match of {
        "user" => Holder::User(holder.into()),
        "group" => Holder::Group(holder.into()),
        "role" => Holder::Role(holder.into()),
        _ => return None,
    };
    let name = name.into();
    Some(match kind {
        "inline" => PolicyRef::Inline { holder, name },
        "attached" => PolicyRef::Attached { holder, arn: name },
        "boundary" => PolicyRef::Boundary { holder, arn: name },
        _ => return None,
    })
}
