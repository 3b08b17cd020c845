//! Cases from policies and requests.

use serde_json::{Map, Value, json};

use crate::eval::{ContextValue, Level, Policies, Policy, Principal, Request, Resource, Verdict};
use crate::policy::print_document;

/// The tag of a case that was written from a world.
pub const OF_WORLD: &str = "world";

/// One case as one line, without its end. Reading it gives the same policies and the same request, but for whether billing
/// access is closed, which the format cannot say.
pub fn line(id: &str, note: &str, policies: &Policies, request: &Request, expected: Verdict) -> String {
    let case = json!({
        "id": id,
        "note": note,
        "tags": [OF_WORLD],
        "request": self::request(request),
        "policies": self::policies(policies),
        "expect": { "decision": expected.id() },
    });
    case.to_string()
}

fn request(request: &Request) -> Value {
    let context: Map<String, Value> = request
        .context
        .iter()
        .map(|(key, value)| {
            let value = match value {
                ContextValue::One(text) => text.as_str().into(),
                ContextValue::Many(texts) => texts.as_slice().into(),
            };
            (key.to_owned(), value)
        })
        .collect();
    json!({
        "principal": principal(&request.principal),
        "action": request.action.as_str(),
        "resource": request.resource_text(),
        "resourceAccount": request.resource_account.as_ref().map(ToString::to_string),
        "resourceless": request.resource == Resource::None,
        "context": context,
    })
}

fn principal(principal: &Principal) -> Value {
    match principal {
        Principal::Root { account } => {
            json!({ "kind": "root", "arn": format!("arn:aws:iam::{account}:root"), "account": account.as_str() })
        }
        Principal::User { arn, account } => json!({ "kind": "user", "arn": &**arn, "account": account.as_str() }),
        Principal::Role { arn, account } => json!({ "kind": "role", "arn": &**arn, "account": account.as_str() }),
        Principal::RoleSession { arn, role, account } => {
            json!({ "kind": "roleSession", "arn": &**arn, "account": account.as_str(), "role": role.as_deref() })
        }
        Principal::FederatedUser { arn, user, account } => {
            json!({ "kind": "federatedUser", "arn": &**arn, "account": account.as_str(), "user": user.as_deref() })
        }
        Principal::Federated { provider } => json!({ "kind": "federated", "provider": &**provider }),
        Principal::Service { name } => json!({ "kind": "service", "service": &**name }),
        Principal::Anonymous => json!({ "kind": "anonymous" }),
    }
}

/// Layers that hold nothing are left out.
fn policies(policies: &Policies) -> Value {
    let mut layers = Map::new();
    let lists = [("identity", &policies.identity), ("session", &policies.session), ("endpoint", &policies.endpoint)];
    for (name, list) in lists {
        if !list.as_slice().is_empty() {
            layers.insert(name.to_owned(), named(list.as_slice()));
        }
    }
    for (name, list) in [("boundary", &policies.boundary), ("resource", &policies.resource)] {
        if let Some(policy) = list.as_slice().first() {
            layers.insert(name.to_owned(), one(policy));
        }
    }
    for (name, levels) in [("scp", &policies.service_control), ("rcp", &policies.resource_control)] {
        if !levels.is_empty() {
            layers
                .insert(name.to_owned(), levels.iter().enumerate().map(|(at, level)| self::level(at, level)).collect());
        }
    }
    Value::Object(layers)
}

fn level(at: usize, level: &Level) -> Value {
    let kind = match at {
        0 => "root",
        _ if level.id.starts_with("ou-") => "ou",
        _ => "account",
    };
    json!({ "level": kind, "id": &*level.id, "policies": named(level.policies.as_slice()) })
}

fn named(policies: &[Policy]) -> Value {
    policies.iter().map(one).collect()
}

fn one(policy: &Policy) -> Value {
    let document: Value = serde_json::from_str(&print_document(policy.compiled.document())).unwrap_or_default();
    json!({ "name": &*policy.source.name, "document": document })
}
