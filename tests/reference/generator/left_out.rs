//! What the generator leaves out, because the crate and the reference differ there and it was reported.
//!
//! Each is to be set to `true` once the crate or the specification has changed.

/// Everyone in NotPrincipal: EVAL-128 lets a boundary void it, the crate does not.
pub const NOT_PRINCIPAL_EVERYONE: bool = false;

/// Fewer than six components in the policy's value of an ARN operator: POL-103 and POL-107 say that they never match,
/// nor with Not-; the crate matches `arn:aws:*`, and with Not- what does not match.
pub const SHORT_ARN_VALUES: bool = false;

/// `sts:TagSession` and `sts:SetSourceIdentity` alone, of the root user in its own account: EVAL-16 and EVAL-198 allow
/// it without the trust policy, the crate does not (EVAL-99).
pub const TAGS_OF_ROOT: bool = false;

/// `sts:GetSessionToken` with temporary credentials: EVAL-102 allows it always, EVAL-167 never, the crate by policies.
pub const SESSION_TOKEN_OF_SESSIONS: bool = false;

/// `ARN:aws:…` in principals: EVAL-68 wants them exact, the crate takes `aRn:aws:iam::111122223333:root`.
pub const PRINCIPAL_PREFIX_CASE: bool = false;

/// `2024-06-30t00:00:00z`: POL-99 does not say whether small letters will do; the crate takes them.
pub const SMALL_LETTERS_IN_DATES: bool = false;

/// Endpoint policies where caller and resource are in different partitions: EVAL-83 is about delegation, the crate lets
/// no endpoint policy allow there either. The decision is the same, its layer is not.
pub const ENDPOINT_ACROSS_PARTITIONS: bool = false;
