//! Points on which the engines and the checker once differed, each on a case made for it: through the compiled problem,
//! the day plan, the ledger and the checker.

use crate::cases::{Size, origin, random_case};
use chrono::NaiveDate;
use paiban::base::Span;
use paiban::base::index::{ChannelIx, PersonIx, ShiftIx};
use paiban::calendar::{Calendar, Horizon};
use paiban::check::{ScoreAnalysis, check};
use paiban::intraday;
use paiban::model::{
    Activity, Case, DayCell, DayPlan, HandoverKind, IntervalRequirement, Meeting, MeetingDay, Requirement,
    RequirementSource, Rota, RuleBook, RuleRow, ShiftType, Strength, Tag,
};
use paiban::pay;
use paiban::problem::{compile, encode};
use paiban::rules::{RuleKind, RuleValue, Scope, ScopeTerm};
use paiban::solve::compact;

const MONDAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 6, 8).expect("a date");

/// Two days from a Monday, shifts of these times, people of one team who serve one channel.
fn case(people: usize, shifts: &[&[(i32, i32)]]) -> Case {
    let size = Size {
        people: 1,
        days: 2,
        codes: 1,
        history: 0,
        hard: 0.0,
        rules: 0.0,
        meals: false,
        channels: 1,
        intervals: 0,
    };
    let (mut case, _) = random_case(1, size);
    case.horizon = Horizon { first: MONDAY, days: 2 };
    case.calendar = Calendar::empty();
    (case.rules, case.meetings) = (RuleBook::default(), Vec::new());
    (case.leave, case.requests, case.pins) = (Vec::new(), Vec::new(), Vec::new());
    (case.published, case.history) = (Vec::new(), Vec::new());
    let mut person = case.people.remove(0);
    (person.start_date, person.end_date, person.tags, person.band) = (None, None, Vec::new(), None);
    (person.team, person.contract, person.skills) = ("X".into(), "full".into(), vec![ChannelIx::new(0)]);
    case.people =
        (0..people).map(|p| paiban::model::Person { id: format!("E{p}"), ..person.clone() }).collect();
    let shift = |(i, times): (usize, &&[(i32, i32)])| ShiftType {
        code: ["A", "B", "C", "D"][i].into(),
        name: String::new(),
        band: ["early", "late", "late", "late"][i].into(),
        times: times.iter().map(|&(a, b)| Span::new(a, b)).collect(),
        meal_minutes: 0,
        meal_window: None,
        tail_minutes: 15,
        origin: origin(i + 2),
    };
    case.shifts = shifts.iter().enumerate().map(shift).collect();
    case
}

fn row(kind: RuleKind, terms: Vec<ScopeTerm>, value: i64, strength: Strength) -> RuleRow {
    let band = if kind == RuleKind::FairBand { "late" } else { "" }.to_owned();
    let value =
        if kind == RuleKind::HandoverMinutes { RuleValue::Minutes(value) } else { RuleValue::Count(value) };
    RuleRow {
        kind,
        band,
        scope: Scope { terms, text: String::new() },
        value,
        strength,
        weight: 0,
        origin: origin(2),
    }
}

fn needs(agents: i64) -> Requirement {
    let day = |day| {
        (6..24).map(move |h| IntervalRequirement {
            day,
            time: Span::new(60 * h, 60 * h + 60),
            channel: ChannelIx::new(0),
            agents,
            under_weight: 3,
            over_weight: 1,
            volume: None,
            aht_s: None,
            source: RequirementSource::Demand,
        })
    };
    Requirement::fixed((0..2).flat_map(day).collect())
}

fn rota(case: &Case, rows: &[[Option<usize>; 2]]) -> Rota {
    let cell = |s: &Option<usize>| s.map_or(DayCell::Off, |s| DayCell::Work(ShiftIx::new(s)));
    Rota { horizon: case.horizon, cells: rows.iter().map(|r| r.iter().map(cell).collect()).collect() }
}

/// Plans and judges a rota: no rule broken, equal objectives, and paid minutes that the compiled problem, the
/// ledger and the rules of one day agree on.
fn agreed(case: &Case, needs: &Requirement, rows: &[[Option<usize>; 2]]) -> (DayPlan, ScoreAnalysis) {
    let compiled = compile(case, needs).expect("every day has an option");
    let rota = rota(case, rows);
    let schedule = encode(&compiled.problem, &rota).expect("a schedule");
    let plan = intraday::plan(case, &rota, &compiled.problem.blocks, &compiled.cells);
    let judged = check(case, needs, &rota, &plan);
    assert_eq!(judged.violations().count(), 0, "{:#?}", judged.violations().collect::<Vec<_>>());
    assert_eq!(Some(judged.objective()), compact::total(&compiled.problem, &schedule));
    let ledger = pay::ledger(case, &rota);
    for p in case.person_indices() {
        for (d, cell) in rota.cells[p.ix()].iter().enumerate() {
            let option = &compiled.problem.people[p.ix()].options[d][usize::from(schedule.choice[p.ix()][d])];
            assert_eq!(i64::from(option.paid), ledger[p.ix()].days[d].paid);
            if let Some(s) = cell.shift() {
                let date = case.horizon.date(d as i64);
                assert_eq!(i64::from(option.paid), pay::paid_minutes(case, p, date, s).total);
            }
        }
    }
    (plan, judged)
}

