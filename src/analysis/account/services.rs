//! Services that act for others (ACCT-22…25): a policy that admits one should say for whom.

use std::sync::Arc;

use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::roles::{is_service_linked, report, trust_of};
use super::statements::{admitted, demanded};
use super::survey::Survey;
use crate::model::{Command, PolicyRef, ResourceKind};
use crate::policy::{PolicyDocument, PolicyKind, PrincipalEntry, Statement};
use crate::text::Severity;

/// Any one of them is enough (ACCT-22).
const SOURCE: [&str; 4] = ["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];
/// Services whose calls carry no source (ACCT-23).
const WITHOUT_SOURCE: [&str; 2] = ["ec2.amazonaws.com", "edgelambda.amazonaws.com"];
/// Assumes the roles of its own functions; left alone on trust policies (ACCT-23).
const LAMBDA: &str = "lambda.amazonaws.com";
/// Beginnings of actions that neither write nor invoke.
const READING: [&str; 7] = ["get", "list", "describe", "batchget", "head", "query", "scan"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for role in survey.account.roles.iter().filter(|role| !is_service_linked(role)) {
        let policy = survey.memo.policy(&role.trust, PolicyKind::Trust);
        for statement in &policy.document().statements {
            let Some(service) = open_service(statement).filter(|service| *service != LAMBDA) else { continue };
            let fix = limited(survey, policy.document(), statement, service)
                .map(|text| Command::UpdateAssumeRolePolicy { role: role.name.clone(), text });
            let place = Place::Statement { policy: trust_of(survey, role), statement: statement.index };
            found.push(
                report(survey, Check::ServicePrincipalOpen, Severity::Warning, role)
                    .because([place])
                    .named(service)
                    .fix(fix),
            );
        }
    }
    for resource in survey.account.resources.iter() {
        let Some(text) = &resource.policy else { continue };
        let policy = survey.memo.policy(text, PolicyKind::Resource);
        for statement in &policy.document().statements {
            let Some(service) = open_service(statement) else { continue };
            let severity = if acts(statement) { Severity::Security } else { Severity::Warning };
            let fix = limited(survey, policy.document(), statement, service)
                .map(|text| Command::PutResourcePolicy { arn: resource.arn.clone(), text });
            let at = PolicyRef::Resource { arn: resource.arn.clone() };
            found.push(
                Finding::new(Check::ServicePrincipalOpen, severity, Subject::Resource(resource.arn.clone()))
                    .because([Place::Statement { policy: at, statement: statement.index }])
                    .named(service)
                    .fix(fix),
            );
        }
    }
}

/// The service that a statement admits for whomever it acts.
fn open_service(statement: &Statement) -> Option<&str> {
    let service = admitted(statement).find_map(|entry| match entry {
        PrincipalEntry::Service(name) if !WITHOUT_SOURCE.contains(&&**name) => Some(name.as_str()),
        _ => None,
    });
    service.filter(|_| demanded(statement, &SOURCE).next().is_none())
}

/// Whether a service may write or invoke (ACCT-24).
fn acts(statement: &Statement) -> bool {
    let reads = |entry: &str| {
        let name = entry.split_once(':').map_or("*", |(_, name)| name).to_ascii_lowercase();
        READING.iter().any(|word| name.starts_with(word))
    };
    statement.action.negated || !statement.action.entries.iter().all(|entry| reads(&entry.value))
}

/// The text with the statement limited to the one resource of that service in the account, or to the account (ACCT-25).
fn limited(survey: &Survey<'_>, document: &PolicyDocument, statement: &Statement, service: &str) -> Option<Arc<str>> {
    let mut sources = survey.account.resources.iter().filter(|resource| Some(resource.kind) == source_of(service));
    let condition = match (sources.next(), sources.next()) {
        (Some(one), None) => fixes::condition("ArnLike", "aws:SourceArn", &one.arn),
        _ => fixes::condition("StringEquals", "aws:SourceAccount", survey.account.id.as_str()),
    };
    fixes::rewritten(document, |mut known| {
        if known.index == statement.index {
            known.conditions.push(condition.clone());
        }
        Some(known)
    })
}

/// What a service acts for.
fn source_of(service: &str) -> Option<ResourceKind> {
    Some(match service {
        "s3.amazonaws.com" => ResourceKind::Bucket,
        "sns.amazonaws.com" => ResourceKind::Topic,
        "redshift.amazonaws.com" => ResourceKind::Cluster,
        LAMBDA => ResourceKind::Function,
        _ => return None,
    })
}
