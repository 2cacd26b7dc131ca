//! A simulated month beside what the formulas predict: the rows of `simulation.csv`, `simulation_days.csv` and
//! `simulation.json`.

use crate::base::Span;
use crate::model::{Case, DayPlan, LevelDefinition, Requirement};
use crate::simulate::{Figures, Interval95, Options, Played, World, play};
use crate::staffing::{Predicted, predict_rota};
use chrono::NaiveDate;
use serde::Serialize;

/// Points that prediction and simulation of a day may differ by without being named.
pub const CLOSE: f64 = 2.0;

/// What was played.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedInterval {
    /// Date.
    pub date: NaiveDate,
    /// The interval.
    pub time: Span,
    /// Channel.
    pub channel: String,
    /// Contacts that the forecast expects.
    pub volume: f64,
    /// Level that the formulas predict; `None` for deferred work.
    pub predicted: Option<f64>,
    /// Level simulated (deferred work: done before it is due).
    pub level: Option<Interval95>,
    /// What else was counted.
    pub figures: Figures,
}

/// A day of a channel, or of all queues together.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedDay {
    /// Date.
    pub date: NaiveDate,
    /// Channel; `None`: all that have a queue.
    pub channel: Option<String>,
    /// Level that the formulas predict.
    pub predicted: Option<f64>,
    /// Level simulated.
    pub level: Option<Interval95>,
    /// What else was counted.
    pub figures: Figures,
}

impl SimulatedDay {
    /// Predicted − simulated, in points of a percent.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(100.0 * (self.predicted? - self.level?.mean))
    }
}

/// A channel over the month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedChannel {
    /// Channel; null: all that have a queue.
    pub channel: Option<String>,
    /// What the level is a share of; `in_deadline` for deferred work.
    pub definition: &'static str,
    /// Target wait in seconds, or hours until it is due.
    pub target: f64,
    /// Share that the channel aims at.
    pub target_share: f64,
    /// Contacts a run.
    pub offered: f64,
    /// Level that the formulas predict.
    pub predicted: Option<f64>,
    /// Level simulated.
    pub level: Option<f64>,
    /// Lower end of its 95 % interval.
    pub level_low: Option<f64>,
    /// Upper end.
    pub level_high: Option<f64>,
    /// Mean wait in seconds.
    pub wait_s: Option<f64>,
    /// Share that left unserved.
    pub abandoned: Option<f64>,
    /// Contacts a run that were not done when they were due.
    pub late: f64,
    /// Days with contacts.
    pub days: usize,
    /// Days on which predicted and simulated level differ by at most two points.
    pub days_close: Option<usize>,
}

/// The content of `simulation.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulationSummary {
    /// Version of the program.
    pub version: &'static str,
    /// First date.
    pub from: String,
    /// Last date.
    pub to: String,
    /// Runs.
    pub runs: usize,
    /// Seed.
    pub seed: u64,
    /// Whether people helped on other queues.
    pub pooled: bool,
    /// Whether people whom their queue could spare helped out with deferred work.
    pub managed: bool,
    /// Arrivals and ends of contacts, all runs.
    pub events: u64,
    /// Share of person-days absent.
    pub absent: f64,
    /// Hours a run that people stay beyond the planned end of their shift, its tail included.
    pub tail_hours: f64,
    /// Channels, then all queues together.
    pub channels: Vec<SimulatedChannel>,
}

/// A simulated month.
#[derive(Clone, Debug)]
pub struct SimulationReport {
    /// Rows of `simulation.csv`.
    pub intervals: Vec<SimulatedInterval>,
    /// Rows of `simulation_days.csv`.
    pub days: Vec<SimulatedDay>,
    /// `simulation.json`.
    pub summary: SimulationSummary,
}

/// Which arrivals are counted together.
struct Group {
    /// Day; `None`: the month.
    day: Option<usize>,
    /// Channel; `None`: all queues.
    channel: Option<usize>,
    places: Vec<usize>,
}

impl SimulationReport {
    /// Plays a month of a case with the inside of its days.
    #[must_use]
    pub fn new(case: &Case, requirement: &Requirement, plan: &DayPlan, options: &Options) -> Self {
        let (world, rows) = World::of(case, requirement, plan);
        let groups = groups(case, requirement, &world, &rows);
        let single = (0..rows.len()).map(|i| vec![i]);
        let all: Vec<Vec<usize>> = single.chain(groups.iter().map(|g| g.places.clone())).collect();
        let played = play(&world, &all, options);
        let predicted = predict_rota(case, requirement, plan);
        let context = Context { case, predicted: &predicted, rows: &rows, played: &played };
        let intervals = (0..rows.len()).map(|i| context.interval(requirement, i)).collect();
        let of_group = |g: usize| context.day(&groups[g], rows.len() + g);
        let days: Vec<SimulatedDay> =
            (0..groups.len()).filter(|g| groups[*g].day.is_some()).map(of_group).collect();
        let months = (0..groups.len()).filter(|g| groups[*g].day.is_none());
        let channels = months.map(|g| context.month(&groups[g], of_group(g), &days)).collect();
        let summary = SimulationSummary {
            version: env!("CARGO_PKG_VERSION"),
            from: case.horizon.first.to_string(),
            to: case.horizon.last().to_string(),
            runs: played.runs,
            seed: options.seed,
            pooled: options.pooled,
            managed: options.managed,
            events: played.events,
            absent: rounded(played.absent_share(), 1e4),
            tail_hours: rounded(played.tail_minutes() / 60.0, 1e2),
            channels,
        };
        Self { intervals, days, summary }
    }
}

