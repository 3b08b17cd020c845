//! One flow: its picture or list, the step that is looked at, and what everybody holds.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gloo::timers::callback::{Interval, Timeout};
use web_sys::Element;
use yew::prelude::*;

use super::address::{self, Visit};
use super::compare::differences;
use super::controls::controls;
use super::diagram::diagram;
use super::head::{ending, head};
use super::host::Host;
use super::seals::use_seals;
use super::stand::{Action, Stand};
use super::step::Look;
use super::steps::{conversation, list};
use super::wallet::wallet;
use crate::app::ByPtr;
use crate::app::components::LiveRegion;
use crate::app::hooks::use_media_query;
use crate::app::platform::{clock, scroll};
use crate::eval::situation::Memo;
use crate::federation::{Flow, Inputs, Outcome, Run};
use crate::model::World;
use crate::save::{SaveError, Saved};

/// Milliseconds before an address is written.
const PAUSE: u32 = 300;
/// Milliseconds that a step is shown while it plays.
const BEAT: u32 = 1_600;

/// Hands an action to where somebody stands.
pub type Act = Callback<Action>;

/// Properties of [`Walk`].
#[derive(Properties, PartialEq)]
pub struct WalkProps {
    /// The flow.
    pub flow: &'static Flow,
    /// What they were opened with last.
    pub opened: ByPtr<Result<Saved, SaveError>>,
    /// The world of the page.
    pub world: ByPtr<World>,
    /// Where in the flow.
    pub address: AttrValue,
    /// The page.
    pub host: Host,
}

thread_local! {
    /// Where people were in the flows that they left: what they changed waits for them.
    static STANDS: RefCell<BTreeMap<&'static str, Stand>> = const { RefCell::new(BTreeMap::new()) };
}

/// Where somebody was in a flow, or its beginning.
fn before(flow: &'static Flow, visit: &Visit, world: ByPtr<World>) -> Stand {
    match STANDS.with_borrow(|stands| stands.get(flow.id).cloned()) {
        Some(stand) => stand.again(visit, world),
        None => Stand::new(flow, visit, world, clock::time()),
    }
}

/// One flow.
#[component]
pub fn Walk(props: &WalkProps) -> Html {
    let visit = |address: &str| address::read(props.flow, address);
    let stand = use_reducer(|| before(props.flow, &visit(&props.address), props.world.clone()));
    use_effect_with(ByPtr::new(Stand::clone(&stand)), |stand| {
        STANDS.with_borrow_mut(|stands| stands.insert(stand.flow.id, Stand::clone(stand)));
    });
    let dispatcher = stand.dispatcher();
    let act = use_callback((), move |action: Action, ()| dispatcher.dispatch(action));
    let memo = use_memo((), |()| Memo::default());
    use_effect_with(props.world.clone(), {
        let act = act.clone();
        move |world| act.emit(Action::World(world.clone()))
    });
    // The flows may be opened again at the address of the last time, though it was left since.
    use_effect_with((props.address.clone(), props.opened.clone()), {
        let (act, visit) = (act.clone(), visit(&props.address));
        move |_| act.emit(Action::Visited(visit))
    });
    let of_run = (stand.world.clone(), stand.inputs.clone(), stand.seals.clone(), stand.library.clone());
    let run = use_memo(of_run, |_| ByPtr::new(stand.run(&stand.inputs, &memo)));
    let beside = use_memo((run.clone(), stand.compare), |(_, other)| {
        let other = (*other)?;
        let fault = stand.inputs.fault.and_then(|fault| stand.flow.fault(fault.id, other));
        let inputs = Inputs { variant: other, values: Default::default(), fault, ..stand.inputs.clone() };
        Some((other, ByPtr::new(stand.run(&inputs, &memo))))
    });
    let differs = use_first_difference(&stand, &run);
    use_seals(&stand, &run, &act);
    use_address(&stand, &props.host);
    use_playing(&stand, &run, &act);
    let narrow = use_media_query("(max-width: 40rem)");
    use_in_sight(stand.at, narrow && !stand.list);
    let onkeydown =
        use_callback((stand.at, stand.count(), run.failed(), stand.list, stand.playing, act.clone()), on_key);
    let look = Look { stand: &stand, run: &run, act: &act, host: &props.host };
    html! {
        <>
            { head(&look, differs) }
            <div class="walk" data-compare={beside.is_some().to_string()}>
                <section class="walk__picture" aria-label="Steps" {onkeydown}>
                    { controls(&look) }
                    if stand.list || narrow {
                        { if stand.list { list(&look, differs) } else { conversation(&look, differs) } }
                    } else {
                        <div class="walk__pair">
                            { diagram(&stand, &run, stand.inputs.variant, Some(&act), differs) }
                            if let Some((other, run)) = &*beside {
                                { diagram(&stand, run, other, None, None) }
                            }
                        </div>
                    }
                    if let Some((other, beside)) = &*beside {
                        { differences(&look, other, beside) }
                    }
                </section>
                if stand.list || !narrow {
                    { super::step::step(&look) }
                }
                { wallet(&look) }
            </div>
            <LiveRegion text={announcement(&stand, &run)} />
        </>
    }
}

