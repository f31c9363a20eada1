//! Trains the networks that read the digits of a hand and writes their weights.
//!
//! `cargo run --release -- FOLDER WEIGHTS [PICTURES]`

mod learning;
#[path = "../../src/read/ocr/network.rs"]
mod network;
mod pages;
mod random;
mod sources;

/// What the networks' file takes from its neighbour.
mod picture {
    pub(super) fn float(pixels: u32) -> f32 {
        pixels as f32
    }

    pub(super) fn pixels(length: f32) -> u32 {
        length.max(0.0).round() as u32
    }
}

use std::path::PathBuf;

use learning::Learner;
use network::{CLASSES, NETWORKS, Network, certainties, networks};
use pages::sample;
use random::Random;
use sources::sources;

/// Pictures that a network sees, unless told otherwise.
const PICTURES: usize = 200_000;

/// Pictures of one step.
const STEP: usize = 64;

/// What of a certainty is left to the other classes: certainties near one are never learnt to the end.
const SOFTENING: f32 = 0.005;

/// How fast a network learns at first; it slows down to nothing.
const RATE: f32 = 2e-3;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("usage: training FOLDER WEIGHTS [PICTURES]".to_owned());
    };
    let pictures = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(PICTURES);
    let sources = sources(&PathBuf::from(folder))?;
    for (name, digits) in ["MNIST", "Optdigits", "fonts"]
        .iter()
        .zip(&sources.of_digits)
    {
        println!(
            "{name}: {} digits",
            digits.iter().map(Vec::len).sum::<usize>()
        );
    }
    println!("letters: {}", sources.letters.len());
    let mut bytes = Vec::new();
    for number in 0..NETWORKS {
        let mut random = Random::new(1 + number as u64);
        let mut learner = Learner::new(&mut random);
        let steps = pictures / STEP;
        let mut wrong = 0.0;
        for step in 0..steps {
            for _ in 0..STEP {
                let (picture, class) = sample(&sources, &mut random);
                wrong += learner.learn(&picture, class, SOFTENING);
            }
            let along = step as f32 / steps as f32;
            let rate = RATE
                * ((step + 1) as f32 / 200.0).min(1.0)
                * 0.5
                * (1.0 + (along * std::f32::consts::PI).cos());
            learner.step(rate, STEP, 1e-3);
            if (step + 1) % 500 == 0 {
                println!(
                    "network {number}, {} pictures: {:.4}",
                    (step + 1) * STEP,
                    wrong / (500 * STEP) as f32
                );
                wrong = 0.0;
            }
        }
        bytes.extend(packed(&learner.network));
        // What is there so far, as often as it takes to be whole.
        let whole: Vec<u8> = bytes
            .iter()
            .copied()
            .cycle()
            .take(bytes.len() / (number + 1) * NETWORKS)
            .collect();
        std::fs::write(&file, whole).map_err(|error| error.to_string())?;
    }
    let networks = networks(&bytes).ok_or("the weights cannot be read back")?;
    let mut random = Random::new(1000);
    let mut right = 0;
    const CHECKED: usize = 5000;
    for _ in 0..CHECKED {
        let (picture, class) = sample(&sources, &mut random);
        let found = certainties(&networks, &picture);
        let best = (0..CLASSES).max_by(|one, other| found[*one].total_cmp(&found[*other]));
        right += usize::from(best == Some(class));
    }
    println!("of {CHECKED} more pictures {right} right");
    Ok(())
}

/// A network's numbers as they are kept.
fn packed(network: &Network) -> Vec<u8> {
    let mut bytes = Vec::new();
    for layer in network {
        let outputs = layer.biases.len();
        let mut scales = vec![f32::MIN_POSITIVE; outputs];
        for weights in layer.weights.chunks(outputs) {
            for (scale, weight) in scales.iter_mut().zip(weights) {
                *scale = scale.max(weight.abs() / 127.0);
            }
        }
        bytes.extend(
            layer
                .biases
                .iter()
                .chain(&scales)
                .flat_map(|number| number.to_le_bytes()),
        );
        for weights in layer.weights.chunks(outputs) {
            bytes.extend(
                weights
                    .iter()
                    .zip(&scales)
                    .map(|(weight, scale)| (weight / scale).round() as i8 as u8),
            );
        }
    }
    bytes
}
