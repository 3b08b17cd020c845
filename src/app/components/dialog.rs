//! A modal dialog: native `<dialog>`, so focus, Escape and the inert page behind are the browser's.

use yew::prelude::*;

use super::{Act, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::dialog;
use crate::app::state::Event as StateEvent;

/// Whether the last change was refused by policies, so that a question can show why. Every dialog offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusing(pub bool);

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Id, also of its title.
    pub id: &'static str,
    /// Its title.
    pub title: AttrValue,
    /// What is in it. What shall have the focus first carries `autofocus`.
    pub children: Html,
}

/// A dialog that is open as long as it is there. When it goes, the focus returns to where it came from.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    let refusing = use_context::<Refusing>() == Some(Refusing(true));
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let opened = dialog::open(&node);
            move || opened.close()
        });
    }
    // Escape and a press outside close it without asking.
    let onclose = use_callback(dispatch, |_: Event, dispatch| dispatch.dispatch(StateEvent::DialogClosed));
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog class="dialog" id={props.id} ref={node} aria-labelledby={title_id.clone()} closedby="any" {onclose}>
            <div class="dialog__head">
                <h2 class="dialog__title" id={title_id}>{ &props.title }</h2>
                <Act class="icon-button" event={StateEvent::DialogClosed} label="Close">{ icon(IconName::Cross) }</Act>
            </div>
            { props.children.clone() }
            if refusing {
                <p class="dialog__why">
                    { "Refused by policies. " }<Act class="button" event={StateEvent::RefusalAsked}>{ "Show why" }</Act>
                </p>
            }
        </dialog>
    }
}
