//! Customer managed and inline policies, and what they give.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::escalation::power::may_everything;
use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::statements::allows;
use super::survey::Survey;
use crate::analysis::Caller;
use crate::eval::{CompiledPolicy, Policies, Policy, PolicySource, Principal};
use crate::ident::ActionName;
use crate::model::example::ADMINISTRATOR_ACCESS;
use crate::model::{Command, Holder, InlinePolicy, ManagedPolicy, PolicyRef, limits};
use crate::policy::{Effect, PolicyKind, Statement};
use crate::text::Severity;

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let used = survey.account.attached_arns();
    for policy in survey.account.policies.iter() {
        let subject = Subject::Policy(policy.name.clone());
        let arn: Arc<str> = survey.account.policy_arn(policy).into();
        if !used.contains(&arn) {
            found.push(
                Finding::new(Check::PolicyUnattached, Severity::Suggestion, subject.clone())
                    .field("attachments")
                    .fix(deletion(policy)),
            );
        }
        if policy.versions.len() >= limits::VERSIONS {
            let spare = policy.versions.iter().filter(|version| version.number != policy.default);
            let oldest = spare.map(|version| version.number).min();
            let fix = oldest.map(|number| Command::DeletePolicyVersion { name: policy.name.clone(), number });
            found.push(
                Finding::new(Check::PolicyVersionsFull, Severity::Suggestion, subject).field("versions").fix(fix),
            );
        }
    }
    repeated(survey, found);
    for holder in holders(survey) {
        full_administration(survey, &holder, found);
    }
    pass_role(survey, found);
}

fn deletion(policy: &ManagedPolicy) -> Vec<Command> {
    let name = &policy.name;
    let spare = policy.versions.iter().filter(|version| version.number != policy.default);
    let versions = spare.map(|version| Command::DeletePolicyVersion { name: name.clone(), number: version.number });
    versions.chain([Command::DeletePolicy { name: name.clone() }]).collect()
}

/// Everything that policies hang on, users first.
fn holders(survey: &Survey<'_>) -> Vec<Holder> {
    let account = survey.account;
    let users = account.users.names().cloned().map(Holder::User);
    let groups = account.groups.names().cloned().map(Holder::Group);
    users.chain(groups).chain(account.roles.names().cloned().map(Holder::Role)).collect()
}

fn subject(holder: &Holder) -> Subject {
    match holder {
        Holder::User(name) => Subject::User(name.clone()),
        Holder::Group(name) => Subject::Group(name.clone()),
        Holder::Role(name) => Subject::Role(name.clone()),
    }
}

/// Inline policies of groups and roles that are the same word for word.
fn repeated(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    let mut texts: BTreeMap<&Arc<str>, Vec<(Holder, &InlinePolicy)>> = BTreeMap::new();
    for holder in holders(survey).into_iter().filter(|holder| !matches!(holder, Holder::User(_))) {
        for inline in survey.account.permissions(&holder).into_iter().flat_map(|permissions| &permissions.inline) {
            texts.entry(&inline.text).or_default().push((holder.clone(), inline));
        }
    }
    for uses in texts.into_values() {
        let [(first, inline), rest @ ..] = uses.as_slice() else { continue };
        if !rest.iter().any(|(holder, _)| holder != first) {
            continue;
        }
        let place = |(holder, inline): &(Holder, &InlinePolicy)| {
            Place::Policy(PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() })
        };
        found.push(
            Finding::new(Check::InlinePolicy, Severity::Suggestion, subject(first))
                .because(uses.iter().map(place))
                .named(inline.name.clone())
                .fix(shared(survey, inline, &uses))
                .related(rest.iter().map(|(holder, _)| subject(holder))),
        );
    }
}

/// One managed policy in place of several inline ones.
fn shared(survey: &Survey<'_>, inline: &InlinePolicy, uses: &[(Holder, &InlinePolicy)]) -> Vec<Command> {
    let account = survey.account;
    let length = inline.text.chars().filter(|c| !c.is_whitespace()).count();
    let full = |holder: &Holder| {
        account.permissions(holder).is_some_and(|permissions| permissions.attached.len() >= limits::ATTACHED)
    };
    if length > limits::MANAGED_POLICY_SIZE || uses.iter().any(|(holder, _)| full(holder)) {
        return Vec::new();
    }
    let name = fixes::free(&inline.name, |name| account.policies.contains(name));
    let arn: Arc<str> = account.arn("policy", "/", &name).into();
    let create = Command::CreatePolicy { name, path: "/".into(), description: "".into(), text: inline.text.clone() };
    let moves = uses.iter().flat_map(|(holder, inline)| {
        [
            Command::AttachPolicy { holder: holder.clone(), arn: arn.clone() },
            Command::DeleteInlinePolicy { holder: holder.clone(), name: inline.name.clone() },
        ]
    });
    std::iter::once(create).chain(moves).collect()
}

/// The policies of a holder that are full administration each by itself, as the evaluator says.
pub(super) fn full_admin(survey: &Survey<'_>, holder: &Holder) -> Vec<PolicyRef> {
    let Some(permissions) = survey.account.permissions(holder) else { return Vec::new() };
    let attached =
        permissions.attached.iter().filter(|arn| survey.managed(arn).is_some_and(|one| is_full(survey, one)));
    let attached = attached.map(|arn| PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() });
    let compiled = |inline: &InlinePolicy| survey.memo.policy(&inline.text, PolicyKind::Identity);
    let inline = permissions.inline.iter().filter(|inline| is_full(survey, compiled(inline)));
    let inline = inline.map(|inline| PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() });
    attached.chain(inline).collect()
}

