//! Chinese output goes back in as history, as pins and to the checker.

use crate::support::Desk;

fn chinese_rota(desk: &Desk) {
    desk.must(&["new", "case", "--template", "office", "--lang", "zh"]);
    desk.must(&["solve", "case", "-o", "out", "--work-limit", "6000000", "--seed", "1", "--lang", "zh"]);
}

#[test]
fn headers_and_words_are_chinese() {
    let desk = Desk::new();
    chinese_rota(&desk);
    let rota = desk.text("out/rota.csv");
    let header = rota.lines().next().unwrap_or_default();
    assert!(header.contains("日期") && header.contains("班次") && !header.contains("date"), "{header}");
    let said = desk.must(&["check", "case", "out", "--lang", "zh"]);
    assert!(said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{said}");
}

#[test]
fn a_chinese_rota_passes_the_check_in_either_language() {
    let desk = Desk::new();
    chinese_rota(&desk);
    desk.must(&["check", "case", "out", "--lang", "zh"]);
    desk.must(&["check", "case", "out/rota.csv", "--lang", "en"]);
}

#[test]
fn a_chinese_rota_holds_as_pins_and_gives_the_same_rota_again() {
    let desk = Desk::new();
    chinese_rota(&desk);
    let rota = desk.text("out/rota.csv");
    desk.put("case/pins.csv", &rota);
    desk.must(&["check", "case"]);
    desk.must(&["solve", "case", "-o", "again", "--work-limit", "6000000", "--seed", "2", "--lang", "en"]);
    let key = |file: &str, names: [&str; 3]| -> Vec<Vec<String>> {
        desk.rows(file).iter().map(|r| names.iter().map(|n| r[*n].clone()).collect()).collect()
    };
    let times = |rows: Vec<Vec<String>>| rows.into_iter().map(|r| r.join(" ")).collect::<Vec<_>>();
    assert_eq!(
        times(key("out/rota.csv", ["日期", "工号", "时段"])),
        times(key("again/rota.csv", ["date", "id", "times"]))
    );
}

#[test]
fn a_chinese_rota_is_history_of_the_next_month() {
    let desk = Desk::new();
    chinese_rota(&desk);
    std::fs::create_dir(desk.path("next")).expect("a folder can be made");
    for file in ["staff.csv", "shifts.csv", "rules.csv"] {
        desk.put(&format!("next/{file}"), &desk.text(&format!("case/{file}")));
    }
    desk.put("next/demand.csv", &desk.text("case/demand.csv").replace("2026-12-", "2027-01-"));
    desk.put("next/history.csv", &desk.text("out/rota.csv"));
    let said = desk.must(&["check", "next"]);
    assert!(!said.contains("history.csv"), "the Chinese history is read without a word: {said}");
    desk.must(&["solve", "next", "-o", "out01", "--work-limit", "6000000", "--seed", "1"]);
    desk.must(&["check", "next", "out01"]);
}
