//! The browser's clock.

use wasm_bindgen::JsValue;

use crate::model::Time;

/// Now, as `2026-11-24T13:20:30Z`.
pub fn now() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    match text.split_once('.') {
        Some((seconds, _)) => format!("{seconds}Z"),
        None => text,
    }
}

/// Now, in whole seconds.
#[expect(clippy::cast_possible_truncation, reason = "seconds of this age")]
pub fn time() -> Time {
    Time((js_sys::Date::now() / 1_000.0) as i64)
}

/// Milliseconds since some moment.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}

/// Letters that no other visit of this browser has.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number below the bound")]
pub fn visit() -> String {
    format!("{:x}{:08x}", time().0, (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

/// A moment as people here write it; nothing where there is no browser.
pub fn words(time: Time) -> String {
    #[expect(clippy::cast_precision_loss, reason = "seconds of this age")]
    let date = || js_sys::Date::new(&(time.0 as f64 * 1_000.0).into());
    if cfg!(target_arch = "wasm32") {
        String::from(date().to_locale_string("default", &JsValue::UNDEFINED))
    } else {
        String::new()
    }
}
