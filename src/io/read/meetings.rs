//! `meetings.csv` and `approvals.csv`

use super::cell::{Bad, Log};
use super::leave::read_dates;
use super::names::Names;
use super::scope;
use super::table::{Row, Table};
use super::values::date::parse_date;
use super::values::word;
use crate::base::{DAY_MINUTES, Span, Text};
use crate::diag::codes;
use crate::model::{Approval, Meeting, MeetingDay};
use crate::rules::TermKind;

/// All meetings that can be read.
pub(super) fn read_meetings(table: &Table, names: &Names, log: &mut Log) -> Vec<Meeting> {
    table.rows().filter_map(|row| read_meeting(&row, names, log).ok()).collect()
}

fn read_meeting(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Meeting, Bad> {
    let on = read_day(row, log);
    let start = row.needed_time("start", log);
    let end = row.needed_time("end", log);
    let scope = scope::read(&row.get("scope"), &[TermKind::Person], names, log);
    let kept = row.get("min_on_duty").integer(0, 10_000, log);
    let come_in = row.get("come_in").word(word::flag, &["yes", "no"], log);
    let (on, start, end, scope, kept, come_in) = (on?, start?, end?, scope?, kept?, come_in?);
    let end = if end <= start { end + DAY_MINUTES } else { end };
    if end - start > 12 * 60 || start >= DAY_MINUTES {
        let fact = Text::new(
            "a meeting is at most 12 hours long and begins before 24:00",
            "会议最长 12 小时，且须在 24:00 前开始",
        );
        let cure = Text::new("correct start or end", "请改正开始或结束时间");
        return Err(log.bad(row.get("end").error(codes::WRONG_ORDER, fact, cure)));
    }
    let name = row.get("name").text().to_owned();
    Ok(Meeting {
        name: if name.is_empty() { "meeting".to_owned() } else { name },
        on,
        time: Span::new(start, end),
        scope,
        min_on_duty: kept.unwrap_or(0),
        come_in: come_in.unwrap_or(false),
        origin: row.origin(),
    })
}

fn read_day(row: &Row<'_>, log: &mut Log) -> Result<MeetingDay, Bad> {
    let cell = row.get("on");
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let text = cell.text();
    let every = text.strip_prefix('每').unwrap_or(text);
    if let Some(day) = word::weekday(every) {
        return Ok(MeetingDay::Weekday(day));
    }
    if parse_date(text, log.near).is_ok() {
        let date = cell.date(log);
        return cell.needed(date, log).map(MeetingDay::Date);
    }
    let v = crate::diag::shorten(text);
    let fact =
        Text::new(format!("\"{v}\" is neither a date nor a weekday"), format!("“{v}”既不是日期也不是星期"));
    let cure = Text::new("write 2026-12-07 or Mon", "请写 2026-12-07 或 周一");
    Err(log.bad(cell.error(codes::BAD_DATE, fact, cure)))
}

/// All approvals that can be read.
pub(super) fn read_approvals(table: &Table, names: &Names, log: &mut Log) -> Vec<Approval> {
    table.rows().filter_map(|row| read_approval(&row, names, log).ok()).collect()
}

fn read_approval(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Approval, Bad> {
    let person = names.person(&row.get("id"), log);
    let dates = read_dates(row, log);
    let hours = row.get("overtime_hours").decimal(0.0, 1000.0, log);
    let hours = row.get("overtime_hours").needed(hours, log);
    let (person, (from, to), hours) = (person?, dates?, hours?);
    Ok(Approval {
        person,
        from,
        to,
        overtime_minutes: (hours * 60.0).round() as i64,
        approved_by: row.get("approved_by").text().to_owned(),
        origin: row.origin(),
    })
}
