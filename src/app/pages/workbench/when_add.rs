//! Any other key, with a value.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::hooks::use_dispatch;
use crate::app::platform::focus;
use crate::app::state::Event as StateEvent;

/// Adds a key that neither AWS sends by itself nor a statement asks for.
#[component]
pub fn WhenAdd() -> Html {
    let dispatch = use_dispatch();
    let key = use_state_eq(String::new);
    let value = use_state_eq(String::new);
    let typed = |into: UseStateSetter<String>| {
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                into.set(input.value());
            }
        })
    };
    let onsubmit = {
        let (set_key, set_value) = (key.setter(), value.setter());
        use_callback((dispatch, (*key).clone(), (*value).clone()), move |event: SubmitEvent, (dispatch, key, value)| {
            event.prevent_default();
            if key.trim().is_empty() {
                focus::focus_id("when-add-key");
                return;
            }
            dispatch.dispatch(StateEvent::ContextSet(key.trim().to_owned(), Some(value.clone())));
            set_key.set(String::new());
            set_value.set(String::new());
            focus::focus_id("when-add-key");
        })
    };
    html! {
        <form class="when__add" {onsubmit}>
            <label><span class="label">{ "Another key" }</span>
                <input class="field" id="when-add-key" type="text" value={(*key).clone()} oninput={typed(key.setter())}
                    placeholder="aws:MultiFactorAuthPresent" autocomplete="off" spellcheck="false" />
            </label>
            <label><span class="label">{ "Value" }</span>
                <input class="field" type="text" value={(*value).clone()} oninput={typed(value.setter())} placeholder="true"
                    autocomplete="off" spellcheck="false" />
            </label>
            <button class="button" type="submit">{ "Add key" }</button>
        </form>
    }
}
