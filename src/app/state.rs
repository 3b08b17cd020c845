//! What the page knows: the world, the question, the data that has arrived, and what is open on the screen.
//!
//! [`State`] changes only by [`Event`]s through its reducer, which is pure. [`Answer`] is everything that follows from it.

pub mod advice;
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
mod near;
pub mod new_user;
pub mod palette;
pub mod passwords;
pub mod pins;
mod policy_text;
mod reduce;
pub mod session;
mod shelf;
pub mod sign_in;
mod statements;
mod store;
mod suggest;
pub mod tables;
pub mod trial;
mod view;

pub use answer::{Answer, One, Outcome, answer, verdict, verdict_word};
pub use asked::{Asked, Field, SignedIn};
pub use checks::Checks;
pub use data::{DataFile, Manifest, Remote, Site};
pub use drafts::Drafts;
pub use event::{Dispatch, Event, Keys, Placed, SessionPart};
pub use history::{History, Moment, Typing};
pub use near::near;
pub use policy_text::{Editing, PolicyText, editing, policy_key, text_command};
pub use shelf::{
    Entry, Errand, Found, Notice, Shelf, ShelfEvent, Snapshot, Status, Stored, Work, file_name, plain_name,
};
pub use statements::{Role, Row, Rows, rows};
pub use store::State;
pub use suggest::value as suggest_value;
pub use tables::{Tables, TablesEvent};
pub use view::{AttachTo, Attaching, Dialog, NewKind, OpenGate, Revealed, Scope, Selection, Tab, View};
