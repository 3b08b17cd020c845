//! One API call, for which AWS may ask for several permissions (EVAL-3).

use super::ask::each;
use super::{Caller, Target};
use crate::eval::{Trace, Verdict, trace};
use crate::ident::ActionName;

/// The permissions of a call, each with its trace. The call is made only when all of them are allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// One for each permission, in the order in which they were asked for.
    pub traces: Vec<Trace>,
}

impl Call {
    /// Asks for every permission.
    ///
    /// ```
    /// use iam_playground::analysis::{Call, Caller, Target};
    /// use iam_playground::eval::{Policies, Principal, Resource};
    /// use iam_playground::ident::{AccountId, ActionName};
    ///
    /// let ann = Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: AccountId::example() };
    /// let caller = Caller { principal: ann, policies: Policies::default(), context: Default::default() };
    /// let run = ActionName::parse("ec2:RunInstances").unwrap();
    /// let targets = ["image/ami-1", "instance/*", "subnet/subnet-1"].map(|part| {
    ///     Target::new(run.clone(), Resource::Arn(format!("arn:aws:ec2:eu-west-1:123456789012:{part}").into()))
    /// });
    /// let call = Call::new(&caller, &targets);
    /// assert_eq!(call.denied_at(), Some(0));
    /// ```
    pub fn new(caller: &Caller, targets: &[Target]) -> Self {
        Self { traces: each(caller, targets, trace).collect() }
    }

    /// The first permission that is missing: the one that AWS names.
    pub fn denied_at(&self) -> Option<usize> {
        self.traces.iter().position(|trace| trace.decision.verdict != Verdict::Allowed)
    }
}

/// What passing something along when a role is assumed needs beside the action itself: the key that tells of it, and the
/// permission (EVAL-99).
const PASSED_ALONG: [(&str, &str); 4] = [
    ("aws:TagKeys", "sts:TagSession"),
    ("sts:TransitiveTagKeys", "sts:TagSession"),
    ("sts:SourceIdentity", "sts:SetSourceIdentity"),
    ("sts:RequestContextProviders", "sts:SetContext"),
];

/// The permissions that assuming a role needs: `target`, and those for the tags, the source identity and the context that
/// its keys tell of. Any other target stands alone.
pub fn permissions_to_assume(target: Target) -> Vec<Target> {
    let mut actions: Vec<ActionName> = Vec::new();
    if target.action.folded().starts_with("sts:assumerole") {
        for (key, name) in PASSED_ALONG {
            let Ok(action) = ActionName::parse(name) else { continue };
            if target.context.get(key).is_some() && !actions.contains(&action) {
                actions.push(action);
            }
        }
    }
    let along: Vec<Target> = actions.into_iter().map(|action| Target { action, ..target.clone() }).collect();
    std::iter::once(target).chain(along).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{CompiledPolicy, Context};
    use crate::eval::{ContextValue, Policies, Policy, PolicyList, PolicySource, Principal, Resource};
    use crate::ident::AccountId;
    use crate::policy::{PolicyKind, parse_document};

    const ROLE: &str = "arn:aws:iam::123456789012:role/app";

    fn trusting(actions: &str) -> PolicyList {
        let text = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::123456789012:user/ann"}},"Action":{actions}}}}}"#
        );
        let document = parse_document(&text, PolicyKind::Trust).value.expect("a document");
        let source = PolicySource { name: "Trust".into(), arn: None, group: None };
        let compiled = CompiledPolicy::new(document.into(), PolicyKind::Trust).into();
        vec![Policy { source, compiled }].into()
    }

    fn denied_at(trusted_actions: &str, context: Context) -> Option<usize> {
        let principal =
            Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: AccountId::example() };
        let caller = Caller { principal, policies: Policies::default(), context: Context::default() };
        let action = ActionName::parse("sts:AssumeRole").expect("an action");
        let target = Target {
            resource_policy: trusting(trusted_actions),
            context,
            ..Target::new(action, Resource::Arn(ROLE.into()))
        };
        Call::new(&caller, &permissions_to_assume(target)).denied_at()
    }

    fn with_tags() -> Context {
        [("aws:TagKeys", ContextValue::Many(vec!["team".to_owned()]))].into_iter().collect()
    }

    #[test]
    fn a_call_without_tags_needs_one_permission() {
        assert_eq!(denied_at(r#""sts:AssumeRole""#, Context::default()), None);
    }

    #[test]
    fn passing_tags_fails_where_only_the_role_may_be_assumed() {
        assert_eq!(denied_at(r#""sts:AssumeRole""#, with_tags()), Some(1));
        assert_eq!(denied_at(r#"["sts:AssumeRole","sts:TagSession"]"#, with_tags()), None);
    }

    #[test]
    fn a_source_identity_needs_a_permission_of_its_own() {
        let context: Context = [("sts:SourceIdentity", "ann")].into_iter().collect();
        assert_eq!(denied_at(r#"["sts:AssumeRole","sts:TagSession"]"#, context.clone()), Some(1));
        assert_eq!(denied_at(r#"["sts:AssumeRole","sts:SetSourceIdentity"]"#, context), None);
    }
}
