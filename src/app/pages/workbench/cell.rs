//! One cell of the table: an element of a statement against the request. Pressing it shows its place in the JSON.

use yew::prelude::*;

use crate::app::components::{Act, IconName, icon_with, prose};
use crate::app::state::marks::telling_entry;
use crate::app::state::{Event as StateEvent, Selection};
use crate::eval::trace::{ConditionTrace, ElementKind, ElementTrace, StatementTrace};
use crate::explain;
use crate::text::Span;

/// What a cell shows about its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    /// It is not compared.
    Plain,
    /// It admits the request.
    Matching,
    /// It is the first that does not.
    Failing,
    /// An earlier one failed already.
    Unneeded(bool),
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// How the element compares.
    pub state: CellState,
    /// What is written there.
    pub text: String,
    /// Why it compares so, with what stands in backticks as code.
    pub why: String,
    /// Its place in the JSON.
    pub span: Span,
    /// A key that it asks for and the request lacks, with a value it would take.
    pub missing: Vec<(String, String)>,
}

/// One cell: `label` names its column where there are no columns, and pressing it selects `selection`.
pub fn cell(
    label: &'static str,
    content: &Content,
    selection: Option<Selection>,
    selected: Option<&Selection>,
) -> Html {
    let inner = html! {
        <>
            <span class="cell__label">{ label }</span>
            <span class="cell__body">
                { mark(content.state) }
                <span>
                    <span class="cell__text">{ &content.text }</span>
                    if !content.why.is_empty() {
                        <span class="cell__why">{ prose(&content.why) }</span>
                    }
                </span>
            </span>
        </>
    };
    let state = content.state.name();
    html! {
        <>
            if let Some(selection) = selection {
                { button(state, selection, selected, inner) }
            } else {
                <span class="cell" data-state={state}>{ inner }</span>
            }
            for (key, value) in &content.missing {
                <Act key={key.as_str()} class="link statement__add" event={StateEvent::ContextSet(key.clone(), Some(value.clone()))}>
                    { "Add " }<code>{ key }</code>
                </Act>
            }
        </>
    }
}

/// Pressing it shows its place in the JSON and what it was compared with, pressing it again neither.
fn button(state: &'static str, selection: Selection, selected: Option<&Selection>, inner: Html) -> Html {
    let pressed = selected == Some(&selection);
    let event = if pressed { StateEvent::Unselected } else { StateEvent::Selected(selection) };
    html! { <Act class="cell" {state} {pressed} {event}>{ inner }</Act> }
}

impl CellState {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Matching => "matching",
            Self::Failing => "failing",
            Self::Unneeded(_) => "unneeded",
        }
    }
}

fn mark(state: CellState) -> Html {
    let (drawing, word) = match state {
        CellState::Plain => return Html::default(),
        CellState::Matching => (IconName::Check, "matches: "),
        CellState::Failing => (IconName::Cross, "does not match: "),
        CellState::Unneeded(true) => (IconName::Check, "not needed, would match: "),
        CellState::Unneeded(false) => (IconName::Cross, "not needed, would not match: "),
    };
    html! { <>{ icon_with(drawing, "cell__mark") }<span class="visually-hidden">{ word }</span></> }
}

/// The cell of an element, asked about `resource`.
pub fn element(statement: StatementTrace<'_>, kind: ElementKind, resource: &str) -> Content {
    let found = match kind {
        ElementKind::Principal => statement.principal(),
        ElementKind::Action => Some(statement.action()),
        ElementKind::Resource => statement.resource(),
        ElementKind::Condition => None,
    };
    let Some(element) = found else {
        return Content {
            state: CellState::Plain,
            text: "none".to_owned(),
            why: String::new(),
            span: statement.span(),
            missing: Vec::new(),
        };
    };
    let telling = telling_entry(element, resource);
    let text = telling.map(|(entry, _)| entry.text.to_owned()).unwrap_or_default();
    let text = if element.negated { format!("{}: {text}", explain::element_name(kind, true)) } else { text };
    let missing = telling.iter().filter_map(|(entry, _)| match entry.outcome {
        crate::eval::trace::EntryOutcome::Unresolved { key } => Some((key.clone(), String::new())),
        _ => None,
    });
    Content {
        state: state(statement, kind, element.matched),
        text,
        why: why(element, resource),
        span: telling.map_or(element.span, |(entry, _)| entry.span),
        missing: missing.collect(),
    }
}

/// One sentence on why the element compares so, and how many entries more there are.
fn why(element: ElementTrace<'_>, resource: &str) -> String {
    let Some((entry, _)) = telling_entry(element, resource) else { return "has no entry".to_owned() };
    let others = element.entries().len().saturating_sub(1);
    let matches = *entry.outcome == crate::eval::trace::EntryOutcome::Matches;
    match (matches, others) {
        (true, 0) => String::new(),
        (true, _) => format!("1 of {} entries", others + 1),
        (false, 0) => without_entry(&explain::entry(&entry), entry.text),
        (false, _) => format!("{}; nor does any of {others} more", without_entry(&explain::entry(&entry), entry.text)),
    }
}

/// The cell shows the entry already; its sentence need not repeat it.
fn without_entry(sentence: &str, entry: &str) -> String {
    sentence.strip_prefix(&format!("`{entry}` ")).unwrap_or(sentence).to_owned()
}

/// The cells of the conditions; one that says so when there is none.
pub fn conditions(statement: StatementTrace<'_>) -> Vec<Content> {
    if statement.conditions().len() == 0 {
        return vec![Content {
            state: CellState::Plain,
            text: "none".to_owned(),
            why: String::new(),
            span: statement.span(),
            missing: Vec::new(),
        }];
    }
    statement.conditions().map(|condition| one_condition(statement, condition)).collect()
}

fn one_condition(statement: StatementTrace<'_>, condition: ConditionTrace<'_>) -> Content {
    let absent = condition.actual.is_none() && !condition.matched;
    let missing =
        absent.then(|| (condition.key.to_string(), crate::app::state::suggest_value(statement, condition.key)));
    Content {
        state: state(statement, ElementKind::Condition, condition.matched),
        text: format!("{} {}", condition.operator_text, condition.key),
        why: explain::condition(condition),
        span: condition.span,
        missing: missing.into_iter().collect(),
    }
}

fn state(statement: StatementTrace<'_>, kind: ElementKind, matched: bool) -> CellState {
    match statement.first_failing() {
        Some(first) if first < kind => CellState::Unneeded(matched),
        _ if matched => CellState::Matching,
        _ => CellState::Failing,
    }
}
