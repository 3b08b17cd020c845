//! Policies in the form that is asked many times: patterns compiled, values typed, actions indexed.

mod condition;
mod resource;

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::eval::index::ActionIndex;
use crate::eval::principal::CompiledPrincipal;
use crate::eval::resource::ResourceEntry;
use crate::eval::trace::{EntryOutcome, Outcomes, Resolved};
use crate::eval::{Context, ContextValue, Resource, operator};
use crate::ident::action::fingerprint;
use crate::ident::{ActionName, Case, Pattern, Slots};
use crate::policy::variable::Variable;
use crate::policy::{Effect, PolicyDocument, PolicyKind, Statement, Version};
use crate::text::Spanned;

pub(crate) use condition::{
    ArnParts, ArnTest, CompiledCondition, Values, arn_line, arn_parts, compile as compile_condition, value_tokens,
};
pub(crate) use resource::entry as resource_entry;

/// A policy document, ready to be asked.
///
/// ```
/// use iam_playground::{eval::CompiledPolicy, policy::{parse_document, PolicyKind}};
/// let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
/// let document = parse_document(text, PolicyKind::Identity).value.unwrap();
/// assert_eq!(CompiledPolicy::new(document.into(), PolicyKind::Identity).document().statements.len(), 1);
/// ```
#[derive(Debug)]
pub struct CompiledPolicy {
    document: Arc<PolicyDocument>,
    kind: PolicyKind,
    pub(crate) statements: Box<[CompiledStatement]>,
    pub(crate) index: ActionIndex,
}

#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub effect: Effect,
    pub principal: Option<CompiledPrincipal>,
    pub action_negated: bool,
    pub actions: Box<[ActionEntry]>,
    /// Positions of the actions that are of one service, sorted by its hash.
    by_service: Box<[(u64, u32)]>,
    /// Positions of the others.
    of_no_service: Box<[u32]>,
    pub resource: Option<CompiledResource>,
    pub conditions: Box<[CompiledCondition]>,
    /// What the slots of this statement's patterns stand for.
    pub variables: Box<[Variable]>,
}

#[derive(Debug)]
pub(crate) struct CompiledResource {
    pub negated: bool,
    pub entries: Box<[ResourceEntry]>,
}

/// One entry of Action or NotAction (POL-55…58). Hashes are compared first: most entries of a large policy are about
/// another service.
#[derive(Debug)]
pub(crate) enum ActionEntry {
    /// The lone `*`.
    Any,
    /// One action, as compared.
    Exact(ActionName),
    /// A service and a pattern for its names, both in lower case.
    Wild { service: Box<str>, fingerprint: u64, name: Pattern },
    /// Breaks the grammar and matches nothing.
    Malformed,
}

impl CompiledPolicy {
    /// Compiles `document` for the place where it hangs.
    pub fn new(document: Arc<PolicyDocument>, kind: PolicyKind) -> Self {
        let statements: Box<[_]> = document
            .statements
            .iter()
            .map(|statement| CompiledStatement::new(statement, document.version, kind))
            .collect();
        let index = ActionIndex::new([(0, &*statements)]);
        Self { document, kind, statements, index }
    }

    /// Whether a statement of this effect is about `action`, whatever its other elements say.
    pub fn is_about(&self, effect: Effect, action: &ActionName) -> bool {
        self.index.nominees(action).any(|nominee| {
            let statement = self.statements.get(nominee.statement as usize);
            statement.is_some_and(|statement| statement.effect == effect && statement.admits(nominee.entry, action))
        })
    }

    /// Whether each condition of the statement at a position of the document holds in a context; nothing for no statement.
    pub(crate) fn conditions_hold(&self, at: usize, context: &Context) -> Vec<bool> {
        let Some(statement) = self.statements.get(at) else { return Vec::new() };
        let bindings = Bindings { variables: &statement.variables, context };
        let holds =
            |condition: &CompiledCondition| operator::holds(condition, context.folded(&condition.key), &bindings).0;
        statement.conditions.iter().map(holds).collect()
    }

