//! What a flow is made of. All of it is data but the acts of its steps, and those are plain functions.

use super::outcome::{Did, Holding};
use super::setting::Setting;
use super::stage::Stage;
use crate::eval::LayerKind;

/// The largest number that an input takes: seconds of ten years.
pub(super) const FARTHEST: i64 = 315_360_000;

/// A way from somebody who signs in to an AWS service that answers or refuses.
#[derive(Debug)]
pub struct Flow {
    /// Stable name, for addresses and the command line.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it is for, in a sentence or two.
    pub about: &'static str,
    /// The facts that it follows.
    pub facts: &'static str,
    /// Who takes part, from left to right.
    pub lanes: &'static [Lane],
    /// The ways to go it: providers, or kinds of calls; the first is taken where none is chosen.
    pub variants: &'static [Variant],
    /// What can be edited.
    pub inputs: &'static [Input],
    /// What happens, in order.
    pub steps: &'static [Step],
    /// What can go wrong.
    pub faults: &'static [Fault],
    /// What has to be in a world; what is there already stays as it is.
    pub setting: fn(&mut Setting),
}

/// One who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Stable name in the flow.
    pub id: &'static str,
    /// For people; that of a provider is its variant's.
    pub name: &'static str,
    /// What it holds before the first step, by variant.
    pub holds: &'static [Holds],
}

/// Something that is held from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// In which variants; in all where there is none.
    pub only: &'static [&'static str],
    /// Stable name.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// What about it, in a few words.
    pub about: &'static str,
}

/// A way to go a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Stable name.
    pub id: &'static str,
    /// For people.
    pub name: &'static str,
    /// Other names of lanes in this variant.
    pub lanes: &'static [(&'static str, &'static str)],
}

/// A value that people can edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// Stable name.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// What it is and what it may be, in a sentence.
    pub about: &'static str,
    /// The step at which it is used first.
    pub step: &'static str,
    /// How it is edited.
    pub kind: InputKind,
    /// What it is by itself, by variant; `""` stands for every variant that is not named. A variant without one has no such
    /// input.
    pub default: &'static [(&'static str, &'static str)],
    /// Values that go wrong, each with a name.
    pub wrong: &'static [(&'static str, &'static str)],
}

/// How a value is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// A line of text.
    Text,
    /// A whole number.
    Number {
        /// What it counts: `s` for seconds, `h` for hours, `hops`.
        unit: &'static str,
        /// Whether it is sent as it is written, whatever that is: then the receiver says what is wrong with it.
        sent: bool,
    },
    /// One of some values, each with a name.
    Choice(&'static [(&'static str, &'static str)]),
    /// A policy document, or nothing.
    Policy,
}

/// A step: a message from one to another, or a decision of one.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Stable name.
    pub id: &'static str,
    /// Lane of the sender.
    pub from: &'static str,
    /// Lane of the receiver; the sender's own for what it does by itself.
    pub to: &'static str,
    /// What is sent or done, in a few words.
    pub message: &'static str,
    /// What happens here and why, in a sentence or two.
    pub about: &'static str,
    /// The variants that have it; all where there is none.
    pub only: &'static [&'static str],
    /// What it does.
    pub act: fn(&mut Stage<'_>) -> Did,
}

/// Something that goes wrong: other values, another world, or both.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Stable name.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// Who got it wrong.
    pub whose: &'static str,
    /// Why it fails, in a sentence.
    pub cause: &'static str,
    /// Where the remedy lies, in a sentence.
    pub fix: &'static str,
    /// The variants that have it; all where there is none.
    pub only: &'static [&'static str],
    /// Inputs and what they are set to.
    pub set: &'static [(&'static str, &'static str)],
    /// What is otherwise in the world.
    pub world: Option<fn(&mut Setting)>,
    /// What AWS does about it.
    pub expect: Expect,
}

