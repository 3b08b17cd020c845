//! One statement of the table: its name above, its cells below.

use yew::prelude::*;

use super::alignment::alignment;
use super::cell::{CellState, Content, cell, conditions, element};
use crate::app::components::prose;
use crate::app::state::{Answer, Role, Row, Selection, near};
use crate::eval::trace::{ElementKind, PolicyTrace, StatementTrace};
use crate::explain;
use crate::model::PolicyRef;
use crate::policy::Effect;

/// One statement; `principal` says whether the table has a column for principals.
pub fn statement(answer: &Answer, row: Row, principal: bool, selected: Option<&Selection>) -> Html {
    let Some((policy, statement)) = answer.trace.statement(row.at) else { return Html::default() };
    let place = answer.policy_of(row.at);
    let cell = |label: &'static str, contents: &[Content]| table_cell(label, contents, place.as_ref(), selected);
    let columns = if principal { "6" } else { "5" };
    let near = near(answer, row.at, selected);
    let resource = answer.request.resource_text();
    let key = format!("{}-{}-{}", row.at.level, row.at.policy, row.at.statement);
    html! {
        <tbody class="statement" {key} role="rowgroup" data-role={role(row.role)} data-first-failing={first_failing(statement)}>
            <tr role="row">
                <th class="statement__name" colspan={columns} scope="rowgroup" role="rowheader">{ name(policy, statement, row.role) }</th>
            </tr>
            <tr class="statement__cells" role="row">
                { cell("Effect", &[effect(statement)]) }
                if principal {
                    { cell("Principal", &[element(statement, ElementKind::Principal, resource)]) }
                }
                { cell("Action", &[element(statement, ElementKind::Action, resource)]) }
                { cell("Resource", &[element(statement, ElementKind::Resource, resource)]) }
                { cell("Condition", &conditions(statement)) }
                <td class="statement__cell" role="cell">
                    <span class="cell"><span class="cell__label">{ "Result" }</span>
                        <span>{ prose(&explain::statement_result(statement, row.role == Role::Decisive)) }</span></span>
                </td>
            </tr>
            if let Some(near) = near {
                <tr class="statement__near" role="row">
                    <td colspan={columns} role="cell">{ alignment(&near) }</td>
                </tr>
            }
        </tbody>
    }
}

fn name(policy: &PolicyTrace, statement: StatementTrace<'_>, role: Role) -> Html {
    let through = policy.source.group.as_ref().map(|group| format!(", through group {group}")).unwrap_or_default();
    let part = match role {
        Role::Decisive => Some("Decides: "),
        Role::Nearest => Some("Nearest: "),
        Role::Other => None,
    };
    html! {
        <>
            if let Some(part) = part {
                <span class="statement__role">{ part }</span>
            }
            <span>{ prose(&explain::statement_name(statement)) }</span>
            <span class="statement__policy">{ format!(" of {}{through}", policy.source.name) }</span>
        </>
    }
}

fn table_cell(
    label: &'static str,
    contents: &[Content],
    place: Option<&PolicyRef>,
    selected: Option<&Selection>,
) -> Html {
    html! {
        <td class="statement__cell" role="cell">
            for content in contents {
                { cell(label, content, place.map(|policy| Selection { policy: policy.clone(), span: content.span }), selected) }
            }
        </td>
    }
}

fn effect(statement: StatementTrace<'_>) -> Content {
    let text = match statement.effect() {
        Effect::Allow => "Allow",
        Effect::Deny => "Deny",
    };
    Content {
        state: CellState::Plain,
        text: text.to_owned(),
        why: String::new(),
        span: statement.span(),
        missing: Vec::new(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Decisive => "decisive",
        Role::Nearest => "nearest",
        Role::Other => "other",
    }
}

fn first_failing(statement: StatementTrace<'_>) -> Option<&'static str> {
    statement.first_failing().map(|kind| explain::element_name(kind, false))
}
