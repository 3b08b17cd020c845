//! A table for other programs: copied, or as a file. It is written out only when somebody wants it.

use yew::prelude::*;

use crate::analysis::tables::{Sheet, csv, markdown};
use crate::app::ByPtr;
use crate::app::platform::{clipboard, file, task};
use crate::app::state::tables::{Done, Which};

/// Properties of [`HandOut`].
#[derive(Properties, PartialEq)]
pub struct HandOutProps {
    /// The table.
    pub done: ByPtr<Done>,
    /// In which form it is shown.
    pub which: Which,
}

/// The buttons, and what became of the last press.
#[component]
pub fn HandOut(props: &HandOutProps) -> Html {
    let says = use_state_eq(|| "");
    let running = use_mut_ref(|| None);
    let copy = |write: fn(&Sheet) -> String, copied: &'static str| {
        let (says, running, done, which) = (says.setter(), running.clone(), props.done.clone(), props.which);
        Callback::from(move |_: MouseEvent| {
            let Some(sheet) = done.sheet(which) else { return };
            let says = says.clone();
            let then = Callback::from(move |written: Result<_, _>| {
                says.set(if written.is_ok() { copied } else { "The browser refused: download it instead." });
            });
            *running.borrow_mut() = Some(task::spawn(clipboard::write(write(&sheet)), then));
        })
    };
    let ondownload = {
        let (says, done, which) = (says.setter(), props.done.clone(), props.which);
        Callback::from(move |_: MouseEvent| {
            if let Some(sheet) = done.sheet(which) {
                let name = Which::WORDS.get(which as usize).copied().unwrap_or_default();
                file::download(&format!("{}.csv", name.to_lowercase().replace(' ', "-")), &csv(&sheet));
                says.set("Downloaded.");
            }
        })
    };
    html! {
        <div class="tables__out">
            <button type="button" class="button" onclick={copy(csv, "Copied as CSV.")}>{ "Copy as CSV" }</button>
            <button type="button" class="button" onclick={copy(markdown, "Copied as Markdown.")}>{ "Copy as Markdown" }</button>
            <button type="button" class="button" onclick={ondownload}>{ "Download CSV" }</button>
            <span class="tables__note" role="status">{ *says }</span>
        </div>
    }
}
