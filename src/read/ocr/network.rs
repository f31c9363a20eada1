//! A network that tells the ten digits of a hand from one another and from what is no digit.
//!
//! Three networks of one form look at the same picture of a glyph, and their certainties are averaged: where they were
//! not taught, they differ. The form is the usual one for digits: convolutions of three by three, the largest of each two
//! by two, and one layer over all.
//!
//! Their numbers are in `digits.weights`, which `training/` makes. For each network, for each of its layers in turn: a
//! bias for each output, then a scale for each output, both as little-endian 32-bit floats; then the weights, signed bytes
//! that count in that scale, by row, by column, by input and by output, the last changing fastest.
//!
//! In: the ink of a glyph. Out: how certain each class is.
//! Must never: be trained on what it is measured with.

use std::array;

use super::picture::{float, pixels};

/// Sides of the picture that the networks look at, in pixels.
pub(super) const SIDE: usize = 28;

/// The longer side of a glyph in that picture, as in the MNIST digits.
const LONGER_SIDE: f32 = 20.0;

/// The ten digits, and what is none.
pub(super) const CLASSES: usize = 11;

/// Inputs and outputs of the layers, and the sides of what each looks through.
pub(super) const LAYERS: [Form; 4] = [
    Form::new(3, 1, 16),
    Form::new(3, 16, 24),
    Form::new(3, 24, 48),
    Form::new(5, 48, CLASSES),
];

/// How many networks are asked.
pub(super) const NETWORKS: usize = 3;

/// The form of a layer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    /// How many rows and columns of inputs an output has.
    pub(super) side: usize,
    pub(super) inputs: usize,
    pub(super) outputs: usize,
}

impl Form {
    const fn new(side: usize, inputs: usize, outputs: usize) -> Self {
        Self {
            side,
            inputs,
            outputs,
        }
    }

    pub(super) const fn weights(self) -> usize {
        self.side * self.side * self.inputs * self.outputs
    }
}

/// The numbers of a layer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layer {
    pub(super) biases: Vec<f32>,
    pub(super) weights: Vec<f32>,
}

/// The layers of a network.
pub(super) type Network = [Layer; LAYERS.len()];

/// A glyph by how strong its ink is, from 0 to 1, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) width: usize,
    pub(super) ink: Vec<f32>,
}

impl Glyph {
    pub(super) fn height(&self) -> usize {
        self.ink.len() / self.width.max(1)
    }
}

/// The networks in a file of weights; nothing if it has another length than they.
pub(super) fn networks(bytes: &[u8]) -> Option<Vec<Network>> {
    let mut rest = bytes;
    let networks = (0..NETWORKS)
        .map(|_| {
            let [first, second, third, last] = LAYERS.map(|form| layer(form, &mut rest));
            Some([first?, second?, third?, last?])
        })
        .collect();
    if rest.is_empty() { networks } else { None }
}

/// The layer at the beginning of some bytes, which is taken off them.
fn layer(form: Form, bytes: &mut &[u8]) -> Option<Layer> {
    let mut floats = || -> Option<Vec<f32>> {
        let (floats, rest) = bytes.split_at_checked(form.outputs * size_of::<f32>())?;
        *bytes = rest;
        let floats = floats.as_chunks().0.iter();
        Some(floats.map(|bytes| f32::from_le_bytes(*bytes)).collect())
    };
    let (biases, scales) = (floats()?, floats()?);
    let (weights, rest) = bytes.split_at_checked(form.weights())?;
    *bytes = rest;
    let weights = weights
        .iter()
        .zip(scales.iter().cycle())
        .map(|(weight, scale)| f32::from(weight.cast_signed()) * scale)
        .collect();
    Some(Layer { biases, weights })
}

/// How certain each class is to networks: the digits in order, then what is none.
pub(super) fn certainties(networks: &[Network], picture: &[f32]) -> [f32; CLASSES] {
    let mut mean = [0.0; CLASSES];
    for network in networks {
        let classes = softened(&looks(network, picture).pop().unwrap_or_default());
        for (mean, certainty) in mean.iter_mut().zip(classes) {
            *mean += certainty;
        }
    }
    let count: f32 = networks.iter().map(|_| 1.0).sum();
    mean.map(|sum| sum / count.max(1.0))
}

/// What each layer makes of a picture: the outputs of a convolution, then the largest of each two by two.
pub(super) fn looks(network: &Network, picture: &[f32]) -> Vec<Vec<f32>> {
    let [first, second, third, last] = network;
    let [one, two, three, four] = LAYERS;
    let convolved_1 = convolved::<16>(first, one, picture, SIDE, 1);
    let largest_1 = largest(&convolved_1, SIDE, one.outputs);
    let convolved_2 = convolved::<24>(second, two, &largest_1, SIDE / 2, 1);
    let largest_2 = largest(&convolved_2, SIDE / 2, two.outputs);
    let mut convolved_3 = convolved::<48>(third, three, &largest_2, SIDE / 4, 0);
    for output in &mut convolved_3 {
        *output = output.max(0.0);
    }
    let classes = convolved::<CLASSES>(last, four, &convolved_3, four.side, 0);
    vec![
        convolved_1,
        largest_1,
        convolved_2,
        largest_2,
        convolved_3,
        classes,
    ]
}

