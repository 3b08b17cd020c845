//! Writing to the clipboard, which browsers may refuse (frames, pages without https).

use wasm_bindgen_futures::JsFuture;

use super::PlatformError;

const NAME: &str = "the clipboard";

/// Puts `text` on the clipboard.
pub async fn write(text: String) -> Result<(), PlatformError> {
    let window = web_sys::window().ok_or(PlatformError::Missing("window"))?;
    let navigator = window.navigator();
    // Outside secure contexts the property is missing, whatever its type says.
    if !js_sys::Reflect::has(&navigator, &"clipboard".into()).unwrap_or(false) {
        return Err(PlatformError::Missing("clipboard"));
    }
    JsFuture::from(navigator.clipboard().write_text(&text)).await.map(drop).map_err(|_| PlatformError::Refused(NAME))
}
