//! Whether a user is in a group, and changing that.

use std::sync::Arc;

use yew::prelude::*;

use crate::app::components::{Act, IconName, icon_with};
use crate::app::state::Event as StateEvent;
use crate::model::Command;

/// Which list the line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The groups of a user.
    User,
    /// The members of a group.
    Group,
}

/// One line with one button, which keeps the focus while it changes its meaning.
pub fn membership(user: &Arc<str>, group: &Arc<str>, member: bool, side: Side) -> Html {
    let (user_name, group_name) = (user.clone(), group.clone());
    let (command, word, label) = if member {
        (
            Command::RemoveUserFromGroup { user: user_name, group: group_name },
            "Remove",
            format!("Remove {user} from {group}"),
        )
    } else {
        (Command::AddUserToGroup { user: user_name, group: group_name }, "Add", format!("Add {user} to {group}"))
    };
    let (drawing, name, note) = match (side, member) {
        (Side::User, true) => (IconName::Group, format!("in {group}"), None),
        (Side::User, false) => (IconName::Group, format!("not in {group}"), None),
        (Side::Group, true) => (IconName::User, user.to_string(), None),
        (Side::Group, false) => (IconName::User, user.to_string(), Some("not a member")),
    };
    let key = if side == Side::User { group } else { user };
    html! {
        <li class="item" key={&**key} data-member={member.to_string()}>
            { icon_with(drawing, "icon item__icon") }
            <span class="item__name">{ name }</span>
            if let Some(note) = note {
                <span class="item__kind">{ note }</span>
            }
            <Act class="link item__end" event={StateEvent::Changed(command)} {label}>{ word }</Act>
        </li>
    }
}
