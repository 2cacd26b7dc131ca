//! Two rotas of one case side by side: who changed, from what to what, and what it does to cover, overtime, fairness
//! and the score of each rule.

use super::Report;
use crate::check::Match;
use crate::model::{DayCell, Strength};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// What the second rota changes in the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Person-days that differ, by date, then by person in file order.
    pub changes: Vec<Change>,
    /// The figures of both.
    pub sides: [Side; 2],
    /// Hard rules that only the second rota breaks, and those that only the first one breaks.
    pub broken: [Vec<Match>; 2],
    /// Penalty of each rule that differs, the largest difference first: name, before, after.
    pub rules: Vec<(String, [i64; 2])>,
    /// Largest difference inside any group, for each fairness rule that differs.
    pub fairness: Vec<(String, [i64; 2])>,
    /// Days on which agent-minutes short differ.
    pub days: Vec<(NaiveDate, [i64; 2])>,
    /// Id, name and overtime minutes of people whose overtime differs.
    pub overtime: Vec<(String, String, [i64; 2])>,
}

/// A person's day that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Date.
    pub date: NaiveDate,
    /// Weekday, Monday 0.
    pub weekday: usize,
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Team.
    pub team: String,
    /// What the person did.
    pub from: Shown,
    /// What the person does now.
    pub to: Shown,
}

/// What a person does on a day, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The cell.
    pub cell: DayCell,
    /// Shift code, when the person works.
    pub code: Option<String>,
    /// Its times, empty when the person does not work.
    pub times: String,
}

/// The figures of a rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Sum of all penalties.
    pub objective: i64,
    /// Hard rules broken.
    pub violations: usize,
    /// Agent-minutes short.
    pub short_minutes: i64,
    /// Agent-minutes spare.
    pub over_minutes: i64,
    /// Overtime of all people, minutes.
    pub overtime_minutes: i64,
    /// Requests met, and all that could be judged.
    pub requests: (usize, usize),
}

impl Comparison {
    /// Compares two reports of the same case and days.
    #[must_use]
    pub fn new(before: &Report, after: &Report) -> Self {
        let penalties = |r: &Report| r.summary.run.penalties.clone();
        let mut rules = differing(&penalties(before), &penalties(after));
        rules.sort_by_key(|(rule, [a, b])| (std::cmp::Reverse((b - a).abs()), rule.clone()));
        let spreads = |r: &Report| -> BTreeMap<String, i64> {
            r.overview.fairness.iter().map(|f| (f.rule.clone(), f.spread)).collect()
        };
        let days = before.board.days.iter().zip(&after.board.days);
        let people = before.hours.iter().zip(&after.hours);
        Self {
            changes: changes(before, after),
            sides: [side(before), side(after)],
            broken: [broken_beside(after, before), broken_beside(before, after)],
            rules,
            fairness: differing(&spreads(before), &spreads(after)),
            days: days
                .map(|(a, b)| (a.date, [a.short_minutes, b.short_minutes]))
                .filter(|(_, [a, b])| a != b)
                .collect(),
            overtime: people
                .map(|(a, b)| {
                    let sum = |h: &super::HoursRow| h.overtime.iter().sum::<i64>();
                    (a.id.clone(), a.name.clone(), [sum(a), sum(b)])
                })
                .filter(|(_, _, [a, b])| a != b)
                .collect(),
        }
    }
}

/// Hard rules that one report breaks and the other does not, in its order.
fn broken_beside(one: &Report, other: &Report) -> Vec<Match> {
    let hard = |m: &&Match| m.strength == Strength::Hard;
    one.score.iter().filter(hard).filter(|m| !other.score.contains(m)).cloned().collect()
}

fn differing(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> Vec<(String, [i64; 2])> {
    let mut all: BTreeMap<&String, [i64; 2]> = BTreeMap::new();
    for (side, map) in [before, after].into_iter().enumerate() {
        for (name, value) in map {
            all.entry(name).or_default()[side] = *value;
        }
    }
    all.into_iter().filter(|(_, [a, b])| a != b).map(|(name, pair)| (name.clone(), pair)).collect()
}

fn changes(before: &Report, after: &Report) -> Vec<Change> {
    let shown =
        |l: &super::RotaLine| Shown { cell: l.cell.clone(), code: l.code.clone(), times: l.times.clone() };
    let differs = |(a, b): &(&super::RotaLine, &super::RotaLine)| a.cell != b.cell;
    let change = |(a, b): (&super::RotaLine, &super::RotaLine)| Change {
        date: a.date,
        weekday: a.weekday,
        id: a.id.clone(),
        name: a.name.clone(),
        team: a.team.clone(),
        from: shown(a),
        to: shown(b),
    };
    before.rota.iter().zip(&after.rota).filter(differs).map(change).collect()
}

fn side(report: &Report) -> Side {
    let o = &report.overview;
    Side {
        objective: report.summary.run.objective,
        violations: o.violations,
        short_minutes: o.required_minutes - o.covered_minutes,
        over_minutes: o.over_minutes,
        overtime_minutes: o.overtime_minutes,
        requests: o.requests,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn equal_rotas_have_no_difference() {
        let c = Comparison::new(&report(), &report());
        assert!(c.changes.is_empty() && c.rules.is_empty() && c.days.is_empty() && c.overtime.is_empty());
        assert_eq!(c.sides[0], c.sides[1]);
    }

    #[test]
    fn a_rule_that_only_one_breaks_is_named() {
        let (mut before, mut after) = (report(), report());
        let mut rest = before.score[0].clone();
        rest.strength = Strength::Hard;
        before.score.push(rest.clone());
        after.score.push(rest.clone());
        rest.when = "2026-10-02".into();
        after.score.push(rest.clone());
        let c = Comparison::new(&before, &after);
        assert_eq!(c.broken, [vec![rest.clone()], Vec::new()]);
        assert_eq!(Comparison::new(&after, &before).broken, [Vec::new(), vec![rest]]);
    }

    #[test]
    fn what_differs_is_named_with_both_values() {
        let (before, mut after) = (report(), report());
        after.rota[0].cell = DayCell::Off;
        after.rota[0].code = None;
        after.board.days[0].short_minutes += 60;
        after.hours[1].overtime[2] = 30;
        after.summary.run.penalties.insert("weight_overtime".into(), 7);
        let c = Comparison::new(&before, &after);
        assert_eq!(c.changes.len(), 1);
        assert_eq!((c.changes[0].from.code.as_deref(), &c.changes[0].to.cell), (Some("E"), &DayCell::Off));
        assert_eq!(c.rules, [("weight_overtime".to_owned(), [0, 7])]);
        assert_eq!(c.days[0].1, [75, 135]);
        assert_eq!(c.overtime, [("E2".to_owned(), "李, 娜".to_owned(), [0, 30])]);
    }
}
