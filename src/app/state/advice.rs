//! What would change an answer, and what it hangs on, as it is listed and can be tried.

use std::sync::Arc;

use super::{Answer, Event, Keys, Placed, State, text_command};
use crate::analysis::flip::{
    Break, Change, Edit, Flip, PolicyEdit, apply, edit_words, fresh, hangs_on, lifts_words, of_new_policy, rewrite,
};
use crate::analysis::flips;
use crate::eval::situation::{Place, value_of};
use crate::eval::{ContextValue, LayerKind, Policies, Request, Resource, StatementRef, Verdict};
use crate::explain;
use crate::model::{Command, ControlKind, ControlPolicy, InlinePolicy, PolicyRef, Session};
use crate::policy::{parse_document, print_statement};

/// What can be said about changing an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// Ways to another answer, the least first.
    pub ways: Vec<Way>,
    /// What an allow hangs on, a sentence each.
    pub hangs: Vec<String>,
}

/// A way to another answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// What is done, in order.
    pub steps: Vec<Step>,
    /// What then comes out, and what else it does.
    pub then: String,
    /// Tries it; `None` where it is about something that is not in the world.
    pub attempt: Option<Event>,
}

/// One change on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// In words.
    pub words: String,
    /// The statements that it writes.
    pub json: Option<String>,
}

/// What would change an answer: for a denial what would allow it, for an allow what it hangs on and what would end it.
/// Every way was put to the evaluator.
pub fn advice(state: &State, answer: &Answer) -> Advice {
    if !state.account().has(&answer.question.principal) {
        return Advice::default();
    }
    let (policies, request) = (&answer.gathered.policies, &answer.request);
    if answer.verdict() != Verdict::Allowed {
        let ways = flips(policies, request).into_iter().map(|flip| way(state, answer, &flip)).collect();
        return Advice { ways, hangs: Vec::new() };
    }
    let support = hangs_on(policies, request);
    let name = |at: &StatementRef| explain::place(&answer.trace, request, *at);
    let mut hangs: Vec<String> =
        support.necessary.iter().map(|at| format!("Without {} it would be denied.", name(at))).collect();
    hangs.extend(support.either.iter().map(|group| {
        let names: Vec<String> = group.iter().map(name).collect();
        format!("Any one of these is enough: {}.", names.join("; "))
    }));
    Advice { ways: support.breaks.iter().map(|found| ending(answer, found)).collect(), hangs }
}

fn ending(answer: &Answer, found: &Break) -> Way {
    let (policies, request) = (&answer.gathered.policies, &answer.request);
    let (policies, request) = apply(policies, request, &found.edits);
    let trace = crate::eval::trace(&policies, &request);
    let steps = steps(&found.edits, &answer.gathered.policies, &answer.request);
    let label = format!("What if: {}", plain(&steps));
    let attempt =
        keys(&found.edits).map(|keys| Event::Tried { label: label.into(), commands: [].into(), keys, session: None });
    Way { steps, then: explain::sentence(&trace, &request), attempt }
}

fn way(state: &State, answer: &Answer, flip: &Flip) -> Way {
    let steps = steps(&flip.edits, &answer.gathered.policies, &answer.request);
    let mut then = explain::verdict_name(flip.decision.verdict).to_owned() + ".";
    for lifts in flip.lifts() {
        then.push(' ');
        then.push_str(lifts_words(lifts));
    }
    let attempt =
        Trying::new(state, answer).all(&flip.edits).zip(keys(&flip.edits)).map(|(trying, keys)| Event::Tried {
            label: plain(&steps).into(),
            commands: trying.commands.into(),
            keys,
            session: trying.session.map(Box::new),
        });
    Way { steps, then, attempt }
}

fn plain(steps: &[Step]) -> String {
    let words: Vec<&str> = steps.iter().map(|step| step.words.trim_end_matches('.')).collect();
    words.join("; ").replace('`', "")
}

