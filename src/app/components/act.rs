//! A button that hands one event to the state.

use yew::prelude::*;

use crate::app::hooks::use_dispatch;
use crate::app::platform::focus;
use crate::app::state::Event as StateEvent;

/// Properties of [`Act`].
#[derive(Properties, PartialEq)]
pub struct ActProps {
    /// What happens.
    pub event: StateEvent,
    /// Look.
    #[prop_or("link")]
    pub class: &'static str,
    /// Id of the button.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Name, where the content does not say enough.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    /// Whether it stands for what is shown now, one of several.
    #[prop_or_default]
    pub current: bool,
    /// Whether it is pressed, for a button that stays so.
    #[prop_or_default]
    pub pressed: Option<bool>,
    /// Whether what it opens is open.
    #[prop_or_default]
    pub expanded: Option<bool>,
    /// Id of what it opens, while that is there.
    #[prop_or_default]
    pub controls: Option<AttrValue>,
    /// State for its look, as `data-state`.
    #[prop_or_default]
    pub state: Option<&'static str>,
    /// Where the focus goes, when the button itself is about to go.
    #[prop_or_default]
    pub then_focus: Option<AttrValue>,
    /// Content.
    #[prop_or_default]
    pub children: Html,
}

/// A button that hands one event to the state.
#[component]
pub fn Act(props: &ActProps) -> Html {
    let dispatch = use_dispatch();
    let deps = (dispatch, props.event.clone(), props.then_focus.clone());
    let onclick = use_callback(deps, |_: MouseEvent, (dispatch, event, then_focus)| {
        dispatch.dispatch(event.clone());
        if let Some(id) = then_focus {
            focus::focus_id_soon(id);
        }
    });
    html! {
        <button type="button" class={props.class} id={props.id.clone()} data-state={props.state} aria-label={props.label.clone()}
            aria-current={props.current.then_some("true")} aria-pressed={props.pressed.map(|pressed| pressed.to_string())}
            aria-expanded={props.expanded.map(|open| open.to_string())} aria-controls={props.controls.clone()} {onclick}>
            { props.children.clone() }
        </button>
    }
}
