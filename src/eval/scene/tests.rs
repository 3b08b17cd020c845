//! The presence matrix (KEY-80…99), column by column.

use super::*;
use crate::eval::ContextValue;

const ISSUED: &str = "2026-11-24T11:00:00Z";

fn scene(caller: Caller) -> Scene {
    Scene {
        caller,
        caller_organization: Some(Organization { id: "o-1".into(), path: "o-1/r-1/".into() }),
        network: Network::Internet { ip: "203.0.113.10".into() },
        called_via: Vec::new(),
        call: Call {
            time: "2026-11-24T12:00:00Z".into(),
            region: "us-east-1".into(),
            secure: true,
            user_agent: "cli".into(),
            tags: Tags::new(),
            parameters: Vec::new(),
        },
        resource: None,
    }
}

/// The value of a key, a list joined by commas.
fn value(scene: &Scene, name: &str) -> Option<String> {
    let key = keys(scene).into_iter().find(|key| key.name == name)?;
    Some(match key.value {
        ContextValue::One(text) => text,
        ContextValue::Many(list) => format!("[{}]", list.join(",")),
    })
}

#[track_caller]
fn check(scene: &Scene, expected: &[(&str, Option<&str>)]) {
    for (name, expected) in expected {
        assert_eq!(value(scene, name).as_deref(), *expected, "{name}");
    }
}

fn user(credentials: Credentials) -> Scene {
    scene(Caller::User {
        account: AccountId::example(),
        arn: "arn:aws:iam::123456789012:user/dev/ann".into(),
        name: "ann".into(),
        id: "AIDA1".into(),
        tags: Tags::from([("team".into(), "red".into())]),
        credentials,
    })
}

fn session(through: Through) -> Scene {
    scene(Caller::RoleSession(RoleSession {
        account: AccountId::example(),
        role: "arn:aws:iam::123456789012:role/eng/app".into(),
        role_id: "AROA1".into(),
        name: "s1".into(),
        tags: Tags::new(),
        source_identity: Some("ann".into()),
        issued: ISSUED.into(),
        through,
    }))
}

#[test]
fn a_user_with_keys() {
    check(
        &user(Credentials::Keys),
        &[
            ("aws:PrincipalArn", Some("arn:aws:iam::123456789012:user/dev/ann")),
            ("aws:PrincipalAccount", Some("123456789012")),
            ("aws:PrincipalOrgID", Some("o-1")),
            ("aws:PrincipalOrgPaths", Some("[o-1/r-1/]")),
            ("aws:PrincipalTag/team", Some("red")),
            ("aws:username", Some("ann")),
            ("aws:userid", Some("AIDA1")),
            ("aws:PrincipalType", Some("User")),
            ("aws:PrincipalIsAWSService", Some("false")),
            ("aws:MultiFactorAuthPresent", None),
            ("aws:MultiFactorAuthAge", None),
            ("aws:TokenIssueTime", None),
            ("aws:SourceIp", Some("203.0.113.10")),
            ("aws:CurrentTime", Some("2026-11-24T12:00:00Z")),
            ("aws:EpochTime", Some("1795521600")),
            ("aws:ViaAWSService", Some("false")),
            ("aws:CalledVia", None),
            ("aws:TagKeys", None),
            ("aws:ResourceAccount", None),
        ],
    );
}

#[test]
fn mfa_is_true_false_or_absent() {
    let token = |mfa_age| user(Credentials::SessionToken { issued: ISSUED.into(), mfa_age });
    check(&token(None), &[("aws:MultiFactorAuthPresent", Some("false")), ("aws:MultiFactorAuthAge", None)]);
    check(&token(Some(60)), &[("aws:MultiFactorAuthPresent", Some("true")), ("aws:MultiFactorAuthAge", Some("60"))]);
    check(
        &user(Credentials::Console { issued: ISSUED.into(), mfa_age: None }),
        &[("aws:MultiFactorAuthPresent", Some("false")), ("aws:TokenIssueTime", Some(ISSUED))],
    );
    check(&session(Through::AssumeRole), &[("aws:MultiFactorAuthPresent", None)]);
}

#[test]
fn a_role_session() {
    check(
        &session(Through::AssumeRole),
        &[
            ("aws:PrincipalArn", Some("arn:aws:iam::123456789012:role/eng/app")),
            ("aws:userid", Some("AROA1:s1")),
            ("aws:PrincipalType", Some("AssumedRole")),
            ("aws:username", None),
            ("aws:SourceIdentity", Some("ann")),
            ("aws:TokenIssueTime", Some(ISSUED)),
            ("aws:FederatedProvider", None),
        ],
    );
}