/// Each channel and all queues together, on each day and over the month; without contacts there is no group.
fn groups(case: &Case, requirement: &Requirement, world: &World, rows: &[usize]) -> Vec<Group> {
    let queues = case.channels.iter().filter(|c| !c.is_deferred()).count();
    let mut channels: Vec<Option<usize>> = (0..case.channels.len()).map(Some).collect();
    if queues > 1 {
        channels.push(None);
    }
    let days = (0..case.horizon.days).map(Some).chain([None]);
    let mut list = Vec::new();
    for day in days {
        for &channel in &channels {
            let within = |i: &usize| {
                let a = &world.arrivals[*i];
                let meant = channel.map_or(!world.queues[a.channel].deferred, |c| c == a.channel);
                meant && day.is_none_or(|d| requirement.intervals[rows[*i]].day == d)
            };
            let places: Vec<usize> = (0..rows.len()).filter(within).collect();
            if places.iter().any(|i| world.arrivals[*i].volume > 0.0) {
                list.push(Group { day, channel, places });
            }
        }
    }
    list
}

struct Context<'a> {
    case: &'a Case,
    predicted: &'a [Option<Predicted>],
    rows: &'a [usize],
    played: &'a Played,
}

impl Context<'_> {
    /// The definition of a channel's level; of all queues together the one that needs no counting of who left.
    fn definition(&self, channel: Option<usize>) -> LevelDefinition {
        channel.map_or(LevelDefinition::Offered, |c| self.case.channels[c].level)
    }
    fn interval(&self, requirement: &Requirement, place: usize) -> SimulatedInterval {
        let row = &requirement.intervals[self.rows[place]];
        let channel = self.case.channel(row.channel);
        let figures = self.played.figures(place);
        SimulatedInterval {
            date: self.case.horizon.date(row.day as i64),
            time: row.time,
            channel: channel.name.clone(),
            volume: row.volume.unwrap_or(0.0),
            predicted: self.predicted[self.rows[place]].and_then(|p| p.level(channel.level)),
            level: figures.level(channel.level),
            figures,
        }
    }
    fn day(&self, group: &Group, place: usize) -> SimulatedDay {
        let definition = self.definition(group.channel);
        let figures = self.played.figures(place);
        let mut sum = Predicted::default();
        let known = group.places.iter().filter_map(|i| self.predicted[self.rows[*i]].as_ref());
        known.for_each(|p| sum.add(p));
        SimulatedDay {
            date: self.case.horizon.date(group.day.unwrap_or(0) as i64),
            channel: group.channel.map(|c| self.case.channels[c].name.clone()),
            predicted: sum.level(definition),
            level: figures.level(definition),
            figures,
        }
    }
    fn month(&self, group: &Group, month: SimulatedDay, days: &[SimulatedDay]) -> SimulatedChannel {
        let own: Vec<&SimulatedDay> = days.iter().filter(|d| d.channel == month.channel).collect();
        let channel = group.channel.map(|c| &self.case.channels[c]);
        let deferred = channel.is_some_and(|c| c.is_deferred());
        let close = own.iter().filter(|d| d.difference().is_some_and(|x| x.abs() <= CLOSE)).count();
        let four = |v: Option<f64>| v.map(|v| rounded(v, 1e4));
        SimulatedChannel {
            definition: if deferred { "in_deadline" } else { self.definition(group.channel).word() },
            target: channel.map_or(0.0, |c| if deferred { c.deadline_h } else { c.target_s }),
            target_share: channel.map_or(0.0, |c| if deferred { 1.0 } else { c.target_share }),
            offered: rounded(month.figures.offered, 1e2),
            predicted: four(month.predicted),
            level: four(month.level.map(|l| l.mean)),
            level_low: four(month.level.map(|l| l.low)),
            level_high: four(month.level.map(|l| l.high)),
            wait_s: month.figures.wait_s.map(|w| rounded(w.mean, 1e2)),
            abandoned: four(month.figures.abandoned.map(|a| a.mean)),
            late: rounded(month.figures.late.mean, 1e2),
            days: own.len(),
            days_close: month.predicted.map(|_| close),
            channel: month.channel,
        }
    }
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}
