//! A problem as an integer program for other solvers.

use super::SolveError;
use crate::model::Case;
use crate::problem::{self, RosterProblem};
use crate::solve::compact::{MpsSize, write_mps};
use crate::{explain, staffing};

/// The text of a free MPS file and its size.
pub type Exported = (String, MpsSize);

/// The whole month of a case as one integer program.
///
/// # Errors
/// [`SolveError::Infeasible`] where somebody has no option on some day.
pub fn export_case(case: &Case) -> Result<Exported, SolveError> {
    let requirement = staffing::requirement(case);
    let compiled = problem::compile(case, &requirement)
        .map_err(|found| SolveError::Infeasible(explain::contradictions(case, &found)))?;
    Ok(export(&compiled.problem))
}

/// A problem as one integer program.
#[must_use]
pub fn export(problem: &RosterProblem) -> Exported {
    let mut bytes = Vec::new();
    let size = write_mps(problem, &mut bytes).expect("memory takes every byte");
    (String::from_utf8(bytes).expect("only ASCII is written"), size)
}
