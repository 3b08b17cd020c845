//! What a principal could do after a change that it can make to its own policies.

use std::sync::Arc;

use super::{Reach, power};
use crate::analysis::Caller;
use crate::analysis::account::survey::{Node, Survey};
use crate::eval::{CompiledPolicy, Policy, PolicyList, PolicySource};
use crate::model::Group;
use crate::policy::PolicyKind;

/// Where a principal is that can write any policy for itself: at everything that its boundary and the policies of its
/// organization leave.
pub(super) fn any_policy(survey: &Survey<'_>, node: &Node) -> Option<Reach> {
    let mut caller = node.caller.clone();
    caller.policies.identity = vec![survey.everything.clone()].into();
    gain(survey, node, &caller)
}

/// With one managed policy replaced.
pub(super) fn replaced(node: &Node, arn: &str, compiled: &Arc<CompiledPolicy>) -> Caller {
    let mut caller = node.caller.clone();
    let policies = node.caller.policies.identity.as_slice().iter().map(|policy| Policy {
        source: policy.source.clone(),
        compiled: match policy.source.arn.as_deref() == Some(arn) {
            true => compiled.clone(),
            false => policy.compiled.clone(),
        },
    });
    caller.policies.identity = policies.collect::<Vec<_>>().into();
    caller
}

/// With the policies of one more group.
pub(super) fn joined(survey: &Survey<'_>, node: &Node, group: &Group) -> Caller {
    let mut policies = node.caller.policies.identity.as_slice().to_vec();
    let inline = group.permissions.inline.iter().map(|inline| survey.memo.policy(&inline.text, PolicyKind::Identity));
    let attached = group.permissions.attached.iter().filter_map(|arn| survey.managed(arn));
    policies.extend(inline.chain(attached).map(|compiled| Policy {
        source: PolicySource { name: group.name.clone(), arn: None, group: Some(group.name.clone()) },
        compiled,
    }));
    let mut caller = node.caller.clone();
    caller.policies.identity = policies.into();
    caller
}

/// Without its boundary.
pub(super) fn unbounded(node: &Node) -> Caller {
    let mut caller = node.caller.clone();
    caller.policies.boundary = PolicyList::default();
    caller
}

/// What a changed caller has over the principal as it is.
pub(super) fn gain(survey: &Survey<'_>, node: &Node, changed: &Caller) -> Option<Reach> {
    if power::may_everything(survey, changed) {
        return Some(Reach::Administrator);
    }
    let (more, less) = (power::sensitive(survey, changed), power::sensitive(survey, &node.caller));
    power::exceeds(&more, &less).then_some(Reach::More)
}
