//! The account: its root user, its users and its groups, with what is attached to them.

use std::rc::Rc;
use std::sync::Arc;

use yew::prelude::*;

use super::membership::{Side, membership};
use super::permissions::permissions;
use crate::analysis::account::Subject;
use crate::app::components::{Act, IconName, icon, icon_with, notice};
use crate::app::platform::focus;
use crate::app::state::inspect::Object;
use crate::app::state::{AttachTo, Attaching, Dialog, Event as StateEvent, NewKind, Revealed};
use crate::diagram::connect::Carried;
use crate::model::{Account, Asking, Command, Group, Holder, PolicyRef, PrincipalRef, Resource, Role, User};

/// Properties of [`WorldPane`].
#[derive(Properties, PartialEq)]
pub struct WorldPaneProps {
    /// The account.
    pub account: Arc<Account>,
    /// What the next undo takes back.
    pub undo: Option<Rc<str>>,
    /// What the next redo does again.
    pub redo: Option<Rc<str>>,
    /// Who is asked about.
    pub asked: PrincipalRef,
    /// Why the last change was refused.
    pub refusal: Option<AttrValue>,
    /// The question that shows why policies refused it.
    pub refused: Option<Rc<Asking>>,
    /// What the focus shall go to.
    pub revealed: Option<Revealed>,
}

/// From how many users, groups and roles on only one of them shows what hangs on it.
const MANY: usize = 40;
/// How many rows a list begins with, and how many more are shown at a time.
const ROWS: usize = 100;

/// How much of a big account is drawn.
#[derive(Clone, Copy)]
struct Sight<'a> {
    /// Whether everything shows what hangs on it.
    all: bool,
    /// The group that does in a big account; a user or role does while it is asked about.
    group: Option<&'a Arc<str>>,
    /// How many rows of each list.
    rows: usize,
}

/// The account.
#[component]
pub fn WorldPane(props: &WorldPaneProps) -> Html {
    let WorldPaneProps { account, asked, .. } = props;
    use_effect_with(props.revealed.clone(), |revealed| {
        if let Some(revealed) = revealed {
            focus::focus_id(&thing_id(&revealed.subject));
        }
    });
    let group = use_state_eq(|| None::<Arc<str>>);
    let rows = use_state_eq(|| ROWS);
    let more = use_callback((*rows, rows.setter()), |_: MouseEvent, (rows, set)| set.set(rows + ROWS));
    let open = use_callback(group.setter(), |name: Arc<str>, set| set.set(Some(name)));
    let all = account.users.len() + account.groups.len() + account.roles.len() <= MANY;
    let sight = Sight { all, group: group.as_ref(), rows: *rows };
    let rest = |count: usize| rest(count, *rows, &more);
    html! {
        <section class="pane pane--world" aria-labelledby="world-title">
            <div class="pane__head">
                <h2 class="pane__title" id="world-title" tabindex="-1">{ "World" }</h2>
                <span class="pane__note">{ "Account " }<span class="mono">{ account.id.grouped() }</span>{ " " }{ details(Object::Account, "the account") }{ " " }<Act event={StateEvent::DialogOpened(Dialog::Inspect(Object::Organization))}>{ "Organization" }</Act></span>
            </div>
            if let Some(refusal) = &props.refusal {
                { notice(refusal, None, "Understood", StateEvent::RefusalDismissed) }
                if let Some(asking) = props.refused.clone() {
                    <p class="world__undo"><Act class="button" event={StateEvent::QuestionAsked(asking)} then_focus="question-title">{ "Show why" }</Act></p>
                }
            }
            if props.undo.is_some() || props.redo.is_some() {
                <p class="world__undo">
                    if let Some(label) = &props.undo {
                        <Act class="undo" event={StateEvent::Undone} then_focus="world-title">{ icon(IconName::Undo) }{ format!("Undo: {label}") }</Act>
                    }
                    if let Some(label) = &props.redo {
                        <Act class="undo" event={StateEvent::Redone} then_focus="world-title">{ icon(IconName::Redo) }{ format!("Redo: {label}") }</Act>
                    }
                </p>
            }
            <div class="world">
                <section class="world__section" aria-labelledby="world-users">
                    { title("world-users", "Users", Dialog::NewUser, "Create user") }
                    <ul class="world__list">
                        for user in seen(account.users.iter(), sight, |user| *asked == PrincipalRef::User(user.name.clone())) {
                            { user_item(account, user, *asked == PrincipalRef::User(user.name.clone()), sight) }
                        }
                        { root_item(*asked == PrincipalRef::Root) }
                    </ul>
                    { rest(account.users.len()) }
                </section>
                <section class="world__section" aria-labelledby="world-groups">
                    { title("world-groups", "Groups", Dialog::New(NewKind::Group), "Create group") }
                    <ul class="world__list">
                        for group in seen(account.groups.iter(), sight, |group| sight.group == Some(&group.name)) {
                            { group_item(account, group, sight, &open) }
                        }
                    </ul>
                    { rest(account.groups.len()) }
                </section>
                <section class="world__section" aria-labelledby="world-roles">
                    { title("world-roles", "Roles", Dialog::New(NewKind::Role), "Create role") }
                    <ul class="world__list">
                        for role in seen(account.roles.iter(), sight, |role| *asked == PrincipalRef::Role(role.name.clone())) {
                            { role_item(account, role, *asked == PrincipalRef::Role(role.name.clone()), sight) }
                        }
                    </ul>
                    { rest(account.roles.len()) }
                </section>
                <section class="world__section" aria-labelledby="world-policies">
                    { title("world-policies", "Policies", Dialog::New(NewKind::Policy), "Create policy") }
                    { policies(account, sight) }
                    { rest(account.policies.len()) }
                </section>
                <section class="world__section" aria-labelledby="world-resources">
                    { title("world-resources", "Resources", Dialog::New(NewKind::Resource), "Create resource") }
                    { resources(account, sight) }
                    { rest(account.resources.len()) }
                </section>
            </div>
        </section>
    }
}