fn paid(case: &Case, p: usize, day: i64, s: usize) -> i64 {
    pay::paid_minutes(case, PersonIx::new(p), case.horizon.date(day), ShiftIx::new(s)).total
}

fn stretches(plan: &DayPlan, p: usize, day: usize, activity: &Activity) -> Vec<Span> {
    let of = |d: &&paiban::model::Duty| (d.person.ix(), d.day) == (p, day) && d.activity == *activity;
    plan.duties.iter().filter(of).map(|d| d.time).collect()
}

#[test]
fn who_comes_in_for_a_meeting_is_paid_for_the_minutes_outside_the_shift() {
    // Contained, touched in part, in the gap of a split shift, and not at all.
    let shifts: [&[(i32, i32)]; 4] =
        [&[(480, 1020)], &[(800, 1260)], &[(600, 780), (870, 1140)], &[(900, 1380)]];
    let mut case = case(4, &shifts);
    case.meetings.push(Meeting {
        name: "weekly".into(),
        on: MeetingDay::Weekday(0),
        time: Span::new(780, 840),
        scope: Scope::default(),
        min_on_duty: 1,
        come_in: true,
        origin: origin(2),
    });
    let rows = [[Some(0), Some(0)], [Some(1), Some(1)], [Some(2), Some(2)], [Some(3), Some(3)]];
    for early in [false, true] {
        if early {
            case.rules.rows.push(row(RuleKind::HandoverMinutes, Vec::new(), 15, Strength::Hard));
        }
        case.rules.rows.push(row(RuleKind::WeightOvertime, Vec::new(), 2, Strength::Hard));
        let (plan, _) = agreed(&case, &needs(1), &rows);
        let meeting = Activity::Meeting(0);
        assert_eq!(stretches(&plan, 0, 0, &meeting), [], "kept: nobody else is on the channel");
        for p in 1..4 {
            assert_eq!(stretches(&plan, p, 0, &meeting), [Span::new(780, 840)], "{p}");
            assert_eq!(stretches(&plan, p, 1, &meeting), [], "Tuesday");
        }
        let outside: Vec<i64> = (0..4).map(|p| paid(&case, p, 0, p) - paid(&case, p, 1, p)).collect();
        assert_eq!(outside, [0, 20, 60, 60]);
    }
}

#[test]
fn a_meeting_over_the_tail_leaves_the_tail_whole() {
    let mut case = case(2, &[&[(480, 1020)], &[(600, 1140)]]);
    case.meetings.push(Meeting {
        name: "evening".into(),
        on: MeetingDay::Date(MONDAY),
        time: Span::new(1000, 1060),
        scope: Scope::default(),
        min_on_duty: 0,
        come_in: true,
        origin: origin(2),
    });
    let (plan, _) = agreed(&case, &needs(1), &[[Some(0), None], [Some(1), None]]);
    assert_eq!(stretches(&plan, 0, 0, &Activity::Tail), [Span::new(1020, 1035)]);
    assert_eq!(paid(&case, 0, 0, 0), 540 + 15 + 40);
}

#[test]
fn of_two_meetings_at_once_the_first_in_the_file_is_attended_and_paid() {
    let mut case = case(2, &[&[(480, 780)], &[(480, 1020)]]);
    for (i, (from, to)) in [(800, 840), (820, 880), (840, 860)].into_iter().enumerate() {
        case.meetings.push(Meeting {
            name: format!("M{i}"),
            on: MeetingDay::Date(MONDAY),
            time: Span::new(from, to),
            scope: Scope::default(),
            min_on_duty: 0,
            come_in: true,
            origin: origin(i + 2),
        });
    }
    let (plan, _) = agreed(&case, &needs(1), &[[Some(0), None], [Some(1), None]]);
    for p in 0..2 {
        let attended = |m: usize| stretches(&plan, p, 0, &Activity::Meeting(m));
        assert_eq!((attended(0), attended(1)), (vec![Span::new(800, 840)], Vec::new()));
        assert_eq!(attended(2), [Span::new(840, 860)]);
    }
    assert_eq!(paid(&case, 0, 0, 0) - paid(&case, 0, 1, 0), 60);
}