/// The first step that came out otherwise than before anything was changed; nothing while nothing is.
#[hook]
fn use_first_difference(stand: &Stand, run: &ByPtr<Run>) -> Option<usize> {
    let by_itself = Inputs { values: Default::default(), fault: None, ..stand.inputs.clone() };
    let edited = stand.is_edited() || stand.inputs.fault.is_some();
    let deps = (stand.base.clone(), by_itself, stand.seals.clone(), stand.library.clone());
    let memo = use_memo((), |()| Memo::default());
    let plain = use_memo(deps, |(base, inputs, ..)| stand.run_in(base, inputs, &memo));
    if edited { run.differs_at(&plain) } else { None }
}

/// Keeps the address up with where somebody stands.
#[hook]
fn use_address(stand: &Stand, host: &Host) {
    let address = address::write(stand.flow, &stand.visited());
    let first = use_mut_ref(|| true);
    use_effect_with(address, {
        let host = host.clone();
        move |address| {
            let address = address.clone();
            let later = match first.replace(false) {
                true => None,
                false => Some(Timeout::new(PAUSE, move || host.go(&address))),
            };
            move || drop(later)
        }
    });
}

/// Where the step stands among the others, going on brings it to the top of the screen.
#[hook]
fn use_in_sight(at: usize, among_others: bool) {
    let first = use_mut_ref(|| true);
    use_effect_with(at, move |_| {
        if !first.replace(false) && among_others {
            scroll::to_top(".talk__button[aria-current]");
        }
    });
}

/// One step after the other while it plays. It stops by itself at a decision and at a failure.
#[hook]
fn use_playing(stand: &Stand, run: &ByPtr<Run>, act: &Act) {
    let deps = (stand.playing, run.clone());
    use_effect_with((stand.at, deps), {
        let act = act.clone();
        move |(at, (playing, run))| {
            let here = at.checked_sub(1).and_then(|at| run.played.get(at)).map(|played| &played.outcome);
            let stops = matches!(here, Some(Outcome::Allowed | Outcome::Failed(_)));
            let beat = playing.then(|| {
                let act = act.clone();
                Interval::new(if stops { 2 * BEAT } else { BEAT }, move || {
                    act.emit(if stops { Action::Played(false) } else { Action::Next });
                })
            });
            move || drop(beat)
        }
    });
}

/// Keys while the focus is among the steps, but not in one that is open among them: there are fields for text.
fn on_key(event: KeyboardEvent, deps: &(usize, usize, Option<usize>, bool, bool, Act)) {
    let (at, count, failed, list, playing, act) = deps;
    let within = |selector| {
        let target = event.target_dyn_into::<Element>();
        target.is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
    };
    let chooses = event.key().starts_with("Arrow") && within("[type=radio]");
    if event.ctrl_key() || event.meta_key() || event.alt_key() || chooses || within(".step") {
        return;
    }
    let action = match event.key().as_str() {
        "ArrowRight" => Action::At(at.saturating_add(1)),
        "ArrowLeft" => Action::At(at.saturating_sub(1)),
        "Home" => Action::At(0),
        "End" => Action::At(*count),
        "f" | "F" => match failed {
            Some(failed) => Action::At(failed.saturating_add(1)),
            None => return,
        },
        "l" | "L" => Action::Listed(!list),
        "p" | "P" => Action::Played(!playing),
        _ => return,
    };
    event.prevent_default();
    act.emit(action);
}

/// What is said of the step, and while something is changed, of what comes of it.
fn announcement(stand: &Stand, run: &Run) -> AttrValue {
    let count = stand.count();
    let ending = match stand.is_edited() || stand.inputs.fault.is_some() {
        true => format!(". {}", ending(stand, run).1),
        false => String::new(),
    };
    let Some(played) = stand.at.checked_sub(1).and_then(|at| run.played.get(at)) else {
        return format!("Before the first of {count} steps{ending}").into();
    };
    let name = |lane| stand.flow.lane_name(lane, stand.inputs.variant);
    let (from, to) = (name(played.step.from), name(played.step.to));
    let outcome = super::step::outcome_words(&played.outcome);
    format!("Step {} of {count}: {from} to {to}, {}: {outcome}{ending}", stand.at, played.step.message).into()
}
