//! What a check reports (ACCT-1).

use std::fmt;
use std::sync::Arc;

use super::escalation::Edge;
use crate::model::{Command, PolicyRef, PrincipalRef};
use crate::text::Severity;

/// Something in an account that is better otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which check found it.
    pub code: Check,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// Where that can be seen.
    pub because: Vec<Place>,
    /// Changes that mend it, in their order; none where no change is safe (ACCT-3).
    pub fix: Vec<Command>,
    /// What else takes part.
    pub related: Vec<Subject>,
    /// Facts that the words need.
    pub detail: Detail,
}

/// An entity of the account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// The account itself.
    Account,
    /// Its root user.
    Root,
    /// The user of this name.
    User(Arc<str>),
    /// The group of this name.
    Group(Arc<str>),
    /// The role of this name.
    Role(Arc<str>),
    /// The customer managed policy of this name.
    Policy(Arc<str>),
    /// The identity provider of this name.
    Provider(Arc<str>),
    /// The resource of this ARN.
    Resource(Arc<str>),
}

/// Where the cause of a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A statement of a policy.
    Statement {
        /// Which policy.
        policy: PolicyRef,
        /// The statement, counted from 0 as the document has them.
        statement: u32,
    },
    /// A whole policy where it hangs.
    Policy(PolicyRef),
    /// A field of an entity, such as `mfaDevices`.
    Field {
        /// The entity.
        of: Subject,
        /// The field, as the saved world names it.
        field: &'static str,
    },
}

/// Facts beside the subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// None.
    None,
    /// An access key by its id, an inline policy by its name, a provider or an account as it was written.
    Name(Arc<str>),
    /// The steps of an escalation, in their order.
    Path(Vec<Edge>),
}

impl Finding {
    pub(super) fn new(code: Check, severity: Severity, subject: Subject) -> Self {
        Self {
            code,
            severity,
            subject,
            because: Vec::new(),
            fix: Vec::new(),
            related: Vec::new(),
            detail: Detail::None,
        }
    }

    #[must_use]
    pub(super) fn because(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.because.extend(places);
        self
    }

    /// Because of a field of the subject.
    #[must_use]
    pub(super) fn field(self, field: &'static str) -> Self {
        let of = self.subject.clone();
        self.because([Place::Field { of, field }])
    }

    #[must_use]
    pub(super) fn fix(self, fix: impl IntoIterator<Item = Command>) -> Self {
        Self { fix: fix.into_iter().collect(), ..self }
    }

    #[must_use]
    pub(super) fn related(self, related: impl IntoIterator<Item = Subject>) -> Self {
        Self { related: related.into_iter().collect(), ..self }
    }

    #[must_use]
    pub(super) fn named(self, name: impl Into<Arc<str>>) -> Self {
        Self { detail: Detail::Name(name.into()), ..self }
    }

    #[must_use]
    pub(super) fn path(self, edges: Vec<Edge>) -> Self {
        Self { detail: Detail::Path(edges), ..self }
    }
}

impl From<&PrincipalRef> for Subject {
    fn from(principal: &PrincipalRef) -> Self {
        match principal {
            PrincipalRef::Root => Self::Root,
            PrincipalRef::User(name) => Self::User(name.clone()),
            PrincipalRef::Role(name) | PrincipalRef::FederatedSession { role: name, .. } => Self::Role(name.clone()),
            PrincipalRef::Federated(provider) => Self::Provider(provider.clone()),
            PrincipalRef::Service(_) | PrincipalRef::Anonymous => Self::Account,
        }
    }
}

macro_rules! checks {
    ($($name:ident $code:literal $words:literal;)+) => {
        /// The checks, each by the id that ACCT §2…4 gives it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Check {
            $(#[doc = $words] $name,)+
        }

        impl Check {
            /// Every check.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The stable code, such as `account/root-no-mfa`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => concat!("account/", $code),)+
                }
            }
        }
    };
}

checks! {
    RootAccessKey "root-access-key" "The root user has an access key.";
    RootNoMfa "root-no-mfa" "The root user has no MFA device.";
    RootMfaNotHardware "root-mfa-not-hardware" "The root user's only MFA is an app.";
    PasswordPolicyShort "password-policy-short" "Short passwords are accepted.";
    PasswordPolicyReuse "password-policy-reuse" "Old passwords can be chosen again.";
    UserNoMfa "user-no-mfa" "A user has a password and no MFA device.";
    AdminUserNoMfa "admin-user-no-mfa" "A user may become administrator without MFA.";
    AccessKeyOld "access-key-old" "An active access key is old.";
    AccessKeyUnused "access-key-unused" "An active access key has not been used for long.";
    AccessKeyNeverUsed "access-key-never-used" "An active access key was never used.";
    PasswordUnused "password-unused" "A console password has not been used for long.";
    UserTwoActiveKeys "user-two-active-keys" "A user has two active access keys.";
    UserPasswordAndKey "user-password-and-key" "A user signs in by hand and by key.";
    UserDirectPolicy "user-direct-policy" "A policy hangs on a user instead of a group.";
    UserWithoutPermissions "user-without-permissions" "A user has no policy by any way.";
    UserInsteadOfFederation "user-instead-of-federation" "People are IAM users though a provider exists.";
    GroupEmpty "group-empty" "A group has no members.";
    GroupAdminMemberNoMfa "group-admin-member-no-mfa" "A group of administrators has a member without MFA.";
    InlinePolicy "inline-policy" "Several entities repeat one inline policy.";
    PolicyUnattached "policy-unattached" "A customer managed policy hangs nowhere.";
    PolicyVersionsFull "policy-versions-full" "A policy has as many versions as it may.";
    FullAdminAttached "full-admin-attached" "Full administration hangs where it should not.";
    PassRoleStar "pass-role-with-star-in-resource" "A statement lets any role be passed to any service.";
    TrustAnyPrincipal "trust-any-principal" "A trust policy admits everyone.";
    TrustAccountRoot "trust-account-root" "A trust policy leaves the choice to the whole account.";
    TrustMissingExternalId "trust-missing-external-id" "A trust policy admits an unknown account without external id.";
    RoleUnassumable "role-unassumable" "Nobody can assume a role.";
    RoleMissingInstanceProfile "role-missing-instance-profile" "A role for EC2 is in no instance profile.";
    ProviderUnused "provider-unused" "No trust policy names a provider.";
    ProviderMissing "provider-missing" "A trust policy names a provider that is not there.";
    WebIdentityAudMissing "web-identity-aud-missing" "A trust policy admits the users of any app.";
    ServicePrincipalOpen "restrict-access-to-service-principal" "A service is admitted for whomever it acts.";
    ResourcePublic "resource-public" "Everyone can reach a resource.";
    KmsKeyRootMissing "kms-key-root-missing" "A key policy leaves the account out.";
    BoundaryRemovable "boundary-removable" "An identity can lift its own boundary.";
    PrivilegeEscalation "privilege-escalation" "An identity can reach more than it was given.";
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
