//! Work beside the page, in a worker that runs the page's own module.

use js_sys::{Array, Function};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use yew::Callback;

use super::bridge;

/// What a worker tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// It can be given orders.
    Ready,
    /// Steps of an order that are done, of how many.
    Progress(u32, usize, usize),
    /// What came of an order.
    Done(u32, String),
    /// An order makes no sense to it.
    Refused(u32),
    /// It has stopped, or never began; the text is the browser's.
    Broken(String),
}

/// A worker; dropping it stops it at once.
#[derive(Debug)]
pub struct Worker {
    handle: JsValue,
    /// Called as long as the worker is there.
    _says: Closure<dyn FnMut(String, f64, JsValue)>,
}

impl Drop for Worker {
    fn drop(&mut self) {
        bridge::dismiss(&self.handle);
    }
}

impl Worker {
    /// A new one. `None` where the browser has none to give.
    pub fn hire(heard: Callback<Said>) -> Option<Self> {
        let says = Closure::<dyn FnMut(String, f64, JsValue)>::new(move |what: String, number, detail: JsValue| {
            heard.emit(said(&what, number, &detail));
        });
        let handle = bridge::hire(says.as_ref().unchecked_ref::<Function>());
        (!handle.is_undefined()).then(|| Self { handle, _says: says })
    }

    /// Gives it an order.
    pub fn give(&self, texts: Vec<String>) {
        bridge::give(&self.handle, &texts.into_iter().map(JsValue::from).collect::<Array>());
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers that the worker was given")]
fn said(what: &str, number: f64, detail: &JsValue) -> Said {
    let text = || detail.as_string().unwrap_or_default();
    let number = number as u32;
    match what {
        "ready" => Said::Ready,
        "progress" => {
            let text = text();
            let (done, all) = text.split_once('/').unwrap_or_default();
            Said::Progress(number, done.parse().unwrap_or_default(), all.parse().unwrap_or_default())
        }
        "done" => Said::Done(number, text()),
        "refused" => Said::Refused(number),
        _ => Said::Broken(text()),
    }
}

/// Whether this is a worker and not a page.
pub fn is_here() -> bool {
    web_sys::window().is_none()
}

/// In a worker: hands every order to `work`, for as long as the worker lives.
pub fn serve(mut work: impl FnMut(Vec<String>) + 'static) {
    let work = Closure::<dyn FnMut(Array)>::new(move |texts: Array| {
        work(texts.iter().filter_map(|text| text.as_string()).collect());
    });
    bridge::serve(work.as_ref().unchecked_ref::<Function>());
    work.forget();
}

/// In a worker: tells the page how far an order has come.
pub fn tell_progress(number: u32, done: usize, all: usize) {
    bridge::say("progress", number, &format!("{done}/{all}"));
}

/// In a worker: tells the page what came of an order; `None` for one that makes no sense.
pub fn tell_done(number: u32, marks: Option<&str>) {
    match marks {
        Some(marks) => bridge::say("done", number, marks),
        None => bridge::say("refused", number, ""),
    }
}