/// What comes of a fault, by the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The step that fails.
    pub step: &'static str,
    /// AWS's error code, or another party's.
    pub code: &'static str,
    /// The layer whose policy decides, where one does.
    pub layer: Option<LayerKind>,
    /// The fact that says so.
    pub fact: &'static str,
}

/// Flows differ by their names.
impl PartialEq for Flow {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Flow {}

/// Faults of one name differ by their variants.
impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.only) == (other.id, other.only)
    }
}

impl Eq for Fault {}

impl Flow {
    /// The variant of this name.
    pub fn variant(&self, id: &str) -> Option<&'static Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }

    /// The fault of this name in a variant.
    pub fn fault(&self, id: &str, variant: &Variant) -> Option<&'static Fault> {
        self.faults_of(variant).find(|fault| fault.id == id)
    }

    /// The input of this name.
    pub fn input(&self, id: &str) -> Option<&'static Input> {
        self.inputs.iter().find(|input| input.id == id)
    }

    /// The steps of a variant.
    pub fn steps_of(&self, variant: &Variant) -> impl Iterator<Item = &'static Step> {
        let id = variant.id;
        self.steps.iter().filter(move |step| is_of(step.only, id))
    }

    /// The faults of a variant.
    pub fn faults_of(&self, variant: &Variant) -> impl Iterator<Item = &'static Fault> {
        let id = variant.id;
        self.faults.iter().filter(move |fault| is_of(fault.only, id))
    }

    /// The inputs of a variant, each with its value.
    pub fn inputs_of(&self, variant: &Variant) -> impl Iterator<Item = (&'static Input, &'static str)> {
        let id = variant.id;
        self.inputs.iter().filter_map(move |input| Some((input, input.default(id)?)))
    }

    /// What people call a lane in a variant.
    pub fn lane_name(&self, lane: &str, variant: &Variant) -> &'static str {
        let own = variant.lanes.iter().find(|(id, _)| *id == lane).map(|(_, name)| *name);
        own.or_else(|| self.lanes.iter().find(|known| known.id == lane).map(|known| known.name)).unwrap_or("")
    }

    /// What is held before the first step.
    pub(super) fn holdings(&self, variant: &Variant) -> Vec<Holding> {
        let held = self.lanes.iter().flat_map(|lane| lane.holds.iter().map(|holds| (lane.id, holds)));
        held.filter(|(_, holds)| is_of(holds.only, variant.id))
            .map(|(lane, holds)| Holding::new(lane, holds.id, holds.name, holds.about))
            .collect()
    }
}

impl Input {
    /// Its value by itself in a variant; `None` where the variant has no such input.
    pub fn default(&self, variant: &str) -> Option<&'static str> {
        let of = |wanted: &str| self.default.iter().find(|(id, _)| *id == wanted).map(|(_, value)| *value);
        of(variant).or_else(|| of(""))
    }

    /// What is wrong with a value of it, in a few words; a run takes another value then. `None` where it can be taken.
    pub fn error(&self, value: &str) -> Option<String> {
        match self.kind {
            InputKind::Number { unit, sent: false } => match (value.trim().parse::<i64>(), unit) {
                (Ok(number), _) if (-FARTHEST..=FARTHEST).contains(&number) => None,
                (Ok(_), _) => Some(format!("a number from -{FARTHEST} to {FARTHEST}")),
                (Err(_), "s") => Some("a whole number of seconds, such as 3600".to_owned()),
                (Err(_), "h") => Some("a whole number of hours, such as 8".to_owned()),
                (Err(_), unit) => Some(format!("a whole number of {unit}, such as 1")),
            },
            InputKind::Choice(values) if !values.iter().any(|(known, _)| *known == value) => {
                let known: Vec<&str> = values.iter().map(|(known, _)| *known).collect();
                Some(format!("one of {}", known.join(", ")))
            }
            _ => None,
        }
    }
}

fn is_of(only: &[&str], variant: &str) -> bool {
    only.is_empty() || only.contains(&variant)
}
