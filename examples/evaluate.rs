//! Answers cases from standard input, one JSON line each, in order.
//!
//! ```sh
//! cargo run --release --no-default-features --example evaluate < cases.jsonl
//! ```
//!
//! A line that is no case is answered with its error, the rest goes on, and the exit status is 1. With `--trace` each
//! answer carries the whole trace.

use std::io::{self, BufRead, BufWriter, Write};
use std::process::ExitCode;

use iam_playground::case;

fn main() -> io::Result<ExitCode> {
    let with_trace = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--trace") => true,
        Some(other) => {
            eprintln!("`{other}` is not known: the one option is --trace; cases come from standard input");
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut status = ExitCode::SUCCESS;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answered = match with_trace {
            true => case::answer_line_with_trace(&line),
            false => case::answer_line(&line),
        };
        let text = answered.unwrap_or_else(|error_line| {
            status = ExitCode::from(1);
            error_line
        });
        writeln!(out, "{text}")?;
    }
    out.flush()?;
    Ok(status)
}
