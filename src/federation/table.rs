//! Every flow with everything that can go wrong in it, as a page of Markdown.

use std::fmt::Write;

use super::flow::{Fault, Flow};

/// The page: one table a flow. It is kept in `flows.md` and stands in the documentation of [`super::flows`].
pub fn table(flows: &[&'static Flow]) -> String {
    let mut text = String::new();
    for flow in flows {
        let ways: Vec<&str> = flow.variants.iter().map(|variant| variant.id).collect();
        let _ = writeln!(text, "## `{}`: {}\n\n{} ({})\n", flow.id, flow.title, flow.about, flow.facts);
        let _ =
            writeln!(text, "Providers: {}.\n", ways.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "));
        text.push_str("| fault | providers | what goes wrong | fails at | error | layer | fact |\n|---|---|---|---|---|---|---|\n");
        for fault in flow.faults {
            text.push_str(&row(fault));
        }
        text.push('\n');
    }
    text
}

fn row(fault: &Fault) -> String {
    let providers = if fault.only.is_empty() { "all".to_owned() } else { fault.only.join(", ") };
    let layer = fault.expect.layer.map_or("", |layer| layer.id());
    let (step, code, fact) = (fault.expect.step, fault.expect.code, fault.expect.fact);
    format!(
        "| `{}` | {providers} | {} | {step} | `{code}` | {layer} | {fact} |\n",
        fault.id,
        fault.title.replace('|', "\\|")
    )
}
