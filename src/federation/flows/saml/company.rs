//! The company's side: its sign-on page, its directory, and what its identity provider signs.

use std::fmt::Write;

use super::{PAGE, SIGN_IN};
use crate::federation::flows::parts::tags;
use crate::federation::outcome::{Did, Exchange, Happened, Holding, Http, PaperKind};
use crate::federation::saml::{self, Assertion, NameFormat};
use crate::federation::stage::Stage;
use crate::federation::{identifiers, idp};
use crate::model::Time;

/// The entity id of the provider.
pub(super) const ENTITY: &str = "http://adfs.example.com/adfs/services/trust";
/// Its sign-on page for AWS.
pub(super) const SIGN_ON: &str = "https://adfs.example.com/adfs/ls/IdpInitiatedSignOn.aspx";
/// The name of the attribute that AD FS sends mail addresses under (KEY-140).
const MAIL: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress";

/// The rule that makes roles of groups, in AD FS's language.
const RULE: &str = r#"c:[Type == "http://schemas.xmlsoap.org/claims/Group", Value =~ "^AWS-\d{12}-.+$"]
 => issue(Type = "https://aws.amazon.com/SAML/Attributes/Role",
    Value = RegExReplace(c.Value, "^AWS-(\d{12})-(.+)$",
      "arn:aws:iam::$1:role/$2,arn:aws:iam::$1:saml-provider/PROVIDER"));
"#;

pub(super) fn sign_in(stage: &mut Stage<'_>) -> Did {
    let start = "POST /adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=urn%3Aamazon%3Awebservices HTTP/1.1";
    let headers = [("Host", "adfs.example.com"), ("Content-Type", "application/x-www-form-urlencoded")];
    let request = Http::new(start, &headers, "UserName=EXAMPLE%5Cana&Password=(secret)");
    stage.record.exchange = Some(Exchange { request, response: None, signed: None });
    Ok(Happened::Sent)
}

/// The groups of the person.
fn groups<'a>(stage: &Stage<'a>) -> impl Iterator<Item = &'a str> {
    stage.input("groups").split(',').map(str::trim).filter(|group| !group.is_empty())
}

/// Values of the Role attribute (FED-52).
fn pairs(stage: &Stage<'_>) -> Vec<String> {
    let provider = stage.input("provider_name");
    let pair = |group: &str| {
        let (account, role) = group.strip_prefix("AWS-")?.split_once('-')?;
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        (is_account && !role.is_empty())
            .then(|| format!("arn:aws:iam::{account}:role/{role},arn:aws:iam::{account}:saml-provider/{provider}"))
    };
    groups(stage).filter_map(pair).collect()
}

pub(super) fn look_up(stage: &mut Stage<'_>) -> Did {
    let mut entry =
        "dn: CN=Ana Example,OU=Staff,DC=example,DC=com\nsAMAccountName: ana\nmail: ana@example.com\n".to_owned();
    for group in groups(stage) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(entry, "memberOf: CN={group},OU=Groups,DC=example,DC=com");
    }
    stage.paper("What the directory says", PaperKind::Text, entry);
    stage.paper("Rule of the provider", PaperKind::Text, RULE.replace("PROVIDER", stage.input("provider_name")));
    let roles = pairs(stage).len();
    stage.note(match roles {
        0 => "No group of the person has the name of a role.".to_owned(),
        1 => "One group of the person has the name of a role.".to_owned(),
        _ => format!("{roles} groups of the person have names of roles."),
    });
    Ok(Happened::Accepted)
}

/// The name of the person in the assertion, and its kind.
fn name_id(stage: &mut Stage<'_>) -> (String, NameFormat) {
    match stage.input("format") {
        "transient" => (format!("_{}", identifiers::hex(&stage.seed("name"), 32)), NameFormat::Transient),
        "email" => ("ana@example.com".to_owned(), NameFormat::Email),
        _ => ("ana".to_owned(), NameFormat::Persistent),
    }
}

