//! How fast the engine decides, on policies of real size.

#[path = "cases.rs"]
mod cases;
#[path = "worlds.rs"]
mod worlds;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iam_playground::analysis::account::{check, check_with};
use iam_playground::analysis::{Caller, Target, what_can, who_can};
use iam_playground::catalog::Catalog;
use iam_playground::eval::situation::Memo;
use iam_playground::eval::{Policies, Policy, Principal, Resource, decide, trace};
use iam_playground::ident::{AccountId, ActionName};
use iam_playground::model::example;
use iam_playground::policy::PolicyKind;

use cases::{RESOURCE, Text, cases, data, large_principal, managed, real_policies, request};

fn decisions(criterion: &mut Criterion) {
    let request = request();
    let principals = cases(&managed()).map(|(name, texts)| (name, texts.compile()));
    let mut group = criterion.benchmark_group("decide");
    group.throughput(Throughput::Elements(1));
    for (name, policies) in &principals {
        group.bench_function(*name, |bencher| bencher.iter(|| decide(black_box(policies), black_box(&request))));
    }
    group.finish();
    let mut group = criterion.benchmark_group("trace");
    group.throughput(Throughput::Elements(1));
    for (name, policies) in &principals[..2] {
        group.bench_function(*name, |bencher| bencher.iter(|| trace(black_box(policies), black_box(&request))));
    }
    group.finish();
}

fn compilation(criterion: &mut Criterion) {
    let managed = managed();
    let read_only = managed.iter().find(|policy| policy.arn.ends_with("/ReadOnlyAccess")).expect("ReadOnlyAccess");
    let text = Text::managed(read_only);
    criterion.bench_function("compile ReadOnlyAccess", |bencher| {
        bencher.iter(|| black_box(&text).compile(PolicyKind::Identity));
    });
}

fn questions(criterion: &mut Criterion) {
    let managed = managed();
    let pool: Vec<Policy> =
        real_policies(&managed, 200).iter().map(|text| text.compile(PolicyKind::Identity)).collect();
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

    let catalog = Catalog::parse(&data("actions.txt")).expect("a catalogue");
    let every_action: Vec<Target> = catalog
        .services()
        .iter()
        .flat_map(|service| service.actions.iter().map(move |action| format!("{}:{}", service.prefix, action.name)))
        .map(|action| Target::new(ActionName::parse(&action).expect("an action"), Resource::Arn(RESOURCE.into())))
        .collect();
    let caller = Caller {
        principal: request.principal.clone(),
        policies: large_principal(&managed).compile(),
        context: request.context,
    };
    criterion.bench_function("one principal, all 22,321 actions", |bencher| {
        bencher.iter(|| what_can(black_box(&caller), black_box(&every_action)))
    });
}

fn checks(criterion: &mut Criterion) {
    let (library, id) = (worlds::library(), AccountId::example());
    let (primer, company) = (example::primer(), worlds::company());
    let memo = Memo::default();
    let mut group = criterion.benchmark_group("checks");
    group.bench_function("primer", |bencher| bencher.iter(|| check(black_box(&primer), &id, &library, worlds::NOW)));
    for (name, world) in [("primer again", &primer), ("200 users, 50 roles, 100 policies again", &company)] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| check_with(black_box(world), &id, &library, worlds::NOW, &memo))
        });
    }
    group.sample_size(10);
    group.bench_function("200 users, 50 roles, 100 policies", |bencher| {
        bencher.iter(|| check(black_box(&company), &id, &library, worlds::NOW))
    });
    group.finish();
}

criterion_group!(benches, decisions, compilation, questions, checks);
criterion_main!(benches);
