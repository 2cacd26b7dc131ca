//! The whole month as one integer program through good_lp: second engine, and oracle on small cases.
//!
//! One 0-1 variable per person, day and option; automata as flow through their states; sums, overtime, duty rows
//! and fairness as rows; cover by priced head counts (`cover`). What the library returns is never trusted: the
//! schedule is read off the variables, scored by [`crate::problem::score`], and the claim of optimality holds only
//! when that score is the library's own objective.

mod couple;
mod cover;
mod export;
mod lines;

pub use crate::solve::mps::MpsSize;
pub use export::{write_mps, written_optimum};

use super::mip::{Failure, Model};
use crate::intraday::{Carry, Evaluator};
use crate::problem::{Block, RosterProblem, Schedule, head_counts, score};
use std::time::Duration;

/// What the compact program says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compact {
    /// A schedule with its objective as scored here, and whether nothing better exists.
    Found {
        /// The schedule.
        schedule: Schedule,
        /// Its objective.
        objective: i64,
        /// Whether it is proven optimal.
        proven: bool,
    },
    /// Nothing satisfies the hard rules.
    Infeasible,
    /// The case is too large, a limit was reached, or the library failed.
    Unknown,
}

/// Solves a problem as one integer program within `limit`. Meant for small cases: the head counts of each block of
/// days are priced one by one.
#[must_use]
pub fn solve(problem: &RosterProblem, limit: Duration) -> Compact {
    let mut model = Model::new();
    let choices = people(&mut model, problem);
    if cover::add(&mut model, problem, &choices).is_none() {
        return Compact::Unknown;
    }
    model.objective += problem.constant as f64;
    let objective = model.objective.clone();
    let answer = match model.solve(limit.as_secs_f64()) {
        Ok(answer) => answer,
        Err(Failure::Infeasible) => return Compact::Infeasible,
        Err(Failure::Other) => return Compact::Unknown,
    };
    let option = |day: &Vec<good_lp::Variable>| {
        let value = |&o: &usize| answer.value(day[o]);
        (0..day.len()).max_by(|a, b| value(a).total_cmp(&value(b))).unwrap_or(0) as u16
    };
    let choice = choices.iter().map(|line| line.iter().map(option).collect()).collect();
    let schedule = Schedule { choice };
    let Some(scored) = total(problem, &schedule) else { return Compact::Unknown };
    let agrees = (answer.sum(&objective) - scored as f64).abs() < 0.5;
    Compact::Found { schedule, objective: scored, proven: answer.claims_optimal && agrees }
}

/// Everything but cover: lines of work, duty rows and fairness.
fn people(model: &mut Model, problem: &RosterProblem) -> Vec<lines::Choice> {
    let choices: Vec<lines::Choice> = problem.people.iter().map(|line| lines::add(model, line)).collect();
    for row in &problem.duty_rows {
        couple::duty(model, row, &choices);
    }
    for term in &problem.fairness {
        couple::fairness(model, problem, term, &choices);
    }
    choices
}

/// Objective of a schedule, the inside of its days included; `None` when it breaks a hard rule.
#[must_use]
pub fn total(problem: &RosterProblem, schedule: &Schedule) -> Option<i64> {
    let lines = score(problem, schedule).ok()?.total();
    let counts = head_counts(problem, schedule);
    let mut carry = Carry::default();
    let mut sum = lines;
    for block in &problem.blocks {
        if let Block::Day(day) = block {
            let own: Vec<i64> = day.supplies.iter().map(|s| counts[s.cell as usize]).collect();
            let (cost, after) = Evaluator::new(day).cost(&own, &carry);
            sum += cost;
            carry = after;
        }
    }
    Some(sum)
}
