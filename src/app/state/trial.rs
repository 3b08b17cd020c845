//! Changes that are tried: made like all others, and kept or dropped together.

use std::rc::Rc;

use super::{Answer, Asked, History, Moment, Placed, State, answer, text_command, verdict};
use crate::analysis::flip::{Change, rewrite};
use crate::app::ByPtr;
use crate::eval::Verdict;
use crate::eval::situation::{self, Gathered, Memo, Part, Question};
use crate::eval::trace::GateKind;
use crate::explain;
use crate::model::{Account, Command, PolicyRef, Session, World};
use crate::policy::parse_document;

/// What was before anything was tried. While something is, the state's history has its steps alone.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The world and the question.
    pub base: Moment,
    /// The steps before.
    pub history: ByPtr<History>,
}

/// What came of trying.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The answer without all that is tried, to the question as it is now.
    pub base: Option<ByPtr<Answer>>,
    /// What was tried, in order, each with whether the verdict turned there for the last time.
    pub steps: Vec<(Rc<str>, bool)>,
    /// What can be switched off and on: kinds of policy, their policies, their statements.
    pub parts: Vec<PartRow>,
}

/// Something that can be switched off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// What.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// Whether it is off.
    pub off: bool,
    /// What it holds.
    pub inside: Vec<PartRow>,
}

impl Trial {
    /// The question as it is now, with what was brought to it and set in it at another moment.
    fn question(now: &Asked, then: &Asked) -> Asked {
        let mut asked = now.clone();
        asked.off.clone_from(&then.off);
        if (&asked.account, &asked.principal) == (&then.account, &then.principal) {
            asked.session.clone_from(&then.session);
            asked.changes.clone_from(&then.changes);
        }
        asked
    }

    /// What came of it so far.
    pub fn tried(&self, state: &State, memo: &Memo) -> Tried {
        let at = |moment: &Moment| Self::question(&state.asked, &moment.asked);
        let base = answer(&self.base.world, &state.site, &at(&self.base), memo);
        let now = state.moment();
        let steps: Vec<_> = state.history.steps().collect();
        let after = steps.iter().skip(1).map(|(_, before)| *before).chain(std::iter::once(&now));
        let verdicts = after.take(steps.len()).map(|moment| verdict(&moment.world, &state.site, &at(moment), memo));
        let verdicts: Vec<Option<Verdict>> =
            std::iter::once(base.answer().map(|answer| answer.verdict())).chain(verdicts).collect();
        let turn = verdicts.windows(2).rposition(|pair| matches!(pair, [before, after] if before != after));
        let steps = steps.iter().enumerate().map(|(at, (label, _))| ((*label).clone(), turn == Some(at))).collect();
        Tried { base: base.answer().cloned(), steps, parts: parts(state, memo) }
    }
}

/// The parts that bear on the question, also those that are off.
fn parts(state: &State, memo: &Memo) -> Vec<PartRow> {
    let question = Question { off: Default::default(), ..state.asked.question() };
    let all = situation::gather_with(&state.world, &state.site.library, memo, &question);
    let Some(request) = situation::request(&state.world, &question) else { return Vec::new() };
    let row = |part: Part, name: String, inside| PartRow { off: state.asked.off.contains(&part), part, name, inside };
    let mut layers: Vec<PartRow> = Vec::new();
    for place in all.places() {
        let statements = parse_document(&place.text, place.kind()).value.map(|document| document.statements);
        let statements = statements.unwrap_or_default();
        let inside = match statements.as_slice() {
            [_] => Vec::new(),
            several => several
                .iter()
                .map(|one| {
                    row(Part::Statement(place.policy.clone(), one.index), explain::statement_title(one), Vec::new())
                })
                .collect(),
        };
        let policy = row(Part::Policy(place.policy.clone()), format!("`{}`", place.policy.name()), inside);
        let layer = Part::Layer(place.layer);
        match layers.iter_mut().find(|known| known.part == layer) {
            Some(known) => known.inside.push(policy),
            None => {
                let name = explain::gate_name(GateKind::Layer(place.layer), &request);
                layers.push(row(layer, name, vec![policy]));
            }
        }
    }
    layers
}

/// The commands that make what is switched off be so, and the session without what is switched off of it. `all` is what
/// would apply if nothing were off. The error names what cannot be kept.
pub fn keeping(
    asked: &Asked,
    all: &Gathered,
    world: &World,
    account: &Account,
) -> Result<(Vec<Placed>, Session), String> {
    let mut kept = Keeping { world, account, commands: Vec::new(), session: asked.session.clone() };
    for place in all.places() {
        let policy = &place.policy;
        if asked.off.contains(&Part::Layer(place.layer)) || asked.off.contains(&Part::Policy(policy.clone())) {
            kept.remove(policy)?;
            continue;
        }
        let document = parse_document(&place.text, place.kind()).value;
        let all = document.map(|document| document.statements).unwrap_or_default();
        let off = |index: &u32| asked.off.contains(&Part::Statement(policy.clone(), *index));
        let gone: Vec<u32> = all.iter().map(|statement| statement.index).filter(off).collect();
        match gone.len() {
            0 => {}
            count if count == all.len() => kept.remove(policy)?,
            // From the last to the first, so that positions stay.
            _ => kept.write(
                policy,
                gone.iter().rev().fold(place.text.to_string(), |text, index| {
                    rewrite(&text, &Change::Replace { index: *index, with: Vec::new() })
                }),
            )?,
        }
    }
    Ok((kept.commands, kept.session))
}

struct Keeping<'a> {
    world: &'a World,
    account: &'a Account,
    commands: Vec<Placed>,
    session: Session,
}

impl Keeping<'_> {
    fn give(&mut self, policy: &PolicyRef, command: Command) {
        let placed = Placed { account: policy.owner(self.world), command };
        // One policy may hang in several places.
        if !self.commands.contains(&placed) {
            self.commands.push(placed);
        }
    }

    fn write(&mut self, policy: &PolicyRef, text: String) -> Result<(), String> {
        if *policy == (PolicyRef::Session { arn: None }) {
            self.session.policy = Some(text.into());
            return Ok(());
        }
        let command = text_command(policy, text.into(), self.account).ok_or_else(|| {
            format!(
                "`{}` is AWS's own and cannot be changed. Switch its statement on again, or attach a policy of yours in its place.",
                policy.name()
            )
        })?;
        self.give(policy, command);
        Ok(())
    }

    fn remove(&mut self, policy: &PolicyRef) -> Result<(), String> {
        let command = match policy.clone() {
            PolicyRef::Inline { holder, name } => Command::DeleteInlinePolicy { holder, name },
            PolicyRef::Attached { holder, arn } => Command::DetachPolicy { holder, arn },
            PolicyRef::Boundary { holder, .. } => Command::DeletePermissionsBoundary { holder },
            PolicyRef::Resource { arn } => Command::DeleteResourcePolicy { arn },
            PolicyRef::Control { node, name } => Command::DetachControlPolicy { target: node, name },
            PolicyRef::Trust { role } => {
                return Err(format!(
                    "A role cannot be without a trust policy, so that of `{role}` cannot be kept switched off. Switch it on again, or delete the role."
                ));
            }
            PolicyRef::Session { arn: None } => {
                self.session.policy = None;
                return Ok(());
            }
            PolicyRef::Session { arn: Some(arn) } => {
                self.session.managed.retain(|known| *known != arn);
                return Ok(());
            }
        };
        self.give(policy, command);
        Ok(())
    }
}
