//! The one polite live region: says what changed, when typing has paused.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

/// How long a sentence must stand before it is said.
const PAUSE_MS: u32 = 400;

/// Properties of [`LiveRegion`].
#[derive(Properties, PartialEq)]
pub struct LiveRegionProps {
    /// What to say.
    pub text: AttrValue,
}

/// Says a sentence to assistive technology once it has stood for 400 ms.
#[component]
pub fn LiveRegion(props: &LiveRegionProps) -> Html {
    let said = use_state_eq(AttrValue::default);
    {
        let said = said.setter();
        use_effect_with(props.text.clone(), move |text| {
            let text = text.clone();
            let timeout = Timeout::new(PAUSE_MS, move || said.set(text));
            move || drop(timeout)
        });
    }
    html! {
        <div class="visually-hidden" role="status" aria-live="polite">{ (*said).clone() }</div>
    }
}
