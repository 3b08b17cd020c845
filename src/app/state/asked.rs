//! The question as it is being typed, and the last question that could be answered.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use crate::catalog::{Catalog, ResourceHint, fill_template, read_actions};
use crate::eval::Resource;
use crate::eval::situation::{Part, Question, value_of};
use crate::ident::{AccountId, ActionName, Arn};
use crate::model::{Asking, PrincipalRef, Proof, Session};

/// How many actions one question may be about.
const MOST_ACTIONS: usize = 400;

/// A field of free text: what stands in it, and the last text of it that made sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// Exactly what was typed.
    pub text: String,
    /// What is asked about.
    pub value: T,
    /// Why `text` makes no sense, if so; `value` is older then.
    pub problem: Option<String>,
}

impl<T> Field<T> {
    fn type_text(&mut self, text: String, read: impl FnOnce(&str) -> Result<T, String>) {
        match read(&text) {
            Ok(value) => {
                self.value = value;
                self.problem = None;
            }
            Err(problem) => self.problem = Some(problem),
        }
        self.text = text;
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The account of whoever asks.
    pub account: AccountId,
    /// Who.
    pub principal: PrincipalRef,
    /// What they bring beside their name.
    pub session: Session,
    /// Does what: one action or several.
    pub actions: Field<Rc<[ActionName]>>,
    /// The one of several actions whose reasons are shown; `None` for the first that is denied.
    pub focus: Option<ActionName>,
    /// On what.
    pub resource: Field<Resource>,
    /// Whether the resource was filled in by us, so that another action may replace it.
    pub resource_is_ours: bool,
    /// Whether the first action has no resource types, so that its request names none whatever the field says.
    pub action_takes_no_resource: bool,
    /// Context keys set to another value, or taken away.
    pub changes: BTreeMap<String, Option<String>>,
    /// What does not count while something is tried.
    pub off: BTreeSet<Part>,
    /// When.
    pub now: String,
    /// Who has signed in, or is acted as.
    pub signed_in: Option<SignedIn>,
}

/// Somebody who has signed in, or is acted as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub principal: PrincipalRef,
    /// With what.
    pub proof: Proof,
}

impl Asked {
    /// The question that the page opens on.
    pub fn opening(now: String) -> Self {
        let Question { account, principal, action, resource, now, .. } = Question::opening(now);
        Self {
            account,
            principal,
            session: Session::default(),
            actions: Field { text: action.as_str().to_owned(), value: Rc::new([action]), problem: None },
            focus: None,
            resource: Field { text: "*".to_owned(), value: resource, problem: None },
            resource_is_ours: true,
            action_takes_no_resource: true,
            changes: BTreeMap::new(),
            off: BTreeSet::new(),
            now,
            signed_in: None,
        }
    }

    /// Takes a whole question.
    pub fn take(&mut self, asking: &Asking, catalog: Option<&Catalog>) {
        self.account = asking.account.clone();
        self.principal = asking.principal.clone();
        self.session = asking.session.clone();
        self.type_actions(asking.action.to_string(), catalog);
        let ours = asking.resource.is_empty();
        self.set_resource(if ours { "*".to_owned() } else { asking.resource.to_string() });
        self.action_takes_no_resource = self.resource.value == Resource::None;
        self.resource_is_ours = self.action_takes_no_resource;
        if let Some(catalog) = catalog.filter(|_| ours) {
            self.fit_resource(catalog, &asking.account);
        }
        self.changes = asking.changes.clone();
        self.off.clear();
    }

    /// The last question that made sense, to be kept.
    pub fn asking(&self) -> Asking {
        let resource = match &self.resource.value {
            _ if self.resource_is_ours && self.actions.value.len() > 1 => "".into(),
            Resource::Arn(arn) if !self.action_takes_no_resource => arn.clone(),
            _ => "*".into(),
        };
        let names = || self.actions.value.iter().map(ActionName::as_str).collect::<Vec<_>>().join(", ");
        let action = match self.actions.problem {
            None => self.actions.text.trim().into(),
            // A wildcard may only wait for the list of actions.
            Some(_) if self.actions.text.contains(['*', '?']) => self.actions.text.trim().into(),
            Some(_) => names().into(),
        };
        Asking {
            account: self.account.clone(),
            principal: self.principal.clone(),
            session: self.session.clone(),
            action,
            resource,
            changes: self.changes.clone(),
        }
    }

    /// Takes what is typed as action or actions.
    pub fn type_actions(&mut self, text: String, catalog: Option<&Catalog>) {
        self.focus = None;
        self.actions.type_text(text, |text| {
            read_actions(text, catalog, MOST_ACTIONS).map(Rc::from).map_err(|error| error.to_string())
        });
    }

    /// Takes what is typed as resource.
    pub fn type_resource(&mut self, text: String) {
        self.resource_is_ours = false;
        self.set_resource(text);
    }

    fn set_resource(&mut self, text: String) {
        self.resource.type_text(text, read_resource);
    }

    /// Fits the resource to what the catalogue knows of the action: none, or an example of the right kind where the field
    /// holds nothing that a person wrote.
    pub fn fit_resource(&mut self, catalog: &Catalog, account: &AccountId) {
        let hint = catalog.resource_hint(self.first());
        self.action_takes_no_resource = hint == ResourceHint::None;
        if !self.resource_is_ours {
            return;
        }
        match hint {
            ResourceHint::None => self.set_resource("*".to_owned()),
            ResourceHint::Arns(patterns) => {
                if let Some(pattern) = plainest(&patterns) {
                    self.set_resource(fill_template(pattern, account));
                }
            }
            ResourceHint::Unknown => {}
        }
    }

