//! Users, groups, roles and customer managed policies.

use std::sync::Arc;

use super::{Act, Form, FormId, Line, Object, Section, Sheet, act, credentials, tags, text};
use crate::model::{Account, Command, PrincipalRef, SignsIn, Tagged};

fn rename(name: &str) -> Section {
    let form = Form { id: FormId::Rename, submit: "Rename", fields: vec![text("New name", name)] };
    Section {
        title: "Name",
        note: "The unique id stays. Policies that name the ARN do not follow.".to_owned(),
        forms: vec![form],
        ..Section::default()
    }
}

pub fn user(account: &Account, name: &Arc<str>) -> Option<Sheet> {
    let user = account.users.get(name)?;
    let of = SignsIn::User(user.name.clone());
    Some(Sheet {
        title: format!("User {name}"),
        facts: vec![
            ("ARN", account.arn_of(&PrincipalRef::User(name.clone()))),
            ("Unique ID", user.id.to_string()),
            ("Path", user.path.to_string()),
        ],
        sections: vec![
            credentials::console(account, user),
            credentials::keys(&of, &user.access_keys),
            credentials::devices(&of, &user.mfa_devices),
            tags::section(&user.tags, &Tagged::User(user.name.clone())),
            rename(name),
        ],
    })
}

pub fn group(account: &Account, name: &Arc<str>) -> Option<Sheet> {
    let group = account.groups.get(name)?;
    Some(Sheet {
        title: format!("Group {name}"),
        facts: vec![
            ("ARN", account.arn("group", &group.path, name)),
            ("Unique ID", group.id.to_string()),
            ("Path", group.path.to_string()),
        ],
        sections: vec![rename(name)],
    })
}

pub fn role(account: &Account, name: &Arc<str>) -> Option<Sheet> {
    let role = account.roles.get(name)?;
    let settings = Form {
        id: FormId::Role,
        submit: "Save settings",
        fields: vec![
            text("Description", &*role.description),
            text("Longest session in seconds (3,600 to 43,200)", role.max_session.to_string()),
        ],
    };
    let holds = |profile: &&crate::model::InstanceProfile| profile.role.as_ref() == Some(name);
    let out =
        |profile: &Arc<str>| Command::RemoveRoleFromInstanceProfile { profile: profile.clone(), role: name.clone() };
    let into = |profile: &Arc<str>| Command::AddRoleToInstanceProfile { profile: profile.clone(), role: name.clone() };
    let profile = |profile: &crate::model::InstanceProfile| Line {
        text: profile.name.to_string(),
        acts: vec![match holds(&profile) {
            true => act("Take out of", &profile.name, out(&profile.name)),
            false => act("Put into", &profile.name, into(&profile.name)),
        }],
    };
    let open = |profile: &&crate::model::InstanceProfile| profile.role.is_none() || holds(profile);
    Some(Sheet {
        title: format!("Role {name}"),
        facts: vec![
            ("ARN", account.arn_of(&PrincipalRef::Role(name.clone()))),
            ("Unique ID", role.id.to_string()),
            ("Path", role.path.to_string()),
        ],
        sections: vec![
            Section { title: "Settings", forms: vec![settings], ..Section::default() },
            Section {
                title: "Instance profiles",
                note: "An instance profile gives the role to EC2 instances; it holds one role.".to_owned(),
                lines: account.instance_profiles.iter().filter(open).map(profile).collect(),
                ..Section::default()
            },
            tags::section(&role.tags, &Tagged::Role(role.name.clone())),
        ],
    })
}

pub fn policy(account: &Account, name: &Arc<str>) -> Option<Sheet> {
    let policy = account.policies.get(name)?;
    let version = |version: &crate::model::PolicyVersion| {
        let (number, name) = (version.number, policy.name.clone());
        let words = format!("v{number}");
        let others = || {
            vec![
                act("Make default", &words, Command::SetDefaultPolicyVersion { name: name.clone(), number }),
                act("Delete", &words, Command::DeletePolicyVersion { name: name.clone(), number }),
            ]
        };
        match number == policy.default {
            true => Line { text: format!("{words}, default"), acts: Vec::<Act>::new() },
            false => Line { text: words.clone(), acts: others() },
        }
    };
    let arn = account.policy_arn(policy);
    Some(Sheet {
        title: format!("Policy {name}"),
        facts: vec![("ARN", arn), ("Unique ID", policy.id.to_string())],
        sections: vec![
            Section {
                title: "Versions",
                note: "At most five; the default is the one that counts. Saving the text makes a new one.".to_owned(),
                lines: policy.versions.iter().map(version).collect(),
                ..Section::default()
            },
            tags::section(&policy.tags, &Tagged::Policy(policy.name.clone())),
        ],
    })
}

pub fn command<'a>(object: &Object, form: FormId, text: &impl Fn(usize) -> &'a str) -> Result<Command, String> {
    let to = text(0).into();
    match (object, form) {
        (Object::User(name), FormId::Rename) => Ok(Command::RenameUser { name: name.clone(), to }),
        (Object::Group(name), FormId::Rename) => Ok(Command::RenameGroup { name: name.clone(), to }),
        (Object::Role(name), FormId::Role) => {
            let seconds = text(1).replace([',', ' '], "");
            let max_session = seconds.parse().map_err(|_| format!("`{}` is no number of seconds.", text(1)))?;
            Ok(Command::UpdateRole { name: name.clone(), description: to, max_session })
        }
        _ => Err("AWS gives it no other name.".to_owned()),
    }
}

/// What to show after a rename: the same thing under its new name.
pub fn renamed(object: &Object, command: &Command) -> Option<Object> {
    match (object, command) {
        (Object::User(_), Command::RenameUser { to, .. }) => Some(Object::User(to.clone())),
        (Object::Group(_), Command::RenameGroup { to, .. }) => Some(Object::Group(to.clone())),
        _ => None,
    }
}
