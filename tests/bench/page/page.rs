//! The engine measured as wasm in a browser: the same cases as in engine.rs, repeated while the page looks at its clock.

#[path = "../cases.rs"]
#[expect(dead_code, reason = "the page fetches what is read from files elsewhere")]
mod cases;
#[path = "../questions.rs"]
mod questions;

use std::hint::black_box;

use iam_playground::catalog::{ManagedPolicy, parse_shard};
use iam_playground::eval::situation::{Library, Memo};
use iam_playground::eval::{Policies, Request, decide, trace};
use iam_playground::federation::{FLOWS, Flow, Inputs, Seals, run};
use iam_playground::model::{Time, World, example};
use iam_playground::policy::PolicyKind;
use wasm_bindgen::prelude::wasm_bindgen;

use cases::{Text, cases, request};
use questions::{Table, every_action, read_only, thousand_roles};

/// When the flows are played: 2026-12-01T12:00:00Z.
const NOW: Time = Time(1_796_126_400);

/// All that is measured, ready to run.
#[wasm_bindgen]
pub struct Bench {
    request: Request,
    small: Policies,
    large: Policies,
    read_only: Text,
    roles: Table,
    every_action: Table,
    flows: Vec<(&'static Flow, Inputs)>,
    primer: World,
}

#[wasm_bindgen]
impl Bench {
    /// Out of the texts of `static/data`: the managed policies in the order of their files, and the actions.
    #[wasm_bindgen(constructor)]
    pub fn new(shards: Vec<String>, actions: &str) -> Self {
        let managed: Vec<ManagedPolicy> =
            shards.iter().flat_map(|shard| parse_shard(shard).expect("a shard")).collect();
        let [small, large, ..] = cases(&managed).map(|(_, texts)| texts.compile());
        Self {
            request: request(),
            small,
            large,
            read_only: Text::managed(read_only(&managed)),
            roles: thousand_roles(&managed, actions),
            every_action: every_action(&managed, actions),
            flows: every_flow(),
            primer: example::primer(),
        }
    }

    /// One small policy.
    pub fn decide_small(&self, times: u32) {
        repeat(times, || decide(black_box(&self.small), black_box(&self.request)));
    }

    /// Ten managed policies, boundary, service control policies, bucket policy.
    pub fn decide_large(&self, times: u32) {
        repeat(times, || decide(black_box(&self.large), black_box(&self.request)));
    }

    /// The same with the whole record.
    pub fn trace_large(&self, times: u32) {
        repeat(times, || trace(black_box(&self.large), black_box(&self.request)));
    }

    /// From text to a policy that can decide.
    pub fn compile(&self, times: u32) {
        repeat(times, || black_box(&self.read_only).compile(PolicyKind::Identity));
    }

    /// One question to a thousand roles.
    pub fn who_can(&self, times: u32) {
        repeat(times, || black_box(&self.roles).run());
    }

    /// Every action for one principal.
    pub fn what_can(&self, times: u32) {
        repeat(times, || black_box(&self.every_action).run());
    }

    /// One way of a flow with one fault or none, as the first time: nothing is compiled yet, and the browser signs nothing.
    pub fn flow(&self, at: usize, times: u32) {
        let Some((flow, inputs)) = self.flows.get(at) else { return };
        let (seals, library) = (Seals::default(), Library::default());
        repeat(times, || run(flow, black_box(&self.primer), inputs, &seals, (&library, &Memo::default())));
    }

    /// What each of them is called.
    #[wasm_bindgen(getter)]
    pub fn flows(&self) -> Vec<String> {
        let name = |(flow, inputs): &(&Flow, Inputs)| {
            let fault = inputs.fault.map_or("no fault", |fault| fault.id);
            format!("{}, {}, {fault}", flow.id, inputs.variant.id)
        };
        self.flows.iter().map(name).collect()
    }

    /// How many actions that are.
    #[wasm_bindgen(getter)]
    pub fn actions(&self) -> usize {
        self.every_action.actions()
    }
}

/// Every way of every flow, without a fault and with each.
fn every_flow() -> Vec<(&'static Flow, Inputs)> {
    let ways = FLOWS.iter().flat_map(|flow| flow.variants.iter().map(move |variant| (*flow, variant)));
    ways.flat_map(|(flow, variant)| {
        let faults = std::iter::once(None).chain(flow.faults_of(variant).map(Some));
        faults.map(move |fault| (flow, Inputs { variant, fault, ..Inputs::new(flow, NOW) }))
    })
    .collect()
}

fn repeat<T>(times: u32, mut work: impl FnMut() -> T) {
    for _ in 0..times {
        black_box(work());
    }
}
