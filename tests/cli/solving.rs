//! solve, and check on what it wrote.

use super::support::Desk;

const FILES: [&str; 16] = [
    ".paiban.json",
    "coverage.csv",
    "duties.csv",
    "grid.csv",
    "handover.csv",
    "handover_sheets.html",
    "hours.csv",
    "ics",
    "payroll.csv",
    "rota.csv",
    "rota.html",
    "rota.xlsx",
    "score.csv",
    "substitutes.csv",
    "summary.json",
    "tails.csv",
];

#[test]
fn a_rota_is_written_whole_and_passes_the_check() {
    let desk = Desk::new();
    let ended = desk.solve("-o out/week");
    assert!(ended.out.contains("Cover") && ended.out.contains("Quality"), "{}", ended.out);
    assert!(ended.out.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 80), "{}", ended.out);
    assert_eq!(desk.names("out/week"), FILES);
    assert_eq!(desk.names("out"), ["week"]);
    let checked = desk.run("check case out/week");
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(!checked.out.contains("anew"), "{}", checked.out);
    let rota = desk.text("out/week/rota.csv");
    assert!(rota.starts_with('\u{feff}') && rota.contains("\r\n") && rota.contains("\"'=Li, Na\""), "{rota}");
}

#[test]
fn a_chinese_rota_is_read_back() {
    let desk = Desk::new();
    let ended = desk.solve("-o out --lang zh");
    assert!(ended.out.contains("覆盖"), "{}", ended.out);
    let rota = desk.text("out/rota.csv");
    assert!(rota.contains("工号") && rota.contains("休") && rota.contains("年假"), "{rota}");
    let checked = desk.run("check case out --lang zh");
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(!checked.out.contains("重新安排"), "{}", checked.out);
    std::fs::copy(desk.path("out/rota.csv"), desk.path("case/published.csv")).expect("copied");
    assert_eq!(desk.run("check case").code, 0);
}

/// What a Chinese spreadsheet program writes back: no mark, GB18030, numbers for ids, dates with strokes, seconds.
fn saved_by_a_spreadsheet(text: &str, times: &[&str]) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(&header).expect("written");
    for row in reader.records() {
        let row = row.expect("a row");
        let cells = header.iter().zip(row.iter()).map(|(name, cell)| match name.as_str() {
            "日期" => cell.replace("-0", "-").replace('-', "/"),
            name if name.ends_with("工号") => cell.trim_start_matches('0').to_owned(),
            name if times.contains(&name) && !cell.is_empty() => format!("{cell}:00"),
            _ => cell.to_owned(),
        });
        writer.write_record(cells).expect("written");
    }
    let saved = String::from_utf8(writer.into_inner().expect("bytes")).expect("text");
    encoding_rs::GB18030.encode(&saved).0.into_owned()
}

#[test]
fn a_folder_that_a_spreadsheet_has_saved_is_read() {
    let desk = Desk::new();
    desk.solve("-o out --lang zh");
    for name in ["rota.csv", "duties.csv", "handover.csv"] {
        let saved = saved_by_a_spreadsheet(&desk.text(&format!("out/{name}")), &["开始时间", "结束时间"]);
        std::fs::write(desk.path(&format!("out/{name}")), saved).expect("saved");
    }
    let checked = desk.run("check case out --lang zh");
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(!checked.out.contains("重新安排"), "{}", checked.out);
    assert_eq!(checked.err.matches("P207").count(), 3, "once a file: {}", checked.err);
    for file in ["published.csv", "history.csv"] {
        std::fs::copy(desk.path("out/rota.csv"), desk.path(&format!("case/{file}"))).expect("copied");
        let read = desk.run("check case");
        assert!(read.code == 0 && !read.err.contains("P701"), "{file}: {}", read.err);
        std::fs::remove_file(desk.path(&format!("case/{file}"))).expect("removed");
    }
}

#[test]
fn the_score_names_its_rules_in_the_language_of_the_file() {
    let desk = Desk::new();
    desk.solve("-o out --lang zh");
    let score = desk.text("out/score.csv");
    let mut reader = csv::Reader::from_reader(score.trim_start_matches('\u{feff}').as_bytes());
    let names: Vec<String> = reader.records().map(|r| r.expect("a row")[0].to_owned()).collect();
    assert!(!names.is_empty() && names.iter().all(|n| !n.is_ascii()), "{names:?}");
}

