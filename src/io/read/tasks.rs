//! `tasks.csv`

use super::cell::{Bad, Cell, Log};
use super::names::Names;
use super::scope;
use super::table::{Row, Table};
use super::values::date::parse_date;
use super::values::word;
use crate::base::words::{CELLS, english};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::diag::codes;
use crate::model::{Meeting, Task, TaskDay};
use crate::rules::TermKind;
use std::collections::HashMap;

/// All tasks that can be read.
pub(super) fn read(table: &Table, names: &Names, meetings: &[Meeting], log: &mut Log) -> Vec<Task> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut tasks = Vec::new();
    for row in table.rows() {
        let name = read_name(&row, names, meetings, &mut seen, log);
        let rest = read_task(&row, names, log);
        if let (Ok(name), Ok(task)) = (name, rest) {
            tasks.push(Task { name, ..task });
        }
    }
    tasks
}

/// A name that means nothing else in `duties.csv`.
fn read_name(
    row: &Row<'_>,
    names: &Names,
    meetings: &[Meeting],
    seen: &mut HashMap<String, usize>,
    log: &mut Log,
) -> Result<String, Bad> {
    let cell = row.get("name");
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let key = word::key(cell.text());
    let v = crate::diag::shorten(cell.text());
    let reserved = ["meal", "meeting", "handover", "tail"].contains(&english(CELLS, &key));
    let meeting = meetings.iter().any(|m| word::key(&m.name) == key);
    if reserved || meeting || names.find_channel(cell.text()).is_some() {
        let fact = Text::new(
            format!("\"{v}\" means something else in duties.csv"),
            format!("“{v}”在 duties.csv 中另有含义"),
        );
        let cure = Text::new("choose another name", "请换一个名称");
        return Err(log.bad(cell.error(codes::BAD_WORD, fact, cure)));
    }
    let line = row.origin().line;
    if let Some(first) = seen.insert(key, line) {
        let fact = Text::new(
            format!("the task \"{v}\" stands in line {first} already"),
            format!("任务“{v}”已在第 {first} 行出现"),
        );
        let cure = Text::new("give each row a name of its own", "请给每行不同的名称");
        return Err(log.bad(cell.error(codes::DUPLICATE_ROW, fact, cure)));
    }
    Ok(cell.text().to_owned())
}

/// Everything but the name.
fn read_task(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Task, Bad> {
    let on = read_days(&row.get("on"), log);
    let start = row.needed_time("start", log);
    let end = row.needed_time("end", log);
    let minutes = row.get("minutes").integer(1, 12 * 60, log);
    let channel = row.get("channel");
    let channel = if channel.is_empty() { Ok(None) } else { names.channel(&channel, log).map(Some) };
    let scope = scope::read(&row.get("scope"), &[TermKind::Person, TermKind::Shift], names, log);
    let people = read_people(&row.get("people"), log);
    let window = read_window(row, start?, end?, log);
    let (on, window, minutes) = (on?, window?, minutes?);
    let minutes = minutes.map_or(Ok(window.len()), |m| fitting(row, m as Minute, window, log));
    Ok(Task {
        name: String::new(),
        on,
        window,
        minutes: minutes?,
        channel: channel?,
        scope: scope?,
        people: people?,
        origin: row.origin(),
    })
}

fn read_window(row: &Row<'_>, start: Minute, end: Minute, log: &mut Log) -> Result<Span, Bad> {
    let end = if end < start { end + DAY_MINUTES } else { end };
    if start < DAY_MINUTES && end - start <= DAY_MINUTES {
        return Ok(Span::new(start, end));
    }
    let fact = Text::new(
        "the time of a task begins before 24:00 and is at most a day long",
        "任务时段须在 24:00 前开始，且不超过一天",
    );
    let cure = Text::new("correct start or end", "请改正开始或结束时间");
    Err(log.bad(row.get("end").error(codes::WRONG_ORDER, fact, cure)))
}

fn fitting(row: &Row<'_>, minutes: Minute, window: Span, log: &mut Log) -> Result<Minute, Bad> {
    if minutes <= window.len() {
        return Ok(minutes);
    }
    let (n, room) = (minutes, window.len());
    let fact = Text::new(
        format!("{n} minutes do not fit between start and end ({room} minutes)"),
        format!("{n} 分钟放不进开始和结束之间（{room} 分钟）"),
    );
    let cure = Text::new("shorten the task or widen its time", "请缩短任务或放宽时段");
    Err(log.bad(row.get("minutes").error(codes::OUT_OF_RANGE, fact, cure)))
}

/// A number, or everybody.
fn read_people(cell: &Cell<'_>, log: &mut Log) -> Result<Option<i64>, Bad> {
    if matches!(word::key(cell.text()).as_str(), "all" | "everybody" | "全部" | "所有" | "全员" | "所有人")
    {
        return Ok(None);
    }
    Ok(Some(cell.integer(1, 10_000, log)?.unwrap_or(1)))
}

/// `daily`, weekdays, dates, and dates from one to another; several with semicolons between.
fn read_days(cell: &Cell<'_>, log: &mut Log) -> Result<Vec<TaskDay>, Bad> {
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let mut days = Vec::new();
    for part in word::list(cell.text()) {
        let Some(day) = read_day(&part, log) else {
            let v = crate::diag::shorten(&part);
            let fact = Text::new(
                format!("\"{v}\" is neither daily nor a weekday, a date, or dates from one to another"),
                format!("“{v}”不是每天、星期、日期或日期区间"),
            );
            let cure = Text::new(
                "write daily, Mon, 2026-12-07 or 2026-12-01..2026-12-10; several with semicolons between",
                "请写 每天、周一、2026-12-07 或 2026-12-01..2026-12-10；多个用分号隔开",
            );
            return Err(log.bad(cell.error(codes::BAD_DATE, fact, cure)));
        };
        days.push(day);
    }
    Ok(days)
}

fn read_day(text: &str, log: &Log) -> Option<TaskDay> {
    if matches!(word::key(text).as_str(), "daily" | "everyday" | "每天" | "每日" | "天天") {
        return Some(TaskDay::Daily);
    }
    if let Some(day) = word::weekday(text.strip_prefix('每').unwrap_or(text)) {
        return Some(TaskDay::Weekday(day));
    }
    let date = |text: &str| parse_date(text.trim(), log.near).ok().map(|d| d.date);
    if let Some(one) = date(text) {
        return Some(TaskDay::Dates(one, one));
    }
    let (from, to) = ["..", "~", "～", "至", "到"].into_iter().find_map(|sign| text.split_once(sign))?;
    let (from, to) = (date(from)?, date(to)?);
    (from <= to).then_some(TaskDay::Dates(from, to))
}
