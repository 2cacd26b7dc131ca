//! Every template is solved, and the checker finds nothing.

use crate::passed_on;
use crate::payroll::wants_equal_sums;
use crate::recount::wants_sound_days;
use crate::standing_in::{wants_sheets, wants_substitutes, wants_turns};
use crate::support::{Desk, wants_honest_figures};

/// Makes a case, checks it, solves it and checks the rota.
fn solves(name: &str) -> Desk {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", name]);
    desk.must(&["check", "case"]);
    desk.must(&["solve", "case", "-o", "out", "--work-limit", "10000000", "--seed", "1", "--threads", "2"]);
    desk.must(&["check", "case", "out"]);
    wants_honest_figures(&desk, "out");
    wants_equal_sums(&desk, "out");
    wants_sound_days(&desk, "case", "out");
    wants_turns(&desk, "out");
    wants_substitutes(&desk, "case", "out");
    wants_sheets(&desk, "out");
    for file in ["rota", "duties", "handover", "coverage", "hours", "payroll", "grid", "score"] {
        assert!(
            !desk.rows(&format!("out/{file}.csv")).is_empty() || file == "handover",
            "{file}.csv has rows"
        );
    }
    desk
}

#[test]
fn three_shift_solves_and_passes_the_check() {
    passed_on::three_shift(&solves("three-shift"), "out");
}

#[test]
fn two_shift_solves_and_passes_the_check() {
    passed_on::two_shift(&solves("two-shift"), "out");
}

#[test]
fn split_evening_solves_and_passes_the_check() {
    solves("split-evening");
}

#[test]
fn office_solves_and_passes_the_check() {
    solves("office");
}

#[test]
fn hotline_solves_and_passes_the_check() {
    solves("hotline");
}

#[test]
fn courier_solves_and_passes_the_check() {
    solves("courier");
}

#[test]
fn posts_solves_and_passes_the_check() {
    solves("posts");
}

#[test]
fn after_sales_solves_and_passes_the_check() {
    solves("after-sales");
}

#[test]
fn a_generated_month_solves_and_passes_the_check() {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", "generated", "--people", "12", "--seed", "1"]);
    desk.must(&["solve", "case", "-o", "out", "--work-limit", "10000000", "--seed", "1"]);
    desk.must(&["check", "case", "out"]);
    wants_honest_figures(&desk, "out");
    wants_sound_days(&desk, "case", "out");
}

/// `cargo test --release --test templates -- --ignored months_of_36_to_1000 --nocapture`: some ten minutes.
#[test]
#[ignore = "ten minutes"]
fn months_of_36_to_1000_people_have_sound_days() {
    for people in ["36", "120", "400", "1000"] {
        let desk = Desk::new();
        desk.must(&["new", "case", "--template", "generated", "--people", people, "--seed", "1"]);
        desk.must(&["solve", "case", "-o", "out", "--time-limit", "20s", "--seed", "1", "--threads", "2"]);
        wants_honest_figures(&desk, "out");
        wants_sound_days(&desk, "case", "out");
        println!("{people} people: sound");
    }
}

/// `PAIBAN_CASE=dir PAIBAN_ROTA=dir cargo test --test templates -- --ignored the_named_folder`: any folder of `solve`.
#[test]
#[ignore = "needs a folder"]
fn the_named_folder_has_sound_days() {
    let named = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    wants_sound_days(&Desk::new(), &named("PAIBAN_CASE"), &named("PAIBAN_ROTA"));
}

#[test]
fn demand_that_no_one_can_meet_gives_a_rota_that_shows_the_shortage() {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", "office"]);
    let demand: String = desk
        .text("case/demand.csv")
        .lines()
        .map(|line| match line.rsplit_once(',') {
            Some((head, agents)) if agents.trim().parse::<u32>().is_ok() => format!("{head},40\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    desk.put("case/demand.csv", &demand);
    desk.must(&["solve", "case", "-o", "out", "--work-limit", "6000000", "--seed", "1"]);
    wants_honest_figures(&desk, "out");
    assert!(desk.rows("out/coverage.csv").iter().any(|r| r["short"].parse::<f64>().unwrap_or(0.0) > 30.0));
}

#[test]
fn a_folder_with_a_case_in_it_is_not_written_over() {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", "office"]);
    let before = desk.text("case/staff.csv");
    let (code, said) = desk.run(&["new", "case", "--template", "posts"]);
    assert_eq!(code, 2, "{said}");
    assert_eq!(desk.text("case/staff.csv"), before);
}
