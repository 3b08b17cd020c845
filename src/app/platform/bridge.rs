//! The functions of `src/js/bridge.js`.

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlInputElement;

#[wasm_bindgen(module = "/src/js/bridge.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub async fn beginning(patience: u32) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn listed() -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = openWorld)]
    pub async fn open_world(id: &str) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = takeOver)]
    pub async fn take_over(id: &str) -> Result<Array, JsValue>;
    #[wasm_bindgen(catch, js_name = putWorld)]
    pub async fn put_world(id: &str, name: &str, saved: f64, save: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = deleteWorld)]
    pub async fn delete_world(id: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn snapshots(world: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn snapshot(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = putSnapshot)]
    pub async fn put_snapshot(
        id: &str,
        world: &str,
        name: Option<String>,
        time: f64,
        save: &str,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = nameSnapshot)]
    pub async fn name_snapshot(id: &str, name: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = deleteSnapshot)]
    pub async fn delete_snapshot(id: &str) -> Result<(), JsValue>;
    pub fn hold(ids: &str);
    pub fn release(id: &str);
    pub fn guard(on: bool);
    pub fn listen(heard: &Function);
    pub fn hire(says: &Function) -> JsValue;
    pub fn give(worker: &JsValue, texts: &Array);
    pub fn dismiss(worker: &JsValue);
    pub fn serve(work: &Function);
    pub fn say(what: &str, number: u32, text: &str);
    pub fn chosen(input: &HtmlInputElement);
}
