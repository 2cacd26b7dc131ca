//! Which batch each pair hands over in: the choice that leaves the fewest people missing at the same moment.

use super::batches::{Lines, Slot, Unit, absolute, bring_forward};
use super::levels;
use crate::base::index::PersonIx;
use crate::base::{DAY_MINUTES, Minute, Span};
use crate::model::{Activity, Case, Duty, Handover};
use crate::problem::DayProblem;

/// Up to so many choices are tried, each with the changes of channel that it allows; of more, one unit is changed at a time.
const ALL_CHOICES: usize = 256;
/// How often all units are gone through one at a time.
const PASSES: usize = 4;

/// What is required around a slot of handovers.
struct Around<'a> {
    case: &'a Case,
    days: Vec<&'a DayProblem>,
    slot: Span,
    units: &'a [Unit],
    /// Minutes of the horizon that the intervals of all batches cover.
    whole: Span,
    /// Channel, minutes of the horizon, people required, price of a person missing for a minute.
    needs: Vec<(usize, Span, i64, i64)>,
}

/// Duties and handovers around the slot with a step for each unit.
struct Trial<'a> {
    around: &'a Around<'a>,
    lines: Lines,
    handovers: Vec<Handover>,
    /// Number of the first of these handovers among all.
    first: usize,
    steps: Vec<i32>,
    there: There,
}

/// By channel how many people more than the minute before are on it, minute by minute from the first of the batches on.
type There = Vec<Vec<i64>>;

/// The momentary shortage's price and a step for each unit of a slot, from `start` on: those that make it least. `lines`
/// and `handovers` are those of step 0; `handovers` in order of days.
pub(super) fn best(
    slot: &Slot<'_>,
    lines: &Lines,
    handovers: &[Handover],
    units: &[Unit],
    start: Vec<i32>,
) -> (i64, Vec<i32>) {
    let Some(around) = Around::new(slot, units) else { return (0, start) };
    let mut trial = Trial::new(&around, lines, handovers);
    for (u, &step) in start.iter().enumerate() {
        trial.set(u, step);
    }
    let choices =
        units.iter().try_fold(1usize, |n, u| n.checked_mul(u.steps.len()).filter(|n| *n <= ALL_CHOICES));
    match choices {
        Some(_) => all(trial, start),
        None => one_at_a_time(trial),
    }
}

/// The best of all choices.
fn all(mut trial: Trial<'_>, start: Vec<i32>) -> (i64, Vec<i32>) {
    let units = trial.around.units;
    let mut best = (trial.short_levelled(), start);
    let mut at: Vec<usize> = vec![0; units.len()];
    while best.0 > 0 {
        for (u, &k) in at.iter().enumerate() {
            trial.set(u, units[u].steps[k]);
        }
        let short = trial.short_levelled();
        if short < best.0 {
            best = (short, trial.steps.clone());
        }
        // The next choice, as a counter counts.
        let Some(u) = (0..units.len()).find(|&u| at[u] + 1 < units[u].steps.len()) else { break };
        at[..u].fill(0);
        at[u] += 1;
    }
    best
}

/// Changes one unit after the other while that is better.
fn one_at_a_time(mut trial: Trial<'_>) -> (i64, Vec<i32>) {
    let units = trial.around.units;
    let mut short = trial.short();
    for _ in 0..PASSES {
        let before = short;
        for (u, unit) in units.iter().enumerate() {
            for &step in &unit.steps {
                let was = trial.steps[u];
                trial.set(u, step);
                let now = trial.short();
                if now < short {
                    short = now;
                } else {
                    trial.set(u, was);
                }
            }
        }
        if short == before || short == 0 {
            break;
        }
    }
    (short, trial.steps)
}

