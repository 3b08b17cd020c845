//! How fast the engine decides, on policies of real size.

#[path = "cases.rs"]
mod cases;
#[path = "questions.rs"]
mod questions;
#[path = "worlds.rs"]
mod worlds;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iam_playground::analysis::account::{check, check_with};
use iam_playground::analysis::{flips, hangs_on};
use iam_playground::eval::situation::Memo;
use iam_playground::eval::{Verdict, decide, trace};
use iam_playground::federation::{FLOWS, Inputs, Seals, run};
use iam_playground::ident::AccountId;
use iam_playground::model::example;
use iam_playground::policy::PolicyKind;

use cases::{Text, cases, data, managed, request};
use questions::{every_action, read_only, thousand_roles};

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
    let text = Text::managed(read_only(&managed()));
    criterion.bench_function("compile ReadOnlyAccess", |bencher| {
        bencher.iter(|| black_box(&text).compile(PolicyKind::Identity));
    });
}

fn questions(criterion: &mut Criterion) {
    let managed = managed();
    let actions = data("actions.txt");
    let (roles, every_action) = (thousand_roles(&managed, &actions), every_action(&managed, &actions));
    assert_eq!(every_action.actions(), 22_321, "as the benchmark is called");
    criterion.bench_function("who can, 1,000 roles with five managed policies", |bencher| {
        bencher.iter(|| black_box(&roles).run())
    });
    criterion
        .bench_function("one principal, all 22,321 actions", |bencher| bencher.iter(|| black_box(&every_action).run()));
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

fn flip(criterion: &mut Criterion) {
    let request = request();
    let mut group = criterion.benchmark_group("200 statements");
    for (name, policies) in cases::crowds() {
        let question = match decide(&policies, &request).verdict {
            Verdict::Allowed => "what an allow hangs on",
            _ => "what flips a denial",
        };
        group.bench_function(format!("{question}: {name}"), |bencher| {
            bencher.iter(|| (flips(black_box(&policies), &request), hangs_on(black_box(&policies), &request)))
        });
    }
    group.finish();
}

/// Every flow of federation, each in the way that it takes first.
fn flows(criterion: &mut Criterion) {
    let (library, memo, seals) = (worlds::library(), Memo::default(), Seals::default());
    let world = example::primer();
    let mut group = criterion.benchmark_group("flow");
    for flow in FLOWS {
        let inputs = Inputs::new(flow, worlds::NOW);
        group.bench_function(flow.id, |bencher| {
            bencher.iter(|| run(flow, black_box(&world), &inputs, &seals, (&library, &memo)))
        });
    }
    group.finish();
}

criterion_group!(benches, decisions, compilation, questions, checks, flip, flows);
criterion_main!(benches);
