//! The account: its root user, its users and its groups, with what is attached to them.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::membership::{Side, membership};
use super::permissions::permissions;
use crate::app::components::{Act, IconName, icon, notice};
use crate::app::state::Event as StateEvent;
use crate::model::{Group, Holder, PrincipalRef, User, World};

/// Properties of [`WorldPane`].
#[derive(Properties, PartialEq)]
pub struct WorldPaneProps {
    /// The account.
    pub world: Rc<World>,
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
    let WorldPaneProps { world, asked, .. } = props;
    html! {
        <section class="pane pane--world" aria-labelledby="world-title">
            <div class="pane__head">
                <h2 class="pane__title" id="world-title" tabindex="-1">{ "World" }</h2>
                <span class="pane__note">{ "Account " }<span class="mono">{ world.account.grouped() }</span></span>
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
                        for (name, user) in &world.users {
                            { user_item(world, name, user, *asked == PrincipalRef::User(name.clone())) }
                        }
                        { root_item(*asked == PrincipalRef::Root) }
                    </ul>
                </section>
                <section class="world__section" aria-labelledby="world-groups">
                    <h3 class="world__title" id="world-groups">{ "Groups" }</h3>
                    <ul class="world__list">
                        for (name, group) in &world.groups {
                            { group_item(world, name, group) }
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

fn user_item(world: &World, name: &Arc<str>, user: &User, asked: bool) -> Html {
    html! {
        <li class="entity" key={&**name} data-asked={asked.to_string()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(PrincipalRef::User(name.clone()))} current={asked}
                label={format!("Ask about user {name}")}>
                { icon(IconName::User) }{ name.to_string() }{ asked_note(asked) }
            </Act>
            <ul class="items" aria-label={format!("Groups of {name}")}>
                for group in world.groups.keys() {
                    { membership(name, group, user.groups.contains(group), Side::User) }
                }
            </ul>
            { permissions(&Holder::User(name.clone()), &user.permissions) }
        </li>
    }
}

fn group_item(world: &World, name: &Arc<str>, group: &Group) -> Html {
    html! {
        <li class="entity" key={&**name}>
            <h4 class="entity__name">{ icon(IconName::Group) }{ name.to_string() }</h4>
            <ul class="items" aria-label={format!("Members of {name}")}>
                for (user, properties) in &world.users {
                    { membership(user, name, properties.groups.contains(name), Side::Group) }
                }
            </ul>
            { permissions(&Holder::Group(name.clone()), &group.permissions) }
        </li>
    }
}
