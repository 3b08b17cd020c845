//! A world that people build: accounts with their identities, policies and resources.
//!
//! Every change is a [`Command`]; [`apply`] is the only way from one world to the next, and its refusals are AWS's own.

mod asking;
pub mod cascade;
pub mod command;
pub mod control;
pub mod credential;
pub mod example;
pub mod identity;
pub mod limits;
mod named;
pub mod organization;
pub mod policy;
pub mod policy_ref;
pub mod provider;
pub mod refusal;
pub mod resource;
mod rules;
pub mod session;
pub mod template;
pub mod time;
mod unique_id;
pub mod world;

pub use asking::Asking;
pub use command::{Command, Need, Occasion, Permission, SignsIn, Tagged, apply};
pub use credential::{AccessKey, LoginProfile, MfaDevice, MfaKind, PasswordHash, PasswordPolicy, password_lacks};
pub use identity::{Group, InlinePolicy, InstanceProfile, Permissions, Role, Tags, User};
pub use named::{HasName, Named};
pub use organization::{ControlKind, ControlPolicy, FULL_AWS_ACCESS, FULL_AWS_ACCESS_TEXT, Organization, Unit};
pub use policy::{ManagedPolicy, PolicyVersion};
pub use policy_ref::PolicyRef;
pub use provider::{Provider, ProviderKind};
pub use refusal::{Code, Refusal};
pub use resource::{Resource, ResourceKind};
pub use session::{Proof, Session};
pub use template::Trusted;
pub use time::Time;
pub use world::{Account, Holder, PrincipalRef, RootUser, World};
