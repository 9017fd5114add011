//! A folder of scenario files that goes away with the test.

use callwright::scenario::{Loaded, Request, Severity, load, render_all};
use callwright::{Error, scenario::Scenario};
use std::path::PathBuf;

/// A small floor that is all right; tests change one thing of it.
pub const FLOOR: &str = r#"
interval = "30m"
open = "08:00-10:00"

[queue.orders]
volume = { per_interval = [10, 20, 30, 40] }
talk = "4m"
patience = "3m"

[team.tier1]
agents = 5
skills = { orders = 1 }
"#;

pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn with(self, name: &str, text: &str) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn load(&self, name: &str, sets: &[&str]) -> Result<Loaded, Error> {
        load(&Request {
            path: self.path(name),
            sets: sets.iter().map(|s| s.to_string()).collect(),
            ..Request::default()
        })
    }

    /// The message, with the folder's name taken out.
    pub fn message(&self, name: &str, sets: &[&str]) -> String {
        let error = self.load(name, sets).expect_err("this scenario is wrong");
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

/// Loads a text.
pub fn read(text: &str) -> Loaded {
    read_set(text, &[])
}

pub fn read_set(text: &str, sets: &[&str]) -> Loaded {
    Folder::new().with("floor.toml", text).load("floor.toml", sets).unwrap_or_else(|e| panic!("{e}\nin\n{text}"))
}

pub fn scenario(text: &str) -> Scenario {
    read(text).scenario
}

/// The rendered problems of a text.
pub fn message(text: &str) -> String {
    Folder::new().with("floor.toml", text).message("floor.toml", &[])
}

/// [`FLOOR`] with some text replaced.
pub fn floor(from: &str, to: &str) -> String {
    assert!(FLOOR.contains(from), "{from}");
    FLOOR.replacen(from, to, 1)
}

/// Asserts a rendered message, line by line, without trailing spaces.
#[track_caller]
pub fn assert_message(actual: &str, expected: &str) {
    let plain = |t: &str| t.trim().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert!(plain(actual) == plain(expected), "the message is\n{actual}\nand should be\n{expected}");
}

/// The problems of a floor whose CSV file `v.csv` has this content.
pub fn message_with_csv(text: &str, csv: &str) -> String {
    Folder::new().with("floor.toml", text).with("v.csv", csv).message("floor.toml", &[])
}

/// The problems of [`FLOOR`] with `--set` arguments.
pub fn message_set(sets: &[&str]) -> String {
    Folder::new().with("floor.toml", FLOOR).message("floor.toml", sets)
}

/// The rendered warnings of a text.
pub fn warning(text: &str) -> String {
    let folder = Folder::new().with("floor.toml", text);
    let loaded = folder.load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}"));
    let text = render_all(&loaded.warnings, Severity::Warning, &loaded.sources);
    text.replace(&format!("{}/", folder.0.path().display()), "")
}

/// A floor of two queues, with lines at the end of the first, of the second and of the file.
pub fn two(orders: &str, vip: &str, end: &str) -> String {
    format!(
        r#"
interval = "30m"
open = "08:00-10:00"

[queue.orders]
volume = {{ per_hour = 60 }}
talk = "4m"
{orders}

[queue.vip]
volume = {{ per_hour = 10 }}
talk = "4m"
{vip}

[team.tier1]
agents = 5
skills = {{ orders = 1, vip = 1 }}
{end}
"#
    )
}
