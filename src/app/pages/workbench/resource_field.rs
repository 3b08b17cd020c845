//! The resource: free text, with examples of the kinds of ARN that the action is about.

use yew::prelude::*;

use super::question::NOTES_ID;
use crate::app::ByPtr;
use crate::app::components::{Choice, Combobox};
use crate::app::hooks::use_dispatch;
use crate::app::state::{Asked, Event as StateEvent, Site};
use crate::catalog::{ResourceHint, fill_template};
use crate::ident::AccountId;

/// Properties of [`ResourceField`].
#[derive(Properties, PartialEq)]
pub struct ResourceFieldProps {
    /// The account of the examples.
    pub account: AccountId,
    /// What is asked.
    pub asked: ByPtr<Asked>,
    /// What was fetched.
    pub site: ByPtr<Site>,
}

/// The resource.
#[component]
pub fn ResourceField(props: &ResourceFieldProps) -> Html {
    let dispatch = use_dispatch();
    let field = &props.asked.resource;
    let deps = (props.asked.first().clone(), props.site.actions.ready().cloned(), props.account.clone());
    let choices = use_memo(deps, |(action, catalog, account)| {
        let hint = catalog.as_ref().map_or(ResourceHint::Unknown, |catalog| catalog.resource_hint(action));
        ByPtr::new(suggest(hint, account))
    });
    let oninput = use_callback(dispatch, |text: String, dispatch| dispatch.dispatch(StateEvent::ResourceTyped(text)));
    html! {
        <Combobox id="resource" label="Resource" value={field.text.clone()} choices={(*choices).clone()}
            invalid={field.problem.is_some()} described_by={NOTES_ID} {oninput} />
    }
}

fn suggest(hint: ResourceHint, account: &AccountId) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    if let ResourceHint::Arns(mut patterns) = hint {
        // Plain kinds are shorter than those of access points.
        if let Some(shortest) = (0..patterns.len()).min_by_key(|at| patterns.get(*at).map(String::len)) {
            patterns.swap(0, shortest);
        }
        for pattern in patterns {
            let value = AttrValue::from(fill_template(&pattern, account));
            if !choices.iter().any(|known| known.value == value) {
                choices.push(Choice { value, hint: pattern.into() });
            }
        }
    }
    choices.push(Choice { value: "*".into(), hint: "No single resource".into() });
    choices
}
