//! A case made by hand: two people, three days, one channel; a rota and its duties.

use super::{Finished, Report, RunFacts, RunStatus};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Span, Text};
use crate::calendar::{Calendar, Horizon};
use crate::check::{Match, ScoreAnalysis};
use crate::model::*;
use crate::rules::ChannelKind;
use chrono::NaiveDate;

fn person(id: &str, name: &str) -> Person {
    Person {
        name: name.into(),
        team: "A".into(),
        skills: vec![ChannelIx(0)],
        ..Person::new(id, Origin::default_value())
    }
}

fn shift(code: &str, band: &str, time: Span) -> ShiftType {
    ShiftType { band: band.into(), ..ShiftType::new(code, vec![time], Origin::default_value()) }
}

/// The case: 2026-10-01 to 03, an early shift 08:00–16:00 and a late one 18:00–26:00.
pub(crate) fn case() -> Case {
    let first = NaiveDate::from_ymd_opt(2026, 10, 1).expect("a date");
    let channel = Channel::new("voice", ChannelKind::Voice, Origin::default_value());
    let pending = Leave {
        person: PersonIx(1),
        from: first,
        to: first,
        kind: "ANNUAL".into(),
        status: LeaveStatus::Pending,
        substitute: None,
        origin: Origin::default_value(),
    };
    Case {
        folder: "case".into(),
        channels: vec![channel],
        people: vec![person("007", "=张伟"), person("E2", "李, 娜")],
        shifts: vec![shift("E", "early", Span::new(480, 960)), shift("L", "late", Span::new(1080, 1560))],
        leave: vec![pending],
        requests: vec![Request {
            person: PersonIx(0),
            date: first,
            want: Want::Shift(ShiftIx(0)),
            weight: 1,
            origin: Origin::default_value(),
        }],
        pins: vec![Pin {
            person: PersonIx(0),
            date: first,
            target: PinTarget::Shift(ShiftIx(0)),
            origin: Origin::default_value(),
        }],
        inputs: vec![InputFile { name: "staff.csv".into(), sha256: "00".into() }],
        ..Case::empty(Horizon { first, days: 3 }, Calendar::empty())
    }
}

/// The rota: E and off and annual leave; L, off, outside employment.
pub(crate) fn rota(case: &Case) -> Rota {
    let cells = vec![
        vec![DayCell::Work(ShiftIx(0)), DayCell::Off, DayCell::Leave("ANNUAL".into())],
        vec![DayCell::Work(ShiftIx(1)), DayCell::Off, DayCell::Absent],
    ];
    Rota { horizon: case.horizon, cells }
}

fn plan() -> DayPlan {
    let duty = |p: u32, time: Span, activity: Activity| Duty { day: 0, person: PersonIx(p), time, activity };
    let voice = Activity::Channel(ChannelIx(0));
    let handover = Handover {
        batch: "HO-20261001-2545-VOICE-01".into(),
        day: 0,
        time: Span::new(1545, 1560),
        channel: ChannelIx(0),
        kind: HandoverKind::Message,
        from: PersonIx(1),
        to: None,
        backup: None,
        note: Text::new("nobody follows", "无人接班"),
    };
    DayPlan {
        duties: vec![
            duty(0, Span::new(480, 960), voice.clone()),
            duty(1, Span::new(1080, 1545), voice),
            duty(1, Span::new(1545, 1560), Activity::Handover),
        ],
        handovers: vec![handover],
    }
}

fn requirement() -> Requirement {
    let interval = |start: i32, agents: i64| {
        IntervalRequirement::of_demand((0, Span::new(start, start + 60)), ChannelIx(0), agents, (2, 0))
    };
    Requirement::fixed(vec![interval(480, 1), interval(540, 2), interval(1500, 1)])
}

/// The report of all that.
pub(crate) fn report() -> Report {
    report_of(&case())
}

/// The report of a case that may differ from [`case`] in what nobody's days depend on.
pub(crate) fn report_of(case: &Case) -> Report {
    let rota = rota(case);
    let short = Match {
        rule: "weight_understaff".into(),
        scope: String::new(),
        strength: Strength::Soft,
        weight: 2,
        amount: 75,
        penalty: 150,
        who: "voice".into(),
        when: "2026-10-01".into(),
        why: Text::new("short", "缺员"),
    };
    let score = ScoreAnalysis { matches: vec![short] };
    let run = RunFacts { status: RunStatus::Feasible, bound: Some(120), seconds: 1.234, seed: 1, threads: 2 };
    let pay = crate::pay::ledger(case, &rota);
    let (plan, requirement) = (plan(), requirement());
    Report::new(&Finished {
        case,
        requirement: &requirement,
        rota: &rota,
        plan: &plan,
        promises: &[],
        score: &score,
        pay: &pay,
        behind: &[],
        run: &run,
    })
}

#[test]
fn coverage_is_counted_from_duties_to_the_minute() {
    let report = report();
    let minutes: Vec<_> =
        report.coverage.iter().map(|r| (r.rostered_minutes, r.short_minutes, r.over_minutes)).collect();
    assert_eq!(minutes, [(60, 0, 0), (60, 60, 0), (45, 15, 0)]);
    assert_eq!(report.overview.covered_share(), 6875);
    assert_eq!(report.overview.shortfalls.len(), 2);
}

#[test]
fn wishes_and_pending_leave_are_counted() {
    let report = report();
    assert_eq!(report.overview.requests, (1, 2));
    assert_eq!(report.overview.pending[0].days, (1, 0));
    assert_eq!(report.summary.run.gap, Some(0.2));
}
