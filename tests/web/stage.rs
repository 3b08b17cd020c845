//! A page to act on: mounted with its data, pressed and typed in as people do.

use iam_playground::app::ByPtr;
use iam_playground::app::playground::{Playground, PlaygroundProps};
use iam_playground::app::state::{DataFile, Event, State};
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};
use yew::{AppHandle, Reducible, Renderer};

/// Turns of the event loop after which something that has not happened will not happen.
const PATIENCE: u32 = 200;

pub fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect("a document")
}

/// A mounted page.
pub struct Stage {
    root: Element,
    page: Option<AppHandle<Playground>>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Some(page) = self.page.take() {
            page.destroy();
        }
        self.root.remove();
    }
}

impl Stage {
    /// The page with everything that it fetches.
    pub async fn open() -> Self {
        let mut state = Rc::new(State::opening("2026-11-24T12:00:00Z".to_owned()));
        let files = [
            (DataFile::ManagedIndex, include_str!("../../static/data/managed/index.txt")),
            (DataFile::ManagedShard(0), include_str!("../../static/data/managed/00.txt")),
            (DataFile::Actions, include_str!("../../static/data/actions.txt")),
            (DataFile::Manifest, include_str!("../../static/data/manifest.json")),
        ];
        state = state.reduce(Event::ActionsWanted);
        for (file, text) in files {
            state = state.reduce(Event::FileArrived(file, Ok(text.to_owned())));
        }
        let root = document().create_element("div").expect("a root");
        document().body().expect("a body").append_child(&root).expect("room for it");
        let opening = ByPtr::new(State::clone(&state));
        let page = Renderer::<Playground>::with_root_and_props(root.clone(), PlaygroundProps { opening }).render();
        let stage = Self { root, page: Some(page) };
        until(|| stage.find("[data-verdict]").is_some()).await;
        stage
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).expect("a selector").and_then(|element| element.dyn_into().ok())
    }

    pub fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector).unwrap_or_else(|| panic!("nothing matches {selector}"))
    }

    pub fn input(&self, selector: &str) -> HtmlInputElement {
        self.get(selector).dyn_into().expect("an input")
    }

    /// A button by the beginning of its label or text.
    pub fn button(&self, name: &str) -> HtmlElement {
        let buttons = self.root.query_selector_all("button").expect("a selector");
        let all = (0..buttons.length()).filter_map(|at| buttons.get(at)?.dyn_into::<HtmlElement>().ok());
        let named = |button: &HtmlElement| {
            let text = button.get_attribute("aria-label").or_else(|| button.text_content()).unwrap_or_default();
            text.trim_start().starts_with(name)
        };
        all.into_iter().find(named).unwrap_or_else(|| panic!("no button is named {name}"))
    }

    /// Presses a button, as a pointer or the keyboard does.
    pub async fn press(&self, name: &str) {
        let button = self.button(name);
        button.focus().expect("a button takes the focus");
        button.click();
        turn().await;
    }

    pub fn verdict(&self) -> String {
        self.get("[data-verdict]").get_attribute("data-verdict").unwrap_or_default()
    }
}

/// Types `text` into a field in place of what is there.
pub async fn type_text(field: &HtmlInputElement, text: &str) {
    field.focus().expect("a field takes the focus");
    field.set_value(text);
    input_event(field).await;
}

pub async fn input_event(field: &HtmlElement) {
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    let event = web_sys::Event::new_with_event_init_dict("input", &bubbles).expect("an event");
    field.dispatch_event(&event).expect("an element takes events");
    turn().await;
}

/// Presses a key.
pub async fn key(on: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    on.dispatch_event(&event).expect("an element takes events");
    turn().await;
}

pub fn focused() -> Element {
    document().active_element().expect("something has the focus")
}

/// Lets everything that is due happen: Yew draws in one turn of the event loop and runs effects, which may draw again, in others.
pub async fn turn() {
    for _ in 0..4 {
        one_turn().await;
    }
}

async fn one_turn() {
    let window = web_sys::window().expect("a window");
    let promise = Promise::new(&mut |resolve, _| {
        window.set_timeout_with_callback(&resolve).expect("a timer");
    });
    JsFuture::from(promise).await.expect("the timer fires");
}

/// Lets things happen until `holds` does.
pub async fn until(holds: impl Fn() -> bool) {
    for _ in 0..PATIENCE {
        if holds() {
            return;
        }
        one_turn().await;
    }
    panic!("it never came to that");
}
