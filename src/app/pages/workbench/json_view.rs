//! A policy's JSON, with the statement that tells marked and the selected part highlighted.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::policy_pane::Marks;
use crate::app::platform::scroll;
use crate::app::state::Role;
use crate::app::state::marks::{Piece, cut};
use crate::text::Span;

/// Properties of [`JsonView`].
#[derive(Properties, PartialEq)]
pub struct JsonViewProps {
    /// Name of the policy.
    pub name: AttrValue,
    /// Its text.
    pub text: Arc<str>,
    /// What is marked.
    pub marks: Option<Marks>,
    /// What is selected.
    pub selected: Option<Span>,
}

/// The JSON. It scrolls by itself to what is selected, or to what is marked.
#[component]
pub fn JsonView(props: &JsonViewProps) -> Html {
    let JsonViewProps { text, marks, selected, .. } = props;
    let node = use_node_ref();
    let numbers = use_memo(text.clone(), |text| line_numbers(text));
    let cut = use_memo((text.clone(), marks.clone(), *selected), |(text, marks, selected)| {
        let entries = marks.as_ref().map(|marks| marks.entries.as_slice()).unwrap_or_default();
        cut(text, marks.as_ref().map(|marks| marks.statement), entries, *selected)
    });
    {
        let node = node.clone();
        use_effect_with((marks.clone(), *selected), move |(_, selected)| {
            let selectors: &[&str] = match selected {
                Some(_) => &[".json__selected"],
                None => &[".json__statement", ".json__statement .json__entry"],
            };
            selectors.iter().for_each(|selector| scroll::reveal(&node, selector));
        });
    }
    html! {
        <div class="json" ref={node} tabindex="0" role="region" aria-label={format!("JSON of {}", props.name)}>
            <pre class="json__numbers" aria-hidden="true">{ (*numbers).clone() }</pre>
            <pre class="json__text"><code>
                { pieces(text, &cut.before) }
                if let Some(marks) = marks.as_ref().filter(|_| !cut.statement.is_empty()) {
                    { statement(text, &cut.statement, marks.role, cut.whole_lines) }
                }
                { pieces(text, &cut.after) }
            </code></pre>
        </div>
    }
}

fn statement(text: &str, cut: &[Piece], role: Role, whole_lines: bool) -> Html {
    let (role, begins, ends) = match role {
        Role::Decisive => ("decisive", "Deciding statement begins. ", " Deciding statement ends."),
        Role::Nearest | Role::Other => ("nearest", "Nearest statement begins. ", " Nearest statement ends."),
    };
    html! {
        <mark class="json__statement" data-role={role} data-inline={(!whole_lines).then_some("true")}>
            <span class="visually-hidden">{ begins }</span>
            { pieces(text, cut) }
            <span class="visually-hidden">{ ends }</span>
        </mark>
    }
}

fn pieces(text: &str, pieces: &[Piece]) -> Html {
    html! {
        for piece in pieces {
            { one_piece(text, *piece) }
        }
    }
}

fn one_piece(text: &str, piece: Piece) -> Html {
    let part: Rc<str> = piece.span.of(text).into();
    let class = match (piece.selected, piece.entry) {
        (true, true) => "json__entry json__selected",
        (true, false) => "json__selected",
        (false, true) => "json__entry",
        (false, false) => return html! { <>{ part }</> },
    };
    html! { <mark {class}>{ part }</mark> }
}

fn line_numbers(text: &str) -> AttrValue {
    let lines = text.strip_suffix('\n').unwrap_or(text).split('\n').count();
    let numbers: Vec<String> = (1..=lines).map(|line| line.to_string()).collect();
    numbers.join("\n").into()
}
