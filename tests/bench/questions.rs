//! The large questions of the benchmarks: a thousand roles, every action of AWS.

use std::sync::Arc;

use iam_playground::analysis::tables::{Inputs, Job, Terms, run};
use iam_playground::catalog::{Catalog, ManagedPolicy};
use iam_playground::eval::situation::{Library, Memo};
use iam_playground::ident::AccountId;
use iam_playground::model::{Asking, Command, Holder, Occasion, PrincipalRef, Time, World, apply, example};

use super::cases::{ACTION, RESOURCE, Text, real_policies};

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#;

/// A table that can be made again and again.
pub struct Table {
    world: World,
    library: Library,
    memo: Memo,
    catalog: Catalog,
    terms: Terms,
    job: Job,
}

impl Table {
    fn new(world: World, policies: Vec<Text>, actions: &str, principal: PrincipalRef, job: Job) -> Self {
        let library = policies.into_iter().fold(Library::default(), |library, text| library.with(text.name, text.json));
        let asking = Asking::new(principal, ACTION, RESOURCE);
        let catalog = Catalog::parse(actions).expect("a catalogue");
        let terms = Terms { asking, signed_in: None, now: "2026-11-24T12:00:00Z".to_owned() };
        Self { world, library, memo: Memo::default(), catalog, terms, job }
    }

    /// The verdicts of the table.
    pub fn run(&self) -> String {
        let Self { world, library, memo, catalog, .. } = self;
        run(&Inputs { world, library, catalog, memo }, &self.terms, &self.job, &mut |_, _| {})
    }

    /// How many actions AWS has.
    pub fn actions(&self) -> usize {
        self.catalog.services().iter().map(|service| service.actions.len()).sum()
    }
}

fn build(commands: impl IntoIterator<Item = Command>) -> World {
    let occasion = Occasion { account: AccountId::example(), now: Time(1_768_000_000) };
    let apply = |world, command| apply(&world, &command, &occasion).expect("no refusal");
    commands.into_iter().fold(example::empty("Bench"), apply)
}

/// Who can: a thousand roles with five managed policies each, out of two hundred.
pub fn thousand_roles(managed: &[ManagedPolicy], actions: &str) -> Table {
    let pool = real_policies(managed, 200);
    let roles = (0..1_000).flat_map(|number| {
        let name: Arc<str> = format!("r{number}").into();
        let holder = Holder::Role(name.clone());
        let (path, description, trust) = ("/".into(), "".into(), TRUST.into());
        let role = Command::CreateRole { name, path, description, trust, tags: Vec::new() };
        let arns = (0..5).filter_map(|step| pool.get((number * 7 + step * 31) % pool.len()));
        let attached = arns.map(|text| Command::AttachPolicy { holder: holder.clone(), arn: text.name.clone() });
        std::iter::once(role).chain(attached).collect::<Vec<_>>()
    });
    let world = build(roles);
    Table::new(world, pool, actions, PrincipalRef::Root, Job::WhoCan)
}

/// Every action for a user with nine managed policies and a boundary.
pub fn every_action(managed: &[ManagedPolicy], actions: &str) -> Table {
    let mut policies = real_policies(managed, 9);
    policies.extend(managed.iter().find(|policy| policy.arn.ends_with("/PowerUserAccess")).map(Text::managed));
    let holder = Holder::User("ann".into());
    let user = Command::CreateUser { name: "ann".into(), path: "/".into(), tags: Vec::new() };
    let attached = policies.iter().map(|text| Command::AttachPolicy { holder: holder.clone(), arn: text.name.clone() });
    let world = build(std::iter::once(user).chain(attached.collect::<Vec<_>>()));
    Table::new(world, policies, actions, PrincipalRef::User("ann".into()), Job::Survey)
}

/// The policy that takes longest to compile among those that many people attach.
pub fn read_only(managed: &[ManagedPolicy]) -> &ManagedPolicy {
    managed.iter().find(|policy| policy.arn.ends_with("/ReadOnlyAccess")).expect("ReadOnlyAccess")
}
