//! Who is asked about: a native select.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::select;
use crate::app::state::Event as StateEvent;
use crate::model::PrincipalRef;

/// Properties of [`PrincipalField`].
#[derive(Properties, PartialEq)]
pub struct PrincipalFieldProps {
    /// Who there is.
    pub callers: ByPtr<Vec<PrincipalRef>>,
    /// Who is asked about.
    pub principal: PrincipalRef,
}

/// Who is asked about.
#[component]
pub fn PrincipalField(props: &PrincipalFieldProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let chosen = props.principal.to_string();
    {
        let node = node.clone();
        use_effect_with((chosen.clone(), props.callers.clone()), move |(chosen, _)| select::show(&node, chosen));
    }
    let onchange = use_callback((dispatch, props.callers.clone()), |event: Event, (dispatch, callers)| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        if let Some(caller) = callers.iter().find(|caller| caller.to_string() == chosen) {
            dispatch.dispatch(StateEvent::PrincipalChosen(caller.clone()));
        }
    });
    // Somebody who is not there yet can be asked about too.
    let absent = (!props.callers.contains(&props.principal)).then_some(&props.principal);
    html! {
        <span class="select">
            <select class="field field--select" id="principal" aria-label="Principal" ref={node} {onchange}>
                for caller in absent.into_iter().chain(props.callers.iter()) {
                    <option key={caller.to_string()} value={caller.to_string()} selected={*caller == props.principal}>{ caller.to_string() }</option>
                }
            </select>
            { icon(IconName::Down) }
        </span>
    }
}
