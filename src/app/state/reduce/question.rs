//! Changes to the question.

use std::sync::Arc;

use crate::app::ByPtr;
use crate::app::state::{Asked, Event, Moment, OpenGate, SignedIn, State, Tab, Typing};
use crate::eval::Resource;
use crate::eval::situation::Part;
use crate::explain;
use crate::ident::{AccountId, ActionName};
use crate::model::{Asking, Command, PolicyRef, PrincipalRef, Proof, Session};

use super::{site, world};

pub fn choose_principal(state: &mut State, principal: PrincipalRef) -> bool {
    if state.asked.principal == principal {
        return false;
    }
    state.asked.make_mut().set_principal(principal);
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
    asked.set_principal(PrincipalRef::Root);
    asked.signed_in = None;
    begin_anew(state);
    true
}

/// A whole question at once: what was set for the last one does not count, and what led to it closes.
pub fn ask(state: &mut State, asking: &Asking) -> bool {
    begin_anew(state);
    take(state, asking);
    clear_refusal(state);
    state.view.make_mut().dialog = None;
    true
}

/// Takes a whole question; its wildcards want the list of actions.
pub fn take(state: &mut State, asking: &Asking) {
    let catalog = state.site.actions.ready().cloned();
    state.asked.make_mut().take(asking, catalog.as_deref());
    if catalog.is_none() && (state.asked.actions.problem.is_some() || asking.resource.is_empty()) {
        site::want_actions(state);
    }
}

/// Puts another question, as it was asked before.
pub fn put(state: &mut State, asked: ByPtr<Asked>) {
    if asked.account != state.asked.account {
        begin_anew(state);
    }
    choose_principal(state, asked.principal.clone());
    state.asked = asked;
    clear_selection(state);
}

/// What a change of the question is called, and where it was typed; `None` for events of other kinds.
pub fn step(event: &Event, asked: &Asked) -> Option<(String, Option<Typing>)> {
    let value =
        |value: &Option<String>| value.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("`{value}`"));
    Some(match event {
        Event::PrincipalChosen(principal) => (format!("Ask about {principal}"), None),
        Event::ActionTyped(text) => (format!("Ask about {text}"), Some(Typing::Action)),
        Event::ResourceTyped(text) => (format!("Ask about {text}"), Some(Typing::Resource)),
        Event::ContextSet(key, set) => {
            (format!("Set {key} to {}", value(set)), Some(Typing::Context(key.to_ascii_lowercase())))
        }
        Event::ContextReset(key) => (format!("Put {key} back"), None),
        Event::SessionSet { what, .. } => (format!("Set {}", what.words()), Some(Typing::Session(*what))),
        Event::SessionPolicyBegun => ("Write a session policy".to_owned(), None),
        Event::Switched(part) => (switched(part, asked.off.contains(part)), None),
        Event::QuestionAsked(asking) => (format!("Ask about {}", asking.action), None),
        Event::AccountChosen(account) => (format!("Ask about account {account}"), None),
        Event::ActedAs(principal) => (format!("Act as {principal}"), None),
        Event::SignedOut => ("Sign out".to_owned(), None),
        Event::PolicyTyped(policy @ PolicyRef::Session { .. }, _) => {
            ("Edit the session policy".to_owned(), Some(Typing::Policy(policy.clone())))
        }
        _ => return None,
    })
}

/// Remembers that the question was another one, unless it was not.
pub fn remember(state: &mut State, before: Moment, (label, typing): (String, Option<Typing>)) {
    if *state.asked != *before.asked {
        state.history.make_mut().push(label, before, typing);
    }
}

/// Whoever signs in is asked about from now on.
pub fn sign_in(state: &mut State, principal: PrincipalRef, proof: Proof, commands: &[Command]) -> bool {
    let label = commands.last().map(ToString::to_string).unwrap_or_default();
    if !world::prove(state, &label, commands) {
        return true;
    }
    act_as(state, SignedIn { principal, proof });
    let view = state.view.make_mut();
    view.dialog = None;
    view.refusal = None;
    true
}

