//! Everything that can happen to the state.

use std::rc::Rc;
use std::sync::Arc;

use yew::UseReducerDispatcher;

use crate::analysis::account::Subject;
use crate::app::platform::theme::Theme;
use crate::eval::situation::Part;
use crate::eval::trace::GateKind;
use crate::ident::{AccountId, ActionName};
use crate::model::{Asking, Command, Holder, PolicyRef, PrincipalRef, Proof, Session};
use crate::text::Severity;

use super::inspect::{FormId, Object};
use super::{DataFile, Dialog, Scope, Selection, ShelfEvent, State, Tab, TablesEvent};

/// Hands events to the state. Never changes, so props and contexts that hold it stay equal.
pub type Dispatch = UseReducerDispatcher<State>;

/// Context keys, each with the value that it is set to, or none.
pub type Keys = Arc<[(String, Option<String>)]>;

/// A command and the account that it is given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The account; `None` for that of whoever asks.
    pub account: Option<AccountId>,
    /// What is to change.
    pub command: Command,
}

impl From<Command> for Placed {
    fn from(command: Command) -> Self {
        Self { account: None, command }
    }
}

/// A part of what a caller brings beside its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionPart {
    /// How it proved who it is.
    Proof,
    /// The name of the session.
    Name,
    /// Session tags.
    Tags,
    /// The source identity.
    SourceIdentity,
    /// The session policies.
    Policies,
}

impl SessionPart {
    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Proof => "the credentials",
            Self::Name => "the session name",
            Self::Tags => "the session tags",
            Self::SourceIdentity => "the source identity",
            Self::Policies => "the session policies",
        }
    }
}

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another principal is asked about.
    PrincipalChosen(PrincipalRef),
    /// Another account is asked about.
    AccountChosen(AccountId),
    /// A whole question is asked at once.
    QuestionAsked(Rc<Asking>),
    /// The action field was typed in.
    ActionTyped(String),
    /// The resource field was typed in.
    ResourceTyped(String),
    /// A context key was given another value, or taken away.
    ContextSet(String, Option<String>),
    /// A context key is to be as AWS would send it.
    ContextReset(String),
    /// The caller brings something else beside its name.
    SessionSet {
        /// What of it changed.
        what: SessionPart,
        /// All of it.
        session: Box<Session>,
    },
    /// The inline session policy is to be begun.
    SessionPolicyBegun,
    /// The reasons for another one of several actions are to be shown.
    ActionFocused(ActionName),
    /// The list of values was opened or closed.
    WhenToggled,

    /// Changes are to be tried, and kept or dropped later.
    TrialBegun,
    /// A part of what decides is not to count, or to count again; begins a trial.
    Switched(Part),
    /// What was tried is to stay.
    TrialKept,
    /// What was tried is to be as if it had not been.
    TrialDropped,
    /// Changes are to be tried, as one step.
    Tried {
        /// What the step is called.
        label: Arc<str>,
        /// Changes to the world.
        commands: Arc<[Placed]>,
        /// Changes to the request.
        keys: Keys,
        /// What the caller then brings beside its name, where that changes.
        session: Option<Box<Session>>,
    },

    /// The question with its decision is to be remembered.
    Pinned,
    /// A pin is not wanted any more.
    Unpinned(usize),
    /// A pin is to expect what comes of it now.
    PinAccepted(usize),
    /// The pins are wanted as a file of cases.
    PinsFileWanted,

    /// The world is to change.
    Changed(Command),
    /// The world is to change by several commands, all or none.
    ChangedTogether {
        /// What the step is called.
        label: Arc<str>,
        /// In their order.
        commands: Arc<[Command]>,
        /// Whether the dialog stays when nothing is refused.
        stay: bool,
    },
    /// Somebody has proved who they are.
    SignedIn {
        /// Who.
        principal: PrincipalRef,
        /// With what.
        proof: Proof,
        /// What that changes in the world; when it is refused, nobody is signed in.
        commands: Arc<[Command]>,
    },
    /// Somebody is acted as, without any proof.
    ActedAs(PrincipalRef),
    /// Whoever has signed in leaves.
    SignedOut,
    /// Everything may be changed, or only what the policies of whoever has signed in allow.
    LearnToggled,
    /// An object is to be deleted with whatever hangs on it.
    Deleted(Object),
    /// A form of the inspector was filled in.
    FormSent {
        /// About what.
        object: Object,
        /// Which.
        form: FormId,
        /// What stands in its fields.
        texts: Arc<[String]>,
    },
    /// The editor of a policy was typed in.
    PolicyTyped(PolicyRef, Arc<str>),
    /// The policy of a resource is to be begun.
    ResourcePolicyBegun(Arc<str>),
    /// What was typed in the editor of a customer managed policy is to become the version that counts.
    VersionSaved(PolicyRef),
    /// An inline policy was named and begun.
    InlineBegun {
        /// In whom.
        holder: Holder,
        /// Its name.
        name: Arc<str>,
        /// Its first text.
        text: Arc<str>,
    },
    /// A managed policy was chosen in the dialog.
    AttachChosen(Arc<str>),
    /// The flows have made another world of this one.
    WorldTaken {
        /// Its save.
        save: Arc<str>,
        /// What the step is called.
        label: Arc<str>,
    },
    /// The last step is to be taken back.
    Undone,
    /// The step that was taken back last is to be done again.
    Redone,

    /// The flows are to be shown.
    FlowsWanted,
    /// The middle pane is to show something else.
    TabShown(Tab),
    /// Findings of one severity are to be listed, or of all.
    SeverityChosen(Option<Severity>),
    /// An object of the world is to be found with the focus.
    Revealed(Subject),
    /// Something was picked in the palette, which closes unless that is refused.
    Picked(Box<Event>),
    /// The page is to be shown in a theme.
    ThemeChosen(Theme),
    /// A huge world is to be checked.
    ChecksWanted,
    /// A gate is to list its statements, or none is.
    GateOpened(Option<GateKind>),
    /// A policy is to be shown.
    PolicyShown(PolicyRef),
    /// A part of a policy is to be shown.
    Selected(Selection),
    /// Nothing is to be marked any more.
    Unselected,
    /// An inline policy is to be edited.
    EditingBegun(PolicyRef),
    /// Editing is over.
    EditingEnded,
    /// The graph is to show more, or less.
    ScopeChosen(Scope),
    /// A dialog opens.
    DialogOpened(Dialog),
    /// The dialog closes.
    DialogClosed,
    /// The refusal was read.
    RefusalDismissed,

    /// Something happened to the tables.
    Tables(TablesEvent),

    /// Something happened to the worlds of this browser.
    Shelf(ShelfEvent),

    /// The list of actions is wanted.
    ActionsWanted,
    /// A file is on its way.
    FileRequested(DataFile),
    /// A file is here, or not.
    FileArrived(DataFile, Result<String, String>),
    /// A file that did not come is to be fetched again.
    FileRetried(DataFile),
}
