//! From the operators of a file to those that run: constants are folded in, every size is computed from
//! the inputs' and must be the one that the file declares.

use super::conv::{Conv, Weights};
use super::depthwise::Depthwise;
use super::elementwise::Curve;
use super::file::{self, Element, File, Name};
use super::flatbuffer::Table;
use super::landmarks::{Enclose, MATRIX};
use super::layout::{Layout, Shape};
use super::operator::Operator;
use super::pool::Pool;
use super::transposed::Transposed;
use super::{Bad, LARGEST_CONSTANTS, MOST_WORK, bad};

/// An operator with the numbers of the values that it reads and writes.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) operator: Operator,
    pub(super) inputs: Vec<usize>,
    pub(super) output: usize,
}

/// What a model computes: values, of which the first is its input, and the steps between them.
#[derive(Debug)]
pub(super) struct Program {
    /// How many numbers each value has.
    pub(super) lengths: Vec<usize>,
    pub(super) steps: Vec<Step>,
    pub(super) input_shape: Shape,
    /// Values that are the results, in the file's order.
    pub(super) outputs: Vec<usize>,
}

/// What is known of a tensor while compiling.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// Not computed yet, or a constant.
    Nothing,
    /// The same numbers as the constant tensor of this number, half precision widened.
    Widened(usize),
    /// A value, seen as of a shape.
    Value(usize, Shape),
}

pub(super) fn compile(file: &File) -> Result<Program, Bad> {
    let [input] = file.inputs[..] else { return Err(bad("it has several inputs")) };
    let shape = file.tensors[input].shape;
    let mut compiler = Compiler {
        file,
        known: vec![Known::Nothing; file.tensors.len()],
        constants: 0,
        program: Program {
            lengths: vec![shape.total()],
            steps: Vec::new(),
            input_shape: shape,
            outputs: Vec::new(),
        },
    };
    compiler.known[input] = Known::Value(0, shape);
    let mut work = 0_usize;
    for operator in &file.operators {
        compiler.add(operator)?;
        let latest = compiler.program.steps.last().map_or(0, |step| step.operator.work());
        let written = compiler.program.lengths.last().copied().unwrap_or(0);
        work = work.saturating_add(latest).saturating_add(written);
        if work > MOST_WORK {
            return Err(bad("it would take too long to run"));
        }
    }
    let outputs: Result<Vec<usize>, Bad> =
        file.outputs.iter().map(|tensor| Ok(compiler.value(*tensor)?.0)).collect();
    compiler.program.outputs = outputs?;
    Ok(compiler.program)
}

struct Compiler<'a> {
    file: &'a File<'a>,
    known: Vec<Known>,
    /// Numbers in all constants so far.
    constants: usize,
    program: Program,
}

/// Two numbers of an operator's options, as down and across.
#[inline(never)]
fn pair(options: Table, down: usize, across: usize, default: i32) -> Result<[usize; 2], Bad> {
    let number = |field| Ok(usize::try_from(options.number(field, default)?).unwrap_or(0));
    Ok([number(down)?, number(across)?])
}

/// Refuses options that no bundled model has.
#[inline(never)]
fn plain(usual: bool) -> Result<(), Bad> {
    if usual { Ok(()) } else { Err(bad("an operator has options that are not known")) }
}

