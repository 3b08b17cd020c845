//! From one state to the next. `None` means that nothing changed, and nothing is drawn again.

mod pins;
mod question;
mod shelf;
mod site;
mod tables;
mod trial;
mod view;
mod world;

use std::rc::Rc;

use super::{Event, ShelfEvent, SignedIn, State};
use crate::model::{PolicyRef, Proof};

const READ_ONLY: &str = "This world is being changed in another tab. Take it over to change it here.";

/// The state after `event`.
pub fn reduce(state: &State, event: Event) -> Option<State> {
    if let Event::Picked(picked) = event {
        let mut next = reduce(state, *picked).unwrap_or_else(|| state.clone());
        view::close_palette(&mut next);
        return Some(next);
    }
    let mut next = state.clone();
    if state.shelf.elsewhere && changes_world(&event) {
        return view::refuse(&mut next, READ_ONLY).then_some(next);
    }
    let step = question::step(&event, &state.asked);
    let opened_cell = matches!(event, Event::QuestionAsked(_));
    let changed = match event {
        Event::Picked(_) => return None,
        Event::Shelf(event) => return shelf::on(&mut next, event).then_some(next),

        Event::PrincipalChosen(principal) => question::choose_principal(&mut next, principal),
        Event::AccountChosen(account) => question::choose_account(&mut next, account),
        Event::QuestionAsked(asking) => question::ask(&mut next, &asking),
        Event::ActionTyped(text) => question::type_action(&mut next, text),
        Event::ResourceTyped(text) => question::type_resource(&mut next, text),
        Event::ContextSet(key, value) => question::set_context(&mut next, key, value),
        Event::ContextReset(key) => question::reset_context(&mut next, &key),
        Event::SessionSet { session, .. } => question::set_session(&mut next, *session),
        Event::SessionPolicyBegun => question::begin_session_policy(&mut next),
        Event::ActionFocused(action) => question::focus(&mut next, action),

        Event::TrialBegun => trial::begin(&mut next),
        Event::Switched(part) => trial::switch(&mut next, part),
        Event::TrialKept => trial::keep(&mut next),
        Event::TrialDropped => trial::drop_it(&mut next),
        Event::Tried { label, commands, keys, session } => trial::attempt(&mut next, &label, &commands, &keys, session),

        Event::Pinned => pins::pin(&mut next),
        Event::Unpinned(at) => pins::unpin(&mut next, at),
        Event::PinAccepted(at) => pins::accept(&mut next, at),
        Event::PinsFileWanted => pins::save(&mut next),

        Event::Changed(command) => world::change(&mut next, &command),
        Event::ChangedTogether { label, commands, stay } => world::change_together(&mut next, &label, &commands, stay),
        Event::SignedIn { principal, proof, commands } => question::sign_in(&mut next, principal, proof, &commands),
        Event::ActedAs(principal) => {
            question::act_as(&mut next, SignedIn { principal, proof: Proof::Console });
            true
        }
        Event::SignedOut => question::sign_out(&mut next),
        Event::LearnToggled => view::toggle_learning(&mut next),
        Event::Deleted(object) => world::delete(&mut next, &object),
        Event::FormSent { object, form, texts } => world::fill_in(&mut next, object, form, &texts),
        Event::PolicyTyped(policy, text) => world::type_policy(&mut next, policy, text),
        Event::VersionSaved(policy) => world::save_version(&mut next, &policy),
        Event::ResourcePolicyBegun(arn) => world::begin_resource_policy(&mut next, arn),
        Event::InlineBegun { holder, name, text } => world::begin_inline(&mut next, holder, name, text),
        Event::AttachChosen(arn) => world::choose_policy(&mut next, arn),
        Event::WorldTaken { save, label } => world::take(&mut next, &save, &label),
        Event::Undone => world::undo(&mut next),
        Event::Redone => world::redo(&mut next),

        Event::FlowsWanted => shelf::want_flows(&mut next),
        Event::TabShown(tab) => view::show_tab(&mut next, tab),
        Event::SeverityChosen(severity) => view::choose_severity(&mut next, severity),
        Event::Revealed(subject) => view::reveal(&mut next, subject),
        Event::ThemeChosen(theme) => view::choose_theme(&mut next, theme),
        Event::ChecksWanted => view::want_checks(&mut next),
        Event::WhenToggled => view::toggle_when(&mut next),
        Event::GateOpened(gate) => view::open_gate(&mut next, gate),
        Event::PolicyShown(policy) => view::show_policy(&mut next, policy),
        Event::Selected(selection) => view::select(&mut next, selection),
        Event::Unselected => view::unselect(&mut next),
        Event::EditingBegun(policy) => view::edit(&mut next, Some(policy)),
        Event::EditingEnded => view::edit(&mut next, None),
        Event::ScopeChosen(scope) => view::choose_scope(&mut next, scope),
        Event::DialogOpened(dialog) => {
            shelf::on_dialog(&mut next, &dialog);
            view::set_dialog(&mut next, Some(dialog))
        }
        Event::DialogClosed => view::set_dialog(&mut next, None),
        Event::RefusalDismissed => view::dismiss_refusal(&mut next),

        Event::Tables(event) => tables::on(&mut next, event),

        Event::ActionsWanted => site::want_actions(&mut next),
        Event::FileRequested(file) => site::request(&mut next, file),
        Event::FileArrived(file, text) => site::arrive(&mut next, file, text),
        Event::FileRetried(file) => site::retry(&mut next, file),
    };
    let session = PolicyRef::Session { arn: None };
    if next.asked.session.policy != state.asked.session.policy && next.drafts.get(&session).is_some() {
        next.drafts.make_mut().forget(&session);
    }
    if let Some(step) = step {
        question::remember(&mut next, state.moment(), step);
    }
    if *next.asked != *state.asked || next.view.tab != state.view.tab {
        tables::follow(&mut next, opened_cell);
    }
    let made =
        !Rc::ptr_eq(&next.world, &state.world) || !Rc::ptr_eq(&next.pins, &state.pins) || *next.drafts != *state.drafts;
    let asked = *next.asked != *state.asked && next.shelf.entry(&next.shelf.shown).is_some();
    // What is only tried is not kept.
    if next.trial.is_none() && (made || asked) {
        shelf::keep(&mut next);
    }
    changed.then_some(next)
}

fn changes_world(event: &Event) -> bool {
    matches!(
        event,
        Event::Changed(_)
            | Event::ChangedTogether { .. }
            | Event::SignedIn { .. }
            | Event::Deleted(_)
            | Event::FormSent { .. }
            | Event::PolicyTyped(..)
            | Event::VersionSaved(_)
            | Event::ResourcePolicyBegun(_)
            | Event::InlineBegun { .. }
            | Event::AttachChosen(_)
            | Event::WorldTaken { .. }
            | Event::Undone
            | Event::Redone
            | Event::TrialKept
            | Event::Pinned
            | Event::Unpinned(_)
            | Event::PinAccepted(_)
            | Event::Shelf(ShelfEvent::Renamed(_))
    )
}

#[cfg(test)]
mod tests;