/// Everything that AWS reads, in the order of the guide.
fn attributes(stage: &Stage<'_>) -> Vec<(String, Vec<String>)> {
    let mut attributes = vec![(MAIL.to_owned(), vec!["ana@example.com".to_owned()])];
    let mut add = |name: String, values: Vec<String>| {
        if !values.is_empty() {
            attributes.push((name, values));
        }
    };
    let one = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty()).into_iter().collect();
    add(saml::ROLE.to_owned(), pairs(stage));
    add(saml::ROLE_SESSION_NAME.to_owned(), one(stage.input("session")));
    add(saml::SESSION_DURATION.to_owned(), one(stage.input("session_duration")));
    add(saml::SOURCE_IDENTITY.to_owned(), one(stage.input("source_identity")));
    let tags = tags(stage.input("tags"));
    let keys =
        if stage.input("transitive") == "yes" { tags.iter().map(|(key, _)| key.clone()).collect() } else { Vec::new() };
    for (key, value) in tags {
        add(format!("{}{key}", saml::PRINCIPAL_TAG), vec![value]);
    }
    add(saml::TRANSITIVE_TAG_KEYS.to_owned(), keys);
    attributes
}

/// The response, with what somebody may have done to it after it was signed.
fn response(stage: &mut Stage<'_>) -> (String, Time) {
    let issued = stage.now.plus(stage.number("ahead"));
    let until = issued.plus(stage.number("lifetime"));
    let session = Some(stage.number("session_end")).filter(|seconds| *seconds > 0);
    let (subject, format) = name_id(stage);
    let ids = [
        format!("_{}", identifiers::hex(&stage.seed("id"), 32)),
        format!("_{}", identifiers::hex(&stage.seed("id"), 32)),
    ];
    let [response_id, assertion_id] = &ids;
    let assertion = Assertion {
        response_id,
        assertion_id,
        issued,
        issuer: stage.input("issuer"),
        destination: SIGN_IN,
        recipient: stage.input("recipient"),
        audience: stage.input("audience"),
        subject: &subject,
        format,
        not_before: issued,
        not_on_or_after: until,
        session_not_on_or_after: session.map(|seconds| issued.plus(seconds)),
        attributes: attributes(stage),
    };
    let by = if stage.input("signer") == "stranger" { "stranger" } else { "saml" };
    let signed = idp::sign(stage, by, &assertion);
    let changed = || {
        signed
            .replace(":role/BackupUser,", ":role/Administrator,")
            .replace(":role/SalesAnalyst,", ":role/Administrator,")
    };
    let response = match stage.input("tampered") {
        "text" => changed(),
        "digest" => idp::refitted(&changed()),
        _ => signed,
    };
    (response, until)
}

pub(super) fn assert(stage: &mut Stage<'_>) -> Did {
    let (text, until) = response(stage);
    let sent = saml::encode(&text);
    stage.paper("SAML response", PaperKind::Saml, text);
    stage.paper("As it is sent: in base64", PaperKind::Text, sent.clone());
    let (owner, about) = match stage.is("console") {
        true => ("browser", "in a form, for AWS"),
        false => ("app", "an assertion, for AWS"),
    };
    let form = match stage.is("console") {
        true => Http::new("HTTP/1.1 200 OK", &[("Content-Type", "text/html")], form(&sent)),
        false => Http::new("HTTP/1.1 200 OK", &[("Content-Type", "text/html")], field("SAMLResponse", &sent)),
    };
    stage.record.exchange = Some(Exchange { response: Some(form), ..Exchange::default() });
    stage.gain(Holding::new(owner, "response", "SAML response", about).until(until));
    stage.made.insert("response", sent);
    Ok(Happened::Sent)
}

fn field(name: &str, value: &str) -> String {
    format!(r#"<input type="hidden" name="{name}" value="{value}">"#)
}

/// A page that sends itself on.
fn form(response: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{SIGN_IN}\">\n  {}\n  {}\n</form>\n<script>document.forms[0].submit()</script>",
        field("SAMLResponse", response),
        field("RelayState", PAGE),
    )
}
