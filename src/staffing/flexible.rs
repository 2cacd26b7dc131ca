//! Deferred work where queues can spare people.
//!
//! The requirement puts deferred work down as people per interval. Where a rota has fewer of them than that, or they are
//! absent, work is left over, while somewhere else a queue has more people than it needs: shifts are whole, needs are
//! not. Here those people are put on the deferred channel, interval by interval, as long as work would else be late.
//!
//! The backlog is followed as a fluid, oldest first. In an interval people are needed as far as work that is due by some
//! moment passes what those planned for it can do until then. Work is aimed at half its deadline: arrivals vary, and
//! people fall ill. Only time beyond the requirement of a queue is taken, only whole intervals, never the last one of
//! a stretch (its channel is handed over), and only where a spare minute costs the same on both channels: the price of
//! the rota stays what it was.

use super::interval::shrinkage;
use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Activity, Case, Channel, DayPlan, Duty, Flexible, IntervalRequirement, Requirement};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Share of the deadline that work is aimed at.
const AIM: f64 = 0.5;

/// The plan with people of queues on deferred work where they can be spared and it would else be late.
#[must_use]
pub fn spare_time(case: &Case, requirement: &Requirement, plan: &DayPlan) -> DayPlan {
    let mut floor = Floor::new(case, requirement, plan);
    let wanted = |c: &usize| case.channels[*c].is_deferred() && case.channels[*c].flexible != Flexible::No;
    let mut channels: Vec<usize> = (0..case.channels.len()).filter(wanted).collect();
    channels.sort_by(|a, b| case.channels[*a].deadline_h.total_cmp(&case.channels[*b].deadline_h));
    for c in channels {
        fill(case, requirement, ChannelIx::new(c), &mut floor);
    }
    DayPlan { duties: floor.duties(), handovers: plan.handovers.clone() }
}

/// What the queues have and need, and the duties, cut at the intervals where people change.
struct Floor<'a> {
    case: &'a Case,
    requirement: &'a Requirement,
    plan: &'a DayPlan,
    /// Row of the requirement of a channel that begins at a minute of the horizon.
    row_at: FxHashMap<(u32, i32), usize>,
    /// Minutes on the channel of each row.
    minutes: Vec<i64>,
    /// Duties by the day of their shift.
    by_day: Vec<Vec<usize>>,
    /// Changes of a duty: interval (minutes of the horizon) and the channel served in it.
    moved: FxHashMap<usize, Vec<(Span, ChannelIx)>>,
}

fn on_line(day: usize, time: Span) -> Span {
    time.shifted(day as i32 * DAY_MINUTES)
}

impl<'a> Floor<'a> {
    fn new(case: &'a Case, requirement: &'a Requirement, plan: &'a DayPlan) -> Self {
        let rows = &requirement.intervals;
        let row_at =
            rows.iter().enumerate().map(|(i, r)| ((r.channel.0, on_line(r.day, r.time).start), i)).collect();
        let mut by_day = vec![Vec::new(); case.horizon.days];
        for (i, d) in plan.duties.iter().enumerate() {
            if let Some(list) = by_day.get_mut(d.day) {
                list.push(i);
            }
        }
        let mut floor = Self {
            case,
            requirement,
            plan,
            row_at,
            minutes: Vec::new(),
            by_day,
            moved: FxHashMap::default(),
        };
        floor.minutes = rows.iter().map(|r| floor.rostered(r)).collect();
        floor
    }

    /// Duties of the shifts of this day and of the day before.
    fn near(&self, day: usize) -> impl Iterator<Item = (usize, &Duty)> {
        let days = day.saturating_sub(1)..=day;
        days.flat_map(|d| self.by_day[d].iter().map(|i| (*i, &self.plan.duties[*i])))
    }

