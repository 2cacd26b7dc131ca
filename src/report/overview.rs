//! The figures that tell a supervisor how good a rota is.

use super::{CoverageRow, Finished, HoursRow, Shortfall};
use crate::base::index::PersonIx;
use crate::explain::Behind;
use crate::model::{DayCell, LeaveStatus, Request, Want};
use crate::rules::RuleKind;
use chrono::NaiveDate;

/// The figures of the terminal summary. Minutes throughout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// First and last date.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// People in the rota.
    pub people: usize,
    /// Shifts given out.
    pub shifts: i64,
    /// Agent-minutes required.
    pub required_minutes: i64,
    /// Agent-minutes required and covered.
    pub covered_minutes: i64,
    /// Agent-minutes spare.
    pub over_minutes: i64,
    /// Intervals with something required, and those of them that are short.
    pub intervals: (usize, usize),
    /// Stretches that are short, the largest first.
    pub shortfalls: Vec<Shortfall>,
    /// Level that each queue is predicted to reach.
    pub service: Vec<super::ServiceSummary>,
    /// Overtime of all people.
    pub overtime_minutes: i64,
    /// Name, overtime and cap of the person with most overtime.
    pub most_overtime: Option<(String, i64, Option<i64>)>,
    /// People above their cap.
    pub above_cap: usize,
    /// One line a fairness rule.
    pub fairness: Vec<FairnessLine>,
    /// Requests met, and all that could be judged (pending leave counted day by day).
    pub requests: (usize, usize),
    /// Leave that nobody has decided on.
    pub pending: Vec<PendingLeave>,
    /// Handovers, and those of them to look at.
    pub handovers: super::HandoverTally,
    /// Work off the queue.
    pub tasks: super::TaskTally,
    /// Hard rules broken.
    pub violations: usize,
}

/// How evenly one thing is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FairnessLine {
    /// The rule (`fair_weekends`, `fair_band:late`).
    pub rule: String,
    /// Largest difference inside any group, in the rule's unit.
    pub spread: i64,
    /// Who has the fewest and cannot have more: proofs.
    pub behind: Vec<Behind>,
}

/// An application for leave that still waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingLeave {
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// First and last date.
    pub dates: (NaiveDate, NaiveDate),
    /// Kind.
    pub kind: String,
    /// Days of it inside the horizon, and those of them that the rota leaves free.
    pub days: (usize, usize),
}

pub(super) fn overview(f: &Finished<'_>, coverage: &[CoverageRow], hours: &[HoursRow]) -> Overview {
    let required: i64 = coverage.iter().map(|r| r.required_minutes).sum();
    let short: i64 = coverage.iter().map(|r| r.short_minutes).sum();
    let needed = coverage.iter().filter(|r| r.required_minutes > 0).count();
    let overtime = |h: &HoursRow| h.overtime.iter().sum::<i64>();
    let most = hours.iter().rev().max_by_key(|h| overtime(h)).filter(|h| overtime(h) > 0);
    Overview {
        dates: Some((f.rota.horizon.first, f.rota.horizon.last())),
        people: f.case.people.len(),
        shifts: hours.iter().map(|h| h.days_worked).sum(),
        required_minutes: required,
        covered_minutes: required - short,
        over_minutes: coverage.iter().map(|r| r.over_minutes).sum(),
        intervals: (needed, coverage.iter().filter(|r| r.short_minutes > 0).count()),
        shortfalls: super::shortfalls::shortfalls(coverage),
        service: Vec::new(),
        overtime_minutes: hours.iter().map(overtime).sum(),
        most_overtime: most.map(|h| (h.name.clone(), overtime(h), h.cap)),
        above_cap: hours.iter().filter(|h| h.headroom.is_some_and(|m| m < 0)).count(),
        fairness: fairness(f),
        requests: requests(f),
        pending: pending(f),
        handovers: super::passed_on::tally(f),
        tasks: super::tasks::tally(f),
        violations: f.score.violations().count(),
    }
}

