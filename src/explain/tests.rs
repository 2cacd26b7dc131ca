use super::*;
use crate::base::Span;
use crate::model::{
    DayCell, Leave, LeaveStatus, Origin, PastDay, PastStatus, Pin, PinTarget, Requirement, Rota, RuleRow,
    Strength,
};
use crate::problem::compile;
use crate::problem::day::testing::{case, shift};
use crate::rules::{RuleKind, RuleValue, Scope};

fn rule(kind: RuleKind, value: RuleValue, line: usize) -> RuleRow {
    RuleRow {
        kind,
        band: String::new(),
        scope: Scope::default(),
        value,
        strength: Strength::Hard,
        weight: 0,
        origin: Origin::new("rules.csv", line),
    }
}

fn pin(case: &Case, day: i64, code: &str, line: usize) -> Pin {
    Pin {
        person: PersonIx(0),
        date: case.horizon.date(day),
        target: case.shift_by_code(code).map_or(PinTarget::Off, PinTarget::Shift),
        origin: Origin::new("pins.csv", line),
    }
}

fn two_shifts() -> Case {
    let mut c = case(7, 1, vec![shift("E", &[(480, 960)]), shift("L", &[(960, 1440)])], &[&[0], &[0]]);
    c.rules.rows.push(rule(RuleKind::MaxConsecutiveDays, RuleValue::Count(6), 2));
    c.rules.rows.push(rule(RuleKind::MinRestHours, RuleValue::Minutes(660), 3));
    c.rules.rows.push(rule(RuleKind::MaxHoursMonth, RuleValue::Minutes(160 * 60), 4));
    c
}

#[test]
fn pins_that_break_a_rest_are_named_with_the_rule_and_nothing_else() {
    let mut c = two_shifts();
    c.pins = vec![pin(&c, 1, "L", 2), pin(&c, 2, "E", 3), pin(&c, 5, "E", 4)];
    let compiled = compile(&c, &Requirement::default()).expect("every day has an option");
    let found = conflicts(&c, &compiled, &[], &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].person, Some(PersonIx(0)));
    assert_eq!(found[0].facts, [Fact::Rule(1), Fact::Pin(0), Fact::Pin(1)]);
    assert!(found[0].text().en.starts_with(
        "E001: rules.csv:3 min_rest_hours 11, pins.csv:2 (L on 2026-01-06), pins.csv:3 (E on 2026-01-07)"
    ));
}

#[test]
fn a_pin_on_leave_is_named_with_the_leave() {
    let mut c = two_shifts();
    c.pins = vec![pin(&c, 3, "E", 2)];
    let date = c.horizon.date(3);
    c.leave = vec![Leave {
        person: PersonIx(0),
        from: date,
        to: date,
        kind: "SICK".into(),
        status: LeaveStatus::Approved,
        substitute: None,
        origin: Origin::new("leave.csv", 2),
    }];
    let found = contradictions(&c, &compile(&c, &Requirement::default()).expect_err("no option"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].facts, [Fact::Leave(0), Fact::Pin(0)]);
}

#[test]
fn hours_that_the_days_cannot_hold_are_named() {
    let mut c = case(31, 1, vec![shift("E", &[(480, 960)])], &[&[0]]);
    c.horizon.first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    c.rules.rows.push(rule(RuleKind::MaxConsecutiveDays, RuleValue::Count(6), 2));
    c.rules.rows.push(rule(RuleKind::MinRestDaysPerWeek, RuleValue::Count(2), 3));
    c.rules.rows.push(rule(RuleKind::MinHoursMonth, RuleValue::Minutes(200 * 60), 4));
    let compiled = compile(&c, &Requirement::default()).expect("every day has an option");
    let found = conflicts(&c, &compiled, &[0], &[]);
    assert_eq!(found[0].facts, [Fact::Rule(2), Fact::Rule(1)]);
}

#[test]
fn more_people_asked_for_than_there_are_is_a_conflict_of_the_day() {
    let mut c = two_shifts();
    c.rules.rows.push(rule(RuleKind::MinOnDuty, RuleValue::Count(3), 5));
    let compiled = compile(&c, &Requirement::default()).expect("every day has an option");
    let found = conflicts(&c, &compiled, &[], &[]);
    assert_eq!(found.len(), 7);
    assert!(found[0].text().en.starts_with("2026-01-05: rules.csv:5 min_on_duty 3"));
}

