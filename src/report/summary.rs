//! What `summary.json` says.

use super::{Finished, HandoverTally, HoursRow, Overview, TaskSummary};
use crate::base::words;
use crate::check::ScoreAnalysis;
use crate::model::InputFile;
use crate::pay::Money;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// How a run ended, in the words of `summary.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RunStatus {
    /// Proven: nothing costs less.
    Optimal,
    /// Every hard rule holds; something may cost less.
    Feasible,
    /// Proven: no rota keeps the hard rules.
    Infeasible,
    /// Ctrl-C came before a limit; the best rota so far.
    Interrupted,
}

/// How the solve went.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFacts {
    /// How it ended.
    pub status: RunStatus,
    /// Proven lower bound on the objective.
    pub bound: Option<i64>,
    /// Seconds it took.
    pub seconds: f64,
    /// Seed.
    pub seed: u64,
    /// Threads used.
    pub threads: usize,
}

/// What a rota of a case and one of a public instance have in common: all of the latter's `summary.json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunSummary {
    /// How the run ended.
    pub status: RunStatus,
    /// Sum of all penalties.
    pub objective: i64,
    /// Proven lower bound on it; null for none.
    pub bound: Option<i64>,
    /// (objective − bound) ÷ max(1, objective); null without a bound.
    pub gap: Option<f64>,
    /// Seconds the solve took.
    pub seconds: f64,
    /// Seed.
    pub seed: u64,
    /// Threads used.
    pub threads: usize,
    /// Version of the program.
    pub version: &'static str,
    /// SHA-256 over the lines `digest  name` of all input files, sorted by name.
    pub inputs_sha256: String,
    /// Penalty per rule.
    pub penalties: BTreeMap<String, i64>,
}

impl RunSummary {
    /// The summary of a finished run on these files.
    #[must_use]
    pub fn new(inputs: &[InputFile], score: &ScoreAnalysis, run: &RunFacts) -> Self {
        let objective = score.objective();
        Self {
            status: run.status,
            objective,
            bound: run.bound,
            gap: run.bound.map(|b| gap(objective, b)),
            seconds: hundredths_of_a_second(run.seconds),
            seed: run.seed,
            threads: run.threads,
            version: env!("CARGO_PKG_VERSION"),
            inputs_sha256: inputs_digest(inputs),
            penalties: score.penalties(),
        }
    }
}

/// The content of `summary.json`, keys in this order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How the run went and what the rota costs.
    #[serde(flatten)]
    pub run: RunSummary,
    /// First date.
    pub from: String,
    /// Last date.
    pub to: String,
    /// People in the rota.
    pub people: usize,
    /// Share of the required agent-minutes that is covered, 0 to 1, four decimals.
    pub covered: f64,
    /// Agent-hours short, two decimals.
    pub short_hours: f64,
    /// Overtime of all people in hours, two decimals.
    pub overtime_hours: f64,
    /// Requests met.
    pub requests_met: usize,
    /// Requests that could be judged.
    pub requests: usize,
    /// Leave that nobody has decided on.
    pub pending_leave: Vec<PendingEntry>,
    /// Handovers, and those of them to look at.
    pub handovers: HandoverTally,
    /// How evenly things are shared, one entry a fairness rule.
    pub fairness: Vec<FairnessEntry>,
    /// What the inside of the days costs; null when it is not known.
    pub inside: Option<InsideSummary>,
    /// Work off the queue; null when the case has none.
    pub tasks: Option<TaskSummary>,
    /// The level that each queue with a forecast is predicted to reach.
    pub service: Vec<super::ServiceSummary>,
    /// Stretches that are short, in contacts that wait too long, the largest first.
    pub customers: Vec<CustomerEntry>,
    /// What the team costs; null when nobody has a wage.
    pub pay: Option<TeamPay>,
    /// The way from the folder of the rota to that of its case; left out where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

/// Shortage and excess of all days, beside what the month counts on for the same people at work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InsideSummary {
    /// Penalty as planned.
    pub cost: i64,
    /// No inside of the days costs less with these people at work.
    pub least: i64,
    /// Days that cost more than the month counts on, by date: handovers, meetings and tasks of whole people.
    pub days: Vec<DayEntry>,
}

/// A day, or the first of days that are priced together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayEntry {
    /// Date.
    pub date: String,
    /// Penalty as planned.
    pub cost: i64,
    /// What the month counts on.
    pub least: i64,
}

/// What a shortage means to those who call.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CustomerEntry {
    /// Date.
    pub date: String,
    /// First minute that is short, as a time.
    pub start: String,
    /// End.
    pub end: String,
    /// Channel.
    pub channel: String,
    /// Contacts expected.
    pub offered: f64,
    /// Those of them that wait longer than `target_s`, whether then served or gone.
    pub wait_longer: f64,
    /// Target wait in seconds.
    pub target_s: f64,
}

impl CustomerEntry {
    fn of(s: &super::Shortfall) -> Option<Self> {
        let c = s.customers.as_ref()?;
        let hundredths = |v: f64| (v * 100.0).round() / 100.0;
        Some(Self {
            date: s.date.to_string(),
            start: crate::base::clock(s.time.start),
            end: crate::base::clock(s.time.end),
            channel: s.channel.clone(),
            offered: hundredths(c.offered),
            wait_longer: hundredths(c.wait_longer),
            target_s: c.target_s,
        })
    }
}

impl InsideSummary {
    fn of(f: &Finished<'_>) -> Option<Self> {
        let entry = |p: &crate::intraday::DayPromise| DayEntry {
            date: f.rota.horizon.date(p.day as i64).to_string(),
            cost: p.cost,
            least: p.least,
        };
        (!f.promises.is_empty()).then(|| Self {
            cost: f.promises.iter().map(|p| p.cost).sum(),
            least: f.promises.iter().map(|p| p.least).sum(),
            days: f.promises.iter().filter(|p| p.cost > p.least).map(entry).collect(),
        })
    }
}

