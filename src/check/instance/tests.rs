//! Rotas at the limit, one below and one above it, in the middle and at both ends of the horizon.

use super::check_instance;
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{
    InputFile, Instance, InstanceCover, InstancePerson, InstanceRequest, InstanceRota, InstanceShift,
};

/// Two weeks, an early shift of 480 minutes, a late one of 600 that an early one cannot follow, one person.
fn instance() -> Instance {
    let shift = |id: &str, minutes, not_before| InstanceShift { id: id.to_owned(), minutes, not_before };
    let person = InstancePerson {
        id: "A".to_owned(),
        max_shifts: vec![14, 14],
        max_minutes: 14 * 600,
        min_minutes: 0,
        max_consecutive: 14,
        min_consecutive: 1,
        min_days_off: 1,
        max_weekends: 2,
        days_off: Vec::new(),
    };
    Instance {
        source: InputFile { name: "tiny.txt".to_owned(), sha256: String::new() },
        days: 14,
        shifts: vec![shift("E", 480, vec![]), shift("L", 600, vec![ShiftIx(0)])],
        people: vec![person],
        requests: Vec::new(),
        cover: Vec::new(),
    }
}

/// `E`, `L`, and anything else for a day off.
fn rota(lines: &[&str]) -> InstanceRota {
    let cell = |c| match c {
        'E' => Some(ShiftIx(0)),
        'L' => Some(ShiftIx(1)),
        _ => None,
    };
    InstanceRota { cells: lines.iter().map(|line| line.chars().map(cell).collect()).collect() }
}

/// Rule, amount and days of every rule broken.
fn broken(instance: &Instance, line: &str) -> Vec<(String, i64, String)> {
    let score = check_instance(instance, &rota(&[line]));
    score.violations().map(|m| (m.rule.clone(), m.amount, m.when.clone())).collect()
}

fn of(rule: &str, amount: i64, when: &str) -> Vec<(String, i64, String)> {
    vec![(rule.to_owned(), amount, when.to_owned())]
}

#[test]
fn a_rota_of_days_off_breaks_nothing() {
    assert_eq!(broken(&instance(), ".............."), []);
}

#[test]
fn a_rota_of_another_size_is_told_and_left_alone() {
    let score = check_instance(&instance(), &rota(&["..."]));
    assert_eq!(score.violations().map(|m| m.rule.as_str()).collect::<Vec<_>>(), ["cells"]);
}

#[test]
fn work_on_a_day_off_is_broken_at_both_ends() {
    let mut i = instance();
    i.people[0].days_off = vec![0, 13];
    assert_eq!(broken(&i, "E............."), of("days_off", 1, "0"));
    assert_eq!(broken(&i, ".............L"), of("days_off", 1, "13"));
    assert_eq!(broken(&i, ".EEEEEEEEEEEE."), []);
}

#[test]
fn an_early_shift_after_a_late_one_is_broken_and_a_day_between_cures_it() {
    assert_eq!(broken(&instance(), "LE............"), of("forbidden_succession", 1, "0..1"));
    assert_eq!(broken(&instance(), "............LE"), of("forbidden_succession", 1, "12..13"));
    for sound in ["L.E...........", "ELL...........", "............EL"] {
        assert_eq!(broken(&instance(), sound), [], "{sound}");
    }
}

#[test]
fn a_type_is_worked_as_often_as_allowed_and_not_once_more() {
    let mut i = instance();
    i.people[0].max_shifts = vec![2, 0];
    assert_eq!(broken(&i, "E............."), []);
    assert_eq!(broken(&i, "E............E"), []);
    assert_eq!(broken(&i, "E....E.......E"), of("max_shifts", 1, "0..13"));
    assert_eq!(broken(&i, "......L......."), of("max_shifts", 1, "0..13"));
}

#[test]
fn minutes_at_both_limits_are_sound() {
    let mut i = instance();
    (i.people[0].min_minutes, i.people[0].max_minutes) = (1080, 1560);
    assert_eq!(broken(&i, "EL............"), []);
    assert_eq!(broken(&i, "EEL..........."), []);
    (i.people[0].min_minutes, i.people[0].max_minutes) = (1081, 1559);
    assert_eq!(broken(&i, "EL............"), of("min_minutes", 1, "0..13"));
    assert_eq!(broken(&i, "EEL..........."), of("max_minutes", 1, "0..13"));
}

