//! What it saves when several queues are served by people who can serve all of them.
//!
//! Bounds, not a plan: each queue alone asks for most people, one queue of all contacts for fewest. Two skills a person in
//! a chain come close to the latter (Wallace and Whitt 2005); what the people at hand really give is simulated (`paiban
//! simulate --pooled`).

use super::interval::{Offered, required_agents};
use crate::base::index::ChannelIx;
use crate::model::{Case, Channel, IntervalRequirement, Requirement, RequirementSource};
use std::collections::BTreeMap;

/// Queues of one kind that people could serve together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pooling {
    /// The queues.
    pub channels: Vec<String>,
    /// Person-minutes that they need one by one.
    pub apart: i64,
    /// Person-minutes that one team with all the skills needs.
    pub together: i64,
    /// Whole people in the busiest interval, one by one and together.
    pub most: (i64, i64),
}

/// One entry for each kind and concurrency that two or more queues with a forecast share.
#[must_use]
pub fn pooling(case: &Case, requirement: &Requirement) -> Vec<Pooling> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (c, channel) in case.channels.iter().enumerate().filter(|(_, c)| !c.is_deferred()) {
        let alike = |g: &&mut Vec<usize>| {
            let first = &case.channels[g[0]];
            first.kind == channel.kind && first.concurrency == channel.concurrency
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(c),
            None => groups.push(vec![c]),
        }
    }
    groups.iter().filter(|g| g.len() > 1).filter_map(|g| of_group(case, requirement, g)).collect()
}

fn of_group(case: &Case, requirement: &Requirement, group: &[usize]) -> Option<Pooling> {
    let mut by_time: BTreeMap<(usize, i32, i32), Vec<&IntervalRequirement>> = BTreeMap::new();
    let own = |i: &&IntervalRequirement| {
        group.contains(&i.channel.ix()) && i.source == RequirementSource::Forecast && i.volume.is_some()
    };
    for i in requirement.intervals.iter().filter(own) {
        by_time.entry((i.day, i.time.start, i.time.end)).or_default().push(i);
    }
    let (mut apart, mut together, mut most) = (0, 0, (0, 0));
    for rows in by_time.values() {
        let length = i64::from(rows[0].time.len());
        let alone: i64 = rows.iter().map(|r| r.agents).sum();
        let pooled = if rows.len() > 1 { one_queue(case, rows).min(alone) } else { alone };
        apart += alone * length;
        together += pooled * length;
        most = (most.0.max(alone), most.1.max(pooled));
    }
    let name = |c: &usize| case.channel(ChannelIx::new(*c)).name.clone();
    (apart > 0).then(|| Pooling { channels: group.iter().map(name).collect(), apart, together, most })
}

/// People for all contacts of an interval in one queue, under the strictest of the targets.
fn one_queue(case: &Case, rows: &[&IntervalRequirement]) -> i64 {
    let minute = rows[0].time.start;
    let volume: f64 = rows.iter().filter_map(|r| r.volume).sum();
    let work: f64 = rows.iter().filter_map(|r| Some(r.volume? * r.aht_s?)).sum();
    let channels: Vec<&Channel> = rows.iter().map(|r| case.channel(r.channel)).collect();
    let strictest = |of: fn(&Channel) -> f64, start: f64, better: fn(f64, f64) -> f64| {
        channels.iter().map(|c| of(c)).fold(start, better)
    };
    let target_s = channels.iter().map(|c| c.target_at(minute)).fold(f64::INFINITY, f64::min);
    let pooled = Channel {
        target_s,
        late: None,
        target_share: strictest(|c| c.target_share, 0.0, f64::max),
        max_occupancy: strictest(|c| c.max_occupancy, 1.0, f64::min),
        shrinkage: strictest(|c| c.shrinkage, 0.0, f64::max),
        min_agents: channels.iter().map(|c| c.min_agents).max().unwrap_or(0),
        ..channels[0].clone()
    };
    let aht_s = if volume > 0.0 { work / volume } else { 0.0 };
    let interval_s = f64::from(rows[0].time.len()) * 60.0;
    required_agents(&pooled, &Offered { volume, aht_s, interval_s, minute })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::calendar::{Calendar, Horizon};
    use crate::model::{ForecastRow, Origin};
    use crate::rules::ChannelKind;

    /// Queues of so many erlang each, 80 % within 20 s, calls of three minutes.
    fn saved(queues: u32, erlang: f64) -> (i64, i64) {
        let horizon = Horizon { first: "2026-12-07".parse().unwrap(), days: 1 };
        let mut case = Case::empty(horizon, Calendar::empty());
        for q in 0..queues {
            case.channels.push(Channel::new(&format!("q{q}"), ChannelKind::Voice, Origin::default_value()));
            case.forecast.push(ForecastRow {
                day: 0,
                time: Span::new(480, 510),
                channel: ChannelIx(q),
                volume: erlang * 10.0,
                aht_s: 180.0,
                origin: Origin::default_value(),
            });
        }
        let found = pooling(&case, &crate::staffing::requirement(&case));
        found.first().map_or((0, 0), |p| p.most)
    }

    #[test]
    fn small_queues_gain_most() {
        assert_eq!(saved(2, 5.0), (16, 14));
        assert_eq!(saved(3, 5.0), (24, 19));
        assert_eq!(saved(4, 2.5), (20, 14));
        assert_eq!(saved(2, 20.0), (48, 45));
        assert_eq!(saved(1, 20.0), (0, 0));
    }
}
