//! Changes to the world, and taking them back.

use std::rc::Rc;
use std::sync::Arc;

use crate::app::state::inspect::{self, FormId, Object};
use crate::app::state::learn::{Learner, Refused};
use crate::app::state::{
    AttachTo, DataFile, Dialog, Editing, History, Moment, Placed, PolicyText, State, Tab, Typing, editing, text_command,
};
use crate::model::{Command, Holder, InlinePolicy, Occasion, PolicyRef, PrincipalRef, World, apply, cascade};
use crate::policy::parse_document;
use crate::save;

use super::question;

/// Applies a command, or keeps AWS's refusal to be shown.
pub fn change(state: &mut State, command: &Command) -> bool {
    change_as(state, command, None)
}

fn change_as(state: &mut State, command: &Command, typing: Option<Typing>) -> bool {
    carry_out(state, &command.to_string(), &placed(std::slice::from_ref(command)), typing)
}

/// Applies all commands or none, as one step, and closes the dialog they came from unless it stays.
pub fn change_together(state: &mut State, label: &str, commands: &[Command], stay: bool) -> bool {
    carry_out(state, label, &placed(commands), None);
    if !stay && state.view.refusal.is_none() && state.view.dialog.is_some() {
        state.view.make_mut().dialog = None;
    }
    true
}

fn placed(commands: &[Command]) -> Vec<Placed> {
    commands.iter().cloned().map(Placed::from).collect()
}

fn carry_out(state: &mut State, label: &str, commands: &[Placed], typing: Option<Typing>) -> bool {
    // What is only tried needs nobody's leave.
    let learner = (state.view.learning && state.trial.is_none()).then(|| Learner::of(state));
    let done = do_all(state, commands, |world, command| match &learner {
        Some(learner) => learner.may(world, command),
        None => Ok(()),
    });
    finish(state, done, label, typing)
}

/// What has proved who somebody is, such as a new password, asks no policy.
pub fn prove(state: &mut State, label: &str, commands: &[Command]) -> bool {
    attempt(state, label, &placed(commands))
}

/// Applies all commands or none as one step, whatever policies say.
pub fn attempt(state: &mut State, label: &str, commands: &[Placed]) -> bool {
    let done = do_all(state, commands, |_, _| Ok(()));
    finish(state, done, label, None);
    state.view.refusal.is_none()
}

fn do_all(
    state: &State,
    commands: &[Placed],
    may: impl Fn(&World, &Command) -> Result<(), Refused>,
) -> Result<World, Refused> {
    // While learning, whoever has signed in does it where they are; freely, everything is done where AWS takes it.
    let own = &state.asked.account;
    let place = |world: &World, placed: &Placed| match (&placed.account, &world.organization) {
        _ if state.view.learning && state.trial.is_none() => own.clone(),
        (Some(account), _) => account.clone(),
        (None, Some(organization)) if placed.command.is_of_organization() => organization.management.clone(),
        (None, _) => own.clone(),
    };
    commands.iter().try_fold(World::clone(&state.world), |world, placed| {
        may(&world, &placed.command)?;
        let occasion = Occasion { account: place(&world, placed), now: state.now };
        Ok(apply(&world, &placed.command, &occasion)?)
    })
}

fn finish(state: &mut State, done: Result<World, Refused>, label: &str, typing: Option<Typing>) -> bool {
    match done {
        Ok(next) if next == *state.world => {
            let refused = state.view.refusal.is_some();
            if refused {
                state.view.make_mut().refusal = None;
            }
            refused
        }
        Ok(next) => {
            let before = state.moment();
            state.history.make_mut().push(label.to_owned(), before, typing);
            enter(state, Rc::new(next));
            true
        }
        Err(Refused { words, question }) => {
            let view = state.view.make_mut();
            view.refusal = Some(words);
            view.refused = question;
            true
        }
    }
}

