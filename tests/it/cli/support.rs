//! The real binary, in an empty folder that goes away with the test.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A small floor that is all right.
pub const FLOOR: &str = r#"interval = "30m"
open = "08:00-10:00"

[queue.orders]
volume = { per_interval = [10, 20, 30, 40] }
talk = "4m"
patience = "3m"
goal = { service_level = "80/20" }

[team.tier1]
agents = 10
skills = { orders = 1 }
"#;

/// Path of the binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_callwright");

/// A shipped scenario.
pub fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

/// A folder with [`FLOOR`] in `floor.toml`.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self::with("floor.toml", FLOOR)
    }

    pub fn with(name: &str, text: &str) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::write(desk.path(name), text).unwrap();
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Names of all files and folders in a folder, hidden ones too, in order.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(BINARY);
        command.current_dir(self.0.path()).args(args);
        command
    }

    /// Runs and returns (exit code, standard output, standard error).
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.command(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        (output.status.code().expect("it ends by itself"), text(output.stdout), text(output.stderr))
    }

    /// Runs; all must go well.
    #[track_caller]
    pub fn good(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
        out
    }

    /// Runs; it must be refused: exit code 2, nothing on standard output. Returns the message.
    #[track_caller]
    pub fn bad(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}\n{err}");
        assert!(!err.contains("panicked") && !err.contains('\x1b'), "{err}");
        err
    }
}