impl<'a> Compiler<'a> {
    fn add(&mut self, operator: &file::Operator) -> Result<(), Bad> {
        let input = |i: usize| operator.inputs.get(i).copied().ok_or_else(|| bad("an operator has no input"));
        let first = input(0)?;
        let options = || operator.options.ok_or_else(|| bad("an operator has no options"));
        let fused = |field: usize| operator.options.map_or(Ok(0), |o| o.byte(field));
        match operator.name {
            // DEQUANTIZE of a constant.
            Name::Builtin(6) => {
                self.known[operator.output] = Known::Widened(first);
                Ok(())
            }
            // RESHAPE, and STRIDED_SLICE of everything.
            Name::Builtin(22 | 45) => self.rename(first, operator.output),
            // CONV_2D, DEPTHWISE_CONV_2D, AVERAGE_POOL_2D, MAX_POOL_2D
            Name::Builtin(kind @ (3 | 4 | 1 | 17)) => self.slide(operator, kind, first, options()?),
            // RELU, LOGISTIC, HARD_SWISH
            Name::Builtin(kind @ (19 | 14 | 117)) => {
                let (value, shape) = self.value(first)?;
                let curve = match kind {
                    19 => Curve::Relu,
                    14 => Curve::Logistic,
                    _ => Curve::HardSwish,
                };
                self.push(operator, vec![value], shape, Operator::Curve(curve))
            }
            // PRELU, one slope for each channel
            Name::Builtin(54) => {
                let (value, shape) = self.value(first)?;
                let slopes = self.constant(input(1)?)?;
                plain(shape.last() == Some(&slopes.len()))?;
                self.push(operator, vec![value], shape, Operator::Prelu(slopes))
            }
            // ADD, MUL
            Name::Builtin(kind @ (0 | 18)) => {
                plain(fused(0)? == 0)?;
                self.combine(operator, first, input(1)?, kind == 18)
            }
            // RESIZE_BILINEAR, between the middles of places
            Name::Builtin(23) => {
                let options = options()?;
                plain(options.byte(2)? == 0 && options.byte(3)? == 1)?;
                let (value, from) = self.picture(first)?;
                let to = Layout::of(&self.file.tensors[operator.output].shape)?;
                plain(from.channels == to.channels)?;
                self.push(operator, vec![value], to.shape(), Operator::Resize(from, to))
            }
            // PAD
            Name::Builtin(34) => {
                let (value, from) = self.picture(first)?;
                let around = self.file.tensors[input(1)?].counts()?;
                let [0, 0, top, bottom, left, right, front, back] = around[..] else {
                    return Err(bad("an operator has options that are not known"));
                };
                let grown = |size: usize, a: usize, b: usize| size.saturating_add(a).saturating_add(b);
                let to = Layout {
                    height: grown(from.height, top, bottom),
                    width: grown(from.width, left, right),
                    channels: grown(from.channels, front, back),
                };
                let pad = Operator::Pad(from, to, [top, left, front]);
                self.push(operator, vec![value], to.shape(), pad)
            }
            // CONCATENATION
            Name::Builtin(2) => {
                let options = options()?;
                plain(fused(1)? == 0)?;
                self.join(operator, options.number(0, 0)?)
            }
            Name::Custom(b"Convolution2DTransposeBias", _) => {
                let (value, layout) = self.picture(first)?;
                let weights = self.weights(operator)?;
                let transposed = Transposed::new(layout, weights, operator.custom_options)?;
                self.push(
                    operator,
                    vec![value],
                    transposed.output().shape(),
                    Operator::Transposed(transposed),
                )
            }
            Name::Custom(b"Landmarks2TransformMatrix", 2) => {
                let (value, shape) = self.value(first)?;
                let [1, points, 3] = shape[..] else { return Err(bad("an operator's input is no points")) };
                let enclose = Enclose::new(operator.custom_options, points)?;
                self.push(operator, vec![value], Shape::new(&MATRIX)?, Operator::Enclose(enclose))
            }
            Name::Custom(b"TransformTensorBilinear", 2) => {
                let ((value, from), (matrix, shape)) = (self.picture(first)?, self.value(input(1)?)?);
                let to = Layout::of(&self.file.tensors[operator.output].shape)?;
                plain(*shape == MATRIX && from.channels == to.channels)?;
                self.push(operator, vec![value, matrix], to.shape(), Operator::Crop(from, to))
            }
            Name::Custom(b"TransformLandmarks", 2) => {
                let ((value, points), (matrix, shape)) = (self.value(first)?, self.value(input(1)?)?);
                plain(*shape == MATRIX && points.last() == Some(&2))?;
                self.push(operator, vec![value, matrix], points, Operator::Place)
            }
            _ => Err(bad("it has an operator that is not known")),
        }
    }

    /// An operator with a window: `CONV_2D`, `DEPTHWISE_CONV_2D` or a pooling.
    fn slide(
        &mut self,
        operator: &file::Operator,
        kind: i32,
        input: usize,
        options: Table,
    ) -> Result<(), Bad> {
        let (value, layout) = self.picture(input)?;
        let (step, padded) = (pair(options, 2, 1, 0)?, options.byte(0)? == 0);
        let (output, run) = match kind {
            3 => {
                plain(options.byte(3)? == 0 && pair(options, 5, 4, 1)? == [1, 1])?;
                let weights = self.weights(operator)?;
                let conv = Conv::new(layout, &weights, step, padded)?;
                (conv.output(), Operator::Conv(conv))
            }
            4 => {
                plain(options.byte(4)? == 0 && options.number(3, 0)? == 1)?;
                plain(pair(options, 6, 5, 1)? == [1, 1])?;
                let weights = self.weights(operator)?;
                let depthwise = Depthwise::new(layout, weights, step, padded)?;
                (depthwise.output(), Operator::Depthwise(depthwise))
            }
            _ => {
                plain(options.byte(5)? == 0)?;
                let pool = Pool::new(layout, pair(options, 4, 3, 0)?, step, padded, kind == 1)?;
                (pool.output(), Operator::Pool(pool))
            }
        };
        self.push(operator, vec![value], output.shape(), run)
    }

