//! Facts about AWS services and AWS managed policies, read from the files under `static/data`. The engine needs none of
//! them to decide; pickers, completion and the default request do.

pub mod actions;
mod example;
mod fields;
mod list;
pub mod managed;

pub use actions::{
    AccessLevel, Action, ActionHit, Catalog, ConditionKey, KeyType, ResourceHint, ResourceType, Service,
};
pub use example::fill_template;
pub use fields::CatalogError;
pub use list::{ActionListError, read_actions};
pub use managed::{ManagedEntry, ManagedFilter, ManagedIndex, ManagedPolicy, parse_shard};
