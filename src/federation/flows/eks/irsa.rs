//! Roles for service accounts: the pod's SDK goes to STS by itself (FED-45).

use super::pod;
use crate::eval::ContextValue;
use crate::federation::Keys;
use crate::federation::oidc;
use crate::federation::outcome::{Did, Happened, PaperKind};
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Operation};

pub(super) fn apply(stage: &mut Stage<'_>) -> Did {
    let annotation = match stage.input("injected") {
        "typo" => "eks.amazonaws.com/rolearn",
        _ => "eks.amazonaws.com/role-arn",
    };
    let text = format!(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {}\n  namespace: {}\n  annotations:\n    {annotation}: {}\n---\n{}",
        stage.input("account"),
        stage.input("namespace"),
        stage.input("role"),
        pod::manifest(stage)
    );
    stage.paper("Service account and pod", PaperKind::Text, text);
    Ok(Happened::Sent)
}

pub(super) fn ask(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    let ask = Ask {
        operation: Operation::AssumeRoleWithWebIdentity,
        role: stage.input("role").to_owned(),
        name: stage.input("session").to_owned(),
        token: stage.made("token").to_owned(),
        ..Ask::default()
    };
    sts::receive(stage, ask, None)
}

pub(super) fn verify(stage: &mut Stage<'_>) -> Did {
    let issuer = pod::issuer(stage);
    oidc::verify(stage, &issuer, stage.input("reachable") != "no", &[])
}

/// The decision, and whether any other pod of the cluster would be let in (FED-45).
pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    let done = sts::authorize(stage)?;
    let host = pod::issuer(stage).url.replacen("https://", "", 1);
    let other = "system:serviceaccount:default:default";
    let keys: Keys = [(format!("{host}:sub"), Some(ContextValue::One(other.to_owned())))].into();
    if other != pod::subject(stage) && sts::would_trust(stage, &keys) {
        stage.note(format!("It would let in every other pod of the cluster as well, such as those of `{other}`."));
    }
    Ok(done)
}
