//! A run as a file: an SVG picture, a Mermaid sequence diagram, Markdown.

use std::fmt::Write;

use super::errors::escaped;
use super::flow::Flow;
use super::outcome::{Outcome, Played};
use super::picture::Picture;
use super::run::{Inputs, Run};
use crate::explain;

/// The picture, in colours that can be read on white, with what was not reached in grey.
pub fn svg(flow: &Flow, inputs: &Inputs, run: &Run) -> String {
    let picture = Picture::of(flow, inputs.variant, run);
    let (width, height) = (picture.width, picture.height);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>{}, {}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        escaped(flow.title),
        escaped(inputs.variant.name)
    );
    for lane in &picture.lanes {
        let (x, left, top) = (lane.x, lane.x - lane.half, picture.top);
        let squeezed = lane
            .squeezed()
            .map(|width| format!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\""))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "<line x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{height}\" stroke=\"#7b8494\" stroke-dasharray=\"3 3\"/>\n<rect x=\"{left}\" y=\"4\" width=\"{}\" height=\"28\" rx=\"6\" fill=\"#f6f7f9\" stroke=\"#7b8494\"/>\n<text x=\"{x}\" y=\"22\" text-anchor=\"middle\" font-weight=\"600\"{squeezed}>{}</text>",
            2.0 * lane.half,
            escaped(lane.name)
        );
    }
    for (at, (arrow, played)) in picture.arrows.iter().zip(&run.played).enumerate() {
        let colour = colour(played);
        let gate =
            if arrow.gate { format!("<path d=\"{}\" fill=\"{colour}\"/>", arrow.gate_path()) } else { String::new() };
        let _ = writeln!(
            text,
            "<text x=\"4\" y=\"{}\" fill=\"#4a5160\">{}</text>\n<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"/><path d=\"{}\" fill=\"{colour}\"/>{gate}\n<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" fill=\"{colour}\">{}</text>",
            arrow.y + 4.0,
            at + 1,
            arrow.path(),
            arrow.tip(),
            arrow.text_x,
            arrow.y - 8.0,
            arrow.anchor,
            escaped(&labelled(played))
        );
    }
    text.push_str("</svg>\n");
    text
}

fn colour(played: &Played) -> &'static str {
    match played.outcome {
        Outcome::NotReached => "#8f99a8",
        Outcome::Failed(_) => "#88201f",
        Outcome::Allowed => "#047a64",
        Outcome::Sent | Outcome::Accepted => "#14181f",
    }
}

/// The message, and the error where it failed.
fn labelled(played: &Played) -> String {
    match played.failure() {
        Some(failure) => format!("{}: {}", played.step.message, failure.code),
        None => played.step.message.to_owned(),
    }
}

/// A sequence diagram for Mermaid. What was not reached is dotted.
pub fn mermaid(flow: &Flow, inputs: &Inputs, run: &Run) -> String {
    let mut text = format!("---\ntitle: \"{}: {}\"\n---\nsequenceDiagram\n", flow.title, inputs.variant.name);
    let used = |id: &str| run.played.iter().any(|played| played.step.from == id || played.step.to == id);
    for lane in flow.lanes.iter().filter(|lane| used(lane.id)) {
        let _ = writeln!(text, "  participant {} as {}", lane.id, flow.lane_name(lane.id, inputs.variant));
    }
    for played in &run.played {
        let step = played.step;
        let arrow = match played.outcome {
            Outcome::NotReached => "--)",
            Outcome::Failed(_) => "-x",
            _ => "->>",
        };
        // A semicolon or a hash would end the message.
        let words = labelled(played).replace([';', '#'], ",");
        let _ = writeln!(text, "  {}{arrow}{}: {words}", step.from, step.to);
        if let Some(decided) = played.decision() {
            let verdict = explain::verdict_name(decided.trace.decision.verdict);
            let _ = writeln!(text, "  Note over {}: {verdict}", step.to);
        }
    }
    text
}

/// The steps as a numbered list, with reasons and errors.
pub fn markdown(flow: &Flow, inputs: &Inputs, run: &Run) -> String {
    let mut text = format!("# {}: {}\n\n{}\n\n", flow.title, inputs.variant.name, flow.about);
    if let Some(fault) = inputs.fault {
        let _ = writeln!(text, "What goes wrong: {}. {}\n", fault.title, fault.cause);
    }
    let name = |lane| flow.lane_name(lane, inputs.variant);
    for (at, played) in run.played.iter().enumerate() {
        let step = played.step;
        let way = if step.from == step.to {
            name(step.from).to_owned()
        } else {
            format!("{} → {}", name(step.from), name(step.to))
        };
        let _ = writeln!(text, "{}. **{way}**: {} ({})", at + 1, step.message, played.outcome.id());
        if let Some(decided) = played.decision() {
            let _ = writeln!(text, "   - {}", explain::sentence(&decided.trace, &decided.request));
        }
        if let Some(failure) = played.failure() {
            let _ = writeln!(text, "   - `{}`: {}", failure.code, failure.message);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::situation::{Library, Memo};
    use crate::federation::{self, Seals};
    use crate::model::{Time, example};

    fn run(fault: Option<&str>) -> (&'static Flow, Inputs, Run) {
        let flow = federation::flow("web-identity").expect("the flow");
        let mut inputs = Inputs::new(flow, Time(1_796_115_600));
        inputs.fault = fault.and_then(|id| flow.fault(id, inputs.variant));
        let world = example::primer();
        let run = federation::run(flow, &world, &inputs, &Seals::default(), (&Library::default(), &Memo::default()));
        (flow, inputs, run)
    }

    #[test]
    fn mermaid_has_every_lane_and_every_message() {
        let (flow, inputs, run) = run(Some("expired-token"));
        let text = mermaid(flow, &inputs, &run);
        assert!(text.contains("  participant provider as Google\n"), "{text}");
        assert!(text.contains("  sts-xprovider: Keys of the issuer: ExpiredTokenException\n"), "{text}");
        assert!(text.contains("  app--)s3: GetObject\n"), "{text}");
    }

    #[test]
    fn markdown_says_why() {
        let (flow, inputs, run) = run(Some("someone-else"));
        let text = markdown(flow, &inputs, &run);
        assert!(text.contains("9. **App → Amazon S3**: GetObject (denied)"), "{text}");
        assert!(text.contains("   - `AccessDenied`: User: arn:aws:sts::123456789012:assumed-role/MobileAppUser/app-session is not authorized to perform: s3:GetObject"), "{text}");
    }

    #[test]
    fn the_picture_is_well_formed() {
        let (flow, inputs, run) = run(None);
        let text = svg(flow, &inputs, &run);
        let document = roxmltree::Document::parse(&text).expect("XML");
        let texts = document.descendants().filter(|node| node.has_tag_name("text")).count();
        // Six lanes, and a number and a message for each of ten steps.
        assert_eq!(texts, 6 + 2 * 10);
    }
}
