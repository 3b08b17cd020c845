//! A text field with suggestions.
//!
//! ARIA combobox with a list: the focus stays in the field; arrows open the list and move in it, Enter takes the active
//! option, Escape closes it. Any text may be typed; the options only help.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Step, option_at, step};
use crate::app::ByPtr;
use crate::app::platform::scroll;

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The text that choosing it writes.
    pub value: AttrValue,
    /// What it is.
    pub hint: AttrValue,
}

/// Properties of [`Combobox`].
#[derive(Properties, PartialEq)]
pub struct ComboboxProps {
    /// Id of the field.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// Exactly what was typed.
    pub value: AttrValue,
    /// Suggestions for it.
    pub choices: ByPtr<Vec<Choice>>,
    /// What stays in front of a suggestion that is chosen.
    #[prop_or_default]
    pub before: AttrValue,
    /// What the list says when it has no suggestions.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// Whether the text makes no sense.
    #[prop_or_default]
    pub invalid: bool,
    /// Id of the element that says more about the text.
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    /// Typing and choosing.
    pub oninput: Callback<String>,
    /// The field got the focus.
    #[prop_or_default]
    pub onfocus: Callback<()>,
}

/// A text field with suggestions.
#[component]
pub fn Combobox(props: &ComboboxProps) -> Html {
    let open = use_state_eq(|| false);
    let active = use_state_eq(|| None::<usize>);
    let list = use_node_ref();
    let list_id = format!("{}-list", props.id);
    let active_now = active.filter(|at| *at < props.choices.len());
    let shown = *open && (!props.choices.is_empty() || props.note.is_some());

    let list_now = list.clone();
    use_effect_with(active_now, move |_| scroll::reveal(&list_now, "[aria-selected=true]"));

    let oninput = {
        let (open, active, typed) = (open.setter(), active.setter(), props.oninput.clone());
        use_callback(typed, move |event: InputEvent, typed| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                open.set(true);
                active.set(None);
                typed.emit(input.value());
            }
        })
    };
    let onchoose = {
        let (open, active) = (open.setter(), active.setter());
        let deps = (props.oninput.clone(), props.choices.clone(), props.before.clone());
        use_callback(deps, move |at: usize, (typed, choices, before)| {
            open.set(false);
            active.set(None);
            if let Some(choice) = choices.get(at) {
                typed.emit(format!("{before}{}", choice.value));
            }
        })
    };
    let onkeydown = {
        let (set_open, set_active, count, choose) =
            (open.setter(), active.setter(), props.choices.len(), onchoose.clone());
        use_callback((shown, active_now, count, choose), move |event: KeyboardEvent, (shown, active, count, choose)| {
            match (event.key().as_str(), *active) {
                (key, now) if Step::of_key(key).is_some() => {
                    event.prevent_default();
                    set_open.set(true);
                    set_active.set(
                        Step::of_key(key).filter(|_| *shown || now.is_none()).and_then(|to| step(to, now, *count)),
                    );
                }
                ("Enter", Some(at)) if *shown => {
                    event.prevent_default();
                    choose.emit(at);
                }
                ("Enter" | "Escape", _) if *shown => {
                    event.prevent_default();
                    set_open.set(false);
                    set_active.set(None);
                }
                _ => {}
            }
        })
    };
    let onblur = {
        let (open, active) = (open.setter(), active.setter());
        use_callback((), move |_: FocusEvent, ()| {
            open.set(false);
            active.set(None);
        })
    };
    let onclick = {
        let open = open.setter();
        use_callback((), move |_: MouseEvent, ()| open.set(true))
    };
    // The field keeps the focus while the pointer is on the list.
    let onmousedown = use_callback((), |event: MouseEvent, ()| event.prevent_default());
    let onpress = use_callback(onchoose, |event: MouseEvent, choose| {
        if let Some(at) = option_at(&event) {
            choose.emit(at);
        }
    });
    let onfocus = use_callback(props.onfocus.clone(), |_: FocusEvent, focused| focused.emit(()));

    html! {
        <div class="combobox">
            <input id={props.id} class="field" type="text" role="combobox" aria-label={props.label} aria-autocomplete="list"
                aria-expanded={shown.to_string()} aria-controls={shown.then(|| list_id.clone())}
                aria-activedescendant={active_now.map(|at| option_id(props.id, at))} aria-invalid={props.invalid.to_string()}
                aria-describedby={props.described_by.clone()} autocomplete="off" autocapitalize="off" spellcheck="false"
                value={props.value.clone()} {oninput} {onkeydown} {onblur} {onclick} {onfocus} />
            if shown {
                <div class="combobox__list" id={list_id} role="listbox" aria-label={format!("Suggestions for {}", props.label.to_lowercase())}
                    ref={list} {onmousedown} onclick={onpress}>
                    { suggestions(props, active_now) }
                </div>
            }
        </div>
    }
}

fn option_id(field: &str, at: usize) -> String {
    format!("{field}-option-{at}")
}

fn suggestions(props: &ComboboxProps, active: Option<usize>) -> Html {
    if let Some(note) = props.note.as_ref().filter(|_| props.choices.is_empty()) {
        return html! { <div class="combobox__note" role="option" aria-disabled="true" aria-selected="false">{ note }</div> };
    }
    html! {
        for (at, choice) in props.choices.iter().enumerate() {
            <div class="option" key={choice.value.to_string()} role="option" id={option_id(props.id, at)} data-at={at.to_string()}
                aria-selected={(active == Some(at)).to_string()}>
                <span class="option__value">{ &choice.value }</span>
                <span class="option__hint">{ &choice.hint }</span>
            </div>
        }
    }
}
