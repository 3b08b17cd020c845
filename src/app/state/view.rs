//! What is open on the screen.

use std::rc::Rc;
use std::sync::Arc;

use super::inspect::Object;
use crate::analysis::account::Subject;
use crate::eval::trace::GateKind;
use crate::model::{Asking, Holder, PolicyRef};
use crate::text::{Severity, Span};

/// What is open on the screen. Nothing in here changes an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// What the middle pane shows.
    pub tab: Tab,
    /// The only severity whose findings are listed.
    pub severity: Option<Severity>,
    /// The object of the world that is to be found with the focus.
    pub revealed: Option<Revealed>,
    /// Whether a huge world is to be checked, though the page waits meanwhile.
    pub checks_wanted: bool,
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
    /// Whether only that is done which the policies of whoever has signed in allow.
    pub learning: bool,
    /// Why the last change was refused.
    pub refusal: Option<String>,
    /// The question that shows why, when policies refused it.
    pub refused: Option<Rc<Asking>>,
    /// How much the graph shows.
    pub scope: Scope,
}

/// A view of the middle pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The policies of who is asked about.
    #[default]
    Policy,
    /// What the checks find in the account.
    Checks,
    /// How everything hangs together.
    Graph,
    /// Many decisions at once.
    Tables,
    /// Decisions that are to stay as they are.
    Pinned,
}

impl Tab {
    /// In the order of the tabs.
    pub const ALL: [Self; 5] = [Self::Policy, Self::Graph, Self::Tables, Self::Pinned, Self::Checks];

    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Policy => "Policy",
            Self::Checks => "Checks",
            Self::Graph => "Graph",
            Self::Tables => "Tables",
            Self::Pinned => "Pinned",
        }
    }

    /// Its name in ids.
    pub fn id(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Checks => "checks",
            Self::Graph => "graph",
            Self::Tables => "tables",
            Self::Pinned => "pinned",
        }
    }
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

/// An object that the focus shall go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revealed {
    /// What.
    pub subject: Subject,
    /// Tells this time from the last.
    pub turn: u32,
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
    /// Finding an object or a command by its name.
    Palette,
    /// What the keyboard does.
    Keys,
    /// The worlds of this browser.
    Worlds,
    /// How the shown world was before.
    Timeline,
    /// Choosing a managed policy.
    Attach(Attaching),
    /// Writing a new inline policy.
    NewInline(Holder),
    /// Making a user, as the console does.
    NewUser,
    /// Proving who one is.
    SignIn,
    /// Making something else.
    New(NewKind),
    /// Everything about one object.
    Inspect(Object),
}

/// What can be made with a name and a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// A group.
    Group,
    /// A role.
    Role,
    /// A customer managed policy.
    Policy,
    /// A resource.
    Resource,
}

/// How far the attaching of a managed policy has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attaching {
    /// To what.
    pub to: AttachTo,
    /// The chosen policy, while its document is on its way.
    pub chosen: Option<Arc<str>>,
}

/// What a managed policy can be attached to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttachTo {
    /// The permissions of a user, group or role.
    Permissions(Holder),
    /// A user or role, as its permissions boundary.
    Boundary(Holder),
    /// The session of whoever asks.
    Session,
}

impl Attaching {
    /// Nothing is chosen yet.
    pub fn new(to: AttachTo) -> Self {
        Self { to, chosen: None }
    }
}
