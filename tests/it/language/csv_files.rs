//! CSV files in the dialects planners export.

use super::support::{FLOOR, Folder, floor, message_with_csv};
use callwright::scenario::{Arrivals, Loaded};

const VOLUME: &str = "{ per_interval = [10, 20, 30, 40] }";

fn load(volume: &str, csv: &str) -> Loaded {
    load_with("", volume, csv)
}

fn load_with(header: &str, volume: &str, csv: &str) -> Loaded {
    let text = format!("{header}\n{}", floor(VOLUME, volume));
    Folder::new().with("floor.toml", &text).with("v.csv", csv).load("floor.toml", &[]).unwrap_or_else(|e| panic!("{e}"))
}

#[track_caller]
fn reads(volume: &str, csv: &str) {
    let loaded = load(volume, csv);
    assert_eq!(loaded.scenario.queues[0].volume, [10.0, 20.5, 30.0, 40.0]);
    assert_eq!(loaded.warnings, []);
}

#[test]
fn separators_signs_quotes_and_marks() {
    let plain = "{ csv = \"v.csv\" }";
    reads(plain, "start,orders\n08:00,10\n08:30,20.5\n09:00,30\n09:30,40\n");
    reads(plain, "start;orders\r\n08:00;10\r\n08:30;20,5\r\n09:00;30\r\n09:30;40\r\n");
    reads(plain, "\u{feff}start\torders\n8:00\t10\n8:30\t20.5\n9:00\t30\n9:30\t40\n");
    reads(plain, "\"start\",\"orders\"\n\"08:00\",\"10\"\n\"08:30\",\"20,5\"\n\"09:00\",\"30\"\n\"09:30\",\"40\"\n");
    reads(plain, "sep=;\nstart;orders\n08:00;10\n08:30;20,5\n09:00;30\n09:30;40\n;;\n");
    reads(plain, "Start , ORDERS\n08:00:00 , 10\n08:30:00 , 20.5\n09:00:00 , 30\n09:30:00 , 40");
    reads(plain, "start,orders\n8:00 AM,10\n8:30 am,20.5\n9:00 AM,30\n9:30 AM,40\n");
    reads(plain, "start,orders\n08:00-08:30,10\n08:30-09:00,20.5\n09:00-09:30,30\n09:30-10:00,40\n");
    // Rows need no order, and the only queue column needs no name.
    reads("{ csv = \"v.csv\", column = \"n\" }", "n,interval\n40,3\n20.5,1\n30,2\n10,0\n");
}

#[test]
fn thousands() {
    let big = load("{ csv = \"v.csv\", decimal = \".\" }", "start;orders\n08:00;1,804\n08:30;2\n09:00;3\n09:30;4\n");
    assert_eq!(big.scenario.queues[0].volume[0], 1804.0);
    let small = load("{ csv = \"v.csv\", decimal = \",\" }", "start;orders\n08:00;1,804\n08:30;2\n09:00;3\n09:30;4\n");
    assert_eq!(small.scenario.queues[0].volume[0], 1.804);
    let seen = load("{ csv = \"v.csv\" }", "start;orders\n08:00;1.804,0\n08:30;2\n09:00;3\n09:30;4\n");
    assert_eq!(seen.scenario.queues[0].volume[0], 1804.0);
}

#[test]
fn long_files() {
    let csv =
        "queue,start,n\nAccounts,08:00,10\nSales,08:00,1\nAccounts,08:30,20.5\nAccounts,09:00,30\nAccounts,09:30,40\n";
    reads("{ csv = \"v.csv\", column = \"n\", where = { queue = \"Accounts\" } }", csv);
    let csv = "site,queue,start,n\n1,Accounts,08:00,10\n2,Accounts,08:00,1\n1,Accounts,08:30,20.5\n1,Accounts,09:00,30\n1,Accounts,09:30,40\n";
    reads("{ csv = \"v.csv\", column = \"n\", where = { queue = \"Accounts\", site = 1 } }", csv);
}

#[test]
fn dates() {
    let header = "first_day = 2026-03-02";
    let dated = |volume: &str, csv: &str| {
        let loaded = load_with(header, volume, csv);
        assert_eq!(loaded.scenario.queues[0].volume, [10.0, 20.0, 30.0, 40.0], "{csv}");
    };
    dated(
        "{ csv = \"v.csv\", time = \"interval_start\" }",
        "interval_start,orders\n2026-03-02 08:00,10\n2026-03-02 08:30,20\n2026-03-02T09:00,30\n2026-03-02T09:30:00,40\n",
    );
    dated(
        "{ csv = \"v.csv\", time = \"at\" }",
        "at,orders\n2026-03-02T08:00:00Z,10\n2026-03-02T09:30:00+01:00,20\n2026-03-02T09:00:00Z,30\n2026-03-02T09:30:00Z,40\n",
    );
    dated(
        "{ csv = \"v.csv\", time = [\"date\", \"interval\"] }",
        "date,interval,orders\n2026-03-02,0,10\n2026-03-02,1,20\n2026-03-02,2,30\n2026-03-02,3,40\n",
    );
    dated(
        "{ csv = \"v.csv\", dates = \"day/month/year\" }",
        "date;start;orders\n02/03/2026;08:00;10\n2/3/26;08:30;20\n02.03.2026;09:00;30\n2026-03-02;09:30;40\n",
    );
    dated(
        "{ csv = \"v.csv\", time = \"t\", dates = \"month/day/year\" }",
        "t,orders\n3/2/2026 8:00 AM,10\n3/2/2026 8:30 AM,20\n3/2/2026 9:00 AM,30\n3/2/2026 9:30 AM,40\n",
    );
    dated("{ csv = \"v.csv\" }", "weekday,start,orders\nMonday,08:00,10\nmon,08:30,20\nMon,09:00,30\nmon,09:30,40\n");
}

