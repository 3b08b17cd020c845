//! The policies of one user or group: to show, to take away, to add.

use yew::prelude::*;

use crate::app::components::{Act, IconName, icon, icon_with};
use crate::app::state::{Attaching, Dialog, Event as StateEvent, PolicyRef};
use crate::model::{Command, Holder, Permissions};

/// The policies of one user or group.
pub fn permissions(holder: &Holder, permissions: &Permissions) -> Html {
    let name = holder.name();
    let attach_id = attach_id(holder);
    let managed = permissions.attached.iter().map(|arn| PolicyRef::managed(holder.clone(), arn.clone()));
    let inline = permissions.inline.iter().map(|inline| PolicyRef::inline(holder.clone(), inline.name.clone()));
    html! {
        <>
            if permissions.attached.is_empty() && permissions.inline.is_empty() {
                <p class="entity__line">{ "no policy of its own" }</p>
            } else {
                <ul class="items" aria-label={format!("Policies of {name}")}>
                    for policy in managed.chain(inline) {
                        { policy_item(&policy) }
                    }
                </ul>
            }
            <div class="entity__tools">
                <Act event={StateEvent::DialogOpened(Dialog::Attach(Attaching { holder: holder.clone(), chosen: None }))} id={attach_id}
                    label={format!("Attach a policy to {name}")}>{ "Attach policy" }</Act>
                <Act event={StateEvent::DialogOpened(Dialog::NewInline(holder.clone()))} label={format!("Write an inline policy for {name}")}>
                    { "Write inline policy" }</Act>
            </div>
        </>
    }
}

/// Id of the button that attaches: where the focus goes when a policy goes.
fn attach_id(holder: &Holder) -> String {
    match holder {
        Holder::User(name) => format!("attach-user-{name}"),
        Holder::Group(name) => format!("attach-group-{name}"),
    }
}

fn policy_item(policy: &PolicyRef) -> Html {
    let (holder, name) = (policy.holder.clone(), policy.name.clone());
    let (command, label, kind) = match &policy.arn {
        Some(arn) => (
            Command::DetachPolicy { holder, arn: arn.clone() },
            format!("Detach {name} from {}", policy.holder.name()),
            "AWS",
        ),
        None => (
            Command::DeleteInlinePolicy { holder, name: name.clone() },
            format!("Delete {name} of {}", policy.holder.name()),
            "inline",
        ),
    };
    html! {
        <li class="item" key={policy.key()}>
            { icon_with(IconName::Policy, "icon item__icon") }
            <Act class="item__name" event={StateEvent::PolicyShown(policy.clone())} label={format!("Show {name} of {}", policy.holder.name())}>
                { name.to_string() }
            </Act>
            <span class="item__kind">{ kind }</span>
            <Act class="icon-button item__end" event={StateEvent::Changed(command)} {label} then_focus={attach_id(&policy.holder)}>
                { icon(IconName::Cross) }
            </Act>
        </li>
    }
}
