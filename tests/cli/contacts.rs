//! `simulate` and `forecast`: from contacts to people and back.

use crate::support::Desk;
use std::fmt::Write;

/// The desk's case with calls and mails instead of people per interval.
fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::remove_file(desk.path("case/demand.csv")).expect("demand.csv is there");
    desk.put(
        "case/channels.csv",
        "channel,kind,target_pct,rings,shrinkage_pct,deadline_h\nvoice,voice,80,3,5,\nmail,deferred,,,5,24\n",
    );
    desk.replace("case/staff.csv", "007,张伟,A,voice", "007,张伟,A,voice;mail");
    let mut forecast = String::from("date,start,channel,volume,aht_s\n");
    for day in 2..=8 {
        for half in 16..44 {
            let start = format!("{:02}:{:02}", half / 2, half % 2 * 30);
            let _ = writeln!(
                forecast,
                "2026-11-{day:02},{start},voice,6,200\n2026-11-{day:02},{start},mail,0.5,300"
            );
        }
    }
    desk.put("case/forecast.csv", &forecast);
    desk
}

#[test]
fn a_month_is_played_against_its_rota_the_same_on_any_number_of_threads() {
    let desk = desk();
    desk.solve("-o out --work-limit 200000");
    let ended = desk.run("simulate case out -o sim --runs 20 --threads 1");
    assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
    assert!(ended.out.contains("within 15 s of all, predicted"), "{}", ended.out);
    assert_eq!(desk.run("simulate case out -o sim3 --runs 20 --threads 3").code, 0);
    for file in ["simulation.csv", "simulation_days.csv", "simulation.json"] {
        assert_eq!(desk.text(&format!("sim/{file}")), desk.text(&format!("sim3/{file}")), "{file}");
    }
    let table = desk.text("sim/simulation.csv");
    assert_eq!(table.lines().count(), 1 + 7 * 28 * 2);
    let chinese = desk.run("simulate case out -o zh --runs 2 --lang zh");
    assert!(chinese.out.contains("秒内接起") && desk.text("zh/simulation.csv").contains("预测服务水平"));
    let json: serde_json::Value =
        serde_json::from_str(&desk.run("simulate case out --runs 2 --format json").out).expect("JSON");
    assert_eq!(json["simulation"]["runs"], 2);
    assert_eq!(json["simulation"]["channels"][0]["definition"], "offered");
}

#[test]
fn the_summary_names_the_level_and_its_definition_and_what_shortage_means() {
    let desk = desk();
    let ended = desk.solve("-o out --work-limit 200000");
    assert!(ended.out.contains("of all served within 15 s predicted, target 80%"), "{}", ended.out);
    assert!(ended.out.contains("customers wait longer than 15 s"), "{}", ended.out);
    let summary: serde_json::Value = serde_json::from_str(&desk.text("out/summary.json")).expect("JSON");
    let voice = &summary["service"][0];
    assert_eq!((voice["channel"].as_str(), voice["definition"].as_str()), (Some("voice"), Some("offered")));
    assert_eq!(voice["days"].as_array().map(Vec::len), Some(7));
    let first = &summary["customers"][0];
    assert!(
        first["wait_longer"].as_f64() <= first["offered"].as_f64() && first["target_s"] == 15.0,
        "{first}"
    );
}

#[test]
fn people_alone_cannot_be_played() {
    let desk = Desk::new();
    desk.solve("-o out --work-limit 100000");
    let ended = desk.run("simulate case out -o sim");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("forecast.csv") && !desk.path("sim").exists(), "{}", ended.err);
}

#[test]
fn targets_that_disagree_are_named() {
    let desk = desk();
    desk.put(
        "case/channels.csv",
        "channel,kind,target_s,rings,late_from\nvoice,voice,20,3,\nmail,deferred,,,17:30\n",
    );
    let ended = desk.run("check case");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("P314") && ended.err.contains("late_target_s"), "{}", ended.err);
}

