//! What attendance systems take: the bodies of their calls, in the forms and with the limits that they publish; and hours as
//! ADP and BambooHR take them. Nothing is sent from here.
//!
//! Forms: DingTalk CLI (`dws`) rows; DingTalk `topapi/attendance/group/schedule/async`, at most 200 schedules a call; WeCom
//! `checkin/setcheckinschedulist`, a month a call; Feishu `attendance/v1/user_daily_shifts/batch_create`, at most 50 a call. A rest
//! day is class 0 in the CLI, shift 1 with `is_rest` in the API of DingTalk, 0 in WeCom and "0" in Feishu.

use super::cells::decimals;
use crate::report::{Attendance, AttendanceLine, hundredths};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows a call takes at most.
const DINGTALK_ROWS: usize = 200;
const FEISHU_ROWS: usize = 50;
/// WeCom publishes no limit of rows (only 60 calls a minute); as many as DingTalk takes, unless the user says otherwise.
const WECOM_ROWS: usize = 200;
/// Milliseconds of a day, and of the eight hours by which a day begins earlier in China.
const DAY_MS: i64 = 86_400_000;
const ZONE_MS: i64 = 28_800_000;

/// The systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttendanceSystem {
    /// Rows for the official command line of DingTalk.
    DingTalkCli,
    /// The open interface of DingTalk.
    DingTalkApi,
    /// WeCom (企业微信).
    WeCom,
    /// Feishu (飞书).
    Feishu,
}

/// A day with the ids of the other system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Their id of the person.
    pub user: String,
    /// Date.
    pub date: NaiveDate,
    /// Their id of the shift; `None` for a rest day.
    pub shift: Option<String>,
}

/// What calls need beside the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallOptions {
    /// Their id of the attendance group.
    pub group: String,
    /// Their id of who makes the change.
    pub operator: String,
    /// Rows of a call at most, where the user says so.
    pub per_call: Option<usize>,
}

/// Rows that a call of a system takes at most, where it publishes that.
#[must_use]
pub fn most_rows(system: AttendanceSystem) -> Option<usize> {
    match system {
        AttendanceSystem::DingTalkApi => Some(DINGTALK_ROWS),
        AttendanceSystem::Feishu => Some(FEISHU_ROWS),
        AttendanceSystem::DingTalkCli | AttendanceSystem::WeCom => None,
    }
}

/// A number where the text is one.
fn id(text: &str) -> Value {
    text.parse::<i64>().map_or_else(|_| json!(text), |n| json!(n))
}

/// The bodies of the calls, rows by person and date.
#[must_use]
pub fn calls(system: AttendanceSystem, rows: &[ScheduleRow], options: &CallOptions) -> Vec<Value> {
    let most = options.per_call.or(most_rows(system)).unwrap_or(WECOM_ROWS).max(1);
    match system {
        AttendanceSystem::DingTalkCli => vec![rows.iter().map(cli_row).collect()],
        AttendanceSystem::DingTalkApi => rows.chunks(most).map(|c| dingtalk(c, options)).collect(),
        AttendanceSystem::WeCom => {
            let mut months: BTreeMap<i32, Vec<Value>> = BTreeMap::new();
            for r in rows {
                let shift = r.shift.as_deref().map_or(json!(0), id);
                let item = json!({"userid": r.user, "day": r.date.day(), "schedule_id": shift});
                months.entry(month(r.date)).or_default().push(item);
            }
            let call = |month: i32, items: &[Value]| json!({"groupid": id(&options.group), "items": items, "yearmonth": month});
            months.iter().flat_map(|(m, all)| all.chunks(most).map(|c| call(*m, c))).collect()
        }
        AttendanceSystem::Feishu => rows.chunks(most).map(|c| feishu(c, options)).collect(),
    }
}

fn month(date: NaiveDate) -> i32 {
    date.year() * 100 + date.month() as i32
}

fn cli_row(r: &ScheduleRow) -> Value {
    let rest = if r.shift.is_none() { "Y" } else { "N" };
    let class = r.shift.as_deref().map_or(json!(0), id);
    json!({"userId": r.user, "workDate": r.date.to_string(), "classId": class, "isRest": rest})
}

