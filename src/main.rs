//! The `roundsman` command.
fn main() -> std::process::ExitCode {
    roundsman::cli::run()
}