    /// The place that it was compiled for.
    pub fn kind(&self) -> PolicyKind {
        self.kind
    }

    /// The document it was compiled from, to be shared with traces.
    pub fn document(&self) -> &Arc<PolicyDocument> {
        &self.document
    }
}

impl CompiledStatement {
    /// Whether the entry that nominated the statement, or the NotAction element as a whole, admits `action`.
    pub fn admits(&self, entry: Option<u32>, action: &ActionName) -> bool {
        match entry {
            Some(entry) => self.actions.get(entry as usize).is_some_and(|entry| entry.matches(action)),
            None => self.actions.iter().any(|entry| entry.matches(action)) != self.action_negated,
        }
    }

    fn new(source: &Statement, version: Version, kind: PolicyKind) -> Self {
        let mut variables = Variables::default();
        let resource = source.resource.as_ref().map(|element| CompiledResource {
            negated: element.negated,
            entries: element
                .entries
                .iter()
                .map(|entry| resource::entry(&entry.value, version, kind, &mut variables))
                .collect(),
        });
        let conditions =
            source.conditions.iter().map(|condition| condition::compile(condition, version, &mut variables)).collect();
        let actions: Box<[_]> = source.action.entries.iter().map(|entry| ActionEntry::new(&entry.value)).collect();
        let of_service = |(entry, at): (&ActionEntry, u32)| Some((entry.service()?.0, at));
        let mut by_service: Box<[_]> = actions.iter().zip(0..).filter_map(of_service).collect();
        by_service.sort_unstable();
        let of_none = |(entry, at): (&ActionEntry, u32)| entry.service().is_none().then_some(at);
        Self {
            effect: source.effect.value,
            principal: source.principal.as_ref().map(|principal| CompiledPrincipal::new(principal, kind)),
            action_negated: source.action.negated,
            of_no_service: actions.iter().zip(0..).filter_map(of_none).collect(),
            actions,
            by_service,
            resource,
            conditions,
            variables: variables.into_list(),
        }
    }

    /// What comes of every Action entry. Most entries of a large policy are about other services, and are not looked at.
    pub fn action_outcomes(&self, action: &ActionName) -> Outcomes {
        let service = action.fingerprints().service;
        let from = self.by_service.partition_point(|(of, _)| *of < service);
        let of_this = self.by_service.iter().skip(from).take_while(|(of, _)| *of == service);
        let near = of_this.map(|(_, at)| *at).chain(self.of_no_service.iter().copied());
        if near.clone().count() == self.actions.len() {
            return self.actions.iter().map(|entry| entry.outcome(action)).collect();
        }
        let mut near: Box<[_]> =
            near.filter_map(|at| Some((at, self.actions.get(at as usize)?.outcome(action)))).collect();
        near.sort_unstable_by_key(|(at, _)| *at);
        Outcomes::OtherServiceBut(near)
    }
}

impl CompiledResource {
    /// Whether the element admits a resource.
    pub fn admits(&self, resource: &Resource, bindings: &Bindings<'_>) -> bool {
        self.entries.iter().any(|entry| entry.matches(resource, bindings)) != self.negated
    }

    /// What comes of every entry; `texts` are the entries as written.
    pub fn outcomes(&self, texts: &[Spanned<String>], resource: &Resource, bindings: &Bindings<'_>) -> Outcomes {
        let entries = self.entries.iter().zip(texts);
        entries.map(|(entry, text)| entry.outcome(&text.value, resource, bindings)).collect()
    }

    /// Positions of entries with variables, with their text.
    pub fn resolved(&self, bindings: &Bindings<'_>) -> Resolved {
        let mut room = RESOLVED_BYTES;
        let entries = self.entries.iter().enumerate().filter_map(|(at, entry)| {
            let text = entry.resolved(bindings, room)?;
            room = room.saturating_sub(text.len());
            Some((at, text))
        });
        entries.collect()
    }
}

