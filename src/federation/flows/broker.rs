//! A custom identity broker: a program that knows the employees gets them temporary credentials, and an address that opens
//! the console (FED-65, FED-69).

mod faults;
mod inputs;
mod policies;
mod signin;

use serde_json::json;

use super::parts::{READ_SALES, earlier_session, get_object, holds, lane, list_bucket, role_session, show_trust};
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::outcome::{Did, Happened, Holding, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Operation};
use crate::model::ResourceKind;

const ASSUME_ROLE: &[&str] = &["assume-role"];
const FEDERATION_TOKEN: &[&str] = &["federation-token"];

/// The flow.
pub const FLOW: Flow = Flow {
    id: "broker",
    title: "Custom identity broker",
    about: "A company has a directory that speaks neither SAML nor OpenID Connect. A program of its own signs the employees in, asks STS for credentials in their name, and sends them to the AWS console without another password.",
    facts: "FED-65, FED-69",
    lanes: &[
        lane("user", "Employee"),
        Lane {
            id: "broker",
            name: "Identity broker",
            holds: &[holds(&[], "key", "Access key", "of the broker's IAM user; it never leaves the broker")],
        },
        lane("sts", "STS"),
        lane("signin", "AWS sign-in"),
        lane("console", "AWS console"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "assume-role", name: "With AssumeRole", lanes: &[] },
        Variant { id: "federation-token", name: "With GetFederationToken", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "sign-in",
        from: "user",
        to: "broker",
        message: "Sign in",
        about: "The employee signs in to the company as always. AWS sees nothing of it.",
        only: &[],
        act: |_| Ok(Happened::Sent),
    },
    Step {
        id: "look-up",
        from: "broker",
        to: "broker",
        message: "Which role is theirs?",
        about: "The broker asks the company's directory for the groups of the employee, and knows a role for each.",
        only: ASSUME_ROLE,
        act: look_up,
    },
    Step {
        id: "look-up",
        from: "broker",
        to: "broker",
        message: "Which policy is theirs?",
        about: "The broker asks the company's directory for the groups of the employee, and writes a session policy for each.",
        only: FEDERATION_TOKEN,
        act: look_up,
    },
    Step {
        id: "ask",
        from: "broker",
        to: "sts",
        message: "AssumeRole",
        about: "Signed by the broker. The employee's name becomes the name of the session.",
        only: ASSUME_ROLE,
        act: ask,
    },
    Step {
        id: "ask",
        from: "broker",
        to: "sts",
        message: "GetFederationToken",
        about: "Signed with the long-term key of the broker's own user. The employee's name becomes the name of the federated user.",
        only: FEDERATION_TOKEN,
        act: ask,
    },
    Step {
        id: "permit",
        from: "sts",
        to: "sts",
        message: "Does the role trust the broker?",
        about: "The role's trust policy names the broker's user. What the session may do is up to the role.",
        only: ASSUME_ROLE,
        act: sts::authorize,
    },
    Step {
        id: "permit",
        from: "sts",
        to: "sts",
        message: "May the broker?",
        about: "A policy of the broker's user has to allow it. There is no role and no trust policy.",
        only: FEDERATION_TOKEN,
        act: sts::authorize,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "broker",
        message: "Temporary credentials",
        about: "For a program they would do. A person wants the console, and the console wants an address.",
        only: &[],
        act: |stage| sts::issue(stage, "broker"),
    },
    Step {
        id: "ask-token",
        from: "broker",
        to: "signin",
        message: "getSigninToken",
        about: "The broker trades the credentials for a token that fits into an address. SessionDuration is for credentials of a role that came without a chain.",
        only: &[],
        act: signin::ask_token,
    },
    Step {
        id: "signin-token",
        from: "signin",
        to: "broker",
        message: "SigninToken",
        about: "It is good for fifteen minutes.",
        only: &[],
        act: signin::token,
    },
    Step {
        id: "address",
        from: "broker",
        to: "user",
        message: "Go to AWS",
        about: "The broker sends the browser to AWS, with the token, where to go, and where to sign in again when the session is over.",
        only: &[],
        act: signin::address,
    },
    Step {
        id: "login",
        from: "user",
        to: "signin",
        message: "login",
        about: "The address alone signs the employee in: no password, no IAM user.",
        only: &[],
        act: signin::login,
    },
    Step {
        id: "browse",
        from: "user",
        to: "console",
        message: "Open the bucket",
        about: "The console shows the name that the broker gave. When the session is over it shows the broker's address.",
        only: &[],
        act: signin::browse,
    },
    Step {
        id: "list",
        from: "console",
        to: "s3",
        message: "ListBucket",
        about: "The console calls with the session's credentials. The role's policy decides.",
        only: ASSUME_ROLE,
        act: list,
    },
    Step {
        id: "list",
        from: "console",
        to: "s3",
        message: "ListBucket",
        about: "The console calls with the session's credentials. What both allow is allowed: the policies of the broker's user and the session policy.",
        only: FEDERATION_TOKEN,
        act: list,
    },
    Step {
        id: "read",
        from: "console",
        to: "s3",
        message: "GetObject",
        about: "In the logs stands the employee's name, as the name of the session.",
        only: &[],
        act: read,
    },
];

fn setting(setting: &mut Setting) {
    if setting.is("assume-role") {
        setting.user("Broker", &[]);
        setting.access_key("Broker");
        setting.role("BrokerServer", "The server that the broker runs on", policies::TRUST_EC2, &[]);
        let inline = [("ReadSales", READ_SALES)];
        setting.role("ConsoleReader", "Employees who read the sales", policies::TRUST_BROKER, &inline);
    } else {
        setting.user("FederationBroker", &[("PassOn", policies::PASS_ON)]);
        setting.access_key("FederationBroker");
    }
    setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None);
    setting.resource("arn:aws:s3:::example-photos", ResourceKind::Bucket, None);
}

