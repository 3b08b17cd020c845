//! Quotas of an account, as they are without asking for more (POL-140…168).

/// Users (POL-158).
pub const USERS: usize = 5_000;
/// Groups (POL-158).
pub const GROUPS: usize = 300;
/// Roles (POL-158).
pub const ROLES: usize = 1_000;
/// Instance profiles (POL-158).
pub const INSTANCE_PROFILES: usize = 1_000;
/// Customer managed policies (POL-155).
pub const POLICIES: usize = 1_500;
/// Versions of a managed policy (POL-156).
pub const VERSIONS: usize = 5;
/// Managed policies attached to one user, group or role (POL-157).
pub const ATTACHED: usize = 10;
/// Groups of one user (POL-159).
pub const GROUPS_PER_USER: usize = 10;
/// Access keys of a user or root user (POL-161).
pub const ACCESS_KEYS: usize = 2;
/// MFA devices of a user or root user (POL-161).
pub const MFA_DEVICES: usize = 8;
/// Tags of an object (POL-148).
pub const TAGS: usize = 50;
/// Providers of each protocol (POL-163, POL-164).
pub const PROVIDERS: usize = 100;
/// Accounts of an organization, the management account included: the default quota of AWS Organizations.
pub const MEMBER_ACCOUNTS: usize = 10;
/// Units of an organization (EVAL-36).
pub const UNITS: usize = 2_000;
/// Units below each other (EVAL-30).
pub const UNIT_DEPTH: usize = 5;
/// Service control policies on one node (POL-168).
pub const SERVICE_CONTROL_POLICIES: usize = 10;
/// Resource control policies on one node, RCPFullAWSAccess included (POL-168).
pub const RESOURCE_CONTROL_POLICIES: usize = 5;

/// Characters of a customer managed policy, white space not counted (POL-140).
pub const MANAGED_POLICY_SIZE: usize = 6_144;
/// Characters of a trust policy, white space not counted (POL-142).
pub const TRUST_POLICY_SIZE: usize = 2_048;
/// Characters of all inline policies of a user, white space not counted (POL-141).
pub const USER_INLINE_SIZE: usize = 2_048;
/// The same of a group.
pub const GROUP_INLINE_SIZE: usize = 5_120;
/// The same of a role.
pub const ROLE_INLINE_SIZE: usize = 10_240;
/// Characters of a service control policy (POL-145).
pub const SCP_SIZE: usize = 10_240;
/// Characters of a resource control policy (POL-146).
pub const RCP_SIZE: usize = 5_120;
