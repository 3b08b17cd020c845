//! A new group while a user is made, and a list of policies with boxes to tick.

use std::collections::BTreeSet;
use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::pages::workbench::attach::typed;
use crate::app::state::{Event as StateEvent, Site};
use crate::catalog::ManagedFilter;
use crate::model::{Account, Command, Holder};

/// Rows that are drawn; a search finds the others.
const SHOWN: usize = 60;

/// Properties of [`NewGroup`].
#[derive(Properties, PartialEq)]
pub struct NewGroupProps {
    /// Where.
    pub account: Arc<Account>,
    /// For the list of AWS managed policies.
    pub site: ByPtr<Site>,
    /// Why it was refused.
    pub refusal: Option<AttrValue>,
    /// It was made, or not wanted any more.
    pub ondone: Callback<()>,
}

/// Name and policies of a new group.
#[component]
pub fn NewGroup(props: &NewGroupProps) -> Html {
    let dispatch = use_dispatch();
    let name = use_state_eq(String::new);
    let chosen = use_state_eq(BTreeSet::<Arc<str>>::new);
    let asked_for = use_state_eq(|| None::<String>);
    let made = asked_for.as_ref().is_some_and(|name| props.account.groups.contains(name));
    use_effect_with((made, props.ondone.clone()), |(made, ondone)| {
        if *made {
            ondone.emit(());
        }
    });
    let oninput = {
        let name = name.setter();
        use_callback((), move |event: InputEvent, ()| name.set(typed(&event).unwrap_or_default()))
    };
    let picked = {
        let set = chosen.setter();
        use_callback((*chosen).clone(), move |arn: Arc<str>, chosen| {
            let mut next = chosen.clone();
            if !next.remove(&arn) {
                next.insert(arn);
            }
            set.set(next);
        })
    };
    let oncreate = {
        let asked_for = asked_for.setter();
        let deps = (dispatch, (*name).clone(), (*chosen).clone());
        use_callback(deps, move |_: MouseEvent, (dispatch, name, chosen)| {
            let group: Arc<str> = name.trim().into();
            let holder = Holder::Group(group.clone());
            let attach = chosen.iter().map(|arn| Command::AttachPolicy { holder: holder.clone(), arn: arn.clone() });
            let create = Command::CreateGroup { name: group.clone(), path: "/".into() };
            let commands: Vec<Command> = std::iter::once(create).chain(attach).collect();
            asked_for.set(Some(group.to_string()));
            let label = format!("Create group {group}").into();
            dispatch.dispatch(StateEvent::ChangedTogether { label, commands: commands.into(), stay: true });
        })
    };
    let oncancel = use_callback(props.ondone.clone(), |_: MouseEvent, ondone| ondone.emit(()));
    html! {
        <fieldset class="wizard__group">
            <legend class="label">{ "Create group" }</legend>
            <label class="dialog__field">
                <span class="label">{ "Group name" }</span>
                <input class="field" type="text" value={(*name).clone()} {oninput} autocomplete="off" spellcheck="false" />
            </label>
            <PolicyPicker account={props.account.clone()} site={&props.site} chosen={(*chosen).clone()} {picked} />
            <p role="alert">{ props.refusal.clone().unwrap_or_default() }</p>
            <div class="dialog__actions">
                <button type="button" class="button" onclick={oncancel}>{ "Cancel" }</button>
                <button type="button" class="button button--primary" onclick={oncreate}>{ "Create group" }</button>
            </div>
        </fieldset>
    }
}

/// Properties of [`PolicyPicker`].
#[derive(Properties, PartialEq)]
pub struct PolicyPickerProps {
    /// For customer managed policies.
    pub account: Arc<Account>,
    /// For AWS managed ones.
    pub site: ByPtr<Site>,
    /// ARNs of what is ticked.
    pub chosen: BTreeSet<Arc<str>>,
    /// A box was ticked or unticked.
    pub picked: Callback<Arc<str>>,
}

const FILTERS: [&str; 4] = ["All types", "Customer managed", "AWS managed", "AWS managed - job function"];

/// Policies to tick, by kind and name (CON-28).
#[component]
pub fn PolicyPicker(props: &PolicyPickerProps) -> Html {
    let filter = use_state_eq(|| 0usize);
    let query = use_state_eq(String::new);
    let onfilter = {
        let filter = filter.setter();
        use_callback((), move |event: Event, ()| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                filter.set(usize::try_from(select.selected_index()).unwrap_or_default());
            }
        })
    };
    let onquery = {
        let query = query.setter();
        use_callback((), move |event: InputEvent, ()| query.set(typed(&event).unwrap_or_default()))
    };
    let found = found(&query, *filter, &props.account, &props.site);
    let more = found.len().saturating_sub(SHOWN);
    html! {
        <div class="wizard__policies">
            <label class="dialog__field">
                <span class="label">{ "Filter policies" }</span>
                <span class="select">
                    <select class="field field--select" onchange={onfilter}>
                        for (at, words) in FILTERS.iter().enumerate() {
                            <option key={*words} selected={at == *filter}>{ *words }</option>
                        }
                    </select>
                    { icon(IconName::Down) }
                </span>
            </label>
            <input class="field" type="search" aria-label="Search policies by name" placeholder="Search by name" value={(*query).clone()} oninput={onquery} />
            <ul class="wizard__list" aria-label="Policies">
                for (arn, name) in found.iter().take(SHOWN) {
                    <PolicyBox key={&**arn} arn={arn.clone()} name={name.clone()} checked={props.chosen.contains(arn)} picked={props.picked.clone()} />
                }
            </ul>
            if more > 0 {
                <p class="dialog__note">{ format!("{more} more: search by name to see them.") }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct PolicyBoxProps {
    arn: Arc<str>,
    name: AttrValue,
    checked: bool,
    picked: Callback<Arc<str>>,
}

#[component]
fn PolicyBox(props: &PolicyBoxProps) -> Html {
    let deps = (props.arn.clone(), props.picked.clone());
    let onchange = use_callback(deps, |_: Event, (arn, picked)| picked.emit(arn.clone()));
    html! {
        <li>
            <label class="dialog__choice">
                <input type="checkbox" checked={props.checked} {onchange} />
                <span>{ &props.name }</span>
            </label>
        </li>
    }
}

fn found(query: &str, filter: usize, account: &Account, site: &Site) -> Vec<(Arc<str>, AttrValue)> {
    let folded = query.trim().to_lowercase();
    let own = account.policies.iter().filter(|policy| filter < 2 && policy.name.to_lowercase().contains(&folded));
    let own = own.map(|policy| (account.policy_arn(policy).into(), policy.name.to_string().into()));
    let kind = if filter == 3 { ManagedFilter::JobFunction } else { ManagedFilter::All };
    let of_aws = site.index.ready().filter(|_| filter != 1).map(|index| index.search(query, kind)).unwrap_or_default();
    own.chain(of_aws.into_iter().map(|entry| (entry.arn().into(), entry.name.to_string().into()))).collect()
}
