//! The account: alias, billing, password rules, providers, instance profiles.

use std::sync::Arc;

use super::{Act, Form, FormId, Line, Section, Sheet, act, check, text};
use crate::model::{Account, Command, PasswordPolicy, Provider, ProviderKind};

pub fn sheet(account: &Account) -> Sheet {
    Sheet {
        title: "Account".to_owned(),
        facts: vec![
            ("Account ID", account.id.grouped()),
            ("Account name", account.name.to_string()),
            ("Sign-in address", account.sign_in_address()),
        ],
        sections: vec![alias(account), billing(account), passwords(account), providers(account), profiles(account)],
    }
}

fn alias(account: &Account) -> Section {
    let set = account.alias.as_ref().map(|alias| Line {
        text: alias.to_string(),
        acts: vec![act("Delete alias", alias, Command::DeleteAccountAlias)],
    });
    let fields = vec![text("Preferred alias", "")];
    Section {
        title: "Account alias",
        note: "Stands for the number in the sign-in address.".to_owned(),
        lines: set.into_iter().collect(),
        forms: vec![Form { id: FormId::Alias, submit: "Set alias", fields }],
    }
}

/// CON-68.
fn billing(account: &Account) -> Section {
    let active = account.billing_access;
    let (state, words) = match active {
        true => ("Activated: users and roles see what their policies allow.", "Deactivate IAM access"),
        false => {
            ("Deactivated: only the root user sees billing information, whatever policies say.", "Activate IAM access")
        }
    };
    let event = super::Event::Changed(Command::SetBillingAccess { active: !active });
    Section {
        title: "IAM user and role access to billing information",
        note: "Only the root user can change this. Activated, it still takes a policy such as Billing.".to_owned(),
        lines: vec![Line { text: state.to_owned(), acts: vec![Act { words, label: words.to_owned(), event }] }],
        forms: Vec::new(),
    }
}

fn passwords(account: &Account) -> Section {
    let own = account.password_policy.as_ref();
    let is = |rule: fn(&PasswordPolicy) -> bool| own.is_some_and(rule);
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let fields = vec![
        text("Minimum length (6 to 128)", own.map_or(8, |own| own.minimum_length).to_string()),
        check("Require an uppercase letter", is(|own| own.upper)),
        check("Require a lowercase letter", is(|own| own.lower)),
        check("Require a number", is(|own| own.number)),
        check("Require a symbol", is(|own| own.symbol)),
        text(
            "Expires after days (1 to 1,095, empty for never)",
            number(own.and_then(|own| own.expires_after).map(u32::from)),
        ),
        text(
            "Prevent reuse of the last (1 to 24, empty for none)",
            number(own.and_then(|own| own.remembered).map(u32::from)),
        ),
        check("Allow users to change their own password", is(|own| own.users_may_change)),
    ];
    let (state, acts) = match own {
        None => ("AWS's default: at least 8 characters of three kinds.", Vec::new()),
        Some(_) => (
            "A policy of the account's own.",
            vec![act("Use", "the default", Command::UpdatePasswordPolicy { policy: None })],
        ),
    };
    Section {
        title: "Password policy",
        note: "Counts for passwords that are set from now on; not for the root user.".to_owned(),
        lines: vec![Line { text: state.to_owned(), acts }],
        forms: vec![Form { id: FormId::PasswordPolicy, submit: "Save password policy", fields }],
    }
}

fn providers(account: &Account) -> Section {
    let line = |provider: &Provider| {
        let what = match &provider.kind {
            ProviderKind::Oidc { audiences } => format!("OpenID Connect, for {}", audiences.join(", ")),
            ProviderKind::Saml { issuer } => format!("SAML, {issuer}"),
        };
        let delete = Command::DeleteProvider { name: provider.name.clone() };
        Line { text: format!("{}: {what}", provider.name), acts: vec![act("Delete", &provider.name, delete)] }
    };
    let oidc = vec![text("Provider URL without https://", ""), text("Audience", "")];
    let saml = vec![text("Provider name", ""), text("Entity ID of the directory", "")];
    Section {
        title: "Identity providers",
        note: "Login with Amazon, Facebook and Google are known to every account and need none.".to_owned(),
        lines: account.providers.iter().map(line).collect(),
        forms: vec![
            Form { id: FormId::Oidc, submit: "Add OpenID Connect provider", fields: oidc },
            Form { id: FormId::Saml, submit: "Add SAML provider", fields: saml },
        ],
    }
}

fn profiles(account: &Account) -> Section {
    let line = |profile: &crate::model::InstanceProfile| {
        let held = profile.role.as_ref().map_or_else(|| "no role".to_owned(), |role| format!("role {role}"));
        let delete = Command::DeleteInstanceProfile { name: profile.name.clone() };
        Line { text: format!("{}: {held}", profile.name), acts: vec![act("Delete", &profile.name, delete)] }
    };
    Section {
        title: "Instance profiles",
        note: "A role is put into one on the role's own sheet.".to_owned(),
        lines: account.instance_profiles.iter().map(line).collect(),
        forms: vec![Form {
            id: FormId::InstanceProfile,
            submit: "Create instance profile",
            fields: vec![text("Instance profile name", "")],
        }],
    }
}

pub fn command<'a>(form: FormId, text: &impl Fn(usize) -> &'a str) -> Result<Command, String> {
    let name = || -> Arc<str> { text(0).into() };
    Ok(match form {
        FormId::Alias => Command::CreateAccountAlias { alias: name() },
        FormId::InstanceProfile => Command::CreateInstanceProfile { name: name(), path: "/".into() },
        FormId::Oidc => Command::CreateProvider {
            provider: Provider { name: name(), kind: ProviderKind::Oidc { audiences: vec![text(1).into()] } },
        },
        FormId::Saml => Command::CreateProvider {
            provider: Provider { name: name(), kind: ProviderKind::Saml { issuer: text(1).into() } },
        },
        _ => Command::UpdatePasswordPolicy { policy: Some(password_policy(text)?) },
    })
}

fn password_policy<'a>(text: &impl Fn(usize) -> &'a str) -> Result<PasswordPolicy, String> {
    let number = |at: usize| match text(at).replace(',', "") {
        empty if empty.is_empty() => Ok(None),
        digits => digits.parse::<u16>().map(Some).map_err(|_| format!("`{}` is no number in range.", text(at))),
    };
    let is = |at: usize| text(at) == "yes";
    let remembered = number(6)?.map(u8::try_from).transpose();
    Ok(PasswordPolicy {
        minimum_length: number(0)?.unwrap_or(8),
        upper: is(1),
        lower: is(2),
        number: is(3),
        symbol: is(4),
        expires_after: number(5)?,
        remembered: remembered.map_err(|_| format!("`{}` is no number in range.", text(6)))?,
        users_may_change: is(7),
    })
}