fn steps(edits: &[Edit], policies: &Policies, request: &Request) -> Vec<Step> {
    let mut so_far = (policies.clone(), request.clone());
    let mut steps = Vec::new();
    for edit in edits {
        let json = match edit {
            Edit::Policy(edit) => {
                let printed: Vec<String> =
                    edit.change.statements().iter().map(|statement| print_statement(statement, Some("  "))).collect();
                Some(printed.join(",\n")).filter(|text| !text.is_empty())
            }
            Edit::Context { .. } | Edit::BillingAccess => None,
        };
        steps.push(Step { words: edit_words(edit, &so_far.0), json });
        so_far = apply(&so_far.0, &so_far.1, std::slice::from_ref(edit));
    }
    steps
}

/// The keys that edits set; `None` where a line of text cannot stand for a value.
fn keys(edits: &[Edit]) -> Option<Keys> {
    let keys = edits.iter().filter_map(|edit| match edit {
        Edit::Context { key, value } => {
            let text = value.as_ref().map(ContextValue::line);
            let says_all = text.as_ref().map(|text| value_of(key, text)) == *value;
            Some(says_all.then(|| (key.clone(), text)))
        }
        Edit::Policy(_) | Edit::BillingAccess => None,
    });
    keys.collect()
}

/// Edits on their way to commands.
struct Trying<'a> {
    state: &'a State,
    answer: &'a Answer,
    commands: Vec<Placed>,
    session: Option<Session>,
    /// Policies with another text so far.
    texts: Vec<Text>,
}

/// A policy with another text.
struct Text {
    /// Layer, level and position.
    at: (LayerKind, u32, u32),
    policy: PolicyRef,
    /// `None` where no statement is left.
    text: Option<Arc<str>>,
}

impl<'a> Trying<'a> {
    fn new(state: &'a State, answer: &'a Answer) -> Self {
        Self { state, answer, commands: Vec::new(), session: None, texts: Vec::new() }
    }

    /// All edits; `None` where one of them has no command.
    fn all(mut self, edits: &[Edit]) -> Option<Self> {
        for edit in edits {
            match edit {
                Edit::Context { .. } => {}
                Edit::BillingAccess => self.commands.push(Command::SetBillingAccess { active: true }.into()),
                Edit::Policy(edit) => self.edit(edit)?,
            }
        }
        Some(self)
    }

    fn edit(&mut self, edit: &PolicyEdit) -> Option<()> {
        let place = edit.place;
        let Some(position) = place.policy else { return self.begin(edit) };
        let key = (place.layer, place.level, position);
        let known =
            self.texts.iter().find(|known| known.at == key).map(|known| (known.policy.clone(), known.text.clone()));
        let (policy, before) = match known {
            Some((policy, text)) => (policy, text?),
            None => {
                let at = StatementRef { layer: place.layer, level: place.level, policy: position, statement: 0 };
                let Place { policy, text, .. } = self.answer.gathered.place(at)?;
                (policy.clone(), text.clone())
            }
        };
        let after: Arc<str> = rewrite(&before, &edit.change).into();
        let left = parse_document(&after, policy.kind(&self.state.world))
            .value
            .map_or(0, |document| document.statements.len());
        self.write(&policy, &after, left, edit)?;
        self.texts.retain(|known| known.at != key);
        self.texts.push(Text { at: key, policy, text: (left > 0).then_some(after) });
        Some(())
    }

