//! A modal dialog: native `<dialog>`, so focus, Escape and the inert page behind are the browser's.

use std::rc::Rc;

use yew::prelude::*;

use super::{Act, IconName, icon};
use crate::app::hooks::use_dispatch;
use crate::app::platform::dialog;
use crate::app::state::Event as StateEvent;
use crate::model::Asking;

/// The question that shows why policies refused the last change, if they did. Every dialog offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusing(pub Option<Rc<Asking>>);

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
    let refusing = use_context::<Refusing>().and_then(|refusing| refusing.0);
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
                <h2 class="dialog__title" id={title_id} tabindex="-1">{ &props.title }</h2>
                <Act class="icon-button" event={StateEvent::DialogClosed} label="Close">{ icon(IconName::Cross) }</Act>
            </div>
            { props.children.clone() }
            if let Some(asking) = refusing {
                <p class="dialog__why">
                    { "Refused by policies. " }<Act class="button" event={StateEvent::QuestionAsked(asking)}>{ "Show why" }</Act>
                </p>
            }
        </dialog>
    }
}
