//! Solves a public instance and lets the checker judge the rota before it goes out.

use super::{Disagreement, run_facts};
use crate::base::index::PersonIx;
use crate::check::{ScoreAnalysis, check_instance};
use crate::model::{Instance, InstanceRota};
use crate::problem::nrp24;
use crate::report::RunSummary;
use crate::solve::{Observer, SolveOptions, Status, solve};

/// A rota of an instance that both scores agree on.
#[derive(Clone, Debug)]
pub struct SolvedInstance {
    /// Who works when.
    pub rota: InstanceRota,
    /// The checker's score; its objective is the engine's.
    pub score: ScoreAnalysis,
    /// The content of `summary.json`.
    pub summary: RunSummary,
}

/// Why an instance gives no rota.
#[derive(Clone, Debug)]
pub enum InstanceError {
    /// Proven: no line of work satisfies the limits of these people.
    Infeasible(Vec<PersonIx>),
    /// A limit, or Ctrl-C, came before any rota.
    NoRota {
        /// Whether it was Ctrl-C.
        interrupted: bool,
    },
    /// Engine and checker disagree: a mistake of this program, and nothing may be written.
    Disagreement(Box<Disagreement>),
}

/// Makes the rota of an instance.
///
/// # Errors
/// No rota: somebody's limits contradict each other, or a limit of the search came first. Or a rota on which engine
/// and checker disagree, which is a mistake of this program.
pub fn solve_instance(
    instance: &Instance,
    options: &SolveOptions,
    observer: &mut dyn Observer,
) -> Result<SolvedInstance, InstanceError> {
    let problem = nrp24::compile(instance);
    let outcome = solve(&problem, options, observer);
    if let Status::Infeasible { people, .. } = &outcome.status {
        return Err(InstanceError::Infeasible(people.iter().copied().map(PersonIx::new).collect()));
    }
    let Some((schedule, objective)) = &outcome.best else {
        return Err(InstanceError::NoRota { interrupted: outcome.interrupted });
    };
    let rota = nrp24::decode(&problem, schedule);
    let score = check_instance(instance, &rota);
    let checker = score.objective();
    let bound_above = outcome.bound.filter(|&b| b > checker);
    let violations: Vec<_> = score.violations().cloned().collect();
    if *objective != checker || bound_above.is_some() || !violations.is_empty() {
        let differences = Vec::new();
        let found = Disagreement { engine: *objective, checker, bound_above, differences, violations };
        return Err(InstanceError::Disagreement(Box::new(found)));
    }
    let summary = RunSummary::new(
        std::slice::from_ref(&instance.source),
        &score,
        &run_facts(&outcome, *objective, options),
    );
    Ok(SolvedInstance { rota, score, summary })
}
