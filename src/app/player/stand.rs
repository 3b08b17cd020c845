//! Where somebody stands in a flow, and what they have changed. The run follows from it.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use yew::Reducible;

use super::address::Visit;
use crate::app::ByPtr;
use crate::app::state::{policy_key, text_command};
use crate::eval::situation::{Library, Memo};
use crate::federation::{self, Fault, Flow, Inputs, Run, Seals, Variant};
use crate::ident::AccountId;
use crate::model::{Occasion, PolicyRef, Time, World, apply};

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The flow.
    pub flow: &'static Flow,
    /// The world of the page.
    pub base: ByPtr<World>,
    /// The world here: that of the page, or a changed one.
    pub world: ByPtr<World>,
    /// Variant, values, fault and time.
    pub inputs: Inputs,
    /// How many steps are shown.
    pub at: usize,
    /// The variant beside it.
    pub compare: Option<&'static Variant>,
    /// Whether the steps are a list.
    pub list: bool,
    /// Whether it plays by itself.
    pub playing: bool,
    /// Texts of policies that AWS would not save, with why.
    pub drafts: BTreeMap<String, (Arc<str>, String)>,
    /// Keys and signatures that the browser has made.
    pub seals: ByPtr<Seals>,
    /// AWS managed policies that have arrived.
    pub library: ByPtr<Library>,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// Another address.
    Visited(Visit),
    /// The page has another world.
    World(ByPtr<World>),
    /// The page has taken this world.
    Kept(ByPtr<World>),
    /// Show so many steps.
    At(usize),
    /// One step more; at the end or at a decision, playing stops.
    Next,
    /// Play, or stop playing.
    Played(bool),
    /// Another way.
    Variant(&'static Variant),
    /// Something goes wrong, or nothing.
    Fault(Option<&'static Fault>),
    /// The fault is now what somebody did, and theirs to mend.
    Mend,
    /// A value.
    Set(&'static str, String),
    /// A value as it is by itself.
    Unset(&'static str),
    /// Everything as it is by itself, in the page's world.
    Reset,
    /// A policy's text, in an account.
    Text(AccountId, PolicyRef, Arc<str>),
    /// The variant beside it.
    Compared(Option<&'static Variant>),
    /// As a list or as a diagram.
    Listed(bool),
    /// The browser has made something.
    Sealed(ByPtr<Seals>),
    /// A managed policy has arrived.
    Arrived(ByPtr<Library>),
}

impl Stand {
    /// The beginning: a visit to a flow in a world.
    pub fn new(flow: &'static Flow, visit: &Visit, world: ByPtr<World>, now: Time) -> Self {
        let account = account_of(&world);
        let mut stand = Self {
            flow,
            base: world.clone(),
            world,
            inputs: Inputs { account, ..Inputs::new(flow, now) },
            at: 0,
            compare: None,
            list: false,
            playing: false,
            drafts: BTreeMap::new(),
            seals: ByPtr::new(Seals::default()),
            library: ByPtr::new(Library::default()),
        };
        stand.visit(visit);
        stand
    }

    /// The address of where somebody stands.
    pub fn visited(&self) -> Visit {
        Visit {
            variant: self.inputs.variant,
            step: self.at,
            fault: self.inputs.fault,
            values: self.inputs.values.iter().map(|(id, value)| (*id, value.clone())).collect(),
            compare: self.compare,
            list: self.list,
        }
    }

    /// Whether the world here is another than the page's.
    pub fn is_changed(&self) -> bool {
        self.world != self.base
    }

    /// Whether anything is otherwise than by itself.
    pub fn is_edited(&self) -> bool {
        self.is_changed() || !self.inputs.values.is_empty() || !self.drafts.is_empty()
    }

    /// How many steps there are.
    pub fn count(&self) -> usize {
        self.flow.steps_of(self.inputs.variant).count()
    }

    /// The world with all that the flow needs, and with what is changed here.
    pub fn staged(&self) -> World {
        federation::staged(self.flow, &self.world, &self.inputs).0
    }

    /// What comes of the flow here.
    pub fn run(&self, inputs: &Inputs, memo: &Memo) -> Run {
        federation::run(self.flow, &self.world, inputs, &self.seals, (&self.library, memo))
    }

    /// How many steps are to be shown to see what fails.
    fn failing(&self) -> Option<usize> {
        self.run(&self.inputs, &Memo::default()).failed().map(|at| at.saturating_add(1))
    }

    fn visit(&mut self, visit: &Visit) {
        self.inputs.variant = visit.variant;
        self.inputs.fault = visit.fault;
        self.inputs.values = visit.values.iter().cloned().collect();
        self.at = visit.step;
        self.compare = visit.compare;
        self.list = visit.list;
        self.playing = false;
    }

    fn take_variant(&mut self, variant: &'static Variant) {
        let (all, last) = (self.at, self.count());
        self.inputs.variant = variant;
        self.inputs.fault = self.inputs.fault.and_then(|fault| self.flow.fault(fault.id, variant));
        self.inputs.values.clear();
        self.at = if all == last { self.count() } else { self.at.min(self.count()) };
        self.compare = self.compare.filter(|other| *other != variant);
    }

    /// The fault's values and world become those of the flow.
    fn mend(&mut self) {
        let Some(fault) = self.inputs.fault else { return };
        let effective = self.inputs.effective(self.flow);
        for (id, _) in fault.set {
            if let Some(value) = effective.get(*id) {
                self.inputs.values.insert(id, value.clone());
            }
        }
        if fault.world.is_some() {
            self.world = ByPtr::new(self.staged());
        }
        // Where the first of its values is, it can be mended; a policy is where it decides.
        let to_mend = fault.set.first().and_then(|(id, _)| self.flow.input(id)).map(|input| input.step);
        if let Some(at) = to_mend.and_then(|id| self.flow.steps_of(self.inputs.variant).position(|step| step.id == id))
        {
            self.at = at.saturating_add(1);
        }
        self.inputs.fault = None;
    }

    fn write(&mut self, account: AccountId, policy: &PolicyRef, text: Arc<str>) {
        if self.inputs.fault.is_some_and(|fault| fault.world.is_some()) {
            self.mend();
        }
        let staged = self.staged();
        let command = staged.account(&account).and_then(|account| text_command(policy, text.clone(), account));
        let Some(command) = command else { return };
        match apply(&staged, &command, &Occasion { account, now: self.inputs.now }) {
            Ok(world) => {
                self.drafts.remove(&policy_key(policy));
                self.world = ByPtr::new(world);
            }
            Err(refusal) => {
                self.drafts.insert(policy_key(policy), (text, refusal.to_string()));
            }
        }
    }
}

/// The example account where the world has it, otherwise its first one.
fn account_of(world: &World) -> AccountId {
    let example = AccountId::example();
    match world.account(&example) {
        Some(_) => example,
        None => world.accounts.keys().next().cloned().unwrap_or(example),
    }
}

impl Reducible for Stand {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Self::clone(&self);
        match action {
            Action::Visited(visit) if visit == self.visited() => return self,
            Action::Visited(visit) => next.visit(&visit),
            // Every opening brings the world anew.
            Action::World(world) if *world == *next.base => return self,
            Action::World(world) => {
                if !next.is_changed() || *world == next.staged() {
                    next.world = world.clone();
                }
                next.base = world;
            }
            Action::Kept(world) => (next.world, next.base) = (world.clone(), world),
            Action::At(at) => {
                next.at = at.min(next.count());
                next.playing = false;
            }
            Action::Next => {
                next.at = next.at.saturating_add(1).min(next.count());
                next.playing = next.playing && next.at < next.count();
            }
            Action::Played(playing) => {
                if playing && next.at == next.count() {
                    next.at = 0;
                }
                next.playing = playing;
            }
            Action::Variant(variant) => next.take_variant(variant),
            Action::Fault(fault) => {
                next.inputs.fault = fault;
                // What was set by hand would hide what the fault sets.
                next.inputs.values.clear();
                next.playing = false;
                if let Some(at) = next.failing() {
                    next.at = at;
                }
            }
            Action::Mend => next.mend(),
            Action::Set(id, value) => {
                next.inputs.values.insert(id, value);
                let by_itself = Inputs { values: BTreeMap::new(), ..next.inputs.clone() }.effective(next.flow);
                next.inputs.values.retain(|id, value| by_itself.get(*id) != Some(value));
            }
            Action::Unset(id) => {
                next.inputs.values.remove(id);
            }
            Action::Reset => {
                next.inputs.values.clear();
                next.inputs.fault = None;
                next.drafts.clear();
                next.world = next.base.clone();
            }
            Action::Text(account, policy, text) => next.write(account, &policy, text),
            Action::Compared(other) => next.compare = other,
            Action::Listed(list) => next.list = list,
            Action::Sealed(seals) => next.seals = seals,
            Action::Arrived(library) => next.library = library,
        }
        next.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::player::address;
    use crate::model::example;

    fn stand() -> Rc<Stand> {
        let flow = federation::flow("web-identity").expect("the flow");
        let visit = address::read(flow, "/flows/web-identity");
        Stand::new(flow, &visit, ByPtr::new(example::primer()), Time(1_796_115_600)).into()
    }

    fn fault(stand: &Stand, id: &str) -> Option<&'static Fault> {
        stand.flow.fault(id, stand.inputs.variant)
    }

    fn failing_step(stand: &Stand) -> Option<usize> {
        stand.run(&stand.inputs, &Memo::default()).failed()
    }

    #[test]
    fn a_fault_shows_the_step_that_fails() {
        let stand = stand();
        let fault = fault(&stand, "wrong-audience");
        let stand = stand.reduce(Action::Fault(fault));
        assert_eq!(Some(stand.at), failing_step(&stand).map(|at| at + 1));
    }

    #[test]
    fn a_fault_to_mend_is_a_value_that_can_be_set_right() {
        let stand = stand();
        let fault = fault(&stand, "wrong-audience");
        let broken = stand.reduce(Action::Fault(fault)).reduce(Action::Mend);
        assert_eq!((broken.inputs.fault, broken.inputs.values["audience"].as_str()), (None, "another-app"));
        assert!(failing_step(&broken).is_some());
        let step = broken.flow.steps_of(broken.inputs.variant).nth(broken.at - 1).expect("a step");
        assert_eq!(step.id, "token", "the step with the value is shown");
        let mended = broken.reduce(Action::Set("audience", example::GOOGLE_APP.to_owned()));
        assert_eq!((failing_step(&mended), mended.is_edited()), (None, false));
    }

    #[test]
    fn a_fault_of_the_world_to_mend_is_a_policy_that_can_be_set_right() {
        let before = stand();
        let trust =
            before.world.role("arn:aws:iam::123456789012:role/MobileAppUser").expect("the role").1.trust.clone();
        let fault = fault(&before, "missing-trust");
        let broken = before.reduce(Action::Fault(fault)).reduce(Action::Mend);
        assert!(broken.is_changed() && failing_step(&broken).is_some());
        let policy = PolicyRef::Trust { role: "arn:aws:iam::123456789012:role/MobileAppUser".into() };
        let half = broken.reduce(Action::Text(AccountId::example(), policy.clone(), "{".into()));
        assert_eq!(half.drafts.len(), 1, "a text that cannot be saved is kept beside");
        let mended = half.reduce(Action::Text(AccountId::example(), policy, trust));
        assert_eq!((failing_step(&mended), mended.drafts.len()), (None, 0));
    }

    #[test]
    fn a_world_that_the_page_has_taken_is_no_change_any_longer() {
        let stand = stand();
        let fault = fault(&stand, "missing-trust");
        let broken = stand.reduce(Action::Fault(fault)).reduce(Action::Mend);
        let kept = ByPtr::new(broken.staged());
        let again = || ByPtr::new((*kept).clone());
        let after = Rc::new(Stand::clone(&broken)).reduce(Action::Kept(kept.clone())).reduce(Action::World(again()));
        assert!(!after.is_changed());
        // With a question of the flow it is the page's without having been kept here.
        assert!(!broken.reduce(Action::World(again())).is_changed());
    }

    #[test]
    fn the_last_step_stays_the_last_when_the_provider_changes() {
        let stand = stand();
        let last = stand.count();
        let amazon = stand.flow.variant("amazon").expect("Amazon");
        let stand = stand.reduce(Action::At(last)).reduce(Action::Variant(amazon));
        assert_eq!(stand.at, stand.count());
    }
}
