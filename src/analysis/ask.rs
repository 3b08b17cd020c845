//! One caller and what it asks for, with policies and keys that are at hand already.

use crate::eval::{Context, Level, Policies, PolicyList, Principal, Request, Resource};
use crate::ident::{AccountId, ActionName};

/// Someone who asks, with everything that is theirs.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// Identity policies, boundary, session policies, SCPs and endpoint policies; what hangs on a resource comes from the target.
    pub policies: Policies,
    /// Keys that every request of this caller carries.
    pub context: Context,
}

/// Something that is asked for.
#[derive(Clone, Debug)]
pub struct Target {
    /// The action.
    pub action: ActionName,
    /// The resource.
    pub resource: Resource,
    /// The account that owns the resource; `None` for the caller's own.
    pub account: Option<AccountId>,
    /// The policy of the resource.
    pub resource_policy: PolicyList,
    /// RCPs above the resource's account, root first.
    pub resource_control: Vec<Level>,
    /// Keys that this target adds to the request.
    pub context: Context,
}

impl Target {
    /// An action on a resource of the caller's own account, without a policy of its own.
    pub fn new(action: ActionName, resource: Resource) -> Self {
        Self {
            action,
            resource,
            account: None,
            resource_policy: PolicyList::default(),
            resource_control: Vec::new(),
            context: Context::default(),
        }
    }
}

/// What `answer` says of every target, in their order. The request is made once and aimed anew, because its context costs
/// more to build than most decisions take.
pub(super) fn each<'a, T>(
    caller: &'a Caller,
    targets: &'a [Target],
    answer: impl Fn(&Policies, &Request) -> T + 'a,
) -> impl Iterator<Item = T> + 'a {
    let mut policies = caller.policies.clone();
    let mut request: Option<Request> = None;
    targets.iter().map(move |target| {
        let request = request.get_or_insert_with(|| Request {
            principal: caller.principal.clone(),
            action: target.action.clone(),
            resource: target.resource.clone(),
            resource_account: None,
            context: caller.context.clone(),
        });
        request.action.clone_from(&target.action);
        request.resource.clone_from(&target.resource);
        request.resource_account = target.account.as_ref().or(caller.principal.account()).cloned();
        policies.resource.clone_from(&target.resource_policy);
        policies.resource_control.clone_from(&target.resource_control);
        for (key, value) in target.context.iter() {
            request.context.set(key, value.clone());
        }
        let answered = answer(&policies, request);
        for (key, _) in target.context.iter() {
            restore(&mut request.context, &caller.context, key);
        }
        answered
    })
}

fn restore(context: &mut Context, original: &Context, key: &str) {
    match original.get(key).cloned() {
        Some(value) => context.set(key, value),
        None => context.remove(key),
    }
}

#[cfg(test)]
mod tests;
