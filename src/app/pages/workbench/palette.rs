//! Finding any object or command by its name, and making a user or a group by typing its name.

use yew::prelude::*;

use crate::app::ByPtr;
use crate::app::components::{Dialog, SearchEntry, SearchList};
use crate::app::state::palette::{self, Item};
use crate::app::state::{Event as StateEvent, State};

/// Properties of [`PaletteDialog`].
#[derive(Properties, PartialEq)]
pub struct PaletteDialogProps {
    /// The state.
    pub state: ByPtr<State>,
    /// Why the last one was refused.
    pub refusal: Option<AttrValue>,
}

/// The palette.
#[component]
pub fn PaletteDialog(props: &PaletteDialogProps) -> Html {
    let query = use_state_eq(String::new);
    let state = &props.state;
    let items = use_memo((state.world.clone(), state.asked.clone(), state.site.clone()), |_| palette::items(state));
    let entries = use_memo((items.clone(), (*query).clone()), |(items, query)| {
        let found = palette::found(items, query, &state.account());
        ByPtr::new(found.into_iter().map(entry).collect::<Vec<_>>())
    });
    let onquery = {
        let query = query.setter();
        use_callback((), move |text: String, ()| query.set(text))
    };
    html! {
        <Dialog id="palette" title="Search or add">
            <div class="dialog__body attach">
                if let Some(refusal) = &props.refusal {
                    <p class="notice" role="alert">{ refusal }</p>
                }
                if entries.is_empty() {
                    <p class="dialog__note" role="status">{ "Nothing has that name." }</p>
                }
                <SearchList id="palette" label="Search or add" placeholder="A name, or create group Admins" list="Found"
                    entries={(*entries).clone()} query={(*query).clone()} {onquery} />
            </div>
        </Dialog>
    }
}

fn entry(item: Item) -> SearchEntry {
    SearchEntry {
        key: format!("{}/{}", item.words, item.hint).into(),
        name: item.words.into(),
        about: item.hint.into_owned().into(),
        event: item.event.map(|event| StateEvent::Picked(Box::new(event))),
    }
}
