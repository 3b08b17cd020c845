//! Tokens of people who signed in elsewhere, as STS verifies them (FED-40…41, ERR-70…75).

use serde_json::{Map, Value};

use super::{Bearer, Pending, refuse};
use crate::eval::ContextValue;
use crate::federation::credentials::{Caller, Keys};
use crate::federation::jwt::Decoded;
use crate::federation::outcome::{Did, Failure, Happened};
use crate::federation::seal::{Algorithm, Presented, Signed};
use crate::federation::stage::Stage;
use crate::ident::AccountId;
use crate::model::{PrincipalRef, ProviderKind, Time};

/// Providers that every account knows (KEY-121, KEY-124).
const BUILT_IN: [&str; 2] = ["accounts.google.com", "cognito-identity.amazonaws.com"];
/// Seconds that clocks may differ where a token is not valid yet.
const SKEW: i64 = 300;
/// Claims that AWS turns into session tags and a source identity (FED-41).
const TAGS_CLAIM: &str = "https://aws.amazon.com/tags";
const SOURCE_IDENTITY_CLAIM: &str = "https://aws.amazon.com/source_identity";

/// A token as it comes to STS, with what only the provider knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WebToken {
    /// A JWT.
    Jwt {
        /// What was signed.
        signed: String,
        /// The key that signed.
        by: &'static str,
        /// The issuer that is played, as tokens name it.
        issuer: &'static str,
        /// The key that it publishes.
        published: &'static str,
        /// How it was signed.
        algorithm: Algorithm,
        /// Whether the provider's documents can be fetched.
        reachable: bool,
        /// Claims that AWS gives to conditions beside aud, sub, amr and email (KEY-125).
        claims: &'static [&'static str],
    },
    /// A token that STS asks the provider about.
    Opaque {
        /// `www.amazon.com` or `graph.facebook.com`.
        provider: &'static str,
        /// The app that it was issued to.
        app: String,
        /// Whom it stands for.
        user: String,
        /// When it ends.
        expires: Time,
        /// Whether the provider answers.
        reachable: bool,
        /// Whether the provider says that it is good.
        good: bool,
    },
}

/// Verifies the token of the request that STS is working on.
pub fn verify_web_token(stage: &mut Stage<'_>, token: &WebToken) -> Did {
    let Some(pending) = stage.pending.clone() else { return Err(refuse(stage, not_validated())) };
    let found = match token {
        WebToken::Jwt { .. } => of_jwt(stage, &pending, token),
        WebToken::Opaque { .. } => of_opaque(stage, &pending, token),
    };
    let verified = found.map_err(|failure| refuse(stage, failure))?;
    let Verified { provider, prefix, keys, session_keys, fields, tags, transitive, source_identity } = verified;
    let mut ask = pending.ask;
    let account = ask.role.split(':').nth(4).and_then(|id| AccountId::parse(id).ok());
    let account = account.unwrap_or_else(|| stage.home.clone());
    let mut caller = Caller::new(&account, PrincipalRef::Federated(provider.as_str().into()));
    // What the simulator makes up for such a caller gives way to what the token says.
    let (audience, subject) = crate::eval::scene::claim_names(&prefix);
    caller.keys.insert(format!("{prefix}:{audience}"), None);
    caller.keys.insert(format!("{prefix}:{subject}"), None);
    caller.keys.extend(keys);
    ask.tags = tags;
    ask.transitive = transitive;
    ask.source_identity = source_identity;
    let bearer = Bearer { session_keys, provider: Some(provider), fields, ..Bearer::new(caller) };
    stage.pending = Some(Pending { ask, bearer: Some(bearer) });
    Ok(Happened::Accepted)
}

