//! The arguments, and the commands of the page.

use crate::args::{Args, meant_for_us, numbers};
use clap::Parser;

#[test]
fn numbers_come_alone_and_in_spans() {
    assert_eq!(numbers("1,4-6", 24), Ok(vec![1, 4, 5, 6]));
    assert_eq!(numbers("all", 3), Ok(vec![1, 2, 3]));
    for wrong in ["", "0", "5-4", "x", "1-", "25"] {
        assert!(numbers(wrong, 24).is_err(), "{wrong}");
    }
}

#[test]
fn words_for_other_targets_ask_for_nothing() {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert!(!meant_for_us(&words("--bench --save-baseline old")));
    assert!(!meant_for_us(&words("erlang --nocapture")));
    assert!(meant_for_us(&words("--instances=1 --bench")));
}

/// Words behind `cargo bench --bench gap_table --` in the page, lines that end in a backslash joined.
fn commands() -> Vec<Vec<String>> {
    let page = include_str!("../../docs/benchmarks.md").replace("\\\n", " ");
    let after = |line: &str| {
        let (_, words) = line.split_once("cargo bench --bench gap_table -- ")?;
        let words = words.split("  #").next().unwrap_or(words);
        Some(words.split_whitespace().map(str::to_owned).collect())
    };
    page.lines().filter_map(after).collect()
}

#[test]
fn the_commands_of_the_page_are_understood() {
    let commands = commands();
    assert!(commands.len() >= 3, "the page shows commands: {commands:?}");
    for words in commands {
        assert!(meant_for_us(&words), "{words:?}");
        let args = Args::try_parse_from(["gap_table".to_owned()].into_iter().chain(words.clone()));
        let args = args.unwrap_or_else(|e| panic!("{words:?}: {e}"));
        assert!(args.instances.is_none_or(|list| numbers(&list, 24).is_ok()), "{words:?}");
    }
}
