//! Rows of `tails.csv`: who stays last while customers wait, in turn.

use super::Finished;
use crate::base::Span;
use crate::base::index::PersonIx;
use crate::model::Activity;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A row of `tails.csv`: a channel at the end of a shift with a tail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TailLine {
    /// Date of the shift.
    pub date: NaiveDate,
    /// The tail, minutes of that date.
    pub time: Span,
    /// Channel served last.
    pub channel: String,
    /// Id and name of the one who stays last.
    pub last: (String, String),
    /// Id and name of the one who stays if the first cannot; empty when nobody else is there.
    pub backup: (String, String),
}

/// Of those who end on a channel at one minute it is the turn of whoever stayed last least often so far; of equals, of
/// the one whose last turn is longest ago, then of the first in `staff.csv`.
pub(super) fn rows(f: &Finished<'_>) -> Vec<TailLine> {
    let mut tails: BTreeMap<(usize, PersonIx), Span> = BTreeMap::new();
    for duty in f.plan.duties.iter().filter(|d| d.activity == Activity::Tail) {
        tails.insert((duty.day, duty.person), duty.time);
    }
    let mut turns: BTreeMap<(usize, i32, usize), (Span, BTreeSet<PersonIx>)> = BTreeMap::new();
    let mut ends: BTreeMap<(usize, PersonIx), (i32, usize)> = BTreeMap::new();
    for h in &f.plan.handovers {
        let end = ends.entry((h.day, h.from)).or_insert((h.time.end, h.channel.ix()));
        *end = (*end).max((h.time.end, h.channel.ix()));
    }
    for (&(day, p), &time) in &tails {
        if let Some(&(_, channel)) = ends.get(&(day, p)) {
            let turn = turns.entry((day, time.start, channel)).or_insert((time, BTreeSet::new()));
            turn.0.end = turn.0.end.max(time.end);
            turn.1.insert(p);
        }
    }
    let mut done: BTreeMap<PersonIx, (usize, Option<usize>)> = BTreeMap::new();
    let who = |p: PersonIx| (f.case.person(p).id.clone(), f.case.person(p).name.clone());
    let mut lines = Vec::with_capacity(turns.len());
    for ((day, _, channel), (time, people)) in turns {
        let mut order: Vec<PersonIx> = people.into_iter().collect();
        order.sort_by_key(|p| (done.get(p).copied().unwrap_or_default(), *p));
        let Some(&last) = order.first() else { continue };
        *done.entry(last).or_default() = (done.get(&last).map_or(0, |d| d.0) + 1, Some(day));
        lines.push(TailLine {
            date: f.rota.horizon.date(day as i64),
            time,
            channel: f.case.channels[channel].name.clone(),
            last: who(last),
            backup: order.get(1).map(|&p| who(p)).unwrap_or_default(),
        });
    }
    lines
}
