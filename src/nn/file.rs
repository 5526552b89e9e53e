//! What stands in a model file: tensors and the operators between them, still as bytes.
//!
//! Numbers of fields and enumerations: `TensorFlow` Lite's published schema (`schema.fbs`, version 3).

use super::flatbuffer::Table;
use super::layout::Shape;
use super::{Bad, MOST_OPERATORS, bad};

/// A model file, read.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) tensors: Vec<Tensor<'a>>,
    /// In the order in which they run.
    pub(super) operators: Vec<Operator<'a>>,
    /// Numbers of the tensors that go in.
    pub(super) inputs: Vec<usize>,
    /// Numbers of the tensors that come out.
    pub(super) outputs: Vec<usize>,
}

/// A tensor; with data it is a constant.
#[derive(Debug)]
pub(super) struct Tensor<'a> {
    pub(super) shape: Shape,
    pub(super) element: Element,
    pub(super) data: &'a [u8],
}

/// What a tensor's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    F32,
    F16,
    I32,
    Other,
}

/// An operator with its inputs and its output, as numbers of tensors.
#[derive(Debug)]
pub(super) struct Operator<'a> {
    pub(super) name: Name<'a>,
    pub(super) inputs: Vec<usize>,
    pub(super) output: usize,
    pub(super) options: Option<Table<'a>>,
    pub(super) custom_options: &'a [u8],
}

/// The name of an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name<'a> {
    /// One of the format's own, by its number.
    Builtin(i32),
    /// One that an application brought along, and its version.
    Custom(&'a [u8], i32),
}

const CUSTOM: i32 = 32;

impl<'a> Name<'a> {
    fn of(code: &Table<'a>) -> Result<Self, Bad> {
        // Numbers below 127 also stand in the older, narrower field.
        match i32::from(code.byte(0)?).max(code.number(3, 0)?) {
            CUSTOM => Ok(Self::Custom(code.vector(1)?, code.number(2, 1)?)),
            number => Ok(Self::Builtin(number)),
        }
    }
}

impl<'a> File<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Bad> {
        if bytes.get(4..8) != Some(b"TFL3") {
            return Err(bad("it is not a TensorFlow Lite model"));
        }
        let model = Table::root(bytes)?;
        let [graph] = model.tables(2, 16)?[..] else { return Err(bad("it holds more than one graph")) };
        let buffers = model.tables(4, 4 * MOST_OPERATORS)?;
        let mut tensors = Vec::new();
        for tensor in graph.tables(0, 4 * MOST_OPERATORS)? {
            let element = match tensor.byte(1)? {
                0 => Element::F32,
                1 => Element::F16,
                2 => Element::I32,
                _ => Element::Other,
            };
            let buffer = buffers.get(tensor.number(2, 0)? as u32 as usize);
            let data = buffer.map_or(Ok(Default::default()), |buffer| buffer.vector(0))?;
            let sizes: Vec<usize> = tensor.numbers(0, 4)?.iter().map(|size| *size as u32 as usize).collect();
            tensors.push(Tensor { shape: Shape::new(&sizes)?, element, data });
        }
        let known = |numbers: &[i32]| -> Result<Vec<usize>, Bad> {
            let numbers: Vec<usize> = numbers.iter().map(|n| *n as u32 as usize).collect();
            let known = numbers.iter().all(|n| *n < tensors.len());
            if known { Ok(numbers) } else { Err(bad("an operator has no input")) }
        };
        let codes = model.tables(1, MOST_OPERATORS)?;
        let mut operators = Vec::new();
        for operator in graph.tables(3, MOST_OPERATORS)? {
            let code = codes.get(operator.number(0, 0)? as u32 as usize);
            let code = code.ok_or_else(|| bad("an operator has no name"))?;
            let [output] = known(&operator.numbers(2, 16)?)?[..] else {
                return Err(bad("an operator has several outputs"));
            };
            operators.push(Operator {
                name: Name::of(code)?,
                inputs: known(&operator.numbers(1, 16)?)?,
                output,
                options: operator.table(4)?,
                custom_options: operator.vector(5)?,
            });
        }
        let (inputs, outputs) = (known(&graph.numbers(1, 16)?)?, known(&graph.numbers(2, 16)?)?);
        Ok(Self { tensors, operators, inputs, outputs })
    }
}

impl Tensor<'_> {
    /// The numbers of a constant, half precision widened.
    pub(super) fn numbers(&self) -> Result<Vec<f32>, Bad> {
        let numbers: Vec<f32> = match self.element {
            Element::F32 => self.data.as_chunks().0.iter().map(|word| f32::from_le_bytes(*word)).collect(),
            Element::F16 => {
                self.data.as_chunks().0.iter().map(|word| half(u16::from_le_bytes(*word))).collect()
            }
            Element::I32 | Element::Other => return Err(bad("a constant is of an unknown kind")),
        };
        self.checked(numbers)
    }

    /// The numbers of a constant of whole numbers that are not negative.
    pub(super) fn counts(&self) -> Result<Vec<usize>, Bad> {
        if self.element != Element::I32 {
            return Err(bad("a constant is of an unknown kind"));
        }
        let words = self.data.as_chunks().0.iter();
        // One that is negative becomes too large for any shape.
        self.checked(words.map(|word| u32::from_le_bytes(*word) as usize).collect())
    }

    fn checked<T>(&self, numbers: Vec<T>) -> Result<Vec<T>, Bad> {
        if numbers.len() == self.shape.total() {
            Ok(numbers)
        } else {
            Err(bad("a constant has the wrong size"))
        }
    }
}

/// The value of a half-precision number (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = u32::from(bits >> 10 & 31);
    let fraction = u32::from(bits & 1023);
    let magnitude = match exponent {
        // 2^-24 for each unit of a number too small for an exponent.
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0x7f80_0000 | fraction << 13),
        _ => f32::from_bits((exponent + 112) << 23 | fraction << 13),
    };
    sign * magnitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_widened_exactly() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x3555, 0.333_251_95),
            (0x8000, 0.0),
        ] {
            assert_eq!(half(bits), value, "{bits:#06x}");
        }
        assert!(half(0x7c00).is_infinite() && half(0x7e00).is_nan());
    }
}
