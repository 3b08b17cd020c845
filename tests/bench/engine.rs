//! How fast the engine decides, on policies of real size.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iam_playground::analysis::{Caller, Target, what_can, who_can};
use iam_playground::catalog::{Catalog, ManagedIndex, ManagedPolicy, parse_shard};
use iam_playground::eval::{
    CompiledPolicy, Level, Policies, Policy, PolicySource, Principal, Request, Resource, decide, trace,
};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::policy::{PolicyKind, parse_document};

const SMALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],
  "Resource":"arn:aws:s3:::home/${aws:username}/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}}"#;

fn compile(name: &str, text: &str, kind: PolicyKind) -> Policy {
    let document = parse_document(text, kind).value.expect("a document");
    let source = PolicySource { name: name.into(), arn: None, group: None };
    Policy { source, compiled: Arc::new(CompiledPolicy::new(Arc::new(document), kind)) }
}

/// All attachable AWS managed policies, by name.
fn managed() -> Vec<ManagedPolicy> {
    let read = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/data/managed").join(file);
        std::fs::read_to_string(path).expect("the data is committed")
    };
    let index = ManagedIndex::parse(&read("index.txt")).expect("an index");
    let shards = index.entries().iter().map(|entry| entry.shard).max().expect("entries");
    (0..=shards).flat_map(|shard| parse_shard(&read(&format!("{shard:02}.txt"))).expect("a shard")).collect()
}

/// `count` policies of at least 2 kB, spread over the alphabet.
fn real_policies(managed: &[ManagedPolicy], count: usize) -> Vec<Policy> {
    let large: Vec<_> = managed.iter().filter(|policy| policy.document.len() > 2_000).collect();
    let step = large.len() / count;
    large
        .iter()
        .step_by(step)
        .take(count)
        .map(|policy| compile(&policy.arn, &policy.document, PolicyKind::Identity))
        .collect()
}

fn request() -> Request {
    let account = AccountId::example();
    Request {
        principal: Principal::User { arn: "arn:aws:iam::123456789012:user/ann".into(), account: account.clone() },
        action: ActionName::parse("s3:GetObject").expect("an action"),
        resource: Resource::Arn("arn:aws:s3:::home/ann/cat.jpg".into()),
        resource_account: Some(account),
        context: [
            ("aws:PrincipalArn", "arn:aws:iam::123456789012:user/ann"),
            ("aws:username", "ann"),
            ("aws:SourceIp", "203.0.113.10"),
            ("aws:SecureTransport", "true"),
        ]
        .into_iter()
        .collect(),
    }
}

/// A principal as large accounts have them: ten managed policies, a boundary, three levels of SCPs, a bucket policy.
fn large_principal(managed: &[ManagedPolicy]) -> Policies {
    let scp =
        |text: &str| Level { id: "l".into(), policies: vec![compile("scp", text, PolicyKind::ServiceControl)].into() };
    let everything = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
      {"Effect":"Deny","Action":["iam:CreateUser","iam:CreateAccessKey"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin"}}}]}"#;
    let bucket = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::home","arn:aws:s3:::home/*"],
      "Condition":{"Bool":{"aws:SecureTransport":"false"}}}}"#;
    let mut identity = real_policies(managed, 9);
    identity.push(compile("small", SMALL, PolicyKind::Identity));
    Policies {
        service_control: vec![scp(everything), scp(everything), scp(everything)],
        resource: vec![compile("bucket", bucket, PolicyKind::Resource)].into(),
        boundary: vec![compile(
            "boundary",
            r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}"#,
            PolicyKind::Identity,
        )]
        .into(),
        identity: identity.into(),
        ..Policies::default()
    }
}

fn decisions(criterion: &mut Criterion) {
    let managed = managed();
    let request = request();
    let small =
        Policies { identity: vec![compile("small", SMALL, PolicyKind::Identity)].into(), ..Policies::default() };
    let large = large_principal(&managed);
    let mut group = criterion.benchmark_group("decide");
    group.throughput(Throughput::Elements(1));
    group.bench_function("one small policy", |bencher| bencher.iter(|| decide(black_box(&small), black_box(&request))));
    group.bench_function("ten managed policies, boundary, SCPs, bucket policy", |bencher| {
        bencher.iter(|| decide(black_box(&large), black_box(&request)))
    });
    for count in [10, 100] {
        let policies = Policies { identity: real_policies(&managed, count).into(), ..Policies::default() };
        group.bench_function(format!("{count} managed policies"), |bencher| {
            bencher.iter(|| decide(black_box(&policies), black_box(&request)))
        });
    }
    group.finish();
    let mut group = criterion.benchmark_group("trace");
    group.throughput(Throughput::Elements(1));
    group.bench_function("one small policy", |bencher| bencher.iter(|| trace(black_box(&small), black_box(&request))));
    group.bench_function("ten managed policies, boundary, SCPs, bucket policy", |bencher| {
        bencher.iter(|| trace(black_box(&large), black_box(&request)))
    });
    group.finish();
}

fn compilation(criterion: &mut Criterion) {
    let managed = managed();
    let read_only = managed.iter().find(|policy| policy.arn.ends_with("/ReadOnlyAccess")).expect("ReadOnlyAccess");
    criterion.bench_function("compile ReadOnlyAccess", |bencher| {
        bencher.iter(|| compile("ReadOnlyAccess", black_box(&read_only.document), PolicyKind::Identity));
    });
}

fn questions(criterion: &mut Criterion) {
    let managed = managed();
    let pool = real_policies(&managed, 200);
    let callers: Vec<Caller> = (0..1_000)
        .map(|number| {
            let arn = format!("arn:aws:iam::123456789012:role/r{number}");
            let identity: Vec<Policy> =
                (0..5).filter_map(|step| pool.get((number * 7 + step * 31) % pool.len()).cloned()).collect();
            Caller {
                principal: Principal::Role { arn: arn.as_str().into(), account: AccountId::example() },
                policies: Policies { identity: identity.into(), ..Policies::default() },
                context: [("aws:PrincipalArn", arn.as_str()), ("aws:PrincipalAccount", "123456789012")]
                    .into_iter()
                    .collect(),
            }
        })
        .collect();
    let request = request();
    let target = Target::new(request.action.clone(), request.resource.clone());
    criterion.bench_function("who can, 1,000 roles with five managed policies", |bencher| {
        bencher.iter(|| who_can(black_box(&callers), black_box(&target)))
    });

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/data/actions.txt");
    let catalog = Catalog::parse(&std::fs::read_to_string(path).expect("the data is committed")).expect("a catalogue");
    let every_action: Vec<Target> = catalog
        .services()
        .iter()
        .flat_map(|service| service.actions.iter().map(move |action| format!("{}:{}", service.prefix, action.name)))
        .map(|action| {
            Target::new(
                ActionName::parse(&action).expect("an action"),
                Resource::Arn("arn:aws:s3:::home/ann/cat.jpg".into()),
            )
        })
        .collect();
    let caller =
        Caller { principal: request.principal.clone(), policies: large_principal(&managed), context: request.context };
    criterion.bench_function("one principal, all 22,321 actions", |bencher| {
        bencher.iter(|| what_can(black_box(&caller), black_box(&every_action)))
    });
}

criterion_group!(benches, decisions, compilation, questions);
criterion_main!(benches);
