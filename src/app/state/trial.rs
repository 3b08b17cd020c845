//! Changes that are tried: made like all others, and kept or dropped together.

use std::rc::Rc;
use std::sync::Arc;

use super::{Answer, Asked, Moment, Outcome, State, answer, text_command};
use crate::analysis::flip::{Change, rewrite};
use crate::app::ByPtr;
use crate::eval::Verdict;
use crate::eval::situation::{self, Gathered, Memo, Part, Place, Question};
use crate::eval::trace::GateKind;
use crate::explain;
use crate::model::{Account, Command, PolicyRef, Session};
use crate::policy::{PolicyKind, parse_document};

/// What was before anything was tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The world and the question.
    pub base: Moment,
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
    /// The question as it is now, without what was tried of it.
    fn question(&self, now: &Asked) -> Asked {
        let base = &self.base.asked;
        let mut asked = now.clone();
        asked.off.clone_from(&base.off);
        if asked.principal == base.principal {
            asked.session.clone_from(&base.session);
            asked.changes.clone_from(&base.changes);
        }
        asked
    }

    /// What came of it so far.
    pub fn tried(&self, state: &State, memo: &Memo) -> Tried {
        let answered = |moment: &Moment, asked: &Asked| answer(&moment.world, &state.site, asked, memo);
        let base = answered(&self.base, &self.question(&state.asked));
        let steps: Vec<_> = state.history.steps().collect();
        let first = steps.iter().rposition(|(_, before)| before.is(&self.base)).unwrap_or(steps.len());
        let since = steps.get(first..).unwrap_or_default();
        let now = state.moment();
        let after = since.iter().skip(1).map(|(_, before)| *before).chain(std::iter::once(&now));
        let verdict = |outcome: &Outcome| outcome.answer().map(|answer| answer.verdict());
        let mut verdicts: Vec<Option<Verdict>> = vec![verdict(&base)];
        for moment in after.take(since.len()) {
            let mut asked = Asked::clone(&state.asked);
            asked.off.clone_from(&moment.asked.off);
            if asked.principal == moment.asked.principal {
                asked.session.clone_from(&moment.asked.session);
                asked.changes.clone_from(&moment.asked.changes);
            }
            verdicts.push(verdict(&answered(moment, &asked)));
        }
        let turn = verdicts.windows(2).rposition(|pair| matches!(pair, [before, after] if before != after));
        let steps = since.iter().enumerate().map(|(at, (label, _))| ((*label).clone(), turn == Some(at))).collect();
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
pub fn keeping(asked: &Asked, all: &Gathered, account: &Account) -> Result<(Vec<Command>, Session), String> {
    let mut commands = Vec::new();
    let mut session = asked.session.clone();
    let gone = |place: &Place| {
        asked.off.contains(&Part::Layer(place.layer)) || asked.off.contains(&Part::Policy(place.policy.clone()))
    };
    for place in all.places() {
        let off = |at: u32| asked.off.contains(&Part::Statement(place.policy.clone(), at));
        if gone(place) {
            remove(&place.policy, &mut commands, &mut session)?;
        } else if let Some(text) = without_statements(&place.text, place.kind(), off) {
            match (text, &place.policy) {
                (Text::Nothing, policy) => remove(policy, &mut commands, &mut session)?,
                (Text::Left(text), PolicyRef::Session { arn: None }) => session.policy = Some(text),
                (Text::Left(text), policy) => commands.push(text_command(policy, text, account).ok_or_else(|| {
                    format!("`{}` is AWS's own and cannot be changed. Switch its statement on again, or attach a policy of yours in its place.", policy.name())
                })?),
            }
        }
    }
    Ok((commands, session))
}

enum Text {
    /// No statement is left.
    Nothing,
    Left(Arc<str>),
}

/// The text of a policy without some of its statements; `None` where it has none of them.
fn without_statements(text: &str, kind: PolicyKind, off: impl Fn(u32) -> bool) -> Option<Text> {
    let statements = parse_document(text, kind).value?.statements;
    let gone: Vec<u32> = statements.iter().map(|statement| statement.index).filter(|at| off(*at)).collect();
    if gone.is_empty() || gone.len() == statements.len() {
        return (!gone.is_empty()).then_some(Text::Nothing);
    }
    // From the last to the first, so that positions stay.
    let left = gone
        .iter()
        .rev()
        .fold(text.to_owned(), |text, index| rewrite(&text, &Change::Replace { index: *index, with: Vec::new() }));
    Some(Text::Left(left.into()))
}

fn remove(policy: &PolicyRef, commands: &mut Vec<Command>, session: &mut Session) -> Result<(), String> {
    commands.push(match policy.clone() {
        PolicyRef::Inline { holder, name } => Command::DeleteInlinePolicy { holder, name },
        PolicyRef::Attached { holder, arn } => Command::DetachPolicy { holder, arn },
        PolicyRef::Boundary { holder, .. } => Command::DeletePermissionsBoundary { holder },
        PolicyRef::Resource { arn } => Command::DeleteResourcePolicy { arn },
        PolicyRef::Control { node, name } => Command::DetachControlPolicy { target: node, name },
        PolicyRef::Trust { role } => {
            return Err(format!("A role cannot be without a trust policy, so that of `{role}` cannot be kept switched off. Switch it on again, or delete the role."));
        }
        PolicyRef::Session { arn: None } => {
            session.policy = None;
            return Ok(());
        }
        PolicyRef::Session { arn: Some(arn) } => {
            session.managed.retain(|known| *known != arn);
            return Ok(());
        }
    });
    Ok(())
}
