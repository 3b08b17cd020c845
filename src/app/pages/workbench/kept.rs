//! How the shown world is kept, in words, and what went wrong with worlds.

use yew::prelude::*;

use crate::app::components::{Act, IconName, icon, prose};
use crate::app::platform::PlatformError;
use crate::app::state::{Errand, Event as StateEvent, Notice, Shelf, ShelfEvent, Status};

/// A word or three for the top of the page.
pub fn status_words(shelf: &Shelf) -> Html {
    let words = match shelf.status() {
        Status::Untouched => return Html::default(),
        Status::Saving => "Saving",
        Status::Saved => "Saved in this browser",
        Status::NotSaved(_) => "Not saved",
        Status::Elsewhere => "Read only",
    };
    html! {
        <span class="top-bar__kept">
            if matches!(shelf.status(), Status::NotSaved(_)) {
                { icon(IconName::Attention) }
            }
            { words }
        </span>
    }
}

/// The same in a sentence.
pub fn status_sentence(shelf: &Shelf) -> String {
    match shelf.status() {
        Status::Untouched => "Nothing to save yet: what you change is saved in this browser by itself.".to_owned(),
        Status::Saving => "Being saved in this browser.".to_owned(),
        Status::Saved => "Saved in this browser.".to_owned(),
        Status::NotSaved(why) => format!("Not saved: {why} Save it to a file to keep it."),
        Status::Elsewhere => "Read only: another tab changes it.".to_owned(),
    }
}

/// What people should know about their worlds before they go on.
pub fn notices(shelf: &Shelf) -> Html {
    html! {
        <div class="kept">
            if let Some(notice) = &shelf.notice {
                { opening_failed(notice) }
            }
            { standing(shelf) }
        </div>
    }
}

fn opening_failed(notice: &Notice) -> Html {
    let next = notice.next.as_ref().map(|next| match next {
        Errand::Open(_) => "Open it again",
        _ => "Download what is saved",
    });
    html! {
        <div class="notice" role="alert">
            <p class="notice__text">
                { prose(&notice.text) }
                <span class="notice__detail">{ prose(&notice.detail) }</span>
            </p>
            if let Some(words) = next {
                <Act class="button" event={StateEvent::Shelf(ShelfEvent::NoticeFollowed)}>{ words }</Act>
            }
            <Act class="button" event={StateEvent::Shelf(ShelfEvent::NoticeClosed)}>{ "Go on" }</Act>
        </div>
    }
}

fn standing(shelf: &Shelf) -> Html {
    let save =
        || html! { <Act class="button" event={StateEvent::Shelf(ShelfEvent::FileWanted)}>{ "Save to a file" }</Act> };
    match shelf.status() {
        Status::NotSaved(PlatformError::Full) => html! {
            <div class="notice" role="alert">
                <p class="notice__text">
                    { "Your last change is not saved: the browser has no more room for this page." }
                    <span class="notice__detail">{ "It stays here as long as the page is open. Save it to a file, or delete other worlds." }</span>
                </p>
                { save() }
            </div>
        },
        Status::NotSaved(why) => html! {
            <p class="kept__line" role="status">
                { format!("Not saved: {why} Worlds last as long as this page is open.") }{ " " }
                <Act event={StateEvent::Shelf(ShelfEvent::FileWanted)}>{ "Save to a file" }</Act>
            </p>
        },
        Status::Elsewhere => html! {
            <div class="notice" role="status">
                <p class="notice__text">
                    { "This world is open in another tab, which may change it." }
                    <span class="notice__detail">{ "Here it can be read and asked about, as it was when it was opened." }</span>
                </p>
                if !shelf.worlds.iter().all(|entry| entry.id != shelf.shown || entry.unsaved.is_none()) {
                    { save() }
                }
                <Act class="button" event={StateEvent::Shelf(ShelfEvent::TakeOver)}>{ "Take over" }</Act>
            </div>
        },
        Status::Untouched | Status::Saving | Status::Saved => Html::default(),
    }
}
