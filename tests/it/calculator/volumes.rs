//! `--from`: one requirement per row, in the dialects of planners.

use std::fs;

use super::{json, refusal, screen};

/// The path of a file with this content, in a folder that lives as long as the second.
fn file(content: &str) -> (String, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("volumes.csv");
    fs::write(&path, content).expect("written");
    (path.display().to_string(), folder)
}

const SEMICOLONS: &str =
    "\u{feff}Datum;Start;Calls;AHT_s\r\n2.3.;08:00;120,5;287,5\r\n2.3.;08:30;\"240\";300,0\r\n2.3.;09:00;0;300,0\r\n";

#[test]
fn semicolons_and_decimal_commas_are_read() {
    let (path, _folder) = file(SEMICOLONS);
    let answer = json(&format!("a --from {path} --per 30m --patience 3m --goal 80/20 --shrinkage 30%"));
    let rows = answer["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(
        (&rows[0]["label"], &rows[0]["calls"], &rows[0]["aht_s"]),
        (&"08:00".into(), &120.5.into(), &287.5.into())
    );
    assert_eq!((&rows[1]["required"]["agents"], &rows[1]["required"]["scheduled"]), (&43.into(), &62.into()));
    assert_eq!((&rows[2]["required"]["agents"], &rows[2]["state"]), (&0.into(), &"no calls".into()));
    let one = json("a --calls 120.5 --per 30m --aht 287.5s --patience 3m --goal 80/20 --shrinkage 30%");
    assert_eq!(rows[0]["required"], one["required"]);
}

#[test]
fn the_rows_as_a_table() {
    let (path, _folder) = file(SEMICOLONS);
    let shown = screen(&format!("a --from {path} --per 30m --patience 3m --goal 80/20 --shrinkage 30%"));
    let expected = "\
ANSWER   3 rows: 0 to 43 agents on the phone, together 32.5 h = 47.0 h paid.

row    calls      AHT  patience  erlangs  agents  paid      SL    ASA  abandon  occupancy  decides
08:00  120.5  4m47.5s        3m    19.25      22    32  82.8 %  7.3 s    4.5 %     83.5 %  SL
08:30    240       5m        3m       40      43    62  83.5 %  6.5 s    3.9 %     89.4 %  SL
09:00      0       5m        3m        0       0     0                                     no calls
";
    assert!(shown.starts_with(expected), "{shown}");
}

#[test]
fn the_rows_as_csv() {
    let (path, _folder) = file("label,calls,aht,patience\nmorning,120,300s,2m\nnoon,\"1,240.5\",4m47.5s,180s\n");
    let text = screen(&format!("a --from {path} --per 30m --goal 80/20 --csv"));
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "label,calls,aht_s,patience_s,load_erlangs,agents,scheduled,binding,service_level,asa_s,p_wait,abandon_rate,blocked_rate,occupancy"
        )
    );
    assert!(lines.next().is_some_and(|line| line.starts_with("morning,120,300,120,20,")));
    assert!(lines.next().is_some_and(|line| line.starts_with("noon,1240.5,287.5,180,198.")));
    assert_eq!(lines.next(), None);
}

#[test]
fn lines_for_each_row() {
    let (path, _folder) = file("calls\n240\n10\n");
    let answer = json(&format!("b --from {path} --per 30m --aht 300s --blocking 1%"));
    assert_eq!((&answer["rows"][0]["label"], &answer["rows"][0]["required"]["lines"]), (&"line 2".into(), &53.into()));
}

#[test]
fn problems_of_the_file_name_row_and_column() {
    for (content, flags, words) in [
        (
            "calls;aht_s\n12;300\nmany;300\n-3;0\n",
            "",
            &[
                "line 3, column `calls`: `many` is not a number",
                "line 4, column `calls`: `-3` is negative",
                "line 4, column `aht_s`: must be more than zero",
                "volumes.csv:3:1",
            ] as &[_],
        ),
        (
            "calls,aht\n12,300\n",
            "",
            &["line 2, column `aht`: `300`: a time needs a unit; write \"300s\" or \"5m\"", "name it `aht_s`"],
        ),
        ("volume\n12\n", "--aht 300s", &["no column `calls`; it has `volume`"]),
        ("calls\n12\n", "", &["no column `aht`", "or the flag --aht"]),
        ("calls,aht\n12,5m\n", "--aht 300s", &["both the file and --aht state it"]),
        ("calls\n\"1,804\"\n", "--aht 300s", &["can be read as 1804 or 1.804"]),
        ("calls,x\n,1\n", "--aht 300s", &["the cell is empty"]),
        ("calls\n", "--aht 300s", &["no rows"]),
        ("calls\n12\n", "--aht 300s --calls 3", &["--calls 3 and --from exclude each other"]),
        ("calls\n12\n", "--aht 300s --agents 3", &["--agents 3 and --from exclude each other"]),
        ("calls\n12\n", "--aht 300s --plot a.svg", &["leave one of them out"]),
    ] {
        let (path, _folder) = file(content);
        let said = refusal(&format!("c --from {path} --per 30m --goal 80/20 {flags}"));
        for words in words {
            assert!(said.contains(words), "{words} in {said}");
        }
    }
    let (path, _folder) = file("calls\n0\n12\n");
    let said = refusal(&format!("c --from {path} --per 30m --aht 300s --asa 0s"));
    assert!(said.contains("volumes.csv, line 3: ASA at most 0 s: no staffing meets this goal because"), "{said}");
    assert!(refusal("c --from nowhere.csv --per 30m --aht 300s --goal 80/20").contains("cannot read nowhere.csv"));
}
