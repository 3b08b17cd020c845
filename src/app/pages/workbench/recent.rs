//! The last questions, one press each.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::components::Act;
use crate::app::state::{Event as StateEvent, State};

/// The last questions that were another one than this; nothing where there was none.
pub fn recent(state: &State) -> Html {
    let questions = state.recent();
    if questions.is_empty() {
        return Html::default();
    }
    // Asking one closes the list: another question, another list.
    let now = state.asked.asking();
    let key = format!("{} {} {}", now.principal, now.action, now.resource);
    html! {
        <details class="recent" {key}>
            <summary class="link">{ "Last questions" }</summary>
            <ul class="recent__list">
                for asking in questions {
                    <li key={format!("{} {} {}", asking.principal, asking.action, asking.resource)}>
                        <Act event={StateEvent::QuestionAsked(Rc::new(asking.clone()))} then_focus="verdict-tools">
                            { format!("{} · {}", asking.principal, asking.action) }
                            if &*asking.resource != "*" {
                                <span class="recent__resource">{ asking.resource.to_string() }</span>
                            }
                        </Act>
                    </li>
                }
            </ul>
        </details>
    }
}