#[test]
fn json_holds_the_summary() {
    let desk = Desk::new();
    let json: serde_json::Value =
        serde_json::from_str(&desk.solve("-o out --format json").out).expect("JSON");
    let file: serde_json::Value = serde_json::from_str(&desk.text("out/summary.json")).expect("JSON");
    assert_eq!(json["summary"], file);
    assert_eq!(json["exit"].as_i64(), Some(0));
    assert_eq!(file["pending_leave"][0]["id"].as_str(), Some("E3"));
}

#[test]
fn the_same_work_gives_the_same_files_on_any_number_of_threads() {
    let desk = Desk::new();
    desk.solve("-o one --work-limit 300000 --threads 1 --seed 3");
    desk.solve("-o two --work-limit 300000 --threads 2 --seed 3");
    for name in FILES.iter().filter(|n| !["summary.json", "ics"].contains(n)) {
        let bytes = |folder: &str| std::fs::read(desk.path(&format!("{folder}/{name}"))).ok();
        assert!(bytes("one") == bytes("two"), "{name}");
    }
}

#[test]
fn edited_files_are_only_written_over_by_force() {
    let desk = Desk::new();
    desk.solve("-o out");
    desk.put("out/notes.txt", "mine");
    desk.solve("-o out");
    desk.put("out/rota.csv", "mine too");
    let refused = desk.run("solve case -o out");
    assert!(refused.code == 2 && refused.err.contains("P904"), "{}", refused.err);
    assert_eq!(desk.text("out/rota.csv"), "mine too");
    desk.solve("-o out --force");
    assert!(desk.text("out/rota.csv").contains("date") && desk.text("out/notes.txt") == "mine");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_the_search() {
    let desk = Desk::new();
    desk.put("letter.txt", "x");
    for (words, code) in [("-o letter.txt", "P902"), ("-o letter.txt/out", "P902"), ("-o .", "P903")] {
        let begun = std::time::Instant::now();
        let ended = desk.run(&format!("solve case --time-limit 600s {words}"));
        assert!(ended.code == 2 && ended.err.contains(code), "{words}: {}", ended.err);
        assert!(begun.elapsed().as_secs() < 60, "{words}");
    }
    assert_eq!(desk.names("."), ["case", "letter.txt"]);
}

#[test]
fn rules_that_contradict_each_other_are_named_and_nothing_is_written() {
    let desk = Desk::new();
    desk.put("case/pins.csv", "id,date,shift\n007,2026-11-03,L\n007,2026-11-04,E\n");
    let ended = desk.run("solve case -o out");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("007") && ended.out.contains("pins.csv"), "{}", ended.out);
    assert!(ended.out.contains("min_rest_hours"), "{}", ended.out);
    assert_eq!(desk.names("."), ["case"]);
}

#[test]
fn a_rota_edited_by_hand_is_checked_with_its_days_planned_anew() {
    let desk = Desk::new();
    desk.solve("-o out");
    let text = desk.text("out/rota.csv");
    let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
    // Late on one day and early on the next leaves ten hours of rest.
    for (date, code) in [("2026-11-02", "L"), ("2026-11-03", "E")] {
        let row = rows.iter_mut().find(|r| r.contains(date) && r.contains(",007,")).expect("a row");
        let mut cells: Vec<&str> = row.split(',').collect();
        cells[5] = code;
        for cell in &mut cells[6..] {
            *cell = "";
        }
        *row = cells.join(",");
    }
    desk.put("mine.csv", &rows.join("\n"));
    let ended = desk.run("check case mine.csv");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("min_rest_hours") && ended.out.contains("anew"), "{}", ended.out);
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("check case mine.csv --format json").out).expect("JSON");
    assert_eq!((json["exit"].as_i64(), json["planned_anew"].as_bool()), (Some(1), Some(true)));
    desk.put("out/rota.csv", &rows.join("\n"));
    let beside = desk.run("check case out");
    assert!(beside.code == 1 && beside.out.contains("anew"), "{}{}", beside.out, beside.err);
}
