//! The access portal (FED-60.1 to FED-60.4).

use serde_json::json;

use super::session;
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Happened, Http, PaperKind};
use crate::federation::stage::Stage;
use crate::federation::{sts, uri_encode};

/// Host of the organization's portal.
pub(super) const PORTAL: &str = "d-9067642ac7.awsapps.com";
/// Where the console begins.
pub(super) const PAGE: &str = "https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1";

fn asked(stage: &mut Stage<'_>, start: &str, host: &str, body: &str) {
    let request = Http::new(format!("{start} HTTP/1.1"), &[("Host", host)], body);
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
}

pub(super) fn open(stage: &mut Stage<'_>) -> Did {
    asked(stage, "GET /start", PORTAL, "");
    Ok(Happened::Sent)
}

pub(super) fn sign_in(stage: &mut Stage<'_>) -> Did {
    session::portal_session(stage)
}

pub(super) fn list(stage: &mut Stage<'_>) -> Did {
    let sets = if stage.input("assigned") == "no" { json!([]) } else { json!(["SalesReader"]) };
    let accounts = json!([{ "accountId": stage.home.as_str(), "permissionSets": sets }]);
    stage.paper("What the person is assigned", PaperKind::Json, pretty(&accounts));
    Ok(Happened::Sent)
}

pub(super) fn choose(stage: &mut Stage<'_>) -> Did {
    let start = format!("GET /start/#/console?account_id={}&role_name={}", stage.home, uri_encode(stage.input("set")));
    asked(stage, &start, PORTAL, "");
    match session::is_assigned(stage) {
        Ok(()) => Ok(Happened::Accepted),
        Err(failure) => Err(sts::answered_by(stage, "sso", failure)),
    }
}

pub(super) fn post(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("stale"));
    let body = format!("SAMLResponse={}", uri_encode(stage.made("assertion")));
    asked(stage, "POST /saml", "signin.aws.amazon.com", &body);
    Ok(Happened::Sent)
}