/// An entry of Action as a pattern of the action as written; `None` when it breaks the grammar.
pub(crate) fn action_pattern(text: &str) -> Option<Pattern> {
    match ActionEntry::new(text) {
        ActionEntry::Malformed => None,
        ActionEntry::Any | ActionEntry::Exact(_) | ActionEntry::Wild { .. } => {
            Some(Pattern::glob(text, Case::Insensitive))
        }
    }
}

impl ActionEntry {
    fn new(text: &str) -> Self {
        if text == "*" {
            return Self::Any;
        }
        match text.split_once(':') {
            Some((service, name))
                if !service.is_empty()
                    && !service.contains(['*', '?'])
                    && !name.is_empty()
                    && !name.contains([':', ','])
                    && !text.contains(char::is_whitespace) =>
            {
                match name.contains(['*', '?']) {
                    false => ActionName::parse(text).map_or(Self::Malformed, Self::Exact),
                    true => {
                        let service = service.to_ascii_lowercase();
                        let name = Pattern::glob(&name.to_ascii_lowercase(), Case::Sensitive);
                        Self::Wild { fingerprint: fingerprint(&service), service: service.into(), name }
                    }
                }
            }
            _ => Self::Malformed,
        }
    }

    pub fn matches(&self, action: &ActionName) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(name) => name.is_same_as(action),
            Self::Wild { name, .. } => self.is_of_service(action) && name.matches(action.name()),
            Self::Malformed => false,
        }
    }

    /// How the entry compares with an action.
    pub fn outcome(&self, action: &ActionName) -> EntryOutcome {
        match self {
            Self::Any => EntryOutcome::Matches,
            Self::Malformed => EntryOutcome::Malformed,
            _ if self.matches(action) => EntryOutcome::Matches,
            _ if !self.is_of_service(action) => EntryOutcome::OtherService,
            _ => EntryOutcome::OtherAction,
        }
    }

    fn is_of_service(&self, action: &ActionName) -> bool {
        self.service() == Some((action.fingerprints().service, action.service()))
    }

    /// The one service that the entry is about, as hash and text.
    fn service(&self) -> Option<(u64, &str)> {
        match self {
            Self::Exact(name) => Some((name.fingerprints().service, name.service())),
            Self::Wild { service, fingerprint, .. } => Some((*fingerprint, service)),
            Self::Any | Self::Malformed => None,
        }
    }
}

/// How much of the text of variables a trace keeps, an element or a condition: several times the longest ARN (2,048
/// characters), and little enough that a hostile value cannot be multiplied by a long list.
pub(crate) const RESOLVED_BYTES: usize = 8 * 1024;

/// The variables of a statement while it is compiled; a slot is a position here.
#[derive(Default)]
pub(crate) struct Variables(IndexSet<Variable, FxBuildHasher>);

impl Variables {
    /// By slot.
    pub fn into_list(self) -> Box<[Variable]> {
        self.0.into_iter().collect()
    }

    fn slot(&mut self, variable: Variable) -> u32 {
        // A text has at most 10 MB, and each variable takes some bytes of it.
        u32::try_from(self.0.insert_full(variable).0).unwrap_or(u32::MAX)
    }
}

/// The text that a request has for the variables of a statement.
pub(crate) struct Bindings<'a> {
    pub variables: &'a [Variable],
    pub context: &'a Context,
}

impl Slots for Bindings<'_> {
    /// The value of a single-valued key, or the default when the key is absent (POL-122, POL-125).
    fn slot(&self, index: u32) -> Option<&str> {
        let variable = self.variables.get(index as usize)?;
        match self.context.folded(&variable.key) {
            Some(ContextValue::One(text)) => Some(text),
            Some(ContextValue::Many(_)) => None,
            None => variable.default.as_deref(),
        }
    }
}

impl Bindings<'_> {
    /// The key of the first slot of `pattern` that has no text.
    pub fn unresolved(&self, slots: &[u32]) -> Option<&str> {
        let missing = slots.iter().find(|slot| self.slot(**slot).is_none())?;
        self.variables.get(*missing as usize).map(|variable| &*variable.key)
    }
}