/// From now on somebody is asked about, and what they may change is what their policies allow while learning.
pub fn act_as(state: &mut State, signed_in: SignedIn) {
    choose_principal(state, signed_in.principal.clone());
    state.asked.make_mut().signed_in = Some(signed_in);
}

pub fn sign_out(state: &mut State) -> bool {
    let was = state.asked.signed_in.is_some();
    if was {
        state.asked.make_mut().signed_in = None;
    }
    was
}

pub fn type_action(state: &mut State, text: String) -> bool {
    let catalog = state.site.actions.ready().cloned();
    let asked = state.asked.make_mut();
    asked.type_actions(text, catalog.as_deref());
    match catalog {
        Some(catalog) if asked.actions.problem.is_none() => asked.fit_resource(&catalog, &asked.account.clone()),
        Some(_) => {}
        // Nothing is known of the action yet, so the resource is taken as it is written.
        None => asked.action_takes_no_resource = false,
    }
    clear_selection(state)
}

/// The reasons for another one of several actions are to be shown.
pub fn focus(state: &mut State, action: ActionName) -> bool {
    state.asked.make_mut().focus = Some(action);
    state.view.make_mut().gate = OpenGate::Decisive;
    clear_selection(state)
}

/// What the caller brings beside its name.
pub fn set_session(state: &mut State, session: Session) -> bool {
    state.asked.make_mut().session = session;
    clear_selection(state)
}

/// The inline session policy begins as one that allows what is asked, and is opened in the editor.
pub fn begin_session_policy(state: &mut State) -> bool {
    let question = state.asked.question();
    let resource = match &question.resource {
        Resource::Arn(arn) => arn.clone(),
        Resource::None => "*".into(),
    };
    let statement =
        serde_json::json!({ "Effect": "Allow", "Action": question.action.as_str(), "Resource": &*resource });
    let document = serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] });
    let mut session = state.asked.session.clone();
    session.policy = Some(serde_json::to_string_pretty(&document).unwrap_or_default().into());
    set_session(state, session);
    let begun = PolicyRef::Session { arn: None };
    let view = state.view.make_mut();
    view.policy = Some(begun.clone());
    view.editing = Some(begun);
    view.tab = Tab::Policy;
    true
}

/// The text of the inline session policy is typed.
pub fn type_session_policy(state: &mut State, text: Arc<str>) -> bool {
    let mut session = state.asked.session.clone();
    session.policy = Some(text);
    set_session(state, session)
}

/// A managed policy is passed with the session. AWS takes ten at most (EVAL-23).
pub fn pass(state: &mut State, arn: Arc<str>) -> bool {
    if state.asked.session.managed.len() >= 10 {
        state.view.make_mut().refusal =
            Some("A session takes at most ten managed policies. Take one out first.".to_owned());
        return true;
    }
    let before = state.moment();
    let mut session = state.asked.session.clone();
    session.managed.push(arn);
    set_session(state, session);
    remember(state, before, ("Pass a session policy".to_owned(), None));
    true
}

/// A part counts again, or not any more.
pub fn switch(state: &mut State, part: Part) -> bool {
    let off = &mut state.asked.make_mut().off;
    if !off.remove(&part) {
        off.insert(part);
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
pub fn clear_refusal(state: &mut State) {
    let view = state.view.make_mut();
    (view.refusal, view.refused) = (None, None);
}

fn clear_selection(state: &mut State) -> bool {
    if state.view.selection.is_some() {
        state.view.make_mut().selection = None;
    }
    true
}

fn switched(part: &Part, was_off: bool) -> String {
    let does = if was_off { "Switch on" } else { "Switch off" };
    match part {
        Part::Layer(layer) => format!("{does} every {}", explain::layer_name(*layer)),
        Part::Policy(policy) => format!("{does} `{}`", policy.name()),
        Part::Statement(policy, at) => format!("{does} statement {} of `{}`", at + 1, policy.name()),
    }
}