    fn rostered(&self, row: &IntervalRequirement) -> i64 {
        let time = on_line(row.day, row.time);
        let own = self.near(row.day).filter(|(_, d)| d.activity == Activity::Channel(row.channel));
        own.map(|(_, d)| i64::from(on_line(d.day, d.time).overlap(time))).sum()
    }

    /// A duty of a queue that can be spared for all of an interval of a deferred channel.
    fn spare(&self, row: &IntervalRequirement, before: &[usize]) -> Option<usize> {
        let time = on_line(row.day, row.time);
        let able = |(i, d): &(usize, &Duty)| {
            let Activity::Channel(c) = d.activity else { return false };
            let span = on_line(d.day, d.time);
            !self.case.channel(c).is_deferred()
                && self.case.person(d.person).serves(row.channel)
                && span.start <= time.start
                && time.end < span.end
                && !self.moved.get(i).is_some_and(|m| m.iter().any(|(s, _)| *s == time))
                && self.can_spare(c, row, time)
        };
        let rank = |(i, d): &(usize, &Duty)| (!before.contains(i), -on_line(d.day, d.time).end, d.person);
        self.near(row.day).filter(able).min_by_key(rank).map(|(i, _)| i)
    }

    /// Whether a queue has one person more than it needs, at the price of one more on the deferred channel.
    fn can_spare(&self, queue: ChannelIx, row: &IntervalRequirement, time: Span) -> bool {
        let Some(&place) = self.row_at.get(&(queue.0, time.start)) else { return false };
        let other = &self.requirement.intervals[place];
        let length = i64::from(time.len());
        on_line(other.day, other.time) == time
            && other.over_weight == row.over_weight
            && self.minutes[place] - other.agents * length >= length
    }

    fn shift(&mut self, duty: usize, place: usize) {
        let row = &self.requirement.intervals[place];
        let time = on_line(row.day, row.time);
        if let Activity::Channel(c) = self.plan.duties[duty].activity
            && let Some(&queue) = self.row_at.get(&(c.0, time.start))
        {
            self.minutes[queue] -= i64::from(time.len());
        }
        self.minutes[place] += i64::from(time.len());
        self.moved.entry(duty).or_default().push((time, row.channel));
    }

    /// The duties, those with changes cut to pieces; neighbours on one channel are one.
    fn duties(mut self) -> Vec<Duty> {
        let mut list = Vec::with_capacity(self.plan.duties.len());
        for (i, duty) in self.plan.duties.iter().enumerate() {
            let Some(mut changes) = self.moved.remove(&i) else {
                list.push(duty.clone());
                continue;
            };
            changes.sort_unstable_by_key(|c| c.0);
            let back = -(duty.day as i32) * DAY_MINUTES;
            let mut at = duty.time.start;
            let mut pieces: Vec<Duty> = Vec::new();
            let mut push = |time: Span, activity: Activity| match pieces.last_mut() {
                _ if time.is_empty() => {}
                Some(p) if p.activity == activity && p.time.end == time.start => p.time.end = time.end,
                _ => pieces.push(Duty { time, activity, ..duty.clone() }),
            };
            for (time, channel) in changes {
                let time = time.shifted(back);
                push(Span::new(at, time.start), duty.activity.clone());
                push(time, Activity::Channel(channel));
                at = time.end;
            }
            push(Span::new(at, duty.time.end), duty.activity.clone());
            list.append(&mut pieces);
        }
        list
    }
}

/// Work in the line: when it should be done, and how many seconds of it.
type Work = (i64, f64);

