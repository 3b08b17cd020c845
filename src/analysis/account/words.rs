//! Findings in words: what is so, why it matters, what to do. All of them are made here.

use super::escalation::{Edge, EdgeKind, Reach};
use super::finding::{Check, Detail, Finding, Subject};
use super::survey::Certainty;
use crate::model::PrincipalRef;
use crate::text::Severity;

/// One sentence about a finding.
pub fn sentence(finding: &Finding) -> String {
    let who = subject(&finding.subject);
    let name = match &finding.detail {
        Detail::Name(name) => format!("`{name}`"),
        Detail::None | Detail::Path(_) => String::new(),
    };
    match finding.code {
        Check::RootAccessKey => "The root user has an access key, which nothing can limit, so delete it and let roles or users with fewer permissions do its work.".to_owned(),
        Check::RootNoMfa => "The root user has no MFA device, so its password or mailbox alone opens everything: add a passkey or a hardware token.".to_owned(),
        Check::RootMfaNotHardware => "The root user's only second factor is an app on a phone, which can be copied or lost: add a hardware token or a security key.".to_owned(),
        Check::PasswordPolicyShort => "Passwords of fewer than 14 characters are accepted, and short ones are guessed: set the minimum length to 14.".to_owned(),
        Check::PasswordPolicyReuse => "Fewer than 24 old passwords are remembered, so one that leaked can come back: remember 24.".to_owned(),
        Check::UserNoMfa => format!("{who} has a console password and no MFA device, so the password alone lets anyone in: add a second factor."),
        Check::AdminUserNoMfa => format!("{who} may become administrator and has no MFA device, so one stolen credential opens the whole account: add a second factor."),
        Check::AccessKeyOld => format!("The access key {name} of {who} is more than 90 days old, and old keys leak unseen: make a second key, move to it, and delete this one."),
        Check::AccessKeyUnused => format!("The access key {name} of {who} has not been used for more than 45 days, and an unused key can only be stolen: switch it off, and delete it when nothing breaks."),
        Check::AccessKeyNeverUsed => format!("The access key {name} of {who} was never used; a key that nobody needs can only be stolen, so switch it off."),
        Check::PasswordUnused => format!("The console password of {who} has not been used for more than 45 days, and an unused password can only be guessed: take it away."),
        Check::UserTwoActiveKeys => format!("{who} has two active access keys, and a second one is meant for the days of a rotation only: switch one off."),
        Check::UserPasswordAndKey => format!("{who} signs in by hand and by key; a person and a program with one identity cannot be told apart or limited apart, so give the program a role."),
        Check::UserDirectPolicy => format!("Policies hang on {who} itself, where they are forgotten when the work changes hands: give them to a group and make the user a member."),
        Check::UserWithoutPermissions => format!("No policy lets {who} do anything, so it can sign in and do nothing: add it to a group, or delete it."),
        Check::UserInsteadOfFederation => "People have IAM users here although an identity provider exists, so leavers and passwords are managed twice: let people sign in through the provider and use roles.".to_owned(),
        Check::GroupEmpty => format!("{who} has no members, so its policies give nothing until someone is added unawares: delete it, or add members."),
        Check::GroupAdminMemberNoMfa => format!("{who} makes administrators, and a member has no MFA device: add a second factor to each ({}).", listed(&finding.related)),
        Check::InlinePolicy => format!("The inline policy {name} stands word for word in several places ({who} and {}), and a change to one is forgotten in the others: make it one managed policy.", listed(&finding.related)),
        Check::PolicyUnattached => format!("{who} hangs nowhere, so it does nothing until someone attaches it unread: delete it, or attach it where it is meant."),
        Check::PolicyVersionsFull => format!("{who} has five versions, so the next change fails: delete the oldest one."),
        Check::FullAdminAttached => format!("{name} gives {who} every action on every resource: keep administration to AdministratorAccess on a group or role, where it is seen."),
        Check::PassRoleStar => format!("{name} lets any role be passed to any service, so whoever has it can act as the strongest role: name the roles, and add `iam:PassedToService`."),
        Check::TrustAnyPrincipal => format!("The trust policy of {who} admits everyone, so anyone with an AWS account can assume it: name who may, or add a condition such as `aws:PrincipalOrgID`."),
        Check::TrustAccountRoot => format!("The trust policy of {who} names the whole account, so every identity policy with `sts:AssumeRole` decides who may: name the users or roles where only some are meant."),
        Check::TrustMissingExternalId => match finding.severity {
            Severity::Security => format!("The trust policy of {who} admits the outside account {name} without an external id, so another customer of it can have it act here: test `sts:ExternalId`, a value that it gives you."),
            _ => format!("The trust policy of {who} admits the outside account {name} with an external id that has a wildcard, which others can meet: test the whole value."),
        },
        Check::RoleUnassumable => format!("Nobody can assume {who}, so it is of no use: see whom its trust policy names, and whether they are there and allowed `sts:AssumeRole`."),
        Check::RoleMissingInstanceProfile => format!("{who} trusts EC2 and is in no instance profile, so no instance can have it: put it into one."),
        Check::ProviderUnused => format!("No trust policy names {who}, so nobody comes in by it and a mistake could let them: delete it, or name it in a role's trust policy."),
        Check::ProviderMissing => format!("The trust policy of {who} names the provider {name}, which is not there, so nobody can come by it: create the provider, or take the statement out."),
        Check::WebIdentityAudMissing => format!("The trust policy of {who} admits users of {name} whatever app they signed in to, so any developer's app can get in: test the id of your own app."),
        Check::ServicePrincipalOpen => format!("{who} admits the service {name} for whomever it acts, so another account can have the service do it: test `aws:SourceArn` or `aws:SourceAccount`."),
        Check::ResourcePublic => format!("Everyone can reach {who}, with or without an AWS account of yours: name who may, or take the statement out."),
        Check::KmsKeyRootMissing => format!("The key policy of {who} does not admit the account, so identity policies have no effect on the key and it can be locked out: add a statement for the account's root user."),
        Check::BoundaryRemovable => format!("{who} may lift its own permissions boundary, so the boundary limits nothing: deny it changes to boundaries and to the boundary's policy."),
        Check::PrivilegeEscalation => escalation(finding, &who),
    }
}

