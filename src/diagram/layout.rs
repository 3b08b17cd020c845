//! Where everything stands: columns from left to right, rows by a layered layout (Sugiyama). Same graph, same picture.
//!
//! Columns follow from what a node is. An edge over several columns gets a place to pass in each column between, so that it
//! never runs over a node. What has no relation stands in a tray beside the picture.

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
pub fn layout(graph: &Graph) -> Picture {
    let mut placing = Placing::new(graph);
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

struct Placing<'a> {
    graph: &'a Graph,
    /// Column of each node that has a relation, counting only columns that are used.
    rank: Vec<Option<usize>>,
    /// Vertices that lines pass through, by the two nodes at their ends and by column.
    bends: BTreeMap<(usize, usize, usize), usize>,
    /// Middle of each vertex; nodes first, then bends.
    middle: Vec<i32>,
    height: i32,
    /// Left edge and width of each column.
    column: Vec<(i32, i32)>,
}

impl<'a> Placing<'a> {
    fn new(graph: &'a Graph) -> Self {
        let mut related = vec![false; graph.nodes.len()];
        for end in graph.edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            if let Some(related) = related.get_mut(end) {
                *related = true;
            }
        }
        let with_place =
            || graph.nodes.iter().zip(&related).filter(|(_, related)| **related).map(|(node, _)| node.column);
        let mut used: Vec<u8> = with_place().collect();
        used.sort_unstable();
        used.dedup();
        let rank_of = |node: &Node| used.iter().position(|column| *column == node.column);
        let rank = graph.nodes.iter().zip(&related).map(|(node, related)| rank_of(node).filter(|_| *related)).collect();
        Self { graph, rank, bends: BTreeMap::new(), middle: Vec::new(), height: 0, column: vec![(0, 0); used.len()] }
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
        let mut heights: Vec<(usize, i32)> = (0..nodes)
            .filter(|node| self.rank.get(*node).is_some_and(Option::is_some))
            .map(|node| (node, NODE_HEIGHT))
            .collect();
        let mut links: Vec<(usize, usize)> = Vec::new();
        let mut next = nodes;
        for edge in &self.graph.edges {
            let (left, right) = self.ends(edge);
            let mut from = left;
            for rank in self.rank(left) + 1..self.rank(right) {
                let bend = *self.bends.entry((left, right, rank)).or_insert_with(|| {
                    heights.push((next, BEND_HEIGHT));
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
        links.sort_unstable();
        links.dedup();
        // Vertices and links count positions in `heights`, which is how the answer names them.
        let position: BTreeMap<usize, u32> = heights.iter().zip(0..).map(|((vertex, _), at)| (*vertex, at)).collect();
        let links: Vec<(u32, u32)> =
            links.iter().filter_map(|(from, to)| Some((*position.get(from)?, *position.get(to)?))).collect();
        let size = |height: i32| (f64::from(height), f64::from(NODE_HEIGHT));
        let sizes: Vec<(u32, (f64, f64))> = (0..).zip(&heights).map(|(at, (_, height))| (at, size(*height))).collect();
        let config = Config { vertex_spacing: f64::from(ROW_GAP), dummy_vertices: false, ..Config::default() };
        let parts = from_vertices_and_edges(&sizes, &links, &config).into_iter().map(|(vertices, ..)| {
            let place = |(at, (across, _)): (usize, (f64, f64))| Some((*heights.get(at)?, pixel(across)));
            let mut part: Vec<((usize, i32), i32)> = vertices.into_iter().filter_map(place).collect();
            part.sort_unstable();
            part
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort_unstable();
        self.middle = vec![0; next];
        let mut top = MARGIN;
        for part in parts {
            let upper = part.iter().map(|((_, height), middle)| middle - height / 2).min().unwrap_or_default();
            let lower = part.iter().map(|((_, height), middle)| middle + height / 2).max().unwrap_or_default();
            for ((vertex, _), middle) in part {
                if let Some(place) = self.middle.get_mut(vertex) {
                    *place = middle - upper + top;
                }
            }
            top += lower - upper + BETWEEN_PARTS;
        }
        self.height = (top - BETWEEN_PARTS + MARGIN).max(2 * MARGIN);
    }

    /// Columns: as wide as their widest node, as far apart as their longest label.
    fn columns(&mut self) {
        let mut width = vec![NARROWEST; self.column.len()];
        for (node, rank) in self.graph.nodes.iter().zip(&self.rank) {
            if let Some(widest) = rank.and_then(|rank| width.get_mut(rank)) {
                let wanted = name_width(&cut(&node.name)).max(note_width(&words::note(node))) + PADDING;
                *widest = wanted.max(*widest);
            }
        }
        let mut gap = vec![NARROWEST_GAP; self.column.len()];
        for edge in &self.graph.edges {
            let label = note_width(&words::label(edge)) + 20;
            // Both sides of a handshake share the gap.
            let wanted = if edge.half.is_some() { 2 * label + 16 } else { label };
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
        let right = nodes.iter().map(|placed| placed.x + placed.width).max().unwrap_or_default();
        let loops = self.graph.edges.iter().any(|edge| {
            let (left, right) = self.ends(edge);
            self.rank(left) == self.rank(right) && self.rank(left) + 1 == self.column.len()
        });
        let tray =
            (0..self.graph.nodes.len()).filter(|node| self.rank.get(*node).is_some_and(Option::is_none)).collect();
        let spare = if loops { NARROWEST_GAP } else { 0 };
        let height = if nodes.is_empty() { 0 } else { self.height };
        Picture { width: right + MARGIN + spare, height, nodes, edges, tray }
    }

    fn place(&self, at: usize) -> Option<Placed> {
        let rank = self.rank.get(at).copied().flatten()?;
        let (node, (x, width)) = (self.graph.nodes.get(at)?, self.column.get(rank).copied()?);
        let y = self.middle_of(at) - NODE_HEIGHT / 2;
        Some(Placed { node: at, x, y, width, name: cut(&node.name), note: words::note(node), beside: [None; 4] })
    }

    /// Along edges to the left and right, the path first, then the nearest; up and down in the column.
    fn beside(&self, own: &Placed, places: &[Placed]) -> [Option<usize>; 4] {
        let distance = |placed: &Placed| (placed.y - own.y).abs();
        let along = |wanted: fn(i32, i32) -> bool| {
            let linked = self.graph.edges.iter().filter_map(|edge| {
                let (left, right) = self.ends(edge);
                let other = if left == own.node { right } else { left };
                let placed = places.iter().find(|placed| placed.node == other)?;
                let near = left == own.node || right == own.node;
                (near && wanted(placed.x, own.x)).then_some((!edge.on_path, distance(placed), placed.node))
            });
            linked.min().map(|(.., node)| node)
        };
        let across = |wanted: fn(i32, i32) -> bool| {
            let column = places.iter().filter(|placed| placed.x == own.x && wanted(placed.y, own.y));
            column.min_by_key(|placed| distance(placed)).map(|placed| placed.node)
        };
        [along(|x, own| x < own), along(|x, own| x > own), across(|y, own| y < own), across(|y, own| y > own)]
    }

    fn middle_of(&self, vertex: usize) -> i32 {
        self.middle.get(vertex).copied().unwrap_or_default()
    }

    fn column_at(&self, rank: usize) -> (i32, i32) {
        self.column.get(rank).copied().unwrap_or_default()
    }

    /// The stretch of an edge's line in the gap right of a column: from point to point.
    fn stretch(&self, (left, right): (usize, usize), rank: usize) -> [(i32, i32); 2] {
        let through = |rank: usize| match self.bends.get(&(left, right, rank)) {
            Some(bend) => self.middle_of(*bend),
            None if rank <= self.rank(left) => self.middle_of(left),
            None => self.middle_of(right),
        };
        let (x, width) = self.column_at(rank);
        [(x + width, through(rank)), (self.column_at(rank + 1).0, through(rank + 1))]
    }

    fn draw(&self, edge: &Edge, at: usize) -> Drawn {
        let ends = self.ends(edge);
        let (first, last) = (self.rank(ends.0), self.rank(ends.1));
        let label = words::label(edge);
        if first == last {
            return self.draw_loop(edge, at, label);
        }
        if edge.half.is_some() {
            return self.draw_half(edge, at, label);
        }
        let to_right = edge.to == ends.1;
        let mut line = String::new();
        for rank in first..last {
            let [mut start, mut end] = self.stretch(ends, rank);
            start.0 += if !to_right && rank == first { HEAD } else { 0 };
            end.0 -= if to_right && rank + 1 == last { HEAD } else { 0 };
            line.push_str(&curve(start, end, line.is_empty()));
        }
        let head = match to_right {
            true => arrow(self.stretch(ends, last - 1)[1], 1),
            false => arrow(self.stretch(ends, first)[0], -1),
        };
        let [start, end] = self.stretch(ends, self.label_gap(edge));
        let (x, y) = (i32::midpoint(start.0, end.0), i32::midpoint(start.1, end.1) - 5);
        Drawn { edge: at, line, head, label, x, y }
    }

    /// Two nodes of one column: round the right side.
    fn draw_loop(&self, edge: &Edge, at: usize, label: String) -> Drawn {
        let (x, width) = self.column_at(self.rank(edge.from));
        let (start, end) = (self.middle_of(edge.from), self.middle_of(edge.to));
        let (x, out) = (x + width, x + width + NARROWEST_GAP - 8);
        let line = format!("M{x} {start}C{out} {start} {out} {end} {} {end}", x + HEAD);
        Drawn { edge: at, line, head: arrow((x, end), -1), label, x: out - 10, y: i32::midpoint(start, end) + 4 }
    }

    /// One side of a handshake: from its node to the middle, where both meet.
    fn draw_half(&self, edge: &Edge, at: usize, label: String) -> Drawn {
        let ends = self.ends(edge);
        let (first, last) = (self.rank(ends.0), self.rank(ends.1));
        let meeting = self.label_gap(edge);
        let [start, end] = self.stretch(ends, meeting);
        let (x, y) = (i32::midpoint(start.0, end.0), i32::midpoint(start.1, end.1));
        let from_left = edge.from == ends.0;
        let mut line = String::new();
        if from_left {
            for rank in first..meeting {
                let [start, end] = self.stretch(ends, rank);
                line.push_str(&curve(start, end, line.is_empty()));
            }
            line.push_str(&curve(start, (x - HEAD, y), line.is_empty()));
        } else {
            line.push_str(&curve((x + HEAD, y), end, true));
            for rank in meeting + 1..last {
                let [start, end] = self.stretch(ends, rank);
                line.push_str(&curve(start, end, false));
            }
        }
        // Half a disc each, with the open side towards the other.
        let (head, middle) = match from_left {
            true => (format!("M{} {}a7 7 0 0 0 0 14z", x - 2, y - 7), i32::midpoint(start.0, x - HEAD)),
            false => (format!("M{} {}a7 7 0 0 1 0 14z", x + 2, y - 7), i32::midpoint(x + HEAD, end.0)),
        };
        let near = if from_left { start.1 } else { end.1 };
        Drawn { edge: at, line, head, label, x: middle, y: i32::midpoint(near, y) - 8 }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
fn pixel(length: f64) -> i32 {
    length.round() as i32
}

/// From left to right: level, over, level.
fn curve(start: (i32, i32), end: (i32, i32), begins: bool) -> String {
    let ((x, y), (to_x, to_y)) = (start, end);
    let middle = i32::midpoint(x, to_x);
    let begin = if begins { 'M' } else { 'L' };
    match y == to_y {
        true => format!("{begin}{x} {y}H{to_x}"),
        false => format!("{begin}{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"),
    }
}

/// A head with its point at the end of a line.
fn arrow((x, y): (i32, i32), direction: i32) -> String {
    format!("M{x} {y}l{} -4v8z", -HEAD * direction)
}
