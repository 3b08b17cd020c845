//! Cognito's own token, and what it is good for (FED-44.5 to FED-44.8).

use serde_json::{Map, Value, json};

use super::pool::{self, answered, refusal};
use super::{BASIC, GUEST, policies};
use crate::eval::ContextValue;
use crate::federation::flows::parts::get_object;
use crate::federation::jwt::pretty;
use crate::federation::oidc::{self, Issuer};
use crate::federation::outcome::{Did, Failure, Happened, Holding, PaperKind};
use crate::federation::seal::Algorithm;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{Keys, uri_encode};
use crate::model::Time;

/// Cognito signs, for all pools of all accounts.
const COGNITO: Issuer =
    Issuer { url: "https://cognito-identity.amazonaws.com", key: "cognito", algorithm: Algorithm::Rs256 };
/// Prefix of its keys.
const PREFIX: &str = "cognito-identity.amazonaws.com";
/// Seconds that a token is good (FED-14).
const TEN_MINUTES: i64 = 600;
/// What Cognito says whatever is wrong with a role.
const CHECK_ROLES: &str = "Invalid identity pool configuration. Check assigned IAM roles for this pool.";

fn refuse(stage: &mut Stage<'_>, failure: Failure) -> Failure {
    sts::answered_by(stage, "cognito-identity", failure)
}

/// A login belongs to one identity, and only with it (ERR-190).
fn linked(stage: &Stage<'_>) -> Result<(), Failure> {
    if pool::named(stage) == pool::own(stage) {
        return Ok(());
    }
    let failure = refusal("ResourceConflictException", "Logins are already linked to another account.").approximately();
    Err(failure.because("The login belongs to one identity, and the app names another."))
}

/// The token: the pool is its audience, the identity its subject (KEY-124).
fn signed(stage: &mut Stage<'_>) -> (String, Time) {
    let until = stage.now.plus(TEN_MINUTES);
    let methods =
        if stage.is(GUEST) { json!(["unauthenticated"]) } else { json!(["authenticated", "accounts.google.com"]) };
    let claims = json!({
        "sub": pool::named(stage),
        "aud": stage.input("pool"),
        "amr": methods,
        "iss": COGNITO.url,
        "exp": until.0,
        "iat": stage.now.0,
    });
    let claims: Map<String, Value> = claims.as_object().cloned().unwrap_or_default();
    let token = oidc::sign(stage, &COGNITO, COGNITO.key, &claims, None);
    stage.paper("Token of the identity", PaperKind::Jwt, token.clone());
    stage.made.insert("token", token.clone());
    (token, until)
}

pub(super) fn choose(stage: &mut Stage<'_>) -> Did {
    if let Err(failure) = linked(stage) {
        return Err(refuse(stage, failure));
    }
    if stage.input("role").is_empty() {
        let failure = refusal("InvalidIdentityPoolConfigurationException", CHECK_ROLES);
        return Err(refuse(stage, failure.because("The settings of the pool name no role for this kind of identity.")));
    }
    let (_, until) = signed(stage);
    let about = format!("sub {}", pool::named(stage));
    stage.gain(Holding::new("cognito", "token", "Token of the identity", about).until(until));
    Ok(Happened::Accepted)
}

pub(super) fn hand_out(stage: &mut Stage<'_>) -> Did {
    let message = match stage.input("classic") {
        "off" => Some("Basic (classic) flow is not enabled, please use enhanced flow."),
        "mappings" => Some("Basic (classic) flow is not supported with RoleMappings, please use enhanced flow."),
        _ => None,
    };
    if let Some(message) = message {
        return Err(refuse(stage, refusal("InvalidParameterException", message)));
    }
    if let Err(failure) = linked(stage) {
        return Err(refuse(stage, failure));
    }
    let (token, until) = signed(stage);
    answered(stage, &json!({ "IdentityId": pool::named(stage), "Token": token }));
    let about = format!("sub {}", pool::named(stage));
    stage.gain(Holding::new("app", "token", "Token of the identity", about).until(until));
    Ok(Happened::Sent)
}