    /// The first action; of a question about one, the action.
    pub fn first(&self) -> &ActionName {
        #[expect(clippy::expect_used, reason = "a list that is read names at least one action")]
        self.actions.value.first().expect("an action")
    }

    /// Another caller, who brings nothing of what the last one did.
    pub fn set_principal(&mut self, principal: PrincipalRef) {
        self.principal = principal;
        self.session = Session::default();
        self.off.clear();
    }

    /// How the caller has proved who it is, where nobody says: as it signed in, or with its access keys.
    pub fn usual_proof(&self) -> Proof {
        let signed_in = self.signed_in.as_ref().filter(|signed_in| signed_in.principal == self.principal);
        signed_in.map_or(Proof::Keys, |signed_in| signed_in.proof)
    }

    /// The last question that made sense, about its first action.
    pub fn question(&self) -> Question {
        let resource = if self.action_takes_no_resource { Resource::None } else { self.resource.value.clone() };
        let proof = self.session.proof.unwrap_or_else(|| self.usual_proof());
        Question {
            account: self.account.clone(),
            principal: self.principal.clone(),
            session: Session { proof: Some(proof), ..self.session.clone() },
            action: self.first().clone(),
            resource,
            changes: self
                .changes
                .iter()
                .map(|(key, value)| (key.clone(), value.as_deref().map(|text| value_of(key, text))))
                .collect(),
            off: self.off.clone(),
            now: self.now.clone(),
        }
    }

    /// The last question that made sense, about each of its actions: on the resource that is written, on `*` where the
    /// catalogue knows that an action takes none, and on an example of the right kind where nobody wrote a resource.
    pub fn questions(&self, catalog: Option<&Catalog>) -> Vec<Question> {
        let first = self.question();
        let on = |action: &ActionName| match catalog.map(|catalog| catalog.resource_hint(action)) {
            Some(ResourceHint::None) => Resource::None,
            Some(ResourceHint::Arns(patterns)) if self.resource_is_ours => plainest(&patterns).map_or_else(
                || self.resource.value.clone(),
                |pattern| Resource::Arn(fill_template(pattern, &self.account).into()),
            ),
            _ => self.resource.value.clone(),
        };
        let others = self.actions.value.iter().skip(1);
        let others: Vec<_> =
            others.map(|action| Question { action: action.clone(), resource: on(action), ..first.clone() }).collect();
        std::iter::once(first).chain(others).collect()
    }

    /// Whether some field holds text that is not being asked about.
    pub fn is_stale(&self) -> bool {
        self.actions.problem.is_some() || self.resource.problem.is_some()
    }
}

/// The shortest is the plain kind: a bucket's object rather than an access point's.
fn plainest(patterns: &[String]) -> Option<&String> {
    patterns.iter().min_by_key(|pattern| pattern.len())
}

fn read_resource(text: &str) -> Result<Resource, String> {
    let text = text.trim();
    match Arn::parse(text) {
        _ if text == "*" => Ok(Resource::None),
        Some(arn) if !arn.partition.is_empty() && !arn.service.is_empty() && !arn.resource.is_empty() => {
            Ok(Resource::Arn(Arc::from(text)))
        }
        _ if text.is_empty() => {
            Err("A request is about something: write the ARN of a resource, or `*` for an action that takes none"
                .to_owned())
        }
        _ => Err(format!(
            "`{text}` is no ARN: write `arn:partition:service:region:account:resource`, or `*` for an action that takes none"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> Asked {
        Asked::opening("2026-11-24T12:00:00Z".to_owned())
    }

    fn catalog() -> Catalog {
        let file = "S\ts3\tAmazon S3\nR\tobject\tarn:${Partition}:s3:::${BucketName}/${ObjectName}\nA\tGetObject\tR\t0!\nA\tListAllMyBuckets\tL";
        Catalog::parse(file).expect("a catalogue")
    }

    #[test]
    fn text_that_makes_no_sense_keeps_the_last_question() {
        let mut asked = asked();
        let before = asked.question();
        asked.type_actions("s3:".to_owned(), None);
        asked.type_resource("photos".to_owned());
        assert!(asked.is_stale());
        assert_eq!(asked.question(), before);
        assert_eq!((&*asked.actions.text, &*asked.resource.text), ("s3:", "photos"));
    }

    #[test]
    fn an_action_with_resource_types_brings_an_example_resource() {
        let mut asked = asked();
        asked.type_actions("s3:GetObject".to_owned(), None);
        asked.fit_resource(&catalog(), &AccountId::example());
        assert_eq!(asked.resource.text, "arn:aws:s3:::example-bucket/photos/cat.jpg");
        asked.type_actions("s3:ListAllMyBuckets".to_owned(), None);
        asked.fit_resource(&catalog(), &AccountId::example());
        assert_eq!(asked.resource.text, "*");
    }

    #[test]
    fn a_resource_that_a_person_wrote_is_never_replaced() {
        let mut asked = asked();
        asked.type_resource("arn:aws:s3:::mine".to_owned());
        asked.type_actions("s3:GetObject".to_owned(), None);
        asked.fit_resource(&catalog(), &AccountId::example());
        assert_eq!(asked.resource.text, "arn:aws:s3:::mine");
        assert_eq!(asked.question().resource, Resource::Arn("arn:aws:s3:::mine".into()));
    }

    #[test]
    fn an_action_without_resource_types_asks_about_none_whatever_is_written() {
        let mut asked = asked();
        asked.type_resource("arn:aws:s3:::mine".to_owned());
        asked.fit_resource(&catalog(), &AccountId::example());
        assert_eq!(asked.question().resource, Resource::None);
        assert_eq!(asked.resource.text, "arn:aws:s3:::mine");
    }
}
