//! The decision vectors of the specification (EVAL-V1 to EVAL-V26), which both evaluators have to get right.

use serde_json::{Value, json};

const A: &str = "111122223333";
const B: &str = "444455556666";

fn user() -> Value {
    json!({ "kind": "user", "arn": "arn:aws:iam::111122223333:user/u", "account": A })
}

fn session() -> Value {
    json!({
        "kind": "roleSession", "account": A, "role": "arn:aws:iam::111122223333:role/dev/r",
        "arn": "arn:aws:sts::111122223333:assumed-role/r/s"
    })
}

fn root() -> Value {
    json!({ "kind": "root", "account": A })
}

fn policy(statement: Value) -> Value {
    json!({ "name": "policy", "document": { "Version": "2012-10-17", "Statement": [statement] } })
}

fn allow(action: &str) -> Value {
    policy(json!({ "Effect": "Allow", "Action": action, "Resource": "*" }))
}

fn grant(principal: Value, action: &str) -> Value {
    policy(json!({ "Effect": "Allow", "Principal": principal, "Action": action, "Resource": "*" }))
}

fn trust(principal: Value) -> Value {
    policy(json!({ "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole" }))
}

fn deny(action: &str) -> Value {
    policy(json!({ "Effect": "Deny", "Action": action, "Resource": "*" }))
}

fn level(level: &str, policy: Value) -> Value {
    json!({ "level": level, "id": level, "policies": [policy] })
}

/// A request and its policies; the resource is in the account `owner`.
fn case(id: &str, principal: Value, action: &str, owner: &str, policies: Value) -> Value {
    let resource = match action.split(':').next() {
        Some("kms") => format!("arn:aws:kms:us-east-1:{owner}:key/k"),
        Some("sts") if action == "sts:AssumeRole" => format!("arn:aws:iam::{owner}:role/target"),
        Some("s3") => "arn:aws:s3:::bucket/key".to_owned(),
        _ => "*".to_owned(),
    };
    let context = match principal["kind"].as_str() {
        Some("roleSession") => json!({ "aws:PrincipalArn": principal["role"] }),
        _ => json!({}),
    };
    json!({
        "id": id,
        "request": {
            "principal": principal, "action": action, "resource": resource, "resourceAccount": owner,
            "resourceless": resource == "*", "context": context
        },
        "policies": policies
    })
}

