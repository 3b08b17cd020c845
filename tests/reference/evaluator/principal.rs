//! The Principal and NotPrincipal elements (POL-40 to POL-51, EVAL-55 to EVAL-68, EVAL-125 to EVAL-128).

use serde_json::Value;

use super::fault::Fault;
use super::glob::{chars, fits, usual};
use super::question::{Caller, Found, Question, many, text};

/// How directly a statement names the caller (EVAL-55 to EVAL-63).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Not at all.
    None,
    /// By the account, which leaves it to the account's administrators.
    Account,
    /// By the role of a session, or the user of a federated session.
    Role,
    /// By itself, or with everyone.
    Direct,
}

/// How directly a Principal element names the caller; its entries are alternatives (POL-50).
pub fn class(question: &Question, element: &Value) -> Class {
    entries(element).map(|(kind, entry)| class_of_entry(question, kind, entry)).max().unwrap_or(Class::None)
}

/// All entries, each with the kind it stands under; a lone `*` is everyone (POL-40, POL-200).
fn entries(element: &Value) -> impl Iterator<Item = (&str, &str)> {
    let mut found = Vec::new();
    match element {
        Value::Object(kinds) => {
            for (kind, list) in kinds {
                found.extend(many(list).map(|entry| (kind.as_str(), text(entry))));
            }
        }
        lone => found.push(("AWS", text(lone))),
    }
    found.into_iter()
}

fn class_of_entry(question: &Question, kind: &str, entry: &str) -> Class {
    match kind {
        "AWS" => class_of_aws_entry(question, entry),
        // POL-47, EVAL-120: the full name of the service.
        "Service" => when(matches!(question.caller, Caller::Service { service } if service == entry), Class::Direct),
        // POL-48, EVAL-95.
        "Federated" => {
            when(matches!(question.caller, Caller::Federated { provider } if provider == entry), Class::Direct)
        }
        // POL-49: nobody in a case has a canonical id.
        _ => Class::None,
    }
}

fn when(holds: bool, class: Class) -> Class {
    if holds { class } else { Class::None }
}

fn class_of_aws_entry(question: &Question, entry: &str) -> Class {
    let faults = question.faults;
    // EVAL-61, EVAL-117: everyone, also services and anonymous callers.
    if entry == "*" {
        let forgotten = faults.has(Fault::EveryoneIsNotAnonymous) && matches!(question.caller, Caller::Anonymous);
        return when(!forgotten, Class::Direct);
    }
    // EVAL-60a, EVAL-60b.
    if question.account().is_some_and(|account| names_account(question, entry, account)) {
        return Class::Account;
    }
    let is = |arn: &str| same(question, entry, arn);
    match question.caller {
        // EVAL-55.
        Caller::User { arn, .. } => when(is(arn) || is_unique_id(question, entry), Class::Direct),
        // EVAL-57 before EVAL-56, for the stronger class.
        Caller::RoleSession { arn, .. } if is(arn) => {
            if faults.has(Fault::SessionGrantIsLimited) {
                Class::Role
            } else {
                Class::Direct
            }
        }
        // EVAL-56, EVAL-67.
        Caller::RoleSession { role, .. } | Caller::Role { arn: role, .. } => {
            when(is_role(question, entry, role) || is_unique_id(question, entry), Class::Role)
        }
        // EVAL-58.
        Caller::FederatedUser { arn, .. } if is(arn) => Class::Direct,
        // EVAL-59.
        Caller::FederatedUser { user, .. } => {
            let class = if faults.has(Fault::CreatorGrantIsDirect) { Class::Direct } else { Class::Role };
            when(is(user), class)
        }
        Caller::Root { .. } | Caller::Federated { .. } | Caller::Service { .. } | Caller::Anonymous => Class::None,
    }
}

