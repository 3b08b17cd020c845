//! How AWS refuses a change: its error code, its message, and what to do about it (ERR-100…182).

use std::fmt;

use thiserror::Error;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Refusal {
    /// AWS's error code.
    pub code: Code,
    /// AWS's message.
    pub message: String,
    /// What to do next, in our words.
    pub remedy: String,
}

/// AWS's error codes for changes to identities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A named thing is missing (ERR-100).
    NoSuchEntity,
    /// The name is taken (ERR-101).
    EntityAlreadyExists,
    /// A quota is used up (ERR-102).
    LimitExceeded,
    /// Something still hangs on it (ERR-103).
    DeleteConflict,
    /// A policy document that AWS does not store (ERR-104).
    MalformedPolicyDocument,
    /// A value that makes no sense there (ERR-105).
    InvalidInput,
    /// A value that breaks its grammar (ERR-106).
    ValidationError,
    /// A password against the rules (ERR-109).
    PasswordPolicyViolation,
    /// A role that only its service may change (ERR-112).
    UnmodifiableEntity,
    /// Of AWS Organizations, as are the next: somebody else must do it.
    AccessDeniedException,
    /// What `CreateAccountStatus` tells when an account was not made.
    CreateAccountFailed,
    /// There is no such member.
    AccountNotFoundException,
    /// There is an organization already.
    AlreadyInOrganizationException,
    /// There is none.
    AWSOrganizationsNotInUseException,
    /// A quota or a rule of organizations.
    ConstraintViolationException,
    /// A unit of that name is there.
    DuplicateOrganizationalUnitException,
    /// The policy is attached there.
    DuplicatePolicyAttachmentException,
    /// A policy of that name is there.
    DuplicatePolicyException,
    /// Members are in the organization.
    OrganizationNotEmptyException,
    /// Something is in the unit.
    OrganizationalUnitNotEmptyException,
    /// No root or unit has that id.
    ParentNotFoundException,
    /// The policy is attached somewhere.
    PolicyInUseException,
    /// The policy is not attached there.
    PolicyNotAttachedException,
    /// No policy has that name.
    PolicyNotFoundException,
    /// Nothing in the organization has that id.
    TargetNotFoundException,
}

impl Refusal {
    pub(super) fn new(code: Code, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code, message: message.into(), remedy: remedy.into() }
    }

    pub(super) fn missing(message: impl Into<String>) -> Self {
        Self::new(Code::NoSuchEntity, message, "Check the name, or create it first.")
    }

    pub(super) fn taken(message: impl Into<String>) -> Self {
        Self::new(Code::EntityAlreadyExists, message, "Choose another name; names that differ only in case are one.")
    }

    pub(super) fn quota(name: &str, most: usize, remedy: impl Into<String>) -> Self {
        Self::new(Code::LimitExceeded, format!("Cannot exceed quota for {name}: {most}."), remedy)
    }

    pub(super) fn conflict(message: &str, remedy: impl Into<String>) -> Self {
        Self::new(Code::DeleteConflict, format!("Cannot delete entity, must {message} first."), remedy)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {} {}", self.code, self.message, self.remedy)
    }
}
