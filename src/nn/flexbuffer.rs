//! Reading the options of custom operators: a `FlexBuffers` map from names to numbers or lists.
//!
//! Layout: <https://flatbuffers.dev/internals/#flexbuffers>. Everything stands before what refers to
//! it; the last bytes are the root, its type and its width.

use super::{Bad, bad};

/// A map of options.
#[derive(Debug)]
pub(super) struct Options<'a> {
    bytes: &'a [u8],
    /// Where the values begin.
    at: usize,
    /// Bytes of each value.
    width: usize,
    count: usize,
    /// Where the offsets of the names begin, and their width.
    keys: (usize, usize),
}

/// Types as the format numbers them, their low two bits (the width of what is referred to) taken away.
mod kind {
    pub const INT: u8 = 1;
    pub const UINT: u8 = 2;
    pub const FLOAT: u8 = 3;
    pub const MAP: u8 = 9;
    pub const VECTOR_INT: u8 = 11;
    pub const VECTOR_UINT: u8 = 12;
}

impl<'a> Options<'a> {
    /// The map that a whole buffer is.
    pub(super) fn root(bytes: &'a [u8]) -> Option<Self> {
        let [.., packed, root_width] = *bytes else { return None };
        let root = bytes.len().checked_sub(2 + usize::from(root_width))?;
        if packed >> 2 != kind::MAP {
            return None;
        }
        let width = 1 << (packed & 3);
        let at = back(bytes, root, usize::from(root_width))?;
        let before = |words: usize| at.checked_sub(words * width);
        let count = usize::try_from(unsigned(bytes, before(1)?, width)?).ok()?;
        let key_width = usize::try_from(unsigned(bytes, before(2)?, width)?).ok()?;
        let keys = back(bytes, before(3)?, width)?;
        // Each value has a byte for its type after all values, so there cannot be more than bytes.
        (count <= bytes.len()).then_some(Self { bytes, at, width, count, keys: (keys, key_width) })
    }

    /// Where the value of this name lies, and its type.
    fn find(&self, name: &str) -> Option<(usize, u8)> {
        let i = (0..self.count).find(|i| {
            let key = back(self.bytes, self.keys.0 + i * self.keys.1, self.keys.1);
            key.and_then(|at| self.bytes.get(at..))
                .is_some_and(|rest| rest.starts_with(name.as_bytes()) && rest.get(name.len()) == Some(&0))
        })?;
        let packed = *self.bytes.get(self.at + self.count * self.width + i)?;
        Some((self.at + i * self.width, packed))
    }

    /// A whole number that is not negative.
    pub(super) fn count(&self, name: &str) -> Result<usize, Bad> {
        let (at, packed) = self.find(name).ok_or_else(missing)?;
        let whole = matches!(packed >> 2, kind::INT | kind::UINT);
        let value = unsigned(self.bytes, at, self.width).filter(|_| whole).ok_or_else(missing)?;
        usize::try_from(value).map_err(|_| missing())
    }

    /// A finite number.
    pub(super) fn number(&self, name: &str) -> Result<f32, Bad> {
        let (at, packed) = self.find(name).ok_or_else(missing)?;
        let bits = unsigned(self.bytes, at, self.width).ok_or_else(missing)?;
        let value = match (packed >> 2, self.width) {
            (kind::FLOAT, 4) => f32::from_bits(bits as u32),
            (kind::FLOAT, 8) => f64::from_bits(bits) as f32,
            (kind::INT | kind::UINT, _) => bits as f32,
            _ => f32::NAN,
        };
        if value.is_finite() { Ok(value) } else { Err(missing()) }
    }

    /// A list of at most `most` whole numbers that are not negative.
    pub(super) fn counts(&self, name: &str, most: usize) -> Result<Vec<usize>, Bad> {
        self.list(name, most).ok_or_else(missing)
    }

    fn list(&self, name: &str, most: usize) -> Option<Vec<usize>> {
        let (at, packed) = self.find(name)?;
        if !matches!(packed >> 2, kind::VECTOR_INT | kind::VECTOR_UINT) {
            return None;
        }
        let width = 1 << (packed & 3);
        let start = back(self.bytes, at, self.width)?;
        let count = usize::try_from(unsigned(self.bytes, start.checked_sub(width)?, width)?).ok()?;
        if count > most {
            return None;
        }
        let elements = self.bytes.get(start..start.checked_add(count.checked_mul(width)?)?)?;
        (0..count).map(|i| usize::try_from(unsigned(elements, i * width, width)?).ok()).collect()
    }
}

/// Where the offset at `at` leads, back from there.
fn back(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    at.checked_sub(usize::try_from(unsigned(bytes, at, width)?).ok()?)
}

/// The number of `width` bytes at `at`, the least significant first.
fn unsigned(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    if !matches!(width, 1 | 2 | 4 | 8) {
        return None;
    }
    let word = bytes.get(at..at.checked_add(width)?)?;
    Some(word.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

fn missing() -> Bad {
    bad("an operator's options cannot be read")
}