struct Verified {
    provider: String,
    prefix: String,
    keys: Keys,
    session_keys: Keys,
    fields: Vec<(&'static str, String)>,
    tags: Vec<(String, String)>,
    transitive: Vec<String>,
    source_identity: String,
}

fn of_jwt(stage: &mut Stage<'_>, pending: &Pending, token: &WebToken) -> Result<Verified, Failure> {
    let WebToken::Jwt { signed, by, issuer: played, published, algorithm, reachable, claims: listed } = token else {
        return Err(not_validated());
    };
    if !pending.ask.provider_id.is_empty() {
        return Err(not_validated().because(
            "`ProviderId` belongs to access tokens of Amazon and Facebook only; this token is a JWT, which names its issuer.",
        ));
    }
    let text = pending.ask.token.as_str();
    let decoded = Decoded::read(text).map_err(|error| {
        let message = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";
        Failure::new("InvalidIdentityToken", 400, message, "ERR-74").approximately().because(error.to_string())
    })?;
    let claim = |name: &str| decoded.texts(name).first().map(ToString::to_string).unwrap_or_default();
    let issuer = claim("iss");
    if issuer.is_empty() {
        return Err(lacks("iss"));
    }
    let account = pending.ask.role.split(':').nth(4).unwrap_or_default().to_owned();
    let host = issuer.strip_prefix("https://").ok_or_else(|| no_provider(&issuer))?.to_owned();
    let clients = clients(stage, &account, &host)?;
    if !reachable {
        let message = "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements";
        return Err(Failure::new("InvalidIdentityToken", 400, message, "ERR-72").because(
            "STS fetches the discovery document and the keys of the issuer, and the issuer does not answer.",
        ));
    }
    if issuer != *played {
        return Err(not_validated().because(format!(
            "The token names `{issuer}` as its issuer, and the key that signed is not among those that are published there."
        )));
    }
    let presented = Presented { input: &decoded.signing_input, signature: &decoded.signature };
    if !stage.sealing.verify(published, *algorithm, Signed { by, input: signed }, presented) {
        return Err(not_validated().because(
            "The signature does not fit the keys that the issuer publishes: another key signed, or the token was changed afterwards.",
        ));
    }
    let (aud, azp, sub) = (claim("aud"), claim("azp"), claim("sub"));
    // `exp` is missed where the time is looked at.
    let needed = [("sub", sub.is_empty()), ("aud", aud.is_empty()), ("iat", decoded.time("iat").is_none())];
    if let Some((name, _)) = needed.into_iter().find(|(_, is_missing)| *is_missing) {
        return Err(lacks(name));
    }
    let audience = if azp.is_empty() { aud.clone() } else { azp.clone() };
    if let Some(clients) = clients
        && !clients.contains(&audience)
    {
        return Err(Failure::new("InvalidIdentityToken", 400, "Incorrect token audience", "ERR-71").because(format!(
            "The token is for `{audience}`, and the provider in IAM lists {}.",
            clients.iter().map(|client| format!("`{client}`")).collect::<Vec<_>>().join(", ")
        )));
    }
    timely(stage.now, &decoded)?;
    let mut keys = Keys::new();
    let one = |keys: &mut Keys, name: &str, value: &str| {
        if !value.is_empty() {
            keys.insert(format!("{host}:{name}"), Some(ContextValue::One(value.to_owned())));
        }
    };
    one(&mut keys, "aud", &audience);
    one(&mut keys, "sub", &sub);
    let methods: Vec<String> = decoded.texts("amr").into_iter().map(ToOwned::to_owned).collect();
    if !methods.is_empty() {
        keys.insert(format!("{host}:amr"), Some(ContextValue::Many(methods)));
    }
    let session_keys = keys.clone();
    if !azp.is_empty() {
        one(&mut keys, "oaud", &aud);
    }
    one(&mut keys, "email", &claim("email"));
    for name in *listed {
        one(&mut keys, name, &claim(name));
    }
    let provider = match BUILT_IN.contains(&host.as_str()) {
        true => host.clone(),
        false => format!("arn:aws:iam::{account}:oidc-provider/{host}"),
    };
    let fields = vec![("SubjectFromWebIdentityToken", sub), ("Audience", audience), ("Provider", provider.clone())];
    let (tags, transitive) = tags(&decoded.claims);
    super::check::brought_tags(&tags)?;
    let source_identity = claim(SOURCE_IDENTITY_CLAIM);
    Ok(Verified { provider, prefix: host, keys, session_keys, fields, tags, transitive, source_identity })
}

/// The client ids of the provider of an issuer; `None` for those that every account knows.
fn clients(stage: &Stage<'_>, account: &str, host: &str) -> Result<Option<Vec<String>>, Failure> {
    if BUILT_IN.contains(&host) {
        return Ok(None);
    }
    let account = AccountId::parse(account).ok();
    let known = account.and_then(|id| stage.world.account(&id)).and_then(|account| account.providers.get(host));
    match known.map(|provider| &provider.kind) {
        Some(ProviderKind::Oidc { audiences }) => Ok(Some(audiences.iter().map(ToString::to_string).collect())),
        _ => Err(no_provider(&format!("https://{host}"))),
    }
}

/// ERR-70.
fn no_provider(issuer: &str) -> Failure {
    let message = format!("No OpenIDConnect provider found in your account for {issuer}");
    Failure::new("InvalidIdentityToken", 400, message, "ERR-70")
}

/// A claim that STS needs is missing (FED-41.4).
fn lacks(claim: &str) -> Failure {
    not_validated().because(format!("The token has no `{claim}`, which STS needs."))
}

/// exp, nbf and iat (ERR-73, ERR-74).
fn timely(now: Time, token: &Decoded) -> Result<(), Failure> {
    let at = |name: &str| token.time(name).map(|time| time.0);
    match at("exp") {
        Some(until) if until <= now.0 => {
            let message =
                format!("Token expired: current date/time {} must be before the expiration date/time {until}", now.0);
            return Err(Failure::new("ExpiredTokenException", 400, message, "ERR-73"));
        }
        Some(_) => {}
        None => return Err(lacks("exp")),
    }
    match at("nbf").into_iter().chain(at("iat")).max() {
        Some(from) if from > now.plus(SKEW).0 => Err(not_validated().because(
            "The token is not valid yet: the clock of whoever issued it runs ahead of AWS's by more than five minutes.",
        )),
        _ => Ok(()),
    }
}

fn tags(claims: &Map<String, Value>) -> (Vec<(String, String)>, Vec<String>) {
    let Some(found) = claims.get(TAGS_CLAIM) else { return (Vec::new(), Vec::new()) };
    let first = |value: &Value| value.get(0).and_then(Value::as_str).map(ToOwned::to_owned);
    let tags = found.get("principal_tags").and_then(Value::as_object);
    let tags = tags.into_iter().flatten().filter_map(|(key, value)| Some((key.clone(), first(value)?))).collect();
    let transitive = found.get("transitive_tag_keys").and_then(Value::as_array);
    let transitive = transitive.into_iter().flatten().filter_map(Value::as_str).map(ToOwned::to_owned).collect();
    (tags, transitive)
}

fn of_opaque(stage: &Stage<'_>, pending: &Pending, token: &WebToken) -> Result<Verified, Failure> {
    let WebToken::Opaque { provider, app, user, expires, reachable, good } = token else {
        return Err(not_validated());
    };
    if pending.ask.provider_id.is_empty() {
        return Err(not_validated().because(
            "Without `ProviderId` STS takes the token for a JWT, and an access token of Amazon or Facebook is none.",
        ));
    }
    if pending.ask.provider_id != *provider {
        return Err(not_validated().because(format!(
            "STS asked `{}` about the token, and it is one of `{provider}`.",
            pending.ask.provider_id
        )));
    }
    if !reachable {
        let message = "The identity provider could not be reached. Try again; if it goes on, the provider is down or does not let requests through.";
        return Err(Failure::new("IDPCommunicationError", 400, message, "ERR-54").approximately());
    }
    if expires.0 <= stage.now.0 {
        let message = format!(
            "Token expired: current date/time {} must be before the expiration date/time {}",
            stage.now.0, expires.0
        );
        return Err(Failure::new("ExpiredTokenException", 400, message, "ERR-73"));
    }
    if !good {
        let message = "The identity provider says that the token is not valid.";
        return Err(Failure::new("IDPRejectedClaim", 403, message, "ERR-53").approximately());
    }
    let (of_app, of_user) = crate::eval::scene::claim_names(provider);
    let mut keys = Keys::new();
    keys.insert(format!("{provider}:{of_app}"), Some(ContextValue::One(app.clone())));
    keys.insert(format!("{provider}:{of_user}"), Some(ContextValue::One(user.clone())));
    let fields = vec![
        ("SubjectFromWebIdentityToken", user.clone()),
        ("Audience", app.clone()),
        ("Provider", (*provider).to_owned()),
    ];
    Ok(Verified {
        provider: (*provider).to_owned(),
        prefix: (*provider).to_owned(),
        session_keys: keys.clone(),
        keys,
        fields,
        tags: Vec::new(),
        transitive: Vec::new(),
        source_identity: String::new(),
    })
}

/// ERR-74.
fn not_validated() -> Failure {
    Failure::new(
        "InvalidIdentityToken",
        400,
        "The web identity token that was passed could not be validated by AWS. Get a new identity token from the identity provider and then retry the request.",
        "ERR-74",
    )
}
