//! Signing in at Google.

use serde_json::{Map, Value, json};

use crate::federation::identifiers;
use crate::federation::oidc::{self, Issuer};
use crate::federation::outcome::{Did, Happened, Holding, PaperKind};
use crate::federation::seal::Algorithm;
use crate::federation::stage::Stage;

/// Google signs.
pub(super) const GOOGLE: Issuer =
    Issuer { url: "https://accounts.google.com", key: "google", algorithm: Algorithm::Rs256 };

pub(super) fn consent(stage: &mut Stage<'_>) -> Did {
    let person = if stage.input("person") == "ben" { "Ben" } else { "Ana" };
    stage.gain(Holding::new("browser", "session", format!("{person}'s session at Google"), "a cookie of Google"));
    Ok(Happened::Accepted)
}

pub(super) fn token(stage: &mut Stage<'_>) -> Did {
    let until = stage.now.plus(stage.number("lifetime"));
    if stage.input("kind") == "access" {
        let token = format!("ya29.{}", identifiers::hex(&stage.seed("access"), 60));
        stage.gain(
            Holding::new("app", "login", "Access token of Google", "opaque: Cognito cannot verify it").until(until),
        );
        stage.paper("Access token", PaperKind::Opaque, token.clone());
        stage.made.insert("login", token);
        return Ok(Happened::Sent);
    }
    let (sub, email) = match stage.input("person") {
        "ben" => ("110248495921238986420", "ben@example.com"),
        _ => ("107691503500061507151", "ana@example.com"),
    };
    let app = stage.input("app");
    let claims = json!({
        "iss": GOOGLE.url,
        "azp": app,
        "aud": app,
        "sub": sub,
        "email": email,
        "email_verified": true,
        "iat": stage.now.0,
        "exp": until.0,
    });
    let claims: Map<String, Value> = claims.as_object().cloned().unwrap_or_default();
    let by = if stage.input("signer") == "stranger" { "stranger" } else { GOOGLE.key };
    let token = oidc::sign(stage, &GOOGLE, by, &claims, None);
    stage.gain(Holding::new("app", "login", "ID token of Google", format!("sub {sub}, for {app}")).until(until));
    stage.paper("ID token of Google", PaperKind::Jwt, token.clone());
    stage.made.insert("login", token);
    Ok(Happened::Sent)
}
