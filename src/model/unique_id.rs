//! Unique ids (CON-10): a prefix that tells the kind, and letters that are never given twice.

use std::sync::Arc;

const LETTERS: [char; 32] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W',
    'X', 'Y', 'Z', '2', '3', '4', '5', '6', '7',
];

/// The id of the `serial`th object: `prefix` and `length` letters. Equal serials give equal ids, different ones different
/// ids, because the mixing can be undone and 13 letters hold all 64 bits.
pub(super) fn unique_id(prefix: &str, serial: u64, length: usize) -> Arc<str> {
    let mut rest = mixed(serial);
    let letters = (0..length.max(13)).map(|_| {
        let letter = LETTERS.get((rest & 31) as usize).copied().unwrap_or('A');
        rest >>= 5;
        letter
    });
    prefix.chars().chain(letters).collect::<String>().into()
}

/// The finalizer of SplitMix64.
fn mixed(serial: u64) -> u64 {
    let z = serial.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_look_like_those_of_aws_and_differ() {
        let ids: HashSet<_> = (0..10_000).map(|serial| unique_id("AIDA", serial, 17)).collect();
        assert_eq!(ids.len(), 10_000);
        assert!(ids.iter().all(|id| id.len() == 21 && id.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    }
}