#[test]
fn rows_of_other_days_are_ignored_and_counted() {
    let csv = "date,start,orders\n2026-03-01,08:00,7\n2026-03-02,08:00,10\n2026-03-02,08:30,20\n2026-03-02,09:00,30\n2026-03-02,09:30,40\n2026-03-03,08:00,5\n";
    let loaded = load_with("first_day = 2026-03-02", "{ csv = \"v.csv\" }", csv);
    assert_eq!(loaded.scenario.queues[0].volume, [10.0, 20.0, 30.0, 40.0]);
    assert_eq!(loaded.warnings.len(), 1);
    assert_eq!(loaded.warnings[0].message, "2 rows of v.csv are outside the simulated days and ignored (12 contacts)");
}

#[test]
fn an_opening_over_midnight_reads_calendar_dates_and_its_own_weekday() {
    let night = |volume: &str, csv: &str| {
        let text = floor(VOLUME, volume).replace("\"08:00-10:00\"", "\"23:00-01:00\"\nfirst_day = 2026-03-02");
        Folder::new()
            .with("floor.toml", &text)
            .with("v.csv", csv)
            .load("floor.toml", &[])
            .unwrap_or_else(|e| panic!("{e}"))
            .scenario
            .queues[0]
            .volume
            .clone()
    };
    let dated = "date,start,orders\n2026-03-02,23:00,1\n2026-03-02,23:30,2\n2026-03-03,00:00,3\n2026-03-03,00:30,4\n";
    assert_eq!(night("{ csv = \"v.csv\" }", dated), [1.0, 2.0, 3.0, 4.0]);
    let weekdays = "weekday,start,orders\nmon,23:00,1\nmon,23:30,2\nmon,00:00,3\nmon,00:30,4\n";
    assert_eq!(night("{ csv = \"v.csv\" }", weekdays), [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn the_hour_that_comes_twice_may_have_one_row_or_two() {
    let text = floor(VOLUME, "{ csv = \"v.csv\" }")
        .replace("\"08:00-10:00\"", "\"01:00-04:00\"\nfirst_day = 2026-10-25\ntimezone = \"Europe/Paris\"")
        .replace("\"30m\"", "\"1h\"");
    let volume = |rows: &str| {
        let csv = format!("date,start,orders\n2026-10-25,01:00,1\n{rows}2026-10-25,03:00,9\n");
        Folder::new()
            .with("floor.toml", &text)
            .with("v.csv", &csv)
            .load("floor.toml", &[])
            .unwrap_or_else(|e| panic!("{e}"))
            .scenario
            .queues[0]
            .volume
            .clone()
    };
    assert_eq!(volume("2026-10-25,02:00,5\n"), [1.0, 5.0, 5.0, 9.0]);
    assert_eq!(volume("2026-10-25,02:00,5\n2026-10-25,02:00,6\n"), [1.0, 5.0, 6.0, 9.0]);
}

#[test]
fn call_logs() {
    let text = floor(VOLUME, "{ csv = \"v.csv\", time = \"arrived\", where = { queue = \"A\" } }")
        .replace("talk =", "arrivals = \"trace\"\ntalk =");
    let text = format!("first_day = 2026-03-02\n{text}");
    let csv =
        "arrived,queue\n2026-03-02 09:59:59.5,A\n2026-03-02 08:00:12,A\n2026-03-02 08:00:13,B\n2026-03-04 03:00,A\n";
    let loaded = Folder::new()
        .with("floor.toml", &text)
        .with("v.csv", csv)
        .load("floor.toml", &[])
        .unwrap_or_else(|e| panic!("{e}"));
    let queue = &loaded.scenario.queues[0];
    let Arrivals::Trace(instants) = &queue.arrivals else { panic!() };
    assert_eq!(**instants, vec![28_812.0, 35_999.5]);
    assert_eq!(queue.volume, [1.0, 0.0, 0.0, 1.0]);
    assert_eq!(loaded.warnings[0].message, "1 rows of v.csv are outside the simulated days and ignored");
    // Seconds after midnight, for logs of a single day.
    let text =
        floor(VOLUME, "{ csv = \"v.csv\", time = \"arrival_s\" }").replace("talk =", "arrivals = \"trace\"\ntalk =");
    let loaded = Folder::new()
        .with("floor.toml", &text)
        .with("v.csv", "arrival_s\n28800\n30000.25\n")
        .load("floor.toml", &[])
        .unwrap();
    assert_eq!(loaded.scenario.queues[0].arrivals, Arrivals::Trace(std::sync::Arc::new(vec![28_800.0, 30_000.25])));
}

#[test]
fn files_that_are_no_text_or_too_odd_are_refused() {
    let folder = Folder::new().with("floor.toml", &floor(VOLUME, "{ csv = \"v.csv\" }"));
    std::fs::write(folder.path("v.csv"), b"start,orders\n08:00,caf\xe9\n").unwrap();
    assert!(folder.message("floor.toml", &[]).contains("line 2 is not UTF-8 text; save the file as \"CSV UTF-8\""));
    let twice = message_with_csv(&floor(VOLUME, "{ csv = \"v.csv\" }"), "start,orders,orders\n08:00,1,2\n");
    assert!(twice.contains("v.csv has 2 columns named `orders`; rename all but one"), "{twice}");
    let folder = Folder::new().with("floor.toml", &floor(VOLUME, "{ csv = \".\" }")).with("x", FLOOR);
    assert!(folder.message("floor.toml", &[]).contains("cannot read \".\""));
}
