//! ledger: what past months come to, from case folders and folders of solve.

use super::past_months::{HEADER, month};
use super::support::{Desk, Ended};
use serde_json::Value;

/// Folders `out-MM` with a rota each.
fn year(desk: &Desk, months: std::ops::RangeInclusive<u32>) -> String {
    let mut words = String::new();
    for m in months {
        std::fs::create_dir(desk.path(&format!("out-{m:02}"))).expect("a folder");
        desk.put(&format!("out-{m:02}/rota.csv"), &month(m));
        words += &format!(" out-{m:02}");
    }
    words
}

fn json(ended: &Ended) -> Value {
    serde_json::from_str(&ended.out).unwrap_or_else(|e| panic!("{e}: {}{}", ended.out, ended.err))
}

fn fits(text: &str) -> bool {
    text.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 80)
}

#[test]
fn a_year_of_result_folders_is_added_up() {
    let desk = Desk::new();
    let folders = year(&desk, 1..=12);
    let ended = desk.run(&format!("ledger{folders} --format text"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(fits(&ended.out), "{}", ended.out);
    // 2026 has 52 Saturdays and 261 Mondays to Fridays: 313 days of 8 hours, 52 weekends, all statutory days but Sunday 5 April.
    let line = ended.out.lines().find(|l| l.starts_with("007 张伟")).expect("a line");
    let cells: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(cells[2..6], ["313", "52", "12", "2504.00"], "{line}");
    assert!(ended.out.contains("most 52 (007), least 0 (E2): 52 apart"), "{}", ended.out);
    assert!(
        ended.out.contains("Name the case folder too") && ended.out.contains("  2026-12"),
        "{}",
        ended.out
    );
    let all = json(&desk.run(&format!("ledger{folders} --format json")));
    let total = &all["people"][0]["total"];
    assert_eq!((total["late_shifts"].as_i64(), total["days_worked"].as_i64()), (Some(313), Some(313)));
    // 3 October is a Saturday and statutory, 2 May too: 50 Saturdays are of a class that no file tells.
    assert_eq!(
        (total["ot_300_minutes"].as_i64(), total["ot_unknown_minutes"].as_i64()),
        (Some(960), Some(24_000))
    );
    assert_eq!(all["people"][0]["months"].as_array().map(Vec::len), Some(12));
    assert_eq!((all["rules_of"].as_str(), total["headroom_minutes"].as_i64()), (None, None));
}

#[test]
fn with_a_case_the_classes_are_counted_by_its_rules() {
    let desk = Desk::new();
    let folders = year(&desk, 6..=6);
    desk.replace("case/rules.csv", "fair_hours,,5,,\n", "fair_hours,,5,,\novertime_cap_month,,36,hard,\n");
    let ended = desk.run(&format!("ledger case{folders} --format json"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    let all = json(&ended);
    let total = &all["people"][0]["total"];
    // The 19th (Friday) is statutory: 8 h at 300 %. Saturdays 6, 13, 20, 27 at 200 %; 36 − 40 h leaves −4 h.
    let minutes = |key: &str| total[key].as_i64();
    assert_eq!((minutes("ot_200_minutes"), minutes("ot_300_minutes")), (Some(4 * 480), Some(480)));
    assert_eq!((minutes("ot_unknown_minutes"), minutes("headroom_minutes")), (Some(0), Some(-240)));
    // The rows say nothing of the statutory day: of both people.
    assert_eq!((all["differing_days"].as_i64(), all["rules_of"].as_str()), (Some(2), Some("case")));
    assert_eq!(all["groups"][0]["shares"]["late_shifts"]["most_ids"][0].as_str(), Some("007"));
}

#[test]
fn a_history_that_holds_a_year_is_the_same_as_its_months() {
    let desk = Desk::new();
    let folders = year(&desk, 1..=10);
    let rows = (1..=10).map(|m| month(m)[HEADER.len()..].to_owned());
    desk.put("case/history.csv", &(HEADER.to_owned() + &rows.collect::<String>()));
    let by_history = json(&desk.run("ledger case --format json"));
    let by_folders = json(&desk.run(&format!("ledger case{folders} --format json")));
    assert_eq!(by_history["people"], by_folders["people"]);
    assert_eq!(by_history["people"][0]["months"].as_array().map(Vec::len), Some(10));
    let march = json(&desk.run("ledger case --format json --month 2026-03"));
    assert_eq!(march["people"][0]["months"].as_array().map(Vec::len), Some(1));
    assert_eq!(march["people"][0]["total"], by_history["people"][0]["months"][2]);
    // The same year in solve and in check: both count it alike, or solve would end with 70.
    desk.solve("-o out");
    assert_eq!(desk.run("check case out").code, 0);
}

#[test]
fn what_solve_has_written_comes_to_what_its_hours_say() {
    let desk = Desk::new();
    desk.put(
        "case/staff.csv",
        "id,name,team,skills,wage,monthly_wage\n007,张伟,A,voice,25.50,\nE2,\"=Li, Na\",A,voice,,6000\nE3,王芳,A,voice,,\n",
    );
    desk.solve("-o out");
    let mut reader = csv::Reader::from_path(desk.path("out/hours.csv")).expect("hours");
    let header = reader.headers().expect("a header").clone();
    let at =
        |name: &str| header.iter().position(|h| h == name).unwrap_or_else(|| panic!("{name}: {header:?}"));
    let hours: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let in_minutes = |cell: &str| (cell.parse::<f64>().expect("hours") * 60.0).round() as i64;
    for words in ["ledger case out", "ledger out"] {
        let all = json(&desk.run(&format!("{words} --format json")));
        for (row, person) in hours.iter().zip(all["people"].as_array().expect("people")) {
            let total = &person["total"];
            assert_eq!(row[at("late_shifts")], total["late_shifts"].to_string(), "{words}");
            assert_eq!(row[at("weekends")], total["weekends"].to_string(), "{words}");
            for (column, key) in [
                ("paid_hours", "paid_minutes"),
                ("ot_150_hours", "ot_150_minutes"),
                ("ot_200_hours", "ot_200_minutes"),
                ("ot_300_hours", "ot_300_minutes"),
            ] {
                assert_eq!(Some(in_minutes(&row[at(column)])), total[key].as_i64(), "{words} {column}");
            }
        }
        assert_eq!(all["differing_days"].as_i64(), Some(0), "{words}");
    }
    // Money: 25.50 an hour; 6000 ÷ 174 h; nothing. The team's sum is that of the column.
    let cents = |cell: &str| cell.replace('.', "").parse::<i64>().unwrap_or(0);
    let normal = in_minutes(&hours[0][at("normal_hours")]);
    assert_eq!(cents(&hours[0][at("normal_pay")]), (normal * 2550 * 2 + 60) / 120);
    let normal = in_minutes(&hours[1][at("normal_hours")]);
    assert_eq!(cents(&hours[1][at("normal_pay")]), (normal * 600_000 * 2 + 10_440) / 20_880);
    assert_eq!(&hours[2][at("total_pay")], "");
    let summary: Value = serde_json::from_str(&desk.text("out/summary.json")).expect("JSON");
    let sum: i64 = hours.iter().map(|row| cents(&row[at("total_pay")])).sum();
    assert_eq!(
        (summary["pay"]["total_cents"].as_i64(), summary["pay"]["people"].as_i64()),
        (Some(sum), Some(2))
    );
    // The same in Chinese, read back.
    desk.solve("-o chinese --lang zh");
    let all = json(&desk.run("ledger chinese --format json"));
    assert_eq!(all["people"].as_array().map(Vec::len), Some(3));
    assert_eq!(all["untold_days"].as_i64(), Some(0));
}

#[test]
fn the_ledger_speaks_chinese_and_writes_a_table() {
    let desk = Desk::new();
    let folders = year(&desk, 5..=6);
    let ended = desk.run(&format!("ledger case{folders} --lang zh -o ledger.csv"));
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(fits(&ended.out) && ended.out.contains("台账 2026-05-01 至 2026-06-30：2 人"), "{}", ended.out);
    assert!(
        ended.out.contains("晚班") && ended.out.contains("相差") && ended.out.contains("按月"),
        "{}",
        ended.out
    );
    let table = desk.text("ledger.csv");
    assert!(table.starts_with("\u{feff}工号,姓名,班组,合同,月份,出勤天数"), "{table}");
    // Two people with two months and a sum each.
    assert_eq!((table.lines().count(), table.matches(",合计,").count()), (7, 2));
    assert!(table.contains("007,张伟,A,,2026-06,26,0,208.00,0.00,32.00,8.00,,40.00,"), "{table}");
    assert_eq!(desk.run(&format!("ledger case{folders} -o ledger.csv")).code, 2, "it is not written over");
    assert_eq!(desk.run(&format!("ledger case{folders} -o ledger.csv --force")).code, 0);
}

#[test]
fn of_a_day_in_several_places_the_last_one_counts() {
    let desk = Desk::new();
    desk.put("plan.csv", &format!("{HEADER}2026-06-01,007,张伟,A,L,late,14:00-22:00,480,0\n"));
    desk.put("done.csv", &format!("{HEADER}2026-06-01,007,张伟,A,OFF,,,0,0\n"));
    for (words, worked) in [("plan.csv done.csv", 0), ("done.csv plan.csv", 1)] {
        let ended = desk.run(&format!("ledger {words} --format json"));
        let all = json(&ended);
        assert_eq!(all["people"][0]["total"]["days_worked"].as_i64(), Some(worked), "{words}");
        assert_eq!(all["diagnostics"][0]["code"].as_str(), Some("P402"), "{words}");
    }
    let same = json(&desk.run("ledger plan.csv plan.csv --format json"));
    assert_eq!(same["diagnostics"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_cannot_be_read_ends_with_2_and_names_its_place() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    std::fs::create_dir(desk.path("broken")).expect("a folder");
    desk.put("broken/rota.csv", "date,id,shift,times,paid_minutes\n2026-06-31,007,E,08:00-16:00,480\n");
    for (words, code, place) in [
        ("nowhere", "P001", "nowhere"),
        ("empty", "P002", "empty"),
        ("case", "P107", "case"),
        ("broken", "P111", "broken/rota.csv:2"),
        ("case broken", "P111", "broken/rota.csv:2"),
    ] {
        let ended = desk.run(&format!("ledger {words}"));
        assert_eq!(ended.code, 2, "{words}: {}", ended.out);
        assert!(ended.err.contains(code) && ended.err.contains(place), "{words}: {}", ended.err);
        assert!(ended.out.is_empty(), "{words}");
    }
    let folders = year(&desk, 6..=6);
    let ended = desk.run(&format!("ledger{folders} --month 2026-09"));
    assert!(ended.code == 2 && ended.err.contains("P405"), "{}", ended.err);
    // A case that is broken is told even where another file is sound.
    desk.replace("case/shifts.csv", "08:00-16:00", "eight to four");
    let ended = desk.run(&format!("ledger case{folders} --format json"));
    assert_eq!((ended.code, json(&ended)["exit"].as_i64()), (2, Some(2)));
    assert_eq!(desk.run("ledger").code, 2);
}
