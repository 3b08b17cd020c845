mod cases;
mod escalation;
mod ordinary;

use super::*;
use crate::ident::AccountId;
use crate::model::example::{self, ADMINISTRATOR_ACCESS};
use crate::model::{
    Command, Holder, InlinePolicy, MfaKind, Occasion, PasswordHash, Resource, ResourceKind, SignsIn, User, apply,
};

/// 2026-01-05T09:00:00Z, when the example accounts are made.
const FOUNDED: i64 = 1_767_603_600;
const ALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const TRUST_EC2: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

/// A moment this many days after the account was made.
fn day(days: i64) -> Time {
    Time(FOUNDED + days * 86_400)
}

/// The world after commands of the first day.
fn made(commands: &[Command]) -> World {
    later(example::empty("test"), 0, commands)
}

/// The world after commands of another day.
#[track_caller]
fn later(world: World, on: i64, commands: &[Command]) -> World {
    let occasion = Occasion { account: AccountId::example(), now: day(on) };
    commands.iter().fold(world, |world, command| apply(&world, command, &occasion).expect("no refusal"))
}

/// What is found on a day.
fn found(world: &World, on: i64) -> Vec<Finding> {
    check(world, &AccountId::example(), &Library::default(), day(on))
}

fn found_by(world: &World, on: i64, code: Check) -> Vec<Finding> {
    found(world, on).into_iter().filter(|finding| finding.code == code).collect()
}

/// The world with users changed as no command changes them: by use.
fn with_users(mut world: World, change: impl Fn(&mut User)) -> World {
    let id = AccountId::example();
    let mut account = world.account(&id).expect("the account").clone();
    let users = account.users.iter().cloned().map(|mut user| {
        change(&mut user);
        user
    });
    account.users = users.collect();
    world.accounts.insert(id, account.into());
    world
}

fn user(name: &str) -> Command {
    Command::CreateUser { name: name.into(), path: "/".into(), tags: Vec::new() }
}

fn group(name: &str) -> Command {
    Command::CreateGroup { name: name.into(), path: "/".into() }
}

fn join(user: &str, group: &str) -> Command {
    Command::AddUserToGroup { user: user.into(), group: group.into() }
}

fn role(name: &str, trust: &str) -> Command {
    let (name, trust) = (name.into(), trust.into());
    Command::CreateRole { name, path: "/".into(), description: "".into(), trust, tags: Vec::new() }
}

fn policy(name: &str, text: &str) -> Command {
    Command::CreatePolicy { name: name.into(), path: "/".into(), description: "".into(), text: text.into() }
}

fn version(name: &str, text: &str) -> Command {
    Command::CreatePolicyVersion { name: name.into(), text: text.into(), set_default: false }
}

fn own(name: &str) -> String {
    format!("arn:aws:iam::123456789012:policy/{name}")
}

fn of_user(name: &str) -> Holder {
    Holder::User(name.into())
}

fn of_group(name: &str) -> Holder {
    Holder::Group(name.into())
}

fn of_role(name: &str) -> Holder {
    Holder::Role(name.into())
}

fn attach(holder: Holder, arn: &str) -> Command {
    Command::AttachPolicy { holder, arn: arn.into() }
}

fn inline(holder: Holder, name: &str, text: &str) -> Command {
    Command::PutInlinePolicy { holder, policy: InlinePolicy { name: name.into(), text: text.into() } }
}

fn hash() -> PasswordHash {
    PasswordHash { salt: "salt".into(), rounds: 1, hash: "hash".into() }
}

fn password(user: &str) -> Command {
    Command::CreateLoginProfile { user: user.into(), password: hash(), reset_required: false }
}

fn key(user: &str) -> Command {
    Command::CreateAccessKey { of: SignsIn::User(user.into()) }
}

fn device(of: SignsIn, name: &str, kind: MfaKind) -> Command {
    Command::EnableMfaDevice { of, name: name.into(), kind }
}

fn app(user: &str) -> Command {
    device(SignsIn::User(user.into()), &format!("{user}-app"), MfaKind::App)
}

fn resource(arn: &str, kind: ResourceKind, policy: Option<&str>) -> Command {
    let resource =
        Resource { arn: arn.into(), kind, tags: Default::default(), policy: policy.map(Into::into), role: None };
    Command::CreateResource { resource }
}

/// An identity policy of one Allow statement.
fn allow(actions: &str, resources: &str) -> String {
    statements(&format!(r#"{{"Effect":"Allow","Action":{actions},"Resource":{resources}}}"#))
}

fn statements(statements: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

/// A trust policy of one Allow statement.
fn trust(principal: &str, condition: &str) -> String {
    statements(&format!(
        r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole","Condition":{{{condition}}}}}"#
    ))
}

/// Applies what a finding offers.
#[track_caller]
fn mended(world: &World, on: i64, finding: &Finding) -> World {
    later(world.clone(), on, &finding.fix)
}