/// The cases, each with its decision and the layer that decides.
pub fn vectors() -> Vec<(Value, &'static str, &'static str)> {
    let get = "s3:GetObject";
    let user_arn = json!({ "AWS": "arn:aws:iam::111122223333:user/u" });
    let role_arn = json!({ "AWS": "arn:aws:iam::111122223333:role/dev/r" });
    let session_arn = json!({ "AWS": "arn:aws:sts::111122223333:assumed-role/r/s" });
    let account = json!({ "AWS": A });
    let by_condition = policy(json!({
        "Effect": "Allow", "Principal": "*", "Action": get, "Resource": "*",
        "Condition": { "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/dev/r" } }
    }));
    let federated = json!({
        "kind": "federatedUser", "arn": "arn:aws:sts::111122223333:federated-user/f", "account": A,
        "user": "arn:aws:iam::111122223333:user/u"
    });
    let rcp = level(
        "root",
        policy(json!({
            "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
            "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-1" } }
        })),
    );
    let anonymous = || json!({ "kind": "anonymous" });
    let not_principal = policy(json!({
        "Effect": "Deny", "NotPrincipal": { "AWS": ["arn:aws:iam::111122223333:user/u", A] },
        "Action": "s3:*", "Resource": "*"
    }));
    let unless_endpoint = policy(json!({
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
        "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-x" } }
    }));
    let on_instance = policy(json!({
        "Effect": "Allow", "Action": "ec2:DescribeInstances",
        "Resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-1"
    }));
    let ec2 = "ec2:DescribeInstances";
    let assume = "sts:AssumeRole";
    let service = json!({ "kind": "service", "service": "delivery.logs.amazonaws.com" });
    let service_grant = grant(json!({ "Service": "delivery.logs.amazonaws.com" }), "s3:*");
    let none = |name| ("ImplicitlyDenied", name);
    let explicit = |name| ("ExplicitlyDenied", name);
    let yes = |name| ("Allowed", name);
    let list = vec![
        ("V1", user(), get, A, json!({ "resource": grant(user_arn.clone(), get) }), yes("resource")),
        (
            "V2",
            user(),
            get,
            A,
            json!({ "resource": grant(user_arn.clone(), get), "boundary": allow("ec2:*") }),
            yes("resource"),
        ),
        (
            "V3",
            session(),
            get,
            A,
            json!({ "resource": grant(role_arn, get), "boundary": allow("ec2:*") }),
            none("boundary"),
        ),
        (
            "V4",
            session(),
            get,
            A,
            json!({ "resource": grant(session_arn, get), "boundary": allow("ec2:*") }),
            yes("resource"),
        ),
        ("V5", session(), get, A, json!({ "resource": by_condition, "boundary": allow("ec2:*") }), yes("resource")),
        (
            "V6",
            session(),
            get,
            A,
            json!({ "resource": grant(account.clone(), get), "identity": [allow("s3:*")] }),
            yes("identity"),
        ),
        ("V7", session(), get, A, json!({ "resource": grant(account.clone(), get) }), none("identity")),
        ("V8", session(), get, A, json!({ "identity": [allow("s3:*")], "session": [allow("ec2:*")] }), none("session")),
        ("V9", federated, get, A, json!({ "identity": [allow("s3:*")] }), none("session")),
        ("V10", user(), get, B, json!({ "resource": grant(user_arn.clone(), get) }), none("identity")),
        (
            "V11",
            user(),
            get,
            B,
            json!({ "resource": grant(account.clone(), get), "identity": [allow("s3:*")] }),
            yes("identity"),
        ),
        ("V12", root(), get, A, json!({ "scp": [level("root", deny("s3:*"))] }), explicit("scp")),
        ("V13", user(), get, A, json!({ "identity": [allow("*")], "scp": [] }), yes("identity")),
        ("V14", anonymous(), get, B, json!({ "resource": grant(json!("*"), get), "rcp": [rcp] }), explicit("rcp")),
        ("V15", anonymous(), get, B, json!({ "resource": grant(json!("*"), get), "rcp": [] }), yes("resource")),
        (
            "V16",
            user(),
            "kms:Decrypt",
            A,
            json!({ "identity": [allow("kms:*")], "resource": grant(json!({ "AWS": B }), "kms:*") }),
            none("resource"),
        ),
        ("V17", user(), "kms:Decrypt", A, json!({ "resource": grant(user_arn.clone(), "kms:*") }), yes("resource")),
        ("V18", user(), assume, A, json!({ "resource": trust(account) }), none("identity")),
        ("V19", user(), assume, A, json!({ "resource": trust(user_arn.clone()) }), yes("resource")),
        ("V20", user(), assume, B, json!({ "resource": trust(user_arn) }), none("identity")),
        ("V21", user(), "sts:GetCallerIdentity", A, json!({ "identity": [deny("sts:*")] }), yes("CallerIdentity")),
        (
            "V22",
            user(),
            ec2,
            A,
            json!({ "identity": [allow("ec2:*")], "scp": [level("ou", allow("s3:*")), level("account", allow("*"))] }),
            none("scp"),
        ),
        ("V23", user(), ec2, A, json!({ "identity": [on_instance] }), none("identity")),
        (
            "V24",
            user(),
            get,
            A,
            json!({ "identity": [allow("*")], "boundary": allow("*"), "resource": not_principal }),
            explicit("resource"),
        ),
        (
            "V25",
            service,
            "s3:PutObject",
            A,
            json!({ "scp": [level("root", deny("s3:*"))], "resource": service_grant }),
            yes("resource"),
        ),
        (
            "V26",
            user(),
            "s3:PutObject",
            A,
            json!({ "identity": [allow("*")], "resource": unless_endpoint }),
            explicit("resource"),
        ),
    ];
    list.into_iter()
        .map(|(id, principal, action, owner, policies, (decision, layer))| {
            (case(&format!("EVAL-{id}"), principal, action, owner, policies), decision, layer)
        })
        .collect()
}