    /// The weights of a convolution.
    fn weights(&mut self, operator: &file::Operator) -> Result<Weights<'a>, Bad> {
        let [_, weights, bias] = operator.inputs[..] else { return Err(bad("an operator has no input")) };
        let (numbers, bias) = (self.constant(weights)?, self.constant(bias)?);
        Ok(Weights { numbers, shape: &self.file.tensors[weights].shape, bias })
    }

    /// Notes a step and the value that it computes.
    fn push(
        &mut self,
        operator: &file::Operator,
        inputs: Vec<usize>,
        shape: Shape,
        run: Operator,
    ) -> Result<(), Bad> {
        if shape != self.file.tensors[operator.output].shape {
            return Err(bad("a tensor has another size than its operator computes"));
        }
        let output = self.program.lengths.len();
        self.program.lengths.push(shape.total());
        self.program.steps.push(Step { operator: run, inputs, output });
        self.known[operator.output] = Known::Value(output, shape);
        Ok(())
    }

    /// The same value under another shape.
    fn rename(&mut self, from: usize, to: usize) -> Result<(), Bad> {
        let (value, shape) = self.value(from)?;
        let renamed = &self.file.tensors[to];
        if renamed.shape.total() != shape.total() {
            return Err(bad("a tensor has another size than its operator computes"));
        }
        self.known[to] = Known::Value(value, renamed.shape);
        Ok(())
    }

    /// A sum or product of two values, the smaller one repeated for every place of the larger.
    fn combine(&mut self, operator: &file::Operator, a: usize, b: usize, multiply: bool) -> Result<(), Bad> {
        let fits = |large: &[usize], small: &[usize]| {
            let channels: usize = small.iter().product();
            large == small
                || channels == 1
                || small.last() == Some(&channels) && large.last() == Some(&channels)
        };
        match (self.value(a), self.value(b)) {
            (Ok((a, large)), Ok((b, small))) if fits(&large, &small) => {
                self.push(operator, vec![a, b], large, Operator::Combine { multiply })
            }
            (Ok((a, small)), Ok((b, large))) if fits(&large, &small) => {
                self.push(operator, vec![b, a], large, Operator::Combine { multiply })
            }
            (Ok((value, large)), Err(_)) if fits(&large, &self.file.tensors[b].shape) => {
                let others = self.constant(b)?;
                self.push(operator, vec![value], large, Operator::CombineConstant { multiply, others })
            }
            _ => Err(bad("two tensors that are to be combined do not fit")),
        }
    }

    /// Values one after the other, along an axis before which every size is 1.
    fn join(&mut self, operator: &file::Operator, axis: i32) -> Result<(), Bad> {
        let parts: Result<Vec<_>, Bad> = operator.inputs.iter().map(|i| self.value(*i)).collect();
        let (values, shapes): (Vec<usize>, Vec<Shape>) = parts?.into_iter().unzip();
        let axis = usize::try_from(axis).unwrap_or(usize::MAX);
        let mut joined = shapes[0];
        let fits = |shape: &Shape| {
            shape.len() == joined.len()
                && axis < joined.len()
                && shape[..axis].iter().all(|size| *size == 1)
                && shape[axis + 1..] == joined[axis + 1..]
        };
        plain(shapes.iter().all(fits))?;
        joined[axis] = shapes.iter().map(|shape| shape[axis]).sum();
        self.push(operator, values, joined, Operator::Join)
    }

    /// A tensor that has been computed: its value and shape.
    #[inline(never)]
    fn value(&self, tensor: usize) -> Result<(usize, Shape), Bad> {
        match self.known[tensor] {
            Known::Value(value, shape) => Ok((value, shape)),
            _ => Err(bad("an operator has no input")),
        }
    }

    fn picture(&self, tensor: usize) -> Result<(usize, Layout), Bad> {
        let (value, shape) = self.value(tensor)?;
        Ok((value, Layout::of(&shape)?))
    }

    /// The numbers of a constant.
    #[inline(never)]
    fn constant(&mut self, tensor: usize) -> Result<Vec<f32>, Bad> {
        let source = match self.known[tensor] {
            Known::Widened(source) => source,
            _ => tensor,
        };
        let source = &self.file.tensors[source];
        if source.shape != self.file.tensors[tensor].shape || source.element == Element::I32 {
            return Err(bad("a constant has the wrong size"));
        }
        self.constants += source.shape.total();
        if self.constants > LARGEST_CONSTANTS {
            return Err(bad("it is larger than any model that can be run"));
        }
        source.numbers()
    }
}
