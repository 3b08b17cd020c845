//! Policies in the form that is asked many times: patterns compiled, values typed, actions indexed.

mod condition;
mod resource;

use std::sync::Arc;

use crate::eval::Context;
use crate::eval::index::ActionIndex;
use crate::eval::principal::CompiledPrincipal;
use crate::eval::resource::ResourceEntry;
use crate::eval::trace::EntryOutcome;
use crate::ident::{ActionName, Case, Pattern, Slots};
use crate::policy::variable::Variable;
use crate::policy::{Effect, PolicyDocument, PolicyKind, Statement, Version};

pub(crate) use condition::{ArnParts, ArnTest, CompiledCondition, Values, arn_parts};

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
    pub(crate) statements: Box<[CompiledStatement]>,
    pub(crate) index: ActionIndex,
}

#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub effect: Effect,
    pub principal: Option<CompiledPrincipal>,
    pub action_negated: bool,
    pub actions: Box<[ActionEntry]>,
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

/// One entry of Action or NotAction (POL-55…58).
#[derive(Debug)]
pub(crate) enum ActionEntry {
    /// The lone `*`.
    Any,
    /// One action in lower case.
    Exact(Box<str>),
    /// A service and a pattern for its names, both in lower case.
    Wild { service: Box<str>, name: Pattern },
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
        Self { document, statements, index }
    }

    /// The document it was compiled from.
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }
}

impl CompiledStatement {
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
        Self {
            effect: source.effect.value,
            principal: source.principal.as_ref().map(CompiledPrincipal::new),
            action_negated: source.action.negated,
            actions: source.action.entries.iter().map(|entry| ActionEntry::new(&entry.value)).collect(),
            resource,
            conditions,
            variables: variables.0.into(),
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
                    && !name.contains([':', ' ', ',']) =>
            {
                match name.contains(['*', '?']) {
                    false => Self::Exact(text.to_ascii_lowercase().into()),
                    true => Self::Wild {
                        service: service.to_ascii_lowercase().into(),
                        name: Pattern::glob(&name.to_ascii_lowercase(), Case::Sensitive),
                    },
                }
            }
            _ => Self::Malformed,
        }
    }

    pub fn matches(&self, action: &ActionName) -> bool {
        match self {
            Self::Any => true,
            Self::Exact(name) => **name == *action.folded(),
            Self::Wild { service, name } => **service == *action.service() && name.matches(action.name()),
            Self::Malformed => false,
        }
    }

    /// How the entry compares with an action.
    pub fn outcome(&self, action: &ActionName) -> EntryOutcome {
        let of_service = match self {
            Self::Any | Self::Malformed => None,
            Self::Exact(name) => name.strip_prefix(action.service()).map(|rest| rest.starts_with(':')),
            Self::Wild { service, .. } => Some(**service == *action.service()),
        };
        match (self, of_service) {
            (Self::Any, _) => EntryOutcome::Matches,
            (Self::Malformed, _) => EntryOutcome::Malformed,
            (_, Some(true)) if self.matches(action) => EntryOutcome::Matches,
            (_, Some(true)) => EntryOutcome::OtherAction,
            _ => EntryOutcome::OtherService,
        }
    }
}

/// The variables of a statement while it is compiled; a slot is a position here.
#[derive(Default)]
pub(crate) struct Variables(Vec<Variable>);

impl Variables {
    fn slot(&mut self, variable: Variable) -> u16 {
        let at = self.0.iter().position(|known| *known == variable).unwrap_or_else(|| {
            self.0.push(variable);
            self.0.len() - 1
        });
        u16::try_from(at).unwrap_or(u16::MAX)
    }
}

/// The text that a request has for the variables of a statement.
pub(crate) struct Bindings<'a> {
    pub variables: &'a [Variable],
    pub context: &'a Context,
}

impl Slots for Bindings<'_> {
    /// The value of a single-valued key, or the default when the key is absent (POL-122, POL-125).
    fn slot(&self, index: u16) -> Option<&str> {
        let variable = self.variables.get(usize::from(index))?;
        match self.context.folded(&variable.key) {
            Some(_) => self.context.text(&variable.key),
            None => variable.default.as_deref(),
        }
    }
}

impl Bindings<'_> {
    /// The key of the first slot of `pattern` that has no text.
    pub fn unresolved(&self, slots: &[u16]) -> Option<&str> {
        let missing = slots.iter().find(|slot| self.slot(**slot).is_none())?;
        self.variables.get(usize::from(*missing)).map(|variable| &*variable.key)
    }
}
