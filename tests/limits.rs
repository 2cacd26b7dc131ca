//! Every limit at limit − 1, limit and limit + 1, at the first and the last day of the horizon and across the border of
//! the history, in the checker and in the problem that the engines solve.
//!
//! Two weeks from Monday 2026-08-10; a line of history is the week before. Letters are shift codes, `.` a day off.

use paiban::base::index::{PersonIx, ShiftIx};
use paiban::check::check;
use paiban::io::read::{ReadOptions, read_case};
use paiban::model::{Case, DayCell, DayPlan, Requirement, Rota, Strength};
use paiban::problem::{compile, encode, score};

const SHIFTS: &str = "code,band,times\nE,early,08:00-16:00\nT,early,08:00-18:00\nV,early,08:00-19:00\n\
W,early,08:00-19:30\nM,mid,11:00-19:00\nL,late,15:00-23:00\nK,late,13:00-21:00\nN,night,22:00-06:00\nH,early,08:00-12:00\n";

/// A case of one person, `A`, with these rows of `rules.csv` and this week before.
fn case(rules: &str, history: &str, staff: &str) -> Case {
    let home = tempfile::tempdir().expect("a folder");
    let put = |file: &str, text: &str| std::fs::write(home.path().join(file), text).expect("a file");
    put("staff.csv", staff);
    put("shifts.csv", SHIFTS);
    put("rules.csv", &format!("rule,scope,value,strength,weight\n{rules}"));
    put(
        "demand.csv",
        "date,start,end,channel,agents\n2026-08-10,08:00,12:00,phone,1\n2026-08-23,08:00,12:00,phone,1\n",
    );
    if !history.is_empty() {
        let mut text = String::from("date,id,shift\n");
        for (day, letter) in history.chars().enumerate() {
            let shift = if letter == '.' { "OFF".to_owned() } else { letter.to_string() };
            text += &format!("2026-08-{:02},A,{shift}\n", 3 + day);
        }
        put("history.csv", &text);
    }
    let (case, found) = read_case(home.path(), &ReadOptions::default());
    case.unwrap_or_else(|| panic!("{rules}: {found:?}"))
}

fn rota(case: &Case, days: &str) -> Rota {
    assert_eq!(days.len(), case.horizon.days, "{days}");
    let cell = |c: char| match case.shifts.iter().position(|s| s.code == c.to_string()) {
        Some(s) => DayCell::Work(ShiftIx::new(s)),
        None => DayCell::Off,
    };
    let mut cells = vec![vec![DayCell::Off; days.len()]; case.people.len()];
    cells[PersonIx::new(0).ix()] = days.chars().map(cell).collect();
    Rota { horizon: case.horizon, cells }
}

/// By how much a rota misses a hard rule: as the checker says; the solver's problem must refuse it just then.
fn missed(case: &Case, rule: &str, days: &str) -> i64 {
    let rota = rota(case, days);
    let found = check(case, &Requirement::default(), &rota, &DayPlan::default());
    let own = found.matches.iter().filter(|m| m.rule == rule && m.strength == Strength::Hard);
    let amount = own.map(|m| m.amount).sum();
    let other: Vec<&str> = ["duties", "meal", "meeting", "handover"].into();
    let broken = found.violations().any(|m| !other.contains(&m.rule.as_str()));
    let accepted = compile(case, &Requirement::default()).is_ok_and(|compiled| {
        encode(&compiled.problem, &rota).is_some_and(|s| score(&compiled.problem, &s).is_ok())
    });
    assert_eq!(accepted, !broken, "{rule} {days}: the solver's problem and the checker differ: {found:?}");
    amount
}

/// A week before, a rota, and by how much it misses the rule.
type Trial = (&'static str, &'static str, i64);

fn holds(rule: &str, scope: &str, value: &str, trials: &[Trial]) {
    holds_with(&format!("{rule},{scope},{value},hard,\n"), rule, "id,skills\nA,phone\n", trials);
}

fn holds_with(rules: &str, rule: &str, staff: &str, trials: &[Trial]) {
    for &(history, days, amount) in trials {
        let case = case(rules, history, staff);
        assert_eq!(missed(&case, rule, days), amount, "{rules}: {history}|{days}");
    }
}

