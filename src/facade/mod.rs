//! The library in a few calls: solve a case and check the result, check a rota, prepare the report.
//!
//! [`solve_checked`] is the one place where a rota leaves the engines: it is decoded, its days are planned, an
//! independent checker scores it, and only when both scores agree to the unit does it go out.

mod agree;
mod error;
mod export;
mod instance;
mod spare;

pub use agree::Difference;
pub use error::{Disagreement, SolveError};
pub use export::{Exported, export, export_case};
pub use instance::{InstanceError, SolvedInstance, solve_instance};

use crate::check::{self, ScoreAnalysis};
use crate::model::{Case, DayPlan, Requirement, Rota};
use crate::report::{Finished, Report, RunFacts, RunStatus};
use crate::solve::{Observer, SolveOptions, SolveOutcome, Status};
use crate::{explain, intraday, pay, problem, solve, staffing};
use std::time::Duration;

/// Time that planning the days, judging a rota and naming substitutes take for each pair of people (measured up to
/// 1,000 people).
const JUDGING: Duration = Duration::from_micros(6);

/// A rota that both scores agree on.
#[derive(Clone, Debug)]
pub struct Solved {
    /// What was to be covered.
    pub requirement: Requirement,
    /// Who works when.
    pub rota: Rota,
    /// The inside of the days.
    pub plan: DayPlan,
    /// What the month counted on for each day, and what the day costs.
    pub promises: Vec<intraday::DayPromise>,
    /// The checker's score; its objective is the engine's.
    pub score: ScoreAnalysis,
    /// How the run went.
    pub run: RunFacts,
}

/// Makes the rota of a case.
///
/// # Errors
/// No rota: the hard rules contradict each other, or a limit came first. Or a rota on which engine and checker
/// disagree, which is a mistake of this program.
pub fn solve_checked(
    case: &Case,
    options: &SolveOptions,
    observer: &mut dyn Observer,
) -> Result<Solved, SolveError> {
    let requirement = staffing::requirement(case);
    let compiled = problem::compile(case, &requirement)
        .map_err(|found| SolveError::Infeasible(explain::contradictions(case, &found)))?;
    // The days still have to be planned and the rota judged when the search is over.
    let reserve = JUDGING * (case.people.len() * case.people.len()) as u32;
    let search = SolveOptions { stop: options.stop.sooner(reserve), ..options.clone() };
    let outcome = solve::solve(&compiled.problem, &search, observer);
    if let Status::Infeasible { people, rows } = &outcome.status {
        return Err(SolveError::Infeasible(explain::conflicts(case, &compiled, people, rows)));
    }
    let Some((schedule, objective)) = &outcome.best else {
        return Err(SolveError::NoRota { interrupted: outcome.interrupted });
    };
    let rota = problem::decode(&compiled.problem, case, schedule);
    let plan = intraday::plan(case, &rota, &compiled.problem.blocks, &compiled.cells);
    let score = check::check(case, &requirement, &rota, &plan);
    if let Some(found) = agree::disagreement(&compiled.problem, schedule, *objective, &outcome, &score) {
        return Err(SolveError::Disagreement(Box::new(found)));
    }
    let (plan, score) = spare::used(case, &requirement, &rota, (plan, score));
    let run = run_facts(&outcome, *objective, options);
    let promises = intraday::promises(&rota, &compiled.problem.blocks, &compiled.cells);
    Ok(Solved { requirement, rota, plan, promises, score, run })
}

fn run_facts(outcome: &SolveOutcome, objective: i64, options: &SolveOptions) -> RunFacts {
    // No price is negative, so nothing costs less than nothing.
    let bound = outcome.bound.map(|b| b.max(0));
    let proven = outcome.status == Status::Optimal || bound == Some(objective) || objective == 0;
    let status = match (proven, outcome.interrupted) {
        (true, _) => RunStatus::Optimal,
        (false, true) => RunStatus::Interrupted,
        (false, false) => RunStatus::Feasible,
    };
    RunFacts {
        status,
        bound: if proven { Some(objective) } else { bound },
        seconds: options.stop.elapsed().as_secs_f64(),
        seed: options.seed,
        threads: options.threads,
    }
}

/// A rota from outside, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// What was to be covered.
    pub requirement: Requirement,
    /// The inside of the days: that of the file, or planned anew.
    pub plan: DayPlan,
    /// Whether the days were planned anew.
    pub planned_anew: bool,
    /// The score.
    pub score: ScoreAnalysis,
}

/// Checks a rota. Without a plan, or with one that no longer fits the rota (somebody edited it), the days are
/// planned anew first.
#[must_use]
pub fn check_rota(case: &Case, rota: &Rota, plan: Option<DayPlan>) -> Checked {
    let requirement = staffing::requirement(case);
    let fitting = plan.filter(|p| fits(case, rota, p));
    let planned_anew = fitting.is_none();
    let plan = fitting.unwrap_or_else(|| {
        let (blocks, cells) = problem::day::build(case, &requirement);
        intraday::plan(case, rota, &blocks, &cells)
    });
    let score = check::check(case, &requirement, rota, &plan);
    let (plan, score) = match planned_anew {
        true => spare::used(case, &requirement, rota, (plan, score)),
        false => (plan, score),
    };
    Checked { requirement, plan, planned_anew, score }
}

/// Whether the duties are those of the rota's shifts: each segment covered from its start to its end, and
/// nobody at work on a day without a shift.
fn fits(case: &Case, rota: &Rota, plan: &DayPlan) -> bool {
    use crate::model::Activity;
    let mut minutes = vec![vec![0; rota.horizon.days]; case.people.len()];
    for duty in &plan.duties {
        let Some(shift) = rota.shift(duty.person, duty.day) else { return false };
        let inside = case.shift(shift).times.iter().any(|t| t.contains(duty.time));
        match duty.activity {
            Activity::Channel(_) | Activity::Meal | Activity::Task(_) if !inside => return false,
            _ if inside => minutes[duty.person.ix()][duty.day] += duty.time.len(),
            _ => {}
        }
    }
    case.person_indices().all(|p| {
        (0..rota.horizon.days).all(|day| {
            let wanted = rota.shift(p, day).map_or(0, |s| case.shift(s).span_minutes());
            minutes[p.ix()][day] == wanted
        })
    })
}

/// Prepares all rows of all output files.
#[must_use]
pub fn report(case: &Case, solved: &Solved) -> Report {
    let pay = pay::ledger(case, &solved.rota);
    let behind = explain::behind(case, &solved.rota);
    Report::new(&Finished {
        case,
        requirement: &solved.requirement,
        rota: &solved.rota,
        plan: &solved.plan,
        promises: &solved.promises,
        score: &solved.score,
        pay: &pay,
        behind: &behind,
        run: &solved.run,
    })
}

/// Prepares all rows of all output files of a rota that was checked, whoever made it.
#[must_use]
pub fn report_checked(case: &Case, rota: &Rota, checked: &Checked, run: &RunFacts) -> Report {
    let pay = pay::ledger(case, rota);
    let behind = explain::behind(case, rota);
    Report::new(&Finished {
        case,
        requirement: &checked.requirement,
        rota,
        plan: &checked.plan,
        promises: &[],
        score: &checked.score,
        pay: &pay,
        behind: &behind,
        run,
    })
}
