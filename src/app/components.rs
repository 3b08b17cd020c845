//! Parts that more than one place uses.

mod act;
mod combobox;
mod copy_button;
mod dialog;
mod icon;
mod live_region;
mod notice;
mod options;
mod prose;
mod segments;

pub use act::Act;
pub use combobox::{Choice, Combobox};
pub use copy_button::CopyButton;
pub use dialog::{Dialog, Refusing};
pub use icon::{IconName, icon, icon_with};
pub use live_region::LiveRegion;
pub use notice::notice;
pub use options::{Step, option_at, step};
pub use prose::{plain, prose};
pub use segments::segments;
