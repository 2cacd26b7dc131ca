//! The inside of the days: who does what when, meals, meetings, handovers.

mod batches;
mod duties;
mod floor;
mod handovers;
mod meals;
mod meetings;
mod messages;
mod pairs;
mod receivers;
mod spans;
mod tasks;

use super::Facts;
use super::findings::{Fact, Findings, Place};
use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::model::{Activity, DayPlan, Requirement, ShiftType};

/// A stretch of one activity; neighbours with the same activity are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece<'a> {
    time: Span,
    activity: &'a Activity,
}

/// A person's day as `duties.csv` has it.
#[derive(Clone, Debug, Default)]
struct PersonDay<'a> {
    /// Stretches by start.
    pieces: Vec<Piece<'a>>,
}

impl PersonDay<'_> {
    /// The times of an activity.
    fn times(&self, is: impl Fn(&Activity) -> bool) -> Vec<Span> {
        self.pieces.iter().filter(|p| is(p.activity)).map(|p| p.time).collect()
    }
    /// Times of handing over and taking over.
    fn handover(&self) -> Vec<Span> {
        self.times(|a| *a == Activity::Handover)
    }
}

/// Everybody's days.
struct Inside<'a> {
    /// `days[person][day]`.
    days: Vec<Vec<PersonDay<'a>>>,
}

impl<'a> Inside<'a> {
    fn new(f: &Facts<'_>, plan: &'a DayPlan, out: &mut Findings) -> Self {
        let mut days = vec![vec![PersonDay::default(); f.case.horizon.days]; f.case.people.len()];
        for duty in &plan.duties {
            match days.get_mut(duty.person.ix()).and_then(|row| row.get_mut(duty.day)) {
                Some(day) => day.pieces.push(Piece { time: duty.time, activity: &duty.activity }),
                None => {
                    let what = Text::new(
                        "A duty is of no person or day of the case",
                        "有一条安排不属于本案例的人员或日期",
                    );
                    out.broken(Fact::Duties, Place::all(f, 0, String::new()), 1, what, None);
                }
            }
        }
        for day in days.iter_mut().flatten() {
            day.pieces.sort_by_key(|p| (p.time, p.activity));
            day.pieces.dedup_by(|later, first| {
                let joins = later.activity == first.activity && later.time.start == first.time.end;
                if joins {
                    first.time.end = later.time.end;
                }
                joins
            });
        }
        Self { days }
    }
    fn day(&self, p: PersonIx, d: usize) -> &PersonDay<'a> {
        &self.days[p.ix()][d]
    }
}

/// All rules about the inside of days.
pub(super) fn check(f: &Facts<'_>, requirement: &Requirement, plan: &DayPlan, out: &mut Findings) {
    let plan = &*batches::without_batches(f, plan, out);
    let inside = Inside::new(f, plan, out);
    duties::duties(f, &inside, out);
    meals::meals(f, &inside, out);
    meetings::meetings(f, &inside, requirement, out);
    tasks::tasks(f, &inside, out);
    handovers::handovers(f, &inside, requirement, plan, out);
}

/// Everybody's worked days: person, day, shift.
fn worked<'f>(f: &'f Facts<'_>) -> impl Iterator<Item = (PersonIx, usize, ShiftIx)> + use<'f> {
    let days = f.case.horizon.days;
    f.case.person_indices().flat_map(move |p| (0..days).filter_map(move |d| f.shift(p, d).map(|s| (p, d, s))))
}

/// The time in which a person hands over at the end of a segment.
fn slot(segment: Span, minutes: Minute) -> Span {
    Span::new((segment.end - minutes).max(segment.start), segment.end)
}

/// The handover slots of a shift.
fn slots(shift: &ShiftType, minutes: Minute) -> Vec<Span> {
    shift.times.iter().map(|&t| slot(t, minutes)).collect()
}

/// A time of day `d` counted from the start of the horizon.
fn absolute(d: usize, time: Span) -> Span {
    time.shifted(d as Minute * DAY_MINUTES)
}

/// `08:00-08:15`.
fn clocks(time: Span) -> String {
    format!("{}-{}", crate::base::clock(time.start), crate::base::clock(time.end))
}
