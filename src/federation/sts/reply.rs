//! Requests and responses of STS as they travel (FED-17, FED-20…28).

use serde_json::{Map, Value, json};

use super::{Ask, Bearer, Operation};
use crate::federation::credentials::Credentials;
use crate::federation::errors::escaped;
use crate::federation::jwt::pretty;
use crate::federation::outcome::{Did, Exchange, Happened, Http};
use crate::federation::sigv4::uri_encode;
use crate::federation::stage::{REGION, Stage};
use crate::federation::{errors, identifiers, instant};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// The body of a request: a form (FED-17).
pub fn form(ask: &Ask) -> String {
    let mut fields: Vec<(String, &str)> =
        vec![("Action".into(), ask.operation.name()), ("Version".into(), "2011-06-15")];
    let mut field = |name: &str, value| fields.push((name.to_owned(), value));
    field("RoleArn", &ask.role);
    field(if ask.operation == Operation::GetFederationToken { "Name" } else { "RoleSessionName" }, &ask.name);
    field("PrincipalArn", &ask.principal);
    field("SAMLAssertion", &ask.assertion);
    field("WebIdentityToken", &ask.token);
    field("ProviderId", &ask.provider_id);
    field("ExternalId", &ask.external_id);
    field("SerialNumber", &ask.serial);
    field("TokenCode", &ask.code);
    field("SourceIdentity", &ask.source_identity);
    field("DurationSeconds", ask.duration.trim());
    field("Policy", ask.policy.trim());
    for (at, arn) in ask.policy_arns.iter().enumerate() {
        field(&format!("PolicyArns.member.{}.arn", at + 1), arn);
    }
    for (at, (key, value)) in ask.tags.iter().enumerate() {
        field(&format!("Tags.member.{}.Key", at + 1), key);
        field(&format!("Tags.member.{}.Value", at + 1), value);
    }
    for (at, key) in ask.transitive.iter().enumerate() {
        field(&format!("TransitiveTagKeys.member.{}", at + 1), key);
    }
    let sent = fields.iter().filter(|(_, value)| !value.is_empty());
    sent.map(|(name, value)| format!("{name}={}", uri_encode(value))).collect::<Vec<_>>().join("&")
}

/// A request of a service as CloudTrail logs it.
pub(super) fn logged(ask: &Ask, service: &str) -> String {
    let mut parameters = Map::new();
    let mut one = |name: &str, value: Value| {
        parameters.insert(name.to_owned(), value);
    };
    one("roleArn", ask.role.as_str().into());
    one("roleSessionName", ask.name.as_str().into());
    if let Ok(seconds) = ask.duration.trim().parse::<i64>() {
        one("durationSeconds", seconds.into());
    }
    if !ask.external_id.is_empty() {
        one("externalId", ask.external_id.as_str().into());
    }
    if !ask.source_identity.is_empty() {
        one("sourceIdentity", ask.source_identity.as_str().into());
    }
    if !ask.tags.is_empty() {
        one("tags", ask.tags.iter().map(|(key, value)| json!({ "key": key, "value": value })).collect());
    }
    if !ask.policy.trim().is_empty() {
        one("policy", ask.policy.trim().into());
    }
    pretty(&json!({
        "eventSource": "sts.amazonaws.com",
        "eventName": ask.operation.name(),
        "userIdentity": { "type": "AWSService", "invokedBy": service },
        "requestParameters": parameters,
    }))
}

/// The response with credentials.
pub(super) fn issued(
    stage: &mut Stage<'_>,
    ask: &Ask,
    bearer: &Bearer,
    credentials: &Credentials,
    packed: usize,
) -> Http {
    let mut result = Xml::new();
    result.open("Credentials");
    result.leaf("AccessKeyId", &credentials.id);
    result.leaf("SecretAccessKey", &credentials.secret);
    result.leaf("SessionToken", credentials.token.as_deref().unwrap_or_default());
    result.leaf("Expiration", &credentials.expires.map(instant::extended).unwrap_or_default());
    result.close("Credentials");
    let (id, arn) = (credentials.caller.user_id(stage.world), credentials.caller.arn(stage.world));
    match ask.operation {
        Operation::GetSessionToken => {}
        Operation::GetFederationToken => {
            result.open("FederatedUser");
            result.leaf("FederatedUserId", &id);
            result.leaf("Arn", &arn);
            result.close("FederatedUser");
        }
        _ => {
            result.open("AssumedRoleUser");
            result.leaf("AssumedRoleId", &id);
            result.leaf("Arn", &arn);
            result.close("AssumedRoleUser");
        }
    }
    for (name, value) in &bearer.fields {
        result.leaf(name, value);
    }
    if packed > 0 {
        result.leaf("PackedPolicySize", &packed.to_string());
    }
    if let Some(identity) = &credentials.caller.session.source_identity {
        result.leaf("SourceIdentity", identity);
    }
    let seed = stage.seed("request");
    success(ask.operation.name(), result, &identifiers::request_id(&seed))
}

/// GetCallerIdentity with the credentials of a lane (FED-26): it answers every signed caller (EVAL-101).
pub fn caller_identity(stage: &mut Stage<'_>, lane: &'static str) -> Did {
    let credentials = stage.credentials.get(lane).cloned();
    let host = format!("sts.{REGION}.amazonaws.com");
    let date = instant::basic(stage.now);
    let headers = [
        ("Host", host.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ("X-Amz-Date", &date),
    ];
    let request = Http::new("POST / HTTP/1.1", &headers, "Action=GetCallerIdentity&Version=2011-06-15");
    let signed = credentials.as_ref().map(|credentials| stage.signed(credentials, "sts", REGION));
    stage.record.exchange = Some(Exchange { request, response: None, signed });
    let checked = match &credentials {
        Some(credentials) => stage.alive(credentials, "sts").map(|()| credentials.clone()),
        None => Err(errors::unsigned("sts")),
    };
    let credentials = checked.map_err(|failure| super::refuse(stage, failure))?;
    let mut result = Xml::new();
    result.leaf("Arn", &credentials.caller.arn(stage.world));
    result.leaf("UserId", &credentials.caller.user_id(stage.world));
    result.leaf("Account", credentials.caller.account.as_str());
    let seed = stage.seed("request");
    stage.respond(success("GetCallerIdentity", result, &identifiers::request_id(&seed)));
    Ok(Happened::Accepted)
}

fn success(operation: &str, result: Xml, request_id: &str) -> Http {
    let mut xml = Xml { text: String::new(), depth: 0 };
    xml.line(&format!("<{operation}Response xmlns=\"{NAMESPACE}\">"));
    xml.depth += 1;
    xml.line(&format!("<{operation}Result>"));
    xml.text.push_str(&result.text);
    xml.line(&format!("</{operation}Result>"));
    xml.open("ResponseMetadata");
    xml.leaf("RequestId", request_id);
    xml.close("ResponseMetadata");
    xml.depth = 0;
    xml.line(&format!("</{operation}Response>"));
    let headers = [("Content-Type", "text/xml"), ("x-amzn-RequestId", request_id)];
    Http::new("HTTP/1.1 200 OK", &headers, xml.text)
}

/// Elements, one a line.
struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// What stands inside the result of a response.
    fn new() -> Self {
        Self { text: String::new(), depth: 2 }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn open(&mut self, name: &str) {
        self.line(&format!("<{name}>"));
        self.depth += 1;
    }

    fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(&format!("</{name}>"));
    }

    fn leaf(&mut self, name: &str, value: &str) {
        self.line(&format!("<{name}>{}</{name}>", escaped(value)));
    }
}
