//! Matching callers against Principal and NotPrincipal, and how much a match grants (EVAL-55…69, EVAL-125…128).

use crate::eval::layer::Situation;
use crate::eval::trace::{ElementRecord, EntryOutcome};
use crate::eval::{Context, Principal, Request};
use crate::ident::Arn;
use crate::policy::{PolicyKind, PrincipalElement, PrincipalEntry};

/// What an Allow of a resource policy does for the caller, from nothing to everything; the strongest counts (EVAL-66).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum GrantClass {
    /// It delegates to the account: the caller's own policies still have to allow (EVAL-60a).
    Account,
    /// It names the role, or the user behind a federated session: boundary and session policy still limit (EVAL-56, EVAL-59).
    Role,
    /// It names the caller itself, or everyone (EVAL-55, EVAL-57, EVAL-58, EVAL-61).
    Direct,
}

/// Principal or NotPrincipal.
#[derive(Debug)]
pub(crate) struct CompiledPrincipal {
    negated: bool,
    /// Whether this is of a trust policy.
    is_trust: bool,
    entries: Box<[PrincipalEntry]>,
}

impl CompiledPrincipal {
    pub fn new(source: &PrincipalElement, kind: PolicyKind) -> Self {
        let entries = source.entries.iter().map(|entry| entry.value.clone()).collect();
        Self { negated: source.negated, is_trust: kind == PolicyKind::Trust, entries }
    }

    /// How strongly the element admits the caller; `None` when it does not.
    pub fn class(&self, allows: bool, situation: &Situation<'_>) -> Option<GrantClass> {
        if self.negated {
            // EVAL-125: NotPrincipal grants nothing.
            return (!allows && !self.exempts(situation)).then_some(GrantClass::Direct);
        }
        let request = situation.request;
        // EVAL-83.
        if allows && request.crosses_partitions() {
            return None;
        }
        // EVAL-95: whoever comes to a role with a token or an assertion must be named by the provider.
        let by_provider = self.is_trust && allows && matches!(request.principal, Principal::Federated { .. });
        let admits = |entry: &&PrincipalEntry| !by_provider || **entry != PrincipalEntry::Everyone;
        self.entries.iter().filter(admits).filter_map(|entry| entry_class(entry, request)).max()
    }

    /// EVAL-127: to be exempt a caller must be listed with everything it is made of; EVAL-128: one with a boundary never is.
    fn exempts(&self, situation: &Situation<'_>) -> bool {
        let request = situation.request;
        let listed = |class: GrantClass| self.entries.iter().any(|entry| entry_class(entry, request) == Some(class));
        match &request.principal {
            _ if situation.has_boundary => false,
            _ if self.entries.contains(&PrincipalEntry::Everyone) => true,
            Principal::User { .. } | Principal::FederatedUser { .. } => {
                listed(GrantClass::Direct) && listed(GrantClass::Account)
            }
            Principal::Role { .. } => listed(GrantClass::Role) && listed(GrantClass::Account),
            Principal::RoleSession { .. } => {
                listed(GrantClass::Direct) && listed(GrantClass::Role) && listed(GrantClass::Account)
            }
            Principal::Root { .. } => listed(GrantClass::Account),
            Principal::Federated { .. } | Principal::Service { .. } | Principal::Anonymous => {
                listed(GrantClass::Direct)
            }
        }
    }

    /// What came of every entry.
    pub fn record(&self, matched: bool, situation: &Situation<'_>) -> ElementRecord {
        let outcome = |entry| match entry_class(entry, situation.request) {
            _ if is_malformed(entry) => EntryOutcome::Malformed,
            Some(_) => EntryOutcome::Matches,
            None => EntryOutcome::OtherPrincipal,
        };
        ElementRecord { matched, outcomes: self.entries.iter().map(outcome).collect() }
    }
}

/// A wildcard in part of a name stands for nobody (EVAL-68, POL-51).
fn is_malformed(entry: &PrincipalEntry) -> bool {
    *entry != PrincipalEntry::Everyone && (entry.text().is_empty() || entry.text().contains(['*', '?']))
}

fn entry_class(entry: &PrincipalEntry, request: &Request) -> Option<GrantClass> {
    let direct = |same: bool| same.then_some(GrantClass::Direct);
    match (entry, &request.principal) {
        _ if is_malformed(entry) => None,
        (PrincipalEntry::Everyone, _) => Some(GrantClass::Direct),
        (PrincipalEntry::Aws(text), _) => aws_class(text, request),
        (PrincipalEntry::Service(text), Principal::Service { name }) => direct(**text == **name),
        (PrincipalEntry::Federated(text), Principal::Federated { provider }) => direct(**text == **provider),
        _ => None,
    }
}

/// An entry under `AWS`: account, ARN or unique id (POL-41…46).
fn aws_class(text: &str, request: &Request) -> Option<GrantClass> {
    let (caller, context) = (&request.principal, &request.context);
    let account = caller.account()?;
    // POL-70: the partition of the account.
    let in_partition = |arn: &Arn<'_>| request.caller_arn().is_none_or(|caller| caller.partition == arn.partition);
    let named_account = match Arn::parse(text) {
        Some(arn) if arn.service == "iam" && arn.resource == "root" && in_partition(&arn) => Some(arn.account),
        Some(_) => None,
        None => Some(text),
    };
    if named_account == Some(account.as_str()) {
        return Some(GrantClass::Account);
    }
    let (names_caller, names_role) = match caller {
        Principal::User { arn, .. } => (**arn == *text, false),
        Principal::Role { .. } => (false, caller.is_or_is_session_of(text)),
        Principal::RoleSession { arn, .. } => (**arn == *text, caller.is_or_is_session_of(text)),
        Principal::FederatedUser { arn, user, .. } => (**arn == *text, user.as_deref() == Some(text)),
        Principal::Root { .. } | Principal::Federated { .. } | Principal::Service { .. } | Principal::Anonymous => {
            (false, false)
        }
    };
    if names_caller || (matches!(caller, Principal::User { .. }) && unique_id(context) == Some(text)) {
        return Some(GrantClass::Direct);
    }
    let id_of_role =
        matches!(caller, Principal::Role { .. } | Principal::RoleSession { .. }) && unique_id(context) == Some(text);
    (names_role || id_of_role).then_some(GrantClass::Role)
}

/// The unique id of the user or role, which `aws:userid` starts with (KEY-70).
fn unique_id(context: &Context) -> Option<&str> {
    context.text("aws:userid")?.split(':').next()
}
