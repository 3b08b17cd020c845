//! Tags of the new user.

use yew::prelude::*;

use super::permissions::removable;
use super::{Shown, press, text};
use crate::app::components::{IconName, icon};
use crate::app::state::new_user::Fill;

/// The third step.
pub fn tags(shown: &Shown) -> Html {
    let Shown { draft, filling, .. } = shown;
    html! {
        <fieldset class="dialog__choices">
            <legend class="label">{ "Tags (optional)" }</legend>
            <p class="dialog__note">{ "Policies can ask for them as aws:PrincipalTag." }</p>
            for (at, (key, value)) in draft.tags.iter().enumerate() {
                <div class="wizard__tag" key={at}>
                    <input class="field" type="text" aria-label="Key" placeholder="Key" value={key.clone()}
                        oninput={ { let value = value.clone(); text(filling, move |key| Fill::Tag(at, key, value.clone())) } } />
                    <input class="field" type="text" aria-label="Value" placeholder="Value" value={value.clone()}
                        oninput={ { let key = key.clone(); text(filling, move |value| Fill::Tag(at, key.clone(), value)) } } />
                    { removable("this tag", filling, Fill::TagDropped(at)) }
                </div>
            }
            <button type="button" class="button wizard__beside" onclick={press(filling, Fill::TagAdded)}>{ icon(IconName::Plus) }{ "Add tag" }</button>
        </fieldset>
    }
}
