//! Reading `FlatBuffers`: tables, vectors and strings at offsets, each checked before it is followed.
//!
//! Layout: <https://flatbuffers.dev/internals/>. A table begins with the distance back to its vtable,
//! which says where in the table each field lies, 0 for one that has its default.

use super::{Bad, bad};

/// One table of a buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    /// Where the table begins.
    at: usize,
    /// The vtable's entries, two bytes each.
    fields: &'a [u8],
}

impl<'a> Table<'a> {
    /// The table that a whole buffer is.
    pub(super) fn root(bytes: &'a [u8]) -> Result<Self, Bad> {
        Self::at(bytes, follow(bytes, 0)?)
    }

    fn at(bytes: &'a [u8], at: usize) -> Result<Self, Bad> {
        let back = i64::from(u32_at(bytes, at)? as i32);
        let vtable = usize::try_from(at as i64 - back).map_err(|_| cut())?;
        let length = u16_at(bytes, vtable)?;
        let fields = vtable.checked_add(length).and_then(|end| bytes.get(vtable + 4..end)).ok_or_else(cut)?;
        Ok(Self { bytes, at, fields })
    }

    /// Where field `i` lies, unless it has its default.
    fn field(&self, i: usize) -> Option<usize> {
        let offset = u16_at(self.fields, 2 * i).ok()?;
        (offset != 0).then(|| self.at + offset)
    }

    /// A byte; also how `bool` and small enumerations are written.
    #[inline(never)]
    pub(super) fn byte(&self, i: usize) -> Result<u8, Bad> {
        self.field(i).map_or(Ok(0), |at| self.bytes.get(at).copied().ok_or_else(cut))
    }

    /// A 32-bit number, `default` if it is not there.
    #[inline(never)]
    pub(super) fn number(&self, i: usize, default: i32) -> Result<i32, Bad> {
        self.field(i).map_or(Ok(default), |at| Ok(u32_at(self.bytes, at)? as i32))
    }

    /// A table within this one.
    pub(super) fn table(&self, i: usize) -> Result<Option<Self>, Bad> {
        self.field(i).map(|at| Self::at(self.bytes, follow(self.bytes, at)?)).transpose()
    }

    /// A vector of bytes, or a string.
    pub(super) fn vector(&self, i: usize) -> Result<&'a [u8], Bad> {
        self.elements(i, 1).map(|(_, elements)| elements)
    }

    /// A vector of at most `most` 32-bit numbers. Vectors may be shared, so a small file could else
    /// ask for a lot of memory.
    pub(super) fn numbers(&self, i: usize, most: usize) -> Result<Vec<i32>, Bad> {
        let (_, elements) = self.elements(i, 4)?;
        if elements.len() / 4 > most {
            return Err(too_large());
        }
        Ok(elements.as_chunks().0.iter().map(|word| i32::from_le_bytes(*word)).collect())
    }

    /// A vector of at most `most` tables.
    pub(super) fn tables(&self, i: usize, most: usize) -> Result<Vec<Self>, Bad> {
        let (start, elements) = self.elements(i, 4)?;
        if elements.len() / 4 > most {
            return Err(too_large());
        }
        let mut tables = Vec::with_capacity(elements.len() / 4);
        for at in (start..start + elements.len() / 4 * 4).step_by(4) {
            tables.push(Self::at(self.bytes, follow(self.bytes, at)?)?);
        }
        Ok(tables)
    }

    /// Where a vector's elements begin, and their bytes.
    #[inline(never)]
    fn elements(&self, i: usize, size: usize) -> Result<(usize, &'a [u8]), Bad> {
        let Some(at) = self.field(i) else { return Ok((0, &[])) };
        let vector = follow(self.bytes, at)?;
        let start = vector + 4;
        let length = (u32_at(self.bytes, vector)? as usize).checked_mul(size).ok_or_else(cut)?;
        let end = start.checked_add(length).ok_or_else(cut)?;
        Ok((start, self.bytes.get(start..end).ok_or_else(cut)?))
    }
}

/// Where the offset at `at` leads.
fn follow(bytes: &[u8], at: usize) -> Result<usize, Bad> {
    let target = at.checked_add(u32_at(bytes, at)? as usize);
    target.filter(|target| *target < bytes.len()).ok_or_else(cut)
}

fn u16_at(bytes: &[u8], at: usize) -> Result<usize, Bad> {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(word) => Ok(usize::from(u16::from_le_bytes(*word))),
        None => Err(cut()),
    }
}

#[inline(never)]
fn u32_at(bytes: &[u8], at: usize) -> Result<u32, Bad> {
    match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(word) => Ok(u32::from_le_bytes(*word)),
        None => Err(cut()),
    }
}

fn too_large() -> Bad {
    bad("it is larger than any model that can be run")
}

fn cut() -> Bad {
    bad("it is not a complete model")
}
