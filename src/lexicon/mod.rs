//! What the program knows of the language and of the law: morphology, words, bodies, known acts.
//!
//! In: data files in this folder, each with its form described at its head. Out: look-ups.
//! Must never: know of a particular document.

pub mod bodies;
pub mod findings;
pub mod fold;
pub mod given_names;
pub mod identity;
pub mod morphology;
pub mod phrase;
pub mod register;
mod remembered;
pub mod stems;
pub mod surnames;
pub mod words;
