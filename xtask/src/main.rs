//! The tasks of the project.

mod assets;

fn main() -> std::process::ExitCode {
    match assets::run(std::env::args().skip(2)) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            std::process::ExitCode::FAILURE
        }
    }
}
