//! Resources that everyone can reach, and keys that leave their account out.

use std::sync::Arc;

use super::finding::{Check, Finding, Place, Subject};
use super::fixes;
use super::statements::{admitted, allows};
use super::survey::Survey;
use crate::analysis::ask::each;
use crate::analysis::{Caller, Target};
use crate::eval::{Basis, Context, Policies, Principal, Verdict, decide};
use crate::ident::{AccountId, ActionName};
use crate::model::{Command, PolicyRef, Resource, ResourceKind};
use crate::policy::{PolicyDocument, PolicyKind, PrincipalEntry, Statement, parse_document};
use crate::text::Severity;

/// Two places on the internet: what only one of them can reach is limited to an address range.
const ADDRESSES: [&str; 2] = ["203.0.113.10", "198.51.100.20"];

pub(super) fn check(survey: &Survey<'_>, found: &mut Vec<Finding>) {
    for resource in survey.account.resources.iter() {
        let Some(text) = &resource.policy else { continue };
        let policy = survey.memo.policy(text, PolicyKind::Resource);
        public(survey, resource, policy.document(), found);
        if resource.kind == ResourceKind::Key {
            without_root(survey, resource, policy.document(), found);
        }
    }
}

fn public(survey: &Survey<'_>, resource: &Resource, document: &PolicyDocument, found: &mut Vec<Finding>) {
    let open = document.statements.iter().filter(|statement| admitted(statement).any(is_everyone));
    let targets: Vec<Target> = open.flat_map(|statement| targets(survey, resource, statement)).collect();
    if targets.is_empty() {
        return;
    }
    let callers = [anonymous(), stranger(survey, resource)];
    let mut statements: Vec<u32> = Vec::new();
    for [one, other] in callers {
        for (first, second) in each(&one, &targets, decide).zip(each(&other, &targets, decide)) {
            let both = first.verdict == Verdict::Allowed && second.verdict == Verdict::Allowed;
            // A stranger's own policies allow everything, so the statement that decides is the resource's.
            if let (true, Basis::Statement(at)) = (both, first.basis)
                && !statements.contains(&at.statement)
            {
                statements.push(at.statement);
            }
        }
    }
    if statements.is_empty() {
        return;
    }
    crate::text::order::sort_by(&mut statements, Ord::cmp);
    let policy = || PolicyRef::Resource { arn: resource.arn.clone() };
    let text = fixes::rewritten(document, |statement| {
        let open = admitted(&statement).any(is_everyone);
        (!open).then_some(statement)
    });
    let fix = match text {
        Some(text) => Command::PutResourcePolicy { arn: resource.arn.clone(), text },
        None => Command::DeleteResourcePolicy { arn: resource.arn.clone() },
    };
    found.push(
        Finding::new(Check::ResourcePublic, Severity::Security, Subject::Resource(resource.arn.clone()))
            .because(statements.into_iter().map(|statement| Place::Statement { policy: policy(), statement }))
            .fix([fix]),
    );
}

fn is_everyone(entry: &PrincipalEntry) -> bool {
    *entry == PrincipalEntry::Everyone
}

fn callers(principal: &Principal, policies: &Policies, context: &Context) -> [Caller; 2] {
    ADDRESSES.map(|address| {
        let mut context = context.clone();
        context.set("aws:SourceIp", address);
        context.set("aws:SecureTransport", "true");
        Caller { principal: principal.clone(), policies: policies.clone(), context }
    })
}

fn anonymous() -> [Caller; 2] {
    let context = [("aws:PrincipalType", "Anonymous")].into_iter().collect();
    callers(&Principal::Anonymous, &Policies::default(), &context)
}

/// Somebody in an account that nothing in the policy speaks of, who may do everything there.
fn stranger(survey: &Survey<'_>, resource: &Resource) -> [Caller; 2] {
    let text = resource.policy.as_deref().unwrap_or_default();
    let ids = (1_u64..).map(|number| format!("{:012}", number * 111_111_111_111 % 1_000_000_000_000));
    let parsed = ids.filter_map(|id| AccountId::parse(&id).ok());
    let free = |id: &AccountId| !text.contains(id.as_str()) && survey.world.account(id).is_none();
    let account = parsed.take(64).find(free).unwrap_or_else(AccountId::example);
    let arn = format!("arn:aws:iam::{account}:user/stranger");
    let context = [
        ("aws:PrincipalArn", arn.as_str()),
        ("aws:PrincipalAccount", account.as_str()),
        ("aws:PrincipalType", "User"),
        ("aws:username", "stranger"),
        ("aws:userid", "AIDASTRANGERSTRANGER1"),
        ("kms:CallerAccount", account.as_str()),
    ]
    .into_iter()
    .collect();
    let policies = Policies { identity: vec![survey.everything.clone()].into(), ..Policies::default() };
    callers(&Principal::User { arn: arn.as_str().into(), account: account.clone() }, &policies, &context)
}

