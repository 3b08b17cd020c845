//! Pictures as numbers: which objects and relations answer a question, and where they stand. Nothing here draws.
//!
//! [`of_question`] and [`of_world`] choose the nodes and edges, [`layout()`] gives them places, [`words`] names them, and
//! [`connect`] knows which object can be put onto which.

pub mod connect;
mod fold;
pub mod graph;
mod handshake;
pub mod layout;
mod parties;
mod question;
mod whole;
pub mod words;

pub use graph::{Edge, Graph, Half, Node, Relation, Says, Shape, Subject};
pub use layout::{Picture, Way, layout};
pub use question::{Asked, of_question};
pub use whole::{MOST_NODES, of_world};

#[cfg(test)]
mod tests;
