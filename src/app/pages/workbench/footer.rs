//! What the checks find, versions, and whose this is not.

use yew::prelude::*;

use super::about::ENGINE;
use crate::app::ByPtr;
use crate::app::components::Act;
use crate::app::state::pins::{Row, count};
use crate::app::state::{Checks, Dialog, Event as StateEvent, Site, Tab};

/// The foot of the page.
pub fn footer(site: &Site, checks: Option<&ByPtr<Checks>>, pins: &[Row]) -> Html {
    let data = site.manifest.ready().and_then(|manifest| manifest.inputs.first());
    html! {
        <footer class="footer">
            <div class="footer__inner">
                if let Some(checks) = checks {
                    <Act event={StateEvent::TabShown(Tab::Checks)} then_focus="middle-title">{ format!("Checks: {}", checks.count()) }</Act>
                } else {
                    <span>{ "Checks: not made yet" }</span>
                }
                if !pins.is_empty() {
                    <Act event={StateEvent::TabShown(Tab::Pinned)} then_focus="middle-title">{ format!("Pinned: {}", count(pins)) }</Act>
                }
                <span>{ format!("Engine {ENGINE}") }</span>
                if let Some(input) = data {
                    <span>{ format!("Data {} {}", input.package, input.version) }</span>
                }
                <Act event={StateEvent::DialogOpened(Dialog::About)}>{ "What is modelled" }</Act>
                <span>{ "Computed in this page. Nothing is sent." }</span>
                <span>{ "Not affiliated with AWS." }</span>
            </div>
        </footer>
    }
}