/// Money of all people whose wage is known, in whole cents: the sums of the columns of `hours.csv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamPay {
    /// How many they are.
    pub people: usize,
    /// For minutes that are no overtime.
    pub normal_cents: i64,
    /// For overtime at 150 %.
    pub ot_150_cents: i64,
    /// For overtime at 200 %.
    pub ot_200_cents: i64,
    /// For overtime at 300 %.
    pub ot_300_cents: i64,
    /// Everything.
    pub total_cents: i64,
}

impl TeamPay {
    /// The sum over the rows; `None` without any wage.
    fn of(hours: &[HoursRow]) -> Option<Self> {
        let paid: Vec<&Money> = hours.iter().filter_map(|h| h.money.as_ref()).collect();
        let sum = paid.iter().copied().fold(Money::default(), |sum, one| sum.plus(one));
        let [ot_150_cents, ot_200_cents, ot_300_cents] = sum.overtime;
        let all = Self {
            people: paid.len(),
            normal_cents: sum.normal,
            ot_150_cents,
            ot_200_cents,
            ot_300_cents,
            total_cents: sum.total(),
        };
        (!paid.is_empty()).then_some(all)
    }
}

/// An application for leave that still waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PendingEntry {
    /// Staff number.
    pub id: String,
    /// First date.
    pub from: String,
    /// Last date.
    pub to: String,
    /// Kind.
    pub kind: String,
    /// Days inside the horizon.
    pub days: usize,
    /// Those of them that the rota leaves free.
    pub free: usize,
}

/// How evenly one thing is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FairnessEntry {
    /// The rule (`fair_weekends`, `fair_band:late`).
    pub rule: String,
    /// Largest difference inside any group, in the rule's unit.
    pub apart: i64,
    /// People who have the fewest and are proven unable to have one more.
    pub behind: Vec<BehindEntry>,
}

/// Somebody who has the fewest of a group and cannot have more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BehindEntry {
    /// Staff number.
    pub id: String,
    /// What they have in this rota, the most that is possible.
    pub count: i64,
    /// How far their group is apart, history counted.
    pub apart: i64,
    /// The facts that allow no more: `file:line`.
    pub places: Vec<String>,
    /// The proof in words.
    pub message: String,
}

impl FairnessEntry {
    fn of(f: &Finished<'_>, line: &super::FairnessLine) -> Self {
        let entry = |b: &crate::explain::Behind| BehindEntry {
            id: f.case.person(b.person).id.clone(),
            count: b.count,
            apart: b.apart,
            places: b.places().to_vec(),
            message: b.text().en,
        };
        let behind = line.behind.iter().map(entry).collect();
        Self { rule: line.rule.clone(), apart: line.spread, behind }
    }
}

pub(super) fn summary(f: &Finished<'_>, overview: &Overview, hours: &[HoursRow]) -> Summary {
    let short = overview.required_minutes - overview.covered_minutes;
    Summary {
        run: RunSummary::new(&f.case.inputs, f.score, f.run),
        from: f.rota.horizon.first.to_string(),
        to: f.rota.horizon.last().to_string(),
        people: overview.people,
        covered: overview.covered_share() as f64 / 10_000.0,
        short_hours: super::hours::hundredths(short, 60) as f64 / 100.0,
        overtime_hours: super::hours::hundredths(overview.overtime_minutes, 60) as f64 / 100.0,
        requests_met: overview.requests.0,
        requests: overview.requests.1,
        pending_leave: overview.pending.iter().map(entry).collect(),
        handovers: overview.handovers,
        fairness: overview.fairness.iter().map(|line| FairnessEntry::of(f, line)).collect(),
        inside: InsideSummary::of(f),
        tasks: (!f.case.tasks.is_empty())
            .then_some(TaskSummary { wanted: overview.tasks.wanted, done: overview.tasks.done }),
        service: overview.service.clone(),
        customers: overview.shortfalls.iter().filter_map(CustomerEntry::of).collect(),
        pay: TeamPay::of(hours),
        case: None,
    }
}

/// Seconds as a summary has them.
fn hundredths_of_a_second(seconds: f64) -> f64 {
    (seconds * 100.0).round() / 100.0
}

/// (objective − bound) ÷ max(1, objective), rounded to six decimals.
#[must_use]
pub fn gap(objective: i64, bound: i64) -> f64 {
    let share = (objective - bound) as f64 / objective.max(1) as f64;
    (share * 1e6).round() / 1e6
}

fn entry(p: &super::PendingLeave) -> PendingEntry {
    PendingEntry {
        id: p.id.clone(),
        from: p.dates.0.to_string(),
        to: p.dates.1.to_string(),
        kind: words::english(words::LEAVE_KINDS, &p.kind).to_owned(),
        days: p.days.0,
        free: p.days.1,
    }
}

/// SHA-256 over the lines `digest  name` of input files, sorted by name.
#[must_use]
pub fn inputs_digest(inputs: &[InputFile]) -> String {
    let mut files: Vec<_> = inputs.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    for file in files {
        hash.update(format!("{}  {}\n", file.sha256, file.name));
    }
    hex(&hash.finalize())
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_is_relative_to_the_objective() {
        assert_eq!(gap(200, 198), 0.01);
        assert_eq!(gap(0, 0), 0.0);
    }

    #[test]
    fn the_status_is_written_in_small_letters() {
        assert_eq!(serde_json::to_value(RunStatus::Interrupted).ok(), Some("interrupted".into()));
    }
}
