//! Everyone who can ask in an account, as the evaluator and the tables of context keys take them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::context::strings;
use super::{Question, SESSION};
use crate::eval::scene::{Caller, Credentials, Organization, RoleSession, Source, Through, claim_names};
use crate::eval::{ContextValue, Principal};
use crate::model::{Account, PrincipalRef, Proof, ProviderKind, Session, Tags, example};
use crate::policy::{PolicyKind, PrincipalEntry, parse_document};

/// Issuer of SAML assertions where the account does not know the provider.
const SAML_ISSUER: &str = "https://idp.example.com/saml";
/// Where SAML assertions for AWS are sent (KEY-135).
const SAML_AUDIENCE: &str = "https://signin.aws.amazon.com/saml";
/// The person of an assertion.
const SAML_SUBJECT: &str = "ana@example.com";

/// Everyone who can ask: who is in the account, then those that its roles and resources let in from outside.
pub fn callers(account: &Account) -> Vec<PrincipalRef> {
    let mut sessions = Vec::new();
    let mut outside = BTreeSet::new();
    for role in account.roles.iter() {
        for entry in named(&role.trust, PolicyKind::Trust) {
            if let PrincipalRef::Federated(provider) = &entry {
                sessions.push(PrincipalRef::FederatedSession { role: role.name.clone(), provider: provider.clone() });
            }
            outside.insert(entry);
        }
    }
    for text in account.resources.iter().filter_map(|resource| resource.policy.as_ref()) {
        outside.extend(named(text, PolicyKind::Resource));
    }
    let users = account.users.names().cloned().map(PrincipalRef::User);
    let roles = account.roles.names().cloned().map(PrincipalRef::Role);
    let inside = users.chain(std::iter::once(PrincipalRef::Root)).chain(roles);
    inside.chain(sessions).chain(outside).chain(std::iter::once(PrincipalRef::Anonymous)).collect()
}

/// The providers and services that a policy names.
fn named(text: &str, kind: PolicyKind) -> Vec<PrincipalRef> {
    let Some(document) = parse_document(text, kind).value else { return Vec::new() };
    let elements = document.statements.iter().filter_map(|statement| statement.principal.as_ref());
    let entries = elements.flat_map(|element| &element.entries).map(|entry| &entry.value);
    let refs = entries.filter_map(|entry| match entry {
        PrincipalEntry::Service(name) => Some(PrincipalRef::Service(name.as_str().into())),
        PrincipalEntry::Federated(provider) => Some(PrincipalRef::Federated(provider.as_str().into())),
        PrincipalEntry::Everyone | PrincipalEntry::Aws(_) | PrincipalEntry::CanonicalUser(_) => None,
    });
    refs.collect()
}

/// Who asks, for the evaluator.
pub(super) fn principal(of: &Account, question: &Question) -> Principal {
    let account = of.id.clone();
    let arn = || of.arn_of(&question.principal).into();
    let name = session_name(&question.session);
    match &question.principal {
        PrincipalRef::Root => Principal::Root { account },
        PrincipalRef::User(_) if is_federation(question) => {
            let session = format!("arn:aws:sts::{account}:federated-user/{name}").into();
            Principal::FederatedUser { arn: session, user: Some(arn()), account }
        }
        PrincipalRef::User(_) => Principal::User { arn: arn(), account },
        PrincipalRef::Role(role) | PrincipalRef::FederatedSession { role, .. } => Principal::RoleSession {
            arn: format!("arn:aws:sts::{account}:assumed-role/{role}/{name}").into(),
            role: Some(arn()),
            account,
        },
        PrincipalRef::Federated(provider) => Principal::Federated { provider: provider.clone() },
        PrincipalRef::Service(name) => Principal::Service { name: name.clone() },
        PrincipalRef::Anonymous => Principal::Anonymous,
    }
}

/// Whether a user asks as a session of GetFederationToken.
pub(super) fn is_federation(question: &Question) -> bool {
    question.session.proof == Some(Proof::Federation) && matches!(question.principal, PrincipalRef::User(_))
}

fn session_name(session: &Session) -> &str {
    session.name.as_deref().unwrap_or(SESSION)
}

/// Tags of an identity with those of its session over them; keys that differ only in case are one (EVAL-163).
fn with_session_tags(own: Option<&Tags>, session: &Session) -> crate::eval::scene::Tags {
    let mut tags = own.map(strings).unwrap_or_default();
    for (key, value) in strings(&session.tags) {
        tags.retain(|known, _| !known.eq_ignore_ascii_case(&key));
        tags.insert(key, value);
    }
    tags
}