fn dingtalk(rows: &[ScheduleRow], options: &CallOptions) -> Value {
    let row = |r: &ScheduleRow| {
        let day = i64::from(r.date.num_days_from_ce()) - i64::from(NaiveDate::default().num_days_from_ce());
        let shift = r.shift.as_deref().map_or(json!(1), id);
        json!({
            "userid": r.user, "work_date": day * DAY_MS - ZONE_MS, "shift_id": shift, "is_rest": r.shift.is_none(),
        })
    };
    json!({
        "op_user_id": options.operator, "group_id": id(&options.group),
        "schedules": rows.iter().map(row).collect::<Vec<_>>(),
    })
}

fn feishu(rows: &[ScheduleRow], options: &CallOptions) -> Value {
    let row = |r: &ScheduleRow| {
        json!({
            "group_id": options.group, "shift_id": r.shift.as_deref().unwrap_or("0"), "month": month(r.date),
            "user_id": r.user, "day_no": r.date.day(),
        })
    };
    json!({"user_daily_shifts": rows.iter().map(row).collect::<Vec<_>>(), "operator_id": options.operator})
}

/// The file of calls: one JSON document for the command line, else a call a line.
#[must_use]
pub fn calls_text(calls: &[Value]) -> String {
    calls.iter().map(|c| format!("{c}\n")).collect()
}

/// Hours by person, day and rate for BambooHR: `REG` and `OT`, dates as mm/dd/yyyy, no row without hours.
///
/// # Errors
/// When the table cannot be written.
pub fn bamboohr(lines: &[AttendanceLine]) -> Result<Vec<u8>, csv::Error> {
    let mut out = writer();
    out.write_record(["Employee #", "Hours Worked Date", "Rate Type", "Hours Worked"])?;
    let mut so_far: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for l in lines {
        for (rate, minutes) in [("REG", l.normal), ("OT", l.overtime.iter().sum())] {
            if minutes == 0 {
                continue;
            }
            // What rounding leaves goes into the next row: the rows add up to the hours of the person.
            let sum = so_far.entry((&l.id, rate)).or_default();
            let before = hundredths(*sum, 60);
            *sum += minutes;
            let hours = decimals(hundredths(*sum, 60) - before);
            out.write_record([&l.id, &l.date.format("%m/%d/%Y").to_string(), rate, &hours])?;
        }
    }
    bytes(out)
}

/// Hours by person for ADP paydata: overtime at 150 % as O/T; that at 200 and 300 % in rows of its own, as Hours 3 with the
/// codes OT2 and OT3. Empty, never 0, where there are no hours.
///
/// # Errors
/// When the table cannot be written.
pub fn adp(lines: &[AttendanceLine], company: &str, batch: &str) -> Result<Vec<u8>, csv::Error> {
    let mut out = writer();
    out.write_record([
        "Co Code",
        "Batch ID",
        "File #",
        "Reg Hours",
        "O/T Hours",
        "Hours 3 Code",
        "Hours 3 Amount",
    ])?;
    let hours = |m: i64| if m == 0 { String::new() } else { decimals(hundredths(m, 60)) };
    for person in lines.chunk_by(|a, b| a.id == b.id) {
        let sum = |f: &dyn Fn(&AttendanceLine) -> i64| person.iter().map(f).sum::<i64>();
        let id = person[0].id.as_str();
        let (normal, extended) = (sum(&|l| l.normal), sum(&|l| l.overtime[0]));
        if normal + extended > 0 {
            out.write_record([company, batch, id, &hours(normal), &hours(extended), "", ""])?;
        }
        for (class, code) in [(1, "OT2"), (2, "OT3")] {
            let minutes = sum(&|l| l.overtime[class]);
            if minutes > 0 {
                out.write_record([company, batch, id, "", "", code, &hours(minutes)])?;
            }
        }
    }
    bytes(out)
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

fn bytes(out: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, csv::Error> {
    out.into_inner().map_err(|e| e.into_error().into())
}

/// The word of a day for the preview: a shift's code, a kind of leave, or `None` for a rest day.
#[must_use]
pub fn attendance_word(what: &Attendance) -> Option<&str> {
    match what {
        Attendance::Shift(code) => Some(code),
        Attendance::Leave(kind) => Some(kind),
        Attendance::Rest => None,
    }
}
