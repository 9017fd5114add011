//! Files that are missing, the starter, the schema and the reference page.

use super::support::{FLOOR, Folder, assert_message};
use callwright::scenario::{Request, load, reference_markdown, schema, starter, write_starter};
use std::path::Path;

#[test]
fn a_missing_file_names_the_nearest() {
    let folder = Folder::new().with("helpdesk.toml", FLOOR);
    assert_message(
        &folder.message("helpdsk.toml", &[]),
        "cannot read helpdsk.toml: No such file or directory (os error 2)\n  help: did you mean helpdesk.toml?\n  help: a \
         new scenario to start from: callwright init helpdsk.toml",
    );
    assert_message(
        &folder.message("helpdesk", &[]),
        "cannot read helpdesk: No such file or directory (os error 2)\n  help: did you mean helpdesk.toml?",
    );
    assert!(folder.message("", &[]).contains("it is a folder\n  help: name the scenario file in it"));
    std::fs::write(folder.path("latin.toml"), b"name = \"caf\xe9\"").unwrap();
    assert_message(
        &folder.message("latin.toml", &[]),
        "cannot read latin.toml: it is not UTF-8 text\n  help: save it as UTF-8",
    );
}

#[test]
fn a_byte_order_mark_is_no_content() {
    let folder = Folder::new().with("floor.toml", &format!("\u{feff}{FLOOR}"));
    assert!(folder.load("floor.toml", &[]).is_ok());
}

#[test]
fn the_starter_loads_and_never_overwrites() {
    let folder = Folder::new();
    let path = folder.path("my floor.toml");
    let written = write_starter(&path).unwrap();
    assert_eq!(written[1], folder.path("my floor-volumes.csv"));
    let loaded = load(&Request::file(&path)).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(loaded.warnings, []);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), starter("my floor").scenario);
    assert!(write_starter(&path).unwrap_err().to_string().contains("for another one: callwright init "));
    // Half of it in the way: nothing is written.
    std::fs::remove_file(&written[1]).unwrap();
    assert!(write_starter(&path).is_err());
    assert!(!written[1].exists());
    assert!(
        write_starter(&folder.path("nowhere/floor.toml")).unwrap_err().to_string().contains("create the folder first")
    );
}

#[test]
fn the_reference_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md");
    let page = reference_markdown();
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/reference.md is out of date; write it with UPDATE_REFERENCE=1 cargo test --test it reference_page"
    );
}

#[test]
fn the_schema_knows_every_key_and_what_must_be_there() {
    let schema = schema();
    let queue = &schema["properties"]["queue"]["additionalProperties"];
    assert_eq!(schema["required"], serde_json::json!(["interval", "open", "queue", "team"]));
    // Whether a queue must have a volume and a patience depends on its channel: only loading can tell.
    assert_eq!(queue["required"], serde_json::Value::Null);
    assert_eq!(queue["additionalProperties"], false);
    assert_eq!(queue["properties"]["priority"]["default"], 1);
    assert_eq!(queue["properties"]["channel"]["enum"], serde_json::json!(["voice", "chat", "email", "social"]));
    assert_eq!(queue["properties"]["preempt"]["type"], "boolean");
    assert_eq!(
        queue["properties"]["callers"]["properties"]["redial"]["required"],
        serde_json::json!(["probability", "after"])
    );
    let effects = &schema["properties"]["effects"]["properties"];
    assert_eq!(effects["efficiency_time"]["default"], 0.18);
    assert_eq!(effects["fatigue_after"]["default"], "4h");
    assert_eq!(effects.as_object().unwrap().len(), callwright::people::Effects::TABLE.len() + 4);
    assert_eq!(queue["properties"]["callers"]["properties"]["mood"]["properties"]["irate"]["default"], "0%");
    let exclusive = serde_json::json!({ "not": { "required": ["agents", "scheduled"] } });
    assert!(schema["properties"]["team"]["additionalProperties"]["allOf"].as_array().unwrap().contains(&exclusive));
    assert_eq!(schema["properties"]["queue"]["additionalProperties"]["properties"]["aht"]["examples"][0], "4m48s");
}
