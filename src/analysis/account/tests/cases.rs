//! For every check a world in which it reports and one in which it does not.

use super::*;
use crate::model::{PasswordPolicy, Provider, ProviderKind};
use crate::text::Severity;

const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:work";
const BUCKET: &str = "arn:aws:s3:::example-site";
const ROOT: &str = "arn:aws:iam::123456789012:root";

/// A check with a world that it reports, a world that it does not, the day on which both are looked at, and the severity.
struct Case {
    check: Check,
    severity: Severity,
    on: i64,
    fires: World,
    silent: World,
}

fn cases() -> Vec<Case> {
    [root(), credentials(), users(), policies(), roles(), providers(), resources(), ways()]
        .into_iter()
        .flatten()
        .collect()
}

fn case(check: Check, severity: Severity, on: i64, fires: World, silent: World) -> Case {
    Case { check, severity, on, fires, silent }
}

fn of_root(kind: MfaKind) -> Command {
    device(SignsIn::Root, &format!("{kind:?}"), kind)
}

fn rules(minimum_length: u16, remembered: Option<u8>) -> Command {
    let policy = PasswordPolicy {
        minimum_length,
        upper: false,
        lower: false,
        number: false,
        symbol: false,
        expires_after: None,
        remembered,
        users_may_change: true,
    };
    Command::UpdatePasswordPolicy { policy: Some(policy) }
}

fn root() -> Vec<Case> {
    let root_password = Command::SetRootPassword { password: hash() };
    vec![
        case(
            Check::RootAccessKey,
            Severity::Security,
            0,
            made(&[Command::CreateAccessKey { of: SignsIn::Root }]),
            made(&[]),
        ),
        case(
            Check::RootNoMfa,
            Severity::Security,
            0,
            made(std::slice::from_ref(&root_password)),
            made(&[root_password, of_root(MfaKind::App)]),
        ),
        case(
            Check::RootMfaNotHardware,
            Severity::Suggestion,
            0,
            made(&[of_root(MfaKind::App)]),
            made(&[of_root(MfaKind::App), of_root(MfaKind::HardwareToken)]),
        ),
        case(Check::PasswordPolicyShort, Severity::Warning, 0, made(&[rules(13, None)]), made(&[rules(14, None)])),
        case(
            Check::PasswordPolicyReuse,
            Severity::Suggestion,
            0,
            made(&[rules(14, Some(23))]),
            made(&[rules(14, Some(24))]),
        ),
    ]
}

/// A user whose key was last used on a day.
fn used(on: i64) -> World {
    with_users(made(&[user("ann"), key("ann")]), |user| {
        user.access_keys.iter_mut().for_each(|key| key.last_used = Some(day(on)));
    })
}

fn credentials() -> Vec<Case> {
    let signed_in = |on| {
        let world = made(&[user("ann"), password("ann")]);
        later(world, on, &[Command::RecordSignIn { of: SignsIn::User("ann".into()) }])
    };
    let admin = attach(of_group("admins"), ADMINISTRATOR_ACCESS);
    let member = [user("ann"), group("admins"), admin, join("ann", "admins")];
    let with_device: Vec<_> = member.iter().cloned().chain([app("ann")]).collect();
    let two_keys = |second| later(made(&[user("ann"), key("ann")]), second, &[key("ann")]);
    vec![
        case(
            Check::UserNoMfa,
            Severity::Security,
            0,
            made(&[user("ann"), password("ann")]),
            made(&[user("ann"), password("ann"), app("ann")]),
        ),
        case(Check::AdminUserNoMfa, Severity::Security, 0, made(&member), made(&with_device)),
        case(Check::GroupAdminMemberNoMfa, Severity::Security, 0, made(&member), made(&with_device)),
        case(
            Check::AccessKeyOld,
            Severity::Warning,
            91,
            made(&[user("ann"), key("ann")]),
            later(made(&[user("ann")]), 1, &[key("ann")]),
        ),
        case(Check::AccessKeyUnused, Severity::Warning, 60, used(14), used(15)),
        case(Check::AccessKeyNeverUsed, Severity::Suggestion, 2, made(&[user("ann"), key("ann")]), used(0)),
        case(Check::PasswordUnused, Severity::Warning, 60, signed_in(14), signed_in(15)),
        case(Check::UserTwoActiveKeys, Severity::Warning, 20, two_keys(13), two_keys(14)),
        case(
            Check::UserPasswordAndKey,
            Severity::Suggestion,
            0,
            made(&[user("ann"), password("ann"), key("ann")]),
            made(&[user("ann"), password("ann"), user("bot"), key("bot")]),
        ),
    ]
}