fn fill(case: &Case, requirement: &Requirement, channel: ChannelIx, floor: &mut Floor<'_>) {
    let definition = case.channel(channel);
    let known = |i: &usize| {
        let r = &requirement.intervals[*i];
        r.channel == channel && r.volume.is_some() && r.aht_s.is_some()
    };
    let places: Vec<usize> = (0..requirement.intervals.len()).filter(known).collect();
    let rows: Vec<&IntervalRequirement> = places.iter().map(|i| &requirement.intervals[*i]).collect();
    let Aims { due, mut line } = aims(case, channel, definition, &rows);
    let minute_s = 60.0 * busy(definition) * (1.0 - shrinkage(definition));
    let planned: Vec<f64> = places.iter().map(|i| floor.minutes[*i] as f64 * minute_s).collect();
    let mut upto = vec![0.0];
    planned.iter().for_each(|p| upto.push(upto[upto.len() - 1] + p));
    let ends: Vec<i64> = rows.iter().map(|r| i64::from(on_line(r.day, r.time).end)).collect();
    let mut before: Vec<usize> = Vec::new();
    for (t, row) in rows.iter().enumerate() {
        let each = f64::from(row.time.len()) * minute_s;
        let mut needed = (missing(&line, &ends, &upto, t) / each - 0.05).ceil().max(0.0) as usize;
        // Nobody is put on work that is not there yet.
        let there: f64 = line.iter().map(|w| w.1).sum::<f64>() - planned[t];
        needed = needed.min((there / each).ceil().max(0.0) as usize);
        let length = i64::from(row.time.len());
        let short = !requirement.is_flexible(channel) && floor.minutes[places[t]] < row.agents * length;
        let mut now = Vec::new();
        // Where the requirement itself is short, the rota has had its say on who does it.
        while now.len() < needed && !short {
            let Some(duty) = floor.spare(row, &before) else { break };
            floor.shift(duty, places[t]);
            now.push(duty);
        }
        work_off(&mut line, planned[t] + now.len() as f64 * each);
        before = now;
        let work_s = row.volume.unwrap_or(0.0) * row.aht_s.unwrap_or(0.0) * definition.touches.max(1.0);
        line.push_back((due[t], work_s));
    }
}

fn busy(channel: &Channel) -> f64 {
    if channel.max_occupancy > 0.0 { channel.max_occupancy.min(1.0) } else { 1.0 }
}

/// When the work of each interval should be done, and the work from before.
struct Aims {
    due: Vec<i64>,
    line: VecDeque<Work>,
}

fn aims(case: &Case, channel: ChannelIx, definition: &Channel, rows: &[&IntervalRequirement]) -> Aims {
    let aim = (definition.deadline_h.max(0.0) * 60.0 * AIM) as i64;
    let spans: Vec<Span> = rows.iter().map(|r| on_line(r.day, r.time)).collect();
    let by_open_hours = |t: usize| {
        let mut left = aim;
        let passed = spans[t..].iter().find(|s| {
            left -= i64::from(s.len());
            left <= 0
        });
        passed.map_or(i64::MAX, |s| i64::from(s.end))
    };
    let due = (0..rows.len())
        .map(|t| if definition.open_hours { by_open_hours(t) } else { i64::from(spans[t].end) + aim })
        .collect();
    let carried = super::carried_in(case, channel).into_iter().map(|w| {
        let due = if definition.open_hours { by_open_hours(0) } else { w.end + aim };
        (due, w.volume * w.aht_s * definition.touches.max(1.0))
    });
    Aims { due, line: if rows.is_empty() { VecDeque::new() } else { carried.collect() } }
}

/// Seconds of work that those planned from interval `t` on cannot do before it should be done.
fn missing(line: &VecDeque<Work>, ends: &[i64], upto: &[f64], t: usize) -> f64 {
    let (mut work, mut worst) = (0.0, 0.0f64);
    for (due, seconds) in line {
        work += seconds;
        let last = ends.partition_point(|e| e <= due).max(t + 1);
        worst = worst.max(work - (upto[last.min(upto.len() - 1)] - upto[t]));
    }
    worst
}

