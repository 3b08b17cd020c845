//! Identity providers and the trust policies that name them.

use super::finding::{Check, Finding, Place, Subject};
use super::roles::{is_service_linked, report, trust_of};
use super::statements::{admitted, demanded, is_about};
use super::survey::Survey;
use crate::model::{Command, Provider, ProviderKind};
use crate::policy::{PolicyKind, PrincipalEntry};
use crate::text::Severity;

/// Providers that every account knows, with the keys that tell the app (FED).
const BUILT_IN: [(&str, &[&str]); 4] = [
    ("accounts.google.com", &["accounts.google.com:aud"]),
    ("graph.facebook.com", &["graph.facebook.com:app_id", "graph.facebook.com:aud"]),
    ("www.amazon.com", &["www.amazon.com:app_id", "www.amazon.com:aud"]),
    ("cognito-identity.amazonaws.com", &[]),
];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let mut named: Vec<String> = Vec::new();
    for role in survey.account.roles.iter().filter(|role| !is_service_linked(role)) {
        for statement in survey.statements(&role.trust, PolicyKind::Trust) {
            let place = || Place::Statement { policy: trust_of(survey, role), statement: statement.index };
            for entry in admitted(&statement) {
                let PrincipalEntry::Federated(name) = entry else { continue };
                named.push(name.clone());
                if is_own(survey, name) && !is_there(survey, name) {
                    found.push(
                        report(survey, Check::ProviderMissing, Severity::Warning, role)
                            .because([place()])
                            .named(name.as_str()),
                    );
                }
                let web = is_about(&statement, "sts:AssumeRoleWithWebIdentity");
                if web && admits_any_app(name, &statement) {
                    found.push(
                        report(survey, Check::WebIdentityAudMissing, Severity::Security, role)
                            .because([place()])
                            .named(name.as_str()),
                    );
                }
            }
        }
    }
    for provider in survey.account.providers.iter() {
        let arn = arn(survey, provider);
        if !named.contains(&arn) {
            found.push(
                Finding::new(Check::ProviderUnused, Severity::Suggestion, Subject::Provider(provider.name.clone()))
                    .field("name")
                    .fix([Command::DeleteProvider { name: provider.name.clone() }]),
            );
        }
    }
}

fn arn(survey: &Survey<'_>, provider: &Provider) -> String {
    let kind = match provider.kind {
        ProviderKind::Oidc { .. } => "oidc-provider",
        ProviderKind::Saml { .. } => "saml-provider",
    };
    survey.iam_arn(&format!("{kind}/{}", provider.name))
}

/// Whether a name is the ARN of a provider of this account, there or not.
fn is_own(survey: &Survey<'_>, name: &str) -> bool {
    let after = name.strip_prefix(&survey.iam_arn(""));
    after.is_some_and(|after| after.starts_with("oidc-provider/") || after.starts_with("saml-provider/"))
}

/// Whether the account has the provider of this ARN.
pub(super) fn is_there(survey: &Survey<'_>, name: &str) -> bool {
    survey.account.providers.iter().any(|provider| arn(survey, provider) == name)
}

/// Whether a provider needs none in the account.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(known, _)| *known == name)
}

fn admits_any_app(name: &str, statement: &crate::policy::Statement) -> bool {
    let keys = BUILT_IN.iter().find(|(known, keys)| *known == name && !keys.is_empty());
    keys.is_some_and(|(_, keys)| demanded(statement, keys).all(|value| value == "*"))
}
