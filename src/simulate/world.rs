//! What is played: channels, arrivals and people, in seconds from the start of the horizon.

use crate::base::index::ChannelIx;
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Activity, Case, Channel, DayPlan, Flexible, Requirement};
use crate::rules::ChannelKind;
use crate::staffing::carried_in;

/// A channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Whether its work has a deadline instead of a queue.
    pub deferred: bool,
    /// Mean patience in seconds.
    pub patience_s: Option<f64>,
    /// Contacts that a person holds at a time.
    pub concurrency: f64,
    /// By what share each further contact of a person makes all of them longer.
    pub growth: f64,
    /// Seconds until deferred work is due.
    pub deadline_s: f64,
    /// Whether only open hours count for that.
    pub open_hours: bool,
    /// Times that an item is worked on.
    pub touches: u32,
    /// Share of the time that people work on deferred items.
    pub busy: f64,
    /// Whether people whom their queue can spare work on it too.
    pub flexible: bool,
    /// Share of a queue's contacts that are to be served in time.
    pub target: f64,
    /// Probability that a person is absent.
    pub absence: f64,
}

impl Queue {
    /// As `channels.csv` has it.
    #[must_use]
    pub fn of(c: &Channel) -> Self {
        Self {
            deferred: c.kind == ChannelKind::Deferred,
            patience_s: c.impatience(),
            concurrency: c.concurrency.max(1.0),
            growth: c.session_growth.max(0.0),
            deadline_s: c.deadline_h.max(0.0) * 3600.0,
            open_hours: c.open_hours,
            touches: c.touches.max(1.0).round() as u32,
            busy: if c.max_occupancy > 0.0 { c.max_occupancy.min(1.0) } else { 1.0 },
            flexible: c.flexible != Flexible::No,
            target: c.target_share,
            absence: c.shrinkage.clamp(0.0, 0.99),
        }
    }
}

/// Contacts of one channel that arrive in one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrivals {
    /// Channel.
    pub channel: usize,
    /// Start and end in seconds.
    pub time: (f64, f64),
    /// Contacts expected.
    pub volume: f64,
    /// Mean handling time in seconds (of a session held alone, where sessions grow).
    pub handling_s: f64,
    /// Target wait in seconds.
    pub target_s: f64,
    /// People that a queue needs there, absence not counted.
    pub needed: u32,
}

/// Deferred work from before the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// Channel.
    pub channel: usize,
    /// When it arrived, start and end in seconds (before 0).
    pub time: (f64, f64),
    /// Contacts expected that are still to do.
    pub volume: f64,
    /// Mean handling time in seconds.
    pub handling_s: f64,
}

/// A person on a channel for some time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Who.
    pub person: usize,
    /// Day of the shift.
    pub day: usize,
    /// Channel.
    pub channel: usize,
    /// Start and end in seconds.
    pub time: (f64, f64),
    /// Whether the person goes home after it.
    pub last: bool,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Channels.
    pub queues: Vec<Queue>,
    /// Arrivals; those of a channel ascend and do not overlap.
    pub arrivals: Vec<Arrivals>,
    /// Work from before.
    pub carried: Vec<Carried>,
    /// People on channels; the stretches of a person do not overlap.
    pub stretches: Vec<Stretch>,
    /// Channels that each person can serve.
    pub skills: Vec<Vec<usize>>,
    /// End of the horizon in seconds.
    pub end_s: f64,
}

/// People who are needed there, of those needed at work.
fn there(agents: i64, shrinkage: f64) -> u32 {
    (agents as f64 * (1.0 - shrinkage.clamp(0.0, 0.99)) - 1e-9).ceil().max(0.0) as u32
}

fn seconds(minute: i32) -> f64 {
    f64::from(minute) * 60.0
}

impl World {
    /// A month of a case with the inside of its days. The arrivals are those of the intervals of the requirement that
    /// a forecast speaks of, in their order; `places[i]` is the interval of arrival i.
    #[must_use]
    pub fn of(case: &Case, requirement: &Requirement, plan: &DayPlan) -> (Self, Vec<usize>) {
        let mut places = Vec::new();
        let mut arrivals = Vec::new();
        for (place, i) in requirement.intervals.iter().enumerate() {
            let (Some(volume), Some(handling_s)) = (i.volume, i.aht_s) else { continue };
            let time = i.time.shifted(i.day as i32 * DAY_MINUTES);
            arrivals.push(Arrivals {
                channel: i.channel.ix(),
                time: (seconds(time.start), seconds(time.end)),
                volume,
                handling_s,
                target_s: case.channel(i.channel).target_at(i.time.start),
                needed: there(i.agents, case.channel(i.channel).shrinkage),
            });
            places.push(place);
        }
        let carried =
            (0..case.channels.len()).filter(|c| case.channels[*c].is_deferred()).flat_map(|channel| {
                carried_in(case, ChannelIx::new(channel)).into_iter().map(move |w| Carried {
                    channel,
                    time: (w.start as f64 * 60.0, w.end as f64 * 60.0),
                    volume: w.volume,
                    handling_s: w.aht_s,
                })
            });
        let world = Self {
            queues: case.channels.iter().map(Queue::of).collect(),
            carried: carried.collect(),
            stretches: stretches(plan),
            skills: case.people.iter().map(|p| p.skills.iter().map(|c| c.ix()).collect()).collect(),
            end_s: case.horizon.days as f64 * f64::from(DAY_MINUTES) * 60.0,
            arrivals,
        };
        (world, places)
    }
}

/// Stretches on channels; those that follow one another without a gap on the same channel are one. In the tail of a
/// shift people are on the channel that they served last: what waits there is served.
fn stretches(plan: &DayPlan) -> Vec<Stretch> {
    let mut list: Vec<Stretch> = Vec::new();
    for d in &plan.duties {
        let before = list.last().filter(|s| s.person == d.person.ix() && s.day == d.day).copied();
        let channel = match d.activity {
            Activity::Channel(channel) => channel.ix(),
            Activity::Tail if before.is_some() => before.map_or(0, |s| s.channel),
            _ => continue,
        };
        let time: Span = d.time.shifted(d.day as i32 * DAY_MINUTES);
        let time = (seconds(time.start), seconds(time.end));
        match list.last_mut() {
            Some(s) if before.is_some() && s.channel == channel && s.time.1 == time.0 => s.time.1 = time.1,
            Some(s) => {
                s.last = before.is_none();
                list.push(Stretch { person: d.person.ix(), day: d.day, channel, time, last: true });
            }
            None => list.push(Stretch { person: d.person.ix(), day: d.day, channel, time, last: true }),
        }
    }
    list
}
