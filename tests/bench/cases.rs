//! The principals and the request of the benchmarks: policies of real size, as text and compiled.

use std::path::Path;
use std::sync::Arc;

use iam_playground::catalog::{ManagedIndex, ManagedPolicy, parse_shard};
use iam_playground::eval::{CompiledPolicy, Level, Policies, Policy, PolicySource, Principal, Request, Resource};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::{PolicyKind, parse_document};

pub const ACCOUNT: &str = "123456789012";
pub const USER: &str = "arn:aws:iam::123456789012:user/ann";
pub const ACTION: &str = "s3:GetObject";
pub const RESOURCE: &str = "arn:aws:s3:::home/ann/cat.jpg";
pub const CONTEXT: [(&str, &str); 4] = [
    ("aws:PrincipalArn", USER),
    ("aws:username", "ann"),
    ("aws:SourceIp", "203.0.113.10"),
    ("aws:SecureTransport", "true"),
];

const SMALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],
  "Resource":"arn:aws:s3:::home/${aws:username}/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}}"#;
const EVERYTHING: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
  {"Effect":"Deny","Action":["iam:CreateUser","iam:CreateAccessKey"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}}]}"#;
const BUCKET: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::home","arn:aws:s3:::home/*"],
  "Condition":{"Bool":{"aws:SecureTransport":"false"}}}}"#;
const BOUNDARY: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}"#;

/// A policy that no engine has read yet.
pub struct Text {
    pub name: Arc<str>,
    pub json: Arc<str>,
}

impl Text {
    fn new(name: &str, json: &str) -> Self {
        Self { name: name.into(), json: json.into() }
    }

    pub fn managed(policy: &ManagedPolicy) -> Self {
        Self { name: policy.arn.clone(), json: policy.document.clone() }
    }

    pub fn compile(&self, kind: PolicyKind) -> Policy {
        let document = parse_document(&self.json, kind).value.expect("a document");
        let source = PolicySource { name: self.name.clone(), arn: None, group: None };
        Policy { source, compiled: Arc::new(CompiledPolicy::new(Arc::new(document), kind)) }
    }
}

/// All policies that bear on a principal; service control policies stand in levels of one, the root first.
#[derive(Default)]
pub struct Texts {
    pub identity: Vec<Text>,
    pub boundary: Vec<Text>,
    pub service_control: Vec<Text>,
    pub resource: Vec<Text>,
}

impl Texts {
    pub fn compile(&self) -> Policies {
        let all = |texts: &[Text], kind| texts.iter().map(|text| text.compile(kind)).collect::<Vec<_>>();
        let levels = all(&self.service_control, PolicyKind::ServiceControl);
        Policies {
            identity: all(&self.identity, PolicyKind::Identity).into(),
            boundary: all(&self.boundary, PolicyKind::Identity).into(),
            service_control: levels
                .into_iter()
                .map(|policy| Level { id: "l".into(), policies: vec![policy].into() })
                .collect(),
            resource: all(&self.resource, PolicyKind::Resource).into(),
            ..Policies::default()
        }
    }
}

/// A file of the page's data; the packages that include this module lie at different depths.
pub fn data(file: &str) -> String {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("static/data"));
    let path = folders.map(|folder| folder.join(file)).find(|path| path.exists()).expect("the data is committed");
    std::fs::read_to_string(path).expect("the data is text")
}

/// All attachable AWS managed policies, by name.
pub fn managed() -> Vec<ManagedPolicy> {
    let index = ManagedIndex::parse(&data("managed/index.txt")).expect("an index");
    let shards = index.entries().iter().map(|entry| entry.shard).max().expect("entries");
    (0..=shards).flat_map(|shard| parse_shard(&data(&format!("managed/{shard:02}.txt"))).expect("a shard")).collect()
}

/// `count` policies of at least 2 kB, spread over the alphabet.
pub fn real_policies(managed: &[ManagedPolicy], count: usize) -> Vec<Text> {
    let large: Vec<_> = managed.iter().filter(|policy| policy.document.len() > 2_000).collect();
    let step = large.len() / count;
    large.iter().step_by(step).take(count).map(|policy| Text::managed(policy)).collect()
}

pub fn request() -> Request {
    let account = AccountId::example();
    assert_eq!(account.to_string(), ACCOUNT);
    Request {
        principal: Principal::User { arn: USER.into(), account: account.clone() },
        action: ActionName::parse(ACTION).expect("an action"),
        resource: Resource::Arn(RESOURCE.into()),
        resource_account: Some(account),
        context: CONTEXT.into_iter().collect(),
    }
}

/// A principal as large accounts have them: ten managed policies, a boundary, three levels of SCPs, a bucket policy.
pub fn large_principal(managed: &[ManagedPolicy]) -> Texts {
    let mut identity = real_policies(managed, 9);
    identity.push(Text::new("small", SMALL));
    Texts {
        identity,
        boundary: vec![Text::new("boundary", BOUNDARY)],
        service_control: (0..3).map(|_| Text::new("scp", EVERYTHING)).collect(),
        resource: vec![Text::new("bucket", BUCKET)],
    }
}

/// The principals by name, from the smallest; those with nothing but managed policies last.
pub fn cases(managed: &[ManagedPolicy]) -> [(&'static str, Texts); 4] {
    let identity = |identity| Texts { identity, ..Texts::default() };
    [
        ("one small policy", identity(vec![Text::new("small", SMALL)])),
        ("ten managed policies, boundary, SCPs, bucket policy", large_principal(managed)),
        ("10 managed policies", identity(real_policies(managed, 10))),
        ("100 managed policies", identity(real_policies(managed, 100))),
    ]
}

/// Two hundred statements in one policy, or ten in each of twenty: all that allow, all denies that a condition keeps away,
/// all that nearly allow, and as many denies.
pub fn crowds() -> Vec<(&'static str, Policies)> {
    let document =
        |statements: Vec<String>| format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
    let numbered = |statement: &'static str, count: usize| -> Vec<String> {
        (0..count).map(|number| statement.replace("NUMBER", &number.to_string())).collect()
    };
    let policies = |texts: Vec<String>| {
        let compiled = texts.iter().map(|text| Text::new("crowd", text).compile(PolicyKind::Identity));
        Policies { identity: compiled.collect::<Vec<_>>().into(), ..Policies::default() }
    };
    const ALLOW: &str =
        r#"{"Effect":"Allow","Action":"s3:*","Resource":["arn:aws:s3:::home/*","arn:aws:s3:::b-NUMBER/*"]}"#;
    const AWAY: &str = r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"r-NUMBER"}}}"#;
    const NEAR: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-NUMBER/*","Condition":{"StringEquals":{"s3:prefix":"p-NUMBER"}}}"#;
    const DENY: &str = r#"{"Effect":"Deny","Action":["s3:*","sqs:*"],"Resource":["*","arn:aws:s3:::b-NUMBER/*"]}"#;
    let with_allow = |statement| [numbered(ALLOW, 1), numbered(statement, 199)].concat();
    let spread = |statement| (0..20).map(|_| document(numbered(statement, 10))).collect();
    vec![
        ("all allow", policies(vec![document(numbered(ALLOW, 200))])),
        ("all allow, in twenty policies", policies(spread(ALLOW))),
        ("denies that are kept away", policies(vec![document(with_allow(AWAY))])),
        ("near misses", policies(vec![document(numbered(NEAR, 200))])),
        ("near misses, in twenty policies", policies(spread(NEAR))),
        ("denies", policies(vec![document(with_allow(DENY))])),
    ]
}
