//! The policies that apply to who is asked about.

use yew::prelude::*;

use crate::app::components::Act;
use crate::app::state::{Event as StateEvent, PolicyRef};
use crate::model::Holder;

/// A row of policies to choose from. One that applies to nobody who is asked about stands at the end while it is shown.
pub fn policy_list(policies: &[PolicyRef], shown: Option<&PolicyRef>) -> Html {
    let visitor = shown.filter(|shown| !policies.contains(shown));
    if policies.is_empty() && visitor.is_none() {
        return Html::default();
    }
    html! {
        <ul class="policy-list" aria-label="Policies">
            for policy in policies.iter().chain(visitor) {
                <li key={policy.key()}>
                    <Act class="policy-list__item" event={StateEvent::PolicyShown(policy.clone())} current={shown == Some(policy)}>
                        <span class="policy-list__name">{ policy.name.to_string() }</span>
                        <span class="policy-list__via">{ via(policy, visitor == Some(policy)) }</span>
                    </Act>
                </li>
            }
        </ul>
    }
}

fn via(policy: &PolicyRef, visitor: bool) -> String {
    let via = match (&policy.holder, policy.is_inline()) {
        (Holder::Group(name), false) => format!("through group {name}"),
        (Holder::Group(name), true) => format!("inline in group {name}"),
        (Holder::User(name), false) if visitor => format!("attached to user {name}"),
        (Holder::User(name), true) if visitor => format!("inline in user {name}"),
        (Holder::User(_), false) => "attached directly".to_owned(),
        (Holder::User(_), true) => "inline".to_owned(),
    };
    if visitor { format!("{via}; does not apply") } else { via }
}
