//! Web identity: people sign in with Amazon, Facebook, Google or another OpenID Connect provider, and the app trades their
//! token for temporary credentials (FED-40, FED-41).

mod faults;
mod inputs;

use serde_json::{Value, json};

use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::oidc::{self, Issuer};
use crate::federation::outcome::{Did, Exchange, Happened, Holding, Http, PaperKind};
use crate::federation::seal::Algorithm;
use crate::federation::setting::Setting;
use crate::federation::stage::{Call, Stage};
use crate::federation::sts::{self, Ask, Operation, WebToken};
use crate::federation::{Keys, identifiers, uri_encode};
use crate::model::{ResourceKind, Time};

/// The flow.
pub const FLOW: Flow = Flow {
    id: "web-identity",
    title: "Web identity federation",
    about: "People sign in to a mobile app with an account they have already. The app trades their token for temporary credentials; nobody needs an IAM user, however many people there are.",
    facts: "FED-40, FED-41",
    lanes: &[
        lane("browser", "Browser"),
        lane("app", "App"),
        lane("provider", "Provider"),
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "google", name: "Google", lanes: &[("provider", "Google")] },
        Variant { id: "amazon", name: "Login with Amazon", lanes: &[("provider", "Login with Amazon")] },
        Variant { id: "facebook", name: "Facebook", lanes: &[("provider", "Facebook")] },
        Variant { id: "oidc", name: "Another OpenID Connect provider", lanes: &[("provider", "id.example.com")] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const fn lane(id: &'static str, name: &'static str) -> Lane {
    Lane { id, name, holds: &[] }
}

const STEPS: &[Step] = &[
    Step {
        id: "open",
        from: "browser",
        to: "app",
        message: "Sign in",
        about: "Somebody opens the app and chooses to sign in. The app holds no AWS credentials of its own.",
        only: &[],
        act: |_| Ok(Happened::Sent),
    },
    Step {
        id: "redirect",
        from: "app",
        to: "browser",
        message: "Go to the provider",
        about: "The app sends the browser to the provider, with the id under which the app is registered there.",
        only: &[],
        act: redirect,
    },
    Step {
        id: "consent",
        from: "browser",
        to: "provider",
        message: "Sign in and consent",
        about: "The provider asks for the password and whether the app may know who this is. AWS sees nothing of it.",
        only: &[],
        act: consent,
    },
    Step {
        id: "token",
        from: "provider",
        to: "app",
        message: "ID token",
        about: "A signed statement about the person, for this app alone: who issued it, for whom, about whom, until when.",
        only: &["google", "oidc"],
        act: id_token,
    },
    Step {
        id: "token",
        from: "provider",
        to: "app",
        message: "Access token",
        about: "An access token of this provider says nothing to anybody else: only the provider can tell whose it is.",
        only: &["amazon", "facebook"],
        act: access_token,
    },
    Step {
        id: "ask",
        from: "app",
        to: "sts",
        message: "AssumeRoleWithWebIdentity",
        about: "The request is not signed: whoever has the token may send it. The token is the proof.",
        only: &[],
        act: ask,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "provider",
        message: "Keys of the issuer",
        about: "STS fetches the issuer's keys and verifies signature, issuer, audience and time.",
        only: &["google", "oidc"],
        act: verify_jwt,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "provider",
        message: "Whose token is this?",
        about: "STS asks the provider that ProviderId names whether the token is good, for which app and whom.",
        only: &["amazon", "facebook"],
        act: verify_opaque,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust this?",
        about: "Only the role's trust policy decides, by provider and by what the token says; there is no identity policy yet.",
        only: &[],
        act: sts::authorize,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "app",
        message: "Temporary credentials",
        about: "Access key, secret and session token, for as long as was asked, at most as long as the role says.",
        only: &[],
        act: |stage| sts::issue(stage, "app"),
    },
    Step {
        id: "photo",
        from: "app",
        to: "s3",
        message: "GetObject",
        about: "A signed request, as from any other AWS identity. The role's policy lets each person into a folder of their own.",
        only: &[],
        act: photo,
    },
    Step {
        id: "shown",
        from: "app",
        to: "browser",
        message: "The photo",
        about: "The app shows what it got. The credentials stay in the app and end by themselves.",
        only: &[],
        act: |_| Ok(Happened::Sent),
    },
];

const TRUST_PARTNER: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Partner",
      "Effect": "Allow",
      "Principal": { "Federated": "arn:aws:iam::123456789012:oidc-provider/id.example.com" },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": { "id.example.com:aud": "photo-app" }
      }
    }
  ]
}
"#;

