//! The `prikaz` command: the only place that prints.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the binary speaks"
)]

mod cli;

/// A record is a few hundred short strings and lists: the system's allocator takes a seventh of the time of parsing.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::run()
}
