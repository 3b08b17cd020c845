//! Assertions of people who signed in at a SAML provider, as STS verifies them (FED-50, FED-52…55, ERR-80…90).

mod keys;

use super::{Bearer, Pending, refuse};
use crate::federation::credentials::{Caller, Keys};
use crate::federation::digest::{base64, sha1};
use crate::federation::instant;
use crate::federation::outcome::{Did, Failure, Happened};
use crate::federation::saml::{self, Received};
use crate::federation::seal::{Algorithm, KeyName, Presented, Signed};
use crate::federation::stage::Stage;
use crate::ident::{AccountId, Arn};
use crate::model::{PrincipalRef, ProviderKind, Time};

/// Seconds after its issue in which an assertion has to come (FED-122), and by which clocks may differ.
const FRESH: i64 = 300;

/// The kind of a name that has none (SAML 2.0 core, section 2.2.2).
const UNSPECIFIED: &str = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

/// Who asks with an assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A program, through the API.
    Api,
    /// The sign-in endpoint, for a person who wants to the console (FED-51).
    SignIn,
}

/// A SAML provider in IAM.
struct Known {
    account: String,
    name: String,
    issuer: String,
}

/// Verifies the assertion of the request that STS is working on: the provider that PrincipalArn names, whether its key
/// signed, whether it is for AWS and for now, and what it says. `published` is the key in the metadata that IAM has.
pub fn verify_saml(stage: &mut Stage<'_>, published: KeyName, door: Door) -> Did {
    let Some(Pending { ask, .. }) = stage.pending.clone() else { return Err(refuse(stage, unreadable(""))) };
    let verified = verified(stage, &ask.principal, &ask.assertion, (published, door));
    let (known, received) = verified.map_err(|failure| refuse(stage, failure))?;
    let (name, source_identity) = named(&received).map_err(|failure| refuse(stage, failure))?;
    if let Err(failure) = subject(&received).and_then(|_| paired(&received, &ask.role, &ask.principal)) {
        return Err(refuse(stage, failure));
    }
    let tags = tags(&received);
    if let Err(failure) = super::check::brought_tags(&tags) {
        return Err(refuse(stage, failure));
    }
    let said = Said::of(&known, &received);
    let account = ask.role.split(':').nth(4).and_then(|id| AccountId::parse(id).ok());
    let account = account.unwrap_or_else(|| stage.home.clone());
    let mut caller = Caller::new(&account, PrincipalRef::Federated(ask.principal.as_str().into()));
    caller.keys = said.keys(&known);
    caller.keys.extend(keys::of_attributes(&received.attributes));
    let bearer = Bearer {
        session_keys: said.session_keys(),
        provider: Some(ask.principal.clone()),
        // FED-4. SessionDuration is for the sign-in endpoint, which asks for so long (FED-54).
        not_after: received.session_not_on_or_after,
        fields: said.fields(&known),
        ..Bearer::new(caller)
    };
    let ask = super::Ask { name, tags, transitive: transitive(&received), source_identity, ..ask };
    stage.pending = Some(Pending { ask, bearer: Some(bearer) });
    Ok(Happened::Accepted)
}

/// The issuer is looked up before the signature is, since the metadata under its name has the key.
fn verified(
    stage: &mut Stage<'_>,
    principal: &str,
    assertion: &str,
    (published, door): (KeyName, Door),
) -> Result<(Known, Received), Failure> {
    let known = provider(stage, principal)?;
    let text = saml::decode(assertion).ok_or_else(|| unreadable("The assertion is not base64 of a text."))?;
    let received = Received::read(&text).map_err(|error| unreadable(&error.to_string()))?;
    if received.issuer != known.issuer {
        return Err(foreign(door).because(format!(
            "The assertion was issued by `{}`, and the metadata of the provider in IAM is that of `{}`.",
            received.issuer, known.issuer
        )));
    }
    genuine(stage, &received, published)?;
    for_aws(&received)?;
    timely(stage.now, &received)?;
    Ok((known, received))
}

/// ERR-88.
fn provider(stage: &Stage<'_>, principal: &str) -> Result<Known, Failure> {
    let missing = || {
        Failure::new("InvalidIdentityToken", 400, "Specified provider doesn't exist.", "ERR-88").because(format!(
            "There is no SAML provider `{principal}` in IAM; its name counts to the letter, in case too."
        ))
    };
    let arn = Arn::parse(principal).filter(|arn| arn.service == "iam").ok_or_else(missing)?;
    let name = arn.after_type("saml-provider").ok_or_else(missing)?;
    let account = AccountId::parse(arn.account).ok().and_then(|id| stage.world.account(&id));
    let found = account.and_then(|account| account.providers.get(name));
    // The world keeps no two names that differ only in case, and finds either; STS does not (ERR-88).
    let found = found.filter(|provider| *provider.name == *name).map(|provider| &provider.kind);
    let Some(ProviderKind::Saml { issuer }) = found else { return Err(missing()) };
    Ok(Known { account: arn.account.to_owned(), name: name.to_owned(), issuer: issuer.to_string() })
}

