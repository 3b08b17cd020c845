//! The lines between what has its place: from column to column, round a column, and the two sides of a handshake.

use std::cmp::Ordering;

use super::{Drawn, HEAD, NARROWEST_GAP, Placing, Way};
use crate::diagram::graph::Edge;
use crate::diagram::words;

impl Placing<'_> {
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

    pub(super) fn draw(&self, edge: &Edge, at: usize) -> Drawn {
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

impl Way {
    /// Left and top of a place that is given along and across; also the other way round.
    pub(super) fn point(self, (along, across): (i32, i32)) -> (i32, i32) {
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
