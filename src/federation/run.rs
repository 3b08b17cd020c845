//! Playing a flow: all of it, at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow::{Fault, Flow, Input, Variant};
use super::outcome::{Happened, Holding, Outcome, Played};
use super::seal::{Sealing, Seals, Wanted};
use super::setting::Setting;
use super::stage::{Record, Stage};
use crate::eval::situation::{Library, Memo};
use crate::ident::AccountId;
use crate::model::{Time, World};

/// What a run depends on beside the flow and the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// The account that it runs in.
    pub account: AccountId,
    /// Which way it goes.
    pub variant: &'static Variant,
    /// When it begins.
    pub now: Time,
    /// Values that people changed.
    pub values: BTreeMap<&'static str, String>,
    /// What goes wrong.
    pub fault: Option<&'static Fault>,
}

impl Inputs {
    /// The first variant in the example account, with nothing changed.
    ///
    /// A flow without variants cannot be: the tests see to it.
    pub fn new(flow: &'static Flow, now: Time) -> Self {
        const NONE: Variant = Variant { id: "", name: "", lanes: &[] };
        let variant = flow.variants.first().unwrap_or(&NONE);
        Self { account: AccountId::example(), variant, now, values: BTreeMap::new(), fault: None }
    }

    /// A value as it is written down in a flow, with the number of the account that this one runs in.
    pub fn localized(&self, text: &str) -> String {
        super::setting::localized(text, &self.account).to_string()
    }

    /// The value of every input: as a person changed it, as the fault sets it, or as it is by itself. A value that the input
    /// cannot have does not count.
    pub fn effective(&self, flow: &'static Flow) -> BTreeMap<String, String> {
        let mut values: BTreeMap<String, String> = flow
            .inputs_of(self.variant)
            .map(|(input, default)| {
                (input.id.to_owned(), super::setting::localized(default, &self.account).to_string())
            })
            .collect();
        let set = self.fault.iter().flat_map(|fault| fault.set);
        let set = set.map(|(id, value)| (*id, super::setting::localized(value, &self.account).to_string()));
        let changed = self.values.iter().map(|(id, value)| (*id, value.clone()));
        for (id, value) in set.chain(changed) {
            let is_good = |input: &'static Input| input.error(&value).is_none();
            if self.input(flow, id).is_some_and(is_good) {
                values.insert(id.to_owned(), value);
            }
        }
        values
    }

    /// The input of this name that the variant has; a flow can have several of one name, each for other variants.
    fn input(&self, flow: &'static Flow, id: &str) -> Option<&'static Input> {
        flow.inputs_of(self.variant).map(|(input, _)| input).find(|input| input.id == id)
    }
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Every step of the variant, in order.
    pub played: Vec<Played>,
    /// What is held before the first step.
    pub held: Vec<Holding>,
    /// What the flow added to the world for itself, in words.
    pub added: Vec<String>,
    /// The world that it ran in: with what was added and with the fault.
    pub world: World,
    /// Keys and signatures that a browser should make.
    pub wanted: Wanted,
    /// ARNs of managed policies whose text was not at hand; what they say did not count.
    pub missing: Vec<Arc<str>>,
}

impl Run {
    /// The first step that failed.
    pub fn failed(&self) -> Option<usize> {
        self.played.iter().position(|played| played.failure().is_some())
    }

    /// What everybody holds after a step; before the first one for `None`.
    pub fn wallet(&self, after: Option<usize>) -> Vec<Holding> {
        let mut held = self.held.clone();
        let count = after.map_or(0, |at| at.saturating_add(1));
        for played in self.played.iter().take(count) {
            held.retain(|holding| !played.lost.contains(&(holding.owner, holding.id)));
            for gained in &played.gained {
                held.retain(|holding| (holding.owner, holding.id) != (gained.owner, gained.id));
                held.push(gained.clone());
            }
        }
        held
    }

    /// The first step that came out otherwise than in another run of the same variant.
    pub fn differs_at(&self, other: &Self) -> Option<usize> {
        let alike = |a: &Played, b: &Played| {
            a.step.id == b.step.id
                && a.outcome == b.outcome
                && a.gained == b.gained
                && a.papers == b.papers
                && a.exchange.as_ref().map(|exchange| &exchange.request)
                    == b.exchange.as_ref().map(|exchange| &exchange.request)
        };
        self.played.iter().zip(&other.played).position(|(a, b)| !alike(a, b))
    }
}

/// The world that a flow runs in: with all that it needs, and with what a fault changes; and what was added, in words.
pub fn staged(flow: &Flow, world: &World, inputs: &Inputs) -> (World, Vec<String>) {
    let at = (inputs.variant.id, inputs.now);
    let mut setting = Setting::new(world.clone(), inputs.account.clone(), at);
    (flow.setting)(&mut setting);
    let (world, added) = setting.done();
    let Some(change) = inputs.fault.and_then(|fault| fault.world) else { return (world, added) };
    let mut setting = Setting::new(world, inputs.account.clone(), at);
    change(&mut setting);
    (setting.done().0, added)
}

/// Plays a flow from its first step to its last. Deterministic: the same world and inputs give the same run.
pub fn run(
    flow: &'static Flow,
    world: &World,
    inputs: &Inputs,
    seals: &Seals,
    (library, memo): (&Library, &Memo),
) -> Run {
    let (world, added) = staged(flow, world, inputs);
    let values = inputs.effective(flow);
    let mut stage = Stage::new(
        flow,
        inputs.variant,
        (&world, &inputs.account),
        (library, memo),
        &values,
        (Sealing::new(seals), inputs.now),
    );
    let mut played = Vec::new();
    let mut failed = false;
    for step in flow.steps_of(inputs.variant) {
        stage.record = Record::default();
        let outcome = match failed {
            true => Outcome::NotReached,
            false => match (step.act)(&mut stage) {
                Ok(Happened::Sent) => Outcome::Sent,
                Ok(Happened::Accepted) => Outcome::Accepted,
                Ok(Happened::Allowed) => Outcome::Allowed,
                Err(failure) => Outcome::Failed(failure),
            },
        };
        failed = failed || matches!(outcome, Outcome::Failed(_));
        let Record { exchange, decisions, papers, gained, lost, notes, undecided: _ } =
            std::mem::take(&mut stage.record);
        let now = stage.now;
        played.push(Played { step, outcome, exchange, decisions, papers, gained, lost, notes, now });
    }
    let (mut missing, sealing) = stage.missing();
    missing.sort();
    missing.dedup();
    Run { played, held: flow.holdings(inputs.variant), added, wanted: sealing.into_wanted(), world, missing }
}
