//! A choice of a few, all in sight: radio buttons drawn as one row.

use yew::prelude::*;

/// A row of radio buttons: `name` of the group, what is chosen as `legend`, the choices in order and the chosen one.
pub fn segments(
    name: &'static str,
    legend: &'static str,
    choices: &'static [&'static str],
    chosen: usize,
    onchoose: &Callback<usize>,
) -> Html {
    html! {
        <fieldset class="segments">
            <legend class="visually-hidden">{ legend }</legend>
            for (at, choice) in choices.iter().enumerate() {
                <Segment key={*choice} {name} {choice} {at} chosen={chosen == at} {onchoose} />
            }
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
struct SegmentProps {
    name: &'static str,
    choice: &'static str,
    at: usize,
    chosen: bool,
    onchoose: Callback<usize>,
}

#[component]
fn Segment(props: &SegmentProps) -> Html {
    let onchange = use_callback((props.at, props.onchoose.clone()), |_: Event, (at, choose)| choose.emit(*at));
    let id = format!("{}-{}", props.name, props.at);
    html! {
        <span class="segments__item">
            <input class="segments__radio" type="radio" id={id.clone()} name={props.name} checked={props.chosen} {onchange} />
            <label class="segments__label" for={id}>{ props.choice }</label>
        </span>
    }
}
