//! Who is asked about: a native select.

use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::components::{IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::select;
use crate::app::state::Event as StateEvent;
use crate::model::{Account, PrincipalRef};

const ROOT: &str = "root";
const USER: &str = "user/";
const ROLE: &str = "role/";

/// Properties of [`PrincipalField`].
#[derive(Properties, PartialEq)]
pub struct PrincipalFieldProps {
    /// Who there is.
    pub account: Arc<Account>,
    /// Who is asked about.
    pub principal: PrincipalRef,
}

/// Who is asked about.
#[component]
pub fn PrincipalField(props: &PrincipalFieldProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let chosen = value(&props.principal);
    {
        let node = node.clone();
        use_effect_with((chosen.clone(), props.account.clone()), move |(chosen, _)| select::show(&node, chosen));
    }
    let onchange = use_callback(dispatch, |event: Event, dispatch| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            dispatch.dispatch(StateEvent::PrincipalChosen(principal(&select.value())));
        }
    });
    html! {
        <span class="select">
            <select class="field field--select" id="principal" aria-label="Principal" ref={node} {onchange}>
                for name in props.account.users.names() {
                    <option key={format!("{USER}{name}")} value={format!("{USER}{name}")} selected={chosen == format!("{USER}{name}")}>
                        { format!("user {name}") }
                    </option>
                }
                for name in props.account.roles.names() {
                    <option key={format!("{ROLE}{name}")} value={format!("{ROLE}{name}")} selected={chosen == format!("{ROLE}{name}")}>
                        { format!("role {name}") }
                    </option>
                }
                <option key={ROOT} value={ROOT} selected={chosen == ROOT}>{ "root user" }</option>
            </select>
            { icon(IconName::Down) }
        </span>
    }
}

fn value(principal: &PrincipalRef) -> String {
    match principal {
        PrincipalRef::Root => ROOT.to_owned(),
        PrincipalRef::User(name) => format!("{USER}{name}"),
        PrincipalRef::Role(name) => format!("{ROLE}{name}"),
    }
}

fn principal(value: &str) -> PrincipalRef {
    let user = value.strip_prefix(USER).map(|name| PrincipalRef::User(name.into()));
    let role = || value.strip_prefix(ROLE).map(|name| PrincipalRef::Role(name.into()));
    user.or_else(role).unwrap_or(PrincipalRef::Root)
}
