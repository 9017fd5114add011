//! `callwright erlang` through the real binary: screens, files, published figures, refusals.

mod figures;
mod files;
mod refused;
mod screens;
mod volumes;

use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// The arguments, split at spaces; `~` stands for a space inside one.
fn run(arguments: &str) -> Output {
    let arguments = arguments.split_whitespace().map(|a| a.replace('~', " "));
    Command::cargo_bin("callwright").expect("built").arg("erlang").args(arguments).output().expect("runs")
}

/// Standard output of a call that succeeds and says nothing else.
fn screen(arguments: &str) -> String {
    let output = run(arguments);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && errors.is_empty(), "{arguments}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

fn json(arguments: &str) -> Value {
    serde_json::from_str(&screen(&format!("{arguments} --json"))).expect("JSON")
}

/// Standard error of a call that is refused with exit code 2 and prints nothing.
fn refusal(arguments: &str) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments}");
    assert!(output.stdout.is_empty(), "{arguments}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("text")
}
