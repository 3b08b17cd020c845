//! Pinned decisions: what comes of them now, which step broke them, and their file.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::{Event, Site, State};
use crate::analysis::{Pin, Pinned};
use crate::case;
use crate::eval::situation::{self, Memo, Question, value_of};
use crate::eval::{ContextValue, Policies, Principal, Request, Verdict, decide, trace};
use crate::explain;
use crate::ident::{AccountId, Arn};
use crate::model::{Asking, PolicyRef, PrincipalRef, Proof, Session, World};

/// How many steps are looked at for the one that broke a pin.
const LOOKED_AT: usize = 200;

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
    let held = held(pin, &state.world, &state.site, &state.asked.now, memo);
    let broken = held.verdict.is_some_and(|verdict| verdict != pin.expected);
    let expected = pin.expected;
    match &pin.what {
        Pinned::Question(asking) => Row {
            words: words(asking),
            expected,
            broken_by: if broken { culprit(state, asking, expected, memo) } else { None },
            held,
            opens: Some(Event::QuestionAsked(Rc::new(asking.clone()))),
        },
        Pinned::Case(line) => {
            let words = case::parse(line).map(|case| case_words(&case)).unwrap_or_default();
            Row { words, expected, held, broken_by: None, opens: None }
        }
    }
}

fn words(asking: &Asking) -> String {
    let on = match &*asking.resource {
        "*" => String::new(),
        arn => format!(" on `{arn}`"),
    };
    let with = asking.session.proof.map(|proof| format!(", with {}", proof.words())).unwrap_or_default();
    let set = asking.changes.iter().map(|(key, value)| match value {
        Some(value) => format!("`{key}` is `{value}`"),
        None => format!("`{key}` is absent"),
    });
    let set: Vec<String> = set.collect();
    let whence = if set.is_empty() { String::new() } else { format!(", where {}", set.join(" and ")) };
    format!("{} may `{}`{on}{with}{whence}", asking.principal, asking.action)
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

/// The step that broke a pin: the latest one before which it held, among those that are looked at.
fn culprit(state: &State, asking: &Asking, expected: Verdict, memo: &Memo) -> Option<Rc<str>> {
    let mut after = &state.world;
    for (label, before) in state.history.steps().rev().take(LOOKED_AT) {
        if !Rc::ptr_eq(&before.world, after) {
            let found = question(asking, &before.world, &state.site, &state.asked.now, memo);
            if found.is_ok_and(|(policies, request)| decide(&policies, &request).verdict == expected) {
                return Some(label.clone());
            }
        }
        after = &before.world;
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
        // Session policies are known by their names alone; what cannot be passed again keeps its own.
        let policy = match case.session_policies().as_slice() {
            [] => Some(None),
            [(name, text)] if **name == *PolicyRef::Session { arn: None }.name() => Some(Some((*text).into())),
            _ => None,
        };
        let asking = policy.filter(|_| of_world).and_then(|policy| asking(&request, world, now, policy));
        let what = asking.map_or_else(|| Pinned::Case(line.into()), Pinned::Question);
        pins.push(Pin { what, expected });
    }
    match pins.is_empty() {
        true => Err("The file holds no case. A file of cases has one JSON object a line.".to_owned()),
        false => Ok(pins),
    }
}

/// The question about the present world that gives a request, where its caller is there.
fn asking(request: &Request, world: &World, now: &str, policy: Option<Arc<str>>) -> Option<Asking> {
    let (account, principal, session) = caller(request, world)?;
    let session = Session { policy, ..session };
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
        let mut changes = BTreeMap::new();
        let mut change = |key: &str, value: Option<&ContextValue>| {
            let text = value.map(ContextValue::line);
            // What a line of text cannot stand for would give another answer.
            let says_all = text.as_ref().map(|text| value_of(key, text)).as_ref() == value;
            says_all.then(|| changes.insert(key.to_owned(), text))
        };
        for entry in &entries {
            let wanted = request.context.get(&entry.key);
            let of_time = TIMES.iter().any(|time| entry.key.eq_ignore_ascii_case(time));
            if wanted != entry.value.as_ref() && !of_time {
                change(&entry.key, wanted)?;
            }
        }
        for (key, value) in request.context.iter() {
            if !entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key)) {
                change(key, Some(value))?;
            }
        }
        Some(Asking { changes, ..plain })
    };
    proofs.iter().filter_map(|proof| of(*proof)).min_by_key(|asking| asking.changes.len())
}

/// Keys that follow from when a question is asked, which is always now.
const TIMES: [&str; 3] = ["aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime"];

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