impl<'a> Around<'a> {
    /// Nothing where no unit has a choice.
    fn new(slot: &Slot<'a>, units: &'a [Unit]) -> Option<Self> {
        let (case, days, slot) = (slot.case, slot.days, slot.time);
        let furthest = units.iter().flat_map(|u| &u.steps).copied().max().filter(|s| *s > 0)?;
        let batches = Span::new(slot.start - furthest * slot.len(), slot.end);
        let mut around = Self { case, days: Vec::new(), slot, units, whole: batches, needs: Vec::new() };
        for day in days {
            let known = around.needs.len();
            // Deferred work in windows lacks nobody at any one moment.
            for i in day.intervals.iter().filter(|i| i.slots.0 < i.slots.1 && !i.window) {
                let span = Span::new(day.slots[i.slots.0].start, day.slots[i.slots.1 - 1].end);
                let span = absolute(day.first_day, span);
                if span.overlap(batches) > 0 {
                    let people = i.minutes / i64::from(span.len()).max(1);
                    around.needs.push((i.channel, span, people, i.under));
                }
            }
            if around.needs.len() > known {
                around.days.push(*day);
            }
        }
        for need in &around.needs {
            around.whole = Span::new(around.whole.start.min(need.1.start), around.whole.end.max(need.1.end));
        }
        Some(around)
    }

    /// Adds a day of somebody, or takes it out.
    fn add(&self, there: &mut There, line: &[Duty], by: i64) {
        for duty in line {
            let Activity::Channel(channel) = duty.activity else { continue };
            let time = absolute(duty.day, duty.time);
            let from = time.start.max(self.whole.start) - self.whole.start;
            let to = time.end.min(self.whole.end) - self.whole.start;
            if from < to {
                there[channel.ix()][from as usize] += by;
                there[channel.ix()][to as usize] -= by;
            }
        }
    }

    /// Who is where with these lines.
    fn there(&self, lines: &Lines) -> There {
        let length = self.whole.len().max(0) as usize;
        let mut there = vec![vec![0; length + 1]; self.case.channels.len()];
        lines.values().for_each(|line| self.add(&mut there, line, 1));
        there
    }

    /// Price of the people missing minute by minute.
    fn short(&self, mut there: There) -> i64 {
        for minutes in &mut there {
            let mut now = 0;
            for m in minutes.iter_mut() {
                now += *m;
                *m = now;
            }
        }
        let missing = |&(channel, span, required, price): &(usize, Span, i64, i64)| {
            let from = (span.start - self.whole.start) as usize;
            let minutes = &there[channel][from..from + span.len() as usize];
            price * minutes.iter().map(|m| (required - m).max(0)).sum::<i64>()
        };
        self.needs.iter().map(missing).sum()
    }
}

impl<'a> Trial<'a> {
    fn new(around: &'a Around<'a>, lines: &Lines, handovers: &[Handover]) -> Self {
        let day = |minute: Minute| usize::try_from(minute.div_euclid(DAY_MINUTES)).unwrap_or(0);
        let days = (day(around.whole.start).saturating_sub(1), day(around.whole.end) + 1);
        let near = lines.range((days.0, PersonIx::new(0))..(days.1, PersonIx::new(0)));
        let at = |d: usize| handovers.partition_point(|h| h.day < d);
        let lines: Lines = near.map(|(key, line)| (*key, line.clone())).collect();
        Self {
            around,
            there: around.there(&lines),
            lines,
            handovers: handovers[at(days.0)..at(days.1)].to_vec(),
            first: at(days.0),
            steps: vec![0; around.units.len()],
        }
    }

    fn set(&mut self, unit: usize, step: i32) {
        let was = std::mem::replace(&mut self.steps[unit], step);
        let (slot, unit) = (self.around.slot, &self.around.units[unit]);
        if step == was {
            return;
        }
        let around = self.around;
        let count = |lines: &Lines, there: &mut There, by: i64| {
            unit.keys.iter().filter_map(|key| lines.get(key)).for_each(|line| around.add(there, line, by));
        };
        count(&self.lines, &mut self.there, -1);
        bring_forward(&mut self.lines, slot, was, unit);
        bring_forward(&mut self.lines, slot, step, unit);
        count(&self.lines, &mut self.there, 1);
        for &i in &unit.handovers {
            let time = &mut self.handovers[i - self.first].time;
            *time = time.shifted((was - step) * slot.len());
        }
    }

    fn short(&self) -> i64 {
        self.around.short(self.there.clone())
    }

    /// The shortage that is left when people have changed channels where that helps.
    fn short_levelled(&self) -> i64 {
        let short = self.short();
        if short == 0 {
            return 0;
        }
        let mut lines = self.lines.clone();
        levels::even_out(self.around.case, &self.around.days, &mut lines, &self.handovers);
        self.around.short(self.around.there(&lines))
    }
}
