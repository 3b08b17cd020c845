//! What the player shows: the list of flows, or one of them.

use yew::prelude::*;

use super::address;
use super::gallery::gallery;
use super::host::Host;
use super::scale::Crowd;
use super::walk::Walk;
use crate::app::ByPtr;
use crate::app::platform::{focus, title};
use crate::model::World;
use crate::save::{SaveError, Saved};

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
    let flow = address::flow(&props.address);
    let crowd = address::is_scale(&props.address);
    let name = match flow {
        Some(flow) => flow.title,
        None if crowd => "Thousands or millions of people",
        None => "Federation flows",
    };
    use_effect_with((heading.clone(), name), |(heading, _)| focus::focus(heading));
    // The page has set its own meanwhile.
    use_effect_with((props.opened.clone(), name), |(_, name)| title::set(&format!("{name} · IAM Playground")));
    let world = use_memo(props.opened.clone(), |opened| opened.as_ref().as_ref().ok().map(|saved| saved.world.clone()));
    let world = use_memo(world, |world| (**world).clone().map(ByPtr::<World>::new));
    html! {
        <main class="flows">
            <div class="flows__top">
                <nav class="flows__way" aria-label="Way back">
                    <a class="link" href="#/">{ "Back to the workbench" }</a>
                    if flow.is_some() || crowd {
                        <a class="link" href="#/flows">{ "All flows" }</a>
                    }
                </nav>
                if let Some(world) = &*world {
                    <p class="flows__world">{ "World: " }{ &*world.name }</p>
                }
            </div>
            <h1 class="flows__name" tabindex="-1" ref={heading}>{ name }</h1>
            if let Err(error) = &*props.opened {
                <p class="notice" role="alert">{ format!("The world of the workbench cannot be read. {error}") }</p>
            }
            { match (flow, &*world) {
                (Some(flow), Some(world)) => html! {
                    <Walk key={flow.id} {flow} {world} opened={props.opened.clone()} address={props.address.clone()} host={props.host.clone()} />
                },
                _ if crowd => html! { <Crowd /> },
                _ => gallery(),
            } }
        </main>
    }
}