/// Who asks, for the context: users and the root user with what they proved, roles in a session.
pub(super) fn caller(account: &Account, question: &Question, organization: Option<Organization>) -> Caller {
    let id = account.id.clone();
    match &question.principal {
        PrincipalRef::Root => Caller::Root { account: id, credentials: credentials(question) },
        PrincipalRef::User(name) if is_federation(question) => Caller::FederatedUser {
            account: id,
            name: session_name(&question.session).to_owned(),
            tags: with_session_tags(account.users.get(name).map(|user| &user.tags), &question.session),
            issued: question.now.clone(),
        },
        PrincipalRef::User(name) => {
            let user = account.users.get(name);
            Caller::User {
                account: id,
                arn: account.arn_of(&question.principal),
                name: name.to_string(),
                id: user.map(|user| user.id.to_string()).unwrap_or_default(),
                tags: user.map(|user| strings(&user.tags)).unwrap_or_default(),
                credentials: credentials(question),
            }
        }
        PrincipalRef::Role(name) => session(account, question, name, Through::AssumeRole),
        PrincipalRef::FederatedSession { role, provider } => {
            session(account, question, role, token(account, provider).through())
        }
        PrincipalRef::Federated(provider) => Caller::Federated { claims: token(account, provider).claims() },
        PrincipalRef::Service(name) => {
            let service = name.split('.').next().unwrap_or_default();
            let resource = account.resources.iter().find(|resource| resource.arn.split(':').nth(2) == Some(service));
            let source = resource.map(|resource| Source { arn: resource.arn.to_string(), account: id, organization });
            Caller::Service { names: vec![name.to_string()], source }
        }
        PrincipalRef::Anonymous => Caller::Anonymous,
    }
}

fn credentials(question: &Question) -> Credentials {
    let console = |mfa_age| Credentials::Console { issued: question.now.clone(), mfa_age };
    let token = |mfa_age| Credentials::SessionToken { issued: question.now.clone(), mfa_age };
    match question.session.proof.unwrap_or_default() {
        Proof::Keys | Proof::Federation => Credentials::Keys,
        Proof::Console => console(None),
        Proof::ConsoleWithMfa => console(Some(0)),
        Proof::Token => token(None),
        Proof::TokenWithMfa => token(Some(0)),
    }
}

fn session(account: &Account, question: &Question, name: &Arc<str>, through: Through) -> Caller {
    let role = account.roles.get(name);
    Caller::RoleSession(RoleSession {
        account: account.id.clone(),
        role: account.arn_of(&question.principal),
        role_id: role.map(|role| role.id.to_string()).unwrap_or_default(),
        name: session_name(&question.session).to_owned(),
        tags: with_session_tags(role.map(|role| &role.tags), &question.session),
        source_identity: question.session.source_identity.as_ref().map(ToString::to_string),
        issued: question.now.clone(),
        through,
    })
}

/// What a provider says of somebody: made up, and each value can be changed in the question.
enum Token<'a> {
    Saml { issuer: &'a str, name: &'a str, account: &'a str },
    Web { provider: &'a str, prefix: &'a str, audience: &'a str, subject: &'a str },
}

fn token<'a>(account: &'a Account, provider: &'a str) -> Token<'a> {
    let kind = |name: &str| account.providers.get(name).map(|provider| &provider.kind);
    if let Some((_, name)) = provider.split_once(":saml-provider/") {
        let issuer = match kind(name) {
            Some(ProviderKind::Saml { issuer }) => issuer,
            _ => SAML_ISSUER,
        };
        return Token::Saml { issuer, name, account: account.id.as_str() };
    }
    let prefix = provider.split_once(":oidc-provider/").map_or(provider, |(_, host)| host);
    let (audience, subject) = match (prefix, kind(prefix)) {
        ("accounts.google.com", _) => (example::GOOGLE_APP, "107691503500061507151"),
        ("www.amazon.com", _) => (example::AMAZON_APP, "amzn1.account.EXAMPLEANA"),
        ("graph.facebook.com", _) => (example::FACEBOOK_APP, "10220000000000001"),
        ("cognito-identity.amazonaws.com", _) => {
            ("us-east-1:00000000-1111-2222-3333-444444444444", "us-east-1:55555555-6666-7777-8888-999999999999")
        }
        (_, Some(ProviderKind::Oidc { audiences })) => {
            (audiences.first().map_or("sts.amazonaws.com", |name| name), "ana")
        }
        _ => ("sts.amazonaws.com", "ana"),
    };
    Token::Web { provider, prefix, audience, subject }
}