/// The rows of a list that are drawn: the first ones, and the one that must be.
fn seen<'a, T: 'a>(
    rows: impl Iterator<Item = &'a T>,
    sight: Sight<'a>,
    must: impl Fn(&T) -> bool,
) -> impl Iterator<Item = &'a T> {
    rows.enumerate().filter(move |(at, row)| *at < sight.rows || must(row)).map(|(_, row)| row)
}

/// How many rows are not drawn, and what draws more.
fn rest(count: usize, rows: usize, more: &Callback<MouseEvent>) -> Html {
    if count <= rows {
        return Html::default();
    }
    html! {
        <p class="entity__line">
            { format!("{} more. ", count - rows) }<button type="button" class="link" onclick={more}>{ "Show more" }</button>
        </p>
    }
}

/// The button that opens the sheet of an object.
fn details(object: Object, name: &str) -> Html {
    html! { <Act event={StateEvent::DialogOpened(Dialog::Inspect(object))} label={format!("Details of {name}")}>{ "Details" }</Act> }
}

/// The id of what stands for an object here.
fn thing_id(subject: &Subject) -> String {
    match subject {
        Subject::Group(name) => format!("group/{name}"),
        Subject::Policy(name) => format!("policy/{name}"),
        _ => "world-title".to_owned(),
    }
}

/// The heading of a section, with what makes one more.
fn title(id: &'static str, words: &'static str, dialog: Dialog, create: &'static str) -> Html {
    html! {
        <div class="world__head">
            <h3 class="world__title" {id} tabindex="-1">{ words }</h3>
            <Act class="world__create" event={StateEvent::DialogOpened(dialog)}>{ icon(IconName::Plus) }<span>{ create }</span></Act>
        </div>
    }
}

/// What can be done with a user, group or role as a whole.
fn tools(account: &Account, holder: &Holder, object: Object, then_focus: &'static str) -> Html {
    let unbounded = !matches!(holder, Holder::Group(_)) && account.boundary_of(holder).is_none();
    html! {
        <div class="entity__tools">
            if unbounded {
                { set_boundary(holder) }
            }
            { details(object.clone(), holder.name()) }
            { delete(object, &format!("{} {}", holder.kind(), holder.name()), then_focus) }
        </div>
    }
}