fn users() -> Vec<Case> {
    let read = allow(r#""s3:GetObject""#, r#""*""#);
    let people: Vec<_> = ["a", "b", "c"].iter().flat_map(|name| [user(name), password(name)]).collect();
    let saml = Command::CreateProvider {
        provider: Provider {
            name: "corp".into(),
            kind: ProviderKind::Saml { issuer: "https://idp.example.com".into() },
        },
    };
    let three: Vec<_> = people.iter().cloned().chain([saml]).collect();
    let four: Vec<_> = three.iter().cloned().chain([user("d"), password("d")]).collect();
    vec![
        case(
            Check::UserDirectPolicy,
            Severity::Warning,
            0,
            made(&[user("ann"), inline(of_user("ann"), "Read", &read)]),
            made(&[user("ann"), group("readers"), inline(of_group("readers"), "Read", &read), join("ann", "readers")]),
        ),
        case(
            Check::UserWithoutPermissions,
            Severity::Suggestion,
            0,
            made(&[user("ann")]),
            made(&[user("ann"), role("r", &trust(r#"{"AWS":"arn:aws:iam::123456789012:user/ann"}"#, ""))]),
        ),
        case(Check::UserInsteadOfFederation, Severity::Suggestion, 0, made(&four), made(&three)),
        case(
            Check::GroupEmpty,
            Severity::Suggestion,
            0,
            made(&[group("readers"), inline(of_group("readers"), "Read", &read)]),
            made(&[group("readers"), user("ann"), join("ann", "readers")]),
        ),
    ]
}

fn policies() -> Vec<Case> {
    let read = allow(r#""s3:GetObject""#, r#""*""#);
    let other = allow(r#""s3:GetObject""#, r#""arn:aws:s3:::x/*""#);
    let with = |count: usize| {
        let versions = std::iter::repeat_n(version("P", &read), count - 1);
        made(&[policy("P", &read)].into_iter().chain(versions).collect::<Vec<_>>())
    };
    let pass = |condition: &str| {
        statements(&format!(
            r#"{{"Effect":"Allow","Action":["ec2:RunInstances","iam:passrole"],"Resource":"*"{condition}}}"#
        ))
    };
    let to_ec2 = r#","Condition":{"StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"}}"#;
    vec![
        case(
            Check::InlinePolicy,
            Severity::Suggestion,
            0,
            made(&[
                group("a"),
                role("r", TRUST_EC2),
                inline(of_group("a"), "Read", &read),
                inline(of_role("r"), "R", &read),
            ]),
            made(&[
                group("a"),
                role("r", TRUST_EC2),
                inline(of_group("a"), "Read", &read),
                inline(of_role("r"), "R", &other),
            ]),
        ),
        case(
            Check::PolicyUnattached,
            Severity::Suggestion,
            0,
            made(&[policy("P", &read), version("P", &read)]),
            made(&[
                policy("P", &read),
                user("ann"),
                Command::PutPermissionsBoundary { holder: of_user("ann"), arn: own("P").into() },
            ]),
        ),
        case(Check::PolicyVersionsFull, Severity::Suggestion, 0, with(5), with(4)),
        case(
            Check::FullAdminAttached,
            Severity::Security,
            0,
            made(&[group("a"), policy("Everything", ALL), attach(of_group("a"), &own("Everything"))]),
            made(&[
                group("a"),
                role("r", TRUST_EC2),
                attach(of_group("a"), ADMINISTRATOR_ACCESS),
                attach(of_role("r"), ADMINISTRATOR_ACCESS),
            ]),
        ),
        case(
            Check::FullAdminAttached,
            Severity::Security,
            0,
            made(&[user("ann"), attach(of_user("ann"), ADMINISTRATOR_ACCESS)]),
            made(&[user("ann"), policy("S3", &allow(r#""s3:*""#, r#""*""#)), attach(of_user("ann"), &own("S3"))]),
        ),
        case(
            Check::PassRoleStar,
            Severity::Security,
            0,
            made(&[policy("Launch", &pass(""))]),
            made(&[policy("Launch", &pass(to_ec2))]),
        ),
    ]
}

fn roles() -> Vec<Case> {
    let outside = r#"{"AWS":"arn:aws:iam::999999999999:root"}"#;
    let external = r#""StringEquals":{"sts:ExternalId":"f3a1"}"#;
    let one = |trust: &str| made(&[role("r", trust)]);
    let profile = Command::CreateInstanceProfile { name: "p".into(), path: "/".into() };
    let fill = Command::AddRoleToInstanceProfile { profile: "p".into(), role: "r".into() };
    let ann = r#"{"AWS":"arn:aws:iam::123456789012:user/ann"}"#;
    vec![
        case(
            Check::TrustAnyPrincipal,
            Severity::Security,
            0,
            one(&trust(r#"{"AWS":"*"}"#, "")),
            one(&trust(r#"{"AWS":"*"}"#, r#""StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}"#)),
        ),
        case(
            Check::TrustAccountRoot,
            Severity::Suggestion,
            0,
            one(&trust(&format!(r#"{{"AWS":"{ROOT}"}}"#), "")),
            made(&[user("ann"), role("r", &trust(ann, ""))]),
        ),
        case(
            Check::TrustMissingExternalId,
            Severity::Security,
            0,
            one(&trust(outside, "")),
            one(&trust(outside, external)),
        ),
        case(
            Check::TrustMissingExternalId,
            Severity::Warning,
            0,
            one(&trust(outside, r#""StringLike":{"sts:ExternalId":"*"}"#)),
            one(&trust(outside, r#""Bool":{"aws:MultiFactorAuthPresent":"true"}"#)),
        ),
        case(
            Check::RoleUnassumable,
            Severity::Warning,
            0,
            one(&trust(ann, "")),
            made(&[user("ann"), role("r", &trust(ann, ""))]),
        ),
        // ACCT-50: the account is trusted, and nobody in it is allowed to make use of that.
        case(
            Check::RoleUnassumable,
            Severity::Warning,
            0,
            made(&[user("ann"), role("r", &trust(&format!(r#"{{"AWS":"{ROOT}"}}"#), ""))]),
            made(&[
                user("ann"),
                inline(of_user("ann"), "Assume", &allow(r#""sts:AssumeRole""#, r#""*""#)),
                role("r", &trust(&format!(r#"{{"AWS":"{ROOT}"}}"#), r#""StringEquals":{"sts:ExternalId":"f3a1"}"#)),
            ]),
        ),
        case(
            Check::RoleMissingInstanceProfile,
            Severity::Suggestion,
            0,
            one(TRUST_EC2),
            made(&[role("r", TRUST_EC2), profile, fill]),
        ),
        case(
            Check::ServicePrincipalOpen,
            Severity::Warning,
            0,
            one(&trust(
                r#"{"Service":["redshift.amazonaws.com"]}"#,
                r#""StringEqualsIfExists":{"aws:SourceAccount":"123456789012"}"#,
            )),
            one(&trust(
                r#"{"Service":["redshift.amazonaws.com"]}"#,
                r#""StringLike":{"aws:SourceAccount":"123456789012"}"#,
            )),
        ),
    ]
}

fn providers() -> Vec<Case> {
    let oidc = |name: &str| Command::CreateProvider {
        provider: Provider { name: name.into(), kind: ProviderKind::Oidc { audiences: vec!["app".into()] } },
    };
    let web = |provider: &str, condition: &str| {
        statements(&format!(
            r#"{{"Effect":"Allow","Principal":{{"Federated":"{provider}"}},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{{{condition}}}}}"#
        ))
    };
    let own = web(
        "arn:aws:iam::123456789012:oidc-provider/idp.example.com",
        r#""StringEquals":{"idp.example.com:aud":"app"}"#,
    );
    let with_app = web("www.amazon.com", r#""StringEquals":{"www.amazon.com:app_id":"amzn1.application.EXAMPLE"}"#);
    let used = made(&[oidc("idp.example.com"), role("r", &own)]);
    vec![
        case(Check::ProviderUnused, Severity::Suggestion, 0, made(&[oidc("idp.example.com")]), used.clone()),
        case(Check::ProviderMissing, Severity::Warning, 0, made(&[role("r", &own)]), used.clone()),
        case(Check::RoleUnassumable, Severity::Warning, 0, made(&[role("r", &own)]), used),
        case(
            Check::WebIdentityAudMissing,
            Severity::Security,
            0,
            made(&[role("r", &web("www.amazon.com", ""))]),
            made(&[role("r", &with_app)]),
        ),
    ]
}

fn resources() -> Vec<Case> {
    let of_bucket = |rest: &str| {
        let text =
            statements(&format!(r#"{{"Effect":"Allow","Action":"s3:GetObject","Resource":"{BUCKET}/*",{rest}}}"#));
        made(&[resource(BUCKET, ResourceKind::Bucket, Some(&text))])
    };
    let of_key = |principal: &str| {
        let text = statements(&format!(
            r#"{{"Effect":"Allow","Action":"kms:*","Resource":"*","Principal":{{"AWS":"{principal}"}}}}"#
        ));
        made(&[user("ann"), resource(KEY, ResourceKind::Key, Some(&text))])
    };
    let of_queue = |condition: &str| {
        let text = statements(&format!(
            r#"{{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"{QUEUE}","Principal":{{"Service":"sns.amazonaws.com"}},"Condition":{{{condition}}}}}"#
        ));
        made(&[resource(QUEUE, ResourceKind::Queue, Some(&text))])
    };
    let everyone = r#""Principal":"*""#;
    let of_organization = r#""Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}"#;
    // AWS: any account, as long as it signs.
    let signed = r#""Principal":{"AWS":"*"},"Condition":{"StringEquals":{"aws:PrincipalType":"User"}}"#;
    let of_office = r#""Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}"#;
    let limited = r#""ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:123456789012:news"}"#;
    vec![
        case(Check::ResourcePublic, Severity::Security, 0, of_bucket(everyone), of_bucket(of_organization)),
        case(Check::ResourcePublic, Severity::Security, 0, of_bucket(signed), of_bucket(of_office)),
        case(
            Check::KmsKeyRootMissing,
            Severity::Warning,
            0,
            of_key("arn:aws:iam::123456789012:user/ann"),
            of_key(ROOT),
        ),
        case(Check::ServicePrincipalOpen, Severity::Security, 0, of_queue(""), of_queue(limited)),
    ]
}

fn ways() -> Vec<Case> {
    let bounded = |boundary: &str| {
        let bound = Command::PutPermissionsBoundary { holder: of_user("ann"), arn: own("Boundary").into() };
        made(&[user("ann"), policy("Boundary", boundary), bound, inline(of_user("ann"), "All", ALL)])
    };
    let lifting = allow(r#"["s3:*","iam:DeleteUserPermissionsBoundary"]"#, r#""*""#);
    let put = |on: &str| {
        made(&[user("ann"), inline(of_user("ann"), "Put", &allow(r#""iam:PutUserPolicy""#, &format!(r#""{on}""#)))])
    };
    vec![
        case(
            Check::BoundaryRemovable,
            Severity::Security,
            0,
            bounded(&lifting),
            bounded(&allow(r#""s3:*""#, r#""*""#)),
        ),
        case(Check::PrivilegeEscalation, Severity::Security, 0, put("*"), put("arn:aws:iam::123456789012:user/bob")),
    ]
}

#[test]
fn every_check_has_a_case() {
    let cases = cases();
    for check in Check::ALL {
        assert!(cases.iter().any(|case| case.check == *check), "{check}");
    }
}

#[test]
fn checks_report_where_they_should() {
    for case in cases() {
        let severities: Vec<_> =
            found_by(&case.fires, case.on, case.check).into_iter().map(|finding| finding.severity).collect();
        assert!(severities.contains(&case.severity), "{}: {severities:?}", case.check);
    }
}

#[test]
fn checks_are_silent_where_they_should_be() {
    for case in cases() {
        assert_eq!(found_by(&case.silent, case.on, case.check), [], "{}", case.check);
    }
}

#[test]
fn what_is_offered_mends_and_otherwise_there_is_a_reason() {
    for case in cases() {
        for finding in found(&case.fires, case.on) {
            if finding.fix.is_empty() {
                assert!(words::why_no_fix(&finding).is_some_and(|why| !why.contains("without knowing")), "{finding:?}");
                continue;
            }
            let after = found(&mended(&case.fires, case.on, &finding), case.on);
            let same = |other: &Finding| {
                (other.code, &other.subject, &other.detail) == (finding.code, &finding.subject, &finding.detail)
            };
            assert!(!after.iter().any(same), "{} is still there", finding.code);
        }
    }
}

#[test]
fn moving_policies_to_a_group_keeps_what_a_user_may_do() {
    let world = made(&[user("ann"), attach(of_user("ann"), ADMINISTRATOR_ACCESS), inline(of_user("ann"), "All", ALL)]);
    let finding = found_by(&world, 0, Check::UserDirectPolicy).remove(0);
    let after = mended(&world, 0, &finding);
    assert_eq!(found_by(&after, 0, Check::AdminUserNoMfa).len(), 1);
}

#[test]
fn every_finding_is_one_sentence() {
    for case in cases() {
        for finding in found(&case.fires, case.on) {
            let sentence = words::sentence(&finding);
            let fits = sentence.ends_with('.') && !sentence.contains('\n') && !sentence.contains("``");
            assert!(fits && sentence.len() > 40, "{sentence}");
        }
    }
}

#[test]
fn codes_are_the_ids_of_the_specification() {
    assert!(Check::ALL.iter().all(|check| check.as_str().starts_with("account/")));
    assert_eq!(Check::ServicePrincipalOpen.to_string(), "account/restrict-access-to-service-principal");
}

#[test]
fn services_without_a_source_are_left_alone() {
    for service in ["ec2.amazonaws.com", "edgelambda.amazonaws.com", "lambda.amazonaws.com"] {
        let world = made(&[role("r", &trust(&format!(r#"{{"Service":"{service}"}}"#), ""))]);
        assert_eq!(found_by(&world, 0, Check::ServicePrincipalOpen), [], "{service}");
    }
}

#[test]
fn a_source_is_taken_from_the_world_where_there_is_one() {
    let cluster = resource("arn:aws:redshift:us-east-1:123456789012:cluster:sales", ResourceKind::Cluster, None);
    let world = made(&[cluster, role("r", &trust(r#"{"Service":"redshift.amazonaws.com"}"#, ""))]);
    let fix = found_by(&world, 0, Check::ServicePrincipalOpen).remove(0).fix;
    let [Command::UpdateAssumeRolePolicy { text, .. }] = fix.as_slice() else { panic!("{fix:?}") };
    assert!(text.contains("arn:aws:redshift:us-east-1:123456789012:cluster:sales"), "{text}");
}

#[test]
fn accounts_of_the_world_need_no_external_id() {
    let id = AccountId::parse("999999999999").expect("an account id");
    let mut world = made(&[role("r", &trust(r#"{"AWS":"999999999999"}"#, ""))]);
    assert_eq!(found_by(&world, 0, Check::TrustMissingExternalId).len(), 1);
    world.accounts.insert(id.clone(), example::empty_account(id, "Other", "other@example.com").into());
    assert_eq!(found_by(&world, 0, Check::TrustMissingExternalId), []);
}
