//! Rows of `rota.csv`, `duties.csv` and `handover.csv`.

use super::Finished;
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::model::{Activity, DayCell, Handover, HandoverKind};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// People on the queue meanwhile who are named.
const MEANWHILE: usize = 3;

/// A row of `rota.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotaLine {
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
    /// What the person does that day.
    pub cell: DayCell,
    /// Shift code, when the person works.
    pub code: Option<String>,
    /// Band of the shift, empty without one.
    pub band: String,
    /// First minute and end of the shift, without the tail.
    pub time: Option<Span>,
    /// Segments as written in files, empty when the person does not work.
    pub times: String,
    /// Paid minutes.
    pub paid_minutes: i64,
    /// Overtime minutes, all classes.
    pub overtime_minutes: i64,
    /// Whether `pins.csv` fixed the day.
    pub pinned: bool,
}

/// A row of `duties.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLine {
    /// Date of the shift.
    pub date: NaiveDate,
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// From when to when, minutes of that date.
    pub time: Span,
    /// Name of the channel, or a word of [`crate::base::words::CELLS`].
    pub activity: Text,
}

/// A row of `handover.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverLine {
    /// Batch number.
    pub batch: String,
    /// Date of the outgoing shift.
    pub date: NaiveDate,
    /// First minute and end of the handover.
    pub time: (Minute, Minute),
    /// Channel last served.
    pub channel: String,
    /// How.
    pub kind: HandoverKind,
    /// Id and name of the one who leaves.
    pub from: (String, String),
    /// Id and name of the one who takes over; empty when nobody is known to follow.
    pub to: (String, String),
    /// Id and name of the backup; empty without one.
    pub backup: (String, String),
    /// Names of some of the people on the channel all through it, and how many they are.
    pub meanwhile: (Vec<String>, usize),
    /// What to know of it.
    pub note: Text,
}

pub(super) fn rota(f: &Finished<'_>) -> Vec<RotaLine> {
    let days = f.rota.horizon.days;
    (0..days).flat_map(|day| f.case.person_indices().map(move |p| rota_line(f, p, day))).collect()
}

fn rota_line(f: &Finished<'_>, p: PersonIx, day: usize) -> RotaLine {
    let date = f.rota.horizon.date(day as i64);
    let person = f.case.person(p);
    let cell = f.rota.cell(p, day).clone();
    let shift = cell.shift().map(|s: ShiftIx| f.case.shift(s));
    RotaLine {
        date,
        weekday: f.rota.horizon.weekday(day as i64),
        id: person.id.clone(),
        name: person.name.clone(),
        team: person.team.clone(),
        code: shift.map(|s| s.code.clone()),
        band: shift.map(|s| s.band.clone()).unwrap_or_default(),
        time: shift.map(|s| Span::new(s.start(), s.end())),
        times: shift.map(|s| s.times_text()).unwrap_or_default(),
        paid_minutes: f.pay[p.ix()].days[day].paid,
        overtime_minutes: f.pay[p.ix()].days[day].overtime(),
        pinned: f.case.pins.iter().any(|x| x.person == p && x.date == date),
        cell,
    }
}

pub(super) fn duties(f: &Finished<'_>) -> Vec<DutyLine> {
    f.plan
        .duties
        .iter()
        .map(|d| DutyLine {
            date: f.rota.horizon.date(d.day as i64),
            id: f.case.person(d.person).id.clone(),
            name: f.case.person(d.person).name.clone(),
            time: d.time,
            activity: activity(f, &d.activity),
        })
        .collect()
}

fn activity(f: &Finished<'_>, activity: &Activity) -> Text {
    use crate::base::words::cell;
    match activity {
        Activity::Channel(c) => Text::same(&f.case.channel(*c).name),
        Activity::Meal => cell("meal"),
        Activity::Meeting(_) => cell("meeting"),
        Activity::Task(t) => Text::same(&f.case.tasks[*t].name),
        Activity::Handover => cell("handover"),
        Activity::Tail => cell("tail"),
    }
}

/// Who is on each channel, by day and channel, minutes of the horizon.
fn serving(f: &Finished<'_>) -> BTreeMap<(usize, ChannelIx), Vec<(Span, PersonIx)>> {
    let mut serving: BTreeMap<(usize, ChannelIx), Vec<(Span, PersonIx)>> = BTreeMap::new();
    for d in &f.plan.duties {
        if let Activity::Channel(c) = d.activity {
            let time = d.time.shifted(d.day as Minute * DAY_MINUTES);
            serving.entry((d.day, c)).or_default().push((time, d.person));
        }
    }
    serving
}

pub(super) fn handovers(f: &Finished<'_>) -> Vec<HandoverLine> {
    let who = |p: PersonIx| (f.case.person(p).id.clone(), f.case.person(p).name.clone());
    let channel = |c: ChannelIx| f.case.channel(c).name.clone();
    let serving = serving(f);
    let meanwhile = |h: &Handover| {
        let time = h.time.shifted(h.day as Minute * DAY_MINUTES);
        let near = h.day.saturating_sub(1)..=h.day + 1;
        let duties = near.filter_map(|day| serving.get(&(day, h.channel))).flatten();
        let there: Vec<PersonIx> = duties.filter(|s| s.0.contains(time)).map(|s| s.1).collect();
        let names = there.iter().take(MEANWHILE).map(|&p| f.case.person(p).name.clone());
        (names.collect(), there.len())
    };
    f.plan
        .handovers
        .iter()
        .map(|h| HandoverLine {
            batch: h.batch.clone(),
            date: f.rota.horizon.date(h.day as i64),
            time: (h.time.start, h.time.end),
            channel: channel(h.channel),
            kind: h.kind,
            from: who(h.from),
            to: h.to.map(who).unwrap_or_default(),
            backup: h.backup.map(who).unwrap_or_default(),
            meanwhile: meanwhile(h),
            note: h.note.clone(),
        })
        .collect()
}
