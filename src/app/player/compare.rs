//! What differs between two ways of a flow, step by step.

use yew::prelude::*;

use super::step::Look;
use crate::federation::{Difference, Run, Variant, differences as found};

/// What differs from another way.
pub fn differences(look: &Look, other: &Variant, run: &Run) -> Html {
    let all = found(look.run, run);
    let name = look.stand.inputs.variant.name;
    html! {
        <table class="claims beside">
            <caption class="label">{ "What differs" }</caption>
            <thead><tr><th scope="col">{ "Step" }</th><th scope="col">{ name }</th><th scope="col">{ other.name }</th></tr></thead>
            <tbody>
                for Difference { step, what, here, there } in all {
                    <tr key={format!("{step}-{what}")}>
                        <th scope="row">{ titled(look.run, run, step) }{ ": " }{ what }</th>
                        <td>{ here.unwrap_or_else(|| "none".to_owned()) }</td>
                        <td>{ there.unwrap_or_else(|| "none".to_owned()) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}

/// The number of a step and its message.
fn titled(here: &Run, there: &Run, id: &str) -> String {
    let of = |run: &Run| {
        let at = run.played.iter().position(|played| played.step.id == id)?;
        Some(format!("{}. {}", at + 1, run.played.get(at)?.step.message))
    };
    of(here).or_else(|| of(there)).unwrap_or_default()
}
