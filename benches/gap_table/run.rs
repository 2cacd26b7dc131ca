//! One run that was made: a row of the CSV.

use serde::{Deserialize, Serialize};

/// A row. Times are seconds since the start of the solve; an empty field is something that did not happen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// Day on which it was made.
    pub(crate) date: String,
    /// Version of the program.
    pub(crate) version: String,
    /// Commit, with `-dirty` where the tree had changed since.
    pub(crate) commit: String,
    /// Processor and cores.
    pub(crate) machine: String,
    /// `Instance5` or `month-120`.
    pub(crate) subject: String,
    /// `60 s` or `5000000 units`.
    pub(crate) limit: String,
    /// Seed of the engine.
    pub(crate) seed: u64,
    /// Threads.
    pub(crate) threads: usize,
    /// `optimal`, `feasible`, `none` (no rota), `infeasible`, `wrong` (two scores differ), `crashed` or `overran`.
    pub(crate) status: String,
    /// How long it took.
    pub(crate) seconds: f64,
    /// Units of work.
    pub(crate) work: Option<u64>,
    /// Objective as the checker scores the rota.
    pub(crate) objective: Option<i64>,
    /// Proven lower bound.
    pub(crate) bound: Option<i64>,
    /// (objective − bound) ÷ max(1, objective).
    pub(crate) gap: Option<f64>,
    /// Best objective that anybody has published.
    pub(crate) best_known: Option<i64>,
    /// (objective − best known) ÷ max(1, best known).
    pub(crate) over_known: Option<f64>,
    /// Time of the first rota.
    pub(crate) first_s: Option<f64>,
    /// Time of a proven gap of 1 %.
    pub(crate) gap_1_s: Option<f64>,
    /// Time of a proven gap of 0.5 %.
    pub(crate) gap_05_s: Option<f64>,
    /// Time of the proof that nothing is better.
    pub(crate) proof_s: Option<f64>,
    /// Columns generated.
    pub(crate) columns: Option<u64>,
    /// Time in masters ÷ time of the run. Parts that ran side by side are added up.
    pub(crate) master: Option<f64>,
    /// The same for pricing.
    pub(crate) pricing: Option<f64>,
    /// The same for programs of the days.
    pub(crate) days: Option<f64>,
    /// Largest resident memory of the process in MiB.
    pub(crate) peak_mib: Option<f64>,
}

impl Run {
    /// Whether it is a run of the same thing under the same conditions.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        let key = |r: &Self| (r.subject.clone(), r.limit.clone(), r.seed, r.threads);
        key(self) == key(other)
    }
    /// The run in a few words.
    pub(crate) fn short(&self) -> String {
        let number = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
        let (objective, bound) = (number(self.objective), number(self.bound));
        format!("{} {objective} ≥ {bound} in {:.1} s", self.status, self.seconds)
    }
}
