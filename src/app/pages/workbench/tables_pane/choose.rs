//! What a table is about: actions, or somebody to compare with.

use std::sync::Arc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::analysis::tables::{Rival, rivals};
use crate::app::components::{IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::select;
use crate::app::state::Event as StateEvent;
use crate::app::state::tables::{TablesEvent, rival_words};
use crate::model::{Account, PrincipalRef};

/// Properties of [`ColumnsField`].
#[derive(Properties, PartialEq)]
pub struct ColumnsFieldProps {
    /// What was typed.
    pub text: String,
}

/// The actions of the matrix.
#[component]
pub fn ColumnsField(props: &ColumnsFieldProps) -> Html {
    let dispatch = use_dispatch();
    let oninput = use_callback(dispatch, |event: InputEvent, dispatch| {
        let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
        dispatch.dispatch(StateEvent::Tables(TablesEvent::ColumnsTyped(text)));
    });
    html! {
        <div class="tables__about">
            <label class="label" for="tables-columns">{ "Actions" }</label>
            <input class="field" id="tables-columns" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
                placeholder="s3:Get*, dynamodb:CreateTable" aria-describedby="tables-columns-help" value={props.text.clone()} {oninput} />
            <p class="tables__note" id="tables-columns-help">
                { "Names and wildcards, with commas or spaces between. Left empty: the action of the question, and of its service two actions of each access level." }
            </p>
        </div>
    }
}

/// Properties of [`RivalField`].
#[derive(Properties, PartialEq)]
pub struct RivalFieldProps {
    /// Who there is.
    pub account: Arc<Account>,
    /// Who is compared.
    pub principal: PrincipalRef,
    /// With whom; `None` for the first.
    pub rival: Option<Rival>,
}

/// Whom the principal of the question is compared with.
#[component]
pub fn RivalField(props: &RivalFieldProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let deps = (props.account.clone(), props.principal.clone());
    let all = use_memo(deps, |(account, principal)| rivals(account, principal));
    let chosen = props.rival.as_ref().filter(|rival| all.contains(rival)).or(all.first()).map(rival_words);
    {
        let node = node.clone();
        use_effect_with((chosen.clone(), all.clone()), move |(chosen, _)| {
            select::show(&node, chosen.as_deref().unwrap_or_default());
        });
    }
    let onchange = use_callback((dispatch, all.clone()), |event: Event, (dispatch, all)| {
        let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default();
        if let Some(rival) = all.iter().find(|rival| rival_words(rival) == value) {
            dispatch.dispatch(StateEvent::Tables(TablesEvent::RivalChosen(rival.clone())));
        }
    });
    let option = |rival: &Rival| {
        let words = rival_words(rival);
        html! { <option key={words.clone()} value={words.clone()} selected={chosen.as_ref() == Some(&words)}>{ &words }</option> }
    };
    html! {
        <div class="tables__about">
            <label class="label" for="tables-rival">{ format!("{} compared with", props.principal) }</label>
            <span class="select">
                <select class="field field--select" id="tables-rival" ref={node} {onchange}>
                    for rival in all.iter() { { option(rival) } }
                </select>
                { icon(IconName::Down) }
            </span>
        </div>
    }
}
