//! The pod, its service account, and what both ways have in common.

use serde_json::{Map, Value, json};

use super::IRSA;
use crate::eval::ContextValue;
use crate::federation::oidc::{self, Issuer};
use crate::federation::outcome::{Did, Failure, Happened, Holding, PaperKind};
use crate::federation::seal::Algorithm;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::{Keys, identifiers, jwt};

/// The issuer of the cluster as IAM names the provider.
pub(super) const PROVIDER: &str = "oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860";
/// Name of the pod.
pub(super) const POD: &str = "orders-6c9f7d4b5-x2x9q";
/// Name of the machine that it runs on.
pub(super) const NODE: &str = "ip-10-0-3-27.ec2.internal";

/// The issuer of the cluster; made anew, it has another.
pub(super) fn issuer(stage: &Stage<'_>) -> Issuer {
    let url = match stage.input("issuer") {
        "again" => "https://oidc.eks.us-east-1.amazonaws.com/id/0A7B3C91D5E84F62A07B3C91D5E84F62",
        _ => "https://oidc.eks.us-east-1.amazonaws.com/id/59D1B0C4F3A2E7869D1B0C4F3A2E7860",
    };
    Issuer { url, key: "eks", algorithm: Algorithm::Rs256 }
}

/// `sub` of the token: the service account (FED-45).
pub(super) fn subject(stage: &Stage<'_>) -> String {
    format!("system:serviceaccount:{}:{}", stage.input("namespace"), stage.input("account"))
}

/// The pod as it is applied.
pub(super) fn manifest(stage: &Stage<'_>) -> String {
    let (namespace, account) = (stage.input("namespace"), stage.input("account"));
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {POD}\n  namespace: {namespace}\nspec:\n  serviceAccountName: {account}\n  containers:\n    - name: orders\n      image: example.com/orders:1\n"
    )
}

/// Whether the webhook found something to add when the pod was made.
fn is_injected(stage: &Stage<'_>) -> bool {
    stage.input("injected") == "yes" && stage.input("association") != "none"
}

/// Where the token lies in the pod.
fn path(stage: &Stage<'_>) -> &'static str {
    if stage.is(IRSA) {
        "/var/run/secrets/eks.amazonaws.com/serviceaccount/token"
    } else {
        "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token"
    }
}

pub(super) fn inject(stage: &mut Stage<'_>) -> Did {
    if !is_injected(stage) {
        stage.note("The webhook found nothing to do: the pod is made as it was written.");
        return Ok(Happened::Sent);
    }
    let (file, audience) = (path(stage), stage.input("audience"));
    let variables = if stage.is(IRSA) {
        format!("AWS_ROLE_ARN={}\nAWS_WEB_IDENTITY_TOKEN_FILE={file}", stage.input("role"))
    } else {
        format!(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://169.254.170.23/v1/credentials\nAWS_CONTAINER_AUTHORIZATION_TOKEN_FILE={file}"
        )
    };
    stage.paper("Environment of the pod", PaperKind::Text, variables);
    let folder = file.rsplit_once('/').map_or(file, |(folder, _)| folder);
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    let volume = format!(
        "volumes:\n  - name: aws-token\n    projected:\n      sources:\n        - serviceAccountToken:\n            audience: {audience}\n            expirationSeconds: {}\n            path: {name}\nvolumeMounts:\n  - name: aws-token\n    mountPath: {folder}\n    readOnly: true\n",
        stage.input("lifetime")
    );
    stage.paper("Volume of the pod", PaperKind::Text, volume);
    Ok(Happened::Sent)
}

pub(super) fn token(stage: &mut Stage<'_>) -> Did {
    let (namespace, account) = (stage.input("namespace"), stage.input("account"));
    let uid = |what: &str| identifiers::request_id(&format!("{what}/{namespace}/{account}"));
    let until = stage.now.plus(stage.number("lifetime"));
    let claims = json!({
        "aud": [stage.input("audience")],
        "exp": until.0,
        "iat": stage.now.0,
        "iss": issuer(stage).url,
        "kubernetes.io": {
            "namespace": namespace,
            "node": { "name": NODE, "uid": uid("node") },
            "pod": { "name": POD, "uid": uid("pod") },
            "serviceaccount": { "name": account, "uid": uid("account") },
        },
        "nbf": stage.now.0,
        "sub": subject(stage),
    });
    let claims: Map<String, Value> = claims.as_object().cloned().unwrap_or_default();
    let issuer = issuer(stage);
    let signed = oidc::sign(stage, &issuer, issuer.key, &claims, None);
    stage.gain(
        Holding::new("pod", "token", "Token of the service account", format!("sub {}", subject(stage))).until(until),
    );
    stage.paper("Token of the service account", PaperKind::Jwt, signed.clone());
    stage.made.insert("token", signed);
    Ok(Happened::Sent)
}

pub(super) fn sdk(stage: &mut Stage<'_>) -> Did {
    if is_injected(stage) {
        return Ok(Happened::Accepted);
    }
    let why = match (stage.is(IRSA), stage.input("injected")) {
        (_, "old") => "The pod was made before, and the webhook adds to new pods only.",
        (true, _) => {
            "The annotation is misspelt, so the webhook added nothing, and the node's own role is out of a pod's reach here."
        }
        (false, _) => {
            "There is no association for the service account, so the webhook added nothing, and the node's own role is out of a pod's reach here."
        }
    };
    Err(Failure::new("NoCredentialsError", 0, "Unable to locate credentials", "FED-45").approximately().because(why))
}

pub(super) fn read(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let key = stage.input("item");
    let mut keys = Keys::new();
    keys.insert("dynamodb:LeadingKeys".to_owned(), Some(ContextValue::Many(vec![key.to_owned()])));
    let resource = format!("arn:aws:dynamodb:{REGION}:{}:table/Orders", stage.home);
    let body = json!({ "TableName": "Orders", "Key": { "Shop": { "S": key } } });
    let answer = jwt::pretty(&json!({ "Item": { "Shop": { "S": key }, "Open": { "N": "3" } } }));
    stage.call(
        "pod",
        Call {
            action: "dynamodb:GetItem",
            resource: &resource,
            start: "POST /".to_owned(),
            host: format!("dynamodb.{REGION}.amazonaws.com"),
            headers: vec![
                ("Content-Type".to_owned(), "application/x-amz-json-1.0".to_owned()),
                ("X-Amz-Target".to_owned(), "DynamoDB_20120810.GetItem".to_owned()),
            ],
            body: body.to_string(),
            keys,
            answer: &answer,
        },
    )
}
