//! The making of a user, step by step as the console does it (CON-20…32).

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use crate::model::{Account, Command, Holder, PasswordHash, password_lacks};

/// The policy that lets a user change its own password (CON-24).
const CHANGE_PASSWORD: &str = "arn:aws:iam::aws:policy/IAMUserChangePassword";

/// The steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Name, console access, password.
    #[default]
    Details,
    /// Groups, a user to copy, or policies.
    Permissions,
    /// Tags.
    Tags,
    /// Everything once more.
    Review,
    /// The user is there: how to sign in.
    Retrieve,
}

/// Where the permissions come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// From groups.
    #[default]
    Groups,
    /// From another user.
    Copy,
    /// From policies attached directly.
    Attach,
}

/// What has been filled in so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewUser {
    /// Where it stands.
    pub step: Step,
    /// User name.
    pub name: String,
    /// Whether it may sign in to the console.
    pub console: bool,
    /// Whether the password is a person's own choice.
    pub custom: bool,
    /// The password, chosen or generated.
    pub password: String,
    /// Whether a new password is due at the next sign-in.
    pub keep_password: bool,
    /// Where the permissions come from.
    pub way: Way,
    /// Names of chosen groups.
    pub groups: BTreeSet<Arc<str>>,
    /// The user to copy.
    pub copied: Option<Arc<str>>,
    /// ARNs of chosen policies.
    pub policies: BTreeSet<Arc<str>>,
    /// Tags.
    pub tags: Vec<(String, String)>,
}

/// Something was filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Another step.
    Step(Step),
    /// The name.
    Name(String),
    /// Console access.
    Console(bool),
    /// A custom password or not.
    Custom(bool),
    /// The password.
    Password(String),
    /// Whether the password stays valid after the first sign-in.
    KeepPassword(bool),
    /// Where permissions come from.
    Way(Way),
    /// A group was ticked or unticked.
    Group(Arc<str>),
    /// A user to copy.
    Copied(Arc<str>),
    /// A policy was ticked or unticked.
    Policy(Arc<str>),
    /// A tag was added.
    TagAdded,
    /// A tag was written.
    Tag(usize, String, String),
    /// A tag was dropped.
    TagDropped(usize),
}

impl NewUser {
    /// Why the present step cannot be left, if it cannot.
    pub fn problem(&self, account: &Account) -> Option<String> {
        let name = self.name.trim();
        match self.step {
            Step::Details if name.is_empty() => Some("Give the user a name.".to_owned()),
            Step::Details if account.users.contains(name) => {
                Some(format!("User with name {name} already exists. Choose another name; case makes no difference."))
            }
            Step::Details if self.console && self.custom => {
                let lacks = password_lacks(&self.password, account.password_policy.as_ref(), name);
                (!lacks.is_empty()).then(|| format!("The password needs {}.", lacks.join(", ")))
            }
            Step::Permissions if self.way == Way::Copy && self.copied.is_none() => {
                Some("Choose the user to copy, or another way.".to_owned())
            }
            _ => None,
        }
    }

    /// What makes the user, in the order in which the console calls AWS (CON-32).
    pub fn commands(&self, account: &Account, password: Option<PasswordHash>) -> Vec<Command> {
        let name: Arc<str> = self.name.trim().into();
        let holder = Holder::User(name.clone());
        let tags = self.tags.iter().filter(|(key, _)| !key.trim().is_empty());
        let tags = tags.map(|(key, value)| (key.trim().into(), value.trim().into())).collect();
        let mut commands = vec![Command::CreateUser { name: name.clone(), path: "/".into(), tags }];
        if let Some(password) = password.filter(|_| self.console) {
            let reset_required = !self.keep_password;
            commands.push(Command::CreateLoginProfile { user: name.clone(), password, reset_required });
        }
        let attach = |arn: &Arc<str>| Command::AttachPolicy { holder: holder.clone(), arn: arn.clone() };
        let join = |group: &Arc<str>| Command::AddUserToGroup { user: name.clone(), group: group.clone() };
        match self.way {
            Way::Groups => commands.extend(self.groups.iter().map(join)),
            Way::Attach => commands.extend(self.policies.iter().map(attach)),
            // CON-27, CON-173.
            Way::Copy => {
                if let Some(other) = self.copied.as_ref().and_then(|other| account.users.get(other)) {
                    commands.extend(other.groups.iter().map(join));
                    commands.extend(other.permissions.attached.iter().map(attach));
                    let inline = other.permissions.inline.iter().cloned();
                    commands.extend(inline.map(|policy| Command::PutInlinePolicy { holder: holder.clone(), policy }));
                    let boundary = other.boundary.iter().cloned();
                    commands
                        .extend(boundary.map(|arn| Command::PutPermissionsBoundary { holder: holder.clone(), arn }));
                }
            }
        }
        if self.needs_change_password(account) {
            commands.push(attach(&CHANGE_PASSWORD.into()));
        }
        commands
    }

