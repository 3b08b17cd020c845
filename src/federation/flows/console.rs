//! The console of somebody who came without an IAM user.

use crate::federation::outcome::{Did, Exchange, Happened, Holding, Http};
use crate::federation::stage::Stage;
use crate::federation::sts;

/// The browser is sent to a page of the console, with a cookie; the credentials of a lane become the console's.
pub(super) fn enter(stage: &mut Stage<'_>, from: &'static str, page: &str) -> Did {
    sts::hand_over(stage, from, "console");
    let until = stage.credentials.get("console").and_then(|credentials| credentials.expires);
    let cookie =
        Holding::new("browser", "session", "Console session", "a cookie; the credentials stay with the console");
    stage.gain(Holding { until, ..cookie });
    let headers = [("Location", page), ("Set-Cookie", "aws-session=EXAMPLE; Secure; HttpOnly")];
    let response = Http::new("HTTP/1.1 302 Found", &headers, "");
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    Ok(Happened::Sent)
}

/// The browser asks for the page.
pub(super) fn open(stage: &mut Stage<'_>, page: &str) -> Did {
    let address = page.trim_start_matches("https://");
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let request = Http::new(format!("GET /{path} HTTP/1.1"), &[("Host", host), ("Cookie", "aws-session=EXAMPLE")], "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    Ok(Happened::Sent)
}
