//! Groups, a user to copy, or policies.

use std::rc::Rc;
use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::groups::{NewGroup, PolicyPicker};
use super::{Filling, press, radio, tick};
use crate::app::ByPtr;
use crate::app::components::{IconName, icon};
use crate::app::state::Site;
use crate::app::state::new_user::{Fill, NewUser, Way};
use crate::model::{Account, Holder};

/// Properties of [`Permissions`].
#[derive(Properties, PartialEq)]
pub struct PermissionsProps {
    /// Where.
    pub account: Arc<Account>,
    /// For the list of AWS managed policies.
    pub site: ByPtr<Site>,
    /// What has been filled in.
    pub draft: Rc<NewUser>,
    /// Takes what is filled in.
    pub filling: Filling,
    /// Why a group was refused.
    pub refusal: Option<AttrValue>,
}

/// The second step.
#[component]
pub fn Permissions(props: &PermissionsProps) -> Html {
    let PermissionsProps { account, draft, filling, .. } = props;
    let creating = use_state_eq(|| false);
    let begin = {
        let creating = creating.setter();
        use_callback((), move |_: MouseEvent, ()| creating.set(true))
    };
    let ondone = {
        let creating = creating.setter();
        use_callback((), move |(), ()| creating.set(false))
    };
    let picked = {
        let filling = filling.clone();
        use_callback((), move |arn: Arc<str>, ()| filling.dispatch(Fill::Policy(arn)))
    };
    html! {
        <>
            <fieldset class="dialog__choices">
                <legend class="label">{ "Set permissions" }</legend>
                { radio(filling, "way", "Add user to group", draft.way == Way::Groups, Fill::Way(Way::Groups)) }
                { radio(filling, "way", "Copy permissions", draft.way == Way::Copy, Fill::Way(Way::Copy)) }
                { radio(filling, "way", "Attach policies directly", draft.way == Way::Attach, Fill::Way(Way::Attach)) }
            </fieldset>
            if draft.way == Way::Groups && *creating {
                <NewGroup account={account.clone()} site={&props.site} refusal={props.refusal.clone()} {ondone} />
            } else if draft.way == Way::Groups {
                { groups(account, draft, filling) }
                <button type="button" class="button wizard__beside" onclick={begin}>{ icon(IconName::Plus) }{ "Create group" }</button>
            } else if draft.way == Way::Copy {
                { others(account, draft, filling) }
            } else {
                <PolicyPicker account={account.clone()} site={&props.site} chosen={draft.policies.clone()} {picked} />
            }
        </>
    }
}

fn groups(account: &Account, draft: &NewUser, filling: &Filling) -> Html {
    html! {
        <fieldset class="dialog__choices wizard__list">
            <legend class="label">{ "Groups" }</legend>
            if account.groups.is_empty() {
                <p class="dialog__note">{ "There is no group yet." }</p>
            }
            for group in account.groups.iter() {
                <label class="dialog__choice" key={&*group.name}>
                    <input type="checkbox" checked={draft.groups.contains(&group.name)}
                        onchange={ { let name = group.name.clone(); tick(filling, move |_| Fill::Group(name.clone())) } } />
                    <span>{ group.name.to_string() }</span>
                    <span class="dialog__note">{ policies_of(account, &Holder::Group(group.name.clone())) }</span>
                </label>
            }
        </fieldset>
    }
}

/// Names of what is attached, for a glance.
fn policies_of(account: &Account, holder: &Holder) -> String {
    let Some(permissions) = account.permissions(holder).filter(|permissions| !permissions.is_empty()) else {
        return "no policies".to_owned();
    };
    let attached = permissions.attached.iter().map(|arn| arn.rsplit('/').next().unwrap_or_default().to_owned());
    let inline = permissions.inline.iter().map(|policy| policy.name.to_string());
    attached.chain(inline).collect::<Vec<_>>().join(", ")
}

fn others(account: &Account, draft: &NewUser, filling: &Filling) -> Html {
    let names: Vec<Arc<str>> = account.users.names().cloned().collect();
    let onchange = {
        let (names, filling) = (names.clone(), filling.clone());
        Callback::from(move |event: Event| {
            let at = event
                .target_dyn_into::<HtmlSelectElement>()
                .and_then(|select| usize::try_from(select.selected_index()).ok());
            if let Some(name) = at.and_then(|at| names.get(at.checked_sub(1)?)) {
                filling.dispatch(Fill::Copied(name.clone()));
            }
        })
    };
    html! {
        <label class="dialog__field">
            <span class="label">{ "User to copy" }</span>
            <span class="select">
                <select class="field field--select" {onchange}>
                    <option key="" selected={draft.copied.is_none()}>{ "Choose a user" }</option>
                    for name in &names {
                        <option key={&**name} selected={draft.copied.as_ref() == Some(name)}>{ name.to_string() }</option>
                    }
                </select>
                { icon(IconName::Down) }
            </span>
            if let Some(name) = &draft.copied {
                <span class="dialog__note">{ format!("Its policies: {}", policies_of(account, &Holder::User(name.clone()))) }</span>
            }
        </label>
    }
}

/// A row of a list that can be taken away again.
pub fn removable(name: &str, filling: &Filling, fill: Fill) -> Html {
    html! {
        <button type="button" class="icon-button" aria-label={format!("Remove {name}")} onclick={press(filling, fill)}>{ icon(IconName::Cross) }</button>
    }
}