fn set_boundary(holder: &Holder) -> Html {
    let attaching = Attaching::new(AttachTo::Boundary(holder.clone()));
    html! {
        <Act event={StateEvent::DialogOpened(Dialog::Attach(attaching))} label={format!("Set a boundary for {}", holder.name())}>{ "Set boundary" }</Act>
    }
}

/// Deletes an object with whatever hangs on it; one step to undo.
fn delete(object: Object, what: &str, then_focus: &'static str) -> Html {
    html! { <Act class="link" event={StateEvent::Deleted(object)} label={format!("Delete {what}")} {then_focus}>{ "Delete" }</Act> }
}

fn boundary(account: &Account, holder: &Holder) -> Html {
    let Some(arn) = account.boundary_of(holder) else { return Html::default() };
    let (name, policy) = (holder.name(), PolicyRef::Boundary { holder: holder.clone(), arn: arn.clone() });
    let short = policy.name();
    html! {
        <ul class="items" aria-label={format!("Boundary of {name}")}>
            <li class="item">
                { icon_with(IconName::Policy, "icon item__icon") }
                <Act class="item__name" event={StateEvent::PolicyShown(policy)} label={format!("Show the boundary of {name}")}>{ short.to_string() }</Act>
                <span class="item__kind">{ "boundary" }</span>
                <Act class="icon-button item__end" event={StateEvent::Changed(Command::DeletePermissionsBoundary { holder: holder.clone() })}
                    label={format!("Take the boundary from {name}")}>{ icon(IconName::Cross) }</Act>
            </li>
        </ul>
    }
}

fn policies(account: &Account, sight: Sight<'_>) -> Html {
    if account.policies.is_empty() {
        return html! { <p class="entity__line">{ "no policy of the account's own" }</p> };
    }
    html! {
        <ul class="items" aria-label="Customer managed policies">
            for policy in seen(account.policies.iter(), sight, |_| false) {
                <li class="item" key={&*policy.name} data-carry={Carried::Policy(account.policy_arn(policy).into()).key()}>
                    { icon_with(IconName::Policy, "icon item__icon") }
                    <span class="item__name" id={thing_id(&Subject::Policy(policy.name.clone()))} tabindex="-1">{ policy.name.to_string() }</span>
                    <span class="item__kind">{ format!("v{}", policy.default) }</span>
                    <span class="item__end">
                        { details(Object::Policy(policy.name.clone()), &policy.name) }
                        { delete(Object::Policy(policy.name.clone()), &format!("policy {}", policy.name), "world-policies") }
                    </span>
                </li>
            }
        </ul>
    }
}

fn resources(account: &Account, sight: Sight<'_>) -> Html {
    if account.resources.is_empty() {
        return html! { <p class="entity__line">{ "no resource" }</p> };
    }
    html! {
        <ul class="items" aria-label="Resources">
            for resource in seen(account.resources.iter(), sight, |_| false) {
                { resource_item(resource) }
            }
        </ul>
    }
}

fn resource_item(resource: &Resource) -> Html {
    let arn = &resource.arn;
    let short = arn.rsplit(['/', ':']).next().unwrap_or_default();
    let asks = StateEvent::ResourceTyped(arn.to_string());
    html! {
        <li class="item" key={&**arn}>
            { icon_with(IconName::Resource, "icon item__icon") }
            <Act class="item__name" event={asks} label={format!("Ask about {arn}")}>{ short.to_owned() }</Act>
            <span class="item__kind">{ resource.kind.words() }</span>
            <span class="item__end">
                if resource.policy.is_some() {
                    <Act class="link" event={StateEvent::PolicyShown(PolicyRef::Resource { arn: arn.clone() })} label={format!("Show the policy of {short}")}>{ "policy" }</Act>
                } else if resource.kind.takes_policy() {
                    <Act class="link" event={StateEvent::ResourcePolicyBegun(arn.clone())} label={format!("Write a policy for {short}")}>{ "write policy" }</Act>
                }
                { details(Object::Resource(arn.clone()), short) }
                <Act class="icon-button" event={StateEvent::Changed(Command::DeleteResource { arn: arn.clone() })} label={format!("Delete {short}")}
                    then_focus="world-resources">{ icon(IconName::Cross) }</Act>
            </span>
        </li>
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
            { details(Object::Root, "the root user") }
        </li>
    }
}

