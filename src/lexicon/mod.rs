//! What the program knows of the language and of the law: morphology, acts, bodies, months.
//!
//! In: data files in this folder, each with its form described at its head. Out: look-ups.
//! Must never: know of a particular document.

pub mod morphology;
pub mod words;
