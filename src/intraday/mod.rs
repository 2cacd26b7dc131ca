//! The inside of a day: meals, meetings, channels and handovers for given head counts.
//!
//! [`evaluate`] finds the best inside of a block of days and its price in whole numbers; the meaning of that
//! price is written at [`crate::problem::day`].

mod derive;
mod endings;
mod evaluate;
mod flow;
mod frame;
mod live;
mod messages;
mod moves;
mod people;
mod plan;
pub(crate) mod program;
mod promise;
mod search;
mod settle;
mod state;
mod tasks;
#[cfg(test)]
mod tests;

pub use evaluate::{BlockPlan, Evaluator, Outcome, evaluate, evaluate_cost};
pub use plan::{plan, plan_anew, total_cost};
pub use promise::{DayPromise, promises};
pub use settle::Carry;
