//! SAML 2.0: people who sign in at their company get temporary credentials with an assertion that the company signs, in a
//! program or in the console (FED-50, FED-51).

mod company;
mod faults;
mod inputs;
mod policies;
mod steps;

use std::fmt::Write;

use super::parts::{holds, lane, list_bucket, put_object, show_trust};
use crate::federation::Keys;
use crate::federation::flow::{Flow, Lane, Variant};
use crate::federation::outcome::{Did, Exchange, Failure, Happened, Http, PaperKind};
use crate::federation::saml::{self, Received};
use crate::federation::setting::Setting;
use crate::federation::stage::Stage;
use crate::federation::sts::{self, Ask, Door, Operation};
use crate::federation::{idp, uri_encode};
use crate::ident::AccountId;
use crate::model::ResourceKind;

/// Where people sign in to AWS with an assertion.
const SIGN_IN: &str = "https://signin.aws.amazon.com/saml";
/// The page of the console that people want to.
const PAGE: &str = "https://us-east-1.console.aws.amazon.com/s3/buckets/example-sales";

/// The flow.
pub const FLOW: Flow = Flow {
    id: "saml",
    title: "SAML 2.0 federation",
    about: "Staff sign in where they always do: at the company. Its identity provider writes down who they are and which roles they may have, signs it, and AWS believes the assertion. Nobody needs an IAM user.",
    facts: "FED-50, FED-51, FED-52…55",
    lanes: &[
        lane("browser", "Browser"),
        lane("app", "Backup app"),
        Lane {
            id: "provider",
            name: "AD FS",
            holds: &[holds(&[], "key", "Signing key", "its certificate is in the metadata")],
        },
        Lane {
            id: "directory",
            name: "Active Directory",
            holds: &[holds(&[], "people", "Passwords and groups", "of everybody in the company")],
        },
        lane("signin", "AWS sign-in"),
        Lane {
            id: "sts",
            name: "STS",
            holds: &[holds(
                &[],
                "metadata",
                "Metadata of the provider",
                "uploaded to IAM: who it is, what it signs with",
            )],
        },
        lane("role", "Role"),
        lane("console", "AWS console"),
        lane("s3", "Amazon S3"),
    ],
    variants: &[
        Variant { id: "api", name: "A program, through the API", lanes: &[] },
        Variant { id: "console", name: "A person, in the console", lanes: &[] },
    ],
    inputs: inputs::INPUTS,
    steps: steps::STEPS,
    faults: faults::FAULTS,
    setting,
};

const API: &[&str] = &["api"];
const CONSOLE: &[&str] = &["console"];

fn setting(setting: &mut Setting) {
    setting.saml_provider("ADFS", company::ENTITY);
    let own = [("OwnBackup", policies::OWN_BACKUP)];
    setting.role("BackupUser", "Staff who back up their files", policies::TRUST, &own);
    setting.resource("arn:aws:s3:::example-backup", ResourceKind::Bucket, None);
    if setting.is("console") {
        let inline = [("ReadSales", super::parts::READ_SALES)];
        setting.role("SalesAnalyst", "Staff who look at the sales", policies::TRUST, &inline);
        setting.resource("arn:aws:s3:::example-sales", ResourceKind::Bucket, None);
    }
}

fn post(stage: &mut Stage<'_>) -> Did {
    let host = SIGN_IN.trim_start_matches("https://").split('/').next().unwrap_or_default();
    let headers = [("Host", host), ("Content-Type", "application/x-www-form-urlencoded")];
    let body = format!("SAMLResponse={}&RelayState={}", uri_encode(stage.made("response")), uri_encode(PAGE));
    let request = Http::new("POST /saml HTTP/1.1", &headers, body);
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    stage.lose("browser", "response");
    Ok(Happened::Sent)
}

/// The roles in the response, each with the provider that vouches for it; a value that is no such pair is left out.
fn roles(stage: &Stage<'_>) -> Vec<(String, String)> {
    let received = saml::decode(stage.made("response")).and_then(|text| Received::read(&text).ok());
    let Some(received) = received else { return Vec::new() };
    let of = |value: &str| {
        let (one, other) = value.split_once(',')?;
        match (one.contains(":role/"), other.contains(":role/")) {
            (true, false) => Some((one.to_owned(), other.to_owned())),
            (false, true) => Some((other.to_owned(), one.to_owned())),
            _ => None,
        }
    };
    received.values(saml::ROLE).filter_map(of).collect()
}

