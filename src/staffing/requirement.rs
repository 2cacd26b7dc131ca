//! The requirement of a case: people per interval and channel, with their prices.

use super::deferred::{self, Open};
use super::interval::{Offered, required_agents};
use super::windows;
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{
    Case, Channel, Context, DemandRow, Flexible, ForecastRow, IntervalRequirement, Requirement,
    RequirementSource, WorkWindow,
};
use crate::rules::{ChannelKind, RuleKind};
use rayon::prelude::*;

/// What is to be covered: the rows of `demand.csv` as they stand; every row of `forecast.csv` that no demand row of
/// its channel overlaps, turned into people; flexible deferred work as windows too. Sorted by day, start and channel.
#[must_use]
pub fn requirement(case: &Case) -> Requirement {
    let mut intervals: Vec<IntervalRequirement> = case.demand.iter().map(|d| demanded(case, d)).collect();
    let mut windows = Vec::new();
    for channel in (0..case.channels.len()).map(ChannelIx::new) {
        intervals.extend(forecast(case, channel));
        windows.extend(flexible(case, channel));
    }
    intervals.sort_by_key(|i| (i.day, i.time.start, i.channel, i.time.end));
    windows.sort_by_key(|w| (w.day, w.time, w.channel));
    Requirement { intervals, windows }
}

/// The windows of a flexible deferred channel of which `demand.csv` says nothing.
fn flexible(case: &Case, channel: ChannelIx) -> Vec<WorkWindow> {
    let definition = case.channel(channel);
    if !definition.is_deferred()
        || definition.flexible != Flexible::Planned
        || case.demand.iter().any(|d| d.channel == channel)
    {
        return Vec::new();
    }
    let mut rows: Vec<&ForecastRow> = case.forecast.iter().filter(|f| f.channel == channel).collect();
    rows.sort_by_key(|f| (f.day, f.time.start));
    let open = open_hours(case, definition, &rows);
    let backlog_s = definition.backlog.map(|b| b * usual_work_s(definition, &rows));
    windows::windows(case, channel, &open, backlog_s, |day| weights(case, channel, day))
}

/// Contacts that a forecast row expects, calendar factor included.
fn volume(case: &Case, row: &ForecastRow) -> f64 {
    row.volume * case.calendar.volume_factor(case.horizon.date(row.day as i64))
}

/// What a row of a queue asks for. Where the channel counts them, contacts of the row before that are still in service
/// raise the load: arrivals of one handling time earlier (Green, Kolesar and Soares 2001), if they are more.
fn offered(case: &Case, channel: &Channel, row: &ForecastRow, before: Option<&ForecastRow>) -> Offered {
    let own = volume(case, row);
    let interval_s = f64::from(row.time.len()) * 60.0;
    let earlier =
        before.filter(|b| channel.lagged && absolute(b.day, b.time).end == absolute(row.day, row.time).start);
    let lagged = earlier.map_or(own, |b| {
        let share = (row.aht_s / interval_s).min(1.0);
        (1.0 - share) * own + share * volume(case, b)
    });
    Offered { volume: own.max(lagged), aht_s: row.aht_s, interval_s, minute: row.time.start }
}

/// A span of a day on the time line of the horizon.
fn absolute(day: usize, time: Span) -> Span {
    time.shifted(day as i32 * DAY_MINUTES)
}

/// Price of a person-minute short and spare on a channel and day.
fn weights(case: &Case, channel: ChannelIx, day: usize) -> (i64, i64) {
    let date = case.horizon.date(day as i64);
    let context = Context {
        channel: Some((channel, case.channel(channel).kind)),
        day: Some((date, case.calendar.kind(date))),
        ..Context::default()
    };
    let weight = |kind| case.rules.setting(kind, &context).map_or(0, |r| r.value.number());
    (weight(RuleKind::WeightUnderstaff), weight(RuleKind::WeightOverstaff))
}

fn demanded(case: &Case, row: &DemandRow) -> IntervalRequirement {
    let (under, over) = weights(case, row.channel, row.day);
    let contacts = expected(case, row);
    IntervalRequirement {
        day: row.day,
        time: row.time,
        channel: row.channel,
        agents: row.agents,
        under_weight: row.under_weight.unwrap_or(under),
        over_weight: row.over_weight.unwrap_or(over),
        volume: contacts.map(|c| c.0),
        aht_s: contacts.map(|c| c.1),
        source: RequirementSource::Demand,
    }
}

/// Contacts and mean handling time that the forecast expects in a demand row, if it speaks of all of it.
fn expected(case: &Case, row: &DemandRow) -> Option<(f64, f64)> {
    let time = absolute(row.day, row.time);
    let (mut covered, mut contacts, mut work) = (0, 0.0, 0.0);
    for f in case.forecast.iter().filter(|f| f.channel == row.channel) {
        let inside = absolute(f.day, f.time).overlap(time);
        if inside > 0 {
            let share = volume(case, f) * f64::from(inside) / f64::from(f.time.len());
            covered += inside;
            contacts += share;
            work += share * f.aht_s;
        }
    }
    let handling = if contacts > 0.0 { work / contacts } else { 0.0 };
    (covered > 0 && covered >= time.len()).then_some((contacts, handling))
}

