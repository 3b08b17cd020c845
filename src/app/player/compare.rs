//! What differs between two ways of a flow, step by step.

use yew::prelude::*;

use super::step::Look;
use crate::federation::{Difference, Run, Variant, differences as found};

/// What differs from another way.
pub fn differences(look: &Look, other: &Variant, run: &Run) -> Html {
    let all = found(look.run, run);
    let name = look.stand.inputs.variant.name;
    let step = |id: &str| {
        let mut steps = look.run.played.iter().enumerate().chain(run.played.iter().enumerate());
        let (at, played) = steps.find(|(_, played)| played.step.id == id)?;
        Some(format!("{}. {}", at + 1, played.step.message))
    };
    html! {
        <table class="claims beside">
            <caption class="label">{ "What differs" }</caption>
            <thead><tr><th scope="col">{ "Step" }</th><th scope="col">{ name }</th><th scope="col">{ other.name }</th></tr></thead>
            <tbody>
                for Difference { step: id, what, here, there } in all {
                    <tr key={format!("{id}-{what}")}>
                        <th scope="row">{ step(id).unwrap_or_default() }{ ": " }{ what }</th>
                        <td>{ here.unwrap_or_else(|| "none".to_owned()) }</td>
                        <td>{ there.unwrap_or_else(|| "none".to_owned()) }</td>
                    </tr>
                }
            </tbody>
        </table>
    }
}
