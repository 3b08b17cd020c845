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
    /// Faults of the world that are somebody's to mend.
    broken: Vec<&'static Fault>,
    /// Policies that were written here.
    texts: Vec<(AccountId, PolicyRef, Arc<str>)>,
    /// The fault that is somebody's to mend since they asked for it.
    pub mending: Option<&'static Fault>,
    /// Whether the page has just taken the world from here.
    pub kept: bool,
    /// The world here: that of the page with both.
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

impl Action {
    /// Whether it changes what is played.
    fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Variant(_)
                | Self::Fault(_)
                | Self::Mend
                | Self::Set(..)
                | Self::Unset(_)
                | Self::Reset
                | Self::Text(..)
        )
    }
}

impl Stand {
    /// Back where somebody was, in the world that the page has now.
    pub fn again(mut self, visit: &Visit, world: ByPtr<World>) -> Self {
        if *world != *self.base {
            self.base = world;
            self.drafts.clear();
        }
        self.kept = false;
        self.visit(visit);
        self.rebuild();
        self
    }

    /// The beginning: a visit to a flow in a world.
    pub fn new(flow: &'static Flow, visit: &Visit, world: ByPtr<World>, now: Time) -> Self {
        let account = account_of(&world);
        let mut stand = Self {
            flow,
            base: world.clone(),
            broken: Vec::new(),
            texts: Vec::new(),
            mending: None,
            kept: false,
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
        self.run_in(&self.world, inputs, memo)
    }

    /// What comes of it in another world.
    pub fn run_in(&self, world: &World, inputs: &Inputs, memo: &Memo) -> Run {
        federation::run(self.flow, world, inputs, &self.seals, (&self.library, memo))
    }

    /// How many steps are to be shown to see what fails.
    fn failing(&self) -> Option<usize> {
        self.run(&self.inputs, &Memo::default()).failed().map(|at| at.saturating_add(1))
    }

    fn visit(&mut self, visit: &Visit) {
        self.inputs.variant = visit.variant;
        self.inputs.fault = visit.fault;
        self.inputs.values = visit.values.iter().cloned().collect();
        self.forget_what_is_no_change();
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
        self.drafts.clear();
        self.mending = None;
        self.broken.clear();
        self.texts.clear();
        self.rebuild();
        self.at = if all == last { self.count() } else { self.at.min(self.count()) };
        self.compare = self.compare.filter(|other| *other != variant);
    }

    /// Values that are as they are by themselves are no changes.
    fn forget_what_is_no_change(&mut self) {
        let by_itself = Inputs { values: BTreeMap::new(), ..self.inputs.clone() }.effective(self.flow);
        self.inputs.values.retain(|id, value| by_itself.get(*id) != Some(value));
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
            self.broken.push(fault);
        }
        // Where the first of its values is, it can be mended; a policy is where it decides.
        let to_mend = fault.set.first().and_then(|(id, _)| self.flow.input(id)).map(|input| input.step);
        if let Some(at) = to_mend.and_then(|id| self.flow.steps_of(self.inputs.variant).position(|step| step.id == id))
        {
            self.at = at.saturating_add(1);
        }
        self.inputs.fault = None;
        self.mending = Some(fault);
        self.rebuild();
    }

    /// A text that AWS would save counts, and with it a fault of the world is somebody's to mend. Any other is kept beside.
    fn write(&mut self, account: AccountId, policy: PolicyRef, text: Arc<str>) {
        let staged = self.staged();
        let command = staged.account(&account).and_then(|account| text_command(&policy, text.clone(), account));
        let Some(command) = command else { return };
        let draft = draft_key(&account, &policy);
        match apply(&staged, &command, &Occasion { account: account.clone(), now: self.inputs.now }) {
            Ok(_) => {
                if self.inputs.fault.is_some_and(|fault| fault.world.is_some()) {
                    self.mend();
                }
                self.drafts.remove(&draft);
                self.texts.retain(|(of, known, _)| (of, known) != (&account, &policy));
                self.texts.push((account, policy, text));
                self.rebuild();
            }
            Err(refusal) => {
                self.drafts.insert(draft, (text, refusal.to_string()));
            }
        }
    }

    /// The world of the page with what is changed here.
    fn rebuild(&mut self) {
        self.world = self.base.clone();
        if self.broken.is_empty() && self.texts.is_empty() {
            return;
        }
        let inputs = |fault| Inputs { fault, ..self.inputs.clone() };
        let before = federation::staged(self.flow, &self.base, &inputs(None)).0;
        let broken = self
            .broken
            .iter()
            .fold(before.clone(), |world, fault| federation::staged(self.flow, &world, &inputs(Some(fault))).0);
        let world = self.texts.iter().fold(broken, |world, (account, policy, text)| {
            let command = world.account(account).and_then(|account| text_command(policy, text.clone(), account));
            let occasion = Occasion { account: account.clone(), now: self.inputs.now };
            command.and_then(|command| apply(&world, &command, &occasion).ok()).unwrap_or(world)
        });
        if world != before {
            self.world = ByPtr::new(world);
        }
    }

