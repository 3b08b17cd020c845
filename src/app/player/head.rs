//! Above a flow: which way it goes, what goes wrong, and what comes of it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::address;
use super::export::Export;
use super::host::Host;
use super::stand::{Action, Stand};
use super::step::{Look, between, outcome_state};
use super::values::field_id;
use super::walk::Act;
use crate::app::ByPtr;
use crate::app::components::{IconName, icon, prose};
use crate::app::platform::{clock, focus, select};
use crate::federation::{self, Fault, Flow, Inputs, Outcome, Run, Variant};
use crate::save;

/// The head of a flow; `before` is the first step that came out otherwise than by itself.
pub fn head(look: &Look, before: Option<usize>) -> Html {
    let stand = look.stand;
    let (flow, variant) = (stand.flow, stand.inputs.variant);
    html! {
        <header class="head">
            if flow.variants.len() > 1 {
                <Ways {flow} {variant} act={look.act.clone()} />
            }
            <div class="head__choices">
                <Faults {flow} {variant} fault={stand.inputs.fault} act={look.act.clone()} />
                if flow.variants.len() > 1 {
                    <Compare {flow} {variant} other={stand.compare} act={look.act.clone()} />
                }
                <Export flow={stand.flow} inputs={stand.inputs.clone()} run={look.run.clone()} />
                if stand.is_edited() || stand.inputs.fault.is_some() {
                    { button(look.act, Action::Reset, "Reset everything", ENDING) }
                }
            </div>
            { shown_ending(look, before) }
            if let Some(fault) = stand.inputs.fault {
                { banner(look, fault) }
            }
            if let Some(fault) = stand.mending {
                { mending(look, fault) }
            }
            { of_world(look) }
        </header>
    }
}

/// A button that hands one action over and is gone then: the focus goes to what has the id `next`.
fn button(act: &Act, action: Action, words: &'static str, next: impl Into<AttrValue>) -> Html {
    html! { <Press act={act.clone()} {action} {words} next={next.into()} /> }
}

#[derive(Properties)]
struct PressProps {
    act: Act,
    action: Action,
    words: &'static str,
    next: AttrValue,
}

