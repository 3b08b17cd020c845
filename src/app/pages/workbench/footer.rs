//! Versions, and whose this is not.

use yew::prelude::*;

use super::about::ENGINE;
use crate::app::state::Site;

/// The foot of the page.
pub fn footer(site: &Site) -> Html {
    let data = site.manifest.ready().and_then(|manifest| manifest.inputs.first());
    html! {
        <footer class="footer">
            <div class="footer__inner">
                <span>{ format!("Engine {ENGINE}") }</span>
                if let Some(input) = data {
                    <span>{ format!("Data {} {}", input.package, input.version) }</span>
                }
                <span>{ "Computed in this page. Nothing is sent." }</span>
                <span>{ "Not affiliated with AWS." }</span>
            </div>
        </footer>
    }
}
