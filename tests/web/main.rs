//! The page in a browser: focus, storage, keyboard, crashes.

#![cfg(target_arch = "wasm32")]

mod stage;

use std::cell::Cell;
use std::rc::Rc;

use iam_playground::app::platform::{PlatformError, crash, fetch, focus, media, task, theme};
use stage::{Stage, document, focused, input_event, key, turn, type_text, until};
use theme::Theme;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

fn theme_shown() -> Option<String> {
    document().document_element().expect("a root").get_attribute("data-theme")
}

#[wasm_bindgen_test]
fn a_chosen_theme_is_shown_and_kept() {
    assert_eq!(theme::choose(Theme::Dark), Ok(()));
    assert_eq!((theme_shown().as_deref(), theme::kept()), (Some("dark"), Theme::Dark));
    assert_eq!(theme::choose(Theme::System), Ok(()));
    assert_eq!((theme_shown(), theme::kept()), (None, Theme::System));
}

#[wasm_bindgen_test]
fn where_storage_is_denied_a_theme_is_shown_all_the_same() {
    let deny = "window.given = Object.getOwnPropertyDescriptor(window, 'localStorage'); \
        Object.defineProperty(window, 'localStorage', { configurable: true, get() { throw new DOMException('denied', 'SecurityError') } })";
    js_sys::eval(deny).expect("storage can be denied");
    let (kept, chosen, shown) = (theme::kept(), theme::choose(Theme::Dark), theme_shown());
    js_sys::eval("Object.defineProperty(window, 'localStorage', window.given)").expect("and given back");
    assert_eq!(theme::choose(Theme::System), Ok(()));
    assert_eq!((kept, shown.as_deref()), (Theme::System, Some("dark")));
    assert_eq!(chosen, Err(PlatformError::Refused("local storage")));
}

#[wasm_bindgen_test]
async fn a_dialog_takes_the_focus_and_gives_it_back() {
    let stage = Stage::open().await;
    stage.press("What is modelled").await;
    assert!(stage.get("dialog").contains(Some(&focused())));
    stage.press("Close").await;
    until(|| stage.find("dialog").is_none()).await;
    assert_eq!(focused().text_content().as_deref(), Some("What is modelled"));
}

#[wasm_bindgen_test]
async fn the_list_of_policies_opens_on_its_search_field() {
    let stage = Stage::open().await;
    stage.press("Attach a policy to TableMaker").await;
    assert_eq!(focused().id(), "attach-search");
}

#[wasm_bindgen_test]
async fn arrows_and_enter_choose_an_action_and_the_focus_stays() {
    let stage = Stage::open().await;
    let field = stage.input("#action");
    type_text(&field, "s3:getobject").await;
    assert_eq!(field.get_attribute("aria-expanded").as_deref(), Some("true"));
    key(&field, "ArrowDown").await;
    assert_eq!(field.get_attribute("aria-activedescendant").as_deref(), Some("action-option-0"));
    key(&field, "Enter").await;
    assert_eq!(
        (field.value().as_str(), field.get_attribute("aria-expanded").as_deref()),
        ("s3:GetObject", Some("false"))
    );
    assert_eq!(focused().id(), "action");
    assert_eq!(stage.input("#resource").value(), "arn:aws:s3:::example-bucket/photos/cat.jpg");
}

#[wasm_bindgen_test]
async fn escape_closes_the_suggestions_and_keeps_the_text() {
    let stage = Stage::open().await;
    let field = stage.input("#action");
    type_text(&field, "s3:get").await;
    key(&field, "Escape").await;
    assert_eq!((field.value().as_str(), field.get_attribute("aria-expanded").as_deref()), ("s3:get", Some("false")));
}

#[wasm_bindgen_test]
async fn the_caret_stays_where_it_is_while_typing() {
    let stage = Stage::open().await;
    let field = stage.input("#action");
    field.focus().expect("focus");
    field.set_value("s3:LixstAllMyBuckets");
    field.set_selection_range(6, 6).expect("a caret");
    input_event(&field).await;
    assert_eq!(field.selection_start(), Ok(Some(6)));
}