/// The open intervals of a deferred channel with the work that arrives in them.
fn open_hours(case: &Case, channel: &Channel, rows: &[&ForecastRow]) -> Vec<Open> {
    let open = |f: &&ForecastRow| {
        let time = absolute(f.day, f.time);
        Open {
            start: i64::from(time.start),
            end: i64::from(time.end),
            work_s: volume(case, f) * f.aht_s * channel.touches.max(1.0),
        }
    };
    rows.iter().map(open).collect()
}

/// Seconds of work of one contact, all touches, by the mean over the rows.
fn usual_work_s(channel: &Channel, rows: &[&ForecastRow]) -> f64 {
    let contacts: f64 = rows.iter().map(|f| f.volume).sum();
    let work: f64 = rows.iter().map(|f| f.volume * f.aht_s).sum();
    if contacts > 0.0 { channel.touches.max(1.0) * work / contacts } else { 0.0 }
}

/// Contacts of a deferred channel from before the horizon that are still to do when it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CarriedWork {
    /// When they arrived, in minutes from the start of the horizon (not positive).
    pub start: i64,
    /// End.
    pub end: i64,
    /// How many, on average.
    pub volume: f64,
    /// Seconds of one touch.
    pub aht_s: f64,
}

/// What is carried into the horizon on a deferred channel: `backlog` of `channels.csv`, else what a usual week leaves.
#[must_use]
pub fn carried_in(case: &Case, channel: ChannelIx) -> Vec<CarriedWork> {
    let mut rows: Vec<&ForecastRow> = case.forecast.iter().filter(|f| f.channel == channel).collect();
    rows.sort_by_key(|f| (f.day, f.time.start));
    let definition = case.channel(channel);
    let each = usual_work_s(definition, &rows);
    if each <= 0.0 {
        return Vec::new();
    }
    let open = open_hours(case, definition, &rows);
    let found = deferred::left(definition, &open, case.horizon.days, definition.backlog.map(|b| b * each));
    let contacts = |l: deferred::Left| CarriedWork {
        start: l.start,
        end: l.end,
        volume: l.work_s / each,
        aht_s: each / definition.touches.max(1.0),
    };
    found.into_iter().map(contacts).collect()
}

