//! Beginning an inline policy: a name, and a first statement about what is asked.

use std::sync::Arc;

use serde_json::json;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::attach::typed;
use crate::app::ByPtr;
use crate::app::components::Dialog;
use crate::app::hooks::use_dispatch;
use crate::app::state::{Asked, Event as StateEvent};
use crate::eval::Resource;
use crate::model::{Account, Holder};

/// Properties of [`NewInlineDialog`].
#[derive(Properties, PartialEq)]
pub struct NewInlineDialogProps {
    /// The account.
    pub account: Arc<Account>,
    /// In whom.
    pub holder: Holder,
    /// What is asked.
    pub asked: ByPtr<Asked>,
    /// Why the name was refused.
    pub refusal: Option<AttrValue>,
}

/// Name and first effect of a new inline policy.
#[component]
pub fn NewInlineDialog(props: &NewInlineDialogProps) -> Html {
    let dispatch = use_dispatch();
    let name = use_state_eq(|| free_name(&props.account, &props.holder));
    let effect = use_state_eq(|| "Allow");
    let oninput = {
        let name = name.setter();
        use_callback((), move |event: InputEvent, ()| name.set(typed(&event).unwrap_or_default()))
    };
    let oneffect = {
        let effect = effect.setter();
        use_callback((), move |event: Event, ()| {
            let deny = event.target_dyn_into::<HtmlInputElement>().is_some_and(|radio| radio.value() == "Deny");
            effect.set(if deny { "Deny" } else { "Allow" });
        })
    };
    let onsubmit = {
        let deps = (dispatch, props.holder.clone(), (*name).clone(), *effect, props.asked.clone());
        use_callback(deps, |event: SubmitEvent, (dispatch, holder, name, effect, asked)| {
            event.prevent_default();
            let text = first_text(effect, asked).into();
            dispatch.dispatch(StateEvent::InlineBegun { holder: holder.clone(), name: name.trim().into(), text });
        })
    };
    let action = props.asked.first().as_str();
    html! {
        <Dialog id="new-inline" title={format!("Write an inline policy for {}", props.holder.name())}>
            <form class="dialog__body" {onsubmit}>
                <label class="dialog__field">
                    <span class="label">{ "Name" }</span>
                    <input class="field" type="text" value={(*name).clone()} {oninput} autofocus={true} autocomplete="off" spellcheck="false"
                        aria-invalid={props.refusal.is_some().to_string()} aria-describedby="new-inline-refusal" />
                </label>
                <p id="new-inline-refusal" role="alert">{ props.refusal.clone().unwrap_or_default() }</p>
                <fieldset class="dialog__choices">
                    <legend class="label">{ "Begin with a statement that" }</legend>
                    { choice("Allow", format!("allows {action}"), *effect, &oneffect) }
                    { choice("Deny", format!("denies {action}"), *effect, &oneffect) }
                </fieldset>
                <div class="dialog__actions">
                    <button type="submit" class="button button--primary">{ "Write policy" }</button>
                </div>
            </form>
        </Dialog>
    }
}

fn choice(effect: &'static str, words: String, chosen: &str, onchange: &Callback<Event>) -> Html {
    html! {
        <label class="dialog__choice">
            <input type="radio" name="new-inline-effect" value={effect} checked={chosen == effect} {onchange} />
            <span>{ words }</span>
        </label>
    }
}

fn free_name(account: &Account, holder: &Holder) -> String {
    let taken = |name: &str| {
        account
            .permissions(holder)
            .is_some_and(|permissions| permissions.inline.iter().any(|inline| *inline.name == *name))
    };
    let numbered = (2..).map(|number| format!("InlinePolicy{number}"));
    std::iter::once("InlinePolicy".to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// A policy with one statement about what is asked.
pub fn first_text(effect: &str, asked: &Asked) -> String {
    let question = asked.question();
    let resource = match &question.resource {
        Resource::Arn(arn) => arn.to_string(),
        Resource::None => "*".to_owned(),
    };
    let document = json!({
        "Version": "2012-10-17",
        "Statement": [{ "Sid": "First", "Effect": effect, "Action": question.action.as_str(), "Resource": resource }],
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}
