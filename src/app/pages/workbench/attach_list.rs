//! A search field and the policies it finds. The focus stays in the field: arrows move in the list, Enter attaches.

use std::sync::Arc;

use yew::prelude::*;

use super::attach::typed;
use crate::app::ByPtr;
use crate::app::components::{Step, option_at, step};
use crate::app::hooks::use_dispatch;
use crate::app::platform::scroll;
use crate::app::state::Event as StateEvent;

/// Id of the search field.
const SEARCH_ID: &str = "attach-search";
/// Rows drawn at first, and rows that are added at a time.
const PAGE: usize = 50;

/// Whether a policy can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Free,
    /// It was chosen, and its text is on its way.
    Loading,
    /// It is attached already.
    Attached,
}

/// A policy of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// ARN.
    pub arn: Arc<str>,
    /// Name.
    pub name: AttrValue,
    /// Kind, version and date.
    pub about: AttrValue,
    /// Whether it can be attached.
    pub standing: Standing,
}

/// Properties of [`AttachList`].
#[derive(Properties, PartialEq)]
pub struct AttachListProps {
    /// What was found.
    pub entries: ByPtr<Vec<Entry>>,
    /// What was searched for.
    pub query: AttrValue,
    /// The search field was typed in.
    pub onquery: Callback<String>,
}

/// Search field and list.
#[component]
pub fn AttachList(props: &AttachListProps) -> Html {
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
            if let Some(text) = typed(&event) {
                onquery.emit(text);
            }
        })
    };
    let onchoose = use_callback((dispatch, props.entries.clone()), |at: usize, (dispatch, entries)| {
        if let Some(entry) = entries.get(at).filter(|entry| entry.standing == Standing::Free) {
            dispatch.dispatch(StateEvent::AttachChosen(entry.arn.clone()));
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
                ("Enter", Some(at)) => {
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
    html! {
        <>
            <input class="field" id={SEARCH_ID} type="text" role="combobox" aria-label="Search policies by name" aria-autocomplete="list"
                aria-expanded="true" aria-controls="attach-list" aria-activedescendant={active_now.map(option_id)} autofocus={true}
                placeholder="Search by name, such as readonly" autocomplete="off" spellcheck="false" value={&props.query} {oninput} {onkeydown} />
            <div class="attach__list" ref={list} {onclick}>
                <div id="attach-list" role="listbox" aria-label="AWS managed policies">
                    for (at, entry) in props.entries.iter().take(count).enumerate() {
                        { row(at, entry, active_now == Some(at)) }
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

fn option_id(at: usize) -> String {
    format!("attach-option-{at}")
}

fn row(at: usize, entry: &Entry, active: bool) -> Html {
    let says = match entry.standing {
        Standing::Free => entry.about.clone(),
        Standing::Loading => "loading its text …".into(),
        Standing::Attached => "attached already".into(),
    };
    html! {
        <div class="option" key={&*entry.arn} role="option" id={option_id(at)} data-at={at.to_string()} aria-selected={active.to_string()}
            aria-disabled={(entry.standing != Standing::Free).then_some("true")}>
            <span class="option__value">{ &entry.name }</span>
            <span class="option__hint">{ says }</span>
        </div>
    }
}
