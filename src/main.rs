//! The `prikaz` command: the only place that prints.

#![expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "the binary speaks"
)]

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
