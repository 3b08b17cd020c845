//! The policies that apply to who is asked about.

use yew::prelude::*;

use crate::app::components::Act;
use crate::app::state::{Event as StateEvent, policy_key};
use crate::diagram::connect::Carried;
use crate::model::{Holder, PolicyRef, World};

/// A row of policies to choose from. One that applies to nobody who is asked about stands at the end while it is shown.
pub fn policy_list(policies: &[PolicyRef], shown: Option<&PolicyRef>, world: &World) -> Html {
    let visitor = shown.filter(|shown| !policies.contains(shown));
    if policies.is_empty() && visitor.is_none() {
        return Html::default();
    }
    html! {
        <ul class="policy-list" aria-label="Policies">
            for policy in policies.iter().chain(visitor) {
                <li key={policy_key(policy)} data-carry={policy.managed().map(|arn| Carried::Policy(arn.clone()).key())}>
                    <Act class="policy-list__item" event={StateEvent::PolicyShown(policy.clone())} current={shown == Some(policy)}>
                        <span class="policy-list__name">{ policy.name().to_string() }</span>
                        <span class="policy-list__via">{ via(policy, visitor == Some(policy), world) }</span>
                    </Act>
                </li>
            }
        </ul>
    }
}

fn via(policy: &PolicyRef, visitor: bool, world: &World) -> String {
    let via = match policy {
        PolicyRef::Attached { holder: Holder::Group(name), .. } => format!("through group {name}"),
        PolicyRef::Inline { holder: Holder::Group(name), .. } => format!("inline in group {name}"),
        PolicyRef::Attached { holder, .. } if visitor => format!("attached to {} {}", holder.kind(), holder.name()),
        PolicyRef::Inline { holder, .. } if visitor => format!("inline in {} {}", holder.kind(), holder.name()),
        PolicyRef::Attached { .. } => "attached directly".to_owned(),
        PolicyRef::Inline { .. } => "inline".to_owned(),
        PolicyRef::Boundary { .. } => "permissions boundary".to_owned(),
        PolicyRef::Resource { .. } => "resource policy".to_owned(),
        PolicyRef::Trust { .. } => "trust policy".to_owned(),
        PolicyRef::Session { .. } => "session policy".to_owned(),
        PolicyRef::Control { node, .. } => {
            let organization = world.organization.as_ref();
            format!("at {}", organization.map_or(&**node, |organization| organization.node_name(node)))
        }
    };
    if visitor { format!("{via}; does not apply") } else { via }
}
