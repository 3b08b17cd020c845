//! A cell of the table from near: what the policy says above what the request has, stretch by stretch. The drawing is for
//! eyes alone; the same stands in a sentence.

use yew::prelude::*;

use crate::app::components::{IconName, icon_with, prose};
use crate::explain::{Alignment, Comparison, Segment, SegmentKind};

/// A cell from near.
pub fn alignment(found: &Alignment) -> Html {
    html! {
        <div class="near">
            <p class="near__heading">{ prose(&found.heading) }</p>
            for comparison in &found.comparisons {
                { one(comparison) }
            }
            if !found.notes.is_empty() {
                <ul class="near__notes">
                    for note in &found.notes {
                        <li>{ prose(note) }</li>
                    }
                </ul>
            }
        </div>
    }
}

fn one(comparison: &Comparison) -> Html {
    let drawing = if comparison.equal { IconName::Check } else { IconName::Cross };
    let from = comparison.resolved.iter().flat_map(|resolved| &resolved.from);
    let above = if comparison.resolved.is_some() { "resolved" } else { "policy" };
    html! {
        <div class="near__pair" data-equal={comparison.equal.to_string()}>
            <p class="visually-hidden">{ prose(&comparison.words) }</p>
            <div class="near__drawing" aria-hidden="true">
                { icon_with(drawing, "near__mark") }
                <div class="near__lines">
                    if comparison.resolved.is_some() || comparison.segments.is_empty() {
                        { line("policy", &comparison.policy) }
                    }
                    for source in from {
                        <p class="near__from">{ "← " }{ prose(source) }</p>
                    }
                    if comparison.segments.is_empty() {
                        { line("request", &comparison.request) }
                    } else {
                        <p class="near__segments">
                            <span class="near__segment near__segment--label"><span>{ above }</span><span>{ "request" }</span></span>
                            for segment in &comparison.segments {
                                { stretch(segment) }
                            }
                        </p>
                    }
                </div>
            </div>
        </div>
    }
}

fn line(label: &'static str, text: &str) -> Html {
    html! { <p class="near__line"><span class="near__label">{ label }</span><code>{ text }</code></p> }
}

fn stretch(segment: &Segment) -> Html {
    let kind = match segment.kind {
        SegmentKind::Same => "same",
        SegmentKind::Variable => "variable",
        SegmentKind::Wildcard => "wildcard",
        SegmentKind::Differs => "differs",
        SegmentKind::Rest => "rest",
    };
    html! {
        <span class="near__segment" data-kind={kind}>
            <span>{ &segment.policy }</span>
            <span>{ &segment.request }</span>
            if segment.kind == SegmentKind::Differs {
                <span class="near__here">{ "differs here" }</span>
            }
        </span>
    }
}
