//! Where everything stands: columns from left to right, rows by a layered layout (Sugiyama). Same graph, same picture.
//! For a narrow screen the same turned: the columns follow each other downwards. "Along" is the way that the columns follow
//! each other, "across" the other one.
//!
//! Columns follow from what a node is. An edge over several columns gets a place to pass in each column between, so that it
//! never runs over a node. What has no relation stands in a tray beside the picture.

mod lines;

use std::collections::BTreeMap;

use rust_sugiyama::configure::Config;
use rust_sugiyama::from_vertices_and_edges;

use super::graph::{Edge, Graph, Node};
use super::words;

/// Height of a node.
pub const NODE_HEIGHT: i32 = 44;
const BEND_HEIGHT: i32 = 16;
const ROW_GAP: i32 = 14;
const BETWEEN_PARTS: i32 = 26;
const MARGIN: i32 = 12;
/// Around the name of a node: the drawing at its left, room at its right.
const PADDING: i32 = 48;
const NARROWEST: i32 = 92;
const NARROWEST_GAP: i32 = 44;
const LONGEST_NAME: usize = 26;
/// Room for the end of a line.
const HEAD: i32 = 8;

/// Between columns that follow each other downwards.
const STEP: i32 = 46;
/// The same where the two sides of a handshake meet.
const MEETING_STEP: i32 = 92;
/// Room for the label of a line that passes a column, when columns follow each other downwards.
const BEND_WIDTH: i32 = 56;

/// Which way the columns follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom.
    Down,
}

/// A graph with places, in pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Width of the whole.
    pub width: i32,
    /// Height of the whole.
    pub height: i32,
    /// The nodes that have relations.
    pub nodes: Vec<Placed>,
    /// Every edge.
    pub edges: Vec<Drawn>,
    /// Positions of the nodes without relations.
    pub tray: Vec<usize>,
}

/// A node with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its position in the graph.
    pub node: usize,
    /// Left edge.
    pub x: i32,
    /// Upper edge.
    pub y: i32,
    /// Width; the height is [`NODE_HEIGHT`].
    pub width: i32,
    /// Its name, cut to fit.
    pub name: String,
    /// Its second line.
    pub note: String,
    /// The nodes that arrow keys lead to: left, right, up, down.
    pub beside: [Option<usize>; 4],
}

/// An edge with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its position in the graph.
    pub edge: usize,
    /// The line, as an SVG path.
    pub line: String,
    /// Its end: an arrow head, or for a side of a handshake half a disc.
    pub head: String,
    /// What stands on it.
    pub label: String,
    /// Middle of the label.
    pub x: i32,
    /// Base line of the label.
    pub y: i32,
}

/// Places a graph.
pub fn layout(graph: &Graph, way: Way) -> Picture {
    let mut placing = Placing::new(graph, way);
    placing.rows();
    placing.columns();
    placing.picture()
}

/// Width of a text of 13 pixels, roughly.
fn name_width(text: &str) -> i32 {
    text.chars().map(|letter| if letter.is_uppercase() || "mwMW".contains(letter) { 9 } else { 7 }).sum()
}

/// Width of a text of 11 pixels, roughly.
fn note_width(text: &str) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX / 8) * 6
}

/// A name that fits: its middle gives way.
fn cut(name: &str) -> String {
    let count = name.chars().count();
    if count <= LONGEST_NAME {
        return name.to_owned();
    }
    let (head, tail) = (LONGEST_NAME / 2, LONGEST_NAME / 2 - 1);
    let first = name.chars().take(head);
    first.chain(std::iter::once('…')).chain(name.chars().skip(count - tail)).collect()
}

/// Width of a node that holds its texts.
fn node_width(node: &Node) -> i32 {
    (name_width(&cut(&node.name)).max(note_width(&words::note(node))) + PADDING).max(NARROWEST)
}

struct Placing<'a> {
    graph: &'a Graph,
    way: Way,
    /// Column of each node that has a relation, counting only columns that are used.
    rank: Vec<Option<usize>>,
    /// Vertices that lines pass through, by the two nodes at their ends and by column.
    bends: BTreeMap<(usize, usize, usize), usize>,
    /// Middle of each vertex, across; nodes first, then bends.
    middle: Vec<i32>,
    /// The whole, across.
    breadth: i32,
    /// Beginning and extent of each column, along.
    column: Vec<(i32, i32)>,
}

