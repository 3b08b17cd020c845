//! What everybody holds after the step that is looked at, and how long it is good.

use yew::prelude::*;

use super::step::Look;
use crate::federation::{Holding, remaining};
use crate::model::Time;

/// The wallets of all lanes that hold something.
pub fn wallet(look: &Look) -> Html {
    let at = look.stand.at.checked_sub(1);
    let held = look.run.wallet(at);
    let now = look.played().map_or(look.stand.inputs.now, |played| played.now);
    let owners = look.stand.flow.lanes.iter().map(|lane| lane.id).filter(|id| held.iter().any(|one| one.owner == *id));
    html! {
        <section class="wallet" aria-labelledby="wallet-title">
            <h2 class="wallet__title" id="wallet-title">{ "Who holds what" }</h2>
            if held.is_empty() {
                <p class="wallet__none">{ "Nobody holds anything yet." }</p>
            }
            <dl class="wallet__list">
                for owner in owners {
                    <div class="wallet__owner" key={owner}>
                        <dt>{ look.lane(owner) }</dt>
                        for holding in held.iter().filter(|holding| holding.owner == owner) {
                            { one(holding, now) }
                        }
                    </div>
                }
            </dl>
        </section>
    }
}

fn one(holding: &Holding, now: Time) -> Html {
    let ended = holding.until.is_some_and(|until| until.0 <= now.0);
    html! {
        <dd class="wallet__holding" key={holding.id} data-ended={ended.to_string()}>
            <span class="wallet__name">{ &holding.name }</span>
            if let Some(until) = holding.until {
                <span class="wallet__until">{ remaining(until, now) }</span>
            }
            for line in &holding.about {
                <span class="wallet__about">{ line }</span>
            }
        </dd>
    }
}
