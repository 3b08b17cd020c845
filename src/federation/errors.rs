//! How services word what they refuse before and after a policy decision (ERR-17, ERR-35, ERR-40…46, ERR-200, ERR-201).

use super::credentials::Credentials;
use super::outcome::{Failure, Http};
use crate::model::Time;

/// The prefix of the service of an action: `s3` of `s3:GetObject`.
pub fn service_of(action: &str) -> &str {
    action.split(':').next().unwrap_or_default()
}

/// What a service is asked over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Query,
    S3,
    /// JSON 1.0 or 1.1.
    Json(&'static str),
    RestJson,
}

fn protocol(service: &str) -> Protocol {
    match service {
        "s3" => Protocol::S3,
        "dynamodb" => Protocol::Json("application/x-amz-json-1.0"),
        "kms" | "logs" | "cognito-identity" | "secretsmanager" => Protocol::Json("application/x-amz-json-1.1"),
        "lambda" | "eks-auth" | "rolesanywhere" | "sso" => Protocol::RestJson,
        _ => Protocol::Query,
    }
}

/// Code and status of a policy's refusal (ERR-17).
pub fn denied(service: &str) -> (&'static str, u16) {
    match protocol(service) {
        Protocol::Query if service == "ec2" => ("UnauthorizedOperation", 403),
        Protocol::Query | Protocol::S3 => ("AccessDenied", 403),
        Protocol::Json(_) => ("AccessDeniedException", 400),
        // ERR-191.
        Protocol::RestJson if service == "eks-auth" => ("AccessDeniedException", 400),
        Protocol::RestJson => ("AccessDeniedException", 403),
    }
}

/// A request without credentials where some are needed (ERR-44).
pub fn unsigned(service: &str) -> Failure {
    match protocol(service) {
        Protocol::S3 => Failure::new("AccessDenied", 403, "Access Denied", "ERR-29"),
        _ => Failure::new("MissingAuthenticationToken", 403, "Request is missing Authentication Token", "ERR-44")
            .approximately(),
    }
    .because("The request is not signed: whoever sends it holds no credentials.")
}

/// Whether credentials are whole and still good at a service (ERR-35, ERR-40, ERR-43, ERR-46).
pub fn alive(credentials: &Credentials, service: &str, now: Time) -> Result<(), Failure> {
    if credentials.expires.is_some() && credentials.token.is_none() {
        let why = "The access key is a temporary one, and the request has no session token with it.";
        return Err(unknown(service, why));
    }
    let Some(until) = credentials.expires.filter(|until| until.0 <= now.0) else { return Ok(()) };
    let why = format!("The temporary credentials were good until {}.", super::instant::extended(until));
    Err(match protocol(service) {
        Protocol::S3 => Failure::new("ExpiredToken", 400, "The provided token has expired.", "ERR-35"),
        Protocol::Json(_) | Protocol::RestJson => {
            let message = "The security token included in the request is expired";
            Failure::new("ExpiredTokenException", 400, message, "ERR-43").approximately()
        }
        Protocol::Query => {
            let message = "The security token included in the request is expired";
            Failure::new("ExpiredToken", 403, message, "ERR-43").approximately()
        }
    }
    .because(why))
}

/// An access key that is not known: switched off, or a temporary one without its session token (FED-102, ERR-40).
pub fn unknown(service: &str, why: &str) -> Failure {
    let message = "The security token included in the request is invalid.";
    match protocol(service) {
        Protocol::S3 => {
            let message = "The AWS Access Key Id you provided does not exist in our records.";
            Failure::new("InvalidAccessKeyId", 403, message, "ERR-35").approximately()
        }
        Protocol::Query => Failure::new("InvalidClientTokenId", 403, message, "ERR-40"),
        Protocol::Json(_) | Protocol::RestJson => {
            Failure::new("UnrecognizedClientException", 400, message, "ERR-46").approximately()
        }
    }
    .because(why)
}