#[test]
fn the_longest_run_counts_what_lies_inside_also_at_the_ends() {
    let mut i = instance();
    i.people[0].max_consecutive = 3;
    for sound in ["EEE...........", "....EEE......", "...........EEE", "..EE..EEE..EEE"] {
        let line = format!("{sound:.<14}");
        assert_eq!(broken(&i, &line), [], "{line}");
    }
    assert_eq!(broken(&i, "EEEE.........."), of("max_consecutive_days", 1, "0..3"));
    assert_eq!(broken(&i, "....EEEE......"), of("max_consecutive_days", 1, "4..7"));
    assert_eq!(broken(&i, ".........EEEEE"), of("max_consecutive_days", 2, "9..13"));
    i.people[0].max_consecutive = 0;
    assert_eq!(broken(&i, ".....E........"), of("max_consecutive_days", 1, "5"));
}

#[test]
fn the_least_run_of_shifts_does_not_hold_at_the_ends() {
    let mut i = instance();
    i.people[0].min_consecutive = 3;
    for sound in ["E.............", ".............E", "EE..........EE", ".EEE..........", "..EEEE........"] {
        assert_eq!(broken(&i, sound), [], "{sound}");
    }
    assert_eq!(broken(&i, ".EE..........."), of("min_consecutive_days", 1, "1..2"));
    assert_eq!(broken(&i, "............E."), of("min_consecutive_days", 2, "12"));
}

#[test]
fn the_least_run_of_days_off_does_not_hold_at_the_ends() {
    let mut i = instance();
    i.people[0].min_days_off = 3;
    for sound in [".EEEEEEEEEEEE.", "..EEEEEEEEEE..", "EEEE...EEEEEEE", "EEE....EEEEEEE"] {
        assert_eq!(broken(&i, sound), [], "{sound}");
    }
    assert_eq!(broken(&i, "E..EEEEEEEEEEE"), of("min_consecutive_off", 1, "1..2"));
    assert_eq!(broken(&i, "EEEEEEEEEEEE.E"), of("min_consecutive_off", 2, "12"));
}

#[test]
fn a_weekend_counts_once_whichever_of_its_days_is_worked() {
    let mut i = instance();
    i.people[0].max_weekends = 1;
    for sound in [".....E........", "......E.......", ".....EE.......", "............E.", ".............E"] {
        assert_eq!(broken(&i, sound), [], "{sound}");
    }
    for both in [".....E......E.", "......E......E", ".....EE.....EE"] {
        assert_eq!(broken(&i, both), of("max_weekends", 1, "0..13"), "{both}");
    }
    i.people[0].max_weekends = 0;
    assert_eq!(broken(&i, "EEEEE..EEEEE.."), []);
    assert_eq!(broken(&i, ".............E"), of("max_weekends", 1, "0..13"));
    i.days = 6;
    assert_eq!(broken(&i, ".....E"), of("max_weekends", 1, "0..5"));
}

#[test]
fn requests_cost_their_weight_when_they_are_not_met() {
    let mut i = instance();
    let request = |day, shift, wanted, weight| InstanceRequest {
        person: PersonIx(0),
        day,
        shift: ShiftIx(shift),
        wanted,
        weight,
    };
    i.requests = vec![request(0, 0, true, 3), request(13, 1, true, 5), request(1, 0, false, 7)];
    let price = |line: &str| check_instance(&i, &rota(&[line])).objective();
    assert_eq!(price("E............L"), 0);
    assert_eq!(price(".............."), 8);
    assert_eq!(price("EE...........L"), 7);
    assert_eq!(price("EL...........E"), 5);
    let score = check_instance(&i, &rota(&[".............."]));
    assert_eq!(score.penalties().into_iter().collect::<Vec<_>>(), [("requests".to_owned(), 8)]);
}

#[test]
fn cover_costs_each_person_missing_or_spare() {
    let mut i = instance();
    i.people = vec![i.people[0].clone(), i.people[0].clone(), i.people[0].clone()];
    i.cover = vec![
        InstanceCover { day: 0, shift: ShiftIx(0), required: 2, under: 100, over: 1 },
        InstanceCover { day: 13, shift: ShiftIx(1), required: 0, under: 100, over: 4 },
    ];
    let one = |first: char, last: char| format!("{first}............{last}");
    let price = |all: [(char, char); 3]| {
        let lines: Vec<String> = all.iter().map(|(a, b)| one(*a, *b)).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        check_instance(&i, &rota(&lines)).objective()
    };
    assert_eq!(price([('.', '.'); 3]), 200);
    assert_eq!(price([('E', '.'), ('L', '.'), ('.', '.')]), 100);
    assert_eq!(price([('E', '.'), ('E', '.'), ('.', '.')]), 0);
    assert_eq!(price([('E', 'L'), ('E', 'L'), ('E', '.')]), 9);
}
