//! Native modal dialogs.

use web_sys::HtmlDialogElement;
use yew::NodeRef;

/// An open modal dialog; closing gives the focus back to where it was.
#[derive(Debug)]
pub struct OpenDialog {
    dialog: Option<HtmlDialogElement>,
}

impl OpenDialog {
    /// Closes it.
    pub fn close(self) {
        if let Some(dialog) = self.dialog {
            dialog.close();
        }
    }
}

/// Opens the `<dialog>` in `node` as a modal one. A browser that has no modal dialogs shows it in the page.
pub fn open(node: &NodeRef) -> OpenDialog {
    let dialog = node.cast::<HtmlDialogElement>();
    if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open())
        && dialog.show_modal().is_err()
    {
        dialog.set_open(true);
    }
    OpenDialog { dialog }
}
