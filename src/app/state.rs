//! What the page knows: the world, the question, the data that has arrived, and what is open on the screen.
//!
//! [`State`] changes only by [`Event`]s through its reducer, which is pure. [`Answer`] is everything that follows from it.

mod answer;
mod asked;
pub mod checks;
mod data;
mod drafts;
mod event;
pub mod hand_out;
mod history;
pub mod inspect;
pub mod learn;
pub mod marks;
pub mod new_user;
pub mod palette;
pub mod passwords;
mod policy_text;
mod reduce;
mod shelf;
pub mod sign_in;
mod statements;
mod store;
mod suggest;
pub mod tables;
mod view;

pub use answer::{Answer, Outcome, answer, verdict_word};
pub use asked::{Asked, Field, SignedIn};
pub use checks::Checks;
pub use data::{DataFile, Manifest, Remote, Site};
pub use drafts::Drafts;
pub use event::{Dispatch, Event};
pub use history::{History, Moment, Typing};
pub use policy_text::{Editing, PolicyText, editing, policy_key};
pub use shelf::{Entry, Errand, Found, Notice, Shelf, ShelfEvent, Snapshot, Status, Stored, Work, file_name};
pub use statements::{Role, Row, Rows, rows};
pub use store::State;
pub use suggest::value as suggest_value;
pub use tables::{Tables, TablesEvent};
pub use view::{Attaching, Dialog, NewKind, OpenGate, Revealed, Scope, Selection, Tab, View};
