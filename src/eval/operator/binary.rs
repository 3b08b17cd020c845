//! Bytes in base64 (POL-101).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Decodes base64 with its padding.
pub fn parse(text: &str) -> Option<Box<[u8]>> {
    STANDARD.decode(text).ok().map(Vec::into_boxed_slice)
}