fn user_item(account: &Account, user: &User, asked: bool, sight: Sight<'_>) -> Html {
    let name = &user.name;
    let holder = Holder::User(name.clone());
    html! {
        <li class="entity" key={&**name} data-asked={asked.to_string()} data-carry={Carried::User(name.clone()).key()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(PrincipalRef::User(name.clone()))} current={asked}
                label={format!("Ask about user {name}")}>
                { icon(IconName::User) }{ name.to_string() }{ asked_note(asked) }
            </Act>
            if sight.all || asked {
                <ul class="items" aria-label={format!("Groups of {name}")}>
                    for group in account.groups.names() {
                        { membership(name, group, user.groups.contains(group), Side::User) }
                    }
                </ul>
                { permissions(&holder, &user.permissions) }
                { boundary(account, &holder) }
                { tools(account, &holder, Object::User(name.clone()), "world-users") }
            }
        </li>
    }
}

fn group_item(account: &Account, group: &Group, sight: Sight<'_>, open: &Callback<Arc<str>>) -> Html {
    let name = &group.name;
    if sight.all || sight.group == Some(name) {
        return opened_group(account, group, sight);
    }
    let onclick = open.reform({
        let name = name.clone();
        move |_: MouseEvent| name.clone()
    });
    html! {
        <li class="entity" key={&**name}>
            <button type="button" class="entity__name" {onclick} aria-expanded="false">{ icon(IconName::Group) }{ name.to_string() }</button>
        </li>
    }
}

fn opened_group(account: &Account, group: &Group, sight: Sight<'_>) -> Html {
    let name = &group.name;
    let holder = Holder::Group(name.clone());
    // In a big account the members are listed, and others join from their own side.
    let listed = |user: &&User| sight.all || user.groups.contains(name);
    html! {
        <li class="entity" key={&**name}>
            <h4 class="entity__name" id={thing_id(&Subject::Group(name.clone()))} tabindex="-1">{ icon(IconName::Group) }{ name.to_string() }</h4>
            <ul class="items" aria-label={format!("Members of {name}")}>
                for user in account.users.iter().filter(listed).take(sight.rows) {
                    { membership(&user.name, name, user.groups.contains(name), Side::Group) }
                }
            </ul>
            { permissions(&holder, &group.permissions) }
            { tools(account, &holder, Object::Group(name.clone()), "world-groups") }
        </li>
    }
}

fn role_item(account: &Account, role: &Role, asked: bool, sight: Sight<'_>) -> Html {
    let name = &role.name;
    html! {
        <li class="entity" key={&**name} data-asked={asked.to_string()}>
            <Act class="entity__name" event={StateEvent::PrincipalChosen(PrincipalRef::Role(name.clone()))} current={asked}
                label={format!("Ask about role {name}")}>
                { icon(IconName::Role) }{ name.to_string() }{ asked_note(asked) }
            </Act>
            if sight.all || asked {
                { of_role(account, role) }
            }
        </li>
    }
}

/// What hangs on a role.
fn of_role(account: &Account, role: &Role) -> Html {
    let name = &role.name;
    let holder = Holder::Role(name.clone());
    let trust = PolicyRef::Trust { role: account.arn_of(&PrincipalRef::Role(name.clone())).into() };
    html! {
        <>
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
            { permissions(&holder, &role.permissions) }
            { boundary(account, &holder) }
            { tools(account, &holder, Object::Role(name.clone()), "world-roles") }
        </>
    }
}
