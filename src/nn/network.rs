//! A network that can be run.

use super::bad;
use super::compile::{Program, compile};
use super::file::File;
use super::operator::Operator;
use super::plan::Plan;
use crate::Error;

/// A network: weights, and the order in which they are applied.
#[derive(Debug)]
pub struct Network {
    program: Program,
    plan: Plan,
}

impl Network {
    /// Reads a `TensorFlow` Lite file of one graph with one input. Whatever the bytes are, the outcome is
    /// a network that runs in bounded time and memory, or [`Error::BadModel`].
    pub fn from_tflite(bytes: &[u8]) -> Result<Self, Error> {
        let program = compile(&File::read(bytes)?)?;
        let plan = Plan::new(&program)?;
        Ok(Self { program, plan })
    }

    /// Sizes of the input: pictures (1), rows, columns, channels.
    pub fn input_shape(&self) -> &[usize] {
        &self.program.input_shape
    }

    /// How many numbers each result has, in the file's order.
    pub fn output_lengths(&self) -> Vec<usize> {
        self.program.outputs.iter().map(|value| self.program.lengths[*value]).collect()
    }

    /// For each crop that the network takes of its own input, the numbers of the points around which it
    /// takes it, in the order in which it does.
    pub fn crop_subsets(&self) -> Vec<&[usize]> {
        let steps = self.program.steps.iter();
        steps
            .filter_map(|step| match &step.operator {
                Operator::Enclose(enclose) => Some(&enclose.subset[..]),
                _ => None,
            })
            .collect()
    }

    /// Computes the results for an input (row by row, the channels of a place together), in the file's
    /// order. An input of the wrong size is [`Error::BadModel`].
    pub fn run(&self, input: Vec<f32>) -> Result<Vec<Vec<f32>>, Error> {
        let Program { lengths, steps, outputs, .. } = &self.program;
        if input.len() != lengths[0] {
            return Err(bad("its input has another size than expected").into());
        }
        let of = |value: usize| (self.plan.buffers[value], lengths[value]);
        let mut buffers: Vec<Vec<f32>> = vec![Vec::new(); self.plan.sizes.len()];
        buffers[self.plan.buffers[0]] = input;
        for step in steps {
            let (buffer, length) = of(step.output);
            let in_place = step.operator.in_place();
            let first = of(step.inputs[0]);
            let mut out = std::mem::take(&mut buffers[buffer]);
            if out.len() < length {
                out.resize(self.plan.sizes[buffer], 0.0);
            }
            if in_place && first.0 != buffer {
                out[..length].copy_from_slice(&buffers[first.0][..length]);
            }
            let inputs: Vec<&[f32]> = step.inputs[usize::from(in_place)..]
                .iter()
                .map(|value| {
                    let (buffer, length) = of(*value);
                    &buffers[buffer][..length]
                })
                .collect();
            step.operator.run(&inputs, &mut out[..length]);
            buffers[buffer] = out;
        }
        Ok(outputs
            .iter()
            .map(|value| {
                let (buffer, length) = of(*value);
                buffers[buffer][..length].to_vec()
            })
            .collect())
    }
}
