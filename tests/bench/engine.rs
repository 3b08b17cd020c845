//! How fast the engine decides, on policies of real size.

#[path = "cases.rs"]
mod cases;
#[path = "questions.rs"]
mod questions;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use iam_playground::analysis::{what_can, who_can};
use iam_playground::eval::{decide, trace};
use iam_playground::policy::PolicyKind;

use cases::{Text, cases, data, managed, request};
use questions::{caller, every_action, read_only, roles, target};

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
    let (roles, target) = (roles(&managed), target());
    criterion.bench_function("who can, 1,000 roles with five managed policies", |bencher| {
        bencher.iter(|| who_can(black_box(&roles), black_box(&target)))
    });
    let (caller, every_action) = (caller(&managed), every_action(&data("actions.txt")));
    criterion.bench_function("one principal, all 22,321 actions", |bencher| {
        bencher.iter(|| what_can(black_box(&caller), black_box(&every_action)))
    });
}

criterion_group!(benches, decisions, compilation, questions);
criterion_main!(benches);
