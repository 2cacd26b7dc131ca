//! Rows of `substitutes.csv`: who could stand in where approved leave leaves a gap.
//!
//! A gap is a day of leave on which channels of the absent person are short. Candidates have the day off, can serve a
//! short channel, and keep every hard rule if they take the shift: the independent checker judges the rota with it (the
//! inside of the day can be planned for whoever comes). To judge many at once, one rota takes a candidate for as many gaps
//! as there are different people: what the checker has against one of them is of that person's own days, or of the day's
//! head counts, where all of that day are refused.

use super::{CoverageRow, Finished};
use crate::base::Span;
use crate::base::index::{PersonIx, ShiftIx};
use crate::check;
use crate::model::{DayCell, LeaveStatus, Rota};
use crate::pay::person_ledger;
use chrono::NaiveDate;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Candidates of a gap that are judged at most, and that are named.
const JUDGED: usize = 12;
const NAMED: usize = 3;
/// Rotas judged at most.
const ROUNDS: usize = 24;

/// A row of `substitutes.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubstituteLine {
    /// Day of leave.
    pub date: NaiveDate,
    /// Id and name of the person on leave.
    pub absent: (String, String),
    /// Kind of leave.
    pub leave: String,
    /// Agent-minutes short on the channels of that person.
    pub short_minutes: i64,
    /// Who could stand in; `None` where nobody can within the rules.
    pub substitute: Option<Substitute>,
}

/// Somebody who could stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// 1 for the first to ask.
    pub rank: usize,
    /// Id and name.
    pub person: (String, String),
    /// Code and times of the shift.
    pub shift: (String, String),
    /// Short minutes that lie in the shift, on channels the person can serve.
    pub covers_minutes: i64,
    /// Overtime that it makes.
    pub overtime_minutes: i64,
    /// What the cap leaves after it; `None` without a cap.
    pub headroom: Option<i64>,
    /// Days worked without it.
    pub days_worked: usize,
    /// Whether `leave.csv` names the person.
    pub named: bool,
}

/// A day of leave with a gap.
struct Gap<'a> {
    day: usize,
    absent: PersonIx,
    kind: &'a str,
    short: i64,
    rows: Vec<&'a CoverageRow>,
    named: Option<PersonIx>,
    /// Candidates not judged yet, the best last.
    left: Vec<Trial>,
    found: Vec<Trial>,
}

/// Somebody in some shift.
#[derive(Clone, Copy)]
struct Trial {
    person: PersonIx,
    shift: ShiftIx,
    covers: i64,
}

pub(super) fn rows(f: &Finished<'_>, coverage: &[CoverageRow]) -> Vec<SubstituteLine> {
    let mut gaps = gaps(f, coverage);
    let worked: Vec<usize> =
        f.rota.cells.iter().map(|r| r.iter().filter(|c| c.shift().is_some()).count()).collect();
    for gap in &mut gaps {
        gap.left = candidates(f, gap, &worked);
    }
    judge(f, &mut gaps);
    let mut rota = f.rota.clone();
    gaps.into_iter().flat_map(|gap| lines(f, gap, &worked, &mut rota)).collect()
}

/// Days of approved leave of people employed, with short channels of theirs.
fn gaps<'a>(f: &Finished<'a>, coverage: &'a [CoverageRow]) -> Vec<Gap<'a>> {
    let case = f.case;
    let mut gaps = Vec::new();
    for (day, date) in f.rota.horizon.dates().enumerate() {
        let of_day: Vec<&CoverageRow> =
            coverage.iter().filter(|r| r.day == day && r.short_minutes > 0).collect();
        let away = |l: &&crate::model::Leave| {
            l.status == LeaveStatus::Approved
                && l.from <= date
                && date <= l.to
                && case.person(l.person).employed(date)
        };
        let mut seen = BTreeSet::new();
        for leave in case.leave.iter().filter(away).filter(|l| seen.insert(l.person)) {
            let serves = |r: &&&CoverageRow| {
                let own = &case.person(leave.person).skills;
                own.iter().any(|c| case.channel(*c).name == r.channel)
            };
            let rows: Vec<&CoverageRow> = of_day.iter().filter(serves).copied().collect();
            let short = rows.iter().map(|r| r.short_minutes).sum();
            if short > 0 {
                gaps.push(Gap {
                    day,
                    absent: leave.person,
                    kind: &leave.kind,
                    short,
                    rows,
                    named: leave.substitute,
                    left: Vec::new(),
                    found: Vec::new(),
                });
            }
        }
    }
    gaps
}

