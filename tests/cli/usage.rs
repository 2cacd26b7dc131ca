//! Usage errors, help, languages, pipes.

use super::support::{Desk, run_in};

#[test]
fn a_usage_error_ends_with_2_and_says_how_it_goes() {
    let desk = Desk::new();
    for words in [
        "",
        "solve",
        "solve case",
        "solve case -o out --time-limit soon",
        "solve case -o out --gap lots",
        "solve case -o out --threads 0",
        "solve case -o out --month 2026-13",
        "solve case -o out --month 2026-11 --from 2026-11-01 --to 2026-11-02",
        "solve case -o out --from 2026-11-01",
        "check case --format xml",
        "new box --template nothing",
        "rules no_such_rule",
        "frobnicate",
    ] {
        let ended = desk.run(words);
        assert_eq!(ended.code, 2, "paiban {words}");
        assert!(ended.out.is_empty() && !ended.err.is_empty(), "paiban {words}");
    }
    assert_eq!(desk.names("."), ["case"]);
}

#[test]
fn usage_errors_are_json_too_when_json_is_wanted() {
    let ended = Desk::new().run("solve --format json");
    let json: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!((ended.code, json["exit"].as_i64()), (2, Some(2)));
}

#[test]
fn the_language_comes_from_the_locale_unless_it_is_given() {
    let desk = Desk::new();
    let says = |words: &str, locale: &str| run_in(&desk.path("."), words, locale).out;
    assert!(says("rules max_consecutive_days", "zh_CN.UTF-8").contains("含义"));
    assert!(says("rules max_consecutive_days --lang en", "zh_CN.UTF-8").contains("meaning"));
    assert!(says("rules max_consecutive_days", "en_US.UTF-8").contains("meaning"));
    assert!(says("--help", "zh_CN.UTF-8").contains("用法"));
    assert!(says("--help", "C").contains("Usage"));
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let desk = Desk::new();
    let ended = desk.run("rules");
    assert!(ended.code == 0 && ended.out.contains("min_rest_hours") && ended.out.contains("fair_band"));
    let json: serde_json::Value = serde_json::from_str(&desk.run("rules --format json").out).expect("JSON");
    assert_eq!(json["rules"].as_array().map(Vec::len), Some(38));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_paiban"))
        .arg("rules")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn shells_and_manuals_know_every_command() {
    let desk = super::support::Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ended = desk.run(&format!("completions {shell}"));
        assert_eq!(ended.code, 0, "{}", ended.err);
        for word in ["compare", "--work-limit", "--template"] {
            let plain = word.trim_start_matches('-');
            assert!(ended.out.contains(plain), "{shell}: {word}");
        }
    }
    assert_eq!(desk.run("man -o pages --lang zh").code, 0);
    let names = desk.names("pages");
    assert!(names.contains(&"paiban.1".into()) && names.contains(&"paiban-solve.1".into()), "{names:?}");
    assert!(desk.text("pages/paiban-solve.1").contains("随机种子"));
}
