//! `task`: done by those who may, in one piece, inside its time, by as many as asked for wherever so many could.

use super::spans::{inside as cut, length, without};
use super::{Inside, absolute, clocks, worked};
use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{Span, Text, counted};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place, Price};
use crate::model::{Activity, Context, MeetingDay, Task};
use crate::rules::RuleKind;

pub(super) fn tasks(f: &Facts<'_>, inside: &Inside<'_>, out: &mut Findings) {
    for (p, d, s) in worked(f) {
        pieces(f, inside, (p, d, s), out);
    }
    for (i, task) in f.case.tasks.iter().enumerate() {
        for d in (0..f.case.horizon.days).filter(|&d| task.on_date(f.date(d as i64))) {
            enough(f, inside, (i, task), d, out);
        }
    }
}

/// Every piece is one that the person may do: whole, at a time that the task allows, once a day.
fn pieces(f: &Facts<'_>, inside: &Inside<'_>, (p, d, s): (PersonIx, usize, ShiftIx), out: &mut Findings) {
    let mut done: Vec<usize> = Vec::new();
    for piece in &inside.day(p, d).pieces {
        let Activity::Task(i) = piece.activity else { continue };
        let task = f.case.tasks.get(*i);
        let wrong = match task {
            Some(t) if !f.case.may_do(t, p, s, f.date(d as i64)) => Some(("may not do", "不能承担")),
            Some(t) if !t.places().any(|place| place == piece.time) => {
                Some(("does at a wrong time or not whole", "未按规定时段或时长完成"))
            }
            Some(_) if done.contains(i) => Some(("does twice", "重复承担")),
            Some(_) => None,
            None => Some(("does a task that there is not:", "承担了不存在的任务")),
        };
        done.push(*i);
        if let Some((en, zh)) = wrong {
            let (id, date, c) = (&f.person(p).id, f.date(d as i64), clocks(piece.time));
            let name = task.map_or("?", |t| t.name.as_str());
            let what = Text::new(
                format!("{id} {en} {name} on {date} ({c})"),
                format!("{id} 在 {date} {zh} {name}（{c}）"),
            );
            let at = Place::day(f, p, d as i64);
            out.broken(Fact::Task, at, i64::from(piece.time.len()).max(1), what, task.map(|t| &t.origin));
        }
    }
}

/// Not more people than asked for; and not fewer while somebody serves a channel all through a time of the task.
fn enough(f: &Facts<'_>, inside: &Inside<'_>, (i, task): (usize, &Task), d: usize, out: &mut Findings) {
    let does = |p: PersonIx| !inside.day(p, d).times(|a| *a == Activity::Task(i)).is_empty();
    let done = f.case.person_indices().filter(|&p| does(p)).count() as i64;
    let wanted = task.people.unwrap_or(i64::MAX);
    let (name, date) = (&task.name, f.date(d as i64));
    if done > wanted {
        let what = Text::new(
            format!("{} do {name} on {date}, {wanted} wanted", counted(done, "person", "people")),
            format!("{date} {name} 有 {done} 人，应为 {wanted} 人"),
        );
        out.broken(
            Fact::Task,
            Place::all(f, d as i64, String::new()),
            done - wanted,
            what,
            Some(&task.origin),
        );
    }
    undone(f, task, d, done, out);
    if done >= wanted {
        return;
    }
    let could = f.case.person_indices().filter(|&p| !does(p)).find_map(|p| {
        let s = f.shift(p, d).filter(|&s| f.case.may_do(task, p, s, date))?;
        free(f, inside, task, (p, d, s)).map(|place| (p, place))
    });
    if let Some((p, place)) = could {
        let (id, c) = (&f.person(p).id, clocks(place));
        let what = Text::new(
            format!("{name} on {date} has too few people ({done}), though {id} could do it in {c}"),
            format!("{date} {name} 人数不足（{done} 人），而 {id} 可在 {c} 承担"),
        );
        out.broken(Fact::Task, Place::day(f, p, d as i64), 1, what, Some(&task.origin));
    }
}

/// The price of turns that are not done: of so many people, or of everybody whose shift has a time of the task.
fn undone(f: &Facts<'_>, task: &Task, d: usize, done: i64, out: &mut Findings) {
    let date = f.date(d as i64);
    let has_time = |p: &PersonIx| {
        let shift = f.shift(*p, d).filter(|&s| f.case.may_do(task, *p, s, date));
        shift.is_some_and(|s| {
            let times = &f.case.shift(s).times;
            task.places().any(|place| times.iter().any(|t| t.contains(place)))
        })
    };
    let everybody = || f.case.person_indices().filter(has_time).count() as i64;
    let wanted = task.people.unwrap_or_else(everybody);
    let day = Some((date, f.day_kinds[d]));
    let row = f.case.rules.setting(RuleKind::WeightTask, &Context { day, ..Context::default() });
    let price = Price {
        kind: RuleKind::WeightTask,
        weight: f.case.task_weight(date),
        scope: row.map_or("", |r| r.scope.text.as_str()),
        origin: row.map(|r| &r.origin).or(Some(&task.origin)),
    };
    if done < wanted && price.weight > 0 {
        let (name, minutes) = (&task.name, i64::from(task.minutes));
        let what = Text::new(
            format!("{name} on {date}: {done} of {wanted} turns of {minutes} minutes done"),
            format!("{date} {name}：每人 {minutes} 分钟，应 {wanted} 人次，已安排 {done} 人次"),
        );
        out.coverage(price, Place::all(f, d as i64, name.clone()), (wanted - done) * minutes, what);
    }
}

/// A time of the task that the person spends on channels, inside one segment, while no meeting is held for which
/// people are kept.
fn free(
    f: &Facts<'_>,
    inside: &Inside<'_>,
    task: &Task,
    (p, d, s): (PersonIx, usize, ShiftIx),
) -> Option<Span> {
    let served = inside.day(p, d).times(|a| matches!(a, Activity::Channel(_)));
    let segments = &f.case.shift(s).times;
    let meetings = kept_times(f, d);
    task.places().find(|&place| {
        segments.iter().any(|t| t.contains(place))
            && length(&without(&[place], &served)) == 0
            && cut(&meetings, absolute(d, place)).is_empty()
    })
}

/// Meetings around a day for which people are kept, minutes of the horizon.
fn kept_times(f: &Facts<'_>, d: usize) -> Vec<Span> {
    let near = d.saturating_sub(1)..=(d + 1).min(f.case.horizon.days - 1);
    let held = |on: MeetingDay, day: usize| match on {
        MeetingDay::Date(date) => f.date(day as i64) == date,
        MeetingDay::Weekday(w) => f.case.horizon.weekday(day as i64) == w,
    };
    let keep = || f.case.meetings.iter().filter(|m| m.min_on_duty > 0);
    near.flat_map(|day| keep().filter(move |m| held(m.on, day)).map(move |m| absolute(day, m.time))).collect()
}
