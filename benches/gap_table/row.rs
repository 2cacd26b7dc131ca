//! A row of a table: all seeds of one subject and limit.

use crate::figures::{largest, median, smallest};
use crate::run::Run;
use std::collections::BTreeMap;

/// The runs of one subject and limit.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// `Instance5` or `month-120`.
    pub(crate) subject: String,
    /// `60 s`.
    pub(crate) limit: String,
    /// One a seed.
    pub(crate) runs: Vec<Run>,
}

/// All rows: by kind of subject, its number and the limit.
pub(crate) fn rows(runs: &[Run]) -> Vec<Row> {
    let mut grouped: BTreeMap<_, Row> = BTreeMap::new();
    for run in runs {
        let key = (order(&run.subject), order(&run.limit));
        let new = || Row { subject: run.subject.clone(), limit: run.limit.clone(), runs: Vec::new() };
        grouped.entry(key).or_insert_with(new).runs.push(run.clone());
    }
    grouped.into_values().collect()
}

/// Words before numbers, numbers by size: 9 before 10.
fn order(text: &str) -> (String, u64) {
    let digits = |c: &char| c.is_ascii_digit() || *c == '.';
    let number: String = text.chars().filter(digits).collect();
    let words: String = text.chars().filter(|c| !digits(c)).collect();
    (words, (number.parse::<f64>().unwrap_or(0.0) * 1000.0) as u64)
}

impl Row {
    /// A figure of each run.
    pub(crate) fn each(&self, figure: impl Fn(&Run) -> Option<f64>) -> Vec<Option<f64>> {
        self.runs.iter().map(figure).collect()
    }
    /// Median objective.
    pub(crate) fn typical(&self) -> Option<f64> {
        median(&self.each(objective))
    }
    /// Worst objective.
    pub(crate) fn worst(&self) -> Option<f64> {
        largest(&self.each(objective))
    }
    /// Weakest bound.
    pub(crate) fn bound(&self) -> Option<f64> {
        smallest(&self.each(|r| r.bound.map(|b| b as f64)))
    }
    /// The largest of some figure.
    pub(crate) fn largest(&self, figure: impl Fn(&Run) -> Option<f64>) -> Option<f64> {
        largest(&self.each(figure))
    }
    /// The people of a month.
    pub(crate) fn people(&self) -> Option<u32> {
        self.subject.strip_prefix("month-")?.parse().ok()
    }
    /// `optimal`, or `2 optimal, 1 feasible`.
    pub(crate) fn status(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for run in &self.runs {
            *counts.entry(&run.status).or_default() += 1;
        }
        if counts.len() == 1 {
            return counts.into_keys().collect();
        }
        let mut parts: Vec<_> = counts.into_iter().collect();
        parts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        parts.iter().map(|(status, n)| format!("{n} {status}")).collect::<Vec<_>>().join(", ")
    }
}

fn objective(run: &Run) -> Option<f64> {
    run.objective.map(|o| o as f64)
}
