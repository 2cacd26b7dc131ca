//! compare and message: what a changed rota does, and what is told of it.

use super::support::Desk;

#[test]
fn a_change_is_told_with_what_it_does() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    let same = desk.run("compare out out/rota.xlsx --case case --message");
    assert_eq!((same.code, same.out.as_str(), same.err.as_str()), (0, "The rota has not changed.\n", ""));
    // Somebody who works is given the day off.
    let rota = desk.text("out/rota.csv");
    let line =
        rota.lines().find(|l| l.contains(",late,") && !l.contains('"')).expect("somebody works").to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    let free = [&cells[..cells.len().min(5)].join(","), "OFF,,,,,0,0,no"].join(",");
    desk.put("mine.csv", &rota.replace(&line, &free));
    let ended = desk.run("compare out mine.csv --case case");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(
        ended.out.contains("1 day of 1 person") && ended.out.contains(": L 14:00-22:00 → OFF"),
        "{}",
        ended.out
    );
    assert!(
        ended.out.contains("short of people: ") && ended.out.contains("weight_understaff: "),
        "{}",
        ended.out
    );
    // The figures are those of check.
    let penalty = |out: &str| {
        let json: serde_json::Value = serde_json::from_str(out).expect("JSON");
        (
            json["objective"].as_i64(),
            json["before"]["objective"].as_i64(),
            json["after"]["objective"].as_i64(),
        )
    };
    let compared = penalty(&desk.run("compare out mine.csv --case case --format json").out);
    let before = penalty(&desk.run("check case out --format json").out).0;
    let after = penalty(&desk.run("check case mine.csv --format json").out).0;
    assert_eq!((compared.1, compared.2), (before, after));
    assert!(before.is_some() && before != after);
}

#[test]
fn the_message_of_a_day_names_everybody_at_work() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    let ended = desk.run("message out --case case --date 2026-11-04 --lang zh");
    assert_eq!(ended.code, 0, "{}", ended.err);
    let rota = desk.text("out/rota.csv");
    let of_day: Vec<&str> = rota.lines().filter(|l| l.starts_with("2026-11-04") && l.contains(":")).collect();
    assert!(ended.out.starts_with(&format!("【2026-11-04 周三】上班 {} 人", of_day.len())), "{}", ended.out);
    assert!(ended.out.contains("请假: =Li, Na 年假"), "{}", ended.out);
    let ended = desk.run("message out --case case --date 2026-12-04");
    assert!(ended.code == 2 && ended.err.contains("2026-11-02 to 2026-11-08"), "{}", ended.err);
}

#[test]
fn the_case_is_found_from_the_folder_of_the_rota() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    std::fs::copy(desk.path("out/rota.xlsx"), desk.path("mine.xlsx")).expect("a copy");
    let summary: serde_json::Value = serde_json::from_str(&desk.text("out/summary.json")).expect("JSON");
    assert_eq!(summary["case"], "../case");
    // One of the two is enough, whichever it is; with --case nothing is said.
    for words in ["compare out mine.xlsx", "compare mine.xlsx out/rota.csv", "message out --date 2026-11-04"]
    {
        let ended = desk.run(words);
        assert_eq!((ended.code, ended.err.as_str()), (0, "Case: case\n"), "{words}");
        let with = desk.run(&format!("{words} --case case"));
        assert_eq!((with.out, with.err.as_str()), (ended.out, ""), "{words}");
    }
    // Rules that were changed since count as they are now, and that is said.
    desk.replace("case/rules.csv", "weight_overstaff,,1", "weight_overstaff,,2");
    let ended = desk.run("compare out mine.xlsx");
    assert!(ended.code == 0 && ended.err.contains("have changed since out was made"), "{}", ended.err);
    // A folder that was moved away from its case is recognised by what it was made of.
    desk.replace("case/rules.csv", "weight_overstaff,,2", "weight_overstaff,,1");
    std::fs::create_dir(desk.path("other")).expect("a folder");
    for (from, to) in [("out", "other/rota"), ("case", "other/team")] {
        std::fs::rename(desk.path(from), desk.path(to)).expect("it can be moved");
    }
    let ended = desk.run("compare mine.xlsx other/rota --message");
    assert_eq!((ended.code, ended.out.as_str()), (0, "The rota has not changed.\n"), "{}", ended.err);
    assert_eq!(ended.err, "Case: other/team\n");
}

#[test]
fn a_case_that_cannot_be_found_is_said_with_what_is_missing() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    std::fs::copy(desk.path("out/rota.xlsx"), desk.path("mine.xlsx")).expect("a copy");
    let ended = desk.run("compare mine.xlsx mine.xlsx");
    assert_eq!((ended.code, ended.out.as_str()), (2, ""));
    for part in ["P012", "there is no summary.json", "near by there are case"] {
        assert!(ended.err.contains(part), "{part}\n{}", ended.err);
    }
    // Two cases with other files: which rules are to judge is the user's to say.
    std::fs::create_dir(desk.path("twin")).expect("a folder");
    for file in desk.names("case") {
        desk.put(&format!("twin/{file}"), &desk.text(&format!("case/{file}")));
    }
    desk.replace("twin/rules.csv", "weight_overstaff,,1", "weight_overstaff,,2");
    assert_eq!(desk.run("solve twin -o out2 --work-limit 2000").code, 0);
    let ended = desk.run("compare out out2 --lang zh");
    assert!(ended.code == 2 && ended.err.contains("不同的案例：case、twin"), "{}", ended.err);
    assert_eq!(desk.run("compare out out2 --case twin").code, 0);
    // The case is gone.
    std::fs::rename(desk.path("case"), desk.path("away")).expect("it can be moved");
    desk.replace("away/rules.csv", "weight_overstaff,,1", "weight_overstaff,,3");
    let ended = desk.run("message out --date 2026-11-04");
    assert!(ended.code == 2 && ended.err.contains("out was made of case"), "{}", ended.err);
    assert!(ended.err.contains("near by there are away, twin"), "{}", ended.err);
}

#[test]
fn rules_that_a_change_breaks_are_named() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 2000");
    let rota = desk.text("out/rota.csv");
    // Somebody on leave comes to work.
    let line = rota.lines().find(|l| l.contains("ANNUAL")).expect("somebody is on leave").to_owned();
    let worked = line.replace("ANNUAL,,,,", "E,early,08:00,16:00,08:00-16:00");
    assert_ne!(line, worked);
    desk.put("mine.csv", &rota.replace(&line, &worked));
    let ended = desk.run("compare out mine.csv");
    assert!(ended.out.contains("hard rules broken: 0 → "), "{}{}", ended.out, ended.err);
    assert!(
        ended.out.contains("hard rules broken now\n  leave  E2  2026-11-04: E2 has approved leave (ANNUAL)"),
        "{}",
        ended.out
    );
    let back = desk.run("compare mine.csv out --format json");
    let json: serde_json::Value = serde_json::from_str(&back.out).expect("JSON");
    assert_eq!(json["broken"].as_array().map(Vec::len), Some(0));
    assert_eq!(
        (json["mended"][0]["rule"].as_str(), json["mended"][0]["who"].as_str()),
        (Some("leave"), Some("E2"))
    );
}
