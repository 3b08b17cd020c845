//! The steps of Lambda (FED-76).

use serde_json::json;

use crate::eval::ContextValue;
use crate::federation::credentials::{Caller, Keys};
use crate::federation::flows::parts::{environment, get_object, put_object, show_trust};
use crate::federation::outcome::{Did, Exchange, Failure, Happened, PaperKind};
use crate::federation::setting::localized;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{errors, identifiers};

const SERVICE: &str = "lambda.amazonaws.com";

fn function(stage: &Stage<'_>) -> String {
    localized(super::FUNCTION, stage.home).to_string()
}

/// Whoever asks for the role.
fn service(stage: &Stage<'_>) -> Caller {
    Caller::service(stage.home, SERVICE, &function(stage))
}

pub(super) fn create(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    stage.long_term("admin", &account, "Developer");
    let role = stage.input("execution_role");
    let body = json!({
        "FunctionName": "sales-report",
        "Runtime": "python3.13",
        "Handler": "report.handler",
        "Role": role,
        "Code": { "S3Bucket": "example-code", "S3Key": "report.zip" },
    });
    let call = Call {
        action: "lambda:CreateFunction",
        resource: &function(stage),
        start: "POST /2015-03-31/functions".to_owned(),
        host: format!("lambda.{REGION}.amazonaws.com"),
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: body.to_string(),
        keys: Keys::new(),
        answer: "",
    };
    stage.call("admin", call)?;
    show_trust(stage, role);
    stage.pass_role("admin", "lambda", role, SERVICE)
}

/// ERR-161.
pub(super) fn test(stage: &mut Stage<'_>) -> Did {
    let caller = service(stage);
    if stage.decide(&caller, "sts:AssumeRole", stage.input("execution_role"), &Keys::new()) {
        return Ok(Happened::Allowed);
    }
    let why = stage.refused("AccessDenied", 403, "ERR-60").why;
    let message = "The role defined for the function cannot be assumed by Lambda.";
    let failure = Failure {
        decided: true,
        ..Failure::new("InvalidParameterValueException", 400, message, "ERR-161").because(why)
    };
    let id = identifiers::request_id(&stage.seed("request"));
    let response = errors::response("lambda", &failure, &id);
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    Err(failure)
}

pub(super) fn created(stage: &mut Stage<'_>) -> Did {
    let made = json!({ "FunctionArn": function(stage), "Role": stage.input("execution_role"), "State": "Active" });
    stage.paper("The function", PaperKind::Json, format!("{made:#}"));
    Ok(Happened::Sent)
}

pub(super) fn invoke(stage: &mut Stage<'_>) -> Did {
    let rule = localized(stage.input("rule"), stage.home);
    let caller = Caller::service(stage.home, "events.amazonaws.com", &rule);
    let function = function(stage);
    let event = json!({ "source": "aws.events", "detail-type": "Scheduled Event", "resources": [&*rule] });
    let policy = stage.world.resource(&function).and_then(|(_, function)| function.policy.clone());
    stage.paper("Event", PaperKind::Json, format!("{event:#}"));
    if let Some(policy) = policy {
        stage.paper("Policy of the function", PaperKind::Json, policy.to_string());
    }
    match stage.decide(&caller, "lambda:InvokeFunction", &function, &Keys::new()) {
        true => Ok(Happened::Allowed),
        false => Err(stage.refused_by("lambda", "EVAL-116")),
    }
}

pub(super) fn assume(stage: &mut Stage<'_>) -> Did {
    let caller = service(stage);
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.input("execution_role").to_owned(),
        name: "sales-report".to_owned(),
        ..Ask::default()
    };
    sts::receive_from_service(stage, ask, caller)?;
    let function = function(stage);
    // KEY-217: what the function calls says that it is this function.
    if let Some(bearer) = stage.pending.as_mut().and_then(|pending| pending.bearer.as_mut()) {
        bearer.session_keys.insert("lambda:SourceFunctionArn".to_owned(), Some(ContextValue::One(function)));
    }
    Ok(Happened::Sent)
}

pub(super) fn issue(stage: &mut Stage<'_>) -> Did {
    let done = sts::issue(stage, "service")?;
    if let Some(text) = stage.credentials.get("service").map(environment) {
        stage.paper("Environment of the function", PaperKind::Text, text);
    }
    Ok(done)
}

pub(super) fn read(stage: &mut Stage<'_>) -> Did {
    let key = stage.input("key");
    get_object(stage, "service", "example-sales", key)
}

pub(super) fn write(stage: &mut Stage<'_>) -> Did {
    let key = stage.input("report");
    put_object(stage, "service", ("example-sales", key), Keys::new())
}
