//! Web identity: people sign in with Amazon, Facebook, Google or another OpenID Connect provider, and the app trades their
//! token for temporary credentials (FED-40, FED-41).

mod faults;
mod inputs;
mod steps;

use serde_json::{Value, json};

use crate::federation::flow::{Flow, Lane, Variant};
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
    steps: steps::STEPS,
    faults: faults::FAULTS,
    setting,
};

const fn lane(id: &'static str, name: &'static str) -> Lane {
    Lane { id, name, holds: &[] }
}

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