/// Makes the world of a save the present one, as one step. While learning there is nobody who makes it.
pub fn take(state: &mut State, save: &str, label: &str) -> bool {
    let refused = |words: String| Refused { words, question: None };
    let done = match state.view.learning && state.trial.is_none() {
        true => Err(refused(
            "While learning, whoever has signed in makes every change, and this is a change of nobody. Switch learn mode off in the workbench to make it."
                .to_owned(),
        )),
        false => save::read(save).map(|saved| saved.world).map_err(|error| refused(format!("This change cannot be taken over. {error}"))),
    };
    let left = state.world.clone();
    let changed = finish(state, done, label, None);
    let_drafts_go(state, &left);
    changed
}

/// Makes `world` the present one. What pointed into policies that are gone or other now is let go.
pub fn enter(state: &mut State, world: Rc<World>) {
    let was_there = state.account().has(&state.asked.principal);
    state.world = world;
    let account = state.account();
    // Who is asked about may be gone, or have another name; who was not there yet is waited for.
    if was_there && !account.has(&state.asked.principal) {
        state.asked.make_mut().set_principal(PrincipalRef::Root);
    }
    if state.asked.signed_in.as_ref().is_some_and(|signed_in| !account.has(&signed_in.principal)) {
        state.asked.make_mut().signed_in = None;
    }
    let_go(state);
}

/// Lets go of what pointed into policies that are gone or other now.
fn let_go(state: &mut State) {
    let account = state.account();
    let view = state.view.make_mut();
    view.refusal = None;
    view.refused = None;
    view.selection = None;
    let exists =
        |policy: &PolicyRef| PolicyText::of(policy, &state.world, &account, &state.site.library) != PolicyText::Gone;
    view.policy = view.policy.take().filter(exists);
    view.editing = view.editing.take().filter(exists);
}

/// Deletes an object with whatever hangs on it, as the console does: one step.
pub fn delete(state: &mut State, object: &Object) -> bool {
    let account = state.account();
    let commands = match object {
        Object::User(name) => cascade::delete(&account, &Holder::User(name.clone())),
        Object::Group(name) => cascade::delete(&account, &Holder::Group(name.clone())),
        Object::Role(name) => cascade::delete(&account, &Holder::Role(name.clone())),
        Object::Policy(name) => cascade::delete_policy(&account, name),
        Object::Resource(arn) => vec![Command::DeleteResource { arn: arn.clone() }],
        Object::Account | Object::Organization | Object::Root => return false,
    };
    // The object itself goes last, and names the step.
    let label = commands.last().map(ToString::to_string).unwrap_or_default();
    change_together(state, &label, &commands, false)
}

/// Does what a form of the inspector says. A renamed object stays in sight.
pub fn fill_in(state: &mut State, object: Object, form: FormId, texts: &[String]) -> bool {
    match inspect::command(&state.world, &state.account(), &object, form, texts) {
        Ok(command) => {
            change(state, &command);
            if state.view.refusal.is_none()
                && let Some(renamed) = inspect::renamed(&object, &command)
            {
                state.view.make_mut().dialog = Some(Dialog::Inspect(renamed));
            }
        }
        Err(words) => state.view.make_mut().refusal = Some(words),
    }
    true
}

/// Takes every keystroke. Text that AWS would save goes into the world and answers at once; other text is a draft, and the
/// last good text keeps answering. Customer managed policies change only by versions: theirs are drafts until they are saved.
pub fn type_policy(state: &mut State, policy: PolicyRef, text: Arc<str>) -> bool {
    let in_place = editing(&policy, &state.account()) == Editing::InPlace;
    if !in_place || parse_document(&text, policy.kind(&state.world)).has_errors() {
        state.drafts.make_mut().keep(policy, text);
        return true;
    }
    let draft = text.clone();
    if policy == (PolicyRef::Session { arn: None }) {
        state.drafts.make_mut().forget(&policy);
        return question::type_session_policy(state, text);
    }
    let Some(command) = text_command(&policy, text, &state.account()) else { return false };
    let words = command.to_string();
    let placed = Placed { account: policy.owner(&state.world), command };
    carry_out(state, &words, &[placed], Some(Typing::Policy(policy.clone())));
    // What was refused, for its length or by policies, is not lost.
    match state.view.refusal.is_some() {
        true => state.drafts.make_mut().keep(policy, draft),
        false if state.drafts.get(&policy).is_some() => state.drafts.make_mut().forget(&policy),
        false => {}
    }
    true
}

