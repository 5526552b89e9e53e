//! Which buffer holds which value, so that few and small buffers serve all.

use super::compile::Program;
use super::{Bad, LARGEST_MEMORY, bad};

/// Buffers, and the one of each value.
#[derive(Debug)]
pub(super) struct Plan {
    /// How many numbers each buffer must hold.
    pub(super) sizes: Vec<usize>,
    /// The buffer of each value.
    pub(super) buffers: Vec<usize>,
}

impl Plan {
    /// Walks through the steps: a buffer is free again after the last step that reads its value.
    pub(super) fn new(program: &Program) -> Result<Self, Bad> {
        let end = program.steps.len();
        let mut last_read = vec![0; program.lengths.len()];
        for (i, step) in program.steps.iter().enumerate() {
            for input in &step.inputs {
                last_read[*input] = i;
            }
        }
        for output in &program.outputs {
            last_read[*output] = end;
        }
        let mut plan = Self { sizes: Vec::new(), buffers: vec![0; program.lengths.len()] };
        let mut free = Vec::new();
        plan.buffers[0] = plan.take(&mut free, program.lengths[0]);
        for (i, step) in program.steps.iter().enumerate() {
            let first = step.inputs[0];
            let others = &step.inputs[1..];
            // What is changed in place keeps its buffer if nothing else needs the old numbers.
            let keeps = step.operator.in_place() && last_read[first] == i && !others.contains(&first);
            plan.buffers[step.output] =
                if keeps { plan.buffers[first] } else { plan.take(&mut free, program.lengths[step.output]) };
            for (k, value) in step.inputs.iter().enumerate() {
                let over = last_read[*value] == i && !step.inputs[..k].contains(value);
                if over && !(keeps && *value == first) {
                    free.push(plan.buffers[*value]);
                }
            }
        }
        if plan.sizes.iter().sum::<usize>() > LARGEST_MEMORY {
            return Err(bad("it is larger than any model that can be run"));
        }
        Ok(plan)
    }

    /// The free buffer that fits best, the largest if none is large enough, or a new one.
    fn take(&mut self, free: &mut Vec<usize>, length: usize) -> usize {
        let best = free.iter().copied().enumerate().min_by_key(|(_, buffer)| {
            let size = self.sizes[*buffer];
            if size >= length { (false, size) } else { (true, usize::MAX - size) }
        });
        let Some((at, buffer)) = best else {
            self.sizes.push(length);
            return self.sizes.len() - 1;
        };
        free.swap_remove(at);
        self.sizes[buffer] = self.sizes[buffer].max(length);
        buffer
    }
}