    /// The page has the world from here: nothing is changed here any longer, and a fault in it is a fact.
    fn keep(&mut self, world: ByPtr<World>) {
        if self.inputs.fault.is_some_and(|fault| fault.world.is_some()) {
            self.mend();
        }
        self.broken.clear();
        self.texts.clear();
        self.base = world;
        self.kept = true;
        self.rebuild();
    }
}

/// What a draft is kept under.
pub fn draft_key(account: &AccountId, policy: &PolicyRef) -> String {
    format!("{account}/{}", policy_key(policy))
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
        next.kept &= !action.is_change();
        match action {
            Action::Visited(visit) if visit == self.visited() => return self,
            Action::Visited(visit) => next.visit(&visit),
            // Every opening brings the world anew.
            Action::World(world) if *world == *next.base => return self,
            Action::World(world) => {
                next.base = world;
                next.drafts.clear();
                next.rebuild();
            }
            Action::Kept(world) => next.keep(world),
            Action::At(at) => {
                next.at = at.min(next.count());
                next.playing = false;
            }
            Action::Next => {
                next.at = next.at.saturating_add(1).min(next.count());
                next.playing = next.playing && next.at < next.count();
            }
            Action::Played(playing) => {
                // From a decision, where playing stops, it goes on with the next step.
                if playing {
                    next.at = if next.at == next.count() { 0 } else { next.at.saturating_add(1) };
                }
                next.playing = playing && next.at < next.count();
            }
            Action::Variant(variant) => next.take_variant(variant),
            Action::Fault(fault) => {
                next.inputs.fault = fault;
                // What was set by hand would hide what the fault sets.
                next.inputs.values.clear();
                next.drafts.clear();
                next.mending = None;
                next.playing = false;
                if let Some(at) = next.failing() {
                    next.at = at;
                }
            }
            Action::Mend => next.mend(),
            Action::Set(id, value) => {
                // Whoever sets what the fault sets has the fault to mend.
                if next.inputs.fault.is_some_and(|fault| fault.set.iter().any(|(set, _)| *set == id)) {
                    let at = next.at;
                    next.mend();
                    next.at = at;
                }
                next.inputs.values.insert(id, value);
                next.forget_what_is_no_change();
            }
            Action::Unset(id) => {
                next.inputs.values.remove(id);
            }
            Action::Reset => {
                next.inputs.values.clear();
                next.inputs.fault = None;
                next.mending = None;
                next.drafts.clear();
                next.broken.clear();
                next.texts.clear();
                next.rebuild();
            }
            Action::Text(account, policy, text) => next.write(account, policy, text),
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
    fn a_change_of_the_page_reaches_a_changed_world() {
        let stand = stand();
        let fault = fault(&stand, "missing-trust");
        let broken = stand.reduce(Action::Fault(fault)).reduce(Action::Mend);
        let mut page = example::primer();
        page.name = "Renamed".into();
        let after = broken.reduce(Action::World(ByPtr::new(page)));
        assert_eq!(&*after.world.name, "Renamed");
        assert!(after.is_changed() && failing_step(&after).is_some());
    }

    #[test]
    fn a_text_that_cannot_be_saved_leaves_the_fault_in_place() {
        let stand = stand();
        let fault = fault(&stand, "missing-trust");
        let policy = PolicyRef::Trust { role: "arn:aws:iam::123456789012:role/MobileAppUser".into() };
        let half = stand.reduce(Action::Fault(fault)).reduce(Action::Text(AccountId::example(), policy, "{".into()));
        assert_eq!((half.inputs.fault, half.drafts.len()), (fault, 1));
        assert!(!half.is_changed());
    }

    #[test]
    fn a_world_with_a_fault_that_the_page_has_taken_fails_without_the_fault() {
        let stand = stand();
        let fault = fault(&stand, "missing-trust");
        let faulty = stand.reduce(Action::Fault(fault));
        let world = ByPtr::new(faulty.staged());
        let after = faulty.reduce(Action::Kept(world));
        assert!(after.inputs.fault.is_none() && !after.is_changed() && failing_step(&after).is_some());
    }

    #[test]
    fn playing_goes_on_from_a_decision() {
        let stand = stand().reduce(Action::At(7)).reduce(Action::Played(true));
        assert_eq!((stand.at, stand.playing), (8, true));
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
