//! What the graph looks like: its SVG, its tray and its table.

use yew::prelude::*;

use crate::app::components::{IconName, icon_paths};
use crate::diagram::connect::Carried;
use crate::diagram::layout::{Drawn, NODE_HEIGHT, Placed};
use crate::diagram::{Graph, Picture, Says, Shape, words};

/// Id of the node that is selected.
pub const SELECTED: &str = "graph-selected";

/// Id of any other node.
pub fn node_id(node: usize) -> String {
    format!("graph-node-{node}")
}

/// A graph with its picture.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    pub graph: &'a Graph,
    pub picture: &'a Picture,
    pub summary: &'a str,
    pub selected: usize,
}

/// The picture in its size on the screen; `takes` knows on which nodes that which is carried can be put.
pub fn svg(drawing: &Drawing, (width, height): (i32, i32), takes: impl Fn(usize) -> bool) -> Html {
    let Drawing { graph, picture, summary, selected } = *drawing;
    html! {
        <svg class="graph__picture" role="group" aria-label="Graph" width={width.to_string()} height={height.to_string()}
            viewBox={format!("0 0 {} {}", picture.width, picture.height)}>
            <g role="img" aria-label={summary.to_owned()}>
                for drawn in &picture.edges { { line(graph, drawn, selected) } }
            </g>
            for placed in &picture.nodes { { node(graph, placed, selected, takes(placed.node)) } }
        </svg>
    }
}

fn says(says: Option<Says>) -> Option<&'static str> {
    says.map(words::says)
}

fn line(graph: &Graph, drawn: &Drawn, selected: usize) -> Html {
    let Some(edge) = graph.edges.get(drawn.edge) else { return Html::default() };
    let near = edge.from == selected || edge.to == selected;
    let double = edge.says == Some(Says::Deny);
    html! {
        <g class="graph__edge" key={drawn.edge} data-says={says(edge.says)} data-path={edge.on_path.to_string()} data-near={near.to_string()}
            data-half={edge.half.is_some().to_string()}>
            <path class="graph__line" d={drawn.line.clone()} />
            if double {
                <path class="graph__gap" d={drawn.line.clone()} />
            }
            <path class="graph__head" d={drawn.head.clone()} />
            <text class="graph__label" x={drawn.x.to_string()} y={drawn.y.to_string()}>{ &drawn.label }</text>
        </g>
    }
}

fn drawing(shape: Shape) -> IconName {
    match shape {
        Shape::Root => IconName::Root,
        Shape::User => IconName::User,
        Shape::Group => IconName::Group,
        Shape::Role => IconName::Role,
        Shape::Policy => IconName::Policy,
        Shape::Statement => IconName::Check,
        Shape::Outside => IconName::Attention,
        Shape::Resource => IconName::Resource,
    }
}

fn node(graph: &Graph, placed: &Placed, selected: usize, takes: bool) -> Html {
    let Some(node) = graph.nodes.get(placed.node) else { return Html::default() };
    let (width, height) = (placed.width.to_string(), NODE_HEIGHT.to_string());
    let chosen = placed.node == selected;
    let id = if chosen { SELECTED.to_owned() } else { node_id(placed.node) };
    let carry = Carried::of(&node.subject).map(|carried| carried.key());
    html! {
        <g class="graph__node" key={placed.node} {id} role="button" tabindex={if chosen { "0" } else { "-1" }}
            aria-label={words::node(node)} aria-pressed={chosen.to_string()} data-node={placed.node.to_string()} data-carry={carry} data-says={says(node.says)}
            data-path={node.on_path.to_string()} data-takes={takes.to_string()} transform={format!("translate({} {})", placed.x, placed.y)}>
            <rect class="graph__box" {width} {height} rx="8" />
            <g transform="translate(10 14) scale(0.6667)">{ icon_paths(drawing(node.shape())) }</g>
            <text class="graph__name" x="34" y="18">{ &placed.name }</text>
            <text class="graph__note" x="34" y="34">{ &placed.note }</text>
        </g>
    }
}

/// The nodes without relations.
pub fn tray(drawing: &Drawing) -> Html {
    let Drawing { graph, picture, selected, .. } = *drawing;
    if picture.tray.is_empty() {
        return Html::default();
    }
    html! {
        <p class="graph__tray">
            { "Without relations: " }
            for at in picture.tray.iter().copied() { { name(graph, at, selected) } }
        </p>
    }
}

/// The name of a node as a button that selects it.
fn name(graph: &Graph, at: usize, selected: usize) -> Html {
    let name = graph.nodes.get(at).map(|node| node.name.clone()).unwrap_or_default();
    html! {
        <button type="button" class="link" key={at} data-node={at.to_string()} aria-pressed={(at == selected).to_string()}>{ name }</button>
    }
}

/// The same relations in a table.
pub fn table(drawing: &Drawing) -> Html {
    let Drawing { graph, selected, .. } = *drawing;
    html! {
        <details class="graph__twin">
            <summary>{ format!("Table of the {} relations", graph.edges.len()) }</summary>
            <div class="graph__region" role="region" aria-label="Table of the graph" tabindex="0">
                <table class="graph__table">
                    <thead><tr><th scope="col">{ "From" }</th><th scope="col">{ "Relation" }</th><th scope="col">{ "To" }</th><th scope="col">{ "Effect on the question" }</th></tr></thead>
                    <tbody>
                        for (at, edge) in graph.edges.iter().enumerate() {
                            <tr key={at} data-near={(edge.from == selected || edge.to == selected).to_string()}>
                                <td>{ name(graph, edge.from, selected) }</td>
                                <td>{ words::relation(&edge.relation) }</td>
                                <td>{ name(graph, edge.to, selected) }</td>
                                <td>{ words::effect(edge) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </details>
    }
}
