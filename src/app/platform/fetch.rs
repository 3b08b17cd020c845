//! Reading files of the site.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::PlatformError;

/// The text of a file of the site. The request is the one that `<link rel="preload" as="fetch" crossorigin>` prepares.
pub async fn text(path: &str) -> Result<String, PlatformError> {
    let unreachable = || PlatformError::Unreachable(path.to_owned());
    let window = web_sys::window().ok_or(PlatformError::Missing("window"))?;
    let response = JsFuture::from(window.fetch_with_str(path)).await.map_err(|_| unreachable())?;
    let response: Response = response.dyn_into().map_err(|_| unreachable())?;
    if !response.ok() {
        return Err(PlatformError::Status { path: path.to_owned(), status: response.status() });
    }
    let text = response.text().map_err(|_| unreachable())?;
    JsFuture::from(text).await.ok().and_then(|text| text.as_string()).ok_or_else(unreachable)
}
