//! How a network learns: the error of its certainties led back through its layers, and D. Kingma's and J. Ba's Adam (2015).

use crate::network::{CLASSES, Form, LAYERS, Layer, Network, SIDE, looks, softened};
use crate::random::Random;

/// How fast the means of gradients forget.
const FORGETTING: [f32; 2] = [0.9, 0.999];

/// A network that is being trained.
pub struct Learner {
    pub network: Network,
    gradients: Network,
    means: Network,
    squares: Network,
    steps: i32,
}

impl Learner {
    pub fn new(random: &mut Random) -> Self {
        let network = LAYERS.map(|form| {
            let inputs = (form.side * form.side * form.inputs) as f32;
            let spread = (2.0 / inputs).sqrt();
            Layer {
                biases: vec![0.0; form.outputs],
                weights: (0..form.weights())
                    .map(|_| random.normal() * spread)
                    .collect(),
            }
        });
        let zero = || {
            LAYERS.map(|form| Layer {
                biases: vec![0.0; form.outputs],
                weights: vec![0.0; form.weights()],
            })
        };
        Self {
            network,
            gradients: zero(),
            means: zero(),
            squares: zero(),
            steps: 0,
        }
    }

    /// Adds what a picture teaches, which is of a class; gives how wrong the network was.
    pub fn learn(&mut self, picture: &[f32], class: usize, softening: f32) -> f32 {
        let looks = looks(&self.network, picture);
        let [
            convolved_1,
            largest_1,
            convolved_2,
            largest_2,
            convolved_3,
            outputs,
        ] = &looks[..]
        else {
            unreachable!()
        };
        let certainties = softened(outputs);
        let mut error: Vec<f32> = certainties.to_vec();
        for (at, error) in error.iter_mut().enumerate() {
            let wanted = if at == class {
                1.0 - softening
            } else {
                softening / (CLASSES - 1) as f32
            };
            *error -= wanted;
        }
        let [one, two, three, four] = LAYERS;
        let [of_1, of_2, of_3, of_4] = &mut self.gradients;
        let [_, layer_2, layer_3, layer_4] = &self.network;
        let mut back = led_back::<CLASSES>(of_4, Some(layer_4), four, convolved_3, &error, 5, 0);
        for (back, output) in back.iter_mut().zip(convolved_3) {
            if *output <= 0.0 {
                *back = 0.0;
            }
        }
        let back = led_back::<48>(of_3, Some(layer_3), three, largest_2, &back, SIDE / 4, 0);
        let back = to_largest(convolved_2, largest_2, &back, SIDE / 2, two.outputs);
        let back = led_back::<24>(of_2, Some(layer_2), two, largest_1, &back, SIDE / 2, 1);
        let back = to_largest(convolved_1, largest_1, &back, SIDE, one.outputs);
        led_back::<16>(of_1, None, one, picture, &back, SIDE, 1);
        -certainties[class].max(1e-9).ln()
    }

    /// Takes what so many pictures taught.
    pub fn step(&mut self, rate: f32, pictures: usize, decay: f32) {
        self.steps += 1;
        let [first, second] = FORGETTING.map(|part| 1.0 - part.powi(self.steps));
        let layers = self
            .network
            .iter_mut()
            .zip(&mut self.gradients)
            .zip(&mut self.means)
            .zip(&mut self.squares);
        for (((layer, gradient), mean), square) in layers {
            let step = |numbers: &mut [f32],
                            gradients: &mut [f32],
                            means: &mut [f32],
                            squares: &mut [f32],
                            decay: f32| {
                for (((number, gradient), mean), square) in
                    numbers.iter_mut().zip(gradients).zip(means).zip(squares)
                {
                    let of_one = *gradient / pictures as f32;
                    *gradient = 0.0;
                    *mean = FORGETTING[0] * *mean + (1.0 - FORGETTING[0]) * of_one;
                    *square = FORGETTING[1] * *square + (1.0 - FORGETTING[1]) * of_one * of_one;
                    *number -= rate
                        * (*mean / first / ((*square / second).sqrt() + 1e-7) + decay * *number);
                }
            };
            step(
                &mut layer.weights,
                &mut gradient.weights,
                &mut mean.weights,
                &mut square.weights,
                decay,
            );
            step(
                &mut layer.biases,
                &mut gradient.biases,
                &mut mean.biases,
                &mut square.biases,
                0.0,
            );
        }
    }
}

/// Adds the gradients of a convolution, and gives the errors of its inputs unless there is no layer to lead them through.
fn led_back<const OUTPUTS: usize>(
    gradient: &mut Layer,
    layer: Option<&Layer>,
    form: Form,
    inputs: &[f32],
    errors: &[f32],
    side: usize,
    around: usize,
) -> Vec<f32> {
    let across = side + 2 * around + 1 - form.side;
    let mut back = vec![0.0; inputs.len()];
    let gradients = gradient.weights.as_chunks_mut::<OUTPUTS>().0;
    let weights = layer.map(|layer| layer.weights.as_chunks::<OUTPUTS>().0);
    for (at, errors) in errors.as_chunks::<OUTPUTS>().0.iter().enumerate() {
        if errors.iter().all(|error| *error == 0.0) {
            continue;
        }
        for (bias, error) in gradient.biases.iter_mut().zip(errors) {
            *bias += error;
        }
        let (row, column) = (at / across, at % across);
        for down in 0..form.side {
            for right in 0..form.side {
                let (row, column) = (row + down, column + right);
                if row < around
                    || column < around
                    || row >= side + around
                    || column >= side + around
                {
                    continue;
                }
                let at = ((row - around) * side + column - around) * form.inputs;
                let from = (down * form.side + right) * form.inputs;
                for input in 0..form.inputs {
                    let value = inputs[at + input];
                    // Where an input is nothing, it was cut off, and passes no error on.
                    if value <= 0.0 {
                        continue;
                    }
                    for (gradient, error) in gradients[from + input].iter_mut().zip(errors) {
                        *gradient += value * error;
                    }
                    if let Some(weights) = weights {
                        let mut products = [0.0; OUTPUTS];
                        for ((product, weight), error) in
                            products.iter_mut().zip(&weights[from + input]).zip(errors)
                        {
                            *product = weight * error;
                        }
                        back[at + input] += products.iter().sum::<f32>();
                    }
                }
            }
        }
    }
    back
}

/// Errors of the largest of two by two, as those of all.
fn to_largest(
    outputs: &[f32],
    largest: &[f32],
    errors: &[f32],
    side: usize,
    depth: usize,
) -> Vec<f32> {
    let half = side / 2;
    let mut back = vec![0.0; outputs.len()];
    for row in 0..side {
        for column in 0..side {
            let (at, of) = (
                (row * side + column) * depth,
                (row / 2 * half + column / 2) * depth,
            );
            for output in 0..depth {
                let value = outputs[at + output];
                if value > 0.0 && value >= largest[of + output] {
                    back[at + output] = errors[of + output];
                }
            }
        }
    }
    back
}
