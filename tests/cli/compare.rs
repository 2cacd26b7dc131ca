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
        ended.out.contains("1 days of 1 people") && ended.out.contains(": L 14:00-22:00 → OFF"),
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
