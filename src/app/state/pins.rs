//! Pinned decisions: what comes of them now, which step broke them, and their file.

use std::rc::Rc;

use super::{Event, Moment, Site, State};
use crate::analysis::{Pin, Pinned};
use crate::case;
use crate::eval::situation::{self, Memo, Question};
use crate::eval::{Policies, Principal, Request, Verdict, trace};
use crate::explain;
use crate::ident::{AccountId, Arn};
use crate::model::{Asking, PrincipalRef, Proof, Session, World};

/// What comes of a pin now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The decision; `None` while it cannot be told.
    pub verdict: Option<Verdict>,
    /// Why, in one sentence, or why it cannot be told.
    pub sentence: String,
}

/// A pin as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is asked.
    pub words: String,
    /// What is expected.
    pub expected: Verdict,
    /// What comes of it now.
    pub held: Held,
    /// The step that broke it, where it is broken and the step is remembered.
    pub broken_by: Option<Rc<str>>,
    /// What shows its reasons; `None` for a case that brings its own policies.
    pub opens: Option<Event>,
}

impl Row {
    /// Whether the decision is the expected one; `None` while it cannot be told.
    pub fn holds(&self) -> Option<bool> {
        self.held.verdict.map(|verdict| verdict == self.expected)
    }
}

/// Every pin as it is listed, in the order in which they were pinned.
pub fn rows(state: &State, memo: &Memo) -> Vec<Row> {
    state.pins.iter().map(|pin| row(state, pin, memo)).collect()
}

/// How many hold, in words.
pub fn count(rows: &[Row]) -> String {
    let of = |wanted: Option<bool>| rows.iter().filter(|row| row.holds() == wanted).count();
    match (of(Some(true)), of(Some(false)), of(None)) {
        (held, 0, 0) => format!("{held} of {} hold", rows.len()),
        (held, broken, 0) => format!("{held} of {} hold, {broken} broken", rows.len()),
        (held, broken, open) => format!("{held} of {} hold, {broken} broken, {open} cannot be told", rows.len()),
    }
}

fn row(state: &State, pin: &Pin, memo: &Memo) -> Row {
    let now = &state.asked.now;
    let held = held(pin, &state.world, &state.site, now, memo);
    let broken = held.verdict.is_some_and(|verdict| verdict != pin.expected);
    let (words, opens) = match &pin.what {
        Pinned::Question(asking) => (words(asking), Some(Event::QuestionAsked(Rc::new(asking.clone())))),
        Pinned::Case(line) => (case::parse(line).map(|case| case_words(&case)).unwrap_or_default(), None),
    };
    let broken_by = if broken && opens.is_some() { culprit(state, pin, memo) } else { None };
    Row { words, expected: pin.expected, held, broken_by, opens }
}

fn words(asking: &Asking) -> String {
    let on = match &*asking.resource {
        "*" => String::new(),
        arn => format!(" on `{arn}`"),
    };
    format!("{} may `{}`{on}", asking.principal, asking.action)
}

fn case_words(case: &case::Case) -> String {
    let note = case.note.as_deref().filter(|note| !note.is_empty());
    note.map_or_else(|| format!("Case `{}`", case.id), str::to_owned)
}

/// What comes of a pin in a world.
pub fn held(pin: &Pin, world: &World, site: &Site, now: &str, memo: &Memo) -> Held {
    let cannot = |sentence: String| Held { verdict: None, sentence };
    let found = match &pin.what {
        Pinned::Question(asking) => match question(asking, world, site, now, memo) {
            Ok(found) => found,
            Err(why) => return cannot(why),
        },
        Pinned::Case(line) => match case::parse(line).and_then(|case| case::prepare(&case)) {
            Ok(found) => found,
            Err(error) => return cannot(error.to_string()),
        },
    };
    let (policies, request) = found;
    let trace = trace(&policies, &request);
    Held { verdict: Some(trace.decision.verdict), sentence: explain::sentence(&trace, &request) }
}

fn question(
    asking: &Asking,
    world: &World,
    site: &Site,
    now: &str,
    memo: &Memo,
) -> Result<(Policies, Request), String> {
    let question = Question::of(asking, now.to_owned())?;
    let account =
        world.account(&question.account).ok_or_else(|| format!("There is no account {}.", question.account))?;
    let policies = match account.has(&question.principal) {
        true => {
            let gathered = situation::gather_with(world, &site.library, memo, &question);
            if !gathered.missing.is_empty() {
                return Err("The policies are on their way.".to_owned());
            }
            gathered.policies
        }
        false => Policies::default(),
    };
    let request = situation::request(world, &question).ok_or("There is no such account.")?;
    Ok((policies, request))
}

/// The latest remembered step after which the decision was another one than before it.
fn culprit(state: &State, pin: &Pin, memo: &Memo) -> Option<Rc<str>> {
    let holds =
        |moment: &Moment| held(pin, &moment.world, &state.site, &state.asked.now, memo).verdict == Some(pin.expected);
    let mut after: Option<&Moment> = None;
    for (label, before) in state.history.steps().rev() {
        let same =
            after.map_or(Rc::ptr_eq(&before.world, &state.world), |after| Rc::ptr_eq(&before.world, &after.world));
        if !same && holds(before) {
            return Some(label.clone());
        }
        after = Some(before);
    }
    None
}

