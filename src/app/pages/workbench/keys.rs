//! What the keyboard does.

use yew::prelude::*;

use crate::app::components::Dialog;

const KEYS: [(&str, &str); 8] = [
    ("Ctrl K, ⌘ K", "Search or add"),
    ("Ctrl Z, ⌘ Z", "Undo, outside text fields"),
    ("Ctrl Shift Z, ⇧⌘ Z, Ctrl Y", "Redo, outside text fields"),
    ("?", "These keys, outside text fields"),
    ("↓ ↑", "Move in a list of suggestions"),
    ("Enter", "Take the suggestion"),
    ("← →", "Move between tabs"),
    ("Esc", "Close a list or a dialog"),
];

/// The dialog.
pub fn keys_dialog() -> Html {
    html! {
        <Dialog id="keys" title="Keys">
            <div class="dialog__body" tabindex="0" role="group" aria-label="Keys">
                <dl class="facts">
                    for (key, does) in KEYS {
                        <dt><kbd class="mono">{ key }</kbd></dt>
                        <dd>{ does }</dd>
                    }
                </dl>
            </div>
        </Dialog>
    }
}
