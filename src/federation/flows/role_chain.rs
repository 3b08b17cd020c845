//! A role that assumes a role: what passes along and what does not, and the hour that a chain is given (FED-67,
//! EVAL-160…166).

mod faults;
mod inputs;
mod policies;

use serde_json::json;

use super::parts::{holds, lane, show_trust, tags};
use crate::federation::credentials::Keys;
use crate::federation::flow::{Flow, Lane, Step, Variant};
use crate::federation::instant;
use crate::federation::outcome::{Did, Happened, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::{Call, REGION, Stage};
use crate::federation::sts::{self, Ask, Operation};
use crate::model::{Command, ResourceKind};

/// The account of the second role, where that is another one.
const PRODUCTION: &str = "777788889999";

/// The flow.
pub const FLOW: Flow = Flow {
    id: "role-chain",
    title: "A role that assumes a role",
    about: "An engineer takes on the role of the deployment tools, and the tools take on the role of production. A transitive tag and the source identity pass along the chain; everything else is left behind, and every link lasts an hour at most.",
    facts: "FED-67, EVAL-160…166",
    lanes: &[
        Lane { id: "user", name: "Engineer", holds: &[holds(&[], "key", "Access key", "of the user Engineer")] },
        lane("first", "Deployment tools"),
        lane("second", "Deployment"),
        lane("sts", "STS"),
        lane("table", "Amazon DynamoDB"),
    ],
    variants: &[
        Variant { id: "one", name: "In one account", lanes: &[] },
        Variant { id: "two", name: "Into another account", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const STEPS: &[Step] = &[
    Step {
        id: "ask-first",
        from: "user",
        to: "sts",
        message: "AssumeRole: DeployTools",
        about: "The engineer signs with a long-term key, says who is behind the session, and passes a tag that is to go along the chain.",
        only: &[],
        act: ask_first,
    },
    Step {
        id: "trust-first",
        from: "sts",
        to: "sts",
        message: "Does DeployTools trust the engineer?",
        about: "In one account a trust policy that names the user is enough. Tag and source identity are allowed for themselves.",
        only: &[],
        act: sts::authorize,
    },
    Step {
        id: "issue-first",
        from: "sts",
        to: "first",
        message: "Credentials of DeployTools",
        about: "The first session. It carries the tag and the source identity; the user's own policies are left behind.",
        only: &[],
        act: |stage| sts::issue(stage, "first"),
    },
    Step {
        id: "who",
        from: "first",
        to: "sts",
        message: "GetCallerIdentity",
        about: "Now it is a session of a role. Whatever role it assumes from here on is a link of a chain.",
        only: &[],
        act: who,
    },
    Step {
        id: "ask-second",
        from: "first",
        to: "sts",
        message: "AssumeRole: DeployProduction",
        about: "Signed with credentials of a role. More than an hour is not given, whatever the second role would allow.",
        only: &[],
        act: ask_second,
    },
    Step {
        id: "trust-second",
        from: "sts",
        to: "sts",
        message: "Does DeployProduction trust the tools?",
        about: "The trust policy names the first role and looks at the tag that came along. It has to allow the tag and the source identity again.",
        only: &["one"],
        act: sts::authorize,
    },
    Step {
        id: "trust-second",
        from: "sts",
        to: "sts",
        message: "Do both accounts allow it?",
        about: "Across accounts the first role needs the permission too. The trust policy over there looks at the tag that came along.",
        only: &["two"],
        act: sts::authorize,
    },
    Step {
        id: "issue-second",
        from: "sts",
        to: "second",
        message: "Credentials of DeployProduction",
        about: "The second session has the permissions of the second role alone. The transitive tag and the source identity came along.",
        only: &[],
        act: |stage| sts::issue(stage, "second"),
    },
    Step {
        id: "write",
        from: "second",
        to: "table",
        message: "PutItem",
        about: "The role may write to the table that the tag names: one role for every project.",
        only: &[],
        act: write,
    },
    Step {
        id: "log",
        from: "table",
        to: "table",
        message: "Write the log",
        about: "The log has the role and the session, and by the source identity the engineer at the beginning of the chain.",
        only: &[],
        act: log,
    },
];

fn setting(setting: &mut Setting) {
    setting.user("Engineer", &[]);
    setting.access_key("Engineer");
    let inline = [("AssumeProduction", policies::ASSUME_PRODUCTION)];
    setting.role("DeployTools", "Tools that deploy", policies::TRUST_ENGINEER, &inline);
    let mut table = "arn:aws:dynamodb:us-east-1:123456789012:table/Orders";
    if setting.is("two") {
        setting.account(PRODUCTION, "Production");
        table = "arn:aws:dynamodb:us-east-1:777788889999:table/Orders";
    }
    let inline = [("WriteOwnTable", policies::WRITE_OWN_TABLE)];
    if setting.role("DeployProduction", "Deploys a project to production", policies::TRUST_TOOLS, &inline) {
        setting.run(&Command::UpdateRole {
            name: "DeployProduction".into(),
            description: "Deploys a project to production".into(),
            max_session: 43_200,
        });
    }
    setting.resource(table, ResourceKind::Table, None);
    setting.go_home();
}

fn ask_first(stage: &mut Stage<'_>) -> Did {
    let account = stage.home.clone();
    stage.long_term("user", &account, "Engineer");
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.input("role").to_owned(),
        name: stage.input("session").to_owned(),
        duration: stage.input("duration").to_owned(),
        policy: stage.input("policy").to_owned(),
        tags: tags(stage.input("tags")),
        transitive: keys(stage.input("transitive")),
        source_identity: stage.input("source_identity").to_owned(),
        ..Ask::default()
    };
    show_trust(stage, &ask.role);
    sts::receive(stage, ask, Some("user"))
}

/// The keys in a list with commas.
fn keys(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|key| !key.is_empty()).map(ToOwned::to_owned).collect()
}

fn who(stage: &mut Stage<'_>) -> Did {
    if stage.input("token") == "no" {
        stage.forget_token("first");
    }
    sts::caller_identity(stage, "first")
}

fn ask_second(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("between"));
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.input("role2").to_owned(),
        name: stage.input("session2").to_owned(),
        duration: stage.input("duration2").to_owned(),
        tags: tags(stage.input("tags2")),
        source_identity: stage.input("source_identity2").to_owned(),
        ..Ask::default()
    };
    show_trust(stage, &ask.role);
    sts::receive(stage, ask, Some("first"))
}

