//! ARIA tabs: one in the order of the Tab key, arrows, Home and End go to the others and show them.

use yew::prelude::*;

use crate::app::hooks::use_dispatch;
use crate::app::platform::focus;
use crate::app::state::{Event as StateEvent, Tab};

/// Properties of [`Tabs`].
#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// The one that is shown.
    pub shown: Tab,
}

/// Id of the tab for a view.
pub fn tab_id(tab: Tab) -> String {
    format!("tab-{}", tab.id())
}

/// Id of the panel of a view.
pub fn panel_id(tab: Tab) -> String {
    format!("panel-{}", tab.id())
}

/// The tabs of the middle pane.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let dispatch = use_dispatch();
    let onclick = use_callback(dispatch.clone(), |event: MouseEvent, dispatch| {
        if let Some(tab) = event.target_dyn_into::<web_sys::Element>().and_then(|tab| of_id(&tab.id())) {
            dispatch.dispatch(StateEvent::TabShown(tab));
        }
    });
    let onkeydown = use_callback((dispatch, props.shown), |event: KeyboardEvent, (dispatch, shown)| {
        if let Some(tab) = after(*shown, &event.key()) {
            event.prevent_default();
            dispatch.dispatch(StateEvent::TabShown(tab));
            focus::focus_id(&tab_id(tab));
        }
    });
    html! {
        <div class="tabs" role="tablist" aria-label="View" {onclick} {onkeydown}>
            for tab in Tab::ALL {
                <button type="button" class="tabs__tab" role="tab" key={tab.id()} id={tab_id(tab)} aria-selected={(tab == props.shown).to_string()}
                    aria-controls={(tab == props.shown).then(|| panel_id(tab))} tabindex={if tab == props.shown { "0" } else { "-1" }}>
                    { tab.words() }
                </button>
            }
        </div>
    }
}

fn of_id(id: &str) -> Option<Tab> {
    Tab::ALL.into_iter().find(|tab| tab_id(*tab) == id)
}

/// Where a key leads from `shown`; the tabs are a ring.
fn after(shown: Tab, key: &str) -> Option<Tab> {
    let all = Tab::ALL;
    let at = all.iter().position(|tab| *tab == shown)?;
    let to = match key {
        "ArrowRight" => (at + 1) % all.len(),
        "ArrowLeft" => at.checked_sub(1).unwrap_or(all.len() - 1),
        "Home" => 0,
        "End" => all.len() - 1,
        _ => return None,
    };
    all.get(to).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_home_and_end_to_the_ends() {
        assert_eq!(after(Tab::Policy, "ArrowRight"), Some(Tab::Checks));
        assert_eq!(after(Tab::Checks, "ArrowRight"), Some(Tab::Graph));
        assert_eq!(after(Tab::Graph, "ArrowRight"), Some(Tab::Tables));
        assert_eq!(after(Tab::Tables, "ArrowRight"), Some(Tab::Policy));
        assert_eq!(after(Tab::Policy, "ArrowLeft"), Some(Tab::Tables));
        assert_eq!(after(Tab::Checks, "Home"), Some(Tab::Policy));
        assert_eq!(after(Tab::Policy, "End"), Some(Tab::Tables));
        assert_eq!(after(Tab::Policy, "a"), None);
    }
}
