//! Watches a solve: when the first rota came, when the proven gap fell below each mark, when the proof was there.

use paiban::report::gap;
use paiban::solve::{Observer, SolveEvent, Spent};

/// Marks of the proven gap.
const MARKS: [f64; 2] = [0.01, 0.005];

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    /// Seconds to the first rota.
    pub(crate) first: Option<f64>,
    /// Seconds to each of the marks.
    pub(crate) marks: [Option<f64>; MARKS.len()],
    /// Seconds to the proof that nothing is better.
    pub(crate) proof: Option<f64>,
    /// Columns generated.
    pub(crate) columns: u64,
    /// Where the time went.
    pub(crate) spent: Spent,
}

impl Trace {
    /// Takes the state at a time.
    pub(crate) fn see(&mut self, elapsed: f64, best: Option<i64>, bound: Option<i64>) {
        let Some(best) = best else { return };
        self.first.get_or_insert(elapsed);
        // No price is negative: a bound below zero says nothing, and nothing is below zero.
        let bound = bound.map_or(0, |b| b.max(0));
        for (mark, at) in MARKS.iter().zip(&mut self.marks) {
            if gap(best, bound) <= *mark {
                at.get_or_insert(elapsed);
            }
        }
        if best == bound {
            self.proof.get_or_insert(elapsed);
        }
    }
}

impl Observer for Trace {
    fn event(&mut self, event: SolveEvent) {
        self.columns = event.columns;
        self.spent = event.spent;
        self.see(event.elapsed, event.best, event.bound);
    }
}
