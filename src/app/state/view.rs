//! What is open on the screen.

use std::sync::Arc;

use crate::eval::trace::GateKind;
use crate::model::{Holder, PolicyRef};
use crate::text::Span;

/// What is open on the screen. Nothing in here changes an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The gate whose statements are listed.
    pub gate: OpenGate,
    /// The policy that is shown; `None` for the one that decided.
    pub policy: Option<PolicyRef>,
    /// The part of its text that a cell of the table stands for.
    pub selection: Option<Selection>,
    /// The policy that is being edited.
    pub editing: Option<PolicyRef>,
    /// Whether the values of the request are listed.
    pub when_open: bool,
    /// The dialog that is open.
    pub dialog: Option<Dialog>,
    /// Why the last change was refused.
    pub refusal: Option<String>,
    /// What the middle pane shows.
    pub tab: Tab,
    /// How much the graph shows.
    pub scope: Scope,
}

/// What the middle pane shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The text of a policy.
    #[default]
    Policy,
    /// The graph.
    Graph,
}

/// How much the graph shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// What the question touches.
    #[default]
    Question,
    /// The whole account.
    Account,
}

/// Which gate lists its statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OpenGate {
    /// The one that decided.
    #[default]
    Decisive,
    /// This one.
    Chosen(GateKind),
    /// None.
    Closed,
}

/// A part of a policy's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Whose text.
    pub policy: PolicyRef,
    /// Which part.
    pub span: Span,
}

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// What this is and what it models.
    About,
    /// Choosing a managed policy.
    Attach(Attaching),
    /// Writing a new inline policy.
    NewInline(Holder),
}

/// How far the attaching of a managed policy has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attaching {
    /// To whom.
    pub holder: Holder,
    /// The chosen policy, while its document is on its way.
    pub chosen: Option<Arc<str>>,
}
