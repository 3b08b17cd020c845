//! The steps of Redshift (FED-77).

use crate::federation::credentials::{Caller, Keys};
use crate::federation::flows::parts::{get_object, list_bucket, show_trust};
use crate::federation::outcome::{Did, Failure, Happened, PaperKind};
use crate::federation::setting::localized;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::federation::uri_encode;

const SERVICE: &str = "redshift.amazonaws.com";

fn cluster(stage: &Stage<'_>) -> String {
    localized(super::CLUSTER, stage.home).to_string()
}

/// The database user as Redshift names it to AWS.
fn database_user(stage: &Stage<'_>) -> String {
    format!("arn:aws:redshift:{REGION}:{}:dbuser:sales/{}", stage.home, stage.input("db_user"))
}

pub(super) fn attach(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    stage.long_term("admin", &account, "DataEngineer");
    let role = stage.input("role");
    let call = Call {
        action: "redshift:ModifyClusterIamRoles",
        resource: &cluster(stage),
        start: "POST /".to_owned(),
        host: format!("redshift.{REGION}.amazonaws.com"),
        headers: vec![("Content-Type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned())],
        body: format!(
            "Action=ModifyClusterIamRoles&Version=2012-12-01&ClusterIdentifier=sales&AddIamRoles.IamRoleArn.1={}",
            uri_encode(role)
        ),
        keys: Keys::new(),
        answer: "<ModifyClusterIamRolesResponse xmlns=\"http://redshift.amazonaws.com/doc/2012-12-01/\"/>",
    };
    stage.call("admin", call)?;
    stage.pass_role("admin", "redshift", role, SERVICE)
}

pub(super) fn connect(stage: &mut Stage<'_>) -> Did {
    let user = stage.input("db_user");
    let address = format!("postgresql://{user}@sales.example.{REGION}.redshift.amazonaws.com:5439/dev");
    stage.paper("Address of the database", PaperKind::Text, address);
    Ok(Happened::Accepted)
}

pub(super) fn copy(stage: &mut Stage<'_>) -> Did {
    let role = stage.input("copy_role");
    let statement =
        format!("COPY sales\nFROM 's3://{}/2026/'\nIAM_ROLE '{role}'\nFORMAT AS CSV;\n", stage.input("bucket"));
    stage.paper("Statement", PaperKind::Text, statement);
    match is_attached(stage, role) {
        true => Ok(Happened::Accepted),
        false => {
            Err(not_authorized(stage, "The role in the statement is not among those that are attached to the cluster."))
        }
    }
}

/// The role that was attached in the first step, or that the cluster has in the world.
fn is_attached(stage: &Stage<'_>, role: &str) -> bool {
    let known = stage.world.resource(&cluster(stage)).and_then(|(_, cluster)| cluster.role.as_deref());
    role == stage.input("role") || known == Some(role)
}

fn not_authorized(stage: &Stage<'_>, why: &str) -> Failure {
    let message =
        format!("User {} is not authorized to assume IAM Role {}", database_user(stage), stage.input("copy_role"));
    Failure::new("ERROR", 0, message, "FED-77").approximately().because(why)
}

pub(super) fn assume(stage: &mut Stage<'_>) -> Did {
    let caller = Caller::service(stage.home, SERVICE, &cluster(stage));
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.input("copy_role").to_owned(),
        name: "RedshiftIamRoleSession".to_owned(),
        external_id: database_user(stage),
        ..Ask::default()
    };
    show_trust(stage, &ask.role);
    sts::receive_from_service(stage, ask, caller)
}

pub(super) fn trust(stage: &mut Stage<'_>) -> Did {
    let done = sts::authorize(stage);
    if done.is_err() {
        let shown = not_authorized(stage, "").message;
        stage.note(format!("The SQL client shows: {shown}"));
    }
    done
}

pub(super) fn list(stage: &mut Stage<'_>) -> Did {
    let bucket = stage.input("bucket");
    let done = list_bucket(stage, "service", bucket, "2026/");
    explained(stage, done)
}

pub(super) fn read(stage: &mut Stage<'_>) -> Did {
    let bucket = stage.input("bucket");
    let done = get_object(stage, "service", bucket, "2026/november.csv");
    explained(stage, done)
}

/// What the person sees of S3's refusal.
fn explained(stage: &mut Stage<'_>, done: Did) -> Did {
    if done.is_err() {
        stage.note("The SQL client shows: S3ServiceException:Access Denied,Status 403");
    }
    done
}

pub(super) fn loaded(stage: &mut Stage<'_>) -> Did {
    stage.paper("Answer", PaperKind::Text, "INFO: Load into table 'sales' completed.\n");
    Ok(Happened::Sent)
}
