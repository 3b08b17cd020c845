//! Making a group, a role, a customer managed policy or a resource: a name and at most one choice. Whatever more there is to
//! say is said afterwards, where it hangs.

use std::sync::Arc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::attach::typed;
use super::new_inline::first_text;
use crate::app::ByPtr;
use crate::app::components::{Dialog, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::state::{Asked, Event as StateEvent, NewKind};
use crate::ident::AccountId;
use crate::model::{Command, Resource, ResourceKind, Trusted, cascade};

/// Properties of [`NewThingDialog`].
#[derive(Properties, PartialEq)]
pub struct NewThingDialogProps {
    /// What is made.
    pub kind: NewKind,
    /// Where.
    pub account: AccountId,
    /// What is asked: a new policy begins with it.
    pub asked: ByPtr<Asked>,
    /// Why the last attempt was refused.
    pub refusal: Option<AttrValue>,
}

/// Name and choice of something new.
#[component]
pub fn NewThingDialog(props: &NewThingDialogProps) -> Html {
    let dispatch = use_dispatch();
    let name = use_state_eq(String::new);
    let choice = use_state_eq(|| 0usize);
    let oninput = {
        let name = name.setter();
        use_callback((), move |event: InputEvent, ()| name.set(typed(&event).unwrap_or_default()))
    };
    let onchange = {
        let choice = choice.setter();
        use_callback((), move |event: Event, ()| {
            if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
                choice.set(usize::try_from(select.selected_index()).unwrap_or_default());
            }
        })
    };
    let onsubmit = {
        let deps = (dispatch, props.kind, props.account.clone(), (*name).clone(), *choice, props.asked.clone());
        use_callback(deps, |event: SubmitEvent, (dispatch, kind, account, name, choice, asked)| {
            event.prevent_default();
            let commands = commands(*kind, account, name.trim(), *choice, asked);
            let label = format!("Create {} {}", word(*kind), name.trim());
            dispatch.dispatch(StateEvent::ChangedTogether {
                label: label.into(),
                commands: commands.into(),
                stay: false,
            });
        })
    };
    let choices = choices(props.kind);
    html! {
        <Dialog id="new-thing" title={format!("Create {}", word(props.kind))}>
            <form class="dialog__body" {onsubmit}>
                <label class="dialog__field">
                    <span class="label">{ "Name" }</span>
                    <input class="field" type="text" value={(*name).clone()} {oninput} autofocus={true} autocomplete="off" spellcheck="false"
                        required={true} aria-invalid={props.refusal.is_some().to_string()} aria-describedby="new-thing-refusal" />
                </label>
                if let Some((legend, words)) = choices {
                    <label class="dialog__field">
                        <span class="label">{ legend }</span>
                        <span class="select">
                            <select class="field field--select" {onchange}>
                                for (at, words) in words.iter().enumerate() {
                                    <option key={*words} selected={at == *choice}>{ *words }</option>
                                }
                            </select>
                            { icon(IconName::Down) }
                        </span>
                    </label>
                }
                <p id="new-thing-refusal" role="alert">{ props.refusal.clone().unwrap_or_default() }</p>
                <p class="dialog__note">{ note(props.kind) }</p>
                <div class="dialog__actions">
                    <button type="submit" class="button button--primary">{ format!("Create {}", word(props.kind)) }</button>
                </div>
            </form>
        </Dialog>
    }
}

fn word(kind: NewKind) -> &'static str {
    match kind {
        NewKind::Group => "group",
        NewKind::Role => "role",
        NewKind::Policy => "policy",
        NewKind::Resource => "resource",
    }
}

fn note(kind: NewKind) -> &'static str {
    match kind {
        NewKind::Group => "A group has no rights of its own: attach policies to it, then add users.",
        NewKind::Role => "Its trust policy says who may assume it. Example values in it are yours to change.",
        NewKind::Policy => "It begins with one statement that allows what is asked now.",
        NewKind::Resource => "It belongs to this account, and has no policy of its own yet.",
    }
}

/// What there is to choose, and how it is called.
fn choices(kind: NewKind) -> Option<(&'static str, Vec<&'static str>)> {
    match kind {
        NewKind::Group | NewKind::Policy => None,
        NewKind::Role => Some(("Trusted entity", Trusted::ALL.map(Trusted::words).to_vec())),
        NewKind::Resource => Some(("Kind", ResourceKind::ALL.map(ResourceKind::words).to_vec())),
    }
}

fn commands(kind: NewKind, account: &AccountId, name: &str, choice: usize, asked: &Asked) -> Vec<Command> {
    let name: Arc<str> = name.into();
    let path: Arc<str> = "/".into();
    match kind {
        NewKind::Group => vec![Command::CreateGroup { name, path }],
        NewKind::Policy => {
            let text = first_text("Allow", asked).into();
            vec![Command::CreatePolicy { name, path, description: "".into(), text }]
        }
        NewKind::Role => {
            let trusted = Trusted::ALL.get(choice).copied().unwrap_or_default();
            let trust = trusted.document(account.as_str()).into();
            let create =
                Command::CreateRole { name: name.clone(), path, description: "".into(), trust, tags: Vec::new() };
            match trusted {
                Trusted::Ec2 => cascade::with_instance_profile(create, &name),
                _ => vec![create],
            }
        }
        NewKind::Resource => {
            let kind = ResourceKind::ALL.get(choice).copied().unwrap_or(ResourceKind::Bucket);
            let resource =
                Resource { arn: kind.arn(account, &name), kind, tags: Default::default(), policy: None, role: None };
            vec![Command::CreateResource { resource }]
        }
    }
}
