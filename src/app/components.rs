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
mod search_list;
mod segments;
mod tabs;

pub use act::Act;
pub use combobox::{Choice, Combobox};
pub use copy_button::CopyButton;
pub use dialog::{Dialog, Refusing};
pub use icon::{IconName, icon, icon_paths, icon_with};
pub use live_region::LiveRegion;
pub use notice::notice;
pub use options::{Step, option_at, step};
pub use prose::{plain, prose};
pub use search_list::{Entry as SearchEntry, SearchList};
pub use segments::segments;
pub use tabs::{Tabs, panel_id, tab_id};
