//! Everything that follows from the state: computed once, here, and only read elsewhere.

use std::sync::Arc;

use crate::app::ByPtr;
use crate::eval::situation::{self, ContextEntry, Gathered, Memo, Place, Question};
use crate::eval::trace::GateKind;
use crate::eval::{Basis, Decision, Request, Resource, StatementRef, Trace, Verdict, decide};
use crate::explain;
use crate::model::{Asking, PolicyRef, Proof, Session, World};

use super::{Asked, DataFile, Site};

/// How far the answer has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Here it is.
    Answered(ByPtr<Answer>),
    /// Policies that count are still on their way.
    Waiting,
    /// A file with policies that count did not come.
    Failed(DataFile, String),
}

impl Outcome {
    /// The answer, if there is one.
    pub fn answer(&self) -> Option<&ByPtr<Answer>> {
        match self {
            Self::Answered(answer) => Some(answer),
            Self::Waiting | Self::Failed(..) => None,
        }
    }
}

/// An answer with its reasons.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked, about the action whose reasons are shown.
    pub question: Question,
    /// Every action that is asked about.
    pub among: Vec<One>,
    /// What AWS would see.
    pub request: Request,
    /// The keys of the request, those taken away included.
    pub context: Vec<ContextEntry>,
    /// The record of the run.
    pub trace: Trace,
    /// The policies that apply, with where they hang.
    pub gathered: Gathered,
    /// Why, in one sentence.
    pub sentence: String,
    /// What AWS would say, for a denial.
    pub aws_message: Option<String>,
}

/// One of the actions that are asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct One {
    /// The question about it alone.
    pub question: Question,
    /// What comes of it.
    pub decision: Decision,
}

impl One {
    /// The question to be kept, where `asked` is the question about all of them.
    pub fn asking(&self, asked: &Asked) -> Asking {
        let resource = match &self.question.resource {
            Resource::Arn(arn) => arn.clone(),
            Resource::None => "*".into(),
        };
        // How the caller has signed in is part of the question that was answered.
        let proof = asked.session.proof.or(self.question.session.proof.filter(|proof| *proof != Proof::Keys));
        let session = Session { proof, ..asked.session.clone() };
        Asking { action: self.question.action.as_str().into(), resource, session, ..asked.asking() }
    }
}

/// The verdict alone, of what [`answer`] shows; `None` where it has none.
pub fn verdict(world: &World, site: &Site, asked: &Asked, memo: &Memo) -> Option<Verdict> {
    let account = world.account(&asked.account)?;
    let absent = !account.has(&asked.principal);
    let mut shown = None;
    for question in asked.questions(site.actions.ready().map(|catalog| &**catalog)) {
        let gathered = match absent {
            true => Gathered::default(),
            false => situation::gather_with(world, &site.library, memo, &question),
        };
        if !gathered.missing.is_empty() {
            return None;
        }
        let verdict = decide(&gathered.policies, &situation::request(world, &question)?).verdict;
        let chosen = asked.focus.as_ref().is_some_and(|focus| question.action.is_same_as(focus));
        if chosen || (asked.focus.is_none() && verdict != Verdict::Allowed) {
            return Some(verdict);
        }
        shown = shown.or(Some(verdict));
    }
    shown
}

