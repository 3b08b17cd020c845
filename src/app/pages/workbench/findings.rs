//! What was found in a policy that can be edited. Only the place is a link, and it leads into the text.

use std::sync::Arc;

use yew::prelude::*;

use super::editor::FINDINGS_ID;
use crate::app::components::{Act, prose};
use crate::app::state::{Event as StateEvent, Selection};
use crate::model::PolicyRef;
use crate::policy::{PolicyKind, parse_document};
use crate::text::{Diagnostic, LineIndex};

/// Properties of [`Findings`].
#[derive(Properties, PartialEq)]
pub struct FindingsProps {
    /// Whose text.
    pub policy: PolicyRef,
    /// The grammar that it follows.
    pub kind: PolicyKind,
    /// The text that answers.
    pub text: Arc<str>,
    /// What is being typed, while AWS would not save it.
    pub draft: Option<Arc<str>>,
    /// Whether the text is being edited.
    pub editing: bool,
}

/// The findings, and whether an older text answers.
#[component]
pub fn Findings(props: &FindingsProps) -> Html {
    let text = props.draft.clone().unwrap_or_else(|| props.text.clone());
    let found = use_memo((text.clone(), props.kind), |(text, kind)| parse_document(text, *kind).diagnostics);
    let lines = use_memo(text.clone(), |text| LineIndex::new(text));
    let kept = props.draft.is_some();
    html! {
        <div class="findings" id={FINDINGS_ID}>
            if kept {
                <p class="findings__kept">{ kept_words(props.editing) }</p>
            }
            if !found.is_empty() {
                <ul>
                    for (at, finding) in found.iter().enumerate() {
                        <li class="finding" key={at}>{ one(props, finding, &lines, &text) }</li>
                    }
                </ul>
            } else if props.editing {
                <p class="editor__state">{ "Valid. Every keystroke answers at once." }</p>
            }
        </div>
    }
}

fn kept_words(editing: bool) -> &'static str {
    if editing {
        "AWS would not save this text. The last good version keeps answering."
    } else {
        "Above is the last good version, which keeps answering. What was typed after it is kept; AWS would not save it yet."
    }
}

fn one(props: &FindingsProps, finding: &Diagnostic, lines: &LineIndex, text: &str) -> Html {
    let place = lines.position(text, finding.span.start);
    let selection = Selection { policy: props.policy.clone(), span: finding.span };
    let words = format!("[Ln {}, Col {}]", place.line, place.column);
    html! {
        <>
            if props.draft.is_some() && !props.editing {
                <span class="finding__place">{ words }</span>
            } else {
                <Act class="link finding__place" event={StateEvent::Selected(selection)} label={format!("Go to line {}, column {}", place.line, place.column)}>
                    { words }
                </Act>
            }
            <span>{ prose(&finding.message) }</span>
            if let Some(help) = &finding.help {
                <span class="finding__help">{ prose(help) }</span>
            }
        </>
    }
}
