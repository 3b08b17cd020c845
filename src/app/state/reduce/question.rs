//! Changes to the question.

use std::sync::Arc;

use crate::app::state::{OpenGate, State};
use crate::ident::AccountId;
use crate::model::{Command, PrincipalRef};

use super::world;

pub fn choose_principal(state: &mut State, principal: PrincipalRef) -> bool {
    if state.asked.principal == principal {
        return false;
    }
    state.asked.make_mut().principal = principal;
    begin_anew(state);
    true
}

fn begin_anew(state: &mut State) {
    let view = state.view.make_mut();
    view.gate = OpenGate::Decisive;
    view.policy = None;
    view.selection = None;
    view.editing = None;
}

/// Another account is asked about, beginning with its root user.
pub fn choose_account(state: &mut State, account: AccountId) -> bool {
    if state.asked.account == account || state.world.account(&account).is_none() {
        return false;
    }
    let asked = state.asked.make_mut();
    asked.account = account;
    asked.principal = PrincipalRef::Root;
    state.view.make_mut().signed_in = None;
    begin_anew(state);
    true
}

/// A whole question at once: what was set for the last one does not count.
pub fn ask(
    state: &mut State,
    principal: PrincipalRef,
    action: &str,
    resource: &str,
    keys: &[(Arc<str>, Arc<str>)],
) -> bool {
    choose_principal(state, principal);
    type_action(state, action.to_owned());
    type_resource(state, resource.to_owned());
    let keys = keys.iter().map(|(key, value)| (key.to_string(), Some(value.to_string())));
    state.asked.make_mut().changes = keys.collect();
    state.view.make_mut().gate = OpenGate::Decisive;
    true
}

/// Whoever signs in is asked about from now on.
pub fn sign_in(state: &mut State, principal: PrincipalRef, commands: &[Command]) -> bool {
    let label = commands.last().map(ToString::to_string).unwrap_or_default();
    world::change_together(state, &label, commands, true);
    if state.view.refusal.is_some() {
        return true;
    }
    choose_principal(state, principal.clone());
    let view = state.view.make_mut();
    view.signed_in = Some(principal);
    view.dialog = None;
    view.refusal = None;
    true
}

pub fn sign_out(state: &mut State) -> bool {
    state.view.make_mut().signed_in.take().is_some()
}

pub fn type_action(state: &mut State, text: String) -> bool {
    let asked = state.asked.make_mut();
    asked.type_action(text);
    match state.site.actions.ready() {
        Some(catalog) if asked.action.problem.is_none() => asked.fit_resource(catalog, &asked.account.clone()),
        Some(_) => {}
        // Nothing is known of the action yet, so the resource is taken as it is written.
        None => asked.action_takes_no_resource = false,
    }
    clear_selection(state)
}

pub fn type_resource(state: &mut State, text: String) -> bool {
    state.asked.make_mut().type_resource(text);
    clear_selection(state)
}

pub fn set_context(state: &mut State, key: String, value: Option<String>) -> bool {
    let changes = &mut state.asked.make_mut().changes;
    let known = changes.keys().find(|known| known.eq_ignore_ascii_case(&key)).cloned();
    changes.insert(known.unwrap_or(key), value);
    clear_selection(state)
}

pub fn reset_context(state: &mut State, key: &str) -> bool {
    state.asked.make_mut().changes.retain(|known, _| !known.eq_ignore_ascii_case(key));
    clear_selection(state)
}

/// Another question may be settled elsewhere: what a cell pointed at is no longer the point.
fn clear_selection(state: &mut State) -> bool {
    if state.view.selection.is_some() {
        state.view.make_mut().selection = None;
    }
    true
}
