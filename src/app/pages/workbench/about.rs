//! What this is, what it models, and where its data comes from.

use yew::prelude::*;

use super::attach::thousands;
use crate::app::components::Dialog;
use crate::app::state::{Manifest, Site};

/// Version of the engine.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What this is and what it models.
pub fn about_dialog(site: &Site) -> Html {
    html! {
        <Dialog id="about" title="What is modelled">
            <div class="dialog__body" tabindex="0" role="region" aria-labelledby="about-title">
                <p>{ "Decisions are computed in this page by an engine of its own, after AWS's documentation of policy evaluation. Nothing is sent anywhere, and no AWS account is asked." }</p>
                { modelled() }
                { not_modelled() }
                { sources(site.manifest.ready()) }
                <p>{ "IAM Playground is not affiliated with Amazon Web Services. A decision here is a prediction, not a promise of AWS." }</p>
            </div>
        </Dialog>
    }
}

fn modelled() -> Html {
    html! {
        <div>
            <h3>{ "In this world" }</h3>
            <ul class="bullets">
                <li>{ "Accounts with root user, users, groups, roles, providers and resources, and an organization above them." }</li>
                <li>{ "Identity, resource, trust, session and control policies and boundaries, and all AWS managed policies that can be attached, in their current default versions." }</li>
                <li>{ "Effect, Action, Resource and their Not forms, wildcards, policy variables, and every condition operator." }</li>
                <li>{ "The keys that AWS puts into the request of whoever asks; each can be changed, removed, or added to." }</li>
            </ul>
        </div>
    }
}

fn not_modelled() -> Html {
    html! {
        <div>
            <h3>{ "Not in it" }</h3>
            <ul class="bullets">
                <li>{ "Policies of VPC endpoints: their gate is shown as absent." }</li>
                <li>{ "What services decide beside IAM, such as bucket settings or the closing of an account." }</li>
            </ul>
        </div>
    }
}

fn sources(manifest: Option<&Manifest>) -> Html {
    let Some(manifest) = manifest else {
        return html! { <dl class="facts"><dt>{ "Engine" }</dt><dd>{ ENGINE }</dd></dl> };
    };
    html! {
        <dl class="facts">
            <dt>{ "Engine" }</dt><dd>{ ENGINE }</dd>
            <dt>{ "AWS actions" }</dt><dd>{ thousands(manifest.actions) }</dd>
            <dt>{ "Managed policies" }</dt><dd>{ thousands(manifest.policies) }</dd>
            <dt>{ "Data from" }</dt>
            <dd>
                <ul>
                    for input in &manifest.inputs {
                        <li key={input.package.as_str()}>{ format!("{} {} ({})", input.package, input.version, input.licence) }</li>
                    }
                </ul>
            </dd>
        </dl>
    }
}
