//! Pod Identity: the pod asks an agent on its node, and EKS asks STS (FED-46).

use serde_json::json;

use super::pod::{self, POD};
use crate::federation::flows::parts::role_session;
use crate::federation::jwt::{Decoded, pretty};
use crate::federation::oidc;
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Http, PaperKind};
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::{Caller, Keys, identifiers, instant};

/// Seconds for which EKS asks.
const SIX_HOURS: &str = "21600";
/// The association.
const ASSOCIATION: &str = "a-9njjin9gfghecgocd";

pub(super) fn apply(stage: &mut Stage<'_>) -> Did {
    let (namespace, account) = (stage.input("namespace"), stage.input("account"));
    let text = format!(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {account}\n  namespace: {namespace}\n---\n{}",
        pod::manifest(stage)
    );
    stage.paper("Service account and pod", PaperKind::Text, text);
    if stage.input("association") != "none" {
        let association = json!({
            "associationId": ASSOCIATION,
            "clusterName": stage.input("cluster"),
            "namespace": namespace,
            "serviceAccount": account,
            "roleArn": stage.input("role"),
        });
        stage.paper("Association in EKS", PaperKind::Json, pretty(&association));
    }
    Ok(Happened::Sent)
}

fn cluster_arn(stage: &Stage<'_>) -> String {
    format!("arn:aws:eks:{REGION}:{}:cluster/{}", stage.home, stage.input("cluster"))
}

pub(super) fn get(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    // The token alone, without `Bearer`.
    let headers = [("Host", "169.254.170.23"), ("Authorization", stage.made("token"))];
    let request = Http::new("GET /v1/credentials HTTP/1.1", &headers, "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    match stage.input("agent") {
        "missing" => Err(Failure::new("Connection refused", 0, "connect to 169.254.170.23:80: connection refused", "FED-46")
            .approximately()
            .because("The webhook has told the SDK to ask the agent, and no agent runs on the node: the add-on is not installed.")),
        _ => Ok(Happened::Sent),
    }
}

pub(super) fn auth(stage: &mut Stage<'_>) -> Did {
    role_session(stage, "agent", "ShopNode", "i-0c0ffee0c0ffee001");
    let cluster = cluster_arn(stage);
    let body = json!({ "token": stage.made("token") }).to_string();
    let done = stage.call(
        "agent",
        Call {
            action: "eks-auth:AssumeRoleForPodIdentity",
            resource: &cluster,
            start: format!("POST /clusters/{}/assume-role-for-pod-identity", stage.input("cluster")),
            host: format!("eks-auth.{REGION}.api.aws"),
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body,
            keys: Keys::new(),
            answer: "",
        },
    )?;
    // The answer comes when EKS has got the credentials.
    if let Some(exchange) = &mut stage.record.exchange {
        exchange.response = None;
    }
    Ok(done)
}

pub(super) fn check(stage: &mut Stage<'_>) -> Did {
    match checked(stage) {
        Ok(()) => Ok(Happened::Accepted),
        Err(failure) => Err(sts::answered_by(stage, "eks-auth", failure)),
    }
}

fn checked(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let invalid = |message: &str| Failure::new("InvalidTokenException", 400, message, "ERR-191").approximately();
    let Ok(token) = Decoded::read(stage.made("token")) else { return Err(invalid("The token is not a JWT.")) };
    let issuer = pod::issuer(stage);
    if !oidc::is_genuine(stage, &issuer, &token) {
        return Err(invalid("The token is not signed by the cluster."));
    }
    if token.texts("aud") != ["pods.eks.amazonaws.com"] {
        let why = format!(
            "The token is for `{}`, and EKS takes those for `pods.eks.amazonaws.com` only.",
            stage.input("audience")
        );
        return Err(invalid("The audience of the token is not valid.").because(why));
    }
    if token.time("exp").is_none_or(|until| until.0 <= stage.now.0) {
        let failure = Failure::new("ExpiredTokenException", 400, "The token has expired.", "ERR-191").approximately();
        return Err(
            failure.because("The cluster renews the file in time; the program went on with what it had read once.")
        );
    }
    if stage.input("association") != "yes" {
        let message =
            format!("No association found for {} in cluster {}.", pod::subject(stage), stage.input("cluster"));
        let failure = Failure::new("ResourceNotFoundException", 404, message, "ERR-191").approximately();
        return Err(failure.because(
            "The association was deleted after the pod had been made: the pod still asks, and nothing names a role.",
        ));
    }
    Ok(())
}