#[test]
fn days_worked_in_a_row() {
    holds(
        "max_consecutive_days",
        "",
        "3",
        &[
            ("", "EE............", 0),
            ("", "EEE...........", 0),
            ("", "EEEE..........", 1),
            ("", "............EE", 0),
            ("", "...........EEE", 0),
            ("", "..........EEEE", 1),
            ("......E", "E.............", 0),
            ("......E", "EE............", 0),
            ("......E", "EEE...........", 1),
        ],
    );
}

#[test]
fn shortest_runs_of_work_and_of_rest() {
    // A run that touches the border of what is known is not judged.
    holds(
        "min_consecutive_days",
        "",
        "3",
        &[
            ("", ".EE...........", 1),
            ("", ".EEE..........", 0),
            ("", ".EEEE.........", 0),
            ("", "EE............", 0),
            ("", "...........EE.", 1),
            ("", "..........EEE.", 0),
            ("", "............EE", 0),
            (".....EE", "..............", 0),
            (".....EE", "E.............", 0),
            ("......E", "E.............", 1),
        ],
    );
    holds(
        "min_consecutive_off",
        "",
        "2",
        &[
            ("", "E.EEEEEEEEEEEE", 1),
            ("", "E..EEEEEEEEEEE", 0),
            ("", "E...EEEEEEEEEE", 0),
            ("", "EEEEEEEEEEEE.E", 1),
            ("", "EEEEEEEEEEE..E", 0),
            ("", "EEEEEEEEEEEEE.", 0),
            ("EEEEEE.", "EEEEEEEEEEEEEE", 0),
            ("EEEEEE.", ".EEEEEEEEEEEEE", 0),
            ("EEEEEEE", ".EEEEEEEEEEEEE", 1),
            ("EEEEEEE", "..EEEEEEEEEEEE", 0),
        ],
    );
}

#[test]
fn rest_days_of_a_week() {
    holds(
        "min_rest_days_per_week",
        "",
        "2",
        &[
            ("", "EEEEEE.EEEEE..", 1),
            ("", "EEEEE..EEEEE..", 0),
            ("", "EEEE...EEEEE..", 0),
            ("", "EEEEE..EEEEEE.", 1),
            ("", "EEEEE..EEEEEEE", 2),
        ],
    );
    // Every seven days in a row, those of the history too.
    holds_with(
        "min_rest_days_per_week,,1,hard,\nrest_week,,rolling7,hard,\n",
        "min_rest_days_per_week",
        "id,skills\nA,phone\n",
        &[
            ("......E", "EEEEE.........", 0),
            (".....EE", "EEEEE.........", 1),
            ("....EEE", "EEEEE.........", 2),
            ("", ".......EEEEEEE", 1),
            ("", "........EEEEEE", 0),
        ],
    );
}

#[test]
fn hours_between_two_shifts() {
    // L ends at 23:00; E begins at 08:00 (9 h), M at 11:00 (12 h); K ends at 21:00 (11 h before E).
    holds(
        "min_rest_hours",
        "",
        "11",
        &[
            ("", "KE............", 0),
            ("", "LM............", 0),
            ("", "LE............", 2),
            ("", "............KE", 0),
            ("", "............LE", 2),
            ("......K", "E.............", 0),
            ("......L", "E.............", 2),
            ("......L", "M.............", 0),
        ],
    );
    holds("min_rest_hours", "", "9", &[("", "LE............", 0), ("......L", "E.............", 0)]);
    holds("min_rest_hours", "", "9.5", &[("", "LE............", 1), ("......L", "E.............", 1)]);
}

#[test]
fn forbidden_successions() {
    holds(
        "forbidden_succession",
        "",
        "late>early",
        &[
            ("", "LE............", 1),
            ("", "L.E...........", 0),
            ("", "EL............", 0),
            ("", "............KE", 1),
            ("......L", "E.............", 1),
            ("......L", ".E............", 0),
        ],
    );
}

