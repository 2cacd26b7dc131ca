//! `min_on_duty` and `max_on_duty`: numbers of people at work on a day.

use super::view::Priced;
use super::{Contradiction, Reason};
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{Case, Context};
use crate::problem::{DutyRow, LineProblem, What};
use crate::rules::{ChannelKind, RuleKind, ScopeTerm};

/// All duty rows, the price of those that nobody can change, and hard rows that cannot be met by anybody.
pub(super) struct Duty {
    pub(super) rows: Vec<DutyRow>,
    pub(super) constant: i64,
}

/// Builds the duty rows of a case over its people's options.
pub(super) fn build(case: &Case, kinds: &[ChannelKind], people: &[LineProblem]) -> Duty {
    let mut duty = Duty { rows: Vec::new(), constant: 0 };
    for (kind, least) in [(RuleKind::MinOnDuty, true), (RuleKind::MaxOnDuty, false)] {
        for row in case.rules.of(kind).map(|r| Priced::of(case, r)) {
            for day in (0..case.horizon.days).filter(|&d| day_matches(case, row, d)) {
                let members = members(case, kinds, people, row, day);
                let number = row.number();
                let (low, high) = if least { (number, i64::MAX) } else { (0, number) };
                if members.is_empty() && (row.price.is_some() || low == 0) {
                    duty.constant += row.charge(low).unwrap_or(0);
                    continue;
                }
                duty.rows.push(DutyRow { day, members, low, high, price: row.price, rule: row.index });
            }
        }
    }
    duty
}

fn day_matches(case: &Case, row: Priced<'_>, day: usize) -> bool {
    let date = case.horizon.date(day as i64);
    let context = Context { day: Some((date, case.calendar.kind(date))), ..Context::default() };
    let about_days =
        |t: &&ScopeTerm| matches!(t, ScopeTerm::Weekday(_) | ScopeTerm::Date(_) | ScopeTerm::Day(_));
    row.row.scope.terms.iter().filter(about_days).all(|t| context.matches(t))
}

fn members(
    case: &Case,
    kinds: &[ChannelKind],
    people: &[LineProblem],
    row: Priced<'_>,
    day: usize,
) -> Vec<(u32, u16)> {
    let date = case.horizon.date(day as i64);
    let mut found = Vec::new();
    for (p, line) in people.iter().enumerate() {
        for (o, option) in line.options[day].iter().enumerate() {
            let What::Work(code) = option.what else { continue };
            let s = ShiftIx(u32::from(code));
            let context = Context {
                person: Some((PersonIx::new(p), &case.people[p])),
                shift: Some((s, case.shift(s))),
                channel: None,
                channel_kinds: kinds,
                day: Some((date, case.calendar.kind(date))),
            };
            if context.within(&row.row.scope) {
                found.push((p as u32, o as u16));
            }
        }
    }
    found
}

/// Hard rows that ask for more people than can work, or allow fewer than must.
pub(super) fn impossible(rows: &[DutyRow], people: &[LineProblem]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for row in rows.iter().filter(|r| r.price.is_none()) {
        let (mut can, mut must) = (0, 0);
        let mut at = 0;
        while at < row.members.len() {
            let person = row.members[at].0;
            let count = row.members[at..].iter().take_while(|m| m.0 == person).count();
            can += 1;
            must += i64::from(count == people[person as usize].options[row.day].len());
            at += count;
        }
        if can < row.low || must > row.high {
            found.push(Contradiction {
                person: None,
                days: vec![row.day],
                reasons: vec![Reason::Rule(row.rule)],
            });
        }
    }
    found
}
