//! The large questions of the benchmarks: a thousand roles, every action of AWS.

use iam_playground::analysis::{Caller, Target};
use iam_playground::catalog::{Catalog, ManagedPolicy};
use iam_playground::eval::{Policies, Policy, Principal, Resource};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::PolicyKind;

use super::cases::{ACCOUNT, RESOURCE, large_principal, real_policies, request};

/// A thousand roles with five managed policies each, out of two hundred.
pub fn roles(managed: &[ManagedPolicy]) -> Vec<Caller> {
    let pool: Vec<Policy> = real_policies(managed, 200).iter().map(|text| text.compile(PolicyKind::Identity)).collect();
    let role = |number: usize| {
        let arn = format!("arn:aws:iam::{ACCOUNT}:role/r{number}");
        let identity: Vec<Policy> =
            (0..5).filter_map(|step| pool.get((number * 7 + step * 31) % pool.len()).cloned()).collect();
        Caller {
            principal: Principal::Role { arn: arn.as_str().into(), account: AccountId::example() },
            policies: Policies { identity: identity.into(), ..Policies::default() },
            context: [("aws:PrincipalArn", arn.as_str()), ("aws:PrincipalAccount", ACCOUNT)].into_iter().collect(),
        }
    };
    (0..1_000).map(role).collect()
}

/// The principal with policies of every kind.
pub fn caller(managed: &[ManagedPolicy]) -> Caller {
    let request = request();
    Caller { principal: request.principal, policies: large_principal(managed).compile(), context: request.context }
}

/// What the thousand roles are asked.
pub fn target() -> Target {
    let request = request();
    Target::new(request.action, request.resource)
}

/// Every action of the catalogue, on one object.
pub fn every_action(actions: &str) -> Vec<Target> {
    let catalog = Catalog::parse(actions).expect("a catalogue");
    let services = catalog.services().iter();
    let names = services
        .flat_map(|service| service.actions.iter().map(move |action| format!("{}:{}", service.prefix, action.name)));
    names
        .map(|name| Target::new(ActionName::parse(&name).expect("an action"), Resource::Arn(RESOURCE.into())))
        .collect()
}

/// The policy that takes longest to compile among those that many people attach.
pub fn read_only(managed: &[ManagedPolicy]) -> &ManagedPolicy {
    managed.iter().find(|policy| policy.arn.ends_with("/ReadOnlyAccess")).expect("ReadOnlyAccess")
}
