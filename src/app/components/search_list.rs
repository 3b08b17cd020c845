//! A search field and the list of what it finds. The focus stays in the field: arrows move in the list, Enter picks.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Step, option_at, step};
use crate::app::ByPtr;
use crate::app::hooks::use_dispatch;
use crate::app::platform::scroll;
use crate::app::state::Event as StateEvent;

/// Rows drawn at first, and rows that are added at a time.
const PAGE: usize = 50;

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Tells it from the others.
    pub key: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// What it is.
    pub about: AttrValue,
    /// What picking it does; `None` when it cannot be picked.
    pub event: Option<StateEvent>,
}

/// Properties of [`SearchList`].
#[derive(Properties, PartialEq)]
pub struct SearchListProps {
    /// Begins the ids of its parts.
    pub id: &'static str,
    /// Name of the field.
    pub label: &'static str,
    /// What stands in the empty field.
    pub placeholder: &'static str,
    /// Name of the list.
    pub list: &'static str,
    /// What was found.
    pub entries: ByPtr<Vec<Entry>>,
    /// What was searched for.
    pub query: AttrValue,
    /// The field was typed in.
    pub onquery: Callback<String>,
}

/// Search field and list.
#[component]
pub fn SearchList(props: &SearchListProps) -> Html {
    let SearchListProps { id, label, placeholder, .. } = *props;
    let dispatch = use_dispatch();
    let active = use_state_eq(|| 0usize);
    let shown = use_state_eq(|| PAGE);
    let list = use_node_ref();
    let count = props.entries.len().min(*shown);
    let active_now = (*active < count).then_some(*active);
    {
        let list = list.clone();
        use_effect_with(active_now, move |_| scroll::reveal(&list, "[aria-selected=true]"));
    }
    let oninput = {
        let (active, shown) = (active.setter(), shown.setter());
        use_callback(props.onquery.clone(), move |event: InputEvent, onquery| {
            active.set(0);
            shown.set(PAGE);
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                onquery.emit(field.value());
            }
        })
    };
    let onchoose = use_callback((dispatch, props.entries.clone()), |at: usize, (dispatch, entries)| {
        if let Some(event) = entries.get(at).and_then(|entry| entry.event.clone()) {
            dispatch.dispatch(event);
        }
    });
    let onkeydown = {
        let active = active.setter();
        use_callback((active_now, count, onchoose.clone()), move |event: KeyboardEvent, (now, count, choose)| {
            match (event.key().as_str(), now) {
                (key, _) if Step::of_key(key).is_some() => {
                    event.prevent_default();
                    if let Some(next) = Step::of_key(key).and_then(|to| step(to, *now, *count)) {
                        active.set(next);
                    }
                }
                // Enter that ends the composing of a character picks nothing.
                ("Enter", Some(at)) if !event.is_composing() => {
                    event.prevent_default();
                    choose.emit(*at);
                }
                _ => {}
            }
        })
    };
    let onclick = use_callback(onchoose, |event: MouseEvent, choose| {
        if let Some(at) = option_at(&event) {
            choose.emit(at);
        }
    });
    let onmore = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(*shown + PAGE))
    };
    let list_id = format!("{id}-list");
    // A box that scrolls is reached by keyboard; the button for more rows is in it where there are more.
    html! {
        <>
            <input class="field" id={format!("{id}-search")} type="text" role="combobox" aria-label={label} aria-autocomplete="list"
                aria-expanded="true" aria-controls={list_id.clone()} aria-activedescendant={active_now.map(|at| option_id(id, at))} autofocus={true}
                {placeholder} autocomplete="off" autocapitalize="off" spellcheck="false" value={&props.query} {oninput} {onkeydown} />
            <div class="attach__list" ref={list} tabindex={(props.entries.len() <= count).then_some("0")} {onclick}>
                <div id={list_id} role="listbox" aria-label={props.list}>
                    for (at, entry) in props.entries.iter().take(count).enumerate() {
                        { row(id, at, entry, active_now == Some(at)) }
                    }
                </div>
                if props.entries.len() > count {
                    <div class="attach__more">
                        <button type="button" class="link" onclick={onmore}>{ format!("Show {} more", PAGE.min(props.entries.len() - count)) }</button>
                    </div>
                }
            </div>
        </>
    }
}

fn option_id(id: &str, at: usize) -> String {
    format!("{id}-option-{at}")
}

fn row(id: &str, at: usize, entry: &Entry, active: bool) -> Html {
    html! {
        <div class="option" key={entry.key.to_string()} role="option" id={option_id(id, at)} data-at={at.to_string()} aria-selected={active.to_string()}
            aria-disabled={entry.event.is_none().then_some("true")}>
            <span class="option__value">{ &entry.name }</span>
            <span class="option__hint">{ &entry.about }</span>
        </div>
    }
}
