//! The documentation is held to what the program does.

use paiban::base::Lang;
use paiban::rules;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// `docs/rules.md` as the program describes its rules.
fn rules_page() -> String {
    let mut page = String::from(
        "# The rules of `rules.csv`\n\n\
         Each rule with its meaning in English and Chinese, what may be written, and an example row. `paiban rules` prints \
         the same;\na test holds this page equal to the program (`PAIBAN_BLESS=1 cargo test --test docs` writes it anew).\n",
    );
    for (en, zh) in rules::describe(Lang::En).iter().zip(rules::describe(Lang::Zh)) {
        let default = if en.default.is_empty() { "no effect" } else { &en.default };
        let _ = write!(
            page,
            "\n## `{}` {}\n\n{}\n\n{}\n\n- value: {}\n- without a row: {default}\n- strength: {}\n- scope: `{}`\n\
             - example: `{}`\n- cost to the solver: {}\n- source: {}\n",
            en.name,
            en.chinese_name,
            en.meaning,
            zh.meaning,
            en.value,
            en.strength,
            en.scope,
            en.example,
            en.cost,
            en.source
        );
    }
    page
}

#[test]
fn the_page_of_rules_says_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = rules_page();
    if std::env::var_os("PAIBAN_BLESS").is_some() {
        std::fs::write(&path, &page).expect("docs/rules.md can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/rules.md is out of date: PAIBAN_BLESS=1 cargo test --test docs");
}

/// Commands of the fenced `sh` blocks of a page, in order.
fn commands(page: &str) -> Vec<String> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && !line.trim().is_empty() && !line.starts_with('#') {
            let command = line.split("  #").next().unwrap_or(line);
            found.push(command.trim().to_string());
        }
    }
    found
}

/// Runs the commands of a page that are ours in a fresh folder, with short limits.
fn run_page(page: &str) {
    let desk = tempfile::tempdir().expect("a temporary folder can be made");
    let mut ran = 0;
    for command in commands(page) {
        let line = command.replace("cargo run --release --", "paiban");
        let Some(rest) = line.strip_prefix("paiban ") else { continue };
        let mut args: Vec<String> = rest.split_whitespace().map(str::to_string).collect();
        if let Some(limit) = args.iter().position(|a| a == "--time-limit") {
            args[limit + 1] = "5s".to_string();
        } else if args[0] == "solve" || args[0] == "demo" {
            args.extend(["--time-limit".to_string(), "5s".to_string()]);
        }
        let output = Command::new(env!("CARGO_BIN_EXE_paiban"))
            .args(&args)
            .current_dir(desk.path())
            .output()
            .expect("the binary runs");
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
        ran += 1;
    }
    assert!(ran >= 3, "the page shows commands");
}

#[test]
fn the_commands_of_the_readme_work_as_written() {
    run_page(include_str!("../README.md"));
}

#[test]
fn the_tutorial_works_word_for_word() {
    run_page(include_str!("../docs/tutorial.md"));
    assert_eq!(
        commands(include_str!("../docs/tutorial.md")),
        commands(include_str!("../docs/tutorial.zh-CN.md"))
    );
}

#[test]
fn both_readmes_show_the_same_commands() {
    assert_eq!(commands(include_str!("../README.md")), commands(include_str!("../README.zh-CN.md")));
}
