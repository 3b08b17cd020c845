//! Changes to what is open on the screen.

use crate::analysis::account::Subject;
use crate::app::platform::theme::Theme;
use crate::app::state::{Dialog, OpenGate, Revealed, Scope, Selection, State, Tab};
use crate::eval::trace::GateKind;
use crate::model::PolicyRef;
use crate::text::Severity;

pub fn show_tab(state: &mut State, tab: Tab) -> bool {
    if tab == Tab::Tables {
        state.site.make_mut().actions_wanted = true;
    }
    state.view.make_mut().tab = tab;
    true
}

pub fn choose_severity(state: &mut State, severity: Option<Severity>) -> bool {
    state.view.make_mut().severity = severity;
    true
}

pub fn reveal(state: &mut State, subject: Subject) -> bool {
    let turn = state.view.revealed.as_ref().map_or(0, |last| last.turn.wrapping_add(1));
    state.view.make_mut().revealed = Some(Revealed { subject, turn });
    true
}

pub fn choose_theme(state: &mut State, theme: Theme) -> bool {
    state.theme = Some(theme);
    true
}

/// The palette has done its work, unless the last change was refused.
pub fn close_palette(state: &mut State) {
    if matches!(state.view.dialog, Some(Dialog::Palette | Dialog::Inspect(_))) && state.view.refusal.is_none() {
        state.view.make_mut().dialog = None;
    }
}

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
    view.tab = Tab::Policy;
    view.policy = Some(policy);
    view.selection = None;
    true
}

pub fn select(state: &mut State, selection: Selection) -> bool {
    let view = state.view.make_mut();
    if view.editing.as_ref().is_some_and(|editing| *editing != selection.policy) {
        view.editing = None;
    }
    view.tab = Tab::Policy;
    view.policy = Some(selection.policy.clone());
    view.selection = Some(selection);
    true
}

pub fn unselect(state: &mut State) -> bool {
    state.view.make_mut().selection = None;
    true
}

pub fn edit(state: &mut State, policy: Option<PolicyRef>) -> bool {
    let view = state.view.make_mut();
    if policy.is_some() {
        view.tab = Tab::Policy;
        view.policy.clone_from(&policy);
    }
    view.editing = policy;
    view.selection = None;
    true
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
    (view.refusal, view.refused) = (None, None);
    true
}

pub fn dismiss_refusal(state: &mut State) -> bool {
    let view = state.view.make_mut();
    view.refused = None;
    view.refusal.take().is_some()
}

pub fn refuse(state: &mut State, why: &str) -> bool {
    let known = state.view.refusal.as_deref() == Some(why);
    if !known {
        state.view.make_mut().refusal = Some(why.to_owned());
    }
    !known
}

pub fn toggle_learning(state: &mut State) -> bool {
    let view = state.view.make_mut();
    view.learning = !view.learning;
    (view.refusal, view.refused) = (None, None);
    true
}

pub fn want_checks(state: &mut State) -> bool {
    state.view.make_mut().checks_wanted = true;
    true
}
