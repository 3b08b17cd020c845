//! The graph in words: for its labels, its table and those who do not see it.

use super::graph::{Edge, Graph, Node, Reason, Relation, Says};

/// A relation as it stands between two names.
pub fn relation(relation: &Relation) -> String {
    match relation {
        Relation::MemberOf => "member of".to_owned(),
        Relation::Attached => "attached".to_owned(),
        Relation::Inline => "inline".to_owned(),
        Relation::BoundedBy => "bounded by".to_owned(),
        Relation::LimitedBy => "limited by".to_owned(),
        Relation::Says => "says".to_owned(),
        Relation::NamedIn => "named in".to_owned(),
        Relation::Guards => "guards".to_owned(),
        Relation::TrustPolicy => "trust policy".to_owned(),
        Relation::Trusts => "trusts".to_owned(),
        Relation::MayAssume => "may assume".to_owned(),
        Relation::RunsAs => "runs as".to_owned(),
        Relation::On(action) => format!("{action} on"),
    }
}

/// What stands on a line: the relation, for a side of a handshake whether it is there.
pub fn label(edge: &Edge) -> String {
    let Some(half) = edge.half else { return relation(&edge.relation) };
    let trust = edge.relation == Relation::Trusts;
    let words = match (trust, edge.says) {
        (false, Some(Says::Allow)) => "permission",
        (false, Some(Says::Deny)) => "permission denied",
        (false, Some(Says::Silent)) => "no permission",
        (false, None) if half.reason == Reason::EachItsOwn => "own permission each",
        (false, None) => "needs no permission",
        (true, Some(Says::Allow)) if half.reason == Reason::Conditional => "trust, if",
        (true, Some(Says::Allow)) => "trust",
        (true, Some(Says::Deny)) => "trust denied",
        (true, _) => "no trust",
    };
    words.to_owned()
}

/// What a relation means for the question.
pub fn effect(edge: &Edge) -> &'static str {
    match (edge.half.map(|half| half.reason), edge.says, edge.on_path) {
        (Some(reason), _, _) => because(reason),
        (_, Some(Says::Allow), true) => "allows: this decides",
        (_, Some(Says::Deny), true) => "denies: this decides",
        (_, Some(Says::Silent), true) => "does not allow: this decides",
        (_, None, true) => "leads to what decides",
        (_, Some(Says::Allow), false) => "allows",
        (_, Some(Says::Deny), false) => "denies",
        (_, Some(Says::Silent), false) => "says nothing about it",
        (_, None, false) => "does not decide",
    }
}

/// Why a side of a handshake is there or missing.
pub fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::Allowed => "there: a statement allows it",
        Reason::Conditional => "there, under conditions of the statement",
        Reason::Denied => "refused: a statement denies it",
        Reason::NothingAllows => "missing: no statement allows it",
        Reason::TrustIsEnough => "not needed: the trust policy names the caller itself",
        Reason::NoPolicies => "not needed: such a caller has no policies",
        Reason::EachItsOwn => "each identity needs a permission of its own",
        Reason::Rule => "settled by a rule of AWS",
    }
}

/// What a node says, in one word.
pub fn says(says: Says) -> &'static str {
    match says {
        Says::Allow => "allows",
        Says::Deny => "denies",
        Says::Silent => "silent",
    }
}

/// The second line of a node: what it is, and what it says.
pub fn note(node: &Node) -> String {
    match node.says {
        Some(word) => format!("{}, {}", node.note, says(word)),
        None => node.note.clone(),
    }
}

/// A node for those who do not see it.
pub fn node(node: &Node) -> String {
    let path = if node.on_path { ", on the path that decides" } else { "" };
    format!("{}, {}{path}", node.name, note(node))
}

/// The picture in one sentence: how much there is, and the path that decides.
pub fn summary(graph: &Graph) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let objects = count(graph.nodes.len(), "object", "objects");
    let relations = count(graph.edges.len(), "relation", "relations");
    let name = |at: usize| graph.nodes.get(at).map(|node| node.name.as_str()).unwrap_or_default();
    let mut steps: Vec<&Edge> = graph.edges.iter().filter(|edge| edge.on_path).collect();
    let column = |at: usize| graph.nodes.get(at).map(|node| node.column);
    crate::text::order::sort_by_key(&mut steps, |edge| column(edge.from).min(column(edge.to)));
    let steps: Vec<String> =
        steps.into_iter().map(|edge| format!("{} {} {}", name(edge.from), label(edge), name(edge.to))).collect();
    match steps.is_empty() {
        true => format!("{objects}, {relations}."),
        false => format!("{objects}, {relations}. The path that decides: {}.", steps.join("; ")),
    }
}
