//! How much a caller may: everything (ACCT-44), or which of the sensitive actions (ACCT §5).

use crate::analysis::account::survey::{Certainty, Node, Survey};
use crate::analysis::ask::each;
use crate::analysis::{Caller, Target};
use crate::eval::{Verdict, decide};
use crate::model::ResourceKind;

/// Actions that together only someone has who may call any: one that no service has, and those that administration rests
/// on. `{}` is the account.
const ANY: [(&str, &str); 9] = [
    ("any-service:AnyAction", "arn:aws:any-service:us-east-1:{}:any/thing"),
    ("iam:AttachRolePolicy", "arn:aws:iam::{}:role/any-role"),
    ("iam:CreateAccessKey", "arn:aws:iam::{}:user/any-user"),
    ("iam:CreatePolicyVersion", "arn:aws:iam::{}:policy/any-policy"),
    ("iam:PassRole", "arn:aws:iam::{}:role/any-role"),
    ("iam:PutUserPolicy", "arn:aws:iam::{}:user/any-user"),
    ("ec2:TerminateInstances", "arn:aws:ec2:us-east-1:{}:instance/i-0aaaaaaaaaaaaaaaa"),
    ("lambda:UpdateFunctionCode", "arn:aws:lambda:us-east-1:{}:function:any-function"),
    ("s3:DeleteBucket", "arn:aws:s3:::any-bucket"),
];

/// Sensitive actions on things that no world has to hold.
const SENSITIVE: [(&str, &str); 26] = [
    ("iam:CreateAccessKey", "arn:aws:iam::{}:user/any-user"),
    ("iam:CreateLoginProfile", "arn:aws:iam::{}:user/any-user"),
    ("iam:UpdateAccessKey", "arn:aws:iam::{}:user/any-user"),
    ("sts:GetFederationToken", "arn:aws:sts::{}:federated-user/any-user"),
    ("ec2:GetPasswordData", "arn:aws:ec2:us-east-1:{}:instance/i-0aaaaaaaaaaaaaaaa"),
    ("rds-db:connect", "arn:aws:rds-db:us-east-1:{}:dbuser:db-ANY/any-user"),
    ("redshift:GetClusterCredentials", "arn:aws:redshift:us-east-1:{}:dbuser:any-cluster/any-user"),
    ("s3:GetObject", "arn:aws:s3:::any-bucket/any-object"),
    ("s3:PutBucketPolicy", "arn:aws:s3:::any-bucket"),
    ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:{}:secret:any-secret"),
    ("ssm:GetParameter", "arn:aws:ssm:us-east-1:{}:parameter/any-parameter"),
    ("ssm:GetParameters", "arn:aws:ssm:us-east-1:{}:parameter/any-parameter"),
    ("ssm:GetParametersByPath", "arn:aws:ssm:us-east-1:{}:parameter/any-parameter"),
    ("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:{}:table/any-table"),
    ("dynamodb:Query", "arn:aws:dynamodb:us-east-1:{}:table/any-table"),
    ("dynamodb:Scan", "arn:aws:dynamodb:us-east-1:{}:table/any-table"),
    ("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:{}:any-queue"),
    ("rds:CreateDBSnapshot", "arn:aws:rds:us-east-1:{}:db:any-database"),
    ("lambda:AddPermission", "arn:aws:lambda:us-east-1:{}:function:any-function"),
    ("ecr:SetRepositoryPolicy", "arn:aws:ecr:us-east-1:{}:repository/any-repository"),
    ("cloudtrail:StopLogging", "arn:aws:cloudtrail:us-east-1:{}:trail/any-trail"),
    ("cloudtrail:DeleteTrail", "arn:aws:cloudtrail:us-east-1:{}:trail/any-trail"),
    ("config:StopConfigurationRecorder", "arn:aws:config:us-east-1:{}:config-recorder/any"),
    ("guardduty:DeleteDetector", "arn:aws:guardduty:us-east-1:{}:detector/any"),
    ("iam:DeactivateMFADevice", "arn:aws:iam::{}:user/any-user"),
    ("organizations:LeaveOrganization", "arn:aws:organizations::{}:account/any/any"),
];

/// Sensitive actions on a resource of the world, by its kind; the second part is added to its ARN.
fn on_resource(kind: ResourceKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ResourceKind::Bucket => &[("s3:GetObject", "/any-object"), ("s3:PutBucketPolicy", ""), ("s3:PutBucketAcl", "")],
        ResourceKind::Object => &[("s3:GetObject", "")],
        ResourceKind::Table => &[("dynamodb:GetItem", ""), ("dynamodb:Query", ""), ("dynamodb:Scan", "")],
        ResourceKind::Function => &[("lambda:AddPermission", "")],
        ResourceKind::Queue => &[("sqs:ReceiveMessage", ""), ("sqs:AddPermission", "")],
        ResourceKind::Topic => &[("sns:AddPermission", "")],
        ResourceKind::Key => &[("kms:Decrypt", ""), ("kms:PutKeyPolicy", ""), ("kms:CreateGrant", "")],
        ResourceKind::Secret => &[("secretsmanager:GetSecretValue", ""), ("secretsmanager:PutResourcePolicy", "")],
        ResourceKind::Instance => &[("ec2:GetPasswordData", "")],
        ResourceKind::Cluster => &[],
    }
}

fn targets(survey: &Survey<'_>, wanted: &[(&str, &str)]) -> Vec<Target> {
    let id = survey.account.id.as_str();
    wanted.iter().filter_map(|(action, arn)| survey.target(action, &arn.replace("{}", id))).collect()
}

/// Whether policies alone make a principal administrator, and how surely.
pub(in crate::analysis::account) fn administrator(survey: &Survey<'_>, node: &Node) -> Option<Certainty> {
    let (first, _) = ANY.first()?;
    match node.could(first) {
        true => Certainty::ALL
            .into_iter()
            .find(|certainty| node.caller_of(*certainty).is_some_and(|caller| may_everything(survey, caller))),
        false => None,
    }
}

/// Whether a caller may call any action on any resource.
pub(in crate::analysis::account) fn may_everything(survey: &Survey<'_>, caller: &Caller) -> bool {
    let wanted = survey.any.get_or_init(|| targets(survey, &ANY));
    each(caller, wanted, decide).all(|decision| decision.verdict == Verdict::Allowed)
}

/// Which sensitive actions a caller may do.
pub(super) fn sensitive(survey: &Survey<'_>, caller: &Caller) -> Vec<bool> {
    let wanted = survey.sensitive.get_or_init(|| all_sensitive(survey));
    each(caller, wanted, decide).map(|decision| decision.verdict == Verdict::Allowed).collect()
}

fn all_sensitive(survey: &Survey<'_>) -> Vec<Target> {
    let mut wanted = targets(survey, &SENSITIVE);
    for resource in survey.account.resources.iter() {
        let of_kind = on_resource(resource.kind).iter();
        wanted.extend(of_kind.filter_map(|(action, end)| survey.target(action, &format!("{}{end}", resource.arn))));
    }
    wanted
}

/// Whether `more` has something that `less` has not.
pub(super) fn exceeds(more: &[bool], less: &[bool]) -> bool {
    more.iter().zip(less).any(|(more, less)| *more && !*less)
}
