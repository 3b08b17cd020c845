//! Where everything stands: columns from left to right, rows by a layered layout (Sugiyama). Same graph, same picture.
//! For a narrow screen the same turned: the columns follow each other downwards. "Along" is the way that the columns follow
//! each other, "across" the other one.
//!
//! Columns follow from what a node is. An edge over several columns gets a place to pass in each column between, so that it
//! never runs over a node. What has no relation stands in a tray beside the picture.

use std::cmp::Ordering;
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
        used.sort_unstable();
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
        links.sort_unstable();
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
            part.sort_unstable();
            part
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort_unstable();
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
            line.push_str(&self.way.curve(start, end, line.is_empty()));
        }
        let head = match to_right {
            true => self.way.arrow(self.stretch(ends, last - 1)[1], 1),
            false => self.way.arrow(self.stretch(ends, first)[0], -1),
        };
        let (x, y) = self.label_place(edge);
        Drawn { edge: at, line, head, label, x, y }
    }

    /// Middle of a label. Downwards it stands near the end where fewer lines meet, so that labels do not meet.
    fn label_place(&self, edge: &Edge) -> (i32, i32) {
        let (ends, gap) = (self.ends(edge), self.label_gap(edge));
        let [start, end] = self.stretch(ends, gap);
        let middle = (i32::midpoint(start.0, end.0), i32::midpoint(start.1, end.1));
        if self.way == Way::Right {
            return (middle.0, middle.1 - 5);
        }
        let lines = |node: usize, there: bool| match there {
            true => {
                self.graph.edges.iter().filter(|edge| self.ends(edge).0 == node || self.ends(edge).1 == node).count()
            }
            false => 0,
        };
        let at_start = lines(ends.0, gap == self.rank(ends.0));
        let at_end = lines(ends.1, gap + 1 == self.rank(ends.1));
        let place = |from: (i32, i32), to: (i32, i32)| (from.0 + (to.0 - from.0) / 3, from.1 + (to.1 - from.1) * 2 / 9);
        let (along, across) = match at_start.cmp(&at_end) {
            Ordering::Less => place(start, end),
            Ordering::Equal => middle,
            Ordering::Greater => place(end, start),
        };
        (across, along + 4)
    }

    /// Two nodes of one column: round its far side.
    fn draw_loop(&self, edge: &Edge, at: usize, label: String) -> Drawn {
        let (x, width) = self.column_at(self.rank(edge.from));
        let (start, end) = (self.middle_of(edge.from), self.middle_of(edge.to));
        let (x, out) = (x + width, x + width + NARROWEST_GAP - 8);
        let show = |along: i32, across: i32| self.way.show((along, across));
        let line = format!("M{}C{} {} {}", show(x, start), show(out, start), show(out, end), show(x + HEAD, end));
        let head = self.way.arrow((x, end), -1);
        let (x, y) = self.way.point((out - 10, i32::midpoint(start, end)));
        Drawn { edge: at, line, head, label, x, y: y + 4 }
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
                line.push_str(&self.way.curve(start, end, line.is_empty()));
            }
            line.push_str(&self.way.curve(start, (x - HEAD, y), line.is_empty()));
        } else {
            line.push_str(&self.way.curve((x + HEAD, y), end, true));
            for rank in meeting + 1..last {
                let [start, end] = self.stretch(ends, rank);
                line.push_str(&self.way.curve(start, end, false));
            }
        }
        // Half a disc each, with the open side towards the other.
        let (edge_of_disc, middle) = match from_left {
            true => (x - 2, i32::midpoint(start.0, x - HEAD)),
            false => (x + 2, i32::midpoint(x + HEAD, end.0)),
        };
        let begin = self.way.show((edge_of_disc, y - 7));
        let head = match (self.way, from_left) {
            (Way::Right, true) => format!("M{begin}a7 7 0 0 0 0 14z"),
            (Way::Right, false) => format!("M{begin}a7 7 0 0 1 0 14z"),
            (Way::Down, true) => format!("M{begin}a7 7 0 0 1 14 0z"),
            (Way::Down, false) => format!("M{begin}a7 7 0 0 0 14 0z"),
        };
        let near = if from_left { start.1 } else { end.1 };
        let (x, label_y) = self.way.point((middle, i32::midpoint(near, y)));
        let y = if self.way == Way::Right { label_y - 8 } else { label_y + 4 };
        Drawn { edge: at, line, head, label, x, y }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
fn pixel(length: f64) -> i32 {
    length.round() as i32
}

impl Way {
    /// Left and top of a place that is given along and across; also the other way round.
    fn point(self, (along, across): (i32, i32)) -> (i32, i32) {
        match self {
            Self::Right => (along, across),
            Self::Down => (across, along),
        }
    }

    /// The same as it is written in a path.
    fn show(self, place: (i32, i32)) -> String {
        let (x, y) = self.point(place);
        format!("{x} {y}")
    }

    /// Along, over, along.
    fn curve(self, start: (i32, i32), end: (i32, i32), begins: bool) -> String {
        let middle = i32::midpoint(start.0, end.0);
        let begin = format!("{}{}", if begins { 'M' } else { 'L' }, self.show(start));
        match start.1 == end.1 {
            true => format!("{begin}L{}", self.show(end)),
            false => {
                let (leave, arrive) = (self.show((middle, start.1)), self.show((middle, end.1)));
                format!("{begin}C{leave} {arrive} {}", self.show(end))
            }
        }
    }

    /// A head with its point at the end of a line.
    fn arrow(self, place: (i32, i32), direction: i32) -> String {
        let (begin, back) = (self.show(place), -HEAD * direction);
        match self {
            Self::Right => format!("M{begin}l{back} -4v8z"),
            Self::Down => format!("M{begin}l-4 {back}h8z"),
        }
    }
}