/// ERR-86: the sign-in page has a code of its own.
fn foreign(door: Door) -> Failure {
    let code = match door {
        Door::Api => "InvalidIdentityToken",
        Door::SignIn => "AuthSamlInvalidSamlResponseException",
    };
    Failure::new(code, 400, "Issuer not present in specified provider", "ERR-86")
}

/// ERR-85: the key of the metadata has to have signed exactly what came.
fn genuine(stage: &mut Stage<'_>, received: &Received, published: KeyName) -> Result<(), Failure> {
    let invalid =
        |why: &str| Err(Failure::new("InvalidIdentityToken", 400, "Response signature invalid", "ERR-85").because(why));
    let Some(signature) = &received.signature else {
        return invalid("The response is not signed.");
    };
    if !signature.is_digest_right() {
        return invalid(
            "The hash in the signature is not that of the assertion: somebody changed it after it was signed.",
        );
    }
    let (by, input) = stage.signed.clone();
    let presented = Presented { input: &signature.signed_info, signature: &signature.value };
    let is_rsa = signature.algorithm == Algorithm::Rs256;
    match is_rsa && stage.sealing.verify(published, Algorithm::Rs256, Signed { by, input: &input }, presented) {
        true => Ok(()),
        false => invalid("The signature does not fit the certificate in the metadata that IAM has of the provider."),
    }
}

/// ERR-90: the audience is AWS, by its name or by the address of a sign-in endpoint. A provider that reports a failed
/// sign-in is believed (ERR-53).
fn for_aws(received: &Received) -> Result<(), Failure> {
    if !received.status.as_deref().is_some_and(|status| status.ends_with(":Success")) {
        let message = "The identity provider reports that the sign-in failed.";
        return Err(Failure::new("IDPRejectedClaim", 403, message, "ERR-53").approximately());
    }
    if received.audiences.iter().any(|audience| is_aws(audience)) {
        return Ok(());
    }
    let named = received.audiences.iter().map(|audience| format!("`{audience}`")).collect::<Vec<_>>().join(", ");
    let named = if named.is_empty() { "nobody".to_owned() } else { named };
    let message = "Response does not contain the required audience.";
    Err(Failure::new("InvalidIdentityToken", 400, message, "ERR-90").because(format!(
        "The assertion is for {named}, and has to be for `urn:amazon:webservices` or AWS's sign-in address."
    )))
}

/// `urn:amazon:webservices`, `https://signin.aws.amazon.com/saml` or that of a region.
fn is_aws(audience: &str) -> bool {
    let host = audience.strip_prefix("https://").and_then(|rest| rest.strip_suffix("/saml")).unwrap_or_default();
    audience == "urn:amazon:webservices"
        || host == "signin.aws.amazon.com"
        || host.strip_suffix(".signin.aws.amazon.com").is_some_and(|region| !region.contains(['/', '.']))
}

/// ERR-56, FED-122. AWS's words for an assertion that is not valid yet are not known.
fn timely(now: Time, received: &Received) -> Result<(), Failure> {
    let (Some(issued), Some(end)) = (received.issued, received.confirmed_until) else {
        return Err(unreadable("The assertion has to say when it was issued and until when it may be handed over."));
    };
    let starts = received.not_before.map_or(issued, |start| start.max(issued));
    if starts > now.plus(FRESH) {
        let message = format!("The assertion is not valid before {}.", instant::extended(starts));
        return Err(Failure::new("InvalidIdentityToken", 400, message, "ERR-55")
            .approximately()
            .because("The clock of the provider runs ahead of AWS's by more than five minutes."));
    }
    let ends = [Some(end), received.not_on_or_after, received.session_not_on_or_after];
    if let Some(end) = ends.into_iter().flatten().min().filter(|end| end.0 <= now.0) {
        let message = format!("The assertion was valid until {}.", instant::extended(end));
        return Err(Failure::new("ExpiredTokenException", 400, message, "ERR-56").approximately());
    }
    if issued.plus(FRESH) < now {
        let message = "Token must be redeemed within 5 minutes of issuance";
        return Err(Failure::new("ExpiredTokenException", 400, message, "FED-122").approximately().because(format!(
            "The assertion was issued at {}; it is still valid, but too old for AWS.",
            instant::extended(issued)
        )));
    }
    Ok(())
}