/// Answers the last question that made sense. Of several actions, the first that is denied shows its reasons, unless
/// another one is chosen: it is the one that AWS would name (EVAL-3).
pub fn answer(world: &World, site: &Site, asked: &Asked, memo: &Memo) -> Outcome {
    let questions = asked.questions(site.actions.ready().map(|catalog| &**catalog));
    let account = questions.first().and_then(|question| world.account(&question.account));
    let absent = account.is_some_and(|account| !account.has(&asked.principal));
    let gather = |question: &Question| match absent {
        true => Gathered::default(),
        false => situation::gather_with(world, &site.library, memo, question),
    };
    let mut among = Vec::new();
    let mut last = None;
    for question in questions {
        let gathered = gather(&question);
        if let Some(missing) = gathered.missing.first() {
            return waiting_for(site, missing);
        }
        let Some(request) = situation::request(world, &question) else { return Outcome::Waiting };
        among.push(One { decision: decide(&gathered.policies, &request), question });
        last = Some((gathered, request));
    }
    let chosen = asked.focus.as_ref().and_then(|focus| among.iter().find(|one| one.question.action.is_same_as(focus)));
    let denied = || among.iter().find(|one| one.decision.verdict != Verdict::Allowed);
    let Some(question) = chosen.or_else(denied).or(among.first()).map(|one| one.question.clone()) else {
        return Outcome::Waiting;
    };
    // Of one action all is at hand already.
    let found = match among.len() {
        1 => last,
        _ => situation::request(world, &question).map(|request| (gather(&question), request)),
    };
    let Some((gathered, request)) = found else { return Outcome::Waiting };
    let trace = crate::eval::trace(&gathered.policies, &request);
    let nobody = absent && trace.decision.verdict != Verdict::Allowed;
    let sentence = if nobody { explain::absent(&question.principal) } else { explain::sentence(&trace, &request) };
    Outcome::Answered(ByPtr::new(Answer {
        context: situation::context(world, &question),
        sentence,
        aws_message: explain::aws_message(&trace, &request).filter(|_| !nobody),
        among,
        gathered,
        question,
        request,
        trace,
    }))
}

fn waiting_for(site: &Site, arn: &Arc<str>) -> Outcome {
    let failed = |file: DataFile| site.failure(file).map(|why| Outcome::Failed(file, why.to_owned()));
    let shard = site.shard_of(arn).map(DataFile::ManagedShard);
    failed(DataFile::ManagedIndex).or_else(|| failed(shard?)).unwrap_or(Outcome::Waiting)
}

impl Answer {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.trace.decision.verdict
    }

    /// The sentence without the verdict's name in front of it.
    pub fn because(&self) -> &str {
        self.sentence.strip_prefix(explain::verdict_name(self.verdict())).unwrap_or(&self.sentence)
    }

    /// The gate where the matter was settled.
    pub fn decisive_gate(&self) -> Option<GateKind> {
        match self.trace.decision.basis {
            Basis::Statement(_) if self.verdict() == Verdict::ExplicitlyDenied => Some(GateKind::DenySweep),
            Basis::Statement(at) => Some(GateKind::Layer(at.layer)),
            Basis::NothingAllows(layer, _) => Some(GateKind::Layer(layer)),
            Basis::Rule(_) => None,
        }
    }

    /// The statement to look at first: the one that decided, or the one that came nearest.
    pub fn telling_statement(&self) -> Option<StatementRef> {
        self.trace.decisive().or_else(|| self.trace.nearest_miss())
    }

    /// The policy that a statement stands in.
    pub fn policy_of(&self, at: StatementRef) -> Option<PolicyRef> {
        self.gathered.place(at).map(|place| place.policy.clone())
    }

    /// The place of a policy among those that count, if it counts.
    pub fn place_of(&self, policy: &PolicyRef) -> Option<&Place> {
        self.gathered.places().find(|place| place.policy == *policy)
    }

    /// The policy to show when nobody chose one.
    pub fn telling_policy(&self) -> Option<PolicyRef> {
        let telling = self.telling_statement().and_then(|at| self.policy_of(at));
        telling.or_else(|| self.gathered.places().next().map(|place| place.policy.clone()))
    }

    /// Keys that statements ask for and the request lacks, with a value that the statement would take, if it names one.
    pub fn missing_keys(&self) -> Vec<(String, String)> {
        let mut keys: Vec<(String, String)> = Vec::new();
        for (.., statement) in self.trace.statements() {
            for key in statement.missing_keys() {
                if !keys.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                    keys.push((key.to_string(), super::suggest::value(statement, key)));
                }
            }
        }
        keys
    }
}

/// The word that the page marks a verdict with.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allowed => "allowed",
        Verdict::ExplicitlyDenied => "explicitly-denied",
        Verdict::ImplicitlyDenied => "implicitly-denied",
    }
}
