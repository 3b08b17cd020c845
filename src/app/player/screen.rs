//! What the player shows.

use yew::prelude::*;

use super::Host;
use crate::app::ByPtr;
use crate::app::platform::{focus, title};
use crate::save::{SaveError, Saved};

const NAME: &str = "Federation flows";

/// Properties of [`Player`].
#[derive(Properties, PartialEq)]
pub struct PlayerProps {
    /// The world of the page, or why it cannot be read.
    pub opened: ByPtr<Result<Saved, SaveError>>,
    /// Where in the flows.
    pub address: AttrValue,
    /// The page.
    pub host: Host,
}

/// The root of the player.
#[component]
pub fn Player(props: &PlayerProps) -> Html {
    let heading = use_node_ref();
    use_effect_with(heading.clone(), focus::focus);
    // The page has set its own meanwhile.
    use_effect_with(props.opened.clone(), |_| title::set(&format!("{NAME} · IAM Playground")));
    html! {
        <main class="flows">
            <p><a class="link" href="#/">{ "Back to the workbench" }</a></p>
            <h1 class="flows__name" tabindex="-1" ref={heading}>{ NAME }</h1>
            { match &*props.opened {
                Ok(saved) => html! { <p class="flows__world">{ "World: " }<strong>{ saved.world.name.to_string() }</strong></p> },
                Err(error) => html! { <p class="notice" role="alert">{ format!("The world of the workbench cannot be read. {error}") }</p> },
            } }
        </main>
    }
}
