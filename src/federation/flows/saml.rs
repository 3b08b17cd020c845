//! SAML 2.0: people who sign in at their company get temporary credentials with an assertion that the company signs, in a
//! program or in the console (FED-50, FED-51).

mod company;
mod faults;
mod inputs;
mod policies;

use std::fmt::Write;

use super::console;
use super::parts::{holds, lane, list_bucket, put_object, show_trust};
use crate::federation::Keys;
use crate::federation::flow::{Flow, Lane, Step, Variant};
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
    steps: STEPS,
    faults: faults::FAULTS,
    setting,
};

const API: &[&str] = &["api"];
const CONSOLE: &[&str] = &["console"];

const STEPS: &[Step] = &[
    Step {
        id: "sign-in",
        from: "app",
        to: "provider",
        message: "Name and password",
        about: "The app signs the person in at the company's identity provider. The password never leaves the company.",
        only: API,
        act: company::sign_in,
    },
    Step {
        id: "sign-in",
        from: "browser",
        to: "provider",
        message: "Name and password",
        about: "The way begins at the company's own sign-on page, with a link for AWS. The password never leaves the company.",
        only: CONSOLE,
        act: company::sign_in,
    },
    Step {
        id: "directory",
        from: "provider",
        to: "directory",
        message: "Who is this?",
        about: "The directory checks the password and lists the groups. A rule of the provider makes a role out of every group that is named `AWS-`, account, `-`, role.",
        only: &[],
        act: company::look_up,
    },
    Step {
        id: "assertion",
        from: "provider",
        to: "app",
        message: "SAML response",
        about: "Who this is, which roles they may have, for whom the assertion is meant and how long it holds: signed with the provider's key.",
        only: API,
        act: company::assert,
    },
    Step {
        id: "assertion",
        from: "provider",
        to: "browser",
        message: "Form with the SAML response",
        about: "Who this is and which roles they may have, signed with the provider's key, in a form that sends itself to AWS.",
        only: CONSOLE,
        act: company::assert,
    },
    Step {
        id: "post",
        from: "browser",
        to: "signin",
        message: "The form",
        about: "The browser carries the response to AWS. It could be read on the way, but not changed: it is signed.",
        only: CONSOLE,
        act: post,
    },
    Step {
        id: "pick",
        from: "signin",
        to: "browser",
        message: "Which role?",
        about: "AWS lists the roles of the Role attribute by account. With a single one this page is left out.",
        only: CONSOLE,
        act: pick,
    },
    Step {
        id: "choose",
        from: "browser",
        to: "signin",
        message: "This one",
        about: "The person takes one of the roles. Their session will have the permissions of this role, and of no other.",
        only: CONSOLE,
        act: choose,
    },
    Step {
        id: "ask",
        from: "app",
        to: "sts",
        message: "AssumeRoleWithSAML",
        about: "The request is not signed: the assertion is the proof. It names one role and the provider in IAM that vouches for it.",
        only: API,
        act: ask,
    },
    Step {
        id: "ask",
        from: "signin",
        to: "sts",
        message: "AssumeRoleWithSAML",
        about: "AWS's sign-in endpoint asks on behalf of the person, for as long as the SessionDuration attribute says.",
        only: CONSOLE,
        act: ask,
    },
    Step {
        id: "verify",
        from: "sts",
        to: "sts",
        message: "Is the assertion good?",
        about: "STS looks up the provider in IAM, and verifies issuer, signature, audience and time, and that the assertion names this very role. It never talks to the provider.",
        only: &[],
        act: verify,
    },
    Step {
        id: "trust",
        from: "sts",
        to: "role",
        message: "Does the role trust it?",
        about: "Only the role's trust policy decides, by provider and by what the assertion says; `saml:aud` is the Recipient of the assertion.",
        only: &[],
        act: trust,
    },
    Step {
        id: "issue",
        from: "sts",
        to: "app",
        message: "Temporary credentials",
        about: "With them comes what AWS has read out of the assertion. They end with the session at the provider at the latest.",
        only: API,
        act: |stage| sts::issue(stage, "app"),
    },
    Step {
        id: "issue",
        from: "sts",
        to: "signin",
        message: "Temporary credentials",
        about: "The person never sees them: the console will work with them.",
        only: CONSOLE,
        act: |stage| sts::issue(stage, "signin"),
    },
    Step {
        id: "enter",
        from: "signin",
        to: "browser",
        message: "Go to the console",
        about: "The browser gets a cookie and is sent on, to the page that the provider named as RelayState.",
        only: CONSOLE,
        act: |stage| console::enter(stage, "signin", PAGE),
    },
    Step {
        id: "page",
        from: "browser",
        to: "console",
        message: "The page of the bucket",
        about: "To the person the console is a web site. Behind it every click becomes a call to a service.",
        only: CONSOLE,
        act: |stage| console::open(stage, PAGE),
    },
    Step {
        id: "call",
        from: "app",
        to: "s3",
        message: "PutObject",
        about: "A signed request. The role's policy lets each person into the folder of their own NameID, which has to be a lasting one.",
        only: API,
        act: backup,
    },
    Step {
        id: "call",
        from: "console",
        to: "s3",
        message: "ListBucket",
        about: "The console signs with the credentials of the session: the role's own policies decide, as for any other caller.",
        only: CONSOLE,
        act: list,
    },
];

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
