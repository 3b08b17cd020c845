//! From one state to the next. `None` means that nothing changed, and nothing is drawn again.

mod question;
mod site;
mod view;
mod world;

use super::{Event, State};

/// The state after `event`.
pub fn reduce(state: &State, event: Event) -> Option<State> {
    let mut next = state.clone();
    let changed = match event {
        Event::PrincipalChosen(principal) => question::choose_principal(&mut next, principal),
        Event::ActionTyped(text) => question::type_action(&mut next, text),
        Event::ResourceTyped(text) => question::type_resource(&mut next, text),
        Event::ContextSet(key, value) => question::set_context(&mut next, key, value),
        Event::ContextReset(key) => question::reset_context(&mut next, &key),

        Event::Changed(command) => world::change(&mut next, &command),
        Event::PolicyTyped(policy, text) => world::type_policy(&mut next, policy, text),
        Event::VersionSaved(policy) => world::save_version(&mut next, &policy),
        Event::InlineBegun { holder, name, text } => world::begin_inline(&mut next, holder, name, text),
        Event::AttachChosen(arn) => world::choose_policy(&mut next, arn),
        Event::Undone => world::undo(&mut next),

        Event::WhenToggled => view::toggle_when(&mut next),
        Event::GateOpened(gate) => view::open_gate(&mut next, gate),
        Event::PolicyShown(policy) => view::show_policy(&mut next, policy),
        Event::Selected(selection) => view::select(&mut next, selection),
        Event::EditingBegun(policy) => view::edit(&mut next, Some(policy)),
        Event::EditingEnded => view::edit(&mut next, None),
        Event::TabShown(tab) => view::show_tab(&mut next, tab),
        Event::ScopeChosen(scope) => view::choose_scope(&mut next, scope),
        Event::DialogOpened(dialog) => view::set_dialog(&mut next, Some(dialog)),
        Event::DialogClosed => view::set_dialog(&mut next, None),
        Event::RefusalDismissed => view::dismiss_refusal(&mut next),

        Event::ActionsWanted => site::want_actions(&mut next),
        Event::FileRequested(file) => site::request(&mut next, file),
        Event::FileArrived(file, text) => site::arrive(&mut next, file, text),
        Event::FileRetried(file) => site::retry(&mut next, file),
    };
    changed.then_some(next)
}

#[cfg(test)]
mod tests;
