//! The policies of one user or group: to show, to take away, to add.

use yew::prelude::*;

use crate::app::components::{Act, IconName, icon, icon_with};
use crate::app::state::{AttachTo, Attaching, Dialog, Event as StateEvent, policy_key};
use crate::diagram::connect::Carried;
use crate::model::{Command, Holder, Permissions, PolicyRef};

/// The policies of one user or group.
pub fn permissions(holder: &Holder, permissions: &Permissions) -> Html {
    let name = holder.name();
    let attach_id = attach_id(holder);
    let managed =
        permissions.attached.iter().map(|arn| PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() });
    let inline =
        permissions.inline.iter().map(|inline| PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() });
    html! {
        <>
            if permissions.attached.is_empty() && permissions.inline.is_empty() {
                <p class="entity__line">{ "no policy of its own" }</p>
            } else {
                <ul class="items" aria-label={format!("Policies of {name}")}>
                    for policy in managed.chain(inline) {
                        { policy_item(holder, &policy) }
                    }
                </ul>
            }
            <div class="entity__tools">
                <Act event={StateEvent::DialogOpened(Dialog::Attach(Attaching::new(AttachTo::Permissions(holder.clone()))))} id={attach_id}
                    label={format!("Attach a policy to {name}")}>{ "Attach policy" }</Act>
                <Act event={StateEvent::DialogOpened(Dialog::NewInline(holder.clone()))} label={format!("Write an inline policy for {name}")}>
                    { "Write inline policy" }</Act>
            </div>
        </>
    }
}

/// Id of the button that attaches: where the focus goes when a policy goes.
fn attach_id(holder: &Holder) -> String {
    format!("attach-{}-{}", holder.kind(), holder.name())
}

/// A managed policy can be carried onto the graph.
fn carry_key(policy: &PolicyRef) -> Option<String> {
    policy.managed().map(|arn| Carried::Policy(arn.clone()).key())
}

fn policy_item(holder: &Holder, policy: &PolicyRef) -> Html {
    let name = policy.name();
    let (command, label, kind) = match policy.managed() {
        Some(arn) => (
            Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() },
            format!("Detach {name} from {}", holder.name()),
            if arn.starts_with("arn:aws:iam::aws:") { "AWS" } else { "own" },
        ),
        None => (
            Command::DeleteInlinePolicy { holder: holder.clone(), name: name.clone() },
            format!("Delete {name} of {}", holder.name()),
            "inline",
        ),
    };
    html! {
        <li class="item" key={policy_key(policy)} data-carry={carry_key(policy)}>
            { icon_with(IconName::Policy, "icon item__icon") }
            <Act class="item__name" event={StateEvent::PolicyShown(policy.clone())} label={format!("Show {name} of {}", holder.name())}>
                { name.to_string() }
            </Act>
            <span class="item__kind">{ kind }</span>
            <Act class="icon-button item__end" event={StateEvent::Changed(command)} {label} then_focus={attach_id(holder)}>
                { icon(IconName::Cross) }
            </Act>
        </li>
    }
}
