//! The `prikaz` command.
fn main() {}
