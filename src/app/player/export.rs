//! A flow as a file: picture, Mermaid, Markdown.

use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::platform::file;
use crate::federation::{Flow, Inputs, Run, export};

/// Properties of [`Export`].
#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// The flow.
    pub flow: &'static Flow,
    /// How it was played.
    pub inputs: Inputs,
    /// What came of it.
    pub run: ByPtr<Run>,
}

/// Saves the run as a file.
#[component]
pub fn Export(props: &ExportProps) -> Html {
    let save = |words: &'static str, extension: &'static str, write: fn(&Flow, &Inputs, &Run) -> String| {
        let (flow, inputs, run) = (props.flow, props.inputs.clone(), props.run.clone());
        let onclick = move |_: MouseEvent| {
            let name = format!("{}-{}.{extension}", flow.id, inputs.variant.id);
            file::download(&name, &write(flow, &inputs, &run));
        };
        html! { <button type="button" class="link" {onclick}>{ words }</button> }
    };
    html! {
        <div class="choice" role="group" aria-label="Save as">
            <span class="label">{ "Save as" }</span>
            <span class="head__saves">
                { save("SVG", "svg", export::svg) }
                { save("Mermaid", "mmd", export::mermaid) }
                { save("Markdown", "md", export::markdown) }
            </span>
        </div>
    }
}