/// The best candidates of a gap, the best last: whom `leave.csv` names, then who covers most, then who works least.
fn candidates(f: &Finished<'_>, gap: &Gap<'_>, worked: &[usize]) -> Vec<Trial> {
    let case = f.case;
    let date = f.rota.horizon.date(gap.day as i64);
    let mut trials: Vec<Trial> = Vec::new();
    for person in case.person_indices() {
        let free = person != gap.absent
            && case.person(person).employed(date)
            && matches!(f.rota.cell(person, gap.day), DayCell::Off);
        if !free {
            continue;
        }
        let own: Vec<&CoverageRow> = gap
            .rows
            .iter()
            .copied()
            .filter(|r| case.person(person).skills.iter().any(|c| case.channel(*c).name == r.channel))
            .collect();
        for shift in case.shift_indices().filter(|_| !own.is_empty()) {
            let covers = covered(&own, &case.shift(shift).times);
            if covers > 0 {
                trials.push(Trial { person, shift, covers });
            }
        }
    }
    let named = |t: &Trial| gap.named == Some(t.person);
    trials.sort_by_key(|t| (Reverse(named(t)), Reverse(t.covers), worked[t.person.ix()], t.person, t.shift));
    trials.truncate(JUDGED);
    trials.reverse();
    trials
}

/// Short minutes inside a shift; of channels that are short at the same time the worst.
fn covered(rows: &[&CoverageRow], times: &[Span]) -> i64 {
    let mut by_time: BTreeMap<Span, i64> = BTreeMap::new();
    for r in rows {
        let inside: i64 = times.iter().map(|t| i64::from(t.overlap(r.time))).sum();
        let most = by_time.entry(r.time).or_default();
        *most = (*most).max(r.short_minutes.min(inside));
    }
    by_time.values().sum()
}

/// Lets the checker judge candidates, each round one for every gap whose candidate is not taken by another.
fn judge(f: &Finished<'_>, gaps: &mut [Gap<'_>]) {
    let ids: BTreeSet<&str> = f.case.people.iter().map(|p| p.id.as_str()).collect();
    for _ in 0..ROUNDS {
        let mut rota: Rota = f.rota.clone();
        let mut tried: Vec<(usize, Trial)> = Vec::new();
        let mut busy: BTreeSet<PersonIx> = BTreeSet::new();
        for (g, gap) in gaps.iter_mut().enumerate().filter(|(_, g)| g.found.len() < 2 * NAMED) {
            if let Some(&next) = gap.left.last()
                && busy.insert(next.person)
            {
                gap.left.pop();
                rota.cells[next.person.ix()][gap.day] = DayCell::Work(next.shift);
                tried.push((g, next));
            }
        }
        if tried.is_empty() {
            return;
        }
        let score = check::check_shifts(f.case, &rota);
        let (mut people, mut moments) = (BTreeSet::new(), BTreeSet::new());
        for m in score.violations() {
            let named: Vec<&str> = m.who.split(';').collect();
            if named.iter().all(|p| ids.contains(p)) {
                people.extend(named);
            } else {
                moments.insert(m.when.as_str());
            }
        }
        for (g, trial) in tried {
            let date = f.rota.horizon.date(gaps[g].day as i64).to_string();
            let personal = people.contains(f.case.person(trial.person).id.as_str());
            if !personal && !moments.iter().any(|m| m.is_empty() || m.contains(&date)) {
                gaps[g].found.push(trial);
            }
        }
    }
}

/// The rows of a gap, ranked.
fn lines(f: &Finished<'_>, gap: Gap<'_>, worked: &[usize], rota: &mut Rota) -> Vec<SubstituteLine> {
    let who = |p: PersonIx| (f.case.person(p).id.clone(), f.case.person(p).name.clone());
    let line = |substitute| SubstituteLine {
        date: f.rota.horizon.date(gap.day as i64),
        absent: who(gap.absent),
        leave: gap.kind.to_owned(),
        short_minutes: gap.short,
        substitute,
    };
    let mut found: Vec<Substitute> = gap
        .found
        .iter()
        .map(|t| {
            rota.cells[t.person.ix()][gap.day] = DayCell::Work(t.shift);
            let after = person_ledger(f.case, rota, t.person);
            let minutes = |days: &[crate::pay::DayPay]| days.iter().map(|d| d.overtime()).sum::<i64>();
            rota.cells[t.person.ix()][gap.day] = DayCell::Off;
            Substitute {
                rank: 0,
                person: who(t.person),
                shift: (f.case.shift(t.shift).code.clone(), f.case.shift(t.shift).times_text()),
                covers_minutes: t.covers,
                overtime_minutes: minutes(&after.days) - minutes(&f.pay[t.person.ix()].days),
                headroom: after.totals.headroom,
                days_worked: worked[t.person.ix()],
                named: gap.named == Some(t.person),
            }
        })
        .collect();
    found.sort_by_key(|s| (Reverse(s.named), Reverse(s.covers_minutes), s.overtime_minutes, s.days_worked));
    found.truncate(NAMED);
    if found.is_empty() {
        return vec![line(None)];
    }
    let rank = |(i, s): (usize, Substitute)| line(Some(Substitute { rank: i + 1, ..s }));
    found.into_iter().enumerate().map(rank).collect()
}
