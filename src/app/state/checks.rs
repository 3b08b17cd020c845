//! What the checks find in the account, and each finding as it is listed: what it is about, where that can be seen, and what
//! mends it. Every link is an [`Event`].

use std::rc::Rc;
use std::sync::Arc;

use super::{DataFile, Event, PolicyText, Selection, Site, State};
use crate::analysis::account::{Certainty, Detail, Edge, Finding, Place, Subject, check_with, proof, words};
use crate::eval::situation::Memo;
use crate::ident::AccountId;
use crate::model::{Account, Asking, Holder, PolicyRef, PrincipalRef, Time, World};
use crate::policy::parse_document;
use crate::text::Severity;

/// The findings about an account.
#[derive(Clone, Debug)]
pub struct Checks {
    /// The world that was checked.
    pub world: Rc<World>,
    /// Which of its accounts.
    pub account: Arc<Account>,
    /// Everything that was found, gravest first.
    pub findings: Vec<Finding>,
    /// AWS managed policies whose texts were not at hand: what they allow is not in the findings.
    pub missing: Vec<Missing>,
}

/// An AWS managed policy without a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: WhyMissing,
}

/// Why the text of an AWS managed policy is not at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyMissing {
    /// It is on its way.
    Awaited,
    /// The file did not come.
    Failed(DataFile),
    /// The list of AWS's policies does not have it.
    Unknown,
}

/// Worlds with more users and roles than this are checked only when they have stood for a while.
pub const MANY: usize = 40;

/// Worlds with more than this are checked only when somebody asks: the page waits meanwhile.
pub const HUGE: usize = 150;

/// How many users and roles there are.
pub fn size(world: &World) -> usize {
    world.accounts.values().map(|account| account.users.len() + account.roles.len()).sum()
}

/// Whether the checks wait until somebody asks for them.
pub fn asks_first(state: &State) -> bool {
    size(&state.world) > HUGE && !state.view.checks_wanted
}

/// The severities, gravest first.
pub const SEVERITIES: [Severity; 3] = [Severity::Security, Severity::Warning, Severity::Suggestion];

/// Checks an account of a world.
pub fn checks(world: &Rc<World>, site: &Site, account: &AccountId, now: Time, memo: &Memo) -> Option<Checks> {
    let account = world.accounts.get(account)?.clone();
    Some(Checks {
        findings: check_with(world, &account.id, &site.library, now, memo),
        missing: missing(world, site),
        world: world.clone(),
        account,
    })
}

/// AWS managed policies that hang in the world and whose texts are not at hand.
pub fn missing(world: &World, site: &Site) -> Vec<Missing> {
    let accounts = world.accounts.values();
    let attached = accounts.flat_map(|account| account.attached_arns().into_iter().map(move |arn| (account, arn)));
    let mut missing: Vec<Missing> = Vec::new();
    for (account, arn) in attached {
        let name = last_part(arn);
        let known = site.library.contains(arn) || account.policy(arn).is_some();
        if !known && !missing.iter().any(|missing| missing.name == name) {
            missing.push(Missing { name: name.to_owned(), why: why_missing(site, arn) });
        }
    }
    missing
}

fn why_missing(site: &Site, arn: &str) -> WhyMissing {
    if site.failure(DataFile::ManagedIndex).is_some() {
        return WhyMissing::Failed(DataFile::ManagedIndex);
    }
    match site.shard_of(arn).map(DataFile::ManagedShard) {
        Some(file) if site.failure(file).is_some() => WhyMissing::Failed(file),
        None if site.index.ready().is_some() => WhyMissing::Unknown,
        Some(_) | None => WhyMissing::Awaited,
    }
}

