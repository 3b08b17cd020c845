//! The values of a step, each to be edited in its place.

use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::stand::Action;
use super::step::Look;
use super::walk::Act;
use crate::app::components::{IconName, icon, prose};
use crate::app::platform::{focus, select};
use crate::federation::{Input, InputKind};

/// The inputs that a step uses first.
pub fn values(look: &Look, step: &'static str) -> Html {
    let inputs = &look.stand.inputs;
    let effective = inputs.effective(look.stand.flow);
    let of_step: Vec<&'static Input> =
        look.stand.flow.inputs_of(inputs.variant).map(|(input, _)| input).filter(|input| input.step == step).collect();
    if of_step.is_empty() {
        return Html::default();
    }
    let set_by_fault = |id: &str| inputs.fault.is_some_and(|fault| fault.set.iter().any(|(set, _)| *set == id));
    html! {
        <>
            <h3 class="step__heading">{ "Values" }</h3>
            <div class="values">
                for input in of_step {
                    <Value key={input.id} {input} value={inputs.values.get(input.id).or(effective.get(input.id)).cloned().unwrap_or_default()}
                        wrong={input.wrong.iter().map(|(name, value)| (*name, inputs.localized(value))).collect::<Vec<_>>()}
                        changed={inputs.values.contains_key(input.id)} by_fault={set_by_fault(input.id)} act={look.act.clone()} />
                }
            </div>
        </>
    }
}

/// The id of the field of an input.
pub fn field_id(input: &str) -> String {
    format!("value-{input}")
}

#[derive(Properties, PartialEq)]
struct ValueProps {
    input: &'static Input,
    value: String,
    /// Values that go wrong, each with a name.
    wrong: Vec<(&'static str, String)>,
    changed: bool,
    by_fault: bool,
    act: Act,
}

#[component]
fn Value(props: &ValueProps) -> Html {
    let input = props.input;
    let node = use_node_ref();
    use_effect_with((node.clone(), props.value.clone()), |(node, value)| select::show(node, value));
    let id = field_id(input.id);
    let about = format!("{id}-about");
    let error = input.error(&props.value);
    let state = match (props.changed, props.by_fault) {
        (true, _) => "changed",
        (false, true) => "fault",
        (false, false) => "plain",
    };
    html! {
        <div class="value" data-state={state}>
            <label class="label" for={id.clone()}>{ input.label }</label>
            { field(props, node, (id.clone(), about.clone())) }
            <p class="value__about" id={about}>
                { prose(input.about) }
                if let Some(error) = &error {
                    <span class="value__error">{ format!(" Write {error}; until then the value by itself counts.") }</span>
                }
            </p>
            <div class="value__actions">
                if props.changed {
                    <button type="button" class="link" onclick={set(&props.act, &id, Action::Unset(input.id))}>
                        { "Reset" }<span class="visually-hidden">{ format!(" {}", input.label) }</span>
                    </button>
                }
                for (name, value) in props.wrong.iter().filter(|(_, value)| *value != props.value) {
                    <button type="button" class="link" key={*name} onclick={set(&props.act, &id, Action::Set(input.id, value.clone()))}>
                        { "Make it wrong: " }{ prose(name) }
                    </button>
                }
            </div>
        </div>
    }
}

/// The button is gone afterwards: the focus goes to the field.
fn set(act: &Act, field: &str, action: Action) -> Callback<MouseEvent> {
    let (act, field) = (act.clone(), field.to_owned());
    Callback::from(move |_| {
        act.emit(action.clone());
        focus::focus_id(&field);
    })
}

fn field(props: &ValueProps, node: NodeRef, (id, about): (String, String)) -> Html {
    let (input, act) = (props.input, props.act.clone());
    let set = move |value: String| act.emit(Action::Set(input.id, value));
    match input.kind {
        InputKind::Choice(values) => {
            let onchange = move |event: Event| set(event.target_unchecked_into::<HtmlSelectElement>().value());
            html! {
                <span class="select">
                    <select class="field field--select" ref={node} {id} aria-describedby={about} {onchange}>
                        for (value, name) in values {
                            <option key={*value} value={*value} selected={props.value == *value}>{ *name }</option>
                        }
                    </select>
                    { icon(IconName::Down) }
                </span>
            }
        }
        InputKind::Policy => {
            let oninput = move |event: InputEvent| set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
            let rows = props.value.lines().count().clamp(2, 14).to_string();
            html! {
                <textarea class="field value__policy" {id} aria-describedby={about} {rows} spellcheck="false" value={props.value.clone()} {oninput} />
            }
        }
        InputKind::Text | InputKind::Number { .. } => {
            let oninput = move |event: InputEvent| set(event.target_unchecked_into::<HtmlInputElement>().value());
            let inputmode = matches!(input.kind, InputKind::Number { .. }).then_some("numeric");
            html! {
                <input class="field" {id} aria-describedby={about} aria-invalid={input.error(&props.value).map(|_| "true")} {inputmode} spellcheck="false" autocomplete="off" value={props.value.clone()} {oninput} />
            }
        }
    }
}