#[test]
fn sessions_keep_some_keys_of_their_provider() {
    let google = Through::WebIdentity {
        provider: "accounts.google.com".into(),
        prefix: "accounts.google.com".into(),
        audience: "123.apps".into(),
        subject: "104".into(),
        methods: Vec::new(),
    };
    check(
        &session(google),
        &[
            ("aws:FederatedProvider", Some("accounts.google.com")),
            ("accounts.google.com:aud", Some("123.apps")),
            ("accounts.google.com:sub", Some("104")),
            ("accounts.google.com:amr", None),
            ("saml:sub", None),
        ],
    );
    let saml = Through::Saml { name_qualifier: "q".into(), subject: "ann".into(), subject_type: "persistent".into() };
    check(
        &session(saml),
        &[("saml:sub", Some("ann")), ("saml:sub_type", Some("persistent")), ("aws:FederatedProvider", None)],
    );
    let ec2 = Through::Ec2 {
        instance: "arn:aws:ec2:us-east-1:123456789012:instance/i-1".into(),
        vpc: "vpc-1".into(),
        private_ip: "10.0.0.4".into(),
        delivery: "2.0".into(),
    };
    check(&session(ec2), &[("ec2:RoleDelivery", Some("2.0")), ("aws:Ec2InstanceSourceVpc", Some("vpc-1"))]);
}

#[test]
fn root_federated_service_and_anonymous() {
    let root = scene(Caller::Root { account: AccountId::example(), credentials: Credentials::Keys });
    check(
        &root,
        &[
            ("aws:PrincipalArn", Some("arn:aws:iam::123456789012:root")),
            ("aws:PrincipalType", Some("Account")),
            ("aws:userid", Some("123456789012")),
            ("aws:username", None),
        ],
    );
    let federated = scene(Caller::FederatedUser {
        account: AccountId::example(),
        name: "bob".into(),
        tags: Tags::new(),
        issued: ISSUED.into(),
    });
    check(
        &federated,
        &[
            ("aws:PrincipalArn", Some("arn:aws:sts::123456789012:federated-user/bob")),
            ("aws:userid", Some("123456789012:bob")),
            ("aws:MultiFactorAuthPresent", None),
        ],
    );
    let source = Source { arn: "arn:aws:s3:::photos".into(), account: AccountId::example(), organization: None };
    let service = scene(Caller::Service { names: vec!["cloudtrail.amazonaws.com".into()], source: Some(source) });
    check(
        &service,
        &[
            ("aws:PrincipalIsAWSService", Some("true")),
            ("aws:PrincipalServiceName", Some("cloudtrail.amazonaws.com")),
            ("aws:PrincipalServiceNamesList", Some("[cloudtrail.amazonaws.com]")),
            ("aws:SourceArn", Some("arn:aws:s3:::photos")),
            ("aws:SourceOrgID", None),
            ("aws:PrincipalArn", None),
            ("aws:PrincipalOrgID", None),
            ("aws:SourceIp", None),
        ],
    );
    check(
        &scene(Caller::Anonymous),
        &[
            ("aws:PrincipalAccount", Some("anonymous")),
            ("aws:PrincipalArn", None),
            ("aws:PrincipalIsAWSService", None),
            ("aws:SourceIp", Some("203.0.113.10")),
        ],
    );
}

#[test]
fn an_endpoint_takes_the_place_of_the_public_address() {
    let network = Network::Endpoint { vpc: "vpc-1".into(), endpoint: "vpce-1".into(), private_ip: "10.0.0.4".into() };
    let direct = Scene { network, ..user(Credentials::Keys) };
    check(
        &direct,
        &[
            ("aws:SourceIp", None),
            ("aws:SourceVpc", Some("vpc-1")),
            ("aws:SourceVpce", Some("vpce-1")),
            ("aws:VpcSourceIp", Some("10.0.0.4")),
        ],
    );
    let forwarded = Scene { called_via: vec!["cloudformation.amazonaws.com".into()], ..direct };
    check(
        &forwarded,
        &[
            ("aws:SourceVpc", None),
            ("aws:SourceVpce", None),
            ("aws:ViaAWSService", Some("true")),
            ("aws:CalledViaFirst", Some("cloudformation.amazonaws.com")),
        ],
    );
}

#[test]
fn tags_of_call_and_resource() {
    let mut tagged = user(Credentials::Keys);
    tagged.call.tags = Tags::from([("cost".into(), "7".into()), ("team".into(), "red".into())]);
    tagged.resource = Some(ResourceFacts {
        account: AccountId::example(),
        organization: None,
        tags: Tags::from([("team".into(), "blue".into())]),
    });
    check(
        &tagged,
        &[
            ("aws:RequestTag/cost", Some("7")),
            ("aws:TagKeys", Some("[cost,team]")),
            ("aws:ResourceTag/team", Some("blue")),
            ("aws:ResourceAccount", Some("123456789012")),
            ("aws:ResourceOrgID", None),
        ],
    );
}

#[test]
fn who_comes_with_a_token_has_its_claims_and_nothing_of_an_account() {
    let claims = vec![("accounts.google.com:aud".to_owned(), ContextValue::from("123.apps"))];
    let mut asking = scene(Caller::Federated { claims });
    asking.caller_organization = Some(Organization { id: "o-1".into(), path: "o-1/r-1/".into() });
    asking.call.parameters = vec![("sts:RoleSessionName".to_owned(), ContextValue::from("ann"))];
    check(
        &asking,
        &[
            ("accounts.google.com:aud", Some("123.apps")),
            ("sts:RoleSessionName", Some("ann")),
            ("aws:SourceIp", Some("203.0.113.10")),
            ("aws:PrincipalArn", None),
            ("aws:PrincipalOrgID", None),
            ("aws:TokenIssueTime", None),
        ],
    );
}