/// What a statement is about on this resource: the actions that it names, with common ones where it has wildcards, on the
/// resources that it names, with a word where they have wildcards.
fn targets(survey: &Survey<'_>, resource: &Resource, statement: &Statement) -> Vec<Target> {
    let named = statement.action.entries.iter().map(|entry| entry.value.as_str());
    let exact = named.filter(|entry| ActionName::parse(entry).is_ok() && !statement.action.negated);
    let actions: Vec<&str> = exact.chain(common(resource.kind).iter().copied()).collect();
    let mut arns = vec![resource.arn.to_string(), format!("{}/any-object", resource.arn)];
    let entries =
        statement.resource.iter().filter(|element| !element.negated).flat_map(|element| element.entries.iter());
    for entry in entries {
        let arn = entry.value.replace(['*', '?'], "x");
        if arn.starts_with(&*resource.arn) && !arns.contains(&arn) {
            arns.push(arn);
        }
    }
    let pairs = arns.iter().flat_map(|arn| actions.iter().map(move |action| (action, arn)));
    pairs
        .filter_map(|(action, arn)| {
            let own = survey.target(action, &resource.arn)?;
            Some(Target { resource: crate::eval::Resource::Arn(arn.as_str().into()), ..own })
        })
        .collect()
}

/// Actions that wildcards are usually meant for.
fn common(kind: ResourceKind) -> &'static [&'static str] {
    match kind {
        ResourceKind::Bucket | ResourceKind::Object => &[
            "s3:GetObject",
            "s3:ListBucket",
            "s3:PutObject",
            "s3:DeleteObject",
            "s3:PutBucketPolicy",
            "s3:GetBucketAcl",
        ],
        ResourceKind::Table => &["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:DescribeTable"],
        ResourceKind::Function => &["lambda:InvokeFunction", "lambda:GetFunction", "lambda:UpdateFunctionCode"],
        ResourceKind::Queue => &["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueueUrl", "sqs:DeleteMessage"],
        ResourceKind::Topic => &["sns:Publish", "sns:Subscribe", "sns:GetTopicAttributes"],
        ResourceKind::Key => &["kms:Decrypt", "kms:Encrypt", "kms:DescribeKey", "kms:PutKeyPolicy", "kms:CreateGrant"],
        ResourceKind::Secret => &["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
        ResourceKind::Instance | ResourceKind::Cluster => &[],
    }
}

/// Without a statement for the root user of the account, identity policies have no effect on a key.
fn without_root(survey: &Survey<'_>, resource: &Resource, document: &PolicyDocument, found: &mut Vec<Finding>) {
    let (root, id) = (survey.iam_arn("root"), survey.account.id.as_str());
    let admits = |statement: &Statement| {
        let named = |entry: &PrincipalEntry| matches!(entry, PrincipalEntry::Aws(text) if *text == root || text == id);
        allows(statement) && admitted(statement).any(named)
    };
    if document.statements.iter().any(admits) {
        return;
    }
    let enable = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Sid":"EnableIamPolicies","Effect":"Allow","Principal":{{"AWS":"{root}"}},"Action":"kms:*","Resource":"*"}}]}}"#
    );
    let more = parse_document(&enable, PolicyKind::Resource).value.map(|document| document.statements);
    let statements = document.statements.iter().cloned().chain(more.unwrap_or_default()).collect();
    let text: Option<Arc<str>> = fixes::rewritten(&PolicyDocument { version: document.version, statements }, Some);
    found.push(
        Finding::new(Check::KmsKeyRootMissing, Severity::Warning, Subject::Resource(resource.arn.clone()))
            .because([Place::Policy(PolicyRef::Resource { arn: resource.arn.clone() })])
            .fix(text.map(|text| Command::PutResourcePolicy { arn: resource.arn.clone(), text })),
    );
}
