//! Hooks used in more than one place.

mod use_advice;
mod use_carrying;
mod use_checks;
mod use_dispatch;
mod use_flows;
mod use_keeper;
mod use_keys;
mod use_loader;
mod use_media_query;
mod use_tables;
mod use_width;

pub use use_advice::use_advice;
pub use use_carrying::use_carrying;
pub use use_checks::use_checks;
pub use use_dispatch::use_dispatch;
pub use use_flows::use_flows;
pub use use_keeper::use_keeper;
pub use use_keys::use_keys;
pub use use_loader::use_loader;
pub use use_media_query::use_media_query;
pub use use_tables::use_tables;
pub use use_width::use_width;
