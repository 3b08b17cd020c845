//! Cells of tables: verdicts with icon and word, each of which puts its question. The table listens, not each cell.

use yew::prelude::*;

use super::super::verdict::drawing;
use crate::analysis::tables::{Origin, Outcome, Target};
use crate::app::components::{IconName, icon};
use crate::app::platform::drag;
use crate::app::state::verdict_word;
use crate::eval::Verdict;
use crate::explain::verdict_name;

/// A verdict that puts its question; `about` says of what to those who hear it alone.
pub fn verdict(verdict: Verdict, at: (usize, usize), about: &str) -> Html {
    html! {
        <button type="button" class="tables__cell" data-outcome={verdict_word(verdict)} data-cell={format!("{}.{}", at.0, at.1)}>
            { icon(drawing(verdict)) }
            <span>{ verdict_name(verdict) }</span>
            <span class="visually-hidden">{ format!(" for {about}") }</span>
        </button>
    }
}

/// A verdict that cannot be opened.
pub fn closed(verdict: Verdict) -> Html {
    html! {
        <span class="tables__cell" data-outcome={verdict_word(verdict)}>{ icon(drawing(verdict)) }<span>{ verdict_name(verdict) }</span></span>
    }
}

/// The sign of an outcome: that of the verdict it looks like.
pub fn look(outcome: Outcome) -> IconName {
    drawing(match outcome {
        Outcome::Everywhere | Outcome::Some => Verdict::Allowed,
        Outcome::ExplicitlyNowhere => Verdict::ExplicitlyDenied,
        Outcome::ImplicitlyNowhere => Verdict::ImplicitlyDenied,
    })
}

/// What something was asked on.
pub fn asked_on(target: &Target) -> Html {
    let whence = match target.origin {
        Origin::Question => "of the question",
        Origin::World => "of this world",
        Origin::Example => "an example",
        Origin::Nothing => return html! { <span class="tables__on">{ "on no resource" }</span> },
    };
    html! {
        <span class="tables__on">{ "on " }<code>{ target.text().to_string() }</code>{ format!(", {whence}") }</span>
    }
}

/// Row and column of the cell that was pressed.
pub fn pressed(event: &MouseEvent) -> Option<(usize, usize)> {
    let cell = drag::value_around(event, "data-cell")?;
    let (row, column) = cell.split_once('.')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}