/// Makes the draft of a customer managed policy the version that counts.
pub fn save_version(state: &mut State, policy: &PolicyRef) -> bool {
    let (Some(arn), Some(text)) = (policy.managed(), state.drafts.get(policy).cloned()) else { return false };
    let account = state.account();
    let Some(name) = account.policy(arn).map(|policy| policy.name.clone()) else { return false };
    change(state, &Command::CreatePolicyVersion { name, text, set_default: true });
    if state.view.refusal.is_none() {
        state.drafts.make_mut().forget(policy);
        state.view.make_mut().editing = None;
    }
    true
}

pub fn begin_inline(state: &mut State, holder: Holder, name: Arc<str>, text: Arc<str>) -> bool {
    let account = state.account();
    let taken = account
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
        let begun = PolicyRef::Inline { holder, name };
        view.dialog = None;
        view.policy = Some(begun.clone());
        view.editing = Some(begun);
        view.tab = Tab::Policy;
    }
    true
}

/// A resource policy begins with a statement that lets the account's root user in, and is opened in the editor.
pub fn begin_resource_policy(state: &mut State, arn: Arc<str>) -> bool {
    let statement = serde_json::json!({
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": { "AWS": format!("arn:aws:iam::{}:root", state.asked.account) },
        "Action": format!("{}:*", arn.split(':').nth(2).unwrap_or_default()),
        "Resource": &*arn,
    });
    let document = serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] });
    let text = serde_json::to_string_pretty(&document).unwrap_or_default().into();
    change(state, &Command::PutResourcePolicy { arn: arn.clone(), text });
    if state.view.refusal.is_none() {
        let begun = PolicyRef::Resource { arn };
        let view = state.view.make_mut();
        view.policy = Some(begun.clone());
        view.editing = Some(begun);
        view.tab = Tab::Policy;
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
    let (to, Some(arn)) = (attaching.to.clone(), attaching.chosen.clone()) else { return };
    if !state.site.library.contains(&arn) && state.account().policy(&arn).is_none() {
        return;
    }
    match to {
        AttachTo::Permissions(holder) => change(state, &Command::AttachPolicy { holder, arn }),
        AttachTo::Boundary(holder) => change(state, &Command::PutPermissionsBoundary { holder, arn }),
        AttachTo::Session => question::pass(state, arn),
    };
    let view = state.view.make_mut();
    if view.refusal.is_none() {
        view.dialog = None;
    } else if let Some(Dialog::Attach(attaching)) = &mut view.dialog {
        attaching.chosen = None;
    }
}

/// Takes the last step back.
pub fn undo(state: &mut State) -> bool {
    turn(state, History::undo)
}

/// Does the step again that was taken back last.
pub fn redo(state: &mut State) -> bool {
    turn(state, History::redo)
}

/// Another moment: its world, and its question as it was asked in it.
pub fn go_to(state: &mut State, moment: Moment) {
    let Moment { world, asked, .. } = moment;
    let other = !Rc::ptr_eq(&world, &state.world);
    state.world = world;
    if asked != state.asked {
        question::put(state, asked);
    }
    if other {
        let_go(state);
    }
}

fn turn(state: &mut State, way: fn(&mut History, Moment) -> Option<Moment>) -> bool {
    let left = state.moment();
    let Some(moment) = way(state.history.make_mut(), left.clone()) else { return false };
    state.pins = moment.pins.clone();
    go_to(state, moment);
    let_drafts_go(state, &left.world);
    true
}

/// A draft was typed over a text: where that is another one now, the editor follows.
fn let_drafts_go(state: &mut State, left: &World) {
    let (account, library) = (state.account(), &state.site.library);
    let before = left.account(&state.asked.account).unwrap_or(&account);
    let same = |policy: &PolicyRef| {
        PolicyText::of(policy, left, before, library) == PolicyText::of(policy, &state.world, &account, library)
    };
    state.drafts.make_mut().retain(same);
}