/// Why a finding offers no change; `None` where it offers one (ACCT-3).
pub fn why_no_fix(finding: &Finding) -> Option<&'static str> {
    if !finding.fix.is_empty() {
        return None;
    }
    Some(match finding.code {
        Check::AccessKeyOld | Check::UserTwoActiveKeys => {
            "Something still works with the key; only its owner knows when it is moved."
        }
        Check::UserPasswordAndKey => "Only its owner knows whether the password or the key is needed.",
        Check::UserWithoutPermissions => "What the user is for has to be decided first.",
        Check::UserInsteadOfFederation => "People have to be moved to the provider one by one.",
        Check::TrustMissingExternalId => "The external id is given by the other party.",
        Check::TrustAccountRoot => "Which users and roles are meant has to be decided first.",
        Check::RoleUnassumable => "Whom the role is for has to be decided first.",
        Check::ProviderMissing => "A provider lets strangers in; create it by hand if it is meant.",
        Check::WebIdentityAudMissing => "The id of the app is known to its developer only.",
        Check::PassRoleStar => "Which roles are to be passed has to be decided first.",
        Check::BoundaryRemovable | Check::PrivilegeEscalation => {
            "Which of the permissions is not needed has to be decided first."
        }
        Check::UserDirectPolicy | Check::FullAdminAttached | Check::InlinePolicy => {
            "A quota leaves no room for the change."
        }
        _ => "No change is safe without knowing more.",
    })
}

/// What the change that a finding offers is called; `None` where it offers none.
pub fn fix(finding: &Finding) -> Option<String> {
    let first = finding.fix.first()?;
    let who = unquoted(&finding.subject);
    Some(match finding.code {
        Check::UserDirectPolicy => format!("Move the policies of {who} to a group"),
        Check::FullAdminAttached => format!("Make {who} administrator by AdministratorAccess"),
        Check::InlinePolicy => "Make it one managed policy".to_owned(),
        Check::GroupEmpty | Check::PolicyUnattached => format!("Delete {who}"),
        Check::GroupAdminMemberNoMfa if finding.fix.len() > 1 => format!("Add MFA to each member of {who}"),
        Check::RoleMissingInstanceProfile => format!("Put {who} into an instance profile"),
        Check::TrustAnyPrincipal => format!("Admit only this account to {who}"),
        Check::ServicePrincipalOpen => format!("Limit whom the service acts for on {who}"),
        Check::ResourcePublic => format!("Take everyone out of the policy of {who}"),
        Check::KmsKeyRootMissing => format!("Admit the account to {who}"),
        Check::PasswordPolicyShort => "Set the minimum length to 14".to_owned(),
        Check::PasswordPolicyReuse => "Remember 24 passwords".to_owned(),
        Check::RootAccessKey => "Delete the root user's access keys".to_owned(),
        Check::AccessKeyOld | Check::AccessKeyUnused | Check::AccessKeyNeverUsed | Check::UserTwoActiveKeys => {
            format!("Switch off an access key of {who}")
        }
        _ => first.to_string(),
    })
}

