//! Ways to more privilege: every edge, the traps of ACCT §7.6, severities and what is left out.

use super::*;
use crate::text::Severity;

const EVE: &str = "arn:aws:iam::123456789012:user/eve";

/// Eve with a policy, in a group of her own; Ann who is administrator with MFA; Boss, a role of administrators that nobody
/// can assume.
fn base(eve: &str) -> Vec<Command> {
    vec![
        group("admins"),
        attach(of_group("admins"), ADMINISTRATOR_ACCESS),
        user("ann"),
        app("ann"),
        join("ann", "admins"),
        group("team"),
        user("eve"),
        join("eve", "team"),
        inline(of_group("team"), "Team", eve),
        boss(r#"{"Service":"glue.amazonaws.com"}"#),
        attach(of_role("boss"), ADMINISTRATOR_ACCESS),
    ]
}

fn boss(principal: &str) -> Command {
    role("boss", &trust(principal, ""))
}

fn trusting(principal: &str) -> Command {
    Command::UpdateAssumeRolePolicy { role: "boss".into(), text: trust(principal, "").into() }
}

fn with(eve: &str, more: &[Command]) -> World {
    later(made(&base(eve)), 0, more)
}

/// The ways of one start, each with its severity.
fn ways_of(world: &World, start: &Subject) -> Vec<(Severity, Vec<&'static str>)> {
    let found = found_by(world, 0, Check::PrivilegeEscalation).into_iter();
    let of_start = found.filter(|finding| finding.subject == *start);
    of_start
        .map(|finding| {
            let Detail::Path(path) = &finding.detail else { panic!("a path") };
            assert!(!finding.because.is_empty(), "every way has its statements");
            (finding.severity, path.iter().map(|edge| edge.kind.as_str()).collect())
        })
        .collect()
}

fn ways(world: &World) -> Vec<(Severity, Vec<&'static str>)> {
    ways_of(world, &Subject::User("eve".into()))
}

#[track_caller]
fn leads(world: &World, edge: &'static str) {
    assert_eq!(ways(world), [(Severity::Security, vec![edge])]);
}

#[track_caller]
fn leads_nowhere(world: &World) {
    assert_eq!(ways(world), []);
}

const NOTHING: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#;

#[test]
fn assume_role() {
    let named = trusting(&format!(r#"{{"AWS":"{EVE}"}}"#));
    leads(&with(NOTHING, &[named]), "assume-role");
    let account = trusting(r#"{"AWS":"123456789012"}"#);
    leads_nowhere(&with(NOTHING, std::slice::from_ref(&account)));
    leads(&with(&allow(r#""sts:AssumeRole""#, r#""*""#), &[account]), "assume-role");
}

#[test]
fn create_policy_version() {
    let text = allow(r#""iam:CreatePolicyVersion""#, &format!(r#""{}""#, own("P")));
    let attached = [policy("P", &text), attach(of_group("team"), &own("P"))];
    leads(&with(NOTHING, &attached), "create-policy-version");
    let full: Vec<_> = attached.iter().cloned().chain(std::iter::repeat_n(version("P", NOTHING), 4)).collect();
    leads_nowhere(&with(NOTHING, &full));
    leads(&with(&allow(r#""iam:DeletePolicyVersion""#, r#""*""#), &full), "create-policy-version");
    let unattached = [policy("P", NOTHING)];
    leads_nowhere(&with(&text, &unattached));
}

#[test]
fn set_default_policy_version() {
    let text = allow(r#""iam:SetDefaultPolicyVersion""#, &format!(r#""{}""#, own("P")));
    let attached = |other: &str| [policy("P", &text), version("P", other), attach(of_user("eve"), &own("P"))];
    leads(&with(NOTHING, &attached(ALL)), "set-default-policy-version");
    leads_nowhere(&with(NOTHING, &attached(NOTHING)));
}

#[test]
fn policies_for_itself() {
    let cases = [
        ("put-user-policy", "iam:PutUserPolicy", "user/eve", "user/ann"),
        ("attach-user-policy", "iam:AttachUserPolicy", "user/eve", "user/ann"),
        ("put-group-policy", "iam:PutGroupPolicy", "group/team", "group/others"),
        ("attach-group-policy", "iam:AttachGroupPolicy", "group/team", "group/others"),
    ];
    for (edge, action, own, other) in cases {
        let on = |what| allow(&format!(r#""{action}""#), &format!(r#""arn:aws:iam::123456789012:{what}""#));
        leads(&with(&on(own), &[]), edge);
        leads_nowhere(&with(&on(other), &[]));
    }
}

#[test]
fn attaching_weak_policies_only_leads_nowhere() {
    let text = statements(
        r#"{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*","Condition":{"ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}}"#,
    );
    leads_nowhere(&with(&text, &[]));
}

#[test]
fn policies_of_its_own_role() {
    for (edge, action) in [("put-role-policy", "iam:PutRolePolicy"), ("attach-role-policy", "iam:AttachRolePolicy")] {
        let on = |name: &str| {
            let text = allow(&format!(r#""{action}""#), &format!(r#""arn:aws:iam::123456789012:role/{name}""#));
            with(NOTHING, &[role("worker", TRUST_EC2), inline(of_role("worker"), "Own", &text)])
        };
        let worker = Subject::Role("worker".into());
        assert_eq!(ways_of(&on("worker"), &worker), [(Severity::Security, vec![edge])]);
        assert_eq!(ways_of(&on("boss"), &worker), []);
    }
}

#[test]
fn add_user_to_group() {
    let to = |name: &str| allow(r#""iam:AddUserToGroup""#, &format!(r#""arn:aws:iam::123456789012:group/{name}""#));
    leads(&with(&to("admins"), &[]), "add-user-to-group");
    leads_nowhere(&with(&to("weak"), &[group("weak"), inline(of_group("weak"), "Weak", NOTHING)]));
}

#[test]
fn create_access_key() {
    let text = allow(r#""iam:CreateAccessKey""#, r#""arn:aws:iam::123456789012:user/ann""#);
    leads(&with(&text, &[]), "create-access-key");
    leads_nowhere(&with(&text, &[key("ann"), key("ann")]));
}

#[test]
fn login_profiles() {
    let on_ann = |action: &str| allow(&format!(r#""{action}""#), r#""arn:aws:iam::123456789012:user/ann""#);
    let (create, update) = (on_ann("iam:CreateLoginProfile"), on_ann("iam:UpdateLoginProfile"));
    leads(&with(&create, &[]), "create-login-profile");
    leads_nowhere(&with(&create, &[password("ann")]));
    let without = Command::DeactivateMfaDevice { of: SignsIn::User("ann".into()), name: "ann-app".into() };
    leads(&with(&update, &[password("ann"), without]), "update-login-profile");
    leads_nowhere(&with(&update, &[password("ann")]));
}

#[test]
fn update_assume_role_policy() {
    let on =
        |name: &str| allow(r#""iam:UpdateAssumeRolePolicy""#, &format!(r#""arn:aws:iam::123456789012:role/{name}""#));
    leads(&with(&on("boss"), &[]), "update-assume-role-policy");
    leads_nowhere(&with(&on("other"), &[]));
    let denied = statements(
        r#"{"Effect":"Allow","Action":"iam:UpdateAssumeRolePolicy","Resource":"*"},{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}"#,
    );
    leads_nowhere(&with(&denied, &[]));
}

#[test]
fn delete_boundary() {
    let bounded = |actions: &str| {
        let bound = Command::PutPermissionsBoundary { holder: of_user("eve"), arn: own("Boundary").into() };
        let boundary = policy("Boundary", &allow(actions, r#""*""#));
        with(ALL, &[boundary, bound])
    };
    leads(&bounded(r#"["s3:*","iam:DeleteUserPermissionsBoundary"]"#), "delete-boundary");
    leads_nowhere(&bounded(r#""s3:*""#));
}

#[test]
fn a_boundary_stops_those_who_write_their_own_policies() {
    let bound = Command::PutPermissionsBoundary { holder: of_user("eve"), arn: own("Boundary").into() };
    let boundary = policy("Boundary", &allow(r#"["s3:ListAllMyBuckets","iam:PutUserPolicy"]"#, r#""*""#));
    leads_nowhere(&with(&allow(r#""iam:PutUserPolicy""#, r#""*""#), &[boundary, bound]));
}

#[test]
fn pass_role() {
    let cases = [
        ("pass-role-lambda", "lambda.amazonaws.com", r#""lambda:CreateFunction","lambda:InvokeFunction""#),
        ("pass-role-lambda", "lambda.amazonaws.com", r#""lambda:CreateFunction","lambda:AddPermission""#),
        (
            "pass-role-ec2",
            "ec2.amazonaws.com",
            r#""ec2:RunInstances","iam:CreateInstanceProfile","iam:AddRoleToInstanceProfile""#,
        ),
        ("pass-role-cloudformation", "cloudformation.amazonaws.com", r#""cloudformation:CreateStack""#),
    ];
    for (edge, service, actions) in cases {
        let text = allow(&format!(r#"["iam:PassRole",{actions}]"#), r#""*""#);
        let trusts = trusting(&format!(r#"{{"Service":"{service}"}}"#));
        leads(&with(&text, std::slice::from_ref(&trusts)), edge);
        // A role that does not trust the service, and a caller who may not pass it.
        leads_nowhere(&with(&text, &[]));
        leads_nowhere(&with(&allow(&format!("[{actions}]"), r#""*""#), &[trusts]));
    }
}

#[test]
fn a_launch_needs_an_instance_profile() {
    let text = allow(r#"["iam:PassRole","ec2:RunInstances"]"#, r#""*""#);
    let trusts = trusting(r#"{"Service":"ec2.amazonaws.com"}"#);
    let profile = Command::CreateInstanceProfile { name: "boss".into(), path: "/".into() };
    let fill = Command::AddRoleToInstanceProfile { profile: "boss".into(), role: "boss".into() };
    leads_nowhere(&with(&text, std::slice::from_ref(&trusts)));
    leads(&with(&text, &[trusts, profile, fill]), "pass-role-ec2");
}

// ACCT §7.6: what tools take for a way that skip Deny, resources and conditions.

#[test]
fn trap_deny_in_the_same_policy() {
    leads_nowhere(&with(
        &statements(
            r#"{"Effect":"Allow","Action":"iam:*","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}"#,
        ),
        &[],
    ));
}

#[test]
fn trap_deny_in_another_policy() {
    let deny = policy("Deny", &statements(r#"{"Effect":"Deny","Action":"iam:Put*","Resource":"*"}"#));
    let put = allow(r#""iam:PutUserPolicy""#, r#""*""#);
    leads_nowhere(&with(&put, &[deny, attach(of_user("eve"), &own("Deny"))]));
}

#[test]
fn trap_deny_of_all_but_some() {
    leads_nowhere(&with(
        &statements(
            r#"{"Effect":"Allow","Action":"iam:AttachUserPolicy","Resource":"*"},{"Effect":"Deny","NotAction":["s3:*","ec2:*"],"Resource":"*"}"#,
        ),
        &[],
    ));
}

#[test]
fn trap_resource_that_is_no_use() {
    leads_nowhere(&with(&allow(r#""iam:CreateAccessKey""#, r#""arn:aws:iam::123456789012:user/nobody*""#), &[]));
}

#[test]
fn trap_condition_that_never_holds() {
    leads_nowhere(&with(
        &statements(
            r#"{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"security"}}}"#,
        ),
        &[],
    ));
}

// And what a strict reader misses.

#[test]
fn trap_split_over_policies() {
    let pass = policy("Pass", &allow(r#""iam:PassRole""#, r#""*""#));
    let create = allow(r#""lambda:CreateFunction""#, r#""*""#);
    let invoke = inline(of_user("eve"), "Invoke", &allow(r#""lambda:InvokeFunction""#, r#""*""#));
    let trusts = trusting(r#"{"Service":"lambda.amazonaws.com"}"#);
    leads(&with(&create, &[pass, attach(of_user("eve"), &own("Pass")), invoke, trusts]), "pass-role-lambda");
}

#[test]
fn trap_resource_that_leaves_room() {
    let text = statements(
        r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/b*"},{"Effect":"Allow","Action":"lambda:*","Resource":"arn:aws:lambda:eu-west-1:123456789012:function:team-*"}"#,
    );
    leads(&with(&text, &[trusting(r#"{"Service":"lambda.amazonaws.com"}"#)]), "pass-role-lambda");
}

#[test]
fn trap_condition_that_can_be_met() {
    let text = statements(
        r#"{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}},{"Effect":"Allow","Action":["lambda:CreateFunction","lambda:InvokeFunction"],"Resource":"*"}"#,
    );
    leads(&with(&text, &[trusting(r#"{"Service":"lambda.amazonaws.com"}"#)]), "pass-role-lambda");
}

#[test]
fn trap_not_action() {
    let text = statements(
        r#"{"Effect":"Allow","NotAction":["s3:*","iam:CreateAccess*","iam:*Login*","iam:*Group*","iam:Attach*","iam:Update*"],"Resource":"*"}"#,
    );
    leads(&with(&text, &[]), "put-user-policy");
}

// Severities, assumptions and limits.

#[test]
fn a_way_that_needs_luck_is_one_class_lower() {
    let text = statements(
        r#"{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}"#,
    );
    let world = with(&text, &[]);
    assert_eq!(ways(&world), [(Severity::Warning, vec!["put-user-policy"])]);
    let finding = found_by(&world, 0, Check::PrivilegeEscalation).remove(0);
    assert!(words::sentence(&finding).contains("where its conditions on the request hold"));
}

#[test]
fn a_way_with_mfa_is_marked_and_as_grave() {
    let text = statements(
        r#"{"Effect":"Allow","Action":"iam:PutUserPolicy","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
    );
    let world = with(&text, &[]);
    leads(&world, "put-user-policy");
    let finding = found_by(&world, 0, Check::PrivilegeEscalation).remove(0);
    let Detail::Path(path) = &finding.detail else { panic!("a path") };
    assert_eq!(path[0].certainty, Certainty::WithMfa);
    // She has no device, so she cannot become administrator as things are.
    assert_eq!(found_by(&world, 0, Check::AdminUserNoMfa), []);
}

#[test]
fn a_way_to_somebody_with_more_is_a_warning() {
    let text = allow(r#""iam:CreateAccessKey""#, r#""arn:aws:iam::123456789012:user/bob""#);
    let read = inline(of_user("bob"), "Read", &allow(r#""secretsmanager:GetSecretValue""#, r#""*""#));
    let world = with(&text, &[user("bob"), read]);
    assert_eq!(ways(&world), [(Severity::Warning, vec!["create-access-key"])]);
    leads_nowhere(&with(&text, &[user("bob"), inline(of_user("bob"), "List", NOTHING)]));
}

#[test]
fn the_shortest_ways_are_reported_and_three_at_most() {
    let many = with(&allow(r#""iam:*""#, r#""*""#), &[]);
    let ways = ways(&many);
    assert_eq!(ways.len(), 3);
    assert!(ways.iter().all(|(severity, path)| *severity == Severity::Security && path.len() == 1));
}

#[test]
fn ways_have_several_steps_and_never_lead_on_from_administrators() {
    let worker = role("worker", &trust(&format!(r#"{{"AWS":"{EVE}"}}"#), ""));
    let of_worker = inline(
        of_role("worker"),
        "Keys",
        &allow(r#""iam:CreateAccessKey""#, r#""arn:aws:iam::123456789012:user/ann""#),
    );
    let world = with(NOTHING, &[worker, of_worker]);
    assert_eq!(ways(&world), [(Severity::Security, vec!["assume-role", "create-access-key"])]);
    assert_eq!(ways_of(&world, &Subject::User("ann".into())), []);
    assert_eq!(ways_of(&world, &Subject::Role("boss".into())), []);
}

#[test]
fn who_can_make_itself_administrator_needs_mfa_too() {
    let world = with(&allow(r#""iam:PutUserPolicy""#, r#""*""#), &[]);
    let found = found_by(&world, 0, Check::AdminUserNoMfa);
    assert_eq!(found.iter().map(|finding| &finding.subject).collect::<Vec<_>>(), [&Subject::User("eve".into())]);
}