/// The response that carries a refusal.
pub fn response(service: &str, failure: &Failure, request_id: &str) -> Http {
    let Failure { code, status, message, .. } = failure;
    let start = format!("HTTP/1.1 {status} {}", reason(*status));
    let text = escaped(message);
    match protocol(service) {
        Protocol::S3 => {
            let body = format!(
                "<Error>\n  <Code>{code}</Code>\n  <Message>{text}</Message>\n  <RequestId>{request_id}</RequestId>\n</Error>"
            );
            Http::new(start, &[("Content-Type", "application/xml"), ("x-amz-request-id", request_id)], body)
        }
        Protocol::Query if service == "ec2" => {
            let body = format!(
                "<Response>\n  <Errors>\n    <Error>\n      <Code>{code}</Code>\n      <Message>{text}</Message>\n    </Error>\n  </Errors>\n  <RequestID>{request_id}</RequestID>\n</Response>"
            );
            Http::new(start, &[("Content-Type", "text/xml"), ("x-amzn-RequestId", request_id)], body)
        }
        Protocol::Query => {
            let namespace = match service {
                "iam" => "https://iam.amazonaws.com/doc/2010-05-08/",
                "redshift" => "http://redshift.amazonaws.com/doc/2012-12-01/",
                _ => "https://sts.amazonaws.com/doc/2011-06-15/",
            };
            let kind = if *status < 500 { "Sender" } else { "Receiver" };
            let body = format!(
                "<ErrorResponse xmlns=\"{namespace}\">\n  <Error>\n    <Type>{kind}</Type>\n    <Code>{code}</Code>\n    <Message>{text}</Message>\n  </Error>\n  <RequestId>{request_id}</RequestId>\n</ErrorResponse>"
            );
            Http::new(start, &[("Content-Type", "text/xml"), ("x-amzn-RequestId", request_id)], body)
        }
        Protocol::Json(kind) => {
            let body = serde_json::json!({ "__type": code, "message": message });
            let headers = [("Content-Type", kind), ("x-amzn-RequestId", request_id)];
            Http::new(start, &headers, format!("{body:#}"))
        }
        Protocol::RestJson => {
            let name = if service == "lambda" { "Message" } else { "message" };
            let body = serde_json::json!({ name: message });
            let headers = [
                ("Content-Type", "application/json"),
                ("x-amzn-ErrorType", code.as_str()),
                ("x-amzn-RequestId", request_id),
            ];
            Http::new(start, &headers, format!("{body:#}"))
        }
    }
}

/// How a response begins that carries what was asked for.
pub fn success(action: &str) -> &'static str {
    match action {
        "s3:DeleteObject" => "HTTP/1.1 204 No Content",
        "lambda:CreateFunction" => "HTTP/1.1 201 Created",
        _ => "HTTP/1.1 200 OK",
    }
}

/// What HTTP calls a status.
pub fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        429 => "Too Many Requests",
        503 => "Service Unavailable",
        _ => "",
    }
}

/// Text as it stands in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::federation::Caller;
    use crate::ident::AccountId;
    use crate::model::PrincipalRef;

    /// ERR-201; the protocols are those of the services' API models: JSON 1.0 and 1.1, and REST-JSON with the code in a header.
    #[test]
    fn a_refusal_travels_as_its_service_writes_it() {
        let of = |service| {
            let failure = Failure::new("AccessDeniedException", 403, "No", "ERR-201");
            let response = response(service, &failure, "id");
            let header = |name: &str| {
                let found = response.headers.iter().find(|(known, _)| known == name);
                found.map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let body: serde_json::Value = serde_json::from_str(&response.body).expect("JSON");
            (header("Content-Type"), header("x-amzn-ErrorType"), body)
        };
        let json = serde_json::json!({ "__type": "AccessDeniedException", "message": "No" });
        for service in ["kms", "logs", "cognito-identity", "secretsmanager"] {
            assert_eq!(of(service), ("application/x-amz-json-1.1".into(), String::new(), json.clone()), "{service}");
        }
        assert_eq!(of("dynamodb"), ("application/x-amz-json-1.0".into(), String::new(), json));
        let code = "AccessDeniedException".to_owned();
        for service in ["eks-auth", "rolesanywhere", "sso"] {
            let body = serde_json::json!({ "message": "No" });
            assert_eq!(of(service), ("application/json".into(), code.clone(), body), "{service}");
        }
        assert_eq!(of("lambda"), ("application/json".into(), code, serde_json::json!({ "Message": "No" })));
    }

    /// FED-102: ERR-40 at STS, ERR-35 at S3, ERR-46 at services that speak JSON.
    #[test]
    fn temporary_credentials_without_their_token_are_not_known() {
        let credentials = Credentials {
            id: "ASIAEXAMPLE".into(),
            secret: String::new(),
            token: None,
            issued: Time(0),
            expires: Some(Time(3_600)),
            caller: Caller::new(&AccountId::example(), PrincipalRef::User("ann".into())),
        };
        let refused =
            |service| alive(&credentials, service, Time(10)).map_err(|failure| (failure.code, failure.status));
        assert_eq!(refused("sts"), Err(("InvalidClientTokenId".to_owned(), 403)));
        assert_eq!(refused("s3"), Err(("InvalidAccessKeyId".to_owned(), 403)));
        assert_eq!(refused("dynamodb"), Err(("UnrecognizedClientException".to_owned(), 400)));
        let whole = Credentials { token: Some("token".into()), ..credentials };
        assert_eq!(alive(&whole, "sts", Time(10)), Ok(()));
    }
}