/// A convolution over a square of inputs with so many rows and columns of nothing around it.
fn convolved<const OUTPUTS: usize>(
    layer: &Layer,
    form: Form,
    inputs: &[f32],
    side: usize,
    around: usize,
) -> Vec<f32> {
    let across = side + 2 * around + 1 - form.side;
    let mut outputs = Vec::with_capacity(across * across * OUTPUTS);
    let weights = layer.weights.as_chunks::<OUTPUTS>().0;
    for row in 0..across {
        for column in 0..across {
            let mut sums: [f32; OUTPUTS] =
                array::from_fn(|output| layer.biases.get(output).copied().unwrap_or_default());
            for (down, right) in
                (0..form.side).flat_map(|down| (0..form.side).map(move |right| (down, right)))
            {
                let (row, column) = (row + down, column + right);
                let inside = around..side + around;
                if !inside.contains(&row) || !inside.contains(&column) {
                    continue;
                }
                let at = ((row - around) * side + column - around) * form.inputs;
                let from = (down * form.side + right) * form.inputs;
                let inputs = inputs.iter().skip(at).take(form.inputs);
                for (input, weights) in inputs.zip(weights.iter().skip(from)) {
                    // Most of a picture is paper.
                    if *input > 0.0 {
                        for (sum, weight) in sums.iter_mut().zip(weights) {
                            *sum += input * weight;
                        }
                    }
                }
            }
            outputs.extend(sums);
        }
    }
    outputs
}

/// The largest of each two by two outputs, if it is more than nothing.
fn largest(outputs: &[f32], side: usize, depth: usize) -> Vec<f32> {
    let half = side / 2;
    let mut largest = vec![0.0f32; half * half * depth];
    for (row, outputs) in outputs.chunks(side * depth).enumerate() {
        for (column, outputs) in outputs.chunks(depth).enumerate() {
            let at = (row / 2 * half + column / 2) * depth;
            for (largest, output) in largest.iter_mut().skip(at).zip(outputs) {
                *largest = largest.max(*output);
            }
        }
    }
    largest
}

/// Certainties that add up to one.
pub(super) fn softened(outputs: &[f32]) -> [f32; CLASSES] {
    let most = outputs.iter().copied().fold(f32::MIN, f32::max);
    let powers: [f32; CLASSES] =
        array::from_fn(|class| outputs.get(class).map_or(0.0, |of| (of - most).exp()));
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum.max(f32::MIN_POSITIVE))
}

/// A glyph in the networks' picture: as large as they know digits, its centre of mass in the middle.
pub(super) fn framed(glyph: &Glyph) -> Vec<f32> {
    let (width, height) = (glyph.width, glyph.height());
    let (mut sum, mut across, mut down) = (0.0, 0.0, 0.0);
    for (row, line) in (0..).zip(glyph.ink.chunks(width.max(1))) {
        for (column, ink) in (0..).zip(line) {
            sum += ink;
            across += ink * (float(column) + 0.5);
            down += ink * (float(row) + 0.5);
        }
    }
    if sum <= 0.0 {
        return vec![0.0; SIDE * SIDE];
    }
    let scale = float(u32::try_from(width.max(height)).unwrap_or(u32::MAX)) / LONGER_SIDE;
    let (of_columns, of_rows) = (
        shares(across / sum, scale, width),
        shares(down / sum, scale, height),
    );
    let mut lines = vec![0.0; SIDE * height];
    for (line, framed) in glyph.ink.chunks(width).zip(lines.chunks_mut(SIDE)) {
        for (shares, framed) in of_columns.iter().zip(framed) {
            *framed = shares.iter().map(|(at, share)| line[*at] * share).sum();
        }
    }
    let mut picture = Vec::with_capacity(SIDE * SIDE);
    for shares in &of_rows {
        for column in 0..SIDE {
            let ink = |(at, share): &(usize, f32)| lines[at * SIDE + column] * share;
            picture.push(shares.iter().map(ink).sum());
        }
    }
    picture
}

/// Which pixels of a line lie in each pixel of the networks' picture, and which share of it they have.
fn shares(centre: f32, scale: f32, length: usize) -> Vec<Vec<(usize, f32)>> {
    let end = float(u32::try_from(length).unwrap_or(u32::MAX));
    let half = float(u32::try_from(SIDE / 2).unwrap_or_default());
    let mut starts = (0..).map(|index| centre + (float(index) - half) * scale);
    (0..SIDE)
        .map(|_| {
            let start = starts.next().unwrap_or_default();
            let (from, to) = (start.clamp(0.0, end), (start + scale).clamp(0.0, end));
            (pixels(from.floor())..pixels(to.ceil()))
                .map(|at| {
                    let share = to.min(float(at + 1)) - from.max(float(at));
                    (at as usize, share / scale)
                })
                .collect()
        })
        .collect()
}