/// What EKS asks STS: six tags say where the pod runs (FED-46).
fn wanted(stage: &mut Stage<'_>) -> Ask {
    let (cluster, namespace, account) = (stage.input("cluster"), stage.input("namespace"), stage.input("account"));
    let seed = stage.seed("session");
    let start: String = format!("eks-{cluster}-{POD}").chars().take(27).collect();
    let tags = [
        ("eks-cluster-arn", cluster_arn(stage)),
        ("eks-cluster-name", cluster.to_owned()),
        ("kubernetes-namespace", namespace.to_owned()),
        ("kubernetes-service-account", account.to_owned()),
        ("kubernetes-pod-name", POD.to_owned()),
        ("kubernetes-pod-uid", identifiers::request_id(&format!("pod/{namespace}/{account}"))),
    ];
    Ask {
        operation: Operation::AssumeRole,
        role: stage.input("role").to_owned(),
        name: format!("{start}-{}", identifiers::request_id(&seed)),
        duration: SIX_HOURS.to_owned(),
        // They pass along when the pod takes another role.
        transitive: tags.iter().map(|(key, _)| (*key).to_owned()).collect(),
        tags: tags.into_iter().map(|(key, value)| (key.to_owned(), value)).collect(),
        ..Ask::default()
    }
}

pub(super) fn assume(stage: &mut Stage<'_>) -> Did {
    let ask = wanted(stage);
    let service = Caller::service(stage.home, "pods.eks.amazonaws.com", &cluster_arn(stage));
    sts::receive_from_service(stage, ask, service)
}

pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    let message = "Unauthorized Exception! EKS does not have permissions to assume the associated role.";
    let failure = Failure::new("AccessDeniedException", 400, message, "ERR-191").approximately();
    sts::authorize_for(stage, "eks-auth", failure)
}

pub(super) fn back(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("eks").cloned() else { return Ok(Happened::Sent) };
    let body = pretty(&json!({
        "subject": { "namespace": stage.input("namespace"), "serviceAccount": stage.input("account") },
        "audience": "pods.eks.amazonaws.com",
        "podIdentityAssociation": {
            "associationArn": format!("arn:aws:eks:{REGION}:{}:podidentityassociation/{}/{ASSOCIATION}", stage.home, stage.input("cluster")),
            "associationId": ASSOCIATION,
        },
        "assumedRoleUser": {
            "arn": credentials.caller.arn(stage.world),
            "assumeRoleId": credentials.caller.user_id(stage.world),
        },
        "credentials": {
            "accessKeyId": credentials.id,
            "secretAccessKey": credentials.secret,
            "sessionToken": credentials.token,
            "expiration": credentials.expires.map(|until| until.0),
        },
    }));
    let response = Http::new("HTTP/1.1 200 OK", &[("Content-Type", "application/json")], body);
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    sts::hand_over(stage, "eks", "agent");
    Ok(Happened::Sent)
}

pub(super) fn deliver(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("agent").cloned() else { return Ok(Happened::Sent) };
    let body = pretty(&json!({
        "AccessKeyId": credentials.id,
        "SecretAccessKey": credentials.secret,
        "Token": credentials.token,
        "AccountId": credentials.caller.account.as_str(),
        "Expiration": credentials.expires.map(instant::extended),
    }));
    let response = Http::new("HTTP/1.1 200 OK", &[("Content-Type", "application/json")], body);
    stage.record.exchange = Some(Exchange { response: Some(response), ..Exchange::default() });
    sts::hand_over(stage, "agent", "pod");
    Ok(Happened::Sent)
}