#[test]
fn one_band_a_period() {
    holds(
        "rotation",
        "",
        "week",
        &[
            ("", "EEE....LLL....", 0),
            ("", "EEEL..........", 1),
            ("", "EEELL.........", 2),
            ("", "..........EELE", 1),
            ("", "EEEEEEELLLLLLL", 0),
        ],
    );
    // The week from Saturday on: Saturday and Sunday of the history belong to the first days.
    holds_with(
        "rotation,,week,hard,\nchangeover,,Sat,hard,\n",
        "rotation",
        "id,skills\nA,phone\n",
        &[
            (".....LL", "L.............", 0),
            (".....LL", "E.............", 1),
            ("....LL.", ".....EE.......", 0),
        ],
    );
}

#[test]
fn the_order_of_bands() {
    let rules = "rotation,,week,hard,\nrotation_order,,early>mid>late,hard,\n";
    holds_with(
        rules,
        "rotation_order",
        "id,skills\nA,phone\n",
        &[
            ("EEEEE..", "MMMMM..LLLLL..", 0),
            ("EEEEE..", "LLLLL..EEEEE..", 1),
            ("EEEEE..", "MMMMM..MMMMM..", 1),
            ("EEEEE..", ".......MMMMM..", 0),
            ("LLLLL..", "EEEEE..MMMMM..", 0),
            ("", "LLLLL..EEEEE..", 0),
            ("", "LLLLL..MMMMM..", 1),
        ],
    );
    let staff = "id,skills,band\nA,phone,mid\n";
    holds_with(rules, "rotation_order", staff, &[("", "LLLLL..EEEEE..", 0), ("", "EEEEE..MMMMM..", 1)]);
}

#[test]
fn a_cycle_with_relief() {
    let rules = "rotation,,week,hard,\nrotation_order,,early>late>relief,hard,\n";
    holds_with(
        rules,
        "rotation_order",
        "id,skills\nA,phone\n",
        &[
            // Early, late, then relief of both.
            ("EEEEE..", "LLLLL..EELLL..", 0),
            ("EEEEE..", "LLLLL..LLLLL..", 0),
            // After a mixed week comes an early one, then a late one.
            ("EELLL..", "EEEEE..LLLLL..", 0),
            ("EELLL..", "EEEEE..LLLLE..", 1),
            ("EELLL..", "LEEEE..LLLLL..", 1),
            ("EELLL..", ".......EEEEE..", 0),
            ("EELLL..", ".......LLLLL..", 5),
            // A late week is a late one or one of relief.
            ("LLLLL..", "EEEEE..LLLLL..", 0),
            ("LLLLL..", "MMMMM..EEEEE..", 0),
            ("LLLLL..", "MMMMM..EEEEL..", 1),
            ("", "MMMMM..EEEEE..", 0),
            ("", "MMMMM..MMMMM..", 5),
        ],
    );
    let staff = "id,skills,band\nA,phone,early\n";
    holds_with(rules, "rotation_order", staff, &[("", "LLLLL..MMMMM..", 0), ("", "LLLLE..MMMMM..", 1)]);
}

#[test]
fn overtime_of_a_month() {
    // Two hours of extension for every T, eight hours of rest-day work for a sixth day.
    holds(
        "overtime_cap_month",
        "",
        "6",
        &[
            ("", "TT............", 0),
            ("", "TTT...........", 0),
            ("", "TTTT..........", 2),
            ("", "............TT", 0),
            ("", "..........TTTT", 2),
            ("T......", "TT............", 0),
            ("TT.....", "TT............", 2),
        ],
    );
    holds(
        "overtime_cap_month",
        "",
        "8",
        &[
            ("", "EEEEEE.EEEEE..", 0),
            ("", "EEEEEE.EEEEEH.", 4),
            ("", "EEEEEE.EEEEEE.", 8),
            ("EEEEEE.", "EEEEE..EEEEE..", 0),
            ("EEEEEE.", "EEEEE..EEEEEE.", 8),
        ],
    );
}

#[test]
fn days_off_answer_worked_rest_days() {
    holds_with(
        "overtime_cap_month,,7,hard,\ncomp_rest,,1,hard,\n",
        "overtime_cap_month",
        "id,skills\nA,phone\n",
        &[
            ("", "EEEEEE.EEEE...", 0),
            ("", "EEEEEE.EEEEH..", 0),
            ("", "EEEEEE.EEEEE..", 1),
            ("", "EEEE...EEEEEE.", 1),
            ("EEEEEE.", "EEEE...EEEEE..", 0),
            ("EEEEEE.", "EEEEE..EEEE...", 1),
        ],
    );
}

