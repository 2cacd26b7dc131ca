//! The places where cover is short, neighbouring intervals of a channel joined.

use super::CoverageRow;
use crate::base::Span;
use chrono::NaiveDate;

/// A stretch of one day in which one channel is short throughout.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortfall {
    /// Date.
    pub date: NaiveDate,
    /// From when to when.
    pub time: Span,
    /// Channel.
    pub channel: String,
    /// Agent-minutes missing in all.
    pub minutes: i64,
    /// People missing at the worst interval, in hundredths.
    pub worst_hundredths: i64,
    /// What it means to those who call; `None` without a forecast and for deferred work.
    pub customers: Option<Customers>,
}

/// Contacts of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customers {
    /// Expected.
    pub offered: f64,
    /// Wait longer than the target, whether then served or gone.
    pub wait_longer: f64,
    /// Target wait in seconds, the shortest of the stretch.
    pub target_s: f64,
}

impl Customers {
    fn of(row: &CoverageRow) -> Option<Self> {
        let p = row.predicted.as_ref().filter(|p| p.offered > 0.0)?;
        let wait_longer = super::service::wait_longer(p);
        Some(Self { offered: p.offered, wait_longer, target_s: row.target_s })
    }
    fn with(self, more: Option<Self>) -> Self {
        let Some(more) = more else { return self };
        Self {
            offered: self.offered + more.offered,
            wait_longer: self.wait_longer + more.wait_longer,
            target_s: self.target_s.min(more.target_s),
        }
    }
}

/// All stretches, the largest first; ties by date, time and channel.
pub(super) fn shortfalls(rows: &[CoverageRow]) -> Vec<Shortfall> {
    let mut order: Vec<&CoverageRow> = rows.iter().filter(|r| r.short_minutes > 0).collect();
    order.sort_by(|a, b| (a.date, &a.channel, a.time).cmp(&(b.date, &b.channel, b.time)));
    let mut list: Vec<Shortfall> = Vec::new();
    for row in order {
        let worst = super::hours::hundredths(row.short_minutes, i64::from(row.time.len()));
        match list.last_mut() {
            Some(s) if s.date == row.date && s.channel == row.channel && s.time.end == row.time.start => {
                s.time.end = row.time.end;
                s.minutes += row.short_minutes;
                s.worst_hundredths = s.worst_hundredths.max(worst);
                let more = Customers::of(row);
                s.customers = s.customers.map_or(more, |c| Some(c.with(more)));
            }
            _ => list.push(Shortfall {
                date: row.date,
                time: row.time,
                channel: row.channel.clone(),
                minutes: row.short_minutes,
                worst_hundredths: worst,
                customers: Customers::of(row),
            }),
        }
    }
    list.sort_by(|a, b| {
        b.minutes
            .cmp(&a.minutes)
            .then_with(|| (a.date, a.time, &a.channel).cmp(&(b.date, b.time, &b.channel)))
    });
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(day: u32, start: i32, channel: &str, short: i64) -> CoverageRow {
        CoverageRow {
            date: NaiveDate::from_ymd_opt(2026, 10, day).unwrap_or_default(),
            day: day as usize,
            time: Span::new(start, start + 30),
            channel: channel.into(),
            required_minutes: 60,
            rostered_minutes: 60 - short,
            short_minutes: short,
            over_minutes: 0,
            service_level: None,
            occupancy: None,
            predicted: None,
            target_s: 20.0,
        }
    }

    #[test]
    fn neighbouring_short_intervals_of_a_channel_are_one_stretch() {
        let rows = [
            row(1, 600, "voice", 30),
            row(1, 600, "chat", 15),
            row(1, 630, "voice", 60),
            row(1, 690, "voice", 30),
        ];
        let list = shortfalls(&rows);
        assert_eq!(list.len(), 3);
        assert_eq!((list[0].time, list[0].minutes, list[0].worst_hundredths), (Span::new(600, 660), 90, 200));
    }

    #[test]
    fn covered_intervals_are_not_named() {
        assert!(shortfalls(&[row(1, 600, "voice", 0)]).is_empty());
    }
}
