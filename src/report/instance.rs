//! What `summary.json` says of a rota of a public instance.

use super::summary::{hundredths_of_a_second, inputs_digest};
use super::{RunFacts, RunStatus, gap};
use crate::check::ScoreAnalysis;
use crate::model::Instance;
use serde::Serialize;
use std::collections::BTreeMap;

/// The content of `summary.json`, keys in this order: those of a case's summary that an instance has too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InstanceSummary {
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
    /// SHA-256 over the line `digest  name` of the instance's file.
    pub inputs_sha256: String,
    /// Penalty per rule: `requests` and `cover`.
    pub penalties: BTreeMap<String, i64>,
}

impl InstanceSummary {
    /// The summary of a finished rota.
    #[must_use]
    pub fn new(instance: &Instance, score: &ScoreAnalysis, run: &RunFacts) -> Self {
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
            inputs_sha256: inputs_digest(std::slice::from_ref(&instance.source)),
            penalties: score.penalties(),
        }
    }
}
