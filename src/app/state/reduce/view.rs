//! Changes to what is open on the screen.

use crate::app::state::{Dialog, OpenGate, Scope, Selection, State, Tab};
use crate::eval::trace::GateKind;
use crate::model::PolicyRef;

pub fn toggle_when(state: &mut State) -> bool {
    let view = state.view.make_mut();
    view.when_open = !view.when_open;
    true
}

pub fn open_gate(state: &mut State, gate: Option<GateKind>) -> bool {
    state.view.make_mut().gate = gate.map_or(OpenGate::Closed, OpenGate::Chosen);
    true
}

pub fn show_policy(state: &mut State, policy: PolicyRef) -> bool {
    let view = state.view.make_mut();
    if view.editing.as_ref().is_some_and(|editing| *editing != policy) {
        view.editing = None;
    }
    view.policy = Some(policy);
    view.selection = None;
    view.tab = Tab::Policy;
    true
}

pub fn select(state: &mut State, selection: Selection) -> bool {
    let view = state.view.make_mut();
    if view.editing.as_ref().is_some_and(|editing| *editing != selection.policy) {
        view.editing = None;
    }
    view.policy = Some(selection.policy.clone());
    view.selection = Some(selection);
    view.tab = Tab::Policy;
    true
}

pub fn edit(state: &mut State, policy: Option<PolicyRef>) -> bool {
    let view = state.view.make_mut();
    if policy.is_some() {
        view.policy.clone_from(&policy);
        view.tab = Tab::Policy;
    }
    view.editing = policy;
    view.selection = None;
    true
}

pub fn show_tab(state: &mut State, tab: Tab) -> bool {
    let changed = state.view.tab != tab;
    if changed {
        state.view.make_mut().tab = tab;
    }
    changed
}

pub fn choose_scope(state: &mut State, scope: Scope) -> bool {
    let changed = state.view.scope != scope;
    if changed {
        state.view.make_mut().scope = scope;
    }
    changed
}

pub fn set_dialog(state: &mut State, dialog: Option<Dialog>) -> bool {
    if state.view.dialog == dialog {
        return false;
    }
    let view = state.view.make_mut();
    view.dialog = dialog;
    view.refusal = None;
    true
}

pub fn dismiss_refusal(state: &mut State) -> bool {
    state.view.make_mut().refusal.take().is_some()
}
