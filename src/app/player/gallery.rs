//! Every flow, to choose one.

use yew::prelude::*;

use crate::federation::FLOWS;

/// The flows as a list of links.
pub fn gallery() -> Html {
    html! {
        <>
            <p class="flows__about">
                { "How people, programs and services get temporary credentials, step by step. Each flow runs in your world: its policies decide, and every value can be changed." }
            </p>
            <p><a href="#/flows/scale">{ "Thousands or millions of people" }</a>{ ": an IAM user for each of them, or one role." }</p>
            <ul class="gallery">
                for flow in FLOWS {
                    <li class="gallery__item" key={flow.id}>
                        <h2 class="gallery__title"><a href={format!("#/flows/{}", flow.id)}>{ flow.title }</a></h2>
                        <p class="gallery__about">{ flow.about }</p>
                        if flow.variants.len() > 1 {
                            <ul class="gallery__ways" aria-label={format!("Ways of {}", flow.title)}>
                                for variant in flow.variants {
                                    <li><a class="chip" href={format!("#/flows/{}?provider={}", flow.id, variant.id)}>{ variant.name }</a></li>
                                }
                            </ul>
                        }
                    </li>
                }
            </ul>
        </>
    }
}
