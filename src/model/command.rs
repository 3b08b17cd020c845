//! Changes to a world. Each is named as AWS's API names it; [`apply`] is the only way from one world to the next.

mod account;
mod credentials;
mod editing;
mod groups;
mod label;
mod organization;
mod permission;
mod permissions;
mod policies;
mod providers;
mod resources;
mod roles;
mod users;

use editing::Editing;
pub use editing::apply;
pub use permission::{Need, Permission};

use std::sync::Arc;

use super::credential::{MfaKind, PasswordHash, PasswordPolicy};
use super::identity::InlinePolicy;
use super::organization::ControlPolicy;
use super::provider::Provider;
use super::resource::Resource;
use super::time::Time;
use super::unique_id::unique_id;
use super::world::Holder;
use crate::ident::AccountId;

/// One change to one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Makes a user.
    CreateUser {
        /// Its name.
        name: Arc<str>,
        /// Its path.
        path: Arc<str>,
        /// Its tags.
        tags: Vec<(Arc<str>, Arc<str>)>,
    },
    /// Gives a user another name; its id and everything that knows it by id stay.
    RenameUser {
        /// Who.
        name: Arc<str>,
        /// The new name.
        to: Arc<str>,
    },
    /// Deletes a user that nothing hangs on any more (CON-120).
    DeleteUser {
        /// Who.
        name: Arc<str>,
    },
    /// Makes a group.
    CreateGroup {
        /// Its name.
        name: Arc<str>,
        /// Its path.
        path: Arc<str>,
    },
    /// Gives a group another name.
    RenameGroup {
        /// Which.
        name: Arc<str>,
        /// The new name.
        to: Arc<str>,
    },
    /// Deletes a group without members and policies (CON-121).
    DeleteGroup {
        /// Which.
        name: Arc<str>,
    },
    /// Makes a user a member of a group.
    AddUserToGroup {
        /// Who.
        user: Arc<str>,
        /// Where.
        group: Arc<str>,
    },
    /// Takes a user out of a group.
    RemoveUserFromGroup {
        /// Who.
        user: Arc<str>,
        /// From where.
        group: Arc<str>,
    },
    /// Makes a role.
    CreateRole {
        /// Its name.
        name: Arc<str>,
        /// Its path.
        path: Arc<str>,
        /// For people.
        description: Arc<str>,
        /// Its trust policy.
        trust: Arc<str>,
        /// Its tags.
        tags: Vec<(Arc<str>, Arc<str>)>,
    },
    /// Changes how a role is described and how long its sessions may last.
    UpdateRole {
        /// Which.
        name: Arc<str>,
        /// For people.
        description: Arc<str>,
        /// Seconds, 3,600 to 43,200.
        max_session: u32,
    },
    /// Replaces a trust policy.
    UpdateAssumeRolePolicy {
        /// Whose.
        role: Arc<str>,
        /// The document.
        text: Arc<str>,
    },
    /// Deletes a role without policies and instance profiles (CON-122).
    DeleteRole {
        /// Which.
        name: Arc<str>,
    },
    /// Makes an instance profile.
    CreateInstanceProfile {
        /// Its name.
        name: Arc<str>,
        /// Its path.
        path: Arc<str>,
    },
    /// Deletes an instance profile without a role (CON-123).
    DeleteInstanceProfile {
        /// Which.
        name: Arc<str>,
    },
    /// Puts a role into an instance profile.
    AddRoleToInstanceProfile {
        /// Into which.
        profile: Arc<str>,
        /// Which role.
        role: Arc<str>,
    },
    /// Takes the role out of an instance profile.
    RemoveRoleFromInstanceProfile {
        /// Out of which.
        profile: Arc<str>,
        /// Which role.
        role: Arc<str>,
    },
    /// Makes a customer managed policy.
    CreatePolicy {
        /// Its name.
        name: Arc<str>,
        /// Its path.
        path: Arc<str>,
        /// For people.
        description: Arc<str>,
        /// The document of its first version.
        text: Arc<str>,
    },
    /// Adds a version to a customer managed policy.
    CreatePolicyVersion {
        /// Of which.
        name: Arc<str>,
        /// The document.
        text: Arc<str>,
        /// Whether it counts from now on.
        set_default: bool,
    },
    /// Lets another version count.
    SetDefaultPolicyVersion {
        /// Of which.
        name: Arc<str>,
        /// 3 for `v3`.
        number: u32,
    },
    /// Deletes a version that does not count.
    DeletePolicyVersion {
        /// Of which.
        name: Arc<str>,
        /// 3 for `v3`.
        number: u32,
    },
    /// Deletes a customer managed policy that is attached to nothing and has one version (CON-124).
    DeletePolicy {
        /// Which.
        name: Arc<str>,
    },
    /// Attaches a managed policy.
    AttachPolicy {
        /// To whom.
        holder: Holder,
        /// Which policy.
        arn: Arc<str>,
    },
    /// Detaches a managed policy.
    DetachPolicy {
        /// From whom.
        holder: Holder,
        /// Which policy.
        arn: Arc<str>,
    },
    /// Creates or replaces an inline policy.
    PutInlinePolicy {
        /// In whom.
        holder: Holder,
        /// Name and text.
        policy: InlinePolicy,
    },
    /// Deletes an inline policy.
    DeleteInlinePolicy {
        /// From whom.
        holder: Holder,
        /// Its name.
        name: Arc<str>,
    },
    /// Bounds a user or role by a managed policy.
    PutPermissionsBoundary {
        /// Whom.
        holder: Holder,
        /// By which policy.
        arn: Arc<str>,
    },
    /// Takes the boundary away.
    DeletePermissionsBoundary {
        /// Whose.
        holder: Holder,
    },
    /// Gives a user, role or policy a tag, or the tag another value.
    Tag {
        /// What.
        tagged: Tagged,
        /// Key.
        key: Arc<str>,
        /// Value.
        value: Arc<str>,
    },
    /// Takes a tag away.
    Untag {
        /// From what.
        tagged: Tagged,
        /// Key.
        key: Arc<str>,
    },
    /// Gives a user a console password.
    CreateLoginProfile {
        /// Whom.
        user: Arc<str>,
        /// What it is known by.
        password: PasswordHash,
        /// Whether a new one is due at the next sign-in.
        reset_required: bool,
    },
    /// Sets another console password for a user.
    UpdateLoginProfile {
        /// Whose.
        user: Arc<str>,
        /// What it is known by.
        password: PasswordHash,
        /// Whether a new one is due at the next sign-in.
        reset_required: bool,
    },
    /// Takes the console password away.
    DeleteLoginProfile {
        /// Whose.
        user: Arc<str>,
    },
    /// Makes an access key.
    CreateAccessKey {
        /// For whom.
        of: SignsIn,
    },
    /// Switches an access key on or off.
    UpdateAccessKey {
        /// Whose.
        of: SignsIn,
        /// Which.
        id: Arc<str>,
        /// Whether it can be used.
        active: bool,
    },
    /// Deletes an access key.
    DeleteAccessKey {
        /// Whose.
        of: SignsIn,
        /// Which.
        id: Arc<str>,
    },
    /// Adds a second factor.
    EnableMfaDevice {
        /// To whom.
        of: SignsIn,
        /// Its name.
        name: Arc<str>,
        /// What it is.
        kind: MfaKind,
    },
    /// Takes a second factor away.
    DeactivateMfaDevice {
        /// From whom.
        of: SignsIn,
        /// Which.
        name: Arc<str>,
    },
    /// Sets the root user's password.
    SetRootPassword {
        /// What it is known by.
        password: PasswordHash,
    },
    /// Notes that somebody signed in.
    RecordSignIn {
        /// Who.
        of: SignsIn,
    },
    /// Gives the account a name for its sign-in address.
    CreateAccountAlias {
        /// The name.
        alias: Arc<str>,
    },
    /// Takes that name away.
    DeleteAccountAlias,
    /// Lets IAM users and roles into the billing console, or not; the root user's to do (CON-68).
    SetBillingAccess {
        /// Whether they may.
        active: bool,
    },
    /// Sets the password rules, or AWS's own for `None`.
    UpdatePasswordPolicy {
        /// The rules.
        policy: Option<PasswordPolicy>,
    },
    /// Makes an identity provider.
    CreateProvider {
        /// Which.
        provider: Provider,
    },
    /// Deletes an identity provider; roles that trust it stay (CON-126).
    DeleteProvider {
        /// Which.
        name: Arc<str>,
    },
    /// Makes the account the management account of a new organization.
    CreateOrganization,
    /// Makes a member account, under the root.
    CreateAccount {
        /// Its name.
        name: Arc<str>,
        /// E-mail address of its root user.
        email: Arc<str>,
    },
    /// Closes a member account. AWS keeps it for 90 days; here it is gone at once, and undo brings it back.
    CloseAccount {
        /// Which.
        account: AccountId,
    },
    /// Deletes an organization that nothing but its management account is in.
    DeleteOrganization,
    /// Makes a unit.
    CreateOrganizationalUnit {
        /// Id of the root or of the unit above.
        parent: Arc<str>,
        /// Its name.
        name: Arc<str>,
    },
    /// Gives a unit another name.
    UpdateOrganizationalUnit {
        /// Its id.
        id: Arc<str>,
        /// The new name.
        name: Arc<str>,
    },
    /// Deletes a unit that nothing is in.
    DeleteOrganizationalUnit {
        /// Its id.
        id: Arc<str>,
    },
    /// Puts an account elsewhere in the organization.
    MoveAccount {
        /// Which.
        account: AccountId,
        /// Id of the root or of a unit.
        to: Arc<str>,
    },
    /// Makes a service or resource control policy.
    CreateControlPolicy {
        /// Name, kind and text.
        policy: ControlPolicy,
    },
    /// Gives a control policy another text.
    UpdateControlPolicy {
        /// Which.
        name: Arc<str>,
        /// The document.
        text: Arc<str>,
    },
    /// Deletes a control policy that is attached nowhere.
    DeleteControlPolicy {
        /// Which.
        name: Arc<str>,
    },
    /// Attaches a control policy.
    AttachControlPolicy {
        /// Id of the root, of a unit, or of an account.
        target: Arc<str>,
        /// Which.
        name: Arc<str>,
    },
    /// Detaches a control policy.
    DetachControlPolicy {
        /// Id of the root, of a unit, or of an account.
        target: Arc<str>,
        /// Which.
        name: Arc<str>,
    },
    /// Makes a resource.
    CreateResource {
        /// Which.
        resource: Resource,
    },
    /// Deletes a resource.
    DeleteResource {
        /// Which.
        arn: Arc<str>,
    },
    /// Sets or replaces the policy of a resource.
    PutResourcePolicy {
        /// Whose.
        arn: Arc<str>,
        /// The document.
        text: Arc<str>,
    },
    /// Takes the policy of a resource away.
    DeleteResourcePolicy {
        /// Whose.
        arn: Arc<str>,
    },
}

/// What tags hang on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tagged {
    /// The user of this name.
    User(Arc<str>),
    /// The role of this name.
    Role(Arc<str>),
    /// The customer managed policy of this name.
    Policy(Arc<str>),
    /// The resource of this ARN.
    Resource(Arc<str>),
}

/// Who has long-term credentials.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SignsIn {
    /// The root user.
    Root,
    /// The user of this name.
    User(Arc<str>),
}

/// Where and when a change is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// In which account.
    pub account: AccountId,
    /// When.
    pub now: Time,
}

#[cfg(test)]
pub(crate) mod tests;