fn is_full(survey: &Survey<'_>, compiled: Arc<CompiledPolicy>) -> bool {
    let anything = ActionName::parse("any-service:AnyAction");
    if !anything.is_ok_and(|action| compiled.is_about(Effect::Allow, &action)) {
        return false;
    }
    let principal = Principal::User { arn: survey.iam_arn("user/any-user").into(), account: survey.account.id.clone() };
    let source = PolicySource { name: "policy".into(), arn: None, group: None };
    let policies = Policies { identity: vec![Policy { source, compiled }].into(), ..Policies::default() };
    may_everything(survey, &Caller { principal, policies, context: Default::default() })
}

/// CIS 1.15 and ACCT-5: AWS's own AdministratorAccess on a group or role is how administrators are made.
fn full_administration(survey: &Survey<'_>, holder: &Holder, found: &mut Vec<Finding>) {
    for policy in full_admin(survey, holder) {
        let of_aws = policy.managed().is_some_and(|arn| survey.account.policy(arn).is_none());
        if of_aws && !matches!(holder, Holder::User(_)) {
            continue;
        }
        found.push(
            Finding::new(Check::FullAdminAttached, Severity::Security, subject(holder))
                .named(policy.name())
                .fix(instead(survey, holder, &policy))
                .because([Place::Policy(policy)]),
        );
    }
}

/// AdministratorAccess in place of a policy that says the same; on a user by way of a group.
fn instead(survey: &Survey<'_>, holder: &Holder, policy: &PolicyRef) -> Vec<Command> {
    let take_away = match policy {
        PolicyRef::Attached { arn, .. } => Command::DetachPolicy { holder: holder.clone(), arn: arn.clone() },
        PolicyRef::Inline { name, .. } => Command::DeleteInlinePolicy { holder: holder.clone(), name: name.clone() },
        _ => return Vec::new(),
    };
    let administrator: Arc<str> = ADMINISTRATOR_ACCESS.into();
    match holder {
        Holder::User(user) => {
            let Some(known) = survey.account.users.get(user) else { return Vec::new() };
            let in_group = known.groups.iter().any(|group| {
                let of = survey.account.groups.get(group);
                of.is_some_and(|group| group.permissions.attached.contains(&administrator))
            });
            let mut fix = match in_group {
                true => Vec::new(),
                false => fixes::into_group(survey, user, std::slice::from_ref(&administrator), &[]),
            };
            if !in_group && fix.is_empty() {
                return fix;
            }
            // What goes is the policy of the finding, which need not be AdministratorAccess.
            fix.retain(|command| !matches!(command, Command::DetachPolicy { .. }));
            fix.push(take_away);
            fix
        }
        Holder::Group(_) | Holder::Role(_) => {
            let has = |permissions: &crate::model::Permissions| {
                permissions.attached.contains(&administrator) || permissions.attached.len() < limits::ATTACHED
            };
            match survey.account.permissions(holder).is_some_and(has) {
                true => vec![Command::AttachPolicy { holder: holder.clone(), arn: administrator }, take_away],
                false => Vec::new(),
            }
        }
    }
}

/// `iam:PassRole` by name, on everything, for every service.
fn pass_role(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for policy in survey.account.policies.iter() {
        let Some(text) = policy.text() else { continue };
        let arn: Arc<str> = survey.account.policy_arn(policy).into();
        let hangs = holders(survey).into_iter().find(|holder| {
            survey.account.permissions(holder).is_some_and(|permissions| permissions.attached.contains(&arn))
        });
        let of = Subject::Policy(policy.name.clone());
        let place = |statement| match &hangs {
            Some(holder) => {
                Place::Statement { policy: PolicyRef::Attached { holder: holder.clone(), arn: arn.clone() }, statement }
            }
            None => Place::Field { of: of.clone(), field: "versions" },
        };
        open_pass_role(survey, (text, of.clone(), policy.name.clone()), place, found);
    }
    for holder in holders(survey) {
        for inline in survey.account.permissions(&holder).into_iter().flat_map(|permissions| &permissions.inline) {
            let policy = PolicyRef::Inline { holder: holder.clone(), name: inline.name.clone() };
            let place = |statement| Place::Statement { policy: policy.clone(), statement };
            open_pass_role(survey, (&inline.text, subject(&holder), inline.name.clone()), place, found);
        }
    }
}

fn open_pass_role(
    survey: &Survey<'_>,
    (text, subject, name): (&Arc<str>, Subject, Arc<str>),
    place: impl Fn(u32) -> Place,
    found: &mut Vec<Finding>,
) {
    let statements = survey.statements(text, PolicyKind::Identity);
    let places: Vec<Place> = statements.iter().filter(|one| is_open(one)).map(|one| place(one.index)).collect();
    if !places.is_empty() {
        found.push(Finding::new(Check::PassRoleStar, Severity::Security, subject).because(places).named(name));
    }
}

fn is_open(statement: &Statement) -> bool {
    let named = statement.action.entries.iter().any(|entry| entry.value.eq_ignore_ascii_case("iam:PassRole"));
    let everything = statement
        .resource
        .as_ref()
        .is_some_and(|element| !element.negated && element.entries.iter().any(|entry| entry.value == "*"));
    let limited =
        statement.conditions.iter().any(|condition| condition.key.value.eq_ignore_ascii_case("iam:PassedToService"));
    allows(statement) && !statement.action.negated && named && everything && !limited
}