impl<'a> Placing<'a> {
    fn new(graph: &'a Graph, way: Way) -> Self {
        let mut related = vec![false; graph.nodes.len()];
        for end in graph.edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            if let Some(related) = related.get_mut(end) {
                *related = true;
            }
        }
        let with_place =
            || graph.nodes.iter().zip(&related).filter(|(_, related)| **related).map(|(node, _)| node.column);
        let mut used: Vec<u8> = with_place().collect();
        crate::text::order::sort_by(&mut used, Ord::cmp);
        used.dedup();
        let rank_of = |node: &Node| used.iter().position(|column| *column == node.column);
        let rank = graph.nodes.iter().zip(&related).map(|(node, related)| rank_of(node).filter(|_| *related)).collect();
        let column = vec![(0, 0); used.len()];
        Self { graph, way, rank, bends: BTreeMap::new(), middle: Vec::new(), breadth: 0, column }
    }

    fn rank(&self, node: usize) -> usize {
        self.rank.get(node).copied().flatten().unwrap_or_default()
    }

    /// The two nodes at the ends of an edge's line, left one first.
    fn ends(&self, edge: &Edge) -> (usize, usize) {
        let to = edge.half.map_or(edge.to, |half| half.toward);
        match self.rank(edge.from) <= self.rank(to) {
            true => (edge.from, to),
            false => (to, edge.from),
        }
    }

    /// Rows: the layered layout of nodes and bends, part by part from top to bottom.
    fn rows(&mut self) {
        let nodes = self.graph.nodes.len();
        let (of_node, of_bend): (fn(&Node) -> i32, i32) = match self.way {
            Way::Right => (|_| NODE_HEIGHT, BEND_HEIGHT),
            Way::Down => (node_width, BEND_WIDTH),
        };
        let with_place = self.graph.nodes.iter().zip(&self.rank).enumerate().filter(|(_, (_, rank))| rank.is_some());
        let mut sizes: Vec<(usize, i32)> = with_place.map(|(at, (node, _))| (at, of_node(node))).collect();
        let mut links: Vec<(usize, usize)> = Vec::new();
        let mut next = nodes;
        for edge in &self.graph.edges {
            let (left, right) = self.ends(edge);
            let mut from = left;
            for rank in self.rank(left) + 1..self.rank(right) {
                let bend = *self.bends.entry((left, right, rank)).or_insert_with(|| {
                    sizes.push((next, of_bend));
                    next += 1;
                    next - 1
                });
                links.push((from, bend));
                from = bend;
            }
            if self.rank(left) < self.rank(right) {
                links.push((from, right));
            }
        }
        crate::text::order::sort_by(&mut links, Ord::cmp);
        links.dedup();
        // Vertices and links count positions in `sizes`, which is how the answer names them.
        let position: BTreeMap<usize, u32> = sizes.iter().zip(0..).map(|((vertex, _), at)| (*vertex, at)).collect();
        let links: Vec<(u32, u32)> =
            links.iter().filter_map(|(from, to)| Some((*position.get(from)?, *position.get(to)?))).collect();
        let of_size = |size: i32| (f64::from(size), f64::from(NODE_HEIGHT));
        let boxes: Vec<(u32, (f64, f64))> = (0..).zip(&sizes).map(|(at, (_, size))| (at, of_size(*size))).collect();
        let config = Config { vertex_spacing: f64::from(ROW_GAP), dummy_vertices: false, ..Config::default() };
        let parts = from_vertices_and_edges(&boxes, &links, &config).into_iter().map(|(vertices, ..)| {
            let place = |(at, (across, _)): (usize, (f64, f64))| Some((*sizes.get(at)?, pixel(across)));
            let mut part: Vec<((usize, i32), i32)> = vertices.into_iter().filter_map(place).collect();
            crate::text::order::sort_by(&mut part, Ord::cmp);
            part
        });
        let mut parts: Vec<_> = parts.collect();
        crate::text::order::sort_by(&mut parts, Ord::cmp);
        self.middle = vec![0; next];
        let mut begin = MARGIN;
        for part in parts {
            let first = part.iter().map(|((_, size), middle)| middle - size / 2).min().unwrap_or_default();
            let last = part.iter().map(|((_, size), middle)| middle + (size + 1) / 2).max().unwrap_or_default();
            for ((vertex, _), middle) in part {
                if let Some(place) = self.middle.get_mut(vertex) {
                    *place = middle - first + begin;
                }
            }
            begin += last - first + BETWEEN_PARTS;
        }
        self.breadth = (begin - BETWEEN_PARTS + MARGIN).max(2 * MARGIN);
    }

    /// Columns: as wide as their widest node, as far apart as their longest label; downwards, all alike.
    fn columns(&mut self) {
        let (least, least_gap) = match self.way {
            Way::Right => (NARROWEST, NARROWEST_GAP),
            Way::Down => (NODE_HEIGHT, STEP),
        };
        let mut width = vec![least; self.column.len()];
        for (node, rank) in self.graph.nodes.iter().zip(&self.rank).filter(|_| self.way == Way::Right) {
            if let Some(widest) = rank.and_then(|rank| width.get_mut(rank)) {
                *widest = node_width(node).max(*widest);
            }
        }
        let mut gap = vec![least_gap; self.column.len()];
        for edge in &self.graph.edges {
            let label = note_width(&words::label(edge)) + 20;
            let wanted = match (self.way, edge.half) {
                (Way::Right, None) => label,
                // Both sides of a handshake share the gap.
                (Way::Right, Some(_)) => 2 * label + 16,
                (Way::Down, None) => STEP,
                (Way::Down, Some(_)) => MEETING_STEP,
            };
            let at = self.label_gap(edge);
            if let Some(widest) = gap.get_mut(at) {
                *widest = wanted.max(*widest);
            }
        }
        let mut x = MARGIN;
        for ((place, width), gap) in self.column.iter_mut().zip(width).zip(gap) {
            *place = (x, width);
            x += width + gap;
        }
    }

    /// The gap, by the column left of it, in which the label of an edge stands.
    fn label_gap(&self, edge: &Edge) -> usize {
        let (left, right) = self.ends(edge);
        let (first, last) = (self.rank(left), self.rank(right));
        match edge.half {
            Some(_) => usize::midpoint(first, last.saturating_sub(1).max(first)),
            None if edge.from == left => first,
            None => last.saturating_sub(1).max(first),
        }
    }

    fn picture(&self) -> Picture {
        let mut nodes: Vec<Placed> = (0..self.graph.nodes.len()).filter_map(|node| self.place(node)).collect();
        let places = nodes.clone();
        for placed in &mut nodes {
            placed.beside = self.beside(placed, &places);
        }
        let edges: Vec<Drawn> = self.graph.edges.iter().zip(0..).map(|(edge, at)| self.draw(edge, at)).collect();
        let loops = self.graph.edges.iter().any(|edge| {
            let (left, right) = self.ends(edge);
            self.rank(left) == self.rank(right) && self.rank(left) + 1 == self.column.len()
        });
        let tray =
            (0..self.graph.nodes.len()).filter(|node| self.rank.get(*node).is_some_and(Option::is_none)).collect();
        let spare = if loops { NARROWEST_GAP } else { 0 };
        let length = self.column.last().map_or(0, |(begin, extent)| begin + extent + MARGIN + spare);
        let (width, height) = self.way.point((length, if nodes.is_empty() { 0 } else { self.breadth }));
        Picture { width, height, nodes, edges, tray }
    }

    fn place(&self, at: usize) -> Option<Placed> {
        let rank = self.rank.get(at).copied().flatten()?;
        let (node, (begin, extent)) = (self.graph.nodes.get(at)?, self.column.get(rank).copied()?);
        let (x, y, width) = match self.way {
            Way::Right => (begin, self.middle_of(at) - NODE_HEIGHT / 2, extent),
            Way::Down => (self.middle_of(at) - node_width(node) / 2, begin, node_width(node)),
        };
        Some(Placed { node: at, x, y, width, name: cut(&node.name), note: words::note(node), beside: [None; 4] })
    }

    /// Along edges the path first, then the nearest; across in the column.
    fn beside(&self, own: &Placed, places: &[Placed]) -> [Option<usize>; 4] {
        let rank = |placed: &Placed| self.rank(placed.node);
        let middle = |placed: &Placed| self.middle_of(placed.node);
        let distance = |placed: &Placed| (middle(placed) - middle(own)).abs();
        let along = |wanted: fn(usize, usize) -> bool| {
            let linked = self.graph.edges.iter().filter_map(|edge| {
                let (left, right) = self.ends(edge);
                let other = if left == own.node { right } else { left };
                let placed = places.iter().find(|placed| placed.node == other)?;
                let near = left == own.node || right == own.node;
                (near && wanted(rank(placed), rank(own))).then_some((!edge.on_path, distance(placed), placed.node))
            });
            linked.min().map(|(.., node)| node)
        };
        let across = |wanted: fn(i32, i32) -> bool| {
            let column =
                places.iter().filter(|placed| rank(placed) == rank(own) && wanted(middle(placed), middle(own)));
            column.min_by_key(|placed| distance(placed)).map(|placed| placed.node)
        };
        let ways = [along(|rank, own| rank < own), along(|rank, own| rank > own)];
        let beside = [across(|place, own| place < own), across(|place, own| place > own)];
        let ([left, right], [up, down]) = match self.way {
            Way::Right => (ways, beside),
            Way::Down => (beside, ways),
        };
        [left, right, up, down]
    }

    fn middle_of(&self, vertex: usize) -> i32 {
        self.middle.get(vertex).copied().unwrap_or_default()
    }

    fn column_at(&self, rank: usize) -> (i32, i32) {
        self.column.get(rank).copied().unwrap_or_default()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
fn pixel(length: f64) -> i32 {
    length.round() as i32
}
