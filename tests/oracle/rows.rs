//! Random rows of `rules.csv`.

use crate::cases::{chance, origin, pick};
use paiban::base::Span;
use paiban::base::index::{PersonIx, ShiftIx};
use paiban::base::random::Random;
use paiban::model::{Case, RuleRow, Strength};
use paiban::rules::{HoursSystem, Rotation, RotationOrder, RuleKind, RuleValue, Scope, ScopeTerm};

/// Adds random rows: each rule with chance `share`, each row that may be hard with chance `hard`.
pub(crate) fn add(r: &mut Random, case: &mut Case, share: f64, hard: f64) {
    for kind in RuleKind::ALL {
        let rows = match kind {
            _ if !chance(r, share) => 0,
            RuleKind::ForbiddenSuccession
            | RuleKind::MinOnDuty
            | RuleKind::MaxOnDuty
            | RuleKind::MaxShifts => 1 + r.below(2),
            _ if chance(r, 0.25) => 2,
            _ => 1,
        };
        for i in 0..rows {
            let strength = if chance(r, hard) { Strength::Hard } else { Strength::Soft };
            let strength = if i == 1 && chance(r, 0.5) { Strength::Soft } else { strength };
            let row = RuleRow {
                kind,
                band: if kind == RuleKind::FairBand {
                    pick(r, &["late", "early"]).into()
                } else {
                    String::new()
                },
                scope: scope(r, case, kind, i),
                value: value(r, case, kind),
                strength,
                weight: if strength == Strength::Soft { 1 + r.below(9) as i64 } else { 0 },
                origin: origin(case.rules.rows.len() + 2),
            };
            case.rules.rows.push(row);
        }
    }
}

fn scope(r: &mut Random, case: &Case, kind: RuleKind, i: usize) -> Scope {
    let mut terms = Vec::new();
    if i > 0 || chance(r, 0.2) {
        terms.push(match r.below(4) {
            0 => ScopeTerm::Team("X".into()),
            1 => ScopeTerm::Id(PersonIx::new(r.below(case.people.len()))),
            2 => ScopeTerm::Tag("senior".into()),
            _ => ScopeTerm::Contract("part".into()),
        });
    }
    let about_shifts = matches!(kind, RuleKind::MaxShifts | RuleKind::MinOnDuty | RuleKind::MaxOnDuty);
    if about_shifts && chance(r, 0.6) {
        terms.push(if chance(r, 0.5) {
            ScopeTerm::Band("late".into())
        } else {
            ScopeTerm::Shift(ShiftIx::new(r.below(case.shifts.len())))
        });
    }
    if matches!(kind, RuleKind::MinOnDuty | RuleKind::MaxOnDuty) && chance(r, 0.4) {
        terms.push(ScopeTerm::Weekday(r.below(7)));
    }
    Scope { terms, text: String::new() }
}

fn value(r: &mut Random, case: &Case, kind: RuleKind) -> RuleValue {
    let names: Vec<String> =
        case.shifts.iter().flat_map(|s| [s.code.clone(), s.band.clone()]).chain(["late".into()]).collect();
    let days = case.horizon.days as i64;
    match kind {
        RuleKind::MaxConsecutiveDays => RuleValue::Count(2 + r.below(4) as i64),
        RuleKind::MinConsecutiveDays | RuleKind::MinConsecutiveOff => RuleValue::Count(1 + r.below(3) as i64),
        RuleKind::MinRestDaysPerWeek => RuleValue::Count(1 + r.below(3) as i64),
        RuleKind::RestWeek => RuleValue::Rolling7(chance(r, 0.7)),
        RuleKind::MinRestHours => RuleValue::Minutes(pick(r, &[660, 720, 690, 1500])),
        RuleKind::ForbiddenSuccession => RuleValue::Succession(pick(r, &names), pick(r, &names)),
        RuleKind::Rotation => RuleValue::Rotation(pick(
            r,
            &[Rotation::Month, Rotation::Weeks(1), Rotation::Weeks(1), Rotation::Weeks(2)],
        )),
        RuleKind::RotationOrder => RuleValue::RotationOrder(if chance(r, 0.4) {
            RotationOrder::Any
        } else if chance(r, 0.3) {
            RotationOrder::Cycle(vec!["early".into(), "late".into(), "relief".into()])
        } else {
            RotationOrder::Cycle(vec!["early".into(), "mid".into(), "late".into()])
        }),
        RuleKind::Changeover => RuleValue::Weekday(r.below(7)),
        RuleKind::MinOnDuty => RuleValue::Count(r.below(3) as i64),
        RuleKind::MaxOnDuty => RuleValue::Count(r.below(3) as i64),
        RuleKind::HoursSystem => RuleValue::HoursSystem(pick(
            r,
            &[
                HoursSystem::Standard,
                HoursSystem::Comprehensive { months: 1 },
                HoursSystem::Comprehensive { months: 3 },
            ],
        )),
        RuleKind::NormalHoursDay => RuleValue::Minutes(pick(r, &[480, 450, 420])),
        RuleKind::NormalHoursWeek => RuleValue::Minutes(pick(r, &[2400, 2100, 1300])),
        RuleKind::OvertimeCapMonth => RuleValue::Minutes(pick(r, &[0, 300, 600, 2160])),
        RuleKind::OvertimeCapDay => RuleValue::Minutes(pick(r, &[0, 30, 60, 180])),
        RuleKind::OvertimeNeedsApproval => RuleValue::Minutes(pick(r, &[0, 120, 480])),
        RuleKind::CompRest => RuleValue::Count(r.below(4) as i64),
        RuleKind::HandoverMinutes => RuleValue::Minutes(pick(r, &[0, 10, 15, 20])),
        RuleKind::HandoverIsWork => RuleValue::Flag(chance(r, 0.5)),
        RuleKind::MinHoursMonth => RuleValue::Minutes(60 * r.below(8 * days as usize) as i64),
        RuleKind::MaxHoursMonth => RuleValue::Minutes(60 * r.below(8 * days as usize) as i64 + 600),
        RuleKind::MaxHoursWeek => RuleValue::Minutes(60 * (8 + r.below(36) as i64)),
        RuleKind::NoLeave => RuleValue::Flag(chance(r, 0.7)),
        RuleKind::MaxShifts => RuleValue::Count(r.below(days as usize + 1) as i64),
        RuleKind::MaxWeekends => RuleValue::Count(r.below(3) as i64),
        RuleKind::NightWindow => RuleValue::Window(pick(r, &[Span::new(1320, 1800), Span::new(1380, 1770)])),
        _ => RuleValue::Count(1 + r.below(9) as i64),
    }
}
