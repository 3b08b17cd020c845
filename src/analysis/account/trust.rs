//! Whom trust policies admit among the principals of AWS.

use super::finding::{Check, Finding, Place};
use super::fixes;
use super::roles::{account_of, is_service_linked, report, trust_of};
use super::statements::{admitted, demanded, is_about, is_narrowed};
use super::survey::Survey;
use crate::ident::AccountId;
use crate::model::{Command, Role};
use crate::policy::{PolicyKind, PrincipalEntry, Statement};
use crate::text::Severity;

const EXTERNAL_ID: &str = "sts:ExternalId";
/// Keys that tell the caller's organization (ACCT-21).
const ORGANIZATION: [&str; 2] = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for role in survey.account.roles.iter().filter(|role| !is_service_linked(role)) {
        for statement in survey.statements(&role.trust, PolicyKind::Trust) {
            if !is_about(&statement, "sts:AssumeRole") {
                continue;
            }
            let place = Place::Statement { policy: trust_of(survey, role), statement: statement.index };
            let mut findings = Vec::new();
            any_principal(survey, role, &statement, &mut findings);
            account_root(survey, role, &statement, &mut findings);
            external_id(survey, role, &statement, &mut findings);
            found.extend(findings.into_iter().map(|finding| finding.because([place.clone()])));
        }
    }
}

/// EVAL-94: whoever has an account at AWS.
fn any_principal(survey: &Survey<'_>, role: &Role, statement: &Statement, found: &mut Vec<Finding>) {
    if !admitted(statement).any(|entry| *entry == PrincipalEntry::Everyone) || is_narrowed(statement) {
        return;
    }
    let root = survey.iam_arn("root");
    let trust = survey.memo.policy(&role.trust, PolicyKind::Trust);
    let text = fixes::rewritten(trust.document(), |known| {
        Some(if known.index == statement.index { fixes::only(known, &root) } else { known })
    });
    let fix = text.map(|text| Command::UpdateAssumeRolePolicy { role: role.name.clone(), text });
    found.push(report(survey, Check::TrustAnyPrincipal, Severity::Security, role).fix(fix));
}

fn account_root(survey: &Survey<'_>, role: &Role, statement: &Statement, found: &mut Vec<Finding>) {
    let (root, id) = (survey.iam_arn("root"), survey.account.id.as_str());
    if admitted(statement).any(|entry| matches!(entry, PrincipalEntry::Aws(text) if *text == root || text == id)) {
        found.push(report(survey, Check::TrustAccountRoot, Severity::Suggestion, role));
    }
}

/// ACCT-20, ACCT-21: an account that neither the world nor its organization knows.
fn external_id(survey: &Survey<'_>, role: &Role, statement: &Statement, found: &mut Vec<Finding>) {
    let stranger = admitted(statement).find_map(|entry| match entry {
        PrincipalEntry::Aws(text) => account_of(text).filter(|id| !is_known(survey, id)),
        _ => None,
    });
    let Some(stranger) = stranger else { return };
    let mfa = demanded(statement, &["aws:MultiFactorAuthPresent"]).any(|value| value.eq_ignore_ascii_case("true"));
    if mfa || demanded(statement, &ORGANIZATION).next().is_some() {
        return;
    }
    let severity = match external_ids(statement).as_deref() {
        None => Severity::Security,
        Some(values) if values.iter().any(|value| value.contains(['*', '?'])) => Severity::Warning,
        Some(_) => return,
    };
    found.push(report(survey, Check::TrustMissingExternalId, severity, role).named(stranger.as_str()));
}

/// The external ids that a caller must name one of; `None` where none is asked for.
fn external_ids(statement: &Statement) -> Option<Vec<&str>> {
    let values: Vec<&str> = demanded(statement, &[EXTERNAL_ID]).collect();
    (!values.is_empty()).then_some(values)
}

fn is_known(survey: &Survey<'_>, id: &AccountId) -> bool {
    let in_organization =
        survey.world.organization.as_ref().is_some_and(|organization| organization.places.contains_key(id));
    in_organization || survey.world.account(id).is_some()
}