fn pick(stage: &mut Stage<'_>) -> Did {
    let roles = roles(stage);
    if roles.is_empty() {
        let message = "Your request included an invalid SAML response. To logout, click here.";
        return Err(Failure::new("Invalid SAML response", 400, message, "ERR-80").because(
            "The response has no Role attribute with a role and a provider: the person is in no group that the provider's rule makes a role of.",
        ));
    }
    if roles.len() == 1 {
        stage.note("There is one role only: AWS leaves the page out.");
    }
    let mut page = String::new();
    let named = || roles.iter().filter_map(|(role, _)| role.split(':').nth(4));
    for (at, account) in named().enumerate() {
        // Each once, where it is named first.
        if named().take(at).any(|earlier| earlier == account) {
            continue;
        }
        let known = AccountId::parse(account).ok().and_then(|id| stage.world.account(&id));
        let alias = known.and_then(|known| known.alias.as_deref());
        let shown = alias.map_or_else(|| account.to_owned(), |alias| format!("{alias} ({account})"));
        // Writing to a `String` cannot fail.
        let _ = writeln!(page, "Account: {shown}");
        for (role, _) in roles.iter().filter(|(role, _)| role.split(':').nth(4) == Some(account)) {
            let _ = writeln!(page, "  ( ) {}", role.rsplit('/').next().unwrap_or_default());
        }
    }
    stage.paper("What the person sees", PaperKind::Text, page);
    Ok(Happened::Sent)
}

fn choose(stage: &mut Stage<'_>) -> Did {
    let wanted = format!(":role/{}", stage.input("choice"));
    let roles = roles(stage);
    let chosen = roles.iter().find(|(role, _)| role.ends_with(&wanted)).or_else(|| roles.first());
    let Some((role, provider)) = chosen.cloned() else { return Ok(Happened::Sent) };
    if !role.ends_with(&wanted) {
        stage.note("The role that the person wants is not on the page; they take the first one.");
    }
    stage.paper("Chosen", PaperKind::Text, format!("{role}\n{provider}\n"));
    stage.made.insert("role", role);
    stage.made.insert("principal", provider);
    Ok(Happened::Sent)
}

fn ask(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("delay"));
    let (role, principal, duration) = match stage.is("console") {
        true => (stage.made("role"), stage.made("principal"), stage.input("session_duration")),
        false => (stage.input("role"), stage.input("principal"), stage.input("duration")),
    };
    let ask = Ask {
        operation: Operation::AssumeRoleWithSaml,
        role: role.to_owned(),
        principal: principal.to_owned(),
        assertion: stage.made("response").to_owned(),
        duration: duration.to_owned(),
        policy: stage.input("policy").to_owned(),
        ..Ask::default()
    };
    sts::receive(stage, ask, None)
}

fn verify(stage: &mut Stage<'_>) -> Did {
    let published = if stage.input("metadata") == "old" { "saml-old" } else { "saml" };
    let metadata = idp::metadata(stage, company::ENTITY, company::SIGN_ON, published);
    stage.paper("Metadata of the provider, as IAM has it", PaperKind::Text, metadata);
    let door = if stage.is("console") { Door::SignIn } else { Door::Api };
    sts::verify_saml(stage, published, door)
}

fn trust(stage: &mut Stage<'_>) -> Did {
    let role = stage.pending.as_ref().map(|pending| pending.ask.role.clone()).unwrap_or_default();
    show_trust(stage, &role);
    sts::authorize(stage)
}

fn backup(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    let key = format!("{}/laptop.zip", stage.input("owner"));
    put_object(stage, "app", ("example-backup", &key), Keys::new())
}

fn list(stage: &mut Stage<'_>) -> Did {
    stage.wait(stage.number("later"));
    list_bucket(stage, "console", "example-sales", "2026/")
}

#[cfg(test)]
mod tests;
