//! What a block costs for given head counts.

use super::endings::{Ending, Reserve};
use super::frame::{Frame, NONE};
use super::program::{DayLp, Estimate};
use super::search::optimise;
use super::settle::{Carry, settle};
use super::state::{Reading, Share, State};
use super::tasks::{Tasked, undone};
use crate::problem::DayProblem;
use crate::problem::day::Supply;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Share of the people who are at work on a day, about.
const AT_WORK: f64 = 0.7;

/// Everything decided about a block but the names.
#[derive(Clone, Debug, Default)]
pub struct BlockPlan {
    /// Head count of each supply.
    pub counts: Vec<i64>,
    /// For each supply how many people take each of its meals (one entry, everybody, when it has none).
    pub meals: Vec<Vec<i64>>,
    /// For each meeting of the block how many people of each supply that attends are kept on the queue.
    pub kept: Vec<Vec<i64>>,
    pub(super) received: Vec<Vec<Share>>,
    pub(super) reading: Vec<Reading>,
    pub(super) tasked: Vec<Tasked>,
    pub(super) endings: Vec<Ending>,
    pub(super) reserves: Vec<Reserve>,
    /// For each cluster the minutes of (source × sink), reserves included.
    pub(super) quotas: Vec<Vec<i64>>,
}

impl BlockPlan {
    /// Minutes that people spend on a channel only because it is the receiver's.
    #[must_use]
    pub fn reserved_minutes(&self) -> i64 {
        self.reserves.iter().map(|r| r.minutes).sum()
    }
}

/// The result of an evaluation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Price of shortage and excess, and of tasks that are not done.
    pub cost: i64,
    /// How it is done.
    pub plan: BlockPlan,
    /// Messages left for the next block.
    pub carry_out: Carry,
}

/// Evaluates one block again and again; prepared once, shared between threads.
pub struct Evaluator<'a> {
    pub(super) day: &'a DayProblem,
    pub(super) frame: Frame,
    /// The day's program, solved for middling head counts: every evaluation starts from this basis, whatever came
    /// before it.
    program: OnceLock<DayLp>,
}

impl<'a> Evaluator<'a> {
    /// Prepares a block.
    #[must_use]
    pub fn new(day: &'a DayProblem) -> Self {
        Self { day, frame: Frame::new(day), program: OnceLock::new() }
    }

    fn program(&self) -> DayLp {
        let prepare = || {
            let mut program = DayLp::new(self.day);
            let codes = self.day.supplies.iter().map(|s| s.code).collect::<BTreeSet<_>>().len().max(1);
            let middling = |s: &Supply| (s.most as f64 * AT_WORK / codes as f64).round();
            program.value(&self.day.supplies.iter().map(middling).collect::<Vec<_>>(), Estimate::Relaxed);
            program
        };
        self.program.get_or_init(prepare).clone()
    }

    /// The price of head counts by supply, and the messages left. A function of its arguments alone.
    #[must_use]
    pub fn cost(&self, counts: &[i64], carry_in: &Carry) -> (i64, Carry) {
        let mut state = State::new(self.day, &self.frame, counts);
        optimise(&mut state, || self.program());
        let settled = settle(&mut state, carry_in);
        (state.refresh() + undone(&state), settled.carry)
    }
    /// [`Evaluator::cost`] with the plan that has it.
    #[must_use]
    pub fn evaluate(&self, counts: &[i64], carry_in: &Carry) -> Outcome {
        let mut state = State::new(self.day, &self.frame, counts);
        optimise(&mut state, || self.program());
        let settled = settle(&mut state, carry_in);
        let cost = state.refresh() + undone(&state);
        let quotas = (0..self.frame.clusters.len())
            .map(|c| {
                let network = &self.frame.clusters[c].network;
                let n = network.sinks.len();
                let mut quotas = state.flow(c).minutes.clone();
                for r in settled.reserves.iter().filter(|r| r.cluster == c) {
                    take_back(&mut quotas, n, r);
                }
                quotas
            })
            .collect();
        let meals = (0..counts.len())
            .map(|g| self.frame.classes(g).map(|class| state.eaters[class]).collect())
            .collect();
        Outcome {
            cost,
            plan: BlockPlan {
                counts: counts.to_vec(),
                meals,
                kept: state.kept,
                received: state.received,
                reading: state.reading,
                tasked: state.tasked,
                endings: settled.endings,
                reserves: settled.reserves,
                quotas,
            },
            carry_out: settled.carry,
        }
    }
}

/// Gives the minutes that were put on a channel outside the flow back to the source they are from. `quotas[source ×
/// sinks + sink]`.
fn take_back(quotas: &mut [i64], sinks: usize, reserve: &Reserve) {
    let own = reserve.source * sinks;
    if reserve.home == NONE {
        quotas[own + sinks - 1] += reserve.minutes;
        return;
    }
    let home = reserve.home as usize * sinks;
    let mut left = if home == own { 0 } else { reserve.minutes };
    for j in 0..sinks {
        let minutes = left.min(quotas[home + j]);
        quotas[home + j] -= minutes;
        quotas[own + j] += minutes;
        left -= minutes;
    }
    debug_assert_eq!(left, 0, "what was reserved is in the flow of its home");
}

/// The best inside of a block for head counts by supply, with its price. For many evaluations of one block keep
/// an [`Evaluator`].
#[must_use]
pub fn evaluate(day: &DayProblem, counts: &[i64], carry_in: &Carry) -> Outcome {
    Evaluator::new(day).evaluate(counts, carry_in)
}

/// The price alone, and the messages left.
#[must_use]
pub fn evaluate_cost(day: &DayProblem, counts: &[i64], carry_in: &Carry) -> (i64, Carry) {
    Evaluator::new(day).cost(counts, carry_in)
}