/// Actions are made anew with every rendering, and small.
impl PartialEq for PressProps {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[component]
fn Press(props: &PressProps) -> Html {
    let (act, action, next) = (props.act.clone(), props.action.clone(), props.next.clone());
    let onclick = move |_: MouseEvent| {
        act.emit(action.clone());
        focus::focus_id_soon(&next);
    };
    html! { <button type="button" class="button" {onclick}>{ props.words }</button> }
}

/// Where the focus goes when what had it is gone: to what comes of it.
const ENDING: &str = "ending";

/// What comes of the flow, in one sentence, and the state for its colour.
pub fn ending(stand: &Stand, run: &Run) -> (&'static str, String) {
    let failed = run.played.iter().enumerate().find(|(_, played)| matches!(played.outcome, Outcome::Failed(_)));
    let last = run.played.iter().rev().find(|played| played.decision().is_some());
    match (failed, last) {
        (Some((at, played)), _) => {
            let code = played.failure().map_or("", |failure| &failure.code);
            let lane = |id| stand.flow.lane_name(id, stand.inputs.variant);
            let way = between(lane(played.step.from), lane(played.step.to));
            (outcome_state(played), format!("Stops at step {}, {way}: {code}.", at + 1))
        }
        (None, Some(played)) => ("allowed", format!("Goes through: {} is allowed.", played.step.message)),
        (None, None) => ("plain", "Goes through.".to_owned()),
    }
}

fn shown_ending(look: &Look, before: Option<usize>) -> Html {
    let (state, words) = ending(look.stand, look.run);
    html! {
        <p class="head__ending" data-state={state} id={ENDING} tabindex="-1">
            <strong>{ words }</strong>
            if let Some(at) = before {
                { format!(" First difference at step {}. Compared with the flow as it is by itself.", at + 1) }
            }
            if let Some(failed) = look.run.failed() {
                { " " }
                <button type="button" class="link" onclick={emit(look.act, Action::At(failed + 1))}>{ "Show what fails" }</button>
            }
        </p>
    }
}

fn banner(look: &Look, fault: &'static Fault) -> Html {
    let to_mend = fault.set.first().map_or_else(|| "step-title".to_owned(), |(input, _)| field_id(input));
    html! {
        <section class="head__fault" aria-label="What goes wrong">
            <p><strong>{ fault.title }</strong>{ ": " }{ prose(fault.cause) }</p>
            <div class="head__actions">
                { button(look.act, Action::Mend, "Fix it yourself", to_mend) }
                { button(look.act, Action::Fault(None), "Without the fault", ENDING) }
            </div>
        </section>
    }
}

/// The fault that somebody mends, until the flow goes through.
fn mending(look: &Look, fault: &'static Fault) -> Html {
    let mended = look.run.failed().is_none();
    html! {
        <section class="head__fault" aria-label="What you mend">
            if mended {
                <p role="status"><strong>{ "Mended. " }</strong>{ format!("It was: {}.", fault.title) }</p>
            } else {
                <p><strong>{ format!("Yours to mend: {}. ", fault.title) }</strong>{ prose(fault.fix) }</p>
            }
        </section>
    }
}

/// What the flow has added to the world, and what was changed in it here.
fn of_world(look: &Look) -> Html {
    let stand = look.stand;
    let changed = stand.is_changed();
    if stand.kept && !changed {
        return html! {
            <div class="head__world"><p role="status">{ "Your world has it now. Undo in the workbench takes it back." }</p></div>
        };
    }
    if !changed && look.run.added.is_empty() {
        return Html::default();
    }
    let words = match changed {
        true => "Policies are changed here, and not in your world.".to_owned(),
        false => format!(
            "Your world lacks what this flow is about; it runs as if there were: {}.",
            look.run.added.join(", ")
        ),
    };
    let label = if changed { "Keep the changes in my world" } else { "Add it to my world" };
    html! { <Keep {words} {label} stand={stand.clone()} act={look.act.clone()} host={look.host.clone()} /> }
}

#[derive(Properties, PartialEq)]
struct KeepProps {
    words: String,
    label: &'static str,
    stand: Stand,
    act: Act,
    host: Host,
}

/// Offers the page the world with all that the flow needs, without the fault.
#[component]
fn Keep(props: &KeepProps) -> Html {
    let refusal = use_state_eq(|| None::<String>);
    let onclick = {
        let set = refusal.setter();
        let deps = (props.stand.clone(), props.act.clone(), props.host.clone());
        use_callback(deps, move |_: MouseEvent, (stand, act, host)| {
            let inputs = Inputs { fault: None, ..stand.inputs.clone() };
            let (world, _) = federation::staged(stand.flow, &stand.world, &inputs);
            // The page opens the flows anew, at this address.
            host.go(&address::write(stand.flow, &stand.visited()));
            let refusal = host.take(&save::write(&world, clock::time()), &format!("Set up {}", stand.flow.title));
            if refusal.is_none() {
                act.emit(Action::Kept(ByPtr::new(world)));
                focus::focus_id(ENDING);
            }
            set.set(refusal);
        })
    };
    html! {
        <div class="head__world">
            <p>{ &props.words }</p>
            <button type="button" class="button" {onclick}>{ props.label }</button>
            if let Some(refusal) = &*refusal {
                <p role="alert">{ refusal }</p>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct WaysProps {
    flow: &'static Flow,
    variant: &'static Variant,
    act: Act,
}

/// The providers, as radio buttons in a row.
#[component]
fn Ways(props: &WaysProps) -> Html {
    html! {
        <fieldset class="segments ways">
            <legend class="visually-hidden">{ "Way" }</legend>
            for variant in props.flow.variants {
                <span class="segments__item" key={variant.id}>
                    <input class="segments__radio" type="radio" id={format!("way-{}", variant.id)} name="way"
                        checked={variant.id == props.variant.id} onchange={emit(&props.act, Action::Variant(variant))} />
                    <label class="segments__label" for={format!("way-{}", variant.id)}>{ variant.name }</label>
                </span>
            }
        </fieldset>
    }
}

/// A callback that hands one action over.
pub fn emit<T>(act: &Act, action: Action) -> Callback<T> {
    let act = act.clone();
    Callback::from(move |_| act.emit(action.clone()))
}

#[derive(Properties, PartialEq)]
struct FaultsProps {
    flow: &'static Flow,
    variant: &'static Variant,
    fault: Option<&'static Fault>,
    act: Act,
}

/// What can go wrong, by who gets it wrong.
#[component]
fn Faults(props: &FaultsProps) -> Html {
    let (flow, variant) = (props.flow, props.variant);
    let onchange = use_callback((props.act.clone(), variant), move |event: Event, (act, variant)| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        act.emit(Action::Fault(flow.fault(&chosen, variant)));
    });
    let mut groups: Vec<(&str, Vec<&Fault>)> = Vec::new();
    for fault in flow.faults_of(variant) {
        match groups.iter_mut().find(|(whose, _)| *whose == fault.whose) {
            Some((_, of)) => of.push(fault),
            None => groups.push((fault.whose, vec![fault])),
        }
    }
    let chosen = props.fault.map_or("", |fault| fault.id);
    let node = use_node_ref();
    use_effect_with((node.clone(), chosen, variant.id), |(node, chosen, _)| select::show(node, chosen));
    html! {
        <label class="choice">
            <span class="label">{ "What goes wrong" }</span>
            <span class="select">
            <select class="field field--select" ref={node} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ "nothing" }</option>
                for (whose, faults) in groups {
                    <optgroup label={format!("By the {whose}")} key={whose}>
                        for fault in faults {
                            <option key={fault.id} value={fault.id} selected={fault.id == chosen}>{ fault.title }</option>
                        }
                    </optgroup>
                }
            </select>
            { icon(IconName::Down) }
            </span>
        </label>
    }
}

#[derive(Properties, PartialEq)]
struct CompareProps {
    flow: &'static Flow,
    variant: &'static Variant,
    other: Option<&'static Variant>,
    act: Act,
}

/// Another way beside this one.
#[component]
fn Compare(props: &CompareProps) -> Html {
    let flow = props.flow;
    let onchange = use_callback(props.act.clone(), move |event: Event, act| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        act.emit(Action::Compared(flow.variant(&chosen)));
    });
    let chosen = props.other.map_or("", |other| other.id);
    let node = use_node_ref();
    use_effect_with((node.clone(), chosen, props.variant.id), |(node, chosen, _)| select::show(node, chosen));
    html! {
        <label class="choice">
            <span class="label">{ "Compare with" }</span>
            <span class="select">
            <select class="field field--select" ref={node} {onchange}>
                <option value="" selected={chosen.is_empty()}>{ "nothing" }</option>
                for variant in flow.variants.iter().filter(|variant| variant.id != props.variant.id) {
                    <option key={variant.id} value={variant.id} selected={variant.id == chosen}>{ variant.name }</option>
                }
            </select>
            { icon(IconName::Down) }
            </span>
        </label>
    }
}
