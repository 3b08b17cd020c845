//! Changes to the world, and taking them back.

use std::rc::Rc;
use std::sync::Arc;

use crate::app::state::{DataFile, Dialog, PolicyRef, State};
use crate::model::{Command, Holder, InlinePolicy, apply};
use crate::policy::{PolicyKind, parse_document};

/// Applies a command, or keeps AWS's refusal to be shown.
pub fn change(state: &mut State, command: &Command) -> bool {
    change_as(state, command, None)
}

fn change_as(state: &mut State, command: &Command, typing: Option<PolicyRef>) -> bool {
    match apply(&state.world, command) {
        Ok(next) if next == *state.world => {
            let refused = state.view.refusal.is_some();
            if refused {
                state.view.make_mut().refusal = None;
            }
            refused
        }
        Ok(next) => {
            state.history.make_mut().push(command.to_string(), state.world.clone(), typing);
            enter(state, Rc::new(next));
            true
        }
        Err(refusal) => {
            state.view.make_mut().refusal = Some(refusal.to_string());
            true
        }
    }
}

/// Makes `world` the present one. What pointed into policies that are gone or other now is let go.
fn enter(state: &mut State, world: Rc<crate::model::World>) {
    state.world = world;
    let view = state.view.make_mut();
    view.refusal = None;
    view.selection = None;
    let exists =
        |policy: &PolicyRef| policy.text(&state.world, &state.site.library) != crate::app::state::PolicyText::Gone;
    view.policy = view.policy.take().filter(exists);
    view.editing = view.editing.take().filter(exists);
}

/// Takes every keystroke. Text that AWS would save goes into the world and answers at once; other text is a draft, and the
/// last good text keeps answering.
pub fn type_policy(state: &mut State, policy: PolicyRef, text: Arc<str>) -> bool {
    if parse_document(&text, PolicyKind::Identity).has_errors() {
        state.drafts.make_mut().keep(policy, text);
        return true;
    }
    if state.drafts.get(&policy).is_some() {
        state.drafts.make_mut().forget(&policy);
    }
    let command = Command::PutInlinePolicy {
        holder: policy.holder.clone(),
        policy: InlinePolicy { name: policy.name.clone(), text },
    };
    change_as(state, &command, Some(policy));
    true
}

pub fn begin_inline(state: &mut State, holder: Holder, name: Arc<str>, text: Arc<str>) -> bool {
    let taken = state
        .world
        .permissions(&holder)
        .is_some_and(|permissions| permissions.inline.iter().any(|inline| inline.name == name));
    if taken {
        state.view.make_mut().refusal =
            Some(format!("`{}` already has an inline policy named `{name}`. Choose another name.", holder.name()));
        return true;
    }
    let policy = InlinePolicy { name: name.clone(), text };
    change(state, &Command::PutInlinePolicy { holder: holder.clone(), policy });
    let view = state.view.make_mut();
    if view.refusal.is_none() {
        let begun = PolicyRef::inline(holder, name);
        view.dialog = None;
        view.policy = Some(begun.clone());
        view.editing = Some(begun);
    }
    true
}

/// A managed policy was chosen: attached at once when its document is here, otherwise when it arrives.
pub fn choose_policy(state: &mut State, arn: Arc<str>) -> bool {
    if let Some(file) = state.site.shard_of(&arn).map(DataFile::ManagedShard)
        && state.site.failure(file).is_some()
    {
        state.site.make_mut().reset(file);
    }
    let view = state.view.make_mut();
    view.refusal = None;
    if let Some(Dialog::Attach(attaching)) = &mut view.dialog {
        attaching.chosen = Some(arn);
    }
    attach_chosen(state);
    true
}

/// Attaches the chosen policy if its document is here, and closes the dialog unless AWS would refuse.
pub fn attach_chosen(state: &mut State) {
    let Some(Dialog::Attach(attaching)) = &state.view.dialog else { return };
    let (holder, Some(arn)) = (attaching.holder.clone(), attaching.chosen.clone()) else { return };
    if !state.site.library.contains(&arn) {
        return;
    }
    change(state, &Command::AttachPolicy { holder: holder.clone(), arn });
    let view = state.view.make_mut();
    if view.refusal.is_none() {
        view.dialog = None;
    } else if let Some(Dialog::Attach(attaching)) = &mut view.dialog {
        attaching.chosen = None;
    }
}

pub fn undo(state: &mut State) -> bool {
    let Some(before) = state.history.make_mut().undo() else { return false };
    let undone = state.world.clone();
    enter(state, before);
    // A draft was typed over the text that is taken back: the editor follows.
    let library = &state.site.library;
    let same = |policy: &PolicyRef| policy.text(&undone, library) == policy.text(&state.world, library);
    state.drafts.make_mut().retain(same);
    true
}
