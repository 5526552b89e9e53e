//! Huffman codes of a sequential JPEG scan (ITU-T T.81, annexes C and F), to be passed over.

/// For every 16 bits the code they begin with: its length × 256 + its symbol; 0 if there is none.
pub(super) struct Table(Vec<u16>);

impl Table {
    /// Reads a table from a DHT segment and says how many bytes it took.
    pub(super) fn read(segment: &[u8]) -> Option<(Self, usize)> {
        let counts = segment.get(..16)?;
        let total: usize = counts.iter().map(|&count| usize::from(count)).sum();
        let symbols = segment.get(16..16 + total)?;
        let mut table = Vec::with_capacity(1 << 16);
        let mut symbols_left = symbols.iter();
        for (length, &count) in (1u16..).zip(counts) {
            for &symbol in symbols_left.by_ref().take(usize::from(count)) {
                // Codes follow one another, shorter first, so each fills the next stretch.
                let end = table.len() + (1 << (16 - length));
                table.resize(end, length << 8 | u16::from(symbol));
            }
        }
        if table.len() > 1 << 16 {
            return None;
        }
        table.resize(1 << 16, 0);
        Some((Self(table), 16 + total))
    }
}

/// The bits of a scan; behind its end there are zeros.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, from the top.
    buffer: u64,
    /// How many of them were in the file.
    left: i32,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, left: 0 }
    }

    /// The place of the next byte that was not taken in; never behind a marker.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Whether more bits were taken than there were.
    pub(super) fn overrun(&self) -> bool {
        self.left < 0
    }

    /// Makes 32 bits ready, real ones as long as there are any.
    fn fill(&mut self) {
        while (0..=32).contains(&self.left) {
            let Some(&byte) = self.bytes.get(self.at) else {
                return;
            };
            if byte == 0xFF {
                if self.bytes.get(self.at + 1) != Some(&0) {
                    return; // a marker
                }
                self.at += 1;
            }
            self.at += 1;
            self.buffer |= u64::from(byte) << (56 - self.left);
            self.left += 8;
        }
    }

    fn skip(&mut self, count: u32) {
        self.buffer <<= count;
        self.left -= count as i32;
    }

    /// The next symbol; the bits that it announces (its low four bits) are passed over too.
    fn symbol(&mut self, table: &Table) -> Option<u8> {
        self.fill();
        let entry = table.0[(self.buffer >> 48) as usize];
        let [length, symbol] = entry.to_be_bytes();
        if length == 0 {
            return None;
        }
        self.skip(u32::from(length) + u32::from(symbol & 15));
        Some(symbol)
    }

    /// Passes over one block of 64 coefficients.
    pub(super) fn skip_block(&mut self, dc: &Table, ac: &Table) -> Option<()> {
        self.symbol(dc)?;
        let mut coefficient = 1;
        while coefficient < 64 {
            let symbol = self.symbol(ac)?;
            match symbol {
                0xF0 => coefficient += 16,
                // No bits: the rest of the block is zero.
                _ if symbol.trailing_zeros() >= 4 => break,
                _ => coefficient += usize::from(symbol >> 4) + 1,
            }
        }
        Some(())
    }

    /// To the data behind the next restart marker.
    pub(super) fn restart(&mut self) -> Option<()> {
        while let [first, second] = *self.bytes.get(self.at..self.at + 2)? {
            match (first, second) {
                (0xFF, 0xD0..=0xD7) => {
                    *self = Self::new(self.bytes, self.at + 2);
                    return Some(());
                }
                (0xFF, 0x00) => self.at += 2,
                (0xFF, 0xFF) => self.at += 1,
                (0xFF, _) => {
                    // The scan ends although blocks are due.
                    self.left = -1;
                    return Some(());
                }
                _ => self.at += 1,
            }
        }
        None
    }
}
