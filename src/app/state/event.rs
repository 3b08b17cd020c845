//! Everything that can happen to the state.

use std::sync::Arc;

use yew::UseReducerDispatcher;

use crate::eval::trace::GateKind;
use crate::model::{Command, Holder, PolicyRef, PrincipalRef};

use super::{DataFile, Dialog, Scope, Selection, State, Tab};

/// Hands events to the state. Never changes, so props and contexts that hold it stay equal.
pub type Dispatch = UseReducerDispatcher<State>;

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Another principal is asked about.
    PrincipalChosen(PrincipalRef),
    /// The action field was typed in.
    ActionTyped(String),
    /// The resource field was typed in.
    ResourceTyped(String),
    /// A context key was given another value, or taken away.
    ContextSet(String, Option<String>),
    /// A context key is to be as AWS would send it.
    ContextReset(String),
    /// The list of values was opened or closed.
    WhenToggled,

    /// The world is to change.
    Changed(Command),
    /// The editor of an inline policy was typed in.
    PolicyTyped(PolicyRef, Arc<str>),
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
    /// The last change is to be taken back.
    Undone,

    /// A gate is to list its statements, or none is.
    GateOpened(Option<GateKind>),
    /// A policy is to be shown.
    PolicyShown(PolicyRef),
    /// A part of a policy is to be shown.
    Selected(Selection),
    /// An inline policy is to be edited.
    EditingBegun(PolicyRef),
    /// Editing is over.
    EditingEnded,
    /// The middle pane is to show something else.
    TabShown(Tab),
    /// The graph is to show more, or less.
    ScopeChosen(Scope),
    /// A dialog opens.
    DialogOpened(Dialog),
    /// The dialog closes.
    DialogClosed,
    /// The refusal was read.
    RefusalDismissed,

    /// The list of actions is wanted.
    ActionsWanted,
    /// A file is on its way.
    FileRequested(DataFile),
    /// A file is here, or not.
    FileArrived(DataFile, Result<String, String>),
    /// A file that did not come is to be fetched again.
    FileRetried(DataFile),
}
