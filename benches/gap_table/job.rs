//! One run to be made.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::PathBuf;

/// What is solved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Subject {
    /// The file of a public instance.
    Instance(PathBuf),
    /// A made-up month of so many people, always the same one.
    Month(usize),
}

impl Subject {
    /// `Instance5`, `month-120`: as in the tables.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Instance(path) => {
                path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
            }
            Self::Month(people) => format!("month-{people}"),
        }
    }
}

/// When a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Limit {
    /// Seconds.
    Seconds(f64),
    /// Units of work.
    Work(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(s) => write!(f, "{s} s"),
            Self::Work(units) => write!(f, "{units} units"),
        }
    }
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Job {
    /// What is solved.
    pub(crate) subject: Subject,
    /// When it ends.
    pub(crate) limit: Limit,
    /// Seed of the engine.
    pub(crate) seed: u64,
    /// Threads.
    pub(crate) threads: usize,
    /// Best objective that anybody has published.
    pub(crate) best_known: Option<i64>,
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} seed {}", self.subject.name(), self.limit, self.seed)
    }
}
