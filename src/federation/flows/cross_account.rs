//! A role for another account: for a colleague with a second factor, and for a vendor with an external id, which keeps the
//! vendor from being used by another of its customers (FED-66, EVAL-80…93).

mod faults;
mod inputs;
mod policies;
mod steps;

use serde_json::json;

use super::parts::{holds, lane, list_bucket, show_trust, tags, wrong_code};
use crate::federation::Keys;
use crate::federation::flow::{Flow, Lane, Variant};
use crate::federation::outcome::{Did, Happened, Holding, PaperKind};
use crate::federation::setting::Setting;
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Operation};
use crate::ident::AccountId;
use crate::model::ResourceKind;

/// The account of the vendor.
const VENDOR: &str = "999988887777";
/// The account in which colleagues have their users.
const TOOLS: &str = "444455556666";
/// The external id of another customer of the vendor.
const EXTERNAL_ID_OF_OTHER: &str = "cust-90d2";

/// The flow.
pub const FLOW: Flow = Flow {
    id: "cross-account",
    title: "A role for another account",
    about: "Somebody of another account works in this one without an IAM user here: they assume a role that trusts their account. A vendor has to send an external id too, so that no other customer can have it act here.",
    facts: "FED-66, EVAL-80, EVAL-93",
    lanes: &[
        lane("admin", "Customer's administrator"),
        Lane {
            id: "person",
            name: "Somebody at the vendor's site",
            holds: &[holds(&["account"], "device", "Authenticator app", "dana-phone")],
        },
        Lane {
            id: "client",
            name: "Vendor's service",
            holds: &[
                holds(&["vendor"], "key", "Access key", "of the vendor's user collector"),
                holds(&["account"], "key", "Access key", "of Dana, in account 4444-5555-6666"),
            ],
        },
        lane("sts", "STS"),
        lane("role", "Role"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "vendor", name: "A vendor, with an external id", lanes: &[] },
        Variant {
            id: "account",
            name: "A colleague, with a second factor",
            lanes: &[("admin", "Administrator"), ("person", "Dana"), ("client", "Dana's command line")],
        },
    ],
    inputs: inputs::INPUTS,
    steps: steps::STEPS,
    faults: faults::FAULTS,
    setting,
};

fn setting(setting: &mut Setting) {
    if setting.is("vendor") {
        setting.account(VENDOR, "Vendor");
        setting.user("collector", &[("AssumeCustomerRoles", policies::COLLECTOR)]);
        setting.access_key("collector");
        setting.go_home();
        let inline = [("ReadSales", super::parts::READ_SALES)];
        setting.role("VendorReader", "Lets a vendor read the sales", policies::TRUST_VENDOR, &inline);
    } else {
        setting.account(TOOLS, "Tools");
        setting.user("Dana", &[("AssumeAuditor", policies::DANA)]);
        setting.access_key("Dana");
        setting.authenticator("Dana", "dana-phone");
        setting.go_home();
        let inline = [("ReadSales", super::parts::READ_SALES)];
        setting.role("Auditor", "Lets colleagues of another account read the sales", policies::TRUST_TOOLS, &inline);
    }
    setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None);
}

fn external_id(stage: &mut Stage<'_>) -> Did {
    let given = json!({ "account": VENDOR, "externalId": "cust-7c41" });
    stage.paper("What the vendor gives the customer", PaperKind::Json, format!("{given:#}"));
    stage.gain(Holding::new("admin", "external-id", "External id", "cust-7c41, of this customer alone"));
    Ok(Happened::Sent)
}

fn arn(stage: &mut Stage<'_>) -> Did {
    let role = stage.role_arn(if stage.is("vendor") { "VendorReader" } else { "Auditor" });
    show_trust(stage, &role);
    let owner = if stage.is("vendor") { "client" } else { "person" };
    stage.gain(Holding::new(owner, "arn", "Role ARN", role));
    Ok(Happened::Sent)
}

/// The external id that the vendor sends: the one that it keeps for whoever asks.
fn sent_external_id<'a>(stage: &Stage<'a>) -> &'a str {
    if stage.input("asks") == "other" { EXTERNAL_ID_OF_OTHER } else { stage.input("external_id") }
}