    /// Whether the console attaches IAMUserChangePassword: who must change a password must be allowed to (CON-24).
    pub fn needs_change_password(&self, account: &Account) -> bool {
        let may_already = account.password_policy.as_ref().is_some_and(|policy| policy.users_may_change);
        let chosen = self.way == Way::Attach && self.policies.contains(CHANGE_PASSWORD);
        self.console && !self.keep_password && !may_already && !chosen
    }
}

impl Reducible for NewUser {
    type Action = Fill;

    fn reduce(self: Rc<Self>, fill: Fill) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match fill {
            Fill::Step(step) => next.step = step,
            Fill::Name(name) => next.name = name,
            Fill::Console(on) => next.console = on,
            // A password of the other kind is not the one that was asked for.
            Fill::Custom(on) if on != next.custom => {
                next.custom = on;
                next.password.clear();
            }
            Fill::Custom(_) => {}
            Fill::Password(text) => next.password = text,
            Fill::KeepPassword(on) => next.keep_password = on,
            Fill::Way(way) => next.way = way,
            Fill::Group(name) => toggle(&mut next.groups, name),
            Fill::Copied(name) => next.copied = Some(name),
            Fill::Policy(arn) => toggle(&mut next.policies, arn),
            Fill::TagAdded => next.tags.push((String::new(), String::new())),
            Fill::Tag(at, key, value) => {
                if let Some(tag) = next.tags.get_mut(at) {
                    *tag = (key, value);
                }
            }
            Fill::TagDropped(at) => {
                if at < next.tags.len() {
                    next.tags.remove(at);
                }
            }
        }
        Rc::new(next)
    }
}

fn toggle(chosen: &mut BTreeSet<Arc<str>>, one: Arc<str>) {
    if !chosen.remove(&one) {
        chosen.insert(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ident::AccountId;
    use crate::model::{Occasion, Time, World, apply, example};

    fn filled(fills: impl IntoIterator<Item = Fill>) -> Rc<NewUser> {
        fills.into_iter().fold(Rc::new(NewUser::default()), |user, fill| user.reduce(fill))
    }

    fn hash() -> PasswordHash {
        PasswordHash { salt: "c2FsdA==".into(), rounds: 1, hash: "aGFzaA==".into() }
    }

    fn account_of(world: &World) -> &Account {
        world.account(&AccountId::example()).expect("the account")
    }

    fn made(world: &World, user: &NewUser) -> World {
        let occasion = Occasion { account: AccountId::example(), now: Time::default() };
        let commands = user.commands(account_of(world), Some(hash()));
        commands.iter().try_fold(world.clone(), |world, command| apply(&world, command, &occasion)).expect("no refusal")
    }

    #[test]
    fn the_primers_user_joins_its_group_and_may_change_its_password() {
        let world = example::primer();
        let user = filled([
            Fill::Name("Operator".into()),
            Fill::Console(true),
            Fill::Custom(true),
            Fill::Password("Example-1234".into()),
            Fill::Group(example::ADMINISTRATORS.into()),
        ]);
        assert_eq!(user.problem(account_of(&world)), None);
        let after = made(&world, &user);
        let made = account_of(&after).users.get("Operator").expect("the user");
        assert!(made.groups.contains(example::ADMINISTRATORS));
        assert!(made.login.as_ref().is_some_and(|login| login.reset_required));
        assert_eq!(made.permissions.attached, [Arc::from(CHANGE_PASSWORD)]);
    }

    #[test]
    fn a_typed_password_is_not_taken_for_a_generated_one() {
        let user = filled([Fill::Console(true), Fill::Custom(true), Fill::Password("abc".into()), Fill::Custom(false)]);
        assert!(user.password.is_empty());
    }

    #[test]
    fn copying_takes_groups_policies_and_boundary() {
        let world = example::primer();
        let user =
            filled([Fill::Name("Second".into()), Fill::Way(Way::Copy), Fill::Copied(example::TABLE_MAKER.into())]);
        let after = made(&world, &user);
        let (first, second) = (example::TABLE_MAKER, "Second");
        let permissions = |name: &str| account_of(&after).users.get(name).expect("the user").permissions.clone();
        assert_eq!(permissions(first), permissions(second));
    }

    #[test]
    fn a_name_in_use_and_a_weak_password_stop_the_first_step() {
        let world = example::primer();
        let taken = filled([Fill::Name("administrator".into())]);
        assert!(taken.problem(account_of(&world)).is_some_and(|problem| problem.contains("already exists")));
        let weak =
            filled([Fill::Name("New".into()), Fill::Console(true), Fill::Custom(true), Fill::Password("abc".into())]);
        assert!(weak.problem(account_of(&world)).is_some_and(|problem| problem.starts_with("The password needs")));
    }
}
