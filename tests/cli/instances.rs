//! solve and check on public instances.

use super::support::{Desk, Ended};
use paiban::check::check_instance;
use paiban::io::read::{read_instance, read_instance_rota};
use serde_json::Value;

const TINY: &str = include_str!("../data/tiny_instance.txt");

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("tiny.txt", TINY);
    desk
}

fn sound(ended: Ended) -> Ended {
    assert_eq!(ended.code, 0, "{}\n{}", ended.out, ended.err);
    ended
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Objective and number of violations of the rota in a folder, as the checker sees them.
fn judged(desk: &Desk, instance: &str, folder: &str) -> (i64, usize) {
    let instance = read_instance(&desk.path(instance)).0.expect("an instance");
    let rota = read_instance_rota(&instance, &desk.path(folder)).0.expect("a rota");
    let score = check_instance(&instance, &rota);
    (score.objective(), score.violations().count())
}

#[test]
fn a_rota_of_an_instance_is_written_whole_and_passes_the_check() {
    let desk = desk();
    let ended = sound(desk.run("solve tiny.txt -o out/tiny --time-limit 20s"));
    assert!(ended.out.contains("Objective") && ended.out.contains("optimal"), "{}", ended.out);
    assert!(ended.out.lines().all(|l| unicode_width::UnicodeWidthStr::width(l) <= 80), "{}", ended.out);
    assert_eq!(desk.names("out/tiny"), [".paiban.json", "rota.tsv", "summary.json"]);
    let rota = desk.text("out/tiny/rota.tsv");
    assert_eq!(rota.lines().count(), 4);
    assert!(rota.lines().all(|l| l.split('\t').count() == 14), "{rota}");
    let summary = json(&desk.text("out/tiny/summary.json"));
    let keys: Vec<&str> = summary.as_object().expect("an object").keys().map(String::as_str).collect();
    let all =
        ["status", "objective", "bound", "gap", "seconds", "seed", "threads", "version", "inputs_sha256"];
    assert_eq!(keys, [&all[..], &["penalties"]].concat());
    assert_eq!(summary["status"], "optimal");
    assert_eq!((summary["objective"].as_i64(), 0), (Some(judged(&desk, "tiny.txt", "out/tiny").0), 0));
    let sum: i64 = summary["penalties"].as_object().expect("parts").values().filter_map(Value::as_i64).sum();
    assert_eq!(Some(sum), summary["objective"].as_i64());
    for rota in ["out/tiny", "out/tiny/rota.tsv"] {
        let checked = sound(desk.run(&format!("check tiny.txt {rota}")));
        assert!(checked.out.contains("No hard rule is broken"), "{}", checked.out);
        assert!(checked.out.contains(&format!("Penalty {sum}")), "{}", checked.out);
    }
}

#[test]
fn the_rota_of_a_case_in_the_same_folder_gives_way_to_that_of_an_instance() {
    let desk = desk();
    desk.solve("-o out");
    desk.put("out/notes.txt", "mine");
    sound(desk.run("solve tiny.txt -o out --time-limit 20s"));
    assert_eq!(desk.names("out"), [".paiban.json", "notes.txt", "rota.tsv", "summary.json"]);
    desk.solve("-o out");
    assert!(!desk.names("out").contains(&"rota.tsv".to_owned()));
    assert!(desk.names("out").contains(&"grid.csv".to_owned()));
}

#[test]
fn without_a_folder_only_the_summary_comes_out() {
    let desk = desk();
    let before = desk.names(".");
    let ended = sound(desk.run("solve tiny.txt --time-limit 20s --lang zh"));
    assert!(ended.out.contains("罚分") && ended.out.contains("下界"), "{}", ended.out);
    let ended = sound(desk.run("solve tiny.txt --time-limit 20s --format json"));
    let shown = json(&ended.out);
    assert_eq!((shown["exit"].as_i64(), shown["folder"].is_null()), (Some(0), true));
    assert!(shown["summary"]["objective"].is_i64() && shown["files"] == Value::Array(Vec::new()));
    assert_eq!(desk.names("."), before);
}

#[test]
fn a_case_still_needs_its_folder_and_an_instance_has_no_dates() {
    let desk = desk();
    let refused = desk.run("solve case");
    assert!(refused.code == 2 && refused.err.contains("-o DIR"), "{}", refused.err);
    assert!(desk.run("solve case --lang zh").err.contains("-o DIR"));
    assert_eq!(json(&desk.run("solve case --format json").out)["exit"].as_i64(), Some(2));
    for words in ["solve tiny.txt --month 2026-11", "check tiny.txt --from 2026-11-01 --to 2026-11-02"] {
        let refused = desk.run(words);
        assert!(refused.code == 2 && refused.err.contains("--month"), "{words}: {}", refused.err);
    }
}

#[test]
fn a_broken_instance_ends_with_2_and_all_its_faults() {
    let desk = desk();
    desk.replace("tiny.txt", "Bob,8,9", "Rob,8,99");
    for words in ["check tiny.txt", "solve tiny.txt", "solve tiny.txt -o out"] {
        let ended = desk.run(words);
        assert_eq!(ended.code, 2, "{words}");
        for part in ["P807", "P809", "tiny.txt:20"] {
            assert!(ended.err.contains(part), "{words}: {}", ended.err);
        }
        assert!(ended.out.is_empty(), "{words}: {}", ended.out);
    }
    let found = json(&desk.run("check tiny.txt --format json").out);
    assert_eq!(found["diagnostics"][0]["code"], "P807");
    assert_eq!(desk.names("."), ["case", "tiny.txt"]);
    for (words, code) in [("solve case/staff.csv -o out", "P801"), ("solve nothing.txt", "P002")] {
        let ended = desk.run(words);
        assert!(ended.code == 2 && ended.err.contains(code), "{words}: {}", ended.err);
    }
}

#[test]
fn an_instance_alone_is_checked() {
    let desk = desk();
    let ended = sound(desk.run("check tiny.txt"));
    assert!(ended.out.contains("people    4") && ended.out.contains("cover     28"), "{}", ended.out);
    let shown = json(&sound(desk.run("check tiny.txt --format json")).out);
    assert_eq!((shown["days"].as_i64(), shown["requests"].as_i64()), (Some(14), Some(6)));
}

#[test]
fn a_rota_that_breaks_rules_ends_with_1_and_names_every_one() {
    let desk = desk();
    let off = "\t".repeat(13);
    desk.put("mine.tsv", &format!("Late\tEarly{}\n{off}\n{off}\n{off}\n", "\t".repeat(12)));
    let ended = desk.run("check tiny.txt mine.tsv");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    for part in ["forbidden_succession", "0..1", "min_minutes", "Ann", "Bob", "Cai", "Dee"] {
        assert!(ended.out.contains(part), "{}", ended.out);
    }
    assert!(desk.run("check tiny.txt mine.tsv --lang zh").out.contains("工时下限"));
    let shown = json(&desk.run("check tiny.txt mine.tsv --format json").out);
    let rules: Vec<&str> =
        shown["violations"].as_array().expect("a list").iter().filter_map(|v| v["rule"].as_str()).collect();
    assert_eq!(rules, ["forbidden_succession", "min_minutes", "min_minutes", "min_minutes", "min_minutes"]);
    assert!(shown["penalties"]["cover"].as_i64().is_some_and(|p| p > 0));
}

#[test]
fn limits_that_nobody_could_keep_are_named_with_the_person() {
    let desk = desk();
    desk.replace("tiny.txt", "4800,3360,6,2,2,1", "9000,9000,6,2,2,1");
    let ended = desk.run("solve tiny.txt -o out --time-limit 20s");
    assert_eq!(ended.code, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("Cai") && !ended.out.contains("Bob"), "{}", ended.out);
    let shown = json(&desk.run("solve tiny.txt --format json").out);
    assert_eq!((shown["status"].as_str(), shown["people"][0].as_str()), (Some("infeasible"), Some("Cai")));
    assert_eq!(desk.names("."), ["case", "tiny.txt"]);
}

#[test]
fn the_same_work_gives_the_same_rota_on_any_number_of_threads() {
    let desk = desk();
    for threads in [1, 2] {
        let words =
            format!("solve tiny.txt -o out{threads} --work-limit 200000 --seed 5 --threads {threads}");
        sound(desk.run(&words));
    }
    assert_eq!(desk.text("out1/rota.tsv"), desk.text("out2/rota.tsv"));
    assert_eq!(desk.text("out1/.paiban.json"), desk.text("out2/.paiban.json"));
}

#[test]
fn edited_rotas_of_an_instance_are_only_written_over_by_force() {
    let desk = desk();
    let solve = |more: &str| desk.run(&format!("solve tiny.txt -o out --time-limit 20s {more}"));
    sound(solve(""));
    sound(solve(""));
    desk.put("out/rota.tsv", "mine");
    let refused = solve("");
    assert!(refused.code == 2 && refused.err.contains("P904"), "{}", refused.err);
    assert_eq!(desk.text("out/rota.tsv"), "mine");
    sound(solve("--force"));
    assert_eq!(desk.text("out/rota.tsv").lines().count(), 4);
}

#[test]
fn a_public_instance_is_solved_and_both_scores_agree() {
    let Some(folder) = std::env::var_os("PAIBAN_NRP24") else {
        println!("skipped: PAIBAN_NRP24 names no folder");
        return;
    };
    let desk = Desk::new();
    let file = std::path::Path::new(&folder).join("Instance1.txt");
    desk.put("Instance1.txt", &std::fs::read_to_string(file).expect("the instance is there"));
    let shown = json(&sound(desk.run("solve Instance1.txt -o out --time-limit 5s --format json")).out);
    let objective = shown["summary"]["objective"].as_i64().expect("an objective");
    assert_eq!(judged(&desk, "Instance1.txt", "out"), (objective, 0));
    assert!(objective >= 607, "the proven optimum is 607: {objective}");
    assert!(shown["summary"]["bound"].as_i64().is_none_or(|b| b <= 607));
}
