//! One cell of the table from near: the entry or the values of a statement beside what the request has, stretch by stretch,
//! and what about the comparison is easily overlooked.

mod aside;
mod comparison;

use super::{element_name, listed};
use crate::eval::compare::{self, Compared};
use crate::eval::trace::{
    ConditionTrace, ElementKind, ElementTrace, EntryOutcome, EntryTrace, PolicyTrace, StatementTrace,
};
use crate::eval::{ContextValue, LayerKind, Principal, Request, StatementRef, Trace};
use crate::ident::Arn;
use crate::policy::{BaseOperator, Effect};

pub use comparison::{Comparison, Resolved, Segment, SegmentKind};

/// A cell of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An entry of Principal, Action or Resource, or of their Not forms, by its position.
    Entry(ElementKind, usize),
    /// A condition, by its position.
    Condition(usize),
}

/// A cell from near. Texts are sentences; names and values stand in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// What the cell means for its statement.
    pub heading: String,
    /// The texts that were compared, side by side.
    pub comparisons: Vec<Comparison>,
    /// What mattered in the comparison and is easily overlooked.
    pub notes: Vec<String>,
}

/// Values of the request, and values of the policy for each of them, that are shown; the rest is counted.
const SHOWN: (usize, usize) = (3, 6);

/// A cell of the statement at `at`; `None` where there is nothing to compare.
pub fn alignment(trace: &Trace, request: &Request, at: StatementRef, cell: Cell) -> Option<Alignment> {
    let (policy, statement) = trace.statement(at)?;
    match cell {
        Cell::Entry(kind, place) => {
            let element = match kind {
                ElementKind::Principal => statement.principal()?,
                ElementKind::Action => statement.action(),
                ElementKind::Resource => statement.resource()?,
                ElementKind::Condition => return None,
            };
            let entry = element.entries().nth(place)?;
            Some(of_entry(Entry { element, entry, layer: at.layer }, statement, policy, request))
        }
        Cell::Condition(place) => Some(of_condition(statement.conditions().nth(place)?, statement, policy, request)),
    }
}

struct Entry<'a> {
    element: ElementTrace<'a>,
    entry: EntryTrace<'a>,
    layer: LayerKind,
}

fn of_entry(entry: Entry<'_>, statement: StatementTrace<'_>, policy: &PolicyTrace, request: &Request) -> Alignment {
    let Entry { element, entry: one, layer } = entry;
    let kind = element.kind;
    let matches = *one.outcome == EntryOutcome::Matches;
    let asked = asked(kind, one.text, request);
    let compared = match kind {
        ElementKind::Action => compare::action(one.text, &request.action),
        ElementKind::Resource => compare::resource(one.text, policy, layer, request),
        _ => compare::text(one.text, &asked),
    };
    // A principal may be named by its id, and an ARN of another partition reads alike.
    let compared = Compared { alignment: compared.alignment.filter(|_| compared.equal == matches), ..compared };
    let outcome = super::entry(&one);
    let name = element_name(kind, element.negated);
    let words = match (element.negated, matches, element.matched) {
        (false, _, true) => format!("its `{name}` matches"),
        (false, true, false) => format!("its `{name}` does not reach this request"),
        (false, false, false) => format!("its `{name}` does not match"),
        (true, true, _) => format!("its `{name}` lists this one, and so the statement is about all others"),
        (true, false, true) => format!("its `{name}` does not list this one, and so the statement is about it"),
        (true, false, false) => format!("its `{name}` does not reach this request"),
    };
    let mut notes = aside::of_entry(kind, &compared);
    let others = element.entries().len().saturating_sub(1);
    if others > 0 {
        notes.push(match matches {
            true => format!("One entry that matches is enough; there are {others} more."),
            false => format!("Nor does any of the {others} other entries match."),
        });
    }
    let comparison = Comparison::new(one.text, one.resolved, &asked, matches, compared, Some(outcome));
    Alignment { heading: heading(statement, element.matched, &words), comparisons: vec![comparison], notes }
}

/// What the request has for an element, in the form that an entry takes.
fn asked(kind: ElementKind, entry: &str, request: &Request) -> String {
    let principal = &request.principal;
    match kind {
        ElementKind::Action => request.action.as_str().to_owned(),
        ElementKind::Resource => request.resource_text().to_owned(),
        ElementKind::Principal | ElementKind::Condition => match (principal, principal.account()) {
            (_, Some(account)) if entry.chars().all(|letter| letter.is_ascii_digit()) => account.to_string(),
            (_, Some(account)) if entry.ends_with(":root") => {
                let partition = principal.arn().and_then(Arn::parse).map_or("aws", |arn| arn.partition);
                format!("arn:{partition}:iam::{account}:root")
            }
            (Principal::RoleSession { role: Some(role), .. }, _) if entry.contains(":role/") => role.to_string(),
            _ => principal.for_message(),
        },
    }
}

fn of_condition(
    condition: ConditionTrace<'_>,
    statement: StatementTrace<'_>,
    policy: &PolicyTrace,
    request: &Request,
) -> Alignment {
    let mut comparisons = Vec::new();
    let mut notes = Vec::new();
    let actual: &[String] = match condition.actual {
        Some(ContextValue::One(text)) => std::slice::from_ref(text),
        Some(ContextValue::Many(list)) => list,
        None => &[],
    };
    let compares = condition.operator.filter(|operator| operator.base != BaseOperator::Null);
    if let Some(operator) = compares {
        for text in actual.iter().take(SHOWN.0) {
            for (at, wanted) in condition.expected().enumerate().take(SHOWN.1) {
                let compared = compare::value(condition, at, text, policy, request, operator);
                notes.extend(aside::of_value(condition, at, text, policy, request, &compared));
                let equal = compared.equal;
                comparisons.push(Comparison::new(wanted.text, wanted.resolved, text, equal, compared, None));
            }
        }
        let pairs = actual.len().saturating_mul(condition.expected().len());
        if pairs > comparisons.len() && !comparisons.is_empty() {
            notes.push(format!("{} more comparisons are not shown.", pairs - comparisons.len()));
        }
    }
    if comparisons.is_empty() {
        let values: Vec<String> = condition.expected().take(SHOWN.1).map(|value| format!("`{}`", value.text)).collect();
        notes.push(format!("The policy asks for {}.", listed(&values)));
    } else {
        notes.extend(aside::of_operator(condition));
    }
    notes.dedup();
    let words = super::condition(condition);
    Alignment { heading: heading(statement, condition.matched, &words), comparisons, notes }
}

/// What the cell means for the statement. For a deny that does not apply the words flip: nothing is allowed by that.
fn heading(statement: StatementTrace<'_>, matched: bool, words: &str) -> String {
    match (matched, statement.effect()) {
        (true, _) => format!("It fits: {words}."),
        (false, Effect::Deny) => format!("This deny does not apply, because {words}."),
        (false, Effect::Allow) => format!("This statement does not allow it, because {words}."),
    }
}
