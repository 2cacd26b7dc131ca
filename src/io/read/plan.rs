//! `duties.csv` and `handover.csv`: the inside of the days of a rota.

use super::cell::{Bad, Cell, Log, with_nearest};
use super::names::Names;
use super::table::{Row, Table};
use super::values::time::parse_time;
use super::values::word;
use crate::base::index::PersonIx;
use crate::base::words::{CELLS, english};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::diag::{codes, shorten};
use crate::model::{Activity, Case, DayPlan, Duty, Handover, HandoverKind, MeetingDay};
use chrono::Datelike;

/// The inside of the days.
pub(super) fn read(
    duties: &Table,
    handover: Option<&Table>,
    case: &Case,
    names: &Names,
    log: &mut Log,
) -> DayPlan {
    let mut plan = DayPlan::default();
    for row in duties.rows() {
        if let Ok(Some(duty)) = read_duty(&row, case, names, log) {
            plan.duties.push(duty);
        }
    }
    for row in handover.iter().flat_map(|t| t.rows()) {
        if let Ok(Some(slot)) = read_handover(&row, case, names, log) {
            plan.handovers.push(slot);
        }
    }
    plan.duties.sort_by_key(|d| (d.day, d.person, d.time));
    plan.handovers.sort_by_key(|h| (h.day, h.time.start, h.channel, h.from));
    plan
}

fn read_duty(row: &Row<'_>, case: &Case, names: &Names, log: &mut Log) -> Result<Option<Duty>, Bad> {
    let person = names.person(&row.get("id"), log);
    let place = read_place(row, case, log);
    let (person, (day, time)) = (person?, place?);
    let Some(day) = day else { return Ok(None) };
    let activity = read_activity(&row.get("activity"), day, time, case, names, log)?;
    Ok(Some(Duty { day, person, time, activity }))
}

/// Day (`None` outside the horizon) and stretch of a row.
fn read_place(row: &Row<'_>, case: &Case, log: &mut Log) -> Result<(Option<usize>, Span), Bad> {
    let date = row.needed_date("date", log);
    let start = signed_time(&row.get("start"), log);
    let end = signed_time(&row.get("end"), log);
    let (date, start, end) = (date?, start?, end?);
    let end = if end < start { end + DAY_MINUTES } else { end };
    Ok((case.horizon.index(date), Span::new(start, end)))
}

/// A time that may lie before midnight of its date: `-00:15`.
fn signed_time(cell: &Cell<'_>, log: &mut Log) -> Result<Minute, Bad> {
    if let Some(before) = cell.plain().strip_prefix('-').and_then(parse_time) {
        return Ok(-before);
    }
    let time = cell.time(log);
    cell.needed(time, log)
}

fn read_activity(
    cell: &Cell<'_>,
    day: usize,
    time: Span,
    case: &Case,
    names: &Names,
    log: &mut Log,
) -> Result<Activity, Bad> {
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    if let Some(channel) = names.find_channel(cell.text()) {
        return Ok(Activity::Channel(channel));
    }
    let key = word::key(cell.text());
    if let Some(task) = case.tasks.iter().position(|t| word::key(&t.name) == key) {
        return Ok(Activity::Task(task));
    }
    match english(CELLS, &key) {
        "meal" => return Ok(Activity::Meal),
        "handover" => return Ok(Activity::Handover),
        "tail" => return Ok(Activity::Tail),
        _ => {}
    }
    let is_named = case.meetings.iter().any(|m| word::key(&m.name) == key);
    if is_named || english(CELLS, &key) == "meeting" {
        let date = case.horizon.date(day as i64);
        let held = |m: &crate::model::Meeting| match m.on {
            MeetingDay::Date(d) => d == date,
            MeetingDay::Weekday(w) => date.weekday().num_days_from_monday() as usize == w,
        };
        let fits = |m: &crate::model::Meeting| held(m) && m.time.overlap(time) > 0;
        let named = case.meetings.iter().position(|m| word::key(&m.name) == key && fits(m));
        if let Some(meeting) = named.or_else(|| case.meetings.iter().position(fits)) {
            return Ok(Activity::Meeting(meeting));
        }
        let fact = Text::new("no meeting is held at this time", "这个时间没有会议");
        let cure = Text::new("correct the time, or meetings.csv", "请改正时间，或改正 meetings.csv");
        return Err(log.bad(cell.error(codes::UNKNOWN_ACTIVITY, fact, cure)));
    }
    let v = shorten(cell.text());
    let fact = Text::new(format!("there is no activity \"{v}\""), format!("没有活动“{v}”"));
    let known: Vec<&str> = names
        .channel_list
        .iter()
        .map(String::as_str)
        .chain(case.tasks.iter().map(|t| t.name.as_str()))
        .chain(["meal", "meeting", "handover", "tail"])
        .collect();
    Err(log.bad(cell.error(codes::UNKNOWN_ACTIVITY, fact, with_nearest(&v, &known, &known))))
}

fn read_handover(row: &Row<'_>, case: &Case, names: &Names, log: &mut Log) -> Result<Option<Handover>, Bad> {
    let place = read_place(row, case, log);
    let channel = names.channel(&row.get("channel"), log);
    let kind = row.get("kind").word(
        |text| match english(CELLS, &word::key(text)) {
            "overlap" => Some(HandoverKind::Overlap),
            "early_arrival" => Some(HandoverKind::EarlyArrival),
            "message" => Some(HandoverKind::Message),
            "none" => Some(HandoverKind::None),
            _ => None,
        },
        &["overlap", "early_arrival", "message", "none"],
        log,
    );
    let kind = row.get("kind").needed(kind, log);
    let from = names.person(&row.get("from_id"), log);
    let to = read_optional(&row.get("to_id"), names, log);
    let backup = read_optional(&row.get("backup_id"), names, log);
    let ((day, time), channel, kind) = (place?, channel?, kind?);
    let (from, to, backup) = (from?, to?, backup?);
    let Some(day) = day else { return Ok(None) };
    let batch = row.get("batch").plain();
    let note = Text::same(row.get("note").text());
    Ok(Some(Handover { batch, day, time, channel, kind, from, to, backup, note }))
}

fn read_optional(cell: &Cell<'_>, names: &Names, log: &mut Log) -> Result<Option<PersonIx>, Bad> {
    if cell.is_empty() { Ok(None) } else { names.person(cell, log).map(Some) }
}
