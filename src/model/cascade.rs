//! What the console does for one press: several changes in their order (CON-13, CON-120…124).

use std::sync::Arc;

use super::command::{Command, SignsIn};
use super::identity::Permissions;
use super::world::{Account, Holder};

/// Takes everything off a user, group or role, and deletes it.
pub fn delete(account: &Account, holder: &Holder) -> Vec<Command> {
    let mut commands = Vec::new();
    if let Some(permissions) = account.permissions(holder) {
        commands.extend(strip(holder, permissions));
    }
    match holder {
        Holder::User(name) => {
            let Some(user) = account.users.get(name) else { return commands };
            let of = SignsIn::User(name.clone());
            commands.extend(user.login.is_some().then(|| Command::DeleteLoginProfile { user: name.clone() }));
            let keys = user.access_keys.iter();
            commands.extend(keys.map(|key| Command::DeleteAccessKey { of: of.clone(), id: key.id.clone() }));
            let devices = user.mfa_devices.iter();
            commands.extend(
                devices.map(|device| Command::DeactivateMfaDevice { of: of.clone(), name: device.name.clone() }),
            );
            commands.extend(user.groups.iter().map(|group| leave(name, group)));
            commands.push(Command::DeleteUser { name: name.clone() });
        }
        Holder::Group(name) => {
            commands.extend(account.members(name).map(|user| leave(user, name)));
            commands.push(Command::DeleteGroup { name: name.clone() });
        }
        Holder::Role(name) => {
            let profiles = account.instance_profiles.iter().filter(|profile| profile.role.as_ref() == Some(name));
            commands.extend(profiles.map(|profile| Command::RemoveRoleFromInstanceProfile {
                profile: profile.name.clone(),
                role: name.clone(),
            }));
            commands.push(Command::DeleteRole { name: name.clone() });
        }
    }
    commands
}

/// Detaches a customer managed policy everywhere, drops its other versions, and deletes it.
pub fn delete_policy(account: &Account, name: &Arc<str>) -> Vec<Command> {
    let Some(policy) = account.policies.get(name) else { return Vec::new() };
    let arn: Arc<str> = account.policy_arn(policy).into();
    let mut commands = Vec::new();
    for holder in account.holders() {
        if account.permissions(&holder).is_some_and(|permissions| permissions.attached.contains(&arn)) {
            commands.push(Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() });
        }
        if account.boundary_of(&holder) == Some(&arn) {
            commands.push(Command::DeletePermissionsBoundary { holder });
        }
    }
    let others = policy.versions.iter().filter(|version| version.number != policy.default);
    commands.extend(others.map(|version| Command::DeletePolicyVersion { name: name.clone(), number: version.number }));
    commands.push(Command::DeletePolicy { name: name.clone() });
    commands
}

/// Makes a role that EC2 can hand to instances: the console makes its instance profile too (CON-13).
pub fn with_instance_profile(create_role: Command, name: &Arc<str>) -> Vec<Command> {
    vec![
        create_role,
        Command::CreateInstanceProfile { name: name.clone(), path: "/".into() },
        Command::AddRoleToInstanceProfile { profile: name.clone(), role: name.clone() },
    ]
}

fn leave(user: &Arc<str>, group: &Arc<str>) -> Command {
    Command::RemoveUserFromGroup { user: user.clone(), group: group.clone() }
}

fn strip<'a>(holder: &'a Holder, permissions: &'a Permissions) -> impl Iterator<Item = Command> + 'a {
    let attached = permissions.attached.iter();
    let detach = attached.map(|arn| Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() });
    let inline = permissions.inline.iter();
    detach.chain(inline.map(|policy| Command::DeleteInlinePolicy { holder: holder.clone(), name: policy.name.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::AccountId;
    use crate::model::{Occasion, PrincipalRef, Time, World, apply, example};

    fn after(world: &World, commands: &[Command]) -> World {
        let occasion = Occasion { account: AccountId::example(), now: Time::default() };
        let all = commands.iter().try_fold(world.clone(), |world, command| apply(&world, command, &occasion));
        all.expect("the console does it for you")
    }

    #[test]
    fn whatever_hangs_on_it_a_press_deletes_it() {
        let world = example::primer();
        let account = world.account(&AccountId::example()).expect("the account");
        for holder in account.holders() {
            let after = after(&world, &delete(account, &holder));
            let account = after.account(&AccountId::example()).expect("the account");
            assert!(account.permissions(&holder).is_none(), "{holder:?}");
        }
    }

    #[test]
    fn an_attached_policy_with_versions_is_deleted_with_its_attachments() {
        let text: Arc<str> =
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#.into();
        let name: Arc<str> = "Own".into();
        let arn: Arc<str> = "arn:aws:iam::123456789012:policy/Own".into();
        let holder = Holder::User(example::TABLE_MAKER.into());
        let world = after(
            &example::primer(),
            &[
                Command::CreatePolicy {
                    name: name.clone(),
                    path: "/".into(),
                    description: "".into(),
                    text: text.clone(),
                },
                Command::CreatePolicyVersion { name: name.clone(), text, set_default: true },
                Command::AttachPolicy { holder: holder.clone(), arn: arn.clone() },
                Command::PutPermissionsBoundary { holder, arn },
            ],
        );
        let account = world.account(&AccountId::example()).expect("the account");
        let next = after(&world, &delete_policy(account, &name));
        let account = next.account(&AccountId::example()).expect("the account");
        assert!(account.policies.is_empty() && account.has(&PrincipalRef::User(example::TABLE_MAKER.into())));
    }
}