/// POL-41: the id of an account and the ARN of its root user say the same; POL-70: in the account's partition.
fn names_account(question: &Question, entry: &str, account: &str) -> bool {
    let bare = entry == account && !question.faults.has(Fault::AccountIdIsNoAccount);
    let root = entry.strip_prefix("arn:").and_then(|rest| rest.split_once(':'));
    let caller = match question.caller {
        Caller::User { arn, .. }
        | Caller::RoleSession { arn, .. }
        | Caller::Role { arn, .. }
        | Caller::FederatedUser { arn, .. } => arn.split(':').nth(1),
        _ => None,
    };
    let of_caller = |partition: &str| caller.is_none_or(|own| own == partition);
    bare || root.is_some_and(|(partition, rest)| of_caller(partition) && rest == format!("iam::{account}:root"))
}

/// POL-42, POL-44, EVAL-68: exact, with regard to case, without wildcards.
fn same(question: &Question, entry: &str, arn: &str) -> bool {
    entry == arn && !arn.is_empty()
        || question.faults.has(Fault::PrincipalIgnoresCase) && entry.eq_ignore_ascii_case(arn)
        || question.faults.has(Fault::PrincipalWildcards) && fits(&usual(entry), &chars(arn))
}

/// POL-43: the ARN of a role has its path.
fn is_role(question: &Question, entry: &str, role: &str) -> bool {
    if question.faults.has(Fault::PathMissingInRole) {
        let name = |arn: &str| {
            arn.split_once(":role/")
                .map(|(account, name)| format!("{account}:role/{}", name.rsplit('/').next().unwrap_or_default()))
        };
        return name(entry).is_some() && name(entry) == name(role);
    }
    same(question, entry, role)
}

/// POL-46: the unique id of users and roles, which `aws:userid` begins with (KEY-70).
fn is_unique_id(question: &Question, entry: &str) -> bool {
    let faults = question.faults;
    let Found::One(id) = question.find("aws:userid", false) else {
        return false;
    };
    let own = if faults.has(Fault::UniqueIdWithSession) { id } else { id.split(':').next().unwrap_or_default() };
    own == entry && !own.is_empty() && !faults.has(Fault::UniqueIdIgnored)
}

/// Whether a NotPrincipal element spares the caller.
pub fn is_exempt(question: &Question, element: &Value) -> bool {
    let faults = question.faults;
    let list: Vec<(&str, &str)> = entries(element).collect();
    // EVAL-128: a boundary makes all exemptions void.
    let has_boundary = question.account().is_some() && !question.documents("boundary").is_empty();
    if has_boundary && !faults.has(Fault::NotPrincipalForgetsBoundary) {
        return false;
    }
    let aws = |found: &dyn Fn(&str) -> bool| list.iter().any(|(kind, entry)| *kind == "AWS" && found(entry));
    if aws(&|entry| entry == "*") {
        return true;
    }
    if faults.has(Fault::NotPrincipalOneIsEnough) && class(question, element) != Class::None {
        return true;
    }
    let account = faults.has(Fault::NotPrincipalForgetsAccount)
        || question.account().is_some_and(|account| aws(&|entry| names_account(question, entry, account)));
    let arn_or_id = |arn: &str| aws(&|entry| same(question, entry, arn) || is_unique_id(question, entry));
    let role_listed = |role: &str| faults.has(Fault::NotPrincipalForgetsRole) || arn_or_id(role);
    // EVAL-127: everything the caller is has to be listed.
    match question.caller {
        Caller::User { arn, .. } => account && arn_or_id(arn),
        Caller::RoleSession { arn, role, .. } => {
            account && role_listed(role) && aws(&|entry| same(question, entry, arn))
        }
        Caller::Role { arn, .. } => account && arn_or_id(arn),
        Caller::FederatedUser { arn, .. } => account && aws(&|entry| same(question, entry, arn)),
        Caller::Root { .. } => account,
        // POL-53.
        Caller::Service { .. } | Caller::Federated { .. } => class(question, element) != Class::None,
        Caller::Anonymous => false,
    }
}