fn forecast(case: &Case, channel: ChannelIx) -> Vec<IntervalRequirement> {
    let decided = case.demand.iter().filter(|d| d.channel == channel);
    let decided: Vec<Span> = decided.map(|d| absolute(d.day, d.time)).collect();
    let free = |f: &&ForecastRow| {
        let time = absolute(f.day, f.time);
        f.channel == channel && !decided.iter().any(|d| d.overlap(time) > 0)
    };
    let mut rows: Vec<&ForecastRow> = case.forecast.iter().filter(free).collect();
    rows.sort_by_key(|f| (f.day, f.time.start));
    let definition = case.channel(channel);
    let agents: Vec<i64> = match definition.kind {
        ChannelKind::Voice | ChannelKind::Chat => rows
            .par_iter()
            .enumerate()
            .map(|(i, f)| {
                required_agents(definition, &offered(case, definition, f, i.checked_sub(1).map(|b| rows[b])))
            })
            .collect(),
        ChannelKind::Deferred => {
            let open = open_hours(case, definition, &rows);
            let backlog_s = definition.backlog.map(|b| b * usual_work_s(definition, &rows));
            deferred::required(definition, &open, case.horizon.days, backlog_s)
        }
    };
    rows.iter()
        .zip(agents)
        .map(|(f, agents)| {
            let (under_weight, over_weight) = weights(case, channel, f.day);
            IntervalRequirement {
                day: f.day,
                time: f.time,
                channel,
                agents,
                under_weight,
                over_weight,
                volume: Some(volume(case, f)),
                aht_s: Some(f.aht_s),
                source: RequirementSource::Forecast,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{CalendarDay, DayKind, Horizon, shipped};
    use crate::model::{Origin, RuleRow, Strength};
    use crate::rules::{RuleValue, Scope, ScopeTerm};
    use crate::staffing::testing::channel;

    fn case() -> Case {
        let horizon = Horizon::between("2026-12-07".parse().unwrap(), "2026-12-08".parse().unwrap()).unwrap();
        let channels = vec![channel("voice", ChannelKind::Voice), channel("mail", ChannelKind::Deferred)];
        Case { channels, ..Case::empty(horizon, shipped()) }
    }

    fn forecast(case: &mut Case, day: usize, start: i32, channel: u32, volume: f64) {
        case.forecast.push(ForecastRow {
            day,
            time: Span::new(start, start + 30),
            channel: ChannelIx(channel),
            volume,
            aht_s: 180.0,
            origin: Origin::default_value(),
        });
    }

    fn demand(case: &mut Case, day: usize, time: (i32, i32), channel: u32, agents: i64) {
        case.demand.push(DemandRow {
            day,
            time: Span::new(time.0, time.1),
            channel: ChannelIx(channel),
            agents,
            under_weight: None,
            over_weight: None,
            origin: Origin::default_value(),
        });
    }

    fn weight(case: &mut Case, kind: RuleKind, terms: Vec<ScopeTerm>, n: i64) {
        case.rules.rows.push(RuleRow {
            kind,
            band: String::new(),
            scope: Scope { terms, text: String::new() },
            value: RuleValue::Count(n),
            strength: Strength::Soft,
            weight: 0,
            origin: Origin::default_value(),
        });
    }

    #[test]
    fn demand_stands_and_decides_every_forecast_interval_that_it_touches() {
        let mut case = case();
        for start in [480, 510, 540] {
            forecast(&mut case, 0, start, 0, 100.0);
        }
        demand(&mut case, 0, (495, 540), 0, 3);
        let r = requirement(&case);
        let found: Vec<_> = r.intervals.iter().map(|i| (i.time.start, i.agents, i.source)).collect();
        assert_eq!(found, [(495, 3, RequirementSource::Demand), (540, 14, RequirementSource::Forecast)]);
        assert_eq!((r.intervals[0].volume, r.intervals[0].aht_s), (Some(150.0), Some(180.0)));
    }

    #[test]
    fn demand_past_midnight_decides_the_next_morning() {
        let mut case = case();
        forecast(&mut case, 1, 0, 0, 100.0);
        forecast(&mut case, 1, 30, 0, 100.0);
        demand(&mut case, 0, (1380, 1470), 0, 1);
        let r = requirement(&case);
        assert_eq!(r.intervals.iter().map(|i| (i.day, i.agents)).collect::<Vec<_>>(), [(0, 1), (1, 14)]);
        assert_eq!(r.intervals[0].volume, None);
    }

    #[test]
    fn demand_of_one_channel_leaves_the_others_alone() {
        let mut case = case();
        forecast(&mut case, 0, 480, 0, 100.0);
        demand(&mut case, 0, (480, 510), 1, 5);
        let agents: Vec<i64> = requirement(&case).intervals.iter().map(|i| i.agents).collect();
        assert_eq!(agents, [14, 5]);
    }

    #[test]
    fn the_calendar_factor_multiplies_the_volume() {
        let mut case = case();
        let promotion = CalendarDay { kind: DayKind::Promotion, name: "12.8".into(), volume_factor: 2.0 };
        case.calendar.set_by_user("2026-12-08".parse().unwrap(), promotion);
        forecast(&mut case, 0, 480, 0, 100.0);
        forecast(&mut case, 1, 480, 0, 50.0);
        let r = requirement(&case);
        assert_eq!(
            r.intervals.iter().map(|i| (i.agents, i.volume)).collect::<Vec<_>>(),
            [(14, Some(100.0)); 2]
        );
    }

    #[test]
    fn weights_come_from_the_demand_row_else_from_the_most_special_rule() {
        let mut case = case();
        weight(&mut case, RuleKind::WeightUnderstaff, Vec::new(), 1);
        weight(&mut case, RuleKind::WeightUnderstaff, vec![ScopeTerm::Kind(ChannelKind::Voice)], 2);
        let monday_voice = vec![ScopeTerm::Kind(ChannelKind::Voice), ScopeTerm::Weekday(0)];
        weight(&mut case, RuleKind::WeightUnderstaff, monday_voice, 3);
        weight(&mut case, RuleKind::WeightOverstaff, vec![ScopeTerm::Channel(ChannelIx(1))], 7);
        for day in [0, 1] {
            demand(&mut case, day, (480, 510), 0, 1);
        }
        demand(&mut case, 0, (480, 510), 1, 1);
        case.demand[1].over_weight = Some(9);
        let mut found: Vec<_> = requirement(&case)
            .intervals
            .iter()
            .map(|i| (i.day, i.channel.0, i.under_weight, i.over_weight))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [(0, 0, 3, 0), (0, 1, 1, 7), (1, 0, 2, 9)]);
    }

    #[test]
    fn rows_are_sorted_and_deferred_work_gets_people() {
        let mut case = case();
        for day in [1, 0] {
            for start in [540, 480, 510] {
                forecast(&mut case, day, start, 1, 10.0);
                forecast(&mut case, day, start, 0, 10.0);
            }
        }
        let r = requirement(&case);
        assert!(r.intervals.is_sorted_by_key(|i| (i.day, i.time.start, i.channel)));
        let mail = r.intervals.iter().filter(|i| i.channel == ChannelIx(1)).map(|i| i.agents);
        // Ten contacts of three minutes are exactly one person's half hour.
        assert_eq!(mail.collect::<Vec<_>>(), [1; 6]);
    }
}
