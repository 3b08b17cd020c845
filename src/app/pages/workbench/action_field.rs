//! The action: free text with completion over all actions of AWS.

use yew::prelude::*;

use super::question::NOTES_ID;
use crate::app::ByPtr;
use crate::app::components::{Choice, Combobox};
use crate::app::hooks::use_dispatch;
use crate::app::state::{Asked, Event as StateEvent, Remote, Site};
use crate::catalog::ActionHit;

/// Suggestions shown at once.
const SHOWN: usize = 50;

/// Properties of [`ActionField`].
#[derive(Properties, PartialEq)]
pub struct ActionFieldProps {
    /// What is asked.
    pub asked: ByPtr<Asked>,
    /// What was fetched.
    pub site: ByPtr<Site>,
}

/// The action.
#[component]
pub fn ActionField(props: &ActionFieldProps) -> Html {
    let dispatch = use_dispatch();
    let field = &props.asked.actions;
    let (before, typed) = last_word(&field.text);
    let (before, typed) = (AttrValue::from(before.to_owned()), typed.to_owned());
    let catalog = props.site.actions.ready().cloned();
    let choices = use_memo((typed.clone(), catalog), |(text, catalog)| {
        // A wildcard is complete as it stands.
        let wanted = catalog.as_ref().filter(|_| !text.contains(['*', '?']));
        let hits = wanted.map(|catalog| catalog.search(text, SHOWN)).unwrap_or_default();
        ByPtr::new(hits.into_iter().map(choice).collect::<Vec<_>>())
    });
    let note = match &props.site.actions {
        Remote::Ready(_) if typed.contains(['*', '?']) => match field.value.len() {
            _ if field.problem.is_some() => "No action of AWS matches.".to_owned(),
            1 => "One action is asked about.".to_owned(),
            actions => format!("{actions} actions are asked about."),
        },
        Remote::Ready(_) => format!("No action of AWS contains “{typed}”."),
        Remote::Failed(_) => "The list of actions did not load. Type the action in full.".to_owned(),
        Remote::Idle | Remote::Loading => "The list of actions is on its way.".to_owned(),
    };
    let oninput =
        use_callback(dispatch.clone(), |text: String, dispatch| dispatch.dispatch(StateEvent::ActionTyped(text)));
    let onfocus = use_callback(dispatch, |(), dispatch| dispatch.dispatch(StateEvent::ActionsWanted));
    html! {
        <Combobox id="action" label="Action" value={field.text.clone()} choices={(*choices).clone()} {before} note={AttrValue::from(note)}
            invalid={field.problem.is_some()} described_by={NOTES_ID} {oninput} {onfocus} />
    }
}

/// What stands before the last word of a list, and that word.
fn last_word(text: &str) -> (&str, &str) {
    let at = text.rfind([',', ' ']).map_or(0, |at| at + 1);
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn choice(hit: ActionHit) -> Choice {
    Choice { value: hit.action.into(), hint: format!("{}, {}", hit.level.words(), hit.service).into() }
}