#[wasm_bindgen_test]
async fn the_select_follows_the_world() {
    let stage = Stage::open().await;
    stage.press("Ask about the root user").await;
    let select: HtmlSelectElement = stage.get("#principal").dyn_into().expect("a select");
    assert_eq!((select.value().as_str(), stage.verdict().as_str()), ("root user", "allowed"));
}

#[wasm_bindgen_test]
async fn a_button_that_changes_its_meaning_keeps_the_focus() {
    let stage = Stage::open().await;
    stage.press("Remove Administrator from Administrators").await;
    assert_eq!(focused().get_attribute("aria-label").as_deref(), Some("Add Administrator to Administrators"));
    assert_eq!(stage.verdict(), "implicitly-denied");
}

#[wasm_bindgen_test]
async fn after_a_policy_is_gone_the_focus_is_beside_it() {
    let stage = Stage::open().await;
    stage.press("Detach AdministratorAccess from Administrators").await;
    assert_eq!(focused().get_attribute("aria-label").as_deref(), Some("Attach a policy to Administrators"));
}

#[wasm_bindgen_test]
async fn a_finding_leads_to_its_place_in_the_text() {
    let stage = Stage::open().await;
    stage.press("Ask about user TableMaker").await;
    stage.press("Edit CreateTables").await;
    let area: HtmlTextAreaElement = stage.get("textarea").dyn_into().expect("a text area");
    assert_eq!(focused(), *area.unchecked_ref::<web_sys::Element>());
    // The key takes one character of a person and two of the browser.
    area.set_value("{\n  \"🔑\" 1\n}");
    input_event(&area).await;
    stage.press("Go to line 2, column 8").await;
    assert_eq!((focused().id().as_str(), area.selection_start()), ("policy-editor", Ok(Some(9))));
}

#[wasm_bindgen_test]
async fn a_refused_clipboard_says_what_to_do_instead() {
    let stage = Stage::open().await;
    stage.press("Remove Administrator from Administrators").await;
    js_sys::eval("Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => Promise.reject(new Error('denied')) } })")
        .expect("the clipboard can be denied");
    stage.press("Copy").await;
    until(|| stage.get(".verdict__message").text_content().is_some_and(|text| text.contains("Select it to copy")))
        .await;
    js_sys::eval("delete navigator.clipboard").expect("and given back");
}

#[wasm_bindgen_test]
async fn nobody_hears_of_work_that_is_no_longer_wanted() {
    let heard = Rc::new(Cell::new(0));
    let hear = heard.clone();
    let then = yew::Callback::from(move |number| hear.set(number));
    let kept = task::spawn(async { 1 }, then.clone());
    drop(task::spawn(async { 2 }, then));
    turn().await;
    assert_eq!(heard.get(), 1);
    drop(kept);
}

#[wasm_bindgen_test]
async fn a_file_that_is_not_there_is_an_error_with_its_status() {
    let answer = fetch::text("no/such/file.txt").await;
    assert_eq!(answer, Err(PlatformError::Status { path: "no/such/file.txt".to_owned(), status: 404 }));
}

#[wasm_bindgen_test]
fn a_crash_fills_its_element_and_takes_the_focus() {
    let body = document().body().expect("a body");
    let crash = document().create_element("div").expect("an element");
    crash.set_inner_html("<div id='crash' tabindex='-1' hidden><pre id='crash-text'></pre></div>");
    body.append_child(&crash).expect("room for it");
    crash::show("the reason");
    let (text, id) = (crash.text_content(), focused().id());
    let hidden = crash.query_selector("#crash[hidden]").expect("a selector").is_some();
    crash.remove();
    assert_eq!((text.as_deref(), id.as_str(), hidden), (Some("the reason"), "crash", false));
}

#[wasm_bindgen_test]
fn an_unknown_id_and_an_odd_media_query_are_no_errors() {
    assert!(!focus::focus_id("nowhere"));
    assert!(!media::matches("(min-width: what)"));
}