fn order(stage: &mut Stage<'_>) -> Did {
    if stage.is("vendor") {
        let asks = if stage.input("asks") == "other" { "another customer" } else { "this customer" };
        let record = json!({
            "customer": asks,
            "roleArn": stage.input("role"),
            "externalId": sent_external_id(stage),
        });
        stage.paper("What the vendor keeps", PaperKind::Json, format!("{record:#}"));
        if stage.input("asks") == "other" {
            stage.note("Another customer of the vendor asks, who has given this customer's role ARN as their own.");
        }
        return Ok(Happened::Sent);
    }
    let profile = format!(
        "[profile auditor]\nrole_arn = {}\nrole_session_name = {}\nsource_profile = dana\nmfa_serial = {}\n",
        stage.input("role"),
        stage.input("session"),
        stage.input("serial"),
    );
    stage.paper("~/.aws/config", PaperKind::Text, profile);
    Ok(Happened::Sent)
}

fn assume(stage: &mut Stage<'_>) -> Did {
    let (account, user) = if stage.is("vendor") { (VENDOR, "collector") } else { (TOOLS, "Dana") };
    let account = AccountId::parse(account).unwrap_or_else(|_| stage.home.clone());
    match stage.input("caller") {
        "root" => stage.root_key("client", &account),
        _ => stage.long_term("client", &account, user),
    }
    let serial = stage.input("serial");
    let code = sts::one_time_code(serial, stage.now);
    let (serial, code) = match stage.input("mfa") {
        "yes" => (serial, code),
        "wrong" => (serial, wrong_code(&code)),
        "serial" => (serial, String::new()),
        _ => ("", String::new()),
    };
    let ask = Ask {
        operation: Operation::AssumeRole,
        role: stage.input("role").to_owned(),
        name: stage.input("session").to_owned(),
        duration: stage.input("duration").to_owned(),
        policy: stage.input("policy").to_owned(),
        tags: tags(stage.input("tags")),
        source_identity: stage.input("source_identity").to_owned(),
        external_id: if stage.is("vendor") { sent_external_id(stage).to_owned() } else { String::new() },
        serial: serial.to_owned(),
        code,
        ..Ask::default()
    };
    sts::receive(stage, ask, Some("client"))
}

fn trust(stage: &mut Stage<'_>) -> Did {
    let done = sts::authorize(stage);
    if done.is_ok() && stage.is("vendor") && takes_other(stage) {
        stage.note("The same request with the external id of another customer would pass too: the vendor can be made to act here by any of its customers.");
    }
    done
}

/// Whether the role would take the request with another customer's external id.
fn takes_other(stage: &mut Stage<'_>) -> bool {
    let asked = stage.pending.clone();
    if let Some(pending) = &mut stage.pending {
        pending.ask.external_id = EXTERNAL_ID_OF_OTHER.to_owned();
    }
    let takes = sts::would_trust(stage, &Keys::new());
    stage.pending = asked;
    takes
}

fn who(stage: &mut Stage<'_>) -> Did {
    if stage.input("token") == "no" {
        stage.forget_token("client");
    }
    sts::caller_identity(stage, "client")
}

fn list(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    list_bucket(stage, "client", "example-sales", "2026/")
}

fn report(stage: &mut Stage<'_>) -> Did {
    if stage.input("asks") == "other" {
        stage.note("The wrong customer has the sales: the vendor was a confused deputy. The trust policy has to ask for the external id of the right one.");
    }
    Ok(Happened::Sent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::federation::{Inputs, Seals, run, staged};
    use crate::model::{Time, example};

    /// FED-66: what the external id is for.
    #[test]
    fn without_the_condition_another_customer_gets_in() {
        let fault = FLOW.variants.first().and_then(|vendor| FLOW.fault("confused-deputy", vendor));
        let inputs = Inputs::new(&FLOW, Time(1_796_115_600));
        let (world, _) = staged(&FLOW, &example::primer(), &inputs);
        let inputs = Inputs { fault, ..inputs };
        let play = |world| run(&FLOW, &world, &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
        assert_eq!(play(world.clone()).failed(), Some(5));
        let mut setting = Setting::new(world, AccountId::example(), ("vendor", inputs.now));
        let careless = policies::TRUST_VENDOR.replace("StringEquals", "StringLike").replace("cust-7c41", "*");
        setting.trust("VendorReader", &careless);
        let played = play(setting.done().0);
        assert_eq!(played.failed(), None);
        let notes = played.played.last().map(|played| played.notes.len());
        assert_eq!(notes, Some(1), "the flow says what has happened");
        let warned = played.played.iter().find(|played| played.step.id == "trust").map(|played| played.notes.len());
        assert_eq!(warned, Some(1), "and that it could");
    }
}
