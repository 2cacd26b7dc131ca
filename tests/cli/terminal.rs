//! What a terminal shows: no line wider than 80 columns, colours only where they are wanted, completions and manual whole.

use super::support::{Desk, Ended};
use assert_cmd::Command;
use unicode_width::UnicodeWidthStr;

/// Runs with more variables of the environment, of which none about colours comes from outside.
fn run_with(desk: &Desk, words: &str, variables: &[(&str, &str)]) -> Ended {
    let mut command = Command::cargo_bin("paiban").expect("the binary");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    let output = command
        .args(words.split_whitespace())
        .current_dir(desk.path(""))
        .envs(variables.iter().copied())
        .output()
        .expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ended { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
}

#[test]
fn colours_are_for_terminals_alone() {
    let desk = Desk::new();
    desk.put("case/leave.csv", "id,from,to,kind,status\nE2,2026-13-04,2026-11-04,ANNUAL,approved\n");
    let plain = run_with(&desk, "check case", &[]);
    assert!(plain.code == 2 && plain.err.contains("2026-13-04"), "{}", plain.err);
    assert!(!plain.err.contains('\u{1b}') && !plain.out.contains('\u{1b}'), "{}", plain.err);
    let coloured = run_with(&desk, "check case", &[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.err.contains("\u{1b}["), "{}", coloured.err);
    let kept = run_with(&desk, "check case", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]);
    assert_eq!(kept.err, plain.err);
    // Help and usage errors too.
    for words in ["solve --help", "solve --nonsense", "help"] {
        let plain = run_with(&desk, words, &[]);
        let coloured = run_with(&desk, words, &[("CLICOLOR_FORCE", "1")]);
        assert!(!format!("{}{}", plain.out, plain.err).contains('\u{1b}'), "{words}");
        assert!(format!("{}{}", coloured.out, coloured.err).contains('\u{1b}'), "{words}");
        assert_eq!(plain.code, coloured.code);
    }
}

#[test]
fn no_line_of_a_summary_is_wider_than_eighty_columns() {
    let desk = Desk::new();
    let long = "华东大区售后服务与投诉处理专席第一组";
    for (file, old, new) in [
        ("staff.csv", "张伟,A", "欧阳上官司马诸葛慕容南宫,华东大区售后服务与投诉处理专席第一组"),
        ("staff.csv", "王芳,A", "Aleksandra Konstantinopolskaya-Featherstonehaugh,A"),
        ("shifts.csv", "E,Early", "特早班甲,国庆黄金周特别保障早班（含晨会与质检）"),
    ] {
        desk.replace(&format!("case/{file}"), old, new);
    }
    for file in ["staff.csv", "demand.csv"] {
        let text = desk.text(&format!("case/{file}"));
        desk.put(&format!("case/{file}"), &text.replace("voice", long));
    }
    // More is needed than there is, and rules are broken by hand.
    desk.put("case/demand.csv", &desk.text("case/demand.csv").replace(",1\n", ",3\n"));
    for lang in ["zh", "en"] {
        let solved = desk.solve(&format!("-o out-{lang} --work-limit 2000 --lang {lang}"));
        assert!(solved.out.contains(long), "the shortage is told:\n{}", solved.out);
        let mut rota = desk.text(&format!("out-{lang}/rota.csv"));
        for _ in 0..3 {
            let line = rota.lines().find(|l| l.contains(",OFF,") || l.contains(",休,")).map(str::to_owned);
            let Some(line) = line else { break };
            rota = rota.replace(&line, &line.replace(",OFF,", ",L,").replace(",休,", ",L,"));
        }
        desk.put("mine.csv", &rota);
        let mut pages = vec![solved.out];
        for words in [
            format!("check case out-{lang}"),
            "check case mine.csv".to_owned(),
            "check case".to_owned(),
            format!("ledger case out-{lang}"),
            format!("compare out-{lang} mine.csv"),
            "rules".to_owned(),
            "rules max_consecutive_days".to_owned(),
        ] {
            pages.push(desk.run(&format!("{words} --lang {lang}")).out);
        }
        // The message of a chat and a table for a program are not laid out for a terminal.
        for line in pages.iter().flat_map(|p| p.lines()).filter(|l| !l.contains(" → ")) {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}

#[test]
fn completions_and_manual_have_every_command_and_option() {
    let desk = Desk::new();
    assert_eq!(desk.run("man -o man").code, 0);
    let scripts: Vec<(&str, String)> = ["bash", "zsh", "fish", "elvish", "powershell"]
        .into_iter()
        .map(|shell| (shell, desk.run(&format!("completions {shell}")).out))
        .collect();
    let help = desk.run("help").out;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.strip_prefix("  ").filter(|l| !l.starts_with(' ')))
        .filter_map(|l| l.split_whitespace().next())
        .filter(|c| *c != "help")
        .collect();
    assert!(commands.len() >= 14 && commands.contains(&"compare"), "{commands:?}");
    let root = desk.text("man/paiban.1");
    for command in commands {
        let page = desk.text(&format!("man/paiban-{command}.1"));
        assert!(root.contains(&format!("paiban\\-{command}(1)")), "{command}");
        let help = desk.run(&format!("{command} --help")).out;
        let words = help.split(|c: char| c.is_whitespace() || c == ',');
        let options: Vec<&str> =
            words.filter_map(|w| w.strip_prefix("--")).filter(|w| !w.is_empty()).collect();
        assert!(options.contains(&"lang"), "{help}");
        for option in options.iter().filter(|o| o.chars().all(|c| c.is_ascii_lowercase() || c == '-')) {
            let escaped = option.replace('-', "\\-");
            assert!(page.contains(&format!("\\-\\-{escaped}")), "{command} --{option}\n{page}");
            for (shell, script) in &scripts {
                let (inside, plain) = (script.contains(command), script.contains(option));
                assert!(inside && plain, "{shell}: {command} --{option}");
            }
        }
    }
    // The systems of an export are offered.
    for (shell, script) in &scripts[..3] {
        assert!(script.contains("dingtalk-cli") && script.contains("bamboohr"), "{shell}");
    }
}
