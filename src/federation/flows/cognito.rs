//! Amazon Cognito identity pools: people sign in anywhere, the pool gives each a lasting identity and vouches for it with a
//! token of its own (FED-44, KEY-124).

mod faults;
mod inputs;
mod login;
mod policies;
mod pool;
mod vouched;

use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::flows::parts::{holds, lane};
use crate::federation::outcome::Happened;
use crate::federation::sts;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "cognito",
    title: "Amazon Cognito identity pools",
    about: "An app lets people sign in with many providers, or not at all. An identity pool knows each of them by one id and gets AWS credentials for it.",
    facts: "FED-44, KEY-124, ERR-190",
    lanes: &[
        lane("browser", "Browser"),
        lane("app", "App"),
        lane("google", "Google"),
        Lane {
            id: "cognito",
            name: "Identity pool",
            holds: &[holds(
                &[],
                "key",
                "Signing key of Cognito",
                "its public half is at cognito-identity.amazonaws.com",
            )],
        },
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: ENHANCED, name: "Enhanced flow", lanes: &[] },
        Variant { id: BASIC, name: "Basic (classic) flow", lanes: &[] },
        Variant { id: GUEST, name: "Guests", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting: policies::setting,
};

const ENHANCED: &str = "enhanced";
const BASIC: &str = "basic";
const GUEST: &str = "guest";
/// People who sign in.
const PEOPLE: &[&str] = &[ENHANCED, BASIC];
/// Cognito asks STS.
const FOR_THE_APP: &[&str] = &[ENHANCED, GUEST];

const STEPS: &[Step] = &[
    Step {
        id: "open",
        from: "browser",
        to: "app",
        message: "Open the app",
        about: "Somebody opens the app and does not sign in. Even so the app wants to show photos from a bucket.",
        only: &[GUEST],
        act: |_| Ok(Happened::Sent),
    },
    Step {
        id: "consent",
        from: "browser",
        to: "google",
        message: "Sign in and consent",
        about: "The person signs in at a provider that the pool knows: Google here, a user pool or a SAML provider as well.",
        only: PEOPLE,
        act: login::consent,
    },
    Step {
        id: "login",
        from: "google",
        to: "app",
        message: "ID token",
        about: "A signed statement about the person, for this app. It goes to Cognito and not to STS.",
        only: PEOPLE,
        act: login::token,
    },
    Step {
        id: "getid",
        from: "app",
        to: "cognito",
        message: "GetId",
        about: "The app names the pool and hands over the login token, under the name of its provider. The request is not signed.",
        only: PEOPLE,
        act: pool::get_id,
    },
    Step {
        id: "getid",
        from: "app",
        to: "cognito",
        message: "GetId",
        about: "The app names the pool and no login. The request is not signed, so anybody can make it.",
        only: &[GUEST],
        act: pool::get_id,
    },
    Step {
        id: "check",
        from: "cognito",
        to: "google",
        message: "Is the login good?",
        about: "Cognito verifies the login token with the provider's keys: signature, audience, time.",
        only: PEOPLE,
        act: pool::check,
    },
    Step {
        id: "check",
        from: "cognito",
        to: "cognito",
        message: "Are guests let in?",
        about: "A setting of the pool says whether somebody without a login gets an identity.",
        only: &[GUEST],
        act: pool::check,
    },
    Step {
        id: "identity",
        from: "cognito",
        to: "app",
        message: "IdentityId",
        about: "The pool knows the person by this id from now on, whichever provider they come from.",
        only: &[],
        act: pool::identity,
    },
    Step {
        id: "ask",
        from: "app",
        to: "cognito",
        message: "GetCredentialsForIdentity",
        about: "With the id and the logins again. The app names no role: that is the pool's affair.",
        only: FOR_THE_APP,
        act: pool::get_credentials,
    },
    Step {
        id: "ask",
        from: "app",
        to: "cognito",
        message: "GetOpenIdToken",
        about: "In the classic flow the app asks for a token only, and goes to STS itself.",
        only: &[BASIC],
        act: pool::get_token,
    },
    Step {
        id: "token",
        from: "cognito",
        to: "cognito",
        message: "Role and token",
        about: "Cognito chooses the role by its settings and signs a token of its own: the pool, the identity, and whether there was a login.",
        only: FOR_THE_APP,
        act: vouched::choose,
    },
    Step {
        id: "token",
        from: "cognito",
        to: "app",
        message: "Token of the identity",
        about: "Cognito signs a token of its own, good for ten minutes: the pool, the identity, and whether there was a login.",
        only: &[BASIC],
        act: vouched::hand_out,
    },
    Step {
        id: "assume",
        from: "cognito",
        to: "sts",
        message: "AssumeRoleWithWebIdentity",
        about: "Cognito asks for the app, with its own token. For guests it adds a session policy that leaves a few services only.",
        only: FOR_THE_APP,
        act: vouched::assume,
    },
    Step {
        id: "assume",
        from: "app",
        to: "sts",
        message: "AssumeRoleWithWebIdentity",
        about: "The app chooses the role, its session name, duration and session policy.",
        only: &[BASIC],
        act: vouched::assume,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "cognito",
        message: "Keys of Cognito",
        about: "Every account knows Cognito as a provider. STS verifies the token with Cognito's keys.",
        only: &[],
        act: vouched::verify,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this pool?",
        about: "All pools of all accounts have the same issuer; `aud` tells which pool it was, `amr` whether there was a login.",
        only: &[],
        act: vouched::trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "cognito",
        message: "Temporary credentials",
        about: "For an hour, always.",
        only: FOR_THE_APP,
        act: |stage| sts::issue(stage, "cognito"),
    },
    Step {
        id: "issue",
        from: "sts",
        to: "app",
        message: "Temporary credentials",
        about: "For as long as was asked, at most as long as the role says.",
        only: &[BASIC],
        act: |stage| sts::issue(stage, "app"),
    },
    Step {
        id: "back",
        from: "cognito",
        to: "app",
        message: "Credentials",
        about: "Cognito calls the secret `SecretKey`, where STS says `SecretAccessKey`.",
        only: FOR_THE_APP,
        act: vouched::back,
    },
    Step {
        id: "photo",
        from: "app",
        to: "s3",
        message: "GetObject",
        about: "One policy serves all people: the variable in it stands for the identity of whoever asks.",
        only: PEOPLE,
        act: vouched::photo,
    },
    Step {
        id: "photo",
        from: "app",
        to: "s3",
        message: "GetObject",
        about: "Guests see what is public. What their role and Cognito's session policy both allow they may do.",
        only: &[GUEST],
        act: vouched::call_of_guest,
    },
];

#[cfg(test)]
mod tests;
