//! The engine for JavaScript: cases in, answers out. A small wasm of its own, which the page does not load.
//!
//! ```js
//! import init, { evaluate } from "./engine/engine.js";
//! await init();
//! const { decision, by } = evaluate({ id: "1", request: { … }, policies: { … } });
//! ```
//!
//! `make build` puts it into `dist/engine/`; the types of TypeScript stand in `door.d.ts` beside this file.

use iam_playground::case;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("door.d.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;

    type Error;
    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> Error;
    #[wasm_bindgen(method, setter)]
    fn set_id(this: &Error, id: &JsValue);

    /// What the engine answers a line that is no case.
    type Refusal;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Refusal) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn error(this: &Refusal) -> String;
}

/// Answers a case, given as an object or as JSON text. Throws a `CaseError`.
#[wasm_bindgen(unchecked_return_type = "Answer")]
pub fn evaluate(
    #[wasm_bindgen(unchecked_param_type = "Case | string")] question: &JsValue,
) -> Result<JsValue, JsValue> {
    answered(question, case::answer_line)
}

/// The same with the record of everything that led to the decision.
#[wasm_bindgen(js_name = evaluateWithTrace, unchecked_return_type = "AnswerWithTrace")]
pub fn evaluate_with_trace(
    #[wasm_bindgen(unchecked_param_type = "Case | string")] question: &JsValue,
) -> Result<JsValue, JsValue> {
    answered(question, case::answer_line_with_trace)
}

fn answered(question: &JsValue, answer: fn(&str) -> Result<String, String>) -> Result<JsValue, JsValue> {
    let text = match question.as_string() {
        Some(text) => text,
        // Of `undefined` and functions there is no JSON.
        None => stringify(question)?
            .as_string()
            .ok_or_else(|| refused("a case is an object or JSON text", &JsValue::NULL))?,
    };
    match answer(&text) {
        Ok(line) => parse(&line),
        Err(line) => {
            let refusal: Refusal = parse(&line)?.unchecked_into();
            Err(refused(&refusal.error(), &refusal.id()))
        }
    }
}

fn refused(message: &str, id: &JsValue) -> JsValue {
    let error = Error::new(message);
    error.set_id(id);
    error.into()
}