/// Two weeks of one late shift, two days in a row at most; the first person is on leave for the first three days.
fn two_weeks() -> Case {
    let mut c = case(14, 1, vec![shift("L", &[(960, 1440)])], &[&[0], &[0]]);
    c.shifts[0].band = "late".into();
    c.rules.rows.push(rule(RuleKind::MaxConsecutiveDays, RuleValue::Count(2), 2));
    let fair = RuleRow {
        band: "late".into(),
        strength: Strength::Soft,
        ..rule(RuleKind::FairBand, RuleValue::Count(10), 3)
    };
    c.rules.rows.push(fair);
    c.leave = vec![Leave {
        person: PersonIx(0),
        from: c.horizon.date(0),
        to: c.horizon.date(2),
        kind: "SICK".into(),
        status: LeaveStatus::Approved,
        substitute: None,
        origin: Origin::new("leave.csv", 2),
    }];
    c
}

fn working(c: &Case, days: [&[usize]; 2]) -> Rota {
    let mut rota = Rota { horizon: c.horizon, cells: vec![vec![DayCell::Off; c.horizon.days]; 2] };
    for (p, days) in days.into_iter().enumerate() {
        for &d in days {
            rota.cells[p][d] = DayCell::Work(crate::base::index::ShiftIx::new(0));
        }
    }
    rota
}

#[test]
fn who_has_the_fewest_and_cannot_have_more_is_named_with_what_forbids_it() {
    let c = two_weeks();
    let most: &[usize] = &[0, 1, 3, 4, 6, 7, 9, 10, 12, 13];
    let found = behind(&c, &working(&c, [&[3, 4, 6, 7, 9, 10, 12, 13], most]));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].person, found[0].count, found[0].apart), (PersonIx(0), 8, 2));
    assert_eq!(found[0].facts, [Fact::Rule(0), Fact::Leave(0)]);
    assert_eq!(found[0].places(), ["rules.csv:2", "leave.csv:2"]);
    assert!(found[0].text().en.contains("cannot have more than 8 late shifts in this rota: rules.csv:2"));
    let fewer = behind(&c, &working(&c, [&[3, 4, 6, 7, 9, 10, 12], most]));
    assert_eq!(fewer, [], "one more would be possible");
    let closer = behind(&c, &working(&c, [&[3, 4, 6, 7, 9, 10, 12, 13], &most[..9]]));
    assert_eq!(closer, [], "one apart cannot always be helped");
}

#[test]
fn a_weekend_counts_once_in_the_proof() {
    let mut c = case(28, 1, vec![shift("L", &[(960, 1440)])], &[&[0], &[0]]);
    let fair = RuleRow { strength: Strength::Soft, ..rule(RuleKind::FairWeekends, RuleValue::Count(10), 2) };
    c.rules.rows.push(fair);
    c.leave = [5, 12, 19]
        .map(|saturday| Leave {
            from: c.horizon.date(saturday),
            to: c.horizon.date(saturday + 1),
            ..two_weeks().leave[0].clone()
        })
        .to_vec();
    let found = behind(&c, &working(&c, [&[26, 27], &[5, 12, 19, 20, 26]]));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].count, found[0].apart), (1, 3));
    assert_eq!(found[0].facts, [Fact::Leave(0), Fact::Leave(1), Fact::Leave(2)]);
}

#[test]
fn a_weekend_that_began_in_the_history_is_not_one_more() {
    let mut c = case(28, 1, vec![shift("L", &[(960, 1440)])], &[&[0], &[0]]);
    c.horizon.first = chrono::NaiveDate::from_ymd_opt(2026, 1, 4).expect("a Sunday");
    let fair = RuleRow { strength: Strength::Soft, ..rule(RuleKind::FairWeekends, RuleValue::Count(10), 2) };
    c.rules.rows.push(fair);
    c.history = [0, 1]
        .map(|p| PastDay {
            person: PersonIx(p),
            date: c.horizon.date(-1),
            status: PastStatus::Work {
                shift: None,
                code: "L".into(),
                band: String::new(),
                times: vec![Span::new(960, 1440)],
                tail_minutes: 0,
                paid_minutes: 480,
            },
            overtime_minutes: None,
            origin: Origin::new("history.csv", 2),
        })
        .to_vec();
    c.leave = [6, 13]
        .map(|saturday| Leave {
            from: c.horizon.date(saturday),
            to: c.horizon.date(saturday + 1),
            ..two_weeks().leave[0].clone()
        })
        .to_vec();
    let found = behind(&c, &working(&c, [&[0, 20, 27], &[6, 13, 20, 27]]));
    assert_eq!(found.len(), 1, "three weekends with the history, and the other one has five");
    assert_eq!((found[0].count, found[0].apart), (2, 2));
    assert_eq!(
        found[0].facts,
        [Fact::Leave(0), Fact::Leave(1), Fact::History],
        "the history counts the first one"
    );
}
