//! A second factor for the command line: GetSessionToken with a one-time code, and policies that ask for it (FED-68,
//! EVAL-167, KEY-22, KEY-23).

mod faults;
mod inputs;
mod policies;

use super::parts::{delete_object, earlier_session, environment, holds, lane, list_bucket, wrong_code};
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::instant;
use crate::federation::outcome::{Did, Happened, Holding, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Operation};
use crate::model::ResourceKind;

/// Seconds for which an authenticator shows a code.
const CODE: i64 = 30;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "mfa-session",
    title: "A second factor for the command line",
    about: "Access keys alone are one factor. With a code of the authenticator a user gets a session in which policies can see the second one, and can ask for it before anything is deleted.",
    facts: "FED-68, EVAL-167",
    lanes: &[
        lane("person", "Operator"),
        Lane {
            id: "device",
            name: "Authenticator app",
            holds: &[holds(&[], "secret", "Secret of the device", "known to the app and to AWS alone")],
        },
        Lane {
            id: "cli",
            name: "Command line",
            holds: &[holds(&[], "key", "Access key", "of the operator; it does not end by itself")],
        },
        lane("sts", "STS"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "deny", name: "Everything is denied without", lanes: &[] },
        Variant { id: "age", name: "Deleting is allowed for an hour after", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "open",
        from: "person",
        to: "device",
        message: "What is the code?",
        about: "Device and AWS share a secret since the device was registered. Every thirty seconds both make the same six digits of it.",
        only: &[],
        act: open,
    },
    Step {
        id: "code",
        from: "device",
        to: "person",
        message: "Six digits",
        about: "The code is good until the next one is shown, and only once.",
        only: &[],
        act: code,
    },
    Step {
        id: "type",
        from: "person",
        to: "cli",
        message: "The code",
        about: "The person types it. The command line has the access key already: something that is owned, something that is kept.",
        only: &[],
        act: type_in,
    },
    Step {
        id: "ask",
        from: "cli",
        to: "sts",
        message: "GetSessionToken",
        about: "Signed with the long-term key, with the serial number of the device and the code. STS makes the code too, and compares.",
        only: &[],
        act: ask,
    },
    Step {
        id: "permit",
        from: "sts",
        to: "sts",
        message: "May they?",
        about: "No policy is asked: every user may trade a key for a session that can do no more than the user.",
        only: &[],
        act: sts::authorize,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "cli",
        message: "Temporary credentials",
        about: "They know whether a second factor was proved, and when.",
        only: &[],
        act: |stage| sts::issue(stage, "cli"),
    },
    Step {
        id: "store",
        from: "cli",
        to: "cli",
        message: "Use these from now on",
        about: "Three values go into the environment. Programs that miss the third one are not let in.",
        only: &[],
        act: store,
    },
    Step {
        id: "who",
        from: "cli",
        to: "sts",
        message: "GetCallerIdentity",
        about: "Still the user, not a role: what was granted to the user stands, and names the user in logs.",
        only: &[],
        act: |stage| sts::caller_identity(stage, "cli"),
    },
    Step {
        id: "list",
        from: "cli",
        to: "s3",
        message: "ListBucket",
        about: "Every request of the session says whether a second factor was there; requests with the long-term key say nothing about it.",
        only: &[],
        act: list,
    },
    Step {
        id: "delete",
        from: "cli",
        to: "s3",
        message: "DeleteObject",
        about: "The deny finds a second factor and does not hold, so that what allows counts.",
        only: &["deny"],
        act: delete,
    },
    Step {
        id: "delete",
        from: "cli",
        to: "s3",
        message: "DeleteObject",
        about: "The allow asks for a second factor that was proved less than an hour ago.",
        only: &["age"],
        act: delete,
    },
    Step {
        id: "done",
        from: "cli",
        to: "person",
        message: "Deleted",
        about: "The session ends by itself. Until then the code is not asked for again.",
        only: &[],
        act: |_| Ok(Happened::Sent),
    },
];

fn user(stage: &Stage<'_>) -> &'static str {
    if stage.is("deny") { "BackupOperator" } else { "BackupCleaner" }
}

fn setting(setting: &mut Setting) {
    if setting.is("deny") {
        let inline = [("ManageBackups", policies::MANAGE), ("RequireMfa", policies::REQUIRE_MFA)];
        setting.user("BackupOperator", &inline);
        setting.access_key("BackupOperator");
        setting.authenticator("BackupOperator", "operator-phone");
    } else {
        setting.user("BackupCleaner", &[("CleanBackups", policies::CLEAN)]);
        setting.access_key("BackupCleaner");
        setting.authenticator("BackupCleaner", "cleaner-phone");
    }
    setting.resource("arn:aws:s3:::example-backups", ResourceKind::Bucket, None);
}

/// The person waits for a fresh code.
fn open(stage: &mut Stage<'_>) -> Did {
    stage.wait(CODE - stage.now.0.rem_euclid(CODE));
    Ok(Happened::Sent)
}

/// The device of the flow; whatever serial number is sent, this is the one that shows codes.
fn device(stage: &Stage<'_>) -> String {
    let name = if stage.is("deny") { "operator-phone" } else { "cleaner-phone" };
    format!("arn:aws:iam::{}:mfa/{name}", stage.home)
}

fn code(stage: &mut Stage<'_>) -> Did {
    let shown = sts::one_time_code(&device(stage), stage.now);
    let until = stage.now.plus(CODE);
    let step = stage.now.0.div_euclid(CODE);
    let text = format!(
        "{shown}\n\nstep {step} of thirty seconds since 1970, good until {}\n(made up here; an authenticator computes it as RFC 6238 says)\n",
        instant::extended(until)
    );
    stage.paper("What the authenticator shows", PaperKind::Text, text);
    stage.gain(Holding::new("person", "code", "One-time code", shown.clone()).until(until));
    stage.made.insert("code", shown);
    Ok(Happened::Sent)
}

fn type_in(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    stage.lose("person", "code");
    Ok(Happened::Sent)
}

fn ask(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    stage.long_term("cli", &account, user(stage));
    if stage.input("keys") == "session" {
        earlier_session(stage, "cli");
    }
    let shown = stage.made("code");
    let code = match stage.input("code") {
        "shown" => shown.to_owned(),
        "wrong" => wrong_code(shown),
        "short" => shown.chars().take(5).collect(),
        _ => String::new(),
    };
    let ask = Ask {
        operation: Operation::GetSessionToken,
        duration: stage.input("duration").to_owned(),
        serial: stage.input("serial").to_owned(),
        code,
        ..Ask::default()
    };
    sts::receive(stage, ask, Some("cli"))
}

fn store(stage: &mut Stage<'_>) -> Did {
    match stage.input("used") {
        "key" => {
            let account = stage.home.clone();
            stage.long_term("cli", &account, user(stage));
            stage.note("The session is put aside: the command line goes on signing with the long-term key.");
        }
        "half" => {
            stage.forget_token("cli");
            stage.note("Access key and secret are copied; the session token is not.");
        }
        _ => {}
    }
    if let Some(text) = stage.credentials.get("cli").map(environment) {
        stage.paper("Environment", PaperKind::Text, text);
    }
    Ok(Happened::Sent)
}

fn list(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    list_bucket(stage, "cli", "example-backups", "2026/")
}

fn delete(stage: &mut Stage<'_>) -> Did {
    delete_object(stage, "cli", "example-backups", "2026/november.csv")
}