#[test]
fn a_dated_tag_in_the_scope_of_handover_minutes_counts_on_its_dates() {
    let mut case = case(2, &[&[(480, 1020)], &[(1020, 1380)]]);
    for person in &mut case.people {
        person.tags = vec![Tag { word: "handover".into(), dates: Some((MONDAY, MONDAY)) }];
    }
    let term = ScopeTerm::Tag("handover".into());
    case.rules.rows.push(row(RuleKind::HandoverMinutes, vec![term], 20, Strength::Hard));
    case.rules.rows.push(row(RuleKind::WeightOvertime, Vec::new(), 2, Strength::Hard));
    let (plan, _) = agreed(&case, &needs(1), &[[Some(0), Some(0)], [Some(1), Some(1)]]);
    assert_eq!(paid(&case, 0, 0, 0) - paid(&case, 0, 1, 0), 20);
    let ends = |day: usize| -> Vec<(Span, HandoverKind)> {
        let of = plan.handovers.iter().filter(|h| h.day == day && h.from.ix() == 0);
        of.map(|h| (h.time, h.kind)).collect()
    };
    assert_eq!(ends(0), [(Span::new(1000, 1020), HandoverKind::EarlyArrival)]);
    assert_eq!(ends(1), [(Span::new(1005, 1020), HandoverKind::Message)]);
    assert_eq!(stretches(&plan, 1, 0, &Activity::Handover)[0], Span::new(1000, 1020));
    assert_eq!(stretches(&plan, 1, 1, &Activity::Handover)[0], Span::new(1020, 1035), "reads");
}

#[test]
fn the_same_row_of_a_price_holds_for_the_engines_and_the_checker() {
    use Strength::{Hard, Soft};
    let team = || ScopeTerm::Team("X".into());
    let contract = || ScopeTerm::Contract("full".into());
    let id = |p| ScopeTerm::Id(PersonIx::new(p));
    let all = Vec::new;
    // Rows in the order of the file, and the value that holds for both people.
    let table: Vec<(Vec<(Vec<ScopeTerm>, i64, Strength)>, i64)> = vec![
        (vec![(all(), 3, Soft), (all(), 5, Soft)], 3),
        (vec![(all(), 3, Soft), (all(), 5, Hard)], 5),
        (vec![(all(), 3, Hard), (all(), 5, Soft)], 3),
        (vec![(all(), 3, Hard), (vec![team()], 5, Soft)], 5),
        (vec![(vec![team(), contract()], 3, Soft), (vec![team()], 5, Hard)], 3),
        (vec![(vec![team()], 3, Soft), (vec![contract()], 5, Hard)], 5),
        (vec![(vec![team(), contract()], 3, Hard), (vec![id(0)], 5, Soft), (vec![id(1)], 7, Soft)], 0),
        (vec![(vec![id(0), team()], 3, Soft), (vec![id(0)], 5, Hard), (all(), 4, Soft)], 0),
    ];
    for (rows, value) in table {
        let mut case = case(2, &[&[(480, 1020)], &[(900, 1380)]]);
        for (terms, value, strength) in rows.clone() {
            case.rules.rows.push(row(RuleKind::FairBand, terms, value, strength));
        }
        // Two late shifts against none.
        let (_, judged) = agreed(&case, &needs(1), &[[Some(1), Some(1)], [Some(0), None]]);
        let fair: i64 = judged.penalties().iter().filter(|p| p.0 == "fair_band:late").map(|p| p.1).sum();
        assert_eq!(fair, 2 * value, "{rows:?}");
        for kind in [RuleKind::WeightOvertime, RuleKind::WeightRequest] {
            let mut case = case.clone();
            case.rules.rows.clear();
            for (terms, value, strength) in rows.clone() {
                case.rules.rows.push(row(kind, terms, value, strength));
            }
            case.requests.push(paiban::model::Request {
                person: PersonIx::new(0),
                date: MONDAY,
                want: paiban::model::Want::Off,
                weight: 2,
                origin: origin(2),
            });
            agreed(&case, &needs(1), &[[Some(0), Some(1)], [Some(0), None]]);
        }
    }
}

/// A requirement of quarters of an hour of the second day: minute, agents.
fn quarters(list: &[(i32, i64)]) -> Requirement {
    let mut needs = needs(0);
    let model = needs.intervals[0].clone();
    needs.intervals = list
        .iter()
        .map(|&(start, agents)| IntervalRequirement {
            day: 1,
            time: Span::new(start, start + 15),
            agents,
            under_weight: 30,
            over_weight: 10,
            ..model.clone()
        })
        .collect();
    needs
}

#[test]
fn who_is_kept_is_on_the_queue_until_the_own_handover_and_after_reading() {
    let meeting = |from, to| Meeting {
        name: "weekly".into(),
        on: MeetingDay::Weekday(1),
        time: Span::new(from, to),
        scope: Scope::default(),
        min_on_duty: 1,
        come_in: false,
        origin: origin(2),
    };
    let mut end = case(2, &[&[(480, 1020)]]);
    end.meetings.push(meeting(990, 1020));
    let needs = quarters(&[(990, 1), (1005, 0)]);
    let (_, judged) = agreed(&end, &needs, &[[None, Some(0)], [None, Some(0)]]);
    assert_eq!(judged.objective(), 0, "16:30 to 16:45");
    let mut start = case(2, &[&[(480, 1020)]]);
    start.meetings.push(meeting(480, 510));
    let needs = quarters(&[(480, 0), (495, 1)]);
    let (plan, judged) = agreed(&start, &needs, &[[Some(0), None], [None, Some(0)]]);
    assert_eq!(judged.objective(), 0, "08:15 to 08:30");
    assert_eq!(stretches(&plan, 1, 1, &Activity::Handover)[0], Span::new(480, 495), "reads");
}