impl Token<'_> {
    /// The keys that a request for a role carries (KEY-120…139).
    fn claims(&self) -> Vec<(String, ContextValue)> {
        match *self {
            Self::Saml { issuer, name, account } => {
                let pairs = [
                    ("saml:aud", SAML_AUDIENCE),
                    ("saml:iss", issuer),
                    ("saml:sub", SAML_SUBJECT),
                    ("saml:sub_type", "persistent"),
                    ("saml:doc", &format!("{account}/{name}")),
                ];
                pairs.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect()
            }
            Self::Web { prefix, audience, subject, .. } => {
                let (of_audience, of_subject) = claim_names(prefix);
                vec![
                    (format!("{prefix}:{of_audience}"), audience.into()),
                    (format!("{prefix}:{of_subject}"), subject.into()),
                ]
            }
        }
    }

    /// What a session keeps of it.
    fn through(&self) -> Through {
        match *self {
            Self::Saml { .. } => Through::Saml {
                // Of issuer, account and provider; made up like the rest (KEY-138).
                name_qualifier: "ZXhhbXBsZS1pc3N1ZXI=".to_owned(),
                subject: SAML_SUBJECT.to_owned(),
                subject_type: "persistent".to_owned(),
            },
            Self::Web { provider, prefix, audience, subject } => Through::WebIdentity {
                provider: provider.to_owned(),
                prefix: prefix.to_owned(),
                audience: audience.to_owned(),
                subject: subject.to_owned(),
                methods: Vec::new(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, gather, request};
    use crate::eval::{Resource, Verdict, trace};
    use crate::ident::{AccountId, ActionName};
    use crate::model::World;

    fn verdict(world: &World, principal: PrincipalRef, action: &str, resource: &str) -> Verdict {
        let question = Question {
            account: AccountId::example(),
            principal,
            action: ActionName::parse(action).expect("an action"),
            resource: Resource::Arn(resource.into()),
            session: Default::default(),
            changes: Default::default(),
            off: Default::default(),
            now: "2026-11-24T12:00:00Z".to_owned(),
        };
        let asked = request(world, &question).expect("a request");
        trace(&gather(world, &Library::default(), &question).policies, &asked).decision.verdict
    }

    #[test]
    fn everyone_whom_the_primer_lets_in_can_be_asked_about() {
        let world = example::primer();
        let shown: Vec<String> = callers(world.account(&AccountId::example()).expect("the account"))
            .iter()
            .map(ToString::to_string)
            .collect();
        for expected in [
            "root user",
            "user Administrator",
            "role RedshiftLoader",
            "role MobileAppUser through Google",
            "person signed in with Amazon",
            "service redshift.amazonaws.com",
            "service ec2.amazonaws.com",
            "anyone, without credentials",
        ] {
            assert!(shown.iter().any(|one| one == expected), "{expected} among {shown:?}");
        }
    }

    /// EVAL-95, EVAL-116: the trust policy alone decides for a token and for a service.
    #[test]
    fn a_trust_policy_lets_in_whom_it_names() {
        let world = example::primer();
        let google = || PrincipalRef::Federated("accounts.google.com".into());
        let redshift = || PrincipalRef::Service("redshift.amazonaws.com".into());
        let (app, loader) =
            ("arn:aws:iam::123456789012:role/MobileAppUser", "arn:aws:iam::123456789012:role/RedshiftLoader");
        assert_eq!(verdict(&world, google(), "sts:AssumeRoleWithWebIdentity", app), Verdict::Allowed);
        assert_eq!(verdict(&world, google(), "sts:AssumeRoleWithWebIdentity", loader), Verdict::ImplicitlyDenied);
        assert_eq!(verdict(&world, redshift(), "sts:AssumeRole", loader), Verdict::Allowed);
        assert_eq!(verdict(&world, redshift(), "sts:AssumeRole", app), Verdict::ImplicitlyDenied);
        assert_eq!(verdict(&world, PrincipalRef::Anonymous, "sts:AssumeRole", loader), Verdict::ImplicitlyDenied);
    }

    #[test]
    fn a_session_through_a_provider_reaches_its_own_photos_only() {
        let world = example::primer();
        let ana =
            || PrincipalRef::FederatedSession { role: example::MOBILE_APP.into(), provider: "www.amazon.com".into() };
        let photo = |whose: &str| format!("arn:aws:s3:::example-photos/amazon/{whose}/cat.jpg");
        assert_eq!(verdict(&world, ana(), "s3:GetObject", &photo("amzn1.account.EXAMPLEANA")), Verdict::Allowed);
        assert_eq!(
            verdict(&world, ana(), "s3:GetObject", &photo("amzn1.account.EXAMPLEBEN")),
            Verdict::ImplicitlyDenied
        );
    }
}
