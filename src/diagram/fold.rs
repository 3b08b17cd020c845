//! Many objects as one: what stands in the same relations is counted.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::{Edge, Graph, Node, Relation, Shape, Subject};

/// How a node hangs together with another: the other, whether the edge goes out to it, and the edge.
type Link = (usize, bool, Relation);

/// Folds a graph until it has at most `most` nodes: first users that stand in the same relations, then everything that does,
/// at last whatever there is too much of. What is on the path that decides stays.
pub(super) fn fold(graph: Graph, most: usize) -> Graph {
    let graph = if graph.nodes.len() > most { alike(graph, |shape| shape == Shape::User) } else { graph };
    let graph = if graph.nodes.len() > most { alike(graph, |_| true) } else { graph };
    if graph.nodes.len() > most { rest(graph, most) } else { graph }
}

/// Folds nodes of a shape that have the same relations.
fn alike(graph: Graph, folds: impl Fn(Shape) -> bool) -> Graph {
    let mut links: Vec<Vec<Link>> = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        for (end, link) in [(edge.from, (edge.to, true)), (edge.to, (edge.from, false))] {
            if let Some(known) = links.get_mut(end) {
                known.push((link.0, link.1, edge.relation.clone()));
            }
        }
    }
    let mut classes: BTreeMap<(Shape, u8, Vec<Link>), Vec<usize>> = BTreeMap::new();
    for (at, (node, mut links)) in graph.nodes.iter().zip(links).enumerate() {
        if !node.on_path && folds(node.shape()) && node.shape() != Shape::Root {
            crate::text::order::sort_by(&mut links, Ord::cmp);
            classes.entry((node.shape(), node.column, links)).or_default().push(at);
        }
    }
    let several: Vec<Vec<usize>> = classes.into_values().filter(|class| class.len() > 1).collect();
    merge(graph, &several, "")
}

/// Folds the last ones of every shape.
fn rest(graph: Graph, most: usize) -> Graph {
    let mut classes: BTreeMap<(Shape, u8), Vec<usize>> = BTreeMap::new();
    for (at, node) in graph.nodes.iter().enumerate().filter(|(_, node)| !node.on_path) {
        classes.entry((node.shape(), node.column)).or_default().push(at);
    }
    let fixed = graph.nodes.iter().filter(|node| node.on_path).count();
    let each = most.saturating_sub(fixed) / classes.len().max(1);
    let last = |class: Vec<usize>| class.into_iter().skip(each.saturating_sub(1)).collect::<Vec<_>>();
    let several: Vec<Vec<usize>> = classes.into_values().map(last).filter(|class| class.len() > 1).collect();
    merge(graph, &several, "more ")
}

/// One node for each of `several`, in the place of its first.
fn merge(graph: Graph, several: &[Vec<usize>], more: &str) -> Graph {
    let firsts: BTreeMap<usize, &Vec<usize>> =
        several.iter().filter_map(|class| Some((*class.first()?, class))).collect();
    let goes: BTreeMap<usize, usize> = several
        .iter()
        .filter_map(|class| Some((*class.first()?, class)))
        .flat_map(|(first, class)| class.iter().map(move |at| (*at, first)))
        .collect();
    let first_of = |at: usize| goes.get(&at).copied().unwrap_or(at);
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    let mut folded = Graph::default();
    let counts: Vec<usize> = graph.nodes.iter().map(count).collect();
    for (at, node) in graph.nodes.into_iter().enumerate().filter(|(at, _)| first_of(*at) == *at) {
        place.insert(at, folded.nodes.len());
        let node = match firsts.get(&at) {
            Some(class) => {
                let count: usize = class.iter().filter_map(|at| counts.get(*at)).sum();
                let name = format!("{count} {more}{}", many(node.shape()));
                // Two classes can have the same count: the first member tells them apart.
                let subject = Subject::Several(node.shape(), format!("{name} like {}", node.name));
                Node::new(subject, name, "counted together", node.column)
            }
            None => node,
        };
        folded.nodes.push(node);
    }
    let mut seen: BTreeSet<(usize, usize, Relation)> = BTreeSet::new();
    for edge in graph.edges {
        let (Some(from), Some(to)) = (place.get(&first_of(edge.from)), place.get(&first_of(edge.to))) else { continue };
        if seen.insert((*from, *to, edge.relation.clone())) {
            folded.edges.push(Edge { from: *from, to: *to, ..edge });
        }
    }
    folded
}

/// How many objects a node stands for.
fn count(node: &Node) -> usize {
    match &node.subject {
        Subject::Several(..) => node.name.split(' ').next().and_then(|count| count.parse().ok()).unwrap_or(1),
        _ => 1,
    }
}

fn many(shape: Shape) -> &'static str {
    match shape {
        Shape::Root => "root users",
        Shape::User => "users",
        Shape::Group => "groups",
        Shape::Role => "roles",
        Shape::Policy => "policies",
        Shape::Statement => "statements",
        Shape::Outside => "outside of the account",
        Shape::Resource => "resources",
    }
}