/// The employee as the broker names them to AWS.
fn employee<'a>(stage: &Stage<'a>) -> &'a str {
    stage.input(if stage.is("assume-role") { "session" } else { "name" })
}

fn look_up(stage: &mut Stage<'_>) -> Did {
    let mut found = json!({ "employee": employee(stage), "groups": ["sales"] });
    if let Some(found) = found.as_object_mut() {
        let (key, value) = match stage.is("assume-role") {
            true => ("role", stage.input("role")),
            false => ("sessionPolicy", stage.input("policy")),
        };
        found.insert(key.to_owned(), value.into());
    }
    stage.paper("What the broker knows", PaperKind::Json, format!("{found:#}"));
    stage.gain(Holding::new("user", "company", "Session at the company", "a cookie of the broker"));
    Ok(Happened::Accepted)
}

fn ask(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    let user = if stage.is("assume-role") { "Broker" } else { "FederationBroker" };
    stage.long_term("broker", &account, user);
    match (stage.input("keys"), stage.input("signed")) {
        ("root", _) => stage.root_key("broker", &account),
        ("role", _) => role_session(stage, "broker", "BrokerServer", "i-0fedcba9876543210"),
        (_, "session") => earlier_session(stage, "broker"),
        _ => {}
    }
    // A session of a role that assumes a role makes a chain (EVAL-160).
    let is_chain = stage.credentials.get("broker").is_some_and(|credentials| credentials.caller.is_role_session());
    stage.made.insert("chain", if is_chain { "yes" } else { "no" }.to_owned());
    let operation = match stage.input("operation") {
        "session" => Operation::GetSessionToken,
        "federation" => Operation::GetFederationToken,
        _ => Operation::AssumeRole,
    };
    let is_session = operation == Operation::GetSessionToken;
    let ask = Ask {
        operation,
        role: stage.input("role").to_owned(),
        name: if is_session { String::new() } else { employee(stage).to_owned() },
        duration: stage.input("duration").to_owned(),
        policy: if is_session { String::new() } else { stage.input("policy").to_owned() },
        ..Ask::default()
    };
    show_trust(stage, &ask.role);
    sts::receive(stage, ask, Some("broker"))
}

/// The bucket that the employee opens.
fn bucket(stage: &Stage<'_>) -> &'static str {
    if stage.input("bucket") == "photos" { "example-photos" } else { "example-sales" }
}

fn list(stage: &mut Stage<'_>) -> Did {
    let bucket = bucket(stage);
    list_bucket(stage, "console", bucket, "2026/")
}

fn read(stage: &mut Stage<'_>) -> Did {
    let bucket = bucket(stage);
    get_object(stage, "console", bucket, "2026/november.csv")
}