/// Does work, oldest first.
fn work_off(line: &mut VecDeque<Work>, mut seconds: f64) {
    while let Some(first) = line.front_mut() {
        if first.1 > seconds {
            first.1 -= seconds;
            return;
        }
        seconds -= first.1;
        line.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::index::PersonIx;
    use crate::calendar::{Calendar, Horizon};
    use crate::model::{ForecastRow, Origin, Person};
    use crate::rules::ChannelKind;
    use crate::staffing::requirement;

    /// A day from 8 to 16 o'clock: one calls channel that needs one person, mails for two hours, and people on calls.
    fn case(people: u32) -> (Case, Requirement, DayPlan) {
        let first = "2026-12-07".parse().unwrap();
        let mut voice = Channel::new("voice", ChannelKind::Voice, Origin::default_value());
        voice.min_agents = 1;
        let mut mail = Channel::new("mail", ChannelKind::Deferred, Origin::default_value());
        (mail.deadline_h, mail.backlog, mail.max_occupancy) = (8.0, Some(0.0), 1.0);
        let mut case = Case::empty(Horizon { first, days: 1 }, Calendar::empty());
        case.channels = vec![voice, mail];
        for p in 0..people {
            let mut person = Person::new(&format!("{p}"), Origin::default_value());
            person.skills = vec![ChannelIx(0), ChannelIx(1)];
            case.people.push(person);
        }
        for i in 0..16 {
            let time = Span::new(480 + 30 * i, 510 + 30 * i);
            let row = |channel, volume, aht_s| ForecastRow {
                day: 0,
                time,
                channel: ChannelIx(channel),
                volume,
                aht_s,
                origin: Origin::default_value(),
            };
            case.forecast.push(row(0, 0.0, 180.0));
            case.forecast.push(row(1, if i < 4 { 6.0 } else { 0.0 }, 300.0));
        }
        let mut requirement = requirement(&case);
        // The rota has nobody on mail, and the requirement asks for nobody: all of it is spare time.
        requirement.intervals.iter_mut().filter(|r| r.channel.0 == 1).for_each(|r| r.agents = 0);
        let duty = |p| Duty {
            day: 0,
            person: PersonIx(p),
            time: Span::new(480, 960),
            activity: Activity::Channel(ChannelIx(0)),
        };
        let plan = DayPlan { duties: (0..people).map(duty).collect(), handovers: Vec::new() };
        (case, requirement, plan)
    }

    fn minutes_on(plan: &DayPlan, channel: u32) -> i32 {
        let on = plan.duties.iter().filter(|d| d.activity == Activity::Channel(ChannelIx(channel)));
        on.map(|d| d.time.len()).sum()
    }

    #[test]
    fn who_can_be_spared_does_the_mail_in_whole_intervals() {
        let (case, requirement, plan) = case(3);
        let filled = spare_time(&case, &requirement, &plan);
        // Twenty-four mails of five minutes are two hours.
        let mail = minutes_on(&filled, 1);
        assert!((120..=150).contains(&mail) && mail % 30 == 0, "{mail}");
        assert_eq!(minutes_on(&filled, 0) + mail, 3 * 480);
        assert!(filled.duties.is_sorted_by_key(|d| (d.person, d.time.start)));
        let last = filled.duties.iter().filter(|d| d.time.end == 960);
        assert!(last.into_iter().all(|d| d.activity == Activity::Channel(ChannelIx(0))));
    }

    #[test]
    fn nobody_whom_the_queue_needs_is_taken() {
        let (case, requirement, plan) = case(1);
        assert_eq!(spare_time(&case, &requirement, &plan), plan);
    }

    #[test]
    fn a_fixed_channel_and_other_prices_change_nothing() {
        let (mut case, requirement, plan) = case(3);
        case.channels[1].flexible = Flexible::No;
        assert_eq!(spare_time(&case, &requirement, &plan), plan);
        case.channels[1].flexible = Flexible::Spare;
        let mut dear = requirement.clone();
        dear.intervals.iter_mut().filter(|r| r.channel.0 == 1).for_each(|r| r.over_weight = 3);
        assert_eq!(spare_time(&case, &dear, &plan), plan);
    }
}
