//! `demand.csv`, and what it shares with the forecast: intervals of channels that must not overlap.

use super::cell::{Bad, Log};
use super::names::Names;
use super::table::{Row, Table};
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Minute, Span, Text, clock};
use crate::calendar::Horizon;
use crate::diag::codes;
use crate::model::DemandRow;
use chrono::{Days, NaiveDate};

/// An interval of a channel.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interval {
    /// Date on which it starts.
    pub(super) date: NaiveDate,
    /// Minutes of that date.
    pub(super) time: Span,
    /// Channel.
    pub(super) channel: ChannelIx,
}

/// A start at 24:00 or later belongs to the next date.
pub(super) fn into_day(date: NaiveDate, start: Minute) -> (NaiveDate, Minute) {
    (date + Days::new((start / DAY_MINUTES) as u64), start % DAY_MINUTES)
}

/// Rows inside the horizon.
pub(super) fn read(table: &Table, names: &Names, horizon: &Horizon, log: &mut Log) -> Vec<DemandRow> {
    let mut rows = Vec::new();
    let mut intervals = Vec::new();
    for row in table.rows() {
        let Ok((at, agents, under_weight, over_weight)) = read_row(&row, names, log) else { continue };
        intervals.push((at, row));
        if let Some(day) = horizon.index(at.date) {
            let (time, channel) = (at.time, at.channel);
            rows.push(DemandRow {
                day,
                time,
                channel,
                agents,
                under_weight,
                over_weight,
                origin: row.origin(),
            });
        }
    }
    check_overlaps(intervals, names, log);
    rows
}

type DemandCells = (Interval, i64, Option<i64>, Option<i64>);

fn read_row(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<DemandCells, Bad> {
    let date = row.needed_date("date", log);
    let start = row.needed_time("start", log);
    let end = row.needed_time("end", log);
    let channel = names.channel(&row.get("channel"), log);
    let agents = row.get("agents").integer(0, 100_000, log);
    let agents = row.get("agents").needed(agents, log);
    let under = row.get("under_weight").integer(0, 1_000_000, log);
    let over = row.get("over_weight").integer(0, 1_000_000, log);
    let (date, start, end, channel) = (date?, start?, end?, channel?);
    if end == start && start > 0 {
        let fact = Text::new(
            format!("the interval begins and ends at {}", clock(start)),
            format!("时段的开始和结束都是 {}", clock(start)),
        );
        let cure = Text::new(
            "correct start or end; a whole day is 00:00 to 24:00",
            "请改正；全天请写 00:00 至 24:00",
        );
        return Err(log.bad(row.get("end").error(codes::WRONG_ORDER, fact, cure)));
    }
    let end = if end <= start { end + DAY_MINUTES } else { end };
    if end - start > DAY_MINUTES {
        let cell = row.get("end");
        let fact = Text::new(
            format!("the interval {}-{} is longer than a day", clock(start), clock(end)),
            format!("时段 {}-{} 超过一天", clock(start), clock(end)),
        );
        let cure = Text::new("split it into days", "请按天拆开");
        return Err(log.bad(cell.error(codes::BAD_TIMES, fact, cure)));
    }
    let length = end - start;
    let (date, start) = into_day(date, start);
    Ok((Interval { date, time: Span::new(start, start + length), channel }, agents?, under?, over?))
}

/// Reports rows for the same interval and intervals of one channel that overlap.
pub(super) fn check_overlaps(mut intervals: Vec<(Interval, Row<'_>)>, names: &Names, log: &mut Log) {
    let absolute = |at: &Interval| {
        let day = at.date.signed_duration_since(NaiveDate::default()).num_days() * i64::from(DAY_MINUTES);
        (day + i64::from(at.time.start), day + i64::from(at.time.end))
    };
    intervals.sort_by_key(|(at, row)| (at.channel, absolute(at), row.line()));
    let mut before: Option<(Interval, Row<'_>)> = None;
    for (at, row) in intervals {
        if let Some((earlier, first)) = before
            && earlier.channel == at.channel
            && absolute(&at).0 < absolute(&earlier).1
        {
            let line = first.line();
            let channel = &names.channel_list[at.channel.ix()];
            let (from, to) = (clock(at.time.start), clock(at.time.end));
            let cell = row.get("start");
            if absolute(&at) == absolute(&earlier) {
                let fact = Text::new(
                    format!("{channel} on {} {from}-{to} stands in line {line} already", at.date),
                    format!("{channel} {} {from}-{to} 在第 {line} 行已有", at.date),
                );
                let cure = Text::new("keep one of the rows", "请只保留一行");
                log.findings.push(cell.error(codes::DUPLICATE_ROW, fact, cure));
            } else {
                let fact = Text::new(
                    format!("{channel} on {} {from}-{to} overlaps the interval of line {line}", at.date),
                    format!("{channel} {} {from}-{to} 与第 {line} 行的时段重叠", at.date),
                );
                let cure = Text::new("correct start or end of one of the two", "请改正其中一行的起止时间");
                log.findings.push(cell.error(codes::OVERLAPPING_INTERVALS, fact, cure));
            }
            if absolute(&at).1 <= absolute(&earlier).1 {
                continue;
            }
        }
        before = Some((at, row));
    }
}