pub(super) fn assume(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("wait"));
    let mut ask = Ask {
        operation: Operation::AssumeRoleWithWebIdentity,
        role: stage.input("role").to_owned(),
        name: "CognitoIdentityCredentials".to_owned(),
        token: stage.made("token").to_owned(),
        ..Ask::default()
    };
    match stage.variant.id {
        BASIC => {
            ask.name = stage.input("session").to_owned();
            ask.duration = stage.input("duration").to_owned();
            ask.policy = stage.input("policy").to_owned();
        }
        GUEST => {
            ask.policy = policies::FOR_GUESTS.to_owned();
            stage.paper("Session policy that Cognito adds", PaperKind::Json, policies::FOR_GUESTS);
            stage.note("Cognito passes the AWS managed policy AmazonCognitoUnAuthedIdentitiesSessionPolicy too, with some services more. It is left out here.");
        }
        _ => {}
    }
    sts::receive(stage, ask, None)
}

pub(super) fn verify(stage: &mut Stage<'_>) -> Did {
    let done = oidc::verify(stage, &COGNITO, true, &[])?;
    // Cognito asks from within AWS: there is no address of the person (FED-44).
    if !stage.is(BASIC)
        && let Some(bearer) = stage.pending.as_mut().and_then(|pending| pending.bearer.as_mut())
    {
        bearer.caller.keys.insert("aws:SourceIp".to_owned(), None);
    }
    Ok(done)
}

/// The decision, and whom else the trust policy would let in.
pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    let done = if stage.is(BASIC) {
        sts::authorize(stage)?
    } else {
        sts::authorize_for(
            stage,
            "cognito-identity",
            refusal("InvalidIdentityPoolConfigurationException", CHECK_ROLES),
        )?
    };
    let other = ContextValue::One("us-east-1:99999999-aaaa-4bbb-8ccc-dddddddddddd".to_owned());
    if sts::would_trust(stage, &Keys::from([(format!("{PREFIX}:aud"), Some(other))])) {
        stage.note("It would let in the identities of every other pool as well: anybody can make a pool.");
    }
    let guest = ContextValue::Many(vec!["unauthenticated".to_owned()]);
    if !stage.is(GUEST) && sts::would_trust(stage, &Keys::from([(format!("{PREFIX}:amr"), Some(guest))])) {
        stage.note("It would let in guests as well: no condition asks `amr` for `authenticated`.");
    }
    Ok(done)
}

pub(super) fn back(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("cognito").cloned() else { return Ok(Happened::Sent) };
    let body = json!({
        "Credentials": {
            "AccessKeyId": credentials.id,
            "Expiration": credentials.expires.map(|until| until.0),
            "SecretKey": credentials.secret,
            "SessionToken": credentials.token,
        },
        "IdentityId": pool::named(stage),
    });
    answered(stage, &body);
    sts::hand_over(stage, "cognito", "app");
    Ok(Happened::Sent)
}

pub(super) fn photo(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let identity = pool::identity_of(stage.input("owner"));
    stage.call(
        "app",
        Call {
            action: "s3:GetObject",
            resource: &format!("arn:aws:s3:::example-photos/cognito/{identity}/cat.jpg"),
            start: format!("GET /cognito/{}/cat.jpg", uri_encode(identity)),
            host: format!("example-photos.s3.{REGION}.amazonaws.com"),
            headers: Vec::new(),
            body: String::new(),
            keys: Keys::new(),
            answer: "(the photo)",
        },
    )
}

pub(super) fn call_of_guest(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    match stage.input("call") {
        "secret" => {
            let secret = format!("arn:aws:secretsmanager:{REGION}:{}:secret:guest-key", stage.home);
            let body = json!({ "SecretId": secret });
            let answer = pretty(&json!({ "ARN": secret, "SecretString": "(the key)" }));
            stage.call(
                "app",
                Call {
                    action: "secretsmanager:GetSecretValue",
                    resource: &secret,
                    start: "POST /".to_owned(),
                    host: format!("secretsmanager.{REGION}.amazonaws.com"),
                    headers: vec![
                        ("Content-Type".to_owned(), "application/x-amz-json-1.1".to_owned()),
                        ("X-Amz-Target".to_owned(), "secretsmanager.GetSecretValue".to_owned()),
                    ],
                    body: body.to_string(),
                    keys: Keys::new(),
                    answer: &answer,
                },
            )
        }
        "private" => get_object(stage, "app", "example-photos", "private/cat.jpg"),
        _ => get_object(stage, "app", "example-photos", "public/cat.jpg"),
    }
}
