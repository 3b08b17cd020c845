//! Whom the trust policy of a role lets in, and which resources work with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::eval::Resource;
use crate::eval::situation::{Question, gather, request};
use crate::ident::{AccountId, ActionName, Arn};
use crate::model::{Account, PrincipalRef, Role};
use crate::policy::{Effect, PolicyKind, PrincipalEntry, Statement, parse_document};

use super::graph::{Growing, Node, Reason, Relation, Says, Sides};
use super::handshake;
use super::question::{Asked, OUTSIDE, role_arn};

/// Parties that are drawn one by one.
const MOST: usize = 4;

/// Draws whom a role lets in, left of it, and the resources that work with it.
pub(super) fn let_in(growing: &mut Growing, asked: &Asked, account: &Account, role: &Arc<str>, at: usize) {
    let Some(known) = account.roles.get(role) else { return };
    for (entry, statement) in trusted(known).iter().take(MOST) {
        let Some(node) = party(account, entry, OUTSIDE) else { continue };
        let node = growing.node(node);
        if node != at {
            growing.handshake(node, node, at, &sides(asked, account, role, entry, statement));
        }
    }
    for resource in account.resources.iter().filter(|resource| runs_as(account, resource.role.as_deref(), role)) {
        let node = growing.node(Node::resource(&resource.arn, OUTSIDE));
        growing.edge(node, at, Relation::RunsAs, None);
    }
}

/// Whether what a resource works with is this role, itself or in its instance profile.
pub(super) fn runs_as(account: &Account, arn: Option<&str>, role: &Arc<str>) -> bool {
    let profile = |arn: &str| {
        let name = Arn::parse(arn)?.after_type("instance-profile")?.rsplit('/').next()?.to_owned();
        account.instance_profiles.get(&name)?.role.clone()
    };
    arn.is_some_and(|arn| arn == &*role_arn(account, role) || profile(arn).as_ref() == Some(role))
}

/// Every principal that a trust policy allows, with the statement.
pub(super) fn trusted(role: &Role) -> Vec<(PrincipalEntry, Statement)> {
    let document = parse_document(&role.trust, PolicyKind::Trust).value;
    let statements = document.map(|document| document.statements).unwrap_or_default();
    let allows = |statement: &Statement| statement.effect.value == Effect::Allow;
    let mut found: Vec<(PrincipalEntry, Statement)> = Vec::new();
    for statement in statements.into_iter().filter(allows) {
        let element = statement.principal.as_ref().filter(|element| !element.negated);
        for entry in element.into_iter().flat_map(|element| &element.entries) {
            if !found.iter().any(|(known, _)| *known == entry.value) {
                found.push((entry.value.clone(), statement.clone()));
            }
        }
    }
    found
}

/// The node of a principal that a policy names; `column` is for those outside of the account.
pub(super) fn party(account: &Account, entry: &PrincipalEntry, column: u8) -> Option<Node> {
    let text = entry.text();
    Some(match entry {
        PrincipalEntry::Service(_) => Node::outside(text, "AWS service", column),
        PrincipalEntry::Federated(_) => {
            Node::outside(text.rsplit('/').next().unwrap_or(text), "identity provider", column)
        }
        PrincipalEntry::Everyone => Node::outside("everyone", "any caller", column),
        PrincipalEntry::CanonicalUser(_) => return None,
        PrincipalEntry::Aws(_) => match identity(account, text) {
            Some(principal) => Node::principal(&principal, column),
            None => Node::outside(whose(text), whose_note(account, text), column),
        },
    })
}

/// The user or role of the account that an ARN names.
fn identity(account: &Account, arn: &str) -> Option<PrincipalRef> {
    let named = Arn::parse(arn).filter(|arn| arn.service == "iam" && arn.account == account.id.as_str())?;
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().into();
    let user = named.after_type("user").map(last).map(PrincipalRef::User);
    let found = user.or_else(|| named.after_type("role").map(last).map(PrincipalRef::Role))?;
    (account.has(&found) && account.arn_of(&found) == arn).then_some(found)
}

fn account_of(text: &str) -> Option<AccountId> {
    let id = Arn::parse(text).filter(|arn| arn.resource == "root").map_or(text, |arn| arn.account);
    AccountId::parse(id).ok()
}

fn whose(text: &str) -> &str {
    match Arn::parse(text) {
        Some(arn) if arn.resource == "root" => arn.account,
        _ => text,
    }
}

fn whose_note(account: &Account, text: &str) -> &'static str {
    match account_of(text) {
        Some(id) if id == account.id => "this whole account",
        Some(_) => "another account",
        None => "someone elsewhere",
    }
}

fn sides(asked: &Asked, account: &Account, role: &Arc<str>, entry: &PrincipalEntry, statement: &Statement) -> Sides {
    let trust = match statement.conditions.is_empty() {
        true => (Some(Says::Allow), Reason::Allowed),
        false => (Some(Says::Allow), Reason::Conditional),
    };
    let permission = match entry {
        PrincipalEntry::Aws(arn) => match identity(account, arn) {
            Some(principal) => return asked_for(asked, account, role, principal),
            None => (None, Reason::EachItsOwn),
        },
        PrincipalEntry::Everyone => (None, Reason::EachItsOwn),
        _ => (None, Reason::NoPolicies),
    };
    Sides { relation: Relation::MayAssume, permission, trust }
}

/// Both sides for an identity of the account: the evaluator is asked.
fn asked_for(asked: &Asked, account: &Account, role: &Arc<str>, principal: PrincipalRef) -> Sides {
    let nothing = || (Some(Says::Silent), Reason::NothingAllows);
    let silent = || Sides { relation: Relation::MayAssume, permission: nothing(), trust: nothing() };
    let Ok(action) = ActionName::parse("sts:AssumeRole") else { return silent() };
    let question = Question {
        account: account.id.clone(),
        principal,
        action,
        resource: Resource::Arn(role_arn(account, role)),
        changes: BTreeMap::new(),
        now: asked.question.now.clone(),
        session: Default::default(),
        off: Default::default(),
    };
    let gathered = gather(asked.world, asked.library, &question);
    let Some(request) = request(asked.world, &question) else { return silent() };
    let trace = crate::eval::trace(&gathered.policies, &request);
    let inner = Asked { question: &question, request: &request, gathered: &gathered, trace: &trace, ..*asked };
    handshake::sides(&inner)
}
