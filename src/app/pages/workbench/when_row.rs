//! One key of the request with its value.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Act, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::state::Event as StateEvent;
use crate::eval::ContextValue;
use crate::eval::situation::{ContextEntry, Origin, value_of};

/// Properties of [`WhenRow`].
#[derive(Properties)]
pub struct WhenRowProps {
    /// The key.
    pub entry: ByPtr<ContextEntry>,
}

impl PartialEq for WhenRowProps {
    fn eq(&self, other: &Self) -> bool {
        *self.entry == *other.entry
    }
}

/// One key: its value can be typed over, taken away, and put back.
#[component]
pub fn WhenRow(props: &WhenRowProps) -> Html {
    let dispatch = use_dispatch();
    let entry = &props.entry;
    let key = entry.key.clone();
    let typed = use_state_eq(String::new);
    let deps = (dispatch, key.clone(), typed.setter());
    let oninput = use_callback(deps, |event: InputEvent, (dispatch, key, typed)| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            typed.set(input.value());
            dispatch.dispatch(StateEvent::ContextSet(key.clone(), Some(input.value())));
        }
    });
    // A comma behind the last value makes no other list, and must stay while the next one is typed.
    let shown = |value: &ContextValue| match value_of(&key, &typed) == *value {
        true => (*typed).clone(),
        false => value.line(),
    };
    let id = format!("when-{key}");
    html! {
        <li class="when__row" data-changed={entry.changed().to_string()}>
            <span>
                <label class="when__key" for={id.clone()}>{ &key }</label>
                <span class="when__origin">{ origin(entry) }</span>
            </span>
            <span class="when__value">
                if let Some(value) = &entry.value {
                    <input key="value" class="field" {id} type="text" value={shown(value)} autocomplete="off" spellcheck="false" {oninput} />
                } else {
                    <span key="absent" class="when__absent">{ "absent" }</span>
                }
                { button(entry) }
            </span>
        </li>
    }
}

/// One button that changes its meaning, so that the focus stays: what was changed can be put back, the rest taken away.
fn button(entry: &ContextEntry) -> Html {
    let key = entry.key.clone();
    let added = entry.origin == Origin::Added;
    let (event, label, drawing) = match entry.changed() {
        true if added => {
            (StateEvent::ContextReset(key.clone()), format!("Take {key} out of the request"), IconName::Cross)
        }
        true => {
            (StateEvent::ContextReset(key.clone()), format!("Put {key} back to what AWS would send"), IconName::Undo)
        }
        false => (StateEvent::ContextSet(key.clone(), None), format!("Take {key} out of the request"), IconName::Cross),
    };
    html! {
        <Act key="button" class="icon-button" {event} {label} then_focus={added.then_some("when-add-key")}>{ icon(drawing) }</Act>
    }
}

fn origin(entry: &ContextEntry) -> &'static str {
    match (entry.origin, entry.changed(), entry.value.is_some()) {
        (Origin::Added, ..) => "added by you",
        (_, true, true) => "changed by you",
        (_, true, false) => "taken out by you",
        (Origin::Principal, ..) => "from who asks",
        (Origin::Session, ..) => "from how they signed in",
        (Origin::Network, ..) => "from how the request arrives",
        (Origin::Request, ..) => "from the request",
        (Origin::Resource, ..) => "from the resource",
    }
}