/// What a finding is about, in the midst of a sentence without marks.
pub fn unquoted(about: &Subject) -> String {
    match about {
        Subject::Account => "the account".to_owned(),
        Subject::Root => "the root user".to_owned(),
        Subject::User(name) => format!("user {name}"),
        Subject::Role(name) => format!("role {name}"),
        Subject::Group(name) => format!("group {name}"),
        Subject::Policy(name) => format!("policy {name}"),
        Subject::Provider(name) => format!("provider {name}"),
        Subject::Resource(arn) => arn.rsplit(['/', ':']).next().unwrap_or_default().to_owned(),
    }
}

/// How much a finding matters, in a word.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Security => "high",
        Severity::Warning => "medium",
        Severity::Suggestion => "low",
    }
}

fn escalation(finding: &Finding, who: &str) -> String {
    let Detail::Path(path) = &finding.detail else { return String::new() };
    let steps: Vec<String> = path.iter().map(step).collect();
    let end = match path.last().map(|edge| &edge.to) {
        Some(Reach::Administrator) => "and is administrator",
        Some(Reach::Principal(_)) if finding.related.is_empty() => "and has more than it was given",
        Some(Reach::Principal(_)) => "and has what that one has",
        Some(Reach::More) | None => "and has more than it was given",
    };
    let conditional = path.iter().any(|edge| edge.certainty == Certainty::Conditional);
    let mfa = path.iter().any(|edge| edge.certainty == Certainty::WithMfa);
    let unless = match (conditional, mfa) {
        (true, _) => ", where its conditions on the request hold",
        (false, true) => ", after signing in with MFA",
        (false, false) => "",
    };
    format!("{who} {}{unless} {end}: take the permission away, or limit its resources.", steps.join(", then "))
}

/// A step, as what its taker does.
pub fn step(edge: &Edge) -> String {
    let on = &edge.on;
    match edge.kind {
        EdgeKind::AssumeRole => format!("assumes role `{on}`"),
        EdgeKind::CreatePolicyVersion => format!("writes a new version of its own policy `{on}`"),
        EdgeKind::SetDefaultPolicyVersion => format!("sets an older version of its own policy `{on}`"),
        EdgeKind::PutUserPolicy | EdgeKind::PutRolePolicy => "writes itself an inline policy".to_owned(),
        EdgeKind::PutGroupPolicy => format!("writes an inline policy for its group `{on}`"),
        EdgeKind::AttachUserPolicy | EdgeKind::AttachRolePolicy => "attaches AdministratorAccess to itself".to_owned(),
        EdgeKind::AttachGroupPolicy => format!("attaches AdministratorAccess to its group `{on}`"),
        EdgeKind::AddUserToGroup => format!("adds itself to group `{on}`"),
        EdgeKind::CreateAccessKey => format!("makes an access key for user `{on}`"),
        EdgeKind::CreateLoginProfile => format!("gives user `{on}` a password"),
        EdgeKind::UpdateLoginProfile => format!("sets the password of user `{on}`"),
        EdgeKind::UpdateAssumeRolePolicy => format!("lets itself into role `{on}` by its trust policy"),
        EdgeKind::DeleteBoundary => "lifts its own permissions boundary".to_owned(),
        EdgeKind::PassRoleLambda => format!("runs a function with role `{on}`"),
        EdgeKind::PassRoleEc2 => format!("runs an instance with role `{on}`"),
        EdgeKind::PassRoleCloudFormation => format!("creates a stack with role `{on}`"),
    }
}

/// What a finding is about, as a sentence names it.
pub fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Account => "The account".to_owned(),
        Subject::Root => principal(&PrincipalRef::Root),
        Subject::User(name) => principal(&PrincipalRef::User(name.clone())),
        Subject::Role(name) => principal(&PrincipalRef::Role(name.clone())),
        Subject::Group(name) => format!("Group `{name}`"),
        Subject::Policy(name) => format!("Policy `{name}`"),
        Subject::Provider(name) => format!("Provider `{name}`"),
        Subject::Resource(arn) => format!("`{arn}`"),
    }
}

fn principal(principal: &PrincipalRef) -> String {
    match principal {
        PrincipalRef::Root => "The root user".to_owned(),
        PrincipalRef::User(name) => format!("User `{name}`"),
        PrincipalRef::Role(name) => format!("Role `{name}`"),
        other => format!("The {other}"),
    }
}

fn listed(subjects: &[Subject]) -> String {
    subjects.iter().map(subject).collect::<Vec<_>>().join(", ")
}
