//! A world that people build: one account with its root user, users, groups and what is attached to them.
//!
//! Every change is a [`Command`]; [`apply`] is the only way from one world to the next.

pub mod command;
pub mod example;
pub mod world;

pub use command::{Command, CommandError, apply};
pub use world::{Group, Holder, InlinePolicy, Permissions, PrincipalRef, User, World};