/// The pins as a file of cases: one line each.
pub fn write(state: &State) -> String {
    let memo = Memo::default();
    let mut lines = String::new();
    for (pin, number) in state.pins.iter().zip(1..) {
        let line = match &pin.what {
            Pinned::Case(line) => line.to_string(),
            Pinned::Question(asking) => {
                let Ok((policies, request)) = question(asking, &state.world, &state.site, &state.asked.now, &memo)
                else {
                    continue;
                };
                let note = words(asking).replace('`', "");
                case::line(&format!("pin-{number}"), &note, &policies, &request, pin.expected)
            }
        };
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

/// The pins of a file. A line that this playground wrote about a world, or that brings no policies, asks about the present
/// world; other lines keep their own policies. The error names the first line that is no case.
pub fn read(text: &str, world: &World, now: &str) -> Result<Vec<Pin>, String> {
    let mut pins = Vec::new();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let wrong = |what: String| format!("Line {number} of the file is no case: {what}. Nothing was read.");
        let case = case::parse(line).map_err(|error| wrong(error.to_string()))?;
        let (_, request) = case::prepare(&case).map_err(|error| wrong(error.to_string()))?;
        let expected = case.expected().ok_or_else(|| {
            wrong("`expect.decision` must be `Allowed`, `ExplicitlyDenied` or `ImplicitlyDenied`".to_owned())
        })?;
        let of_world = case.is_bare() || case.tags.iter().any(|tag| tag == case::OF_WORLD);
        let asking = of_world.then(|| asking(&request, world, now)).flatten();
        let what = asking.map_or_else(|| Pinned::Case(line.into()), Pinned::Question);
        pins.push(Pin { what, expected });
    }
    match pins.is_empty() {
        true => Err("The file holds no case. A file of cases has one JSON object a line.".to_owned()),
        false => Ok(pins),
    }
}

/// The question about the present world that gives a request, where its caller is there.
fn asking(request: &Request, world: &World, now: &str) -> Option<Asking> {
    let (account, principal, session) = caller(request, world)?;
    world.account(&account).filter(|account| account.has(&principal))?;
    let proofs: &[Proof] = match principal {
        PrincipalRef::User(_) | PrincipalRef::Root if session.proof.is_none() => &Proof::ALL,
        _ => &[Proof::Keys],
    };
    let of = |proof: Proof| {
        let session = Session { proof: session.proof.or((proof != Proof::Keys).then_some(proof)), ..session.clone() };
        let plain = Asking {
            account: account.clone(),
            principal: principal.clone(),
            session,
            action: request.action.as_str().into(),
            resource: request.resource_text().into(),
            changes: Default::default(),
        };
        let entries = situation::context(world, &Question::of(&plain, now.to_owned()).ok()?);
        let mut changes = std::collections::BTreeMap::new();
        for entry in &entries {
            let wanted = request.context.get(&entry.key);
            // The time of asking is always now.
            if wanted != entry.value.as_ref()
                && !entry.key.eq_ignore_ascii_case("aws:CurrentTime")
                && !entry.key.eq_ignore_ascii_case("aws:EpochTime")
            {
                changes.insert(entry.key.clone(), wanted.map(text));
            }
        }
        for (key, value) in request.context.iter() {
            if !entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key)) {
                changes.insert(key.to_owned(), Some(text(value)));
            }
        }
        Some(Asking { changes, ..plain })
    };
    proofs.iter().filter_map(|proof| of(*proof)).min_by_key(|asking| asking.changes.len())
}

fn text(value: &crate::eval::ContextValue) -> String {
    match value {
        crate::eval::ContextValue::One(text) => text.clone(),
        crate::eval::ContextValue::Many(texts) => texts.join(", "),
    }
}

fn caller(request: &Request, world: &World) -> Option<(AccountId, PrincipalRef, Session)> {
    let last = |arn: &str| arn.rsplit('/').next().unwrap_or_default().into();
    let owner = || request.resource_account.clone().or_else(|| world.accounts.keys().next().cloned());
    let plain = |account: AccountId, principal| Some((account, principal, Session::default()));
    match &request.principal {
        Principal::Root { account } => plain(account.clone(), PrincipalRef::Root),
        Principal::User { arn, account } => plain(account.clone(), PrincipalRef::User(last(arn))),
        Principal::Role { arn, account } => plain(account.clone(), PrincipalRef::Role(last(arn))),
        Principal::RoleSession { arn, role, account } => {
            let (in_arn, name) = Arn::parse(arn)?.after_type("assumed-role")?.split_once('/')?;
            let role = role.as_deref().map_or_else(|| in_arn.into(), last);
            let name = Some(name).filter(|name| *name != situation::SESSION).map(Into::into);
            Some((account.clone(), PrincipalRef::Role(role), Session { name, ..Session::default() }))
        }
        Principal::FederatedUser { arn, user, account } => {
            let name = Some(last(arn)).filter(|name| **name != *situation::SESSION);
            let session = Session { proof: Some(Proof::Federation), name, ..Session::default() };
            Some((account.clone(), PrincipalRef::User(last(user.as_deref()?)), session))
        }
        Principal::Federated { provider } => plain(owner()?, PrincipalRef::Federated(provider.clone())),
        Principal::Service { name } => plain(owner()?, PrincipalRef::Service(name.clone())),
        Principal::Anonymous => plain(owner()?, PrincipalRef::Anonymous),
    }
}