#[test]
fn overtime_that_needs_an_approval() {
    holds(
        "overtime_needs_approval",
        "",
        "6",
        &[
            ("", "TT............", 0),
            ("", "TTT...........", 0),
            ("", "TTTT..........", 2),
            ("TT.....", "...........TT.", 2),
        ],
    );
}

#[test]
fn overtime_of_a_day() {
    // V is eleven hours, W eleven and a half.
    holds(
        "overtime_cap_day",
        "",
        "3",
        &[
            ("", "T.............", 0),
            ("", "V.............", 0),
            ("", "W.............", 1),
            ("", ".............V", 0),
            ("", ".............W", 1),
        ],
    );
}

#[test]
fn hours_of_a_week_and_of_a_month() {
    holds(
        "max_hours_week",
        "",
        "24",
        &[
            ("", "EE.....EEE....", 0),
            ("", "EEE....EEE....", 0),
            ("", "EEEH...EEE....", 4),
            ("", "EEE....EEEH...", 4),
            ("EEEEEEE", "EEE....EEE....", 0),
        ],
    );
    holds(
        "max_hours_month",
        "",
        "24",
        &[
            ("", "EE............", 0),
            ("", "EE...........E", 0),
            ("", "EEH..........E", 4),
            ("EE.....", "E.............", 0),
            ("EE.....", "E............H", 4),
        ],
    );
}

#[test]
fn shifts_and_weekends() {
    holds(
        "max_shifts",
        "band:late",
        "2",
        &[
            ("", "L.............", 0),
            ("", "L............K", 0),
            ("", "LL...........K", 1),
            ("LLLLLLL", "L............K", 0),
        ],
    );
    holds(
        "max_weekends",
        "",
        "1",
        &[
            ("", ".....E........", 0),
            ("", ".....EE.......", 0),
            ("", ".....E......E.", 1),
            ("", "......E......E", 1),
            (".....EE", "......E.......", 0),
        ],
    );
}

#[test]
fn people_on_duty() {
    let staff = "id,skills\nA,phone\n";
    let days = "EEEEEEEEEEEEEE";
    holds_with("min_on_duty,,1,hard,\n", "min_on_duty", staff, &[("", days, 0)]);
    holds_with("min_on_duty,,1,hard,\n", "min_on_duty", staff, &[("", ".EEEEEEEEEEEE.", 2)]);
    holds_with("max_on_duty,,0,hard,\n", "max_on_duty", staff, &[("", "E............E", 2)]);
    holds_with("max_on_duty,,1,hard,\n", "max_on_duty", staff, &[("", days, 0)]);
}

#[test]
fn protected_people() {
    let night = [("", "N.............", true), ("", "L.............", true), ("", "K.............", false)];
    for (history, days, broken) in night {
        let case = case("night_window,,22:00-06:00,hard,\n", history, "id,skills,tags\nA,phone,no_night\n");
        assert_eq!(missed(&case, "no_night", days) > 0, broken, "{days}");
    }
    let dated = "id,skills,tags\nA,phone,no_night@2026-08-11..2026-08-22\n";
    for (days, broken) in [
        ("N.............", false),
        (".N............", true),
        ("............N.", true),
        (".............N", false),
    ] {
        assert_eq!(
            missed(&case("night_window,,22:00-06:00,hard,\n", "", dated), "no_night", days) > 0,
            broken,
            "{days}"
        );
    }
    let rules = "weight_overtime,,1,soft,\n";
    for tag in ["no_overtime", "minor"] {
        let staff = format!("id,skills,tags\nA,phone,{tag}\n");
        for (days, minutes) in [
            ("EEEEE..EEEEE..", 0),
            ("T.............", 120),
            (".............T", 120),
            ("EEEEEE........", 480),
            ("EEEEEH........", 240),
        ] {
            assert_eq!(missed(&case(rules, "", &staff), "no_overtime", days), minutes, "{tag} {days}");
        }
    }
    let dated = "id,skills,tags\nA,phone,no_overtime@2026-08-11..2026-08-22\n";
    for (days, minutes) in [("T............T", 0), (".T............", 120), ("............T.", 120)] {
        assert_eq!(missed(&case(rules, "", dated), "no_overtime", days), minutes, "{days}");
    }
}
