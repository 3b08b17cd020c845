//! Passwords, access keys and second factors (CON-85…94).

use super::{FieldKind, Form, FormId, Line, Object, Section, Sheet, act, check, field, text};
use crate::app::state::sign_in;
use crate::model::{AccessKey, Account, Command, MfaDevice, MfaKind, SignsIn, User};

const KINDS: [(&str, MfaKind); 3] = [
    ("Authenticator app", MfaKind::App),
    ("Passkey or security key", MfaKind::Passkey),
    ("Hardware TOTP token", MfaKind::HardwareToken),
];

pub fn root_sheet(account: &Account) -> Sheet {
    let root = &account.root;
    let words = match root.password {
        Some(_) => "has a password",
        None => "has no password yet; signing in with its e-mail address sets one",
    };
    Sheet {
        title: "Root user".to_owned(),
        facts: vec![("Email", root.email.to_string()), ("Password", words.to_owned())],
        sections: vec![
            Section {
                title: "Lock it away",
                note: "The root user may do everything and no policy of the account can limit it. Give it a second factor, no access keys, and use it only for what nobody else can do: closing the account, its e-mail address, and opening billing information to users.".to_owned(),
                ..Section::default()
            },
            keys(&SignsIn::Root, &root.access_keys),
            devices(&SignsIn::Root, &root.mfa_devices),
        ],
    }
}

pub fn console(account: &Account, user: &User) -> Section {
    let name = &user.name;
    let (words, submit, acts) = match &user.login {
        None => ("No console password.".to_owned(), "Enable console access", Vec::new()),
        Some(login) => {
            let reset = if login.reset_required { "; a new one is due at the next sign-in" } else { "" };
            let taken = Command::DeleteLoginProfile { user: name.clone() };
            (
                format!("Has a console password{reset}."),
                "Set password",
                vec![act("Disable console access of", name, taken)],
            )
        }
    };
    let fields = vec![
        field("Console password", "", FieldKind::Secret),
        check("User must create a new password at next sign-in", true),
    ];
    Section {
        title: "Console access",
        note: format!("Signs in at {}", account.sign_in_address()),
        lines: vec![Line { text: words, acts }],
        forms: vec![Form { id: FormId::Password, submit, fields }],
    }
}

pub fn keys(of: &SignsIn, keys: &[AccessKey]) -> Section {
    let line = |key: &AccessKey| {
        let (id, active) = (key.id.clone(), !key.active);
        let words = if key.active { "Deactivate" } else { "Activate" };
        let state = if key.active { "active" } else { "inactive" };
        Line {
            text: format!("{id}, {state}"),
            acts: vec![
                act(words, &id, Command::UpdateAccessKey { of: of.clone(), id: id.clone(), active }),
                act("Delete", &id, Command::DeleteAccessKey { of: of.clone(), id: id.clone() }),
            ],
        }
    };
    Section {
        title: "Access keys",
        note: "At most two. The secret is shown once. Temporary credentials of a role are the better choice."
            .to_owned(),
        lines: keys.iter().map(line).collect(),
        forms: vec![Form { id: FormId::AccessKey, submit: "Create access key", fields: Vec::new() }],
    }
}

/// What the simulated device for enabling shows: the same for everybody, since it proves nothing outside.
const NEW_DEVICE: &str = "new device";

pub fn devices(of: &SignsIn, devices: &[MfaDevice]) -> Section {
    let line = |device: &MfaDevice| Line {
        text: device.name.to_string(),
        acts: vec![act(
            "Remove",
            &device.name,
            Command::DeactivateMfaDevice { of: of.clone(), name: device.name.clone() },
        )],
    };
    let [first, second] = sign_in::codes(NEW_DEVICE);
    let fields = vec![
        text("Device name", ""),
        field(
            "Device type",
            KINDS[0].0,
            FieldKind::Choice(KINDS.iter().map(|(words, _)| (*words).to_owned()).collect()),
        ),
        text("MFA code 1", ""),
        text("MFA code 2", ""),
    ];
    Section {
        title: "Multi-factor authentication",
        note: format!(
            "At most eight devices. The simulated device shows {first}, then {second}; a passkey shows none."
        ),
        lines: devices.iter().map(line).collect(),
        forms: vec![Form { id: FormId::Mfa, submit: "Assign MFA device", fields }],
    }
}

/// Codes are asked of devices that show them (CON-92).
pub fn mfa<'a>(account: &Account, object: &Object, text: &impl Fn(usize) -> &'a str) -> Result<Command, String> {
    let of = match object {
        Object::Root => SignsIn::Root,
        Object::User(name) if account.users.contains(name) => SignsIn::User(name.clone()),
        _ => return Err("Only users and the root user have second factors.".to_owned()),
    };
    let kind = KINDS.iter().find(|(words, _)| *words == text(1)).map_or(MfaKind::App, |(_, kind)| *kind);
    if kind != MfaKind::Passkey && [text(2), text(3)] != sign_in::codes(NEW_DEVICE) {
        return Err("InvalidAuthenticationCode: Authentication code for device is not valid. Type two codes that the device shows one after the other.".to_owned());
    }
    Ok(Command::EnableMfaDevice { of, name: text(0).into(), kind })
}
