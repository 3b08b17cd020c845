//! The text of an inline policy, to type in. Every keystroke is tried at once.

use std::sync::Arc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::app::hooks::use_dispatch;
use crate::app::platform::{focus, text_area};
use crate::app::state::Event as StateEvent;
use crate::model::PolicyRef;
use crate::text::Span;

/// Id of the text area.
pub const EDITOR_ID: &str = "policy-editor";
/// Id of the list of findings.
pub const FINDINGS_ID: &str = "policy-findings";

/// Properties of [`Editor`].
#[derive(Properties, PartialEq)]
pub struct EditorProps {
    /// Whose text.
    pub policy: PolicyRef,
    /// Exactly what was typed.
    pub text: Arc<str>,
    /// The part to select.
    pub selected: Option<Span>,
}

/// A plain text area: Tab moves on, the browser's own undo works.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let dispatch = use_dispatch();
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.policy.clone(), move |_| focus::focus(&node));
    }
    {
        let (node, text) = (node.clone(), props.text.clone());
        use_effect_with(props.selected, move |selected| {
            if let Some(span) = selected {
                text_area::select(&node, units(&text, span.start), units(&text, span.end));
            }
        });
    }
    let oninput = use_callback((dispatch, props.policy.clone()), |event: InputEvent, (dispatch, policy)| {
        if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
            dispatch.dispatch(StateEvent::PolicyTyped(policy.clone(), area.value().into()));
        }
    });
    html! {
        <div class="editor">
            <textarea class="editor__text" id={EDITOR_ID} ref={node} value={props.text.to_string()} {oninput} rows="14"
                aria-label={format!("JSON of {}", props.policy.name())} aria-describedby={FINDINGS_ID}
                spellcheck="false" autocomplete="off" autocapitalize="off" />
        </div>
    }
}

/// The UTF-16 units before byte `offset`, as text areas count.
fn units(text: &str, offset: u32) -> u32 {
    let before = text.get(..offset as usize).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}