/// RoleSessionName (ERR-81, ERR-83) and SourceIdentity (ERR-84).
fn named(received: &Received) -> Result<(String, String), Failure> {
    let invalid = |message: &str, fact| Err(Failure::new("InvalidIdentityToken", 400, message, fact));
    let name = received.values(saml::ROLE_SESSION_NAME).next().unwrap_or_default();
    if name.is_empty() {
        return invalid("RoleSessionName is required in AuthnResponse", "ERR-81");
    }
    if !is_name(name) {
        return invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", "ERR-83");
    }
    let identity = received.values(saml::SOURCE_IDENTITY).next().unwrap_or_default();
    if !identity.is_empty() && !is_name(identity) {
        let message = r#"Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:""#;
        return invalid(message, "ERR-84");
    }
    Ok((name.to_owned(), identity.to_owned()))
}

/// No colon is among these, so that nothing begins with `aws:`.
fn is_name(text: &str) -> bool {
    (2..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}

/// ERR-82: without a name nobody is let in.
fn subject(received: &Received) -> Result<(), Failure> {
    match received.subject.as_deref().is_some_and(|subject| !subject.is_empty()) && received.recipient.is_some() {
        true => Ok(()),
        false => Err(unauthorized("The assertion has no `NameID`, or does not say which address may take it.")),
    }
}

/// ERR-82: one value of the Role attribute is this role with this provider (FED-52).
fn paired(received: &Received, role: &str, principal: &str) -> Result<(), Failure> {
    let mut pairs = received.values(saml::ROLE).filter_map(|value| value.split_once(','));
    match pairs.any(|pair| pair == (role, principal) || pair == (principal, role)) {
        true => Ok(()),
        false => Err(unauthorized(&format!(
            "No value of the Role attribute is the pair of `{role}` and `{principal}`: the provider does not say that this person may have the role."
        ))),
    }
}

fn unauthorized(why: &str) -> Failure {
    Failure::new("AccessDenied", 403, "Not authorized to perform sts:AssumeRoleWithSAML", "ERR-82").because(why)
}

/// What AWS takes out of an assertion.
struct Said {
    audience: String,
    subject: String,
    kind: String,
    qualifier: String,
}

impl Said {
    fn of(known: &Known, received: &Received) -> Self {
        let Known { account, name, issuer } = known;
        let format = received.subject_format.as_deref().unwrap_or(UNSPECIFIED);
        Self {
            // KEY-135: not the audience of the assertion.
            audience: received.recipient.clone().unwrap_or_default(),
            subject: received.subject.clone().unwrap_or_default(),
            // KEY-137.
            kind: format.strip_prefix("urn:oasis:names:tc:SAML:2.0:nameid-format:").unwrap_or(format).to_owned(),
            // KEY-138.
            qualifier: base64(&sha1(format!("{issuer}{account}/{name}").as_bytes())),
        }
    }

    /// Keys while the role's trust is asked (KEY-135…139).
    fn keys(&self, known: &Known) -> Keys {
        let mut keys = self.session_keys();
        let doc = format!("{}/{}", known.account, known.name);
        for (name, value) in [("saml:aud", &self.audience), ("saml:iss", &known.issuer), ("saml:doc", &doc)] {
            keys.insert(name.to_owned(), Some(value.as_str().into()));
        }
        keys
    }

    /// Keys that the session keeps (KEY-100).
    fn session_keys(&self) -> Keys {
        let pairs =
            [("saml:namequalifier", &self.qualifier), ("saml:sub", &self.subject), ("saml:sub_type", &self.kind)];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), Some(value.as_str().into()))).collect()
    }

    /// What the response has beside the usual (FED-22).
    fn fields(&self, known: &Known) -> Vec<(&'static str, String)> {
        vec![
            ("Subject", self.subject.clone()),
            ("SubjectType", self.kind.clone()),
            ("Issuer", known.issuer.clone()),
            ("Audience", self.audience.clone()),
            ("NameQualifier", self.qualifier.clone()),
        ]
    }
}

/// One attribute for each tag (FED-55).
fn tags(received: &Received) -> Vec<(String, String)> {
    let named = received.attributes.iter();
    let tags = named.filter_map(|(name, values)| Some((name.strip_prefix(saml::PRINCIPAL_TAG)?, values.first()?)));
    tags.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

fn transitive(received: &Received) -> Vec<String> {
    received.values(saml::TRANSITIVE_TAG_KEYS).map(ToOwned::to_owned).collect()
}

/// ERR-55; AWS's words are not known.
fn unreadable(why: &str) -> Failure {
    Failure::new("InvalidIdentityToken", 400, "The SAML response could not be read.", "ERR-55")
        .approximately()
        .because(why)
}

#[cfg(test)]
mod tests;
