//! The whole month as one integer program for any other solver.
//!
//! People as in [`super::solve`]; the inside of every day is written out in full ([`crate::solve::duties`]) instead
//! of being priced head count by head count, so that real months fit. The optimum is that of `solve` but for what
//! the duties leave open: which messages wait, and the channel on which somebody ends before a handover. Both can
//! only cost more, so what another solver proves as a bound holds for paiban too.

use super::{cover, people};
use crate::problem::{Block, RosterProblem};
use crate::solve::duties::{self, Head};
use crate::solve::mip::{Failure, Model};
use crate::solve::mps::{self, MpsSize};
use std::io::{self, Write};
use std::time::Duration;

/// The program, and the number of days on which some handover has too many groups of leavers to be written in full.
pub(super) fn whole(problem: &RosterProblem) -> (Model, usize) {
    let mut model = Model::new();
    let choices = people(&mut model, problem);
    model.objective += problem.constant as f64;
    for (p, line) in choices.iter().enumerate() {
        for (d, day) in line.iter().enumerate() {
            model.names.extend(day.iter().enumerate().map(|(o, &v)| (v, format!("x_{p}_{d}_{o}"))));
        }
    }
    let heads = cover::heads(problem, &choices);
    let mut relaxed = 0;
    for block in &problem.blocks {
        match block {
            Block::HeadCount { cell, required, under, over } => {
                cover::head_count(&mut model, heads[*cell as usize].clone(), *required, (*under, *over));
            }
            Block::Day(day) => {
                let own: Vec<Head> = day
                    .supplies
                    .iter()
                    .map(|s| Head { count: heads[s.cell as usize].clone(), most: s.most })
                    .collect();
                relaxed += usize::from(duties::add(&mut model, day, &own).1);
            }
        }
    }
    (model, relaxed)
}

/// The optimum of what [`write_mps`] writes; `None` when `limit` or the library does not allow a proof, infinite when
/// nothing satisfies the hard rules.
#[must_use]
pub fn written_optimum(problem: &RosterProblem, limit: Duration) -> Option<f64> {
    let model = whole(problem).0;
    let objective = model.objective.clone();
    match model.solve(limit.as_secs_f64()) {
        Ok(answer) => answer.claims_optimal.then(|| answer.sum(&objective)),
        Err(Failure::Infeasible) => Some(f64::INFINITY),
        Err(Failure::Other) => None,
    }
}

/// Writes the whole problem as an integer program in free MPS form.
///
/// # Errors
/// Those of `out`.
pub fn write_mps(problem: &RosterProblem, out: &mut dyn Write) -> io::Result<MpsSize> {
    let (model, relaxed) = whole(problem);
    let mut comments = vec![
        format!("{} people, {} days; minimise", problem.people.len(), problem.days),
        "x_p_d_o: person p takes option o on day d, all counted from 0 in the order of the files".to_owned(),
    ];
    if relaxed > 0 {
        comments.push(format!(
            "on {relaxed} days not everybody who could receive a handover, or do a task, must do so here"
        ));
    }
    mps::write(&model, &comments, out)
}