impl Checks {
    /// The findings of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.severity == severity)
    }

    /// How many there are of each severity, such as `3 high, 2 medium`.
    pub fn count(&self) -> String {
        let of = |severity| (self.of(severity).count(), words::severity(severity));
        let counts = SEVERITIES.map(of).into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = counts.map(|(count, word)| format!("{count} {word}")).collect();
        match words.is_empty() {
            true => "nothing found".to_owned(),
            false => words.join(", "),
        }
    }

    /// A finding as it is listed.
    pub fn row(&self, finding: &Finding, site: &Site) -> Row {
        let hops = match &finding.detail {
            Detail::Path(edges) => edges.iter().map(|edge| self.hop(edge, site)).collect(),
            Detail::None | Detail::Name(_) => Vec::new(),
        };
        // The hops have the places already.
        let places = if hops.is_empty() { finding.because.as_slice() } else { &[] };
        Row {
            about: self.about(&finding.subject),
            sentence: words::sentence(finding),
            evidence: self.evidence(places, site),
            hops,
            fix: fix(finding),
            why_no_fix: words::why_no_fix(finding),
        }
    }

    fn about(&self, subject: &Subject) -> Link {
        let words = words::unquoted(subject);
        let (label, event) = match opens(subject, &self.account) {
            Some((does, event)) => (format!("{does} {words}"), Some(event)),
            None => (words.clone(), None),
        };
        Link { words, label, event }
    }

    fn hop(&self, edge: &Edge, site: &Site) -> Hop {
        let who = words::unquoted(&Subject::from(&edge.from));
        let asks = proof(&self.account, edge).map(|proof| {
            let keys = proof.keys.iter().map(|(key, value)| ((*key).to_owned(), Some((*value).to_owned())));
            asks(Asking {
                account: self.account.id.clone(),
                principal: edge.from.clone(),
                session: Default::default(),
                action: proof.action.into(),
                resource: proof.resource.into(),
                changes: keys.collect(),
            })
        });
        Hop {
            words: format!("{who} {}", words::step(edge)),
            when: match edge.certainty {
                Certainty::Plain => None,
                Certainty::WithMfa => Some("after signing in with MFA"),
                Certainty::Conditional => Some("where its conditions on the request hold"),
            },
            evidence: self.evidence(&edge.because, site).into_iter().chain(asks).collect(),
        }
    }

    fn evidence(&self, places: &[Place], site: &Site) -> Vec<Link> {
        places.iter().filter_map(|place| self.place(place, site)).collect()
    }

    /// A statement is shown selected, a policy is shown.
    fn place(&self, place: &Place, site: &Site) -> Option<Link> {
        let (policy, statement) = match place {
            Place::Statement { policy, statement } => (policy, Some(*statement)),
            Place::Policy(policy) => (policy, None),
            Place::Field { .. } => return None,
        };
        let name = policy.name();
        let text = PolicyText::of(policy, &self.world, &self.account, &site.library);
        let span = statement.and_then(|number| {
            let PolicyText::Known(text) = &text else { return None };
            let document = parse_document(text, policy.kind(&self.world)).value?;
            document.statements.iter().find(|statement| statement.index == number).map(|statement| statement.span)
        });
        let (words, event) = match (statement, span) {
            (Some(number), Some(span)) => (
                format!("statement {} of {name}", number.saturating_add(1)),
                Event::Selected(Selection { policy: policy.clone(), span }),
            ),
            _ if text == PolicyText::Gone => return None,
            _ => (name.to_string(), Event::PolicyShown(policy.clone())),
        };
        Some(Link { label: format!("Show {words}"), words, event: Some(event) })
    }
}

/// A finding as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub about: Link,
    /// What is so, why it matters, what to do.
    pub sentence: String,
    /// Where it can be seen.
    pub evidence: Vec<Link>,
    /// The steps of an escalation.
    pub hops: Vec<Hop>,
    /// What mends it.
    pub fix: Option<Link>,
    /// Why nothing does at a press.
    pub why_no_fix: Option<&'static str>,
}

/// Words that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub words: String,
    /// What pressing it does, for those who hear it alone.
    pub label: String,
    /// Where it leads; `None` where there is nothing to show.
    pub event: Option<Event>,
}

/// A step of an escalation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Who does what.
    pub words: String,
    /// Under which assumption.
    pub when: Option<&'static str>,
    /// Where it can be seen.
    pub evidence: Vec<Link>,
}

fn asks(asking: Asking) -> Link {
    let who = words::unquoted(&Subject::from(&asking.principal));
    let action = &asking.action;
    let label = format!("Ask: can {who} do {action} on {}?", last_part(&asking.resource));
    Link { words: format!("ask {action}"), label, event: Some(Event::QuestionAsked(Rc::new(asking))) }
}

fn fix(finding: &Finding) -> Option<Link> {
    let words = words::fix(finding)?;
    let commands: Arc<[_]> = finding.fix.clone().into();
    let event = Event::ChangedTogether { label: words.as_str().into(), commands, stay: false };
    Some(Link { label: words.clone(), words, event: Some(event) })
}

/// What shows an object of an account, and the verb for it; `None` where nothing does.
pub fn opens(subject: &Subject, account: &Account) -> Option<(&'static str, Event)> {
    let asks = |principal| Some(("Ask about", Event::PrincipalChosen(principal)));
    let shows = |policy| Some(("Show", Event::PolicyShown(policy)));
    match subject {
        Subject::Account => None,
        Subject::Root => asks(PrincipalRef::Root),
        Subject::User(name) => asks(PrincipalRef::User(name.clone())),
        Subject::Role(name) => asks(PrincipalRef::Role(name.clone())),
        Subject::Group(_) => Some(("Show", Event::Revealed(subject.clone()))),
        Subject::Policy(name) => {
            let arn = account.policies.get(name).map(|policy| account.policy_arn(policy))?;
            match hanging(account, &arn) {
                Some(policy) => shows(policy),
                None => Some(("Show", Event::Revealed(subject.clone()))),
            }
        }
        // Providers are seen where they are trusted.
        Subject::Provider(name) => {
            let role = account.roles.iter().find(|role| role.trust.contains(&**name))?;
            shows(PolicyRef::Trust { role: account.arn("role", &role.path, &role.name).into() })
        }
        Subject::Resource(arn) => match account.resources.get(arn)?.policy.is_some() {
            true => shows(PolicyRef::Resource { arn: arn.clone() }),
            false => Some(("Ask about", Event::ResourceTyped(arn.to_string()))),
        },
    }
}

/// The first place where a managed policy hangs.
pub fn hanging(account: &Account, arn: &str) -> Option<PolicyRef> {
    account.holders().into_iter().find_map(|holder| {
        let attached = account.permissions(&holder)?.attached.iter().find(|known| ***known == *arn).cloned();
        let boundary = || account.boundary_of(&holder).filter(|known| ***known == *arn).cloned();
        match attached {
            Some(arn) => Some(PolicyRef::Attached { holder, arn }),
            None => boundary().map(|arn| PolicyRef::Boundary { holder: Holder::clone(&holder), arn }),
        }
    })
}

fn last_part(arn: &str) -> &str {
    arn.rsplit(['/', ':']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
