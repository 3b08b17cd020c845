//! AWS Directory Service: people sign in to the console with their Active Directory password; the service assumes the role
//! that their group was given (FED-56).

mod faults;
mod inputs;
mod policies;

use super::console;
use super::parts::{holds, lane, show_trust};
use crate::eval::ContextValue;
use crate::federation::credentials::{Caller, Keys};
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Holding, Http, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask};
use crate::model::{PrincipalRef, Proof, ResourceKind};

/// The address under which a directory lets people in.
const HOST: &str = "example-corp.awsapps.com";
/// The page of the console that people want to.
const PAGE: &str = "https://us-east-1.console.aws.amazon.com/dynamodbv2/home?table=Orders";
/// Seconds of an hour.
const HOUR: i64 = 3_600;

/// The flow.
pub const FLOW: Flow = Flow {
    id: "directory-service",
    title: "AWS Directory Service",
    about: "Groups of an Active Directory are given roles. Their members open the console with the password they have already: the service checks it and assumes the role for them. There is no SAML provider and no IAM user.",
    facts: "FED-56, EVAL-162",
    lanes: &[
        lane("admin", "Administrator"),
        lane("browser", "Browser"),
        Lane {
            id: "ds",
            name: "Directory Service",
            holds: &[holds(&["connector"], "account", "Service account", "may read the company's directory, no more")],
        },
        Lane {
            id: "directory",
            name: "Active Directory",
            holds: &[holds(&[], "people", "Passwords and groups", "of everybody in the directory")],
        },
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("console", "AWS console"),
        lane("dynamodb", "DynamoDB"),
    ],
    variants: &[
        Variant { id: "managed", name: "AWS Managed Microsoft AD", lanes: &[("directory", "Managed AD")] },
        Variant { id: "connector", name: "AD Connector", lanes: &[("directory", "Company's AD")] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "assign",
        from: "admin",
        to: "ds",
        message: "This group, this role",
        about: "The administrator gives a role to a group of the directory. Whoever hands a role to a service needs iam:PassRole on it.",
        only: &[],
        act: assign,
    },
    Step {
        id: "open",
        from: "browser",
        to: "ds",
        message: "The console, please",
        about: "Each directory has an access URL; with `/console` at its end it leads to the console, once that is switched on.",
        only: &[],
        act: open,
    },
    Step {
        id: "sign-in",
        from: "browser",
        to: "ds",
        message: "Name and password",
        about: "The page asks for the Active Directory password. IAM never sees it.",
        only: &[],
        act: sign_in,
    },
    Step {
        id: "bind",
        from: "ds",
        to: "directory",
        message: "Right? Which groups?",
        about: "The domain controllers that AWS runs for this directory check the password and name the groups.",
        only: &["managed"],
        act: bind,
    },
    Step {
        id: "bind",
        from: "ds",
        to: "directory",
        message: "Right? Which groups?",
        about: "AD Connector keeps no passwords: it asks the company's own domain controllers, through a VPN or Direct Connect.",
        only: &["connector"],
        act: bind,
    },
    Step {
        id: "match",
        from: "ds",
        to: "ds",
        message: "Which role?",
        about: "The service compares the person's own groups with those that roles were given to. Groups inside of groups do not count.",
        only: &[],
        act: find_role,
    },
    Step {
        id: "assume",
        from: "ds",
        to: "sts",
        message: "AssumeRole",
        about: "The service asks under its own name, `ds.amazonaws.com`, and says for which directory.",
        only: &[],
        act: assume,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust the service?",
        about: "Only the trust policy decides. That it names one directory keeps the role from people of another one.",
        only: &[],
        act: trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "ds",
        message: "Temporary credentials",
        about: "For as long as the directory's sessions last, one hour to twelve: the role's own maximum does not bound sessions that a service makes.",
        only: &[],
        act: |stage| sts::issue(stage, "ds"),
    },
    Step {
        id: "enter",
        from: "ds",
        to: "browser",
        message: "Go to the console",
        about: "The browser gets a cookie. The console shows role and name.",
        only: &[],
        act: |stage| console::enter(stage, "ds", PAGE),
    },
    Step {
        id: "page",
        from: "browser",
        to: "console",
        message: "The page of the table",
        about: "To the person the console is a web site. Behind it every click becomes a call to a service.",
        only: &[],
        act: |stage| console::open(stage, PAGE),
    },
    Step {
        id: "call",
        from: "console",
        to: "dynamodb",
        message: "Scan",
        about: "The console signs with the credentials of the session: the role's own policies decide, as for any other caller.",
        only: &[],
        act: call,
    },
];

fn setting(setting: &mut Setting) {
    setting.user("DirectoryAdmin", &[("GiveRolesToGroups", policies::GIVE_ROLES)]);
    let inline = [("SeeOrders", policies::SEE_ORDERS)];
    setting.role("OrderDesk", "People who look at the orders", policies::TRUST, &inline);
    setting.resource("arn:aws:dynamodb:us-east-1:123456789012:table/Orders", ResourceKind::Table, None);
}

/// EVAL-6, ERR-160: a permission of whoever hands the role over, not of the service.
fn assign(stage: &mut Stage<'_>) -> Did {
    let mut admin = Caller::new(stage.home, PrincipalRef::User("DirectoryAdmin".into()));
    admin.session.proof = Some(Proof::Console);
    let mut keys = Keys::new();
    let service = ContextValue::One("ds.amazonaws.com".to_owned());
    keys.insert("iam:PassedToService".to_owned(), Some(service));
    let role = stage.role_arn("OrderDesk");
    stage.paper(
        "Role and group",
        PaperKind::Text,
        format!("{role}\n  CN=Order desk,OU=Groups,DC=corp,DC=example,DC=com\n"),
    );
    if !stage.decide(&admin, "iam:PassRole", &role, &keys) {
        return Err(stage.refused("AccessDeniedException", 400, "ERR-160"));
    }
    stage.gain(Holding::new("ds", "assignment", "Role of a group", "OrderDesk, for members of Order desk"));
    Ok(Happened::Allowed)
}

/// A refusal of the directory's own page, whose words are not documented.
fn page_says(message: &str, why: &str) -> Failure {
    Failure::new("Sign-in refused", 0, message, "FED-56").approximately().because(why)
}

fn open(stage: &mut Stage<'_>) -> Did {
    let request = Http::new("GET /console/ HTTP/1.1", &[("Host", HOST)], "");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    match stage.input("console") {
        "no" => Err(page_says(
            "This page is not available.",
            "Console access is off for every directory until somebody switches it on.",
        )),
        _ => Ok(Happened::Sent),
    }
}

fn sign_in(stage: &mut Stage<'_>) -> Did {
    let headers = [("Host", HOST), ("Content-Type", "application/x-www-form-urlencoded")];
    let request = Http::new("POST /console/ HTTP/1.1", &headers, "username=ana&password=(secret)");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    Ok(Happened::Sent)
}

fn bind(stage: &mut Stage<'_>) -> Did {
    if stage.input("reachable") == "no" {
        return Err(page_says(
            "The directory could not be reached.",
            "AD Connector holds no copy of the directory: without a way to the company's domain controllers nobody can sign in.",
        ));
    }
    if stage.input("password") == "wrong" {
        return Err(page_says("Name or password is wrong.", "The domain controller refused the password."));
    }
    let own = match stage.input("membership") {
        "nested" => {
            "memberOf: CN=Order desk juniors,OU=Groups,DC=corp,DC=example,DC=com\n\ndn: CN=Order desk juniors,OU=Groups,DC=corp,DC=example,DC=com\nmemberOf: CN=Order desk,OU=Groups,DC=corp,DC=example,DC=com\n"
        }
        "none" => "memberOf: CN=Warehouse,OU=Groups,DC=corp,DC=example,DC=com\n",
        _ => "memberOf: CN=Order desk,OU=Groups,DC=corp,DC=example,DC=com\n",
    };
    let entry = format!("dn: CN=Ana Example,OU=Staff,DC=corp,DC=example,DC=com\nsAMAccountName: ana\n{own}");
    stage.paper("What the directory says", PaperKind::Text, entry);
    Ok(Happened::Accepted)
}

fn find_role(stage: &mut Stage<'_>) -> Did {
    let no_role = "You are not assigned to a role.";
    match stage.input("membership") {
        "nested" => Err(page_says(
            no_role,
            "The role was given to Order desk, and Ana is in a group inside of that one: membership through another group does not count.",
        )),
        "none" => Err(page_says(no_role, "No role was given to a group of Ana's, nor to herself.")),
        _ => Ok(Happened::Accepted),
    }
}

fn assume(stage: &mut Stage<'_>) -> Did {
    let directory = format!("arn:aws:ds:{REGION}:{}:directory/{}", stage.home, stage.input("directory"));
    let caller = Caller::service(stage.home, "ds.amazonaws.com", &directory);
    let ask = Ask {
        role: stage.role_arn("OrderDesk"),
        name: "ana".to_owned(),
        duration: stage.number("length").saturating_mul(HOUR).to_string(),
        ..Ask::default()
    };
    sts::receive_from_service(stage, ask, caller)
}

fn trust(stage: &mut Stage<'_>) -> Did {
    let role = stage.role_arn("OrderDesk");
    show_trust(stage, &role);
    sts::authorize(stage)
}

fn call(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let (action, operation, answer) = match stage.input("action") {
        "delete" => (
            "dynamodb:DeleteTable",
            "DeleteTable",
            r#"{"TableDescription":{"TableName":"Orders","TableStatus":"DELETING"}}"#,
        ),
        _ => ("dynamodb:Scan", "Scan", r#"{"Count":1,"Items":[{"OrderId":{"S":"1001"}}],"ScannedCount":1}"#),
    };
    let call = Call {
        action,
        resource: &format!("arn:aws:dynamodb:{REGION}:{}:table/Orders", stage.home),
        start: "POST /".to_owned(),
        host: format!("dynamodb.{REGION}.amazonaws.com"),
        headers: vec![
            ("Content-Type".to_owned(), "application/x-amz-json-1.0".to_owned()),
            ("X-Amz-Target".to_owned(), format!("DynamoDB_20120810.{operation}")),
        ],
        body: r#"{"TableName":"Orders"}"#.to_owned(),
        keys: Keys::new(),
        answer,
    };
    stage.call("console", call)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::federation::{Inputs, Seals, run};
    use crate::model::{Time, example};

    /// EVAL-162: the role's maximum is an hour.
    #[test]
    fn the_maximum_of_the_role_does_not_bound_the_service() {
        let mut inputs = Inputs::new(&FLOW, Time(1_796_115_600));
        inputs.values.insert("length", "12".to_owned());
        let run = run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
        assert_eq!(run.failed(), None);
        let wallet = run.wallet(Some(run.played.len()));
        let session = wallet.iter().find(|holding| holding.owner == "console").unwrap();
        assert_eq!(session.until, Some(Time(1_796_115_600 + 43_200)));
        assert!(wallet.iter().all(|holding| holding.owner != "ds" || holding.id != "credentials"));
    }
}
