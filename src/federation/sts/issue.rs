//! The last checks, and the temporary credentials (FED-2…10, EVAL-160…166).

use super::{Ask, Bearer, Operation, Pending, merged, refuse, reply};
use crate::federation::credentials::{Caller, Credentials, Keys};
use crate::federation::outcome::{Did, Failure, Happened, Holding};
use crate::federation::stage::Stage;
use crate::federation::{identifiers, instant};
use crate::model::{PrincipalRef, Proof, Session};

/// Characters that the packed policies and tags of a session have room for: AWS packs them in a way of its own, so that the
/// percentage is an estimate.
const ROOM: usize = 2_048;

/// Checks the duration and the size, and gives the credentials to a lane.
pub fn issue(stage: &mut Stage<'_>, lane: &'static str) -> Did {
    let Some(Pending { ask, bearer: Some(bearer) }) = stage.pending.take() else {
        return Err(refuse(stage, super::errors::unsigned("sts")));
    };
    let seconds = match lasting(stage, &ask, &bearer) {
        Ok(seconds) => seconds,
        Err(failure) => return Err(refuse(stage, failure)),
    };
    let packed = packed(&ask);
    if packed > 100 {
        let what = if ask.tags.is_empty() { "session policies" } else { "session tags" };
        let message = format!("Packed size of {what} consumes {packed}% of allotted space.");
        return Err(refuse(stage, Failure::new("PackedPolicyTooLarge", 400, message, "ERR-68")));
    }
    stage.made.insert("packed", packed.to_string());
    let credentials = made(stage, &ask, &bearer, seconds);
    let response = reply::issued(stage, &ask, &bearer, &credentials, packed);
    stage.respond(response);
    stage.gain(holding(stage, lane, &credentials));
    stage.credentials.insert(lane, credentials);
    Ok(Happened::Sent)
}

/// How long the session lasts, in AWS's order of checks (EVAL-161).
fn lasting(stage: &Stage<'_>, ask: &Ask, bearer: &Bearer) -> Result<i64, Failure> {
    let asked = ask.duration.trim().parse::<i64>().ok();
    let by_itself = if ask.operation.is_of_role() { 3_600 } else { 43_200 };
    let seconds = asked.unwrap_or(by_itself);
    if !ask.operation.is_of_role() {
        // FED-6, FED-7: what the root user asks beyond an hour is cut down to one.
        let is_root = bearer.caller.principal == PrincipalRef::Root;
        return Ok(if is_root { seconds.min(3_600) } else { seconds });
    }
    let most = stage.world.role(&ask.role).map_or(3_600, |(_, role)| i64::from(role.max_session));
    if seconds > most && !bearer.is_service {
        let message = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(super::check::invalid(message, "ERR-62"));
    }
    if seconds > 3_600 && bearer.caller.is_role_session() {
        let message =
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        return Err(super::check::invalid(message, "ERR-62b"));
    }
    let left = bearer.not_after.map(|until| stage.now.until(until));
    Ok(left.map_or(seconds, |left| seconds.min(left)))
}

/// Percent of the room that policies and tags take (ERR-68).
fn packed(ask: &Ask) -> usize {
    let policy = ask.policy.chars().filter(|c| !c.is_whitespace()).count();
    let arns: usize = ask.policy_arns.iter().map(String::len).sum();
    let tags: usize = ask.tags.iter().map(|(key, value)| key.len() + value.len()).sum();
    ((policy + arns + tags) * 100).div_ceil(ROOM)
}

fn made(stage: &mut Stage<'_>, ask: &Ask, bearer: &Bearer, seconds: i64) -> Credentials {
    let caller = session(ask, bearer, stage);
    // Other people get other credentials.
    let values = caller.keys.values().flatten().map(crate::eval::ContextValue::line);
    let whose: Vec<String> = caller.session.name.iter().map(ToString::to_string).chain(values).collect();
    let seed = format!("{}/{}", stage.seed("credentials"), whose.join("/"));
    Credentials {
        id: identifiers::access_key_id("ASIA", &seed),
        secret: identifiers::secret(&seed),
        token: Some(identifiers::session_token(&seed)),
        issued: stage.now,
        expires: Some(stage.now.plus(seconds)),
        caller,
    }
}

/// Who the credentials stand for.
fn session(ask: &Ask, bearer: &Bearer, stage: &Stage<'_>) -> Caller {
    let policy = Some(ask.policy.trim()).filter(|text| !text.is_empty()).map(Into::into);
    let managed = ask.policy_arns.iter().map(|arn| arn.as_str().into()).collect();
    let passed = Session { policy, managed, ..Session::default() };
    match ask.operation {
        Operation::GetSessionToken => Caller {
            session: Session {
                proof: Some(if bearer.mfa { Proof::TokenWithMfa } else { Proof::Token }),
                ..Session::default()
            },
            keys: Keys::new(),
            ..bearer.caller.clone()
        },
        Operation::GetFederationToken => Caller {
            session: Session {
                proof: Some(Proof::Federation),
                name: Some(ask.name.as_str().into()),
                tags: merged(&crate::model::Tags::new(), &ask.tags),
                ..passed
            },
            keys: Keys::new(),
            ..bearer.caller.clone()
        },
        Operation::AssumeRole | Operation::AssumeRoleWithSaml | Operation::AssumeRoleWithWebIdentity => {
            let name = ask.role.rsplit('/').next().unwrap_or_default();
            let account = ask.role.split(':').nth(4).and_then(|id| crate::ident::AccountId::parse(id).ok());
            let principal = match &bearer.provider {
                Some(provider) => {
                    PrincipalRef::FederatedSession { role: name.into(), provider: provider.as_str().into() }
                }
                None => PrincipalRef::Role(name.into()),
            };
            let before = &bearer.caller.session;
            let inherited: crate::model::Tags = before
                .tags
                .iter()
                .filter(|(key, _)| bearer.caller.transitive.contains(key))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            let asked_identity = Some(ask.source_identity.as_str()).filter(|text| !text.is_empty()).map(Into::into);
            let passing = ask.transitive.iter().map(|key| key.as_str().into());
            Caller {
                account: account.unwrap_or_else(|| stage.home.clone()),
                principal,
                session: Session {
                    name: Some(ask.name.as_str().into()),
                    tags: merged(&inherited, &ask.tags),
                    source_identity: asked_identity.or_else(|| before.source_identity.clone()),
                    ..passed
                },
                keys: bearer.session_keys.clone(),
                transitive: bearer.caller.transitive.iter().cloned().chain(passing).collect(),
            }
        }
    }
}

/// The credentials as somebody holds them.
pub(super) fn holding(stage: &Stage<'_>, lane: &'static str, credentials: &Credentials) -> Holding {
    let mut about = vec![credentials.caller.arn(stage.world), credentials.id.clone()];
    if let Some(identity) = &credentials.caller.session.source_identity {
        about.push(format!("source identity {identity}"));
    }
    for (key, value) in &credentials.caller.session.tags {
        about.push(format!("tag {key} = {value}"));
    }
    if let Some(expires) = credentials.expires {
        about.push(format!("good until {}", instant::extended(expires)));
    }
    let id = "credentials";
    Holding { owner: lane, id, name: "Temporary credentials".to_owned(), about, until: credentials.expires }
}
