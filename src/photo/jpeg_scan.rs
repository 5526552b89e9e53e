//! Whether a JPEG's scans hold the whole picture (ITU-T T.81).
//!
//! A tool that 'repairs' a cut-off file puts an end marker behind what is there. Decoders then
//! make up the rest of the picture from nothing, even strict ones. So the blocks are counted here:
//! sequential scans are walked code by code (without computing a pixel, a fraction of the time
//! that decoding takes); of progressive ones, which fade the whole picture in, the last
//! refinement of each coefficient must have come.

use super::jpeg_huffman::{Bits, Table};

/// What the frame header says of one component.
struct Component {
    id: u8,
    horizontal: usize,
    vertical: usize,
    /// For each of the 64 coefficients whether its last bit has come.
    complete: u64,
}

#[derive(Default)]
struct Frame {
    progressive: bool,
    width: usize,
    height: usize,
    components: Vec<Component>,
}

/// Says `false` if parts of the picture are certainly missing. `picture` ends with its end
/// marker; what this cannot read is left for the decoder to judge.
pub(super) fn holds_whole_picture(picture: &[u8]) -> bool {
    walk(picture).unwrap_or(true)
}

/// `None` for what is not understood here.
fn walk(picture: &[u8]) -> Option<bool> {
    let mut frame = Frame::default();
    let mut tables: [Option<Table>; 8] = Default::default();
    let mut restart_interval = 0;
    let mut at = 2;
    loop {
        let [first, marker] = *picture.get(at..at + 2)? else {
            return None;
        };
        if first != 0xFF || matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8 | 0xFF) {
            at += 1;
            continue;
        }
        if marker == 0xD9 {
            let whole = |component: &Component| component.complete == u64::MAX;
            return Some(frame.components.iter().all(whole));
        }
        let length = usize::from(u16_at(picture, at + 2)?).max(2);
        let segment = picture.get(at + 4..at + 2 + length)?;
        at += 2 + length;
        match marker {
            0xC0..=0xC2 => frame = Frame::read(segment, marker == 0xC2)?,
            // Lossless, hierarchical and arithmetic frames.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return None,
            0xC4 => read_tables(segment, &mut tables)?,
            0xDD => restart_interval = usize::from(u16_at(segment, 0)?),
            0xDA if frame.progressive => frame.refine(segment)?,
            0xDA => {
                let mut bits = Bits::new(picture, at);
                if !frame.count_scan(segment, &tables, restart_interval, &mut bits)? {
                    return Some(false);
                }
                at = bits.position();
            }
            _ => {}
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// A DHT segment; tables 0 to 3 are those for DC, 4 to 7 those for AC.
fn read_tables(mut segment: &[u8], tables: &mut [Option<Table>; 8]) -> Option<()> {
    while let [place, rest @ ..] = segment {
        let (table, used) = Table::read(rest)?;
        let place = usize::from(place >> 4 & 1) * 4 + usize::from(place & 3);
        tables[place] = Some(table);
        segment = &rest[used..];
    }
    Some(())
}

impl Frame {
    fn read(segment: &[u8], progressive: bool) -> Option<Self> {
        let mut components = Vec::new();
        for part in segment.get(6..)?.chunks_exact(3) {
            let (horizontal, vertical) = (usize::from(part[1] >> 4), usize::from(part[1] & 15));
            if !(1..=4).contains(&horizontal) || !(1..=4).contains(&vertical) {
                return None;
            }
            components.push(Component { id: part[0], horizontal, vertical, complete: 0 });
        }
        Some(Self {
            progressive,
            height: usize::from(u16_at(segment, 1)?),
            width: usize::from(u16_at(segment, 3)?),
            components,
        })
    }

    /// The components a scan header names, with the numbers of their tables for DC and AC.
    fn named(&self, header: &[u8]) -> Option<Vec<(usize, usize, usize)>> {
        let count = usize::from(*header.first()?);
        let named = header.get(1..=count * 2)?.chunks_exact(2).map(|part| {
            let index = self.components.iter().position(|c| c.id == part[0])?;
            Some((index, usize::from(part[1] >> 4 & 3), 4 + usize::from(part[1] & 3)))
        });
        named.collect()
    }

    /// Takes note of a progressive scan: coefficients `start..=end` down to bit `low`.
    fn refine(&mut self, header: &[u8]) -> Option<()> {
        let named = self.named(header)?;
        let [start, end, bit_range] = *header.get(header.len().checked_sub(3)?..)? else {
            return None;
        };
        let low = bit_range % 16;
        if low == 0 && start <= end && end < 64 {
            let coefficients = (u64::MAX >> (63 - end)) & (u64::MAX << start);
            for (index, ..) in named {
                self.components[index].complete |= coefficients;
            }
        }
        Some(())
    }

    /// Walks a sequential scan and says whether it holds all its blocks.
    fn count_scan(
        &mut self,
        header: &[u8],
        tables: &[Option<Table>; 8],
        restart_interval: usize,
        bits: &mut Bits,
    ) -> Option<bool> {
        let named = self.named(header)?;
        let wide = self.components.iter().map(|c| c.horizontal).max()?;
        let high = self.components.iter().map(|c| c.vertical).max()?;
        // Several components are interleaved in units of all their blocks; one alone comes block
        // by block, without the padding to whole units (A.2).
        let units = if let [(index, ..)] = named[..] {
            let component = &self.components[index];
            (self.width * component.horizontal).div_ceil(8 * wide)
                * (self.height * component.vertical).div_ceil(8 * high)
        } else {
            self.width.div_ceil(8 * wide) * self.height.div_ceil(8 * high)
        };
        let mut blocks = Vec::new();
        for &(index, dc, ac) in &named {
            let component = &mut self.components[index];
            component.complete = u64::MAX;
            let count = match named.len() {
                1 => 1,
                _ => component.horizontal * component.vertical,
            };
            blocks.push((count, tables[dc].as_ref()?, tables[ac].as_ref()?));
        }
        for unit in 0..units {
            if restart_interval > 0 && unit > 0 && unit % restart_interval == 0 {
                bits.restart()?;
            }
            for &(count, dc, ac) in &blocks {
                for _ in 0..count {
                    bits.skip_block(dc, ac)?;
                }
            }
            if bits.overrun() {
                return Some(false);
            }
        }
        Some(true)
    }
}
