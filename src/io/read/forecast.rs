//! `forecast.csv`

use super::cell::{Bad, Log};
use super::demand::{self, Interval};
use super::names::Names;
use super::table::{Row, Table};
use crate::base::{DAY_MINUTES, Minute, Span, Text};
use crate::calendar::Horizon;
use crate::diag::codes;
use crate::model::ForecastRow;
use chrono::NaiveDate;
use rustc_hash::FxHashMap;

/// Rows inside the horizon, and whether any row could be read at all.
pub(super) fn read(table: &Table, names: &Names, horizon: &Horizon, log: &mut Log) -> Vec<ForecastRow> {
    let mut read: Vec<(Interval, f64, f64, Row<'_>)> = Vec::new();
    for row in table.rows() {
        if let Ok((at, volume, aht)) = read_row(&row, names, log) {
            read.push((at, volume, aht, row));
        }
    }
    let Some(step) = spacing(&read) else {
        if let Some((_, _, _, row)) = read.first() {
            let fact = Text::new(
                "the interval length cannot be told: no two rows of a day and channel are 5 to 60 minutes apart",
                "无法得知时段长度：同一天同一渠道没有相隔 5 到 60 分钟的两行",
            );
            let cure =
                Text::new("give one row an interval, every 5 to 60 minutes", "请每 5 到 60 分钟写一行");
            log.findings.push(row.get("start").error(codes::BAD_SPACING, fact, cure));
        }
        return Vec::new();
    };
    for item in &mut read {
        item.0.time.end = item.0.time.start + step;
    }
    let intervals: Vec<(Interval, Row<'_>)> = read.iter().map(|(at, _, _, row)| (*at, *row)).collect();
    demand::check_overlaps(intervals, names, log);
    let rows = read.into_iter().filter_map(|(at, volume, aht_s, row)| {
        let day = horizon.index(at.date)?;
        Some(ForecastRow { day, time: at.time, channel: at.channel, volume, aht_s, origin: row.origin() })
    });
    rows.collect()
}

fn read_row(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<(Interval, f64, f64), Bad> {
    let date = row.needed_date("date", log);
    let start = row.needed_time("start", log);
    let channel = names.channel(&row.get("channel"), log);
    let volume = row.get("volume").decimal(0.0, 1e7, log);
    let volume = row.get("volume").needed(volume, log);
    let aht = row.get("aht_s").decimal(0.0, 86_400.0, log);
    let aht = row.get("aht_s").needed(aht, log);
    let (date, start, channel, volume, aht) = (date?, start?, channel?, volume?, aht?);
    if aht <= 0.0 && volume > 0.0 {
        let cell = row.get("aht_s");
        let fact = Text::new("contacts that take no time need nobody", "处理时长为零的话量不需要人");
        let cure = Text::new("write the average handling time in seconds", "请写平均处理时长（秒）");
        return Err(log.bad(cell.error(codes::OUT_OF_RANGE, fact, cure)));
    }
    let (date, start) = demand::into_day(date, start);
    Ok((Interval { date, time: Span::new(start, start), channel }, volume, aht))
}

/// The most frequent distance of neighbouring starts of a day and channel, if it is 5 to 60 minutes.
fn spacing(read: &[(Interval, f64, f64, Row<'_>)]) -> Option<Minute> {
    let mut starts: FxHashMap<(usize, NaiveDate), Vec<Minute>> = FxHashMap::default();
    for (at, ..) in read {
        starts.entry((at.channel.ix(), at.date)).or_default().push(at.time.start);
    }
    let mut counts = vec![0usize; DAY_MINUTES as usize];
    for list in starts.values_mut() {
        list.sort_unstable();
        for pair in list.windows(2) {
            counts[(pair[1] - pair[0]) as usize % DAY_MINUTES as usize] += 1;
        }
    }
    (5..=60).filter(|&m| counts[m] > 0).max_by_key(|&m| (counts[m], m)).map(|m| m as Minute)
}