/// The largest spread per rule; a rule without a match is perfectly even.
fn fairness(f: &Finished<'_>) -> Vec<FairnessLine> {
    let mut lines: Vec<FairnessLine> = Vec::new();
    for (i, row) in f.case.rules.rows.iter().enumerate() {
        let name = match row.kind {
            RuleKind::FairHours => "fair_hours".to_owned(),
            RuleKind::FairWeekends => "fair_weekends".to_owned(),
            RuleKind::FairHolidays => "fair_holidays".to_owned(),
            RuleKind::FairBand => format!("fair_band:{}", row.band),
            _ => continue,
        };
        if lines.iter().all(|l| l.rule != name) {
            let spread = f.score.matches.iter().filter(|m| m.rule == name).map(|m| m.amount).max();
            lines.push(FairnessLine { rule: name.clone(), spread: spread.unwrap_or(0), behind: Vec::new() });
        }
        if let Some(line) = lines.iter_mut().find(|l| l.rule == name) {
            line.behind.extend(f.behind.iter().filter(|b| b.rule == i).cloned());
        }
    }
    lines
}

fn requests(f: &Finished<'_>) -> (usize, usize) {
    let written = f.case.requests.iter().map(|r| met(f, r));
    let pending = pending_days(f).map(|(_, free)| free);
    written.chain(pending).flatten().fold((0, 0), |(met, all), yes| (met + usize::from(yes), all + 1))
}

/// Whether a request is met; `None` when the day is not for wishes (outside the horizon, leave, not employed).
pub(super) fn met(f: &Finished<'_>, request: &Request) -> Option<bool> {
    let day = f.rota.horizon.index(request.date)?;
    match f.rota.cell(request.person, day) {
        DayCell::Leave(_) | DayCell::Absent => None,
        cell => Some(wanted(f, &request.want, cell)),
    }
}

fn wanted(f: &Finished<'_>, want: &Want, cell: &DayCell) -> bool {
    match want {
        Want::Shift(s) => cell.shift() == Some(*s),
        Want::Band(b) => cell.shift().is_some_and(|s| f.case.shift(s).band == *b),
        Want::Off => cell.shift().is_none(),
        Want::Work => cell.shift().is_some(),
        Want::Not(inner) => !wanted(f, inner, cell),
    }
}

/// Every day of pending leave: the index of its row, and whether the rota leaves it free.
fn pending_days<'a>(f: &'a Finished<'_>) -> impl Iterator<Item = (usize, Option<bool>)> + 'a {
    f.case.leave.iter().enumerate().filter(|(_, l)| l.status == LeaveStatus::Pending).flat_map(
        move |(i, l)| {
            let person: PersonIx = l.person;
            f.rota.horizon.dates().enumerate().filter(|(_, d)| l.from <= *d && *d <= l.to).map(
                move |(day, _)| {
                    let free = match f.rota.cell(person, day) {
                        DayCell::Leave(_) | DayCell::Absent => None,
                        cell => Some(cell.shift().is_none()),
                    };
                    (i, free)
                },
            )
        },
    )
}

fn pending(f: &Finished<'_>) -> Vec<PendingLeave> {
    let mut list: Vec<(usize, PendingLeave)> = Vec::new();
    for (i, free) in pending_days(f) {
        let leave = &f.case.leave[i];
        if list.last().is_none_or(|(last, _)| *last != i) {
            let person = f.case.person(leave.person);
            let line = PendingLeave {
                id: person.id.clone(),
                name: person.name.clone(),
                dates: (leave.from, leave.to),
                kind: leave.kind.clone(),
                days: (0, 0),
            };
            list.push((i, line));
        }
        if let Some((_, line)) = list.last_mut() {
            line.days.0 += 1;
            line.days.1 += usize::from(free != Some(false));
        }
    }
    list.into_iter().map(|(_, line)| line).collect()
}

impl Overview {
    /// Whether nothing is short.
    #[must_use]
    pub fn fully_covered(&self) -> bool {
        self.covered_minutes == self.required_minutes
    }
    /// Share of the required agent-minutes that is covered, in hundredths of a percent, rounded down (so that
    /// 100.00 is written only when nothing is short); 10000 when nothing is required.
    #[must_use]
    pub fn covered_share(&self) -> i64 {
        if self.required_minutes == 0 {
            10_000
        } else {
            self.covered_minutes * 10_000 / self.required_minutes
        }
    }
}
