//! The scenarios that come with callwright.

use callwright::scenario::{Request, load};
use std::path::Path;

#[test]
fn shipped_scenarios_load_without_warnings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "toml") {
            let loaded = load(&Request::file(&path)).unwrap_or_else(|e| panic!("{}\n{e}", path.display()));
            assert_eq!(loaded.warnings, [], "{}", path.display());
        }
    }
}
