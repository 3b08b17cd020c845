//! Copies a text, and says whether that worked.

use yew::prelude::*;

use crate::app::platform::{clipboard, task};

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyButtonProps {
    /// What to copy.
    pub text: AttrValue,
    /// What it is, for the name of the button.
    pub what: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copied {
    NotYet,
    Yes,
    Refused,
}

/// A button that copies a text. Where the browser refuses, it says to select the text instead.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let copied = use_state_eq(|| Copied::NotYet);
    let running = use_mut_ref(|| None);
    {
        let set = copied.setter();
        use_effect_with(props.text.clone(), move |_| set.set(Copied::NotYet));
    }
    let onclick = {
        let set = copied.setter();
        use_callback(props.text.clone(), move |_: MouseEvent, text| {
            let set = set.clone();
            let then = Callback::from(move |done: Result<_, _>| {
                set.set(if done.is_ok() { Copied::Yes } else { Copied::Refused })
            });
            *running.borrow_mut() = Some(task::spawn(clipboard::write(text.to_string()), then));
        })
    };
    let says = match *copied {
        Copied::NotYet => "Copy",
        Copied::Yes => "Copied",
        Copied::Refused => "Select it to copy",
    };
    html! {
        <button type="button" class="link" {onclick}>
            { says }
            <span class="visually-hidden">{ format!(" {}", props.what) }</span>
        </button>
    }
}