fn write(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let account = if stage.is("two") { PRODUCTION.to_owned() } else { stage.home.to_string() };
    let body = json!({ "TableName": "Orders", "Item": { "OrderId": { "S": "2026-1201-7" } } });
    let call = Call {
        action: "dynamodb:PutItem",
        resource: &format!("arn:aws:dynamodb:{REGION}:{account}:table/Orders"),
        start: "POST /".to_owned(),
        host: format!("dynamodb.{REGION}.amazonaws.com"),
        headers: vec![
            ("Content-Type".to_owned(), "application/x-amz-json-1.0".to_owned()),
            ("X-Amz-Target".to_owned(), "DynamoDB_20120810.PutItem".to_owned()),
        ],
        body: body.to_string(),
        keys: Keys::new(),
        answer: "{}",
    };
    stage.call("second", call)
}

fn log(stage: &mut Stage<'_>) -> Did {
    let Some(credentials) = stage.credentials.get("second") else { return Ok(Happened::Sent) };
    let caller = &credentials.caller;
    let event = json!({
        "eventSource": "dynamodb.amazonaws.com",
        "eventName": "PutItem",
        "eventTime": instant::extended(stage.now),
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": caller.user_id(stage.world),
            "arn": caller.arn(stage.world),
            "accountId": caller.account.as_str(),
            "accessKeyId": credentials.id,
            "sessionContext": {
                "sessionIssuer": { "type": "Role", "arn": stage.input("role2") },
                "sourceIdentity": caller.session.source_identity.as_deref(),
            },
        },
    });
    stage.paper("What the log has", PaperKind::Json, format!("{event:#}"));
    Ok(Happened::Sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::federation::{Inputs, Seals, run};
    use crate::model::{Time, example};

    /// EVAL-164, EVAL-166: a transitive tag and the source identity pass along, other tags do not.
    #[test]
    fn what_passes_along_a_chain() {
        let mut inputs = Inputs::new(&FLOW, Time(1_796_115_600));
        inputs.values.insert("tags", "Project=Orders,Team=Red".to_owned());
        let played =
            run(&FLOW, &example::primer(), &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
        assert_eq!(played.failed(), None);
        let about = |lane| {
            let held = played.wallet(Some(played.played.len()));
            held.into_iter().find(|holding| holding.owner == lane).map(|holding| holding.about).unwrap_or_default()
        };
        let has = |lane, line: &str| about(lane).iter().any(|known| known == line);
        for lane in ["first", "second"] {
            assert!(has(lane, "source identity Engineer") && has(lane, "tag Project = Orders"), "{:?}", about(lane));
        }
        assert!(has("first", "tag Team = Red") && !has("second", "tag Team = Red"));
    }
}
