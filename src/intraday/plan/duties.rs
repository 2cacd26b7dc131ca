//! From workers to duties: every minute of a shift, its early arrival and its tail.

use super::Staffed;
use super::workers::Worker;
use crate::base::index::{ChannelIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Activity, Case, Duty};
use crate::problem::DayProblem;

/// All duties, sorted by day, person and start.
pub(super) fn all(case: &Case, staffed: &[Staffed<'_>]) -> Vec<Duty> {
    let mut duties = Vec::new();
    for block in staffed {
        for worker in &block.workers {
            of_worker(case, block.day, worker, &mut duties);
        }
    }
    duties.sort_by_key(|d| (d.day, d.person, d.time));
    let mut merged: Vec<Duty> = Vec::with_capacity(duties.len());
    for duty in duties {
        match merged.last_mut() {
            Some(last)
                if (last.day, last.person) == (duty.day, duty.person)
                    && last.activity == duty.activity
                    && last.time.end == duty.time.start =>
            {
                last.time.end = duty.time.end;
            }
            _ => merged.push(duty),
        }
    }
    merged
}

/// Stretches already given away; later ones only get what is left.
struct Line {
    taken: Vec<(Span, Activity)>,
}

impl Line {
    /// Gives the free parts of a span to an activity.
    fn put(&mut self, span: Span, activity: &Activity) {
        let mut busy: Vec<Span> = self.taken.iter().map(|t| t.0).filter(|t| t.overlap(span) > 0).collect();
        busy.sort_unstable();
        let mut at = span.start;
        for b in busy {
            if at < b.start {
                self.taken.push((Span::new(at, b.start), activity.clone()));
            }
            at = at.max(b.end);
        }
        if at < span.end {
            self.taken.push((Span::new(at, span.end), activity.clone()));
        }
    }
}

fn of_worker(case: &Case, day: &DayProblem, worker: &Worker, duties: &mut Vec<Duty>) {
    let supply = &day.supplies[worker.supply];
    let shift = case.shift(ShiftIx(u32::from(supply.code)));
    let offset = (supply.day as Minute - day.first_day as Minute) * DAY_MINUTES;
    let range = |(a, b): (usize, usize)| (a < b).then(|| Span::new(day.slots[a].start, day.slots[b - 1].end));
    let mut line = Line { taken: Vec::new() };
    if let Some(span) = range(worker.meal) {
        line.put(span, &Activity::Meal);
    }
    let segments: Vec<Span> = shift.times.iter().map(|t| t.shifted(offset)).collect();
    for s in &segments {
        line.put(Span::new(s.start.max(s.end - supply.handover), s.end), &Activity::Handover);
    }
    for (m, slot) in day.meetings.iter().enumerate() {
        let attends = slot.attends.contains(&worker.supply) && !worker.roles.kept.contains(&m);
        if attends || slot.comes_in.contains(&worker.supply) {
            line.put(slot.time, &Activity::Meeting(slot.meeting));
        }
    }
    for &e in &worker.roles.receives {
        line.put(day.events[e].time, &Activity::Handover);
    }
    for &(task, slots) in &worker.roles.tasks {
        if let Some(span) = range(slots) {
            line.put(span, &Activity::Task(day.tasks[task].task));
        }
    }
    for &r in &worker.roles.reads {
        if let Some(span) = range(r) {
            line.put(span, &Activity::Handover);
        }
    }
    for &(span, channel) in &worker.served {
        line.put(span, &Activity::Channel(ChannelIx::new(channel)));
    }
    if let Some(last) = segments.last() {
        // A meeting that somebody comes in for may lie over the tail: both are paid.
        let tail = Span::new(last.end, last.end + shift.tail_minutes);
        if !tail.is_empty() {
            line.taken.push((tail, Activity::Tail));
        }
    }
    if supply.early
        && let Some(first) = segments.first()
    {
        line.put(Span::new(first.start - supply.handover, first.start), &Activity::Handover);
    }
    for &start in &worker.comes_again {
        line.put(Span::new(start - supply.handover, start), &Activity::Handover);
    }
    duties.extend(line.taken.into_iter().map(|(span, activity)| Duty {
        day: supply.day,
        person: worker.person,
        time: span.shifted(-offset),
        activity,
    }));
}
