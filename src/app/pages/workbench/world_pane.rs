//! The account: its root user, its users and its groups, with what is attached to them.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::membership::{Side, membership};
use super::permissions::permissions;
use crate::app::components::{Act, IconName, icon, icon_with, notice};
use crate::app::state::Event as StateEvent;
use crate::model::{Account, Group, Holder, PolicyRef, PrincipalRef, Role, User};

/// Properties of [`WorldPane`].
#[derive(Properties, PartialEq)]
pub struct WorldPaneProps {
    /// The account.
    pub account: Arc<Account>,
    /// What the next undo takes back.
    pub undo: Option<Rc<str>>,
    /// Who is asked about.
    pub asked: PrincipalRef,
    /// Why the last change was refused.
    pub refusal: Option<AttrValue>,
}

/// The account.
#[component]
pub fn WorldPane(props: &WorldPaneProps) -> Html {
    let WorldPaneProps { account, asked, .. } = props;
    html! {
        <section class="pane pane--world" aria-labelledby="world-title">
            <div class="pane__head">
                <h2 class="pane__title" id="world-title" tabindex="-1">{ "World" }</h2>
                <span class="pane__note">{ "Account " }<span class="mono">{ account.id.grouped() }</span></span>
            </div>
            if let Some(refusal) = &props.refusal {
                { notice(refusal, None, "Understood", StateEvent::RefusalDismissed) }
            }
            if let Some(label) = &props.undo {
                <p class="world__undo">
                    <Act class="undo" event={StateEvent::Undone} then_focus="world-title">{ icon(IconName::Undo) }{ format!("Undo: {label}") }</Act>
                </p>
            }
            <div class="world">
                <section class="world__section" aria-labelledby="world-users">
                    <h3 class="world__title" id="world-users">{ "Users" }</h3>
                    <ul class="world__list">
                        for user in account.users.iter() {
                            { user_item(account, user, *asked == PrincipalRef::User(user.name.clone())) }
                        }
                        { root_item(*asked == PrincipalRef::Root) }
                    </ul>
                </section>
                <section class="world__section" aria-labelledby="world-groups">
                    <h3 class="world__title" id="world-groups">{ "Groups" }</h3>
                    <ul class="world__list">
                        for group in account.groups.iter() {
                            { group_item(account, group) }
                        }
                    </ul>
                </section>
                <section class="world__section" aria-labelledby="world-roles">
                    <h3 class="world__title" id="world-roles">{ "Roles" }</h3>
                    <ul class="world__list">
                        for role in account.roles.iter() {
                            { role_item(account, role, *asked == PrincipalRef::Role(role.name.clone())) }
                        }
                    </ul>
                </section>
            </div>
        </section>
    }
}

fn asked_note(asked: bool) -> Html {
    if asked {
        html! { <span class="entity__asked">{ "asked about" }</span> }
    } else {
        Html::default()
    }
}

fn root_item(asked: bool) -> Html {
    html! {
        <li class="entity" key="*root" data-asked={asked.to_string()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(PrincipalRef::Root)} current={asked} label="Ask about the root user">
                { icon(IconName::Root) }{ "root user" }{ asked_note(asked) }
            </Act>
            <p class="entity__line">{ "owns the account; has no policies" }</p>
        </li>
    }
}

fn user_item(account: &Account, user: &User, asked: bool) -> Html {
    let name = &user.name;
    html! {
        <li class="entity" key={&**name} data-asked={asked.to_string()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(PrincipalRef::User(name.clone()))} current={asked}
                label={format!("Ask about user {name}")}>
                { icon(IconName::User) }{ name.to_string() }{ asked_note(asked) }
            </Act>
            <ul class="items" aria-label={format!("Groups of {name}")}>
                for group in account.groups.names() {
                    { membership(name, group, user.groups.contains(group), Side::User) }
                }
            </ul>
            { permissions(&Holder::User(name.clone()), &user.permissions) }
        </li>
    }
}

fn group_item(account: &Account, group: &Group) -> Html {
    let name = &group.name;
    html! {
        <li class="entity" key={&**name}>
            <h4 class="entity__name">{ icon(IconName::Group) }{ name.to_string() }</h4>
            <ul class="items" aria-label={format!("Members of {name}")}>
                for user in account.users.iter() {
                    { membership(&user.name, name, user.groups.contains(name), Side::Group) }
                }
            </ul>
            { permissions(&Holder::Group(name.clone()), &group.permissions) }
        </li>
    }
}

fn role_item(account: &Account, role: &Role, asked: bool) -> Html {
    let name = &role.name;
    let principal = PrincipalRef::Role(name.clone());
    let trust = PolicyRef::Trust { role: account.arn_of(&principal).into() };
    html! {
        <li class="entity" key={&**name} data-asked={asked.to_string()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(principal)} current={asked} label={format!("Ask about role {name}")}>
                { icon(IconName::Role) }{ name.to_string() }{ asked_note(asked) }
            </Act>
            if !role.description.is_empty() {
                <p class="entity__line">{ role.description.to_string() }</p>
            }
            <ul class="items" aria-label={format!("Trust of {name}")}>
                <li class="item">
                    { icon_with(IconName::Policy, "icon item__icon") }
                    <Act class="item__name" event={StateEvent::PolicyShown(trust)} label={format!("Show the trust policy of {name}")}>{ "who may assume it" }</Act>
                    <span class="item__kind">{ "trust" }</span>
                </li>
            </ul>
            { permissions(&Holder::Role(name.clone()), &role.permissions) }
        </li>
    }
}