const PARTNER_PHOTOS: &str = r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OwnPhotos",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:PutObject"],
      "Resource": "arn:aws:s3:::example-photos/partner/${id.example.com:sub}/*"
    }
  ]
}
"#;

fn setting(setting: &mut Setting) {
    if setting.is("oidc") {
        setting.oidc_provider("id.example.com", &["photo-app"]);
        let inline = [("OwnPhotos", PARTNER_PHOTOS)];
        setting.role("PartnerAppUser", "Whoever signs in with the partner", TRUST_PARTNER, &inline);
    } else {
        setting.mobile_app();
    }
    setting.resource("arn:aws:s3:::example-photos", ResourceKind::Bucket, None);
}

/// The provider's sign-in page.
fn sign_in_page(stage: &Stage<'_>) -> &'static str {
    match stage.variant.id {
        "amazon" => "https://www.amazon.com/ap/oa",
        "facebook" => "https://www.facebook.com/dialog/oauth",
        "google" => "https://accounts.google.com/o/oauth2/v2/auth",
        _ => "https://id.example.com/authorize",
    }
}

fn redirect(stage: &mut Stage<'_>) -> Did {
    let (page, app) = (sign_in_page(stage), uri_encode(stage.input("audience")));
    let gives_jwt = !matches!(stage.variant.id, "amazon" | "facebook");
    let kind = if gives_jwt { "id_token" } else { "token" };
    let scope = match stage.variant.id {
        "amazon" => "profile",
        "facebook" => "public_profile",
        _ => "openid",
    };
    let mut address = format!(
        "{page}?client_id={app}&response_type={kind}&scope={scope}&redirect_uri=https%3A%2F%2Fphotos.example.com%2Fsigned-in"
    );
    // The token repeats it, so that the app knows its own request again.
    if gives_jwt {
        let nonce = identifiers::hex(&stage.seed("nonce"), 32);
        address.push_str("&nonce=");
        address.push_str(&nonce);
        stage.made.insert("nonce", nonce);
    }
    let response = Http::new("HTTP/1.1 302 Found", &[("Location", &address)], "");
    let request = Http::new("GET /sign-in HTTP/1.1", &[("Host", "photos.example.com")], "");
    stage.record.exchange = Some(Exchange { request, response: Some(response), signed: None });
    Ok(Happened::Sent)
}

fn consent(stage: &mut Stage<'_>) -> Did {
    let person = if stage.input("person") == "ben" { "Ben" } else { "Ana" };
    stage.gain(Holding::new(
        "browser",
        "session",
        format!("{person}'s session at the provider"),
        "a cookie of the provider",
    ));
    Ok(Happened::Accepted)
}

/// How the provider knows somebody.
fn subject(stage: &Stage<'_>, person: &str) -> &'static str {
    match (stage.variant.id, person == "ben") {
        ("amazon", false) => "amzn1.account.EXAMPLEANA",
        ("amazon", true) => "amzn1.account.EXAMPLEBEN",
        ("facebook", false) => "10220000000000001",
        ("facebook", true) => "10220000000000002",
        ("google", false) => "107691503500061507151",
        ("google", true) => "110248495921238986420",
        (_, false) => "ana",
        (_, true) => "ben",
    }
}

fn id_token(stage: &mut Stage<'_>) -> Did {
    let issued = stage.now.plus(stage.number("ahead"));
    let until = issued.plus(stage.number("lifetime"));
    if stage.input("kind") == "access" {
        let token = format!("ya29.{}", identifiers::hex(&stage.seed("access"), 60));
        stage.gain(Holding::new("app", "token", "Access token of Google", "opaque: STS cannot verify it").until(until));
        stage.paper("Access token", PaperKind::Opaque, token.clone());
        stage.made.insert("token", token);
        return Ok(Happened::Sent);
    }
    let person = stage.input("person");
    let name = if person == "ben" { "ben@example.com" } else { "ana@example.com" };
    let mut claims = json!({
        "iss": stage.input("issuer"),
        "aud": stage.input("audience"),
        "sub": subject(stage, person),
        "email": name,
        "nonce": stage.made("nonce"),
        "iat": issued.0,
        "exp": until.0,
    });
    if stage.is("google")
        && let Some(claims) = claims.as_object_mut()
    {
        claims.insert("azp".to_owned(), stage.input("audience").into());
    }
    let Value::Object(claims) = claims else { return Ok(Happened::Sent) };
    let other = if person == "ben" { "ana" } else { "ben" };
    let changed = (stage.input("tampered") == "yes").then(|| ("sub", subject(stage, other).into()));
    let by = if stage.input("signer") == "stranger" { "stranger" } else { issuer(stage).key };
    let token = oidc::sign(stage, &issuer(stage), by, &claims, changed);
    let about = format!("sub {}, for {}", subject(stage, person), stage.input("audience"));
    stage.gain(Holding::new("app", "token", "ID token", about).until(until));
    stage.paper("ID token", PaperKind::Jwt, token.clone());
    stage.made.insert("token", token);
    Ok(Happened::Sent)
}

fn issuer(stage: &Stage<'_>) -> Issuer {
    match stage.variant.id {
        "google" => Issuer { url: "https://accounts.google.com", key: "google", algorithm: Algorithm::Rs256 },
        _ => Issuer { url: "https://id.example.com", key: "oidc", algorithm: Algorithm::Es256 },
    }
}

fn access_token(stage: &mut Stage<'_>) -> Did {
    let seed = stage.seed("access");
    let token = match stage.variant.id {
        "amazon" => format!("Atza|{}", identifiers::hex(&seed, 80)),
        _ => format!("EAAB{}", identifiers::hex(&seed, 80)),
    };
    let until = stage.now.plus(stage.number("lifetime"));
    let name = format!("Access token of {}", stage.variant.name);
    stage.gain(Holding::new("app", "token", name, "opaque: only the provider can read it").until(until));
    stage.paper("Access token", PaperKind::Opaque, token.clone());
    stage.made.insert("token", token);
    stage.made.insert("until", until.0.to_string());
    Ok(Happened::Sent)
}

fn ask(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    let ask = Ask {
        operation: Operation::AssumeRoleWithWebIdentity,
        role: stage.input("role").to_owned(),
        name: stage.input("session").to_owned(),
        token: stage.made("token").to_owned(),
        provider_id: stage.input("provider_id").to_owned(),
        duration: stage.input("duration").to_owned(),
        policy: stage.input("policy").to_owned(),
        ..Ask::default()
    };
    sts::receive(stage, ask, None)
}

fn verify_jwt(stage: &mut Stage<'_>) -> Did {
    let issuer = issuer(stage);
    oidc::verify(stage, &issuer, stage.input("reachable") != "no", &[])
}

fn verify_opaque(stage: &mut Stage<'_>) -> Did {
    let provider = if stage.is("amazon") { "www.amazon.com" } else { "graph.facebook.com" };
    let token = WebToken::Opaque {
        provider,
        app: stage.input("audience").to_owned(),
        user: subject(stage, stage.input("person")).to_owned(),
        expires: Time(stage.made("until").parse().unwrap_or_default()),
        reachable: stage.input("reachable") != "no",
        good: stage.input("good") != "no",
    };
    sts::verify_web_token(stage, &token)
}

fn photo(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let folder = if stage.is("oidc") { "partner" } else { stage.variant.id };
    let owner = subject(stage, stage.input("owner"));
    let key = format!("{folder}/{owner}/cat.jpg");
    let resource = format!("arn:aws:s3:::example-photos/{key}");
    stage.call(
        "app",
        Call {
            action: "s3:GetObject",
            resource: &resource,
            start: format!("GET /{key}"),
            host: "example-photos.s3.us-east-1.amazonaws.com".to_owned(),
            headers: Vec::new(),
            body: String::new(),
            keys: Keys::new(),
            answer: "(the photo)",
        },
    )
}