/// Eight weeks with a weekday and an hour of their own, and something that looks like chance.
fn history(days: u64) -> String {
    let first: chrono::NaiveDate = "2026-09-07".parse().expect("a date");
    let mut text = String::from("日期,开始时间,渠道,话量,平均处理时长\n");
    for day in 0..days {
        for half in 16..44u64 {
            let date = first + chrono::Days::new(day);
            let volume = 10 + 3 * (day % 7) + half % 9 + (day * 7919 + half * 104_729) % 5;
            let _ =
                writeln!(text, "{date},{:02}:{:02},热线,{volume},{}", half / 2, half % 2 * 30, 200 + half);
        }
    }
    text
}

#[test]
fn a_history_becomes_the_forecast_of_a_case() {
    let desk = desk();
    desk.put("past.csv", &history(84));
    let ended = desk.run("forecast past.csv --month 2026-12 -o case/next.csv");
    assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
    assert!(
        ended.out.contains("back-test, 2 x 4 weeks, model") && ended.out.contains("is used"),
        "{}",
        ended.out
    );
    let table = desk.text("case/next.csv");
    assert_eq!(table.lines().count(), 1 + 31 * 28);
    desk.put("case/forecast.csv", &table);
    desk.put("case/channels.csv", "channel,kind\n热线,voice\n");
    desk.replace("case/staff.csv", "voice;mail", "热线");
    let checked = desk.run("staff case --month 2026-12");
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(checked.out.contains("level_definition") && checked.out.contains("offered"), "{}", checked.out);
    // The same again, and the file is there already.
    assert_eq!(desk.run("forecast past.csv --month 2026-12 -o case/next.csv").code, 2);
}

/// 26 weeks without chance; a week before each of the last three blocks of four weeks contacts go up by 30 %.
fn steps() -> String {
    let first: chrono::NaiveDate = "2026-06-01".parse().expect("a date");
    let mut text = String::from("date,start,channel,volume,aht_s\n");
    for day in 0..182u64 {
        let steps = [91, 119, 147].iter().filter(|from| **from <= day).count();
        for half in 16..44u64 {
            let volume = (100.0 + (10 * (day % 7) + half) as f64) * 1.3f64.powi(steps as i32);
            let date = first + chrono::Days::new(day);
            let _ = writeln!(text, "{date},{:02}:{:02},voice,{volume:.0},200", half / 2, half % 2 * 30);
        }
    }
    text
}

#[test]
fn a_naive_forecast_that_is_better_is_named_and_written() {
    let desk = Desk::new();
    desk.put("past.csv", &steps());
    let said = [
        ("en", "the naive forecast is better: the model brings nothing here, and the naive one is used"),
        ("zh", "朴素预测更准：模型在此没有用处，采用朴素预测"),
    ];
    for (lang, text) in said {
        let ended = desk.run(&format!("forecast past.csv --month 2026-12 --lang {lang} -o {lang}.csv"));
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert!(ended.out.contains(text), "{}", ended.out);
    }
    // Tuesday the 24th of November is the last one known.
    let past = desk.text("past.csv");
    let known = past.lines().find_map(|l| l.strip_prefix("2026-11-24,10:00,voice,")?.strip_suffix(",200"));
    let row = format!("2026-12-29,10:00,voice,{}.00,200", known.expect("a row of that day"));
    assert!(desk.text("en.csv").lines().any(|l| l == row), "{row}");
    // The model's rows can be had too.
    let ended = desk.run("forecast past.csv --month 2026-12 --method model --lang en -o model.csv");
    assert!(ended.out.contains("the naive forecast would be better"), "{}", ended.out);
    assert!(desk.text("model.csv") != desk.text("en.csv"));
}

#[test]
fn a_history_that_is_too_short_or_double_is_refused() {
    let desk = Desk::new();
    desk.put("short.csv", &history(10));
    let ended = desk.run("forecast short.csv --month 2026-12 -o f.csv");
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("P410") && !desk.path("f.csv").exists(), "{}", ended.err);
    let double = history(20) + "2026-09-07,08:00,热线,5,200\n2026-09-08,25:99,热线,x,200\n";
    desk.put("double.csv", &double);
    let ended = desk.run("forecast double.csv --month 2026-12");
    assert_eq!(ended.code, 2);
    assert!(
        ended.err.contains("P402") && ended.err.contains("P114") && ended.err.contains("P115"),
        "{}",
        ended.err
    );
    assert_eq!(desk.run("forecast nowhere.csv --month 2026-12").code, 2);
}