    /// Gives a policy its new text; one without a statement is taken away where it may be.
    fn write(&mut self, policy: &PolicyRef, text: &Arc<str>, left: usize, edit: &PolicyEdit) -> Option<()> {
        let account = self.state.account();
        let owner = policy.owner(&self.state.world);
        let mut push = |command: Command| self.commands.push(Placed { account: owner.clone(), command });
        match policy {
            PolicyRef::Session { arn: None } => self.session().policy = (left > 0).then(|| text.clone()),
            PolicyRef::Inline { holder, name } if left == 0 => {
                push(Command::DeleteInlinePolicy { holder: holder.clone(), name: name.clone() });
            }
            PolicyRef::Resource { arn } if left == 0 => push(Command::DeleteResourcePolicy { arn: arn.clone() }),
            PolicyRef::Control { node, name } if left == 0 => {
                push(Command::DetachControlPolicy { target: node.clone(), name: name.clone() });
            }
            PolicyRef::Attached { holder, arn } if left == 0 => {
                push(Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() });
            }
            policy => match text_command(policy, text.clone(), &account) {
                Some(command) => push(command),
                None => return self.copy(policy, text, edit),
            },
        }
        Some(())
    }

    /// AWS's own policies cannot be changed: a copy that can be takes their place.
    fn copy(&mut self, policy: &PolicyRef, text: &Arc<str>, edit: &PolicyEdit) -> Option<()> {
        let account = self.state.account();
        let taken = |name: &String| account.policies.contains(name);
        let mut names = (1..).map(|number| match number {
            1 => format!("{}-Copy", policy.name()),
            number => format!("{}-Copy-{number}", policy.name()),
        });
        let name: Arc<str> = names.find(|name| !taken(name))?.into();
        let arn: Arc<str> = format!("arn:aws:iam::{}:policy/{name}", account.id).into();
        let create = Command::CreatePolicy { name, path: "/".into(), description: "".into(), text: text.clone() };
        match policy {
            PolicyRef::Attached { .. } if matches!(edit.change, Change::Append(_)) => return self.begin(edit),
            PolicyRef::Attached { holder, arn: old } => {
                self.commands.push(create.into());
                self.commands.push(Command::AttachPolicy { holder: holder.clone(), arn }.into());
                self.commands.push(Command::DetachPolicy { holder: holder.clone(), arn: old.clone() }.into());
            }
            PolicyRef::Boundary { holder, .. } => {
                self.commands.push(create.into());
                self.commands.push(Command::PutPermissionsBoundary { holder: holder.clone(), arn }.into());
            }
            PolicyRef::Session { arn: Some(old) } => {
                self.commands.push(create.into());
                let old = old.clone();
                let managed = &mut self.session().managed;
                managed.retain(|known| *known != old);
                managed.push(arn);
            }
            _ => return None,
        }
        Some(())
    }

    /// A policy that was not there.
    fn begin(&mut self, edit: &PolicyEdit) -> Option<()> {
        let Change::Append(statement) = &edit.change else { return None };
        let text: Arc<str> = fresh(statement).into();
        let (answer, place) = (self.answer, edit.place);
        let list = match place.layer {
            LayerKind::Identity => answer.gathered.policies.identity.as_slice(),
            _ => &[],
        };
        let name = of_new_policy(&answer.request, list);
        let command = match place.layer {
            LayerKind::Identity => {
                let holder = answer.question.principal.holder()?;
                Placed::from(Command::PutInlinePolicy { holder, policy: InlinePolicy { name, text } })
            }
            LayerKind::Resource => {
                let Resource::Arn(arn) = &answer.request.resource else { return None };
                let (account, resource) = self.state.world.resource(arn)?;
                let command = Command::PutResourcePolicy { arn: resource.arn.clone(), text };
                Placed { account: Some(account.id.clone()), command }
            }
            LayerKind::Session => {
                self.session().policy = Some(text);
                return Some(());
            }
            LayerKind::ServiceControl => {
                let target = answer.gathered.policies.service_control.get(place.level as usize)?.id.clone();
                let policy = ControlPolicy { name: name.clone(), kind: ControlKind::Service, text };
                self.commands.push(Command::CreateControlPolicy { policy }.into());
                Placed::from(Command::AttachControlPolicy { target, name })
            }
            LayerKind::ResourceControl | LayerKind::Boundary | LayerKind::Endpoint => return None,
        };
        self.commands.push(command);
        Some(())
    }

    fn session(&mut self) -> &mut Session {
        let asked = &self.state.asked.session;
        self.session.get_or_insert_with(|| asked.clone())
    }
}
