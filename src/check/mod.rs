//! The independent checker and scorer: reads only the case, the requirement, the rota and the inside of its days.
//!
//! Shares no rule code with the engines and never imports them. One file a rule family; every finding is a
//! [`Match`] with its amount, its price, who and when, and a sentence with the rule's source and its row.

mod backlog;
mod counts;
mod coverage;
mod facts;
mod fairness;
mod findings;
mod hours;
mod inside;
mod instance;
mod legal;
mod night;
mod notes;
mod on_duty;
mod presence;
mod relief;
mod rest;
mod rotation;
mod runs;
mod score;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod wishes;

pub use backlog::{WorkDone, work_done};
pub use instance::check_instance;
pub use legal::legal_gaps;
pub use notes::case_notes;
pub use score::{Match, ScoreAnalysis};

use crate::model::{Case, DayPlan, Requirement, Rota};
use facts::Facts;
use findings::Findings;

/// Checks a rota and the inside of its days against every rule, and scores them.
///
/// Matches come by rule (the facts that hold without a row first, then the order of the format page), then by
/// date, then by person. A rota that has not one cell for each person and day is not looked at any further.
#[must_use]
pub fn check(case: &Case, requirement: &Requirement, rota: &Rota, plan: &DayPlan) -> ScoreAnalysis {
    judge(case, rota, Some((requirement, plan)))
}

/// Checks a rota alone: every rule but those about the inside of its days and the cover. Everybody's shifts are looked
/// at as in [`check`], in a fraction of its time.
#[must_use]
pub fn check_shifts(case: &Case, rota: &Rota) -> ScoreAnalysis {
    judge(case, rota, None)
}

fn judge(case: &Case, rota: &Rota, inside: Option<(&Requirement, &DayPlan)>) -> ScoreAnalysis {
    let facts = Facts::new(case, rota);
    let mut out = Findings::default();
    if !presence::cells(&facts, &mut out) {
        return out.finish();
    }
    let hours = hours::Hours::new(&facts);
    presence::employment_and_leave(&facts, &mut out);
    presence::pins(&facts, &mut out);
    night::no_night(&facts, &mut out);
    if let Some((requirement, plan)) = inside {
        inside::check(&facts, requirement, plan, &mut out);
    }
    runs::longest(&facts, &mut out);
    runs::shortest(&facts, &mut out);
    rest::weeks(&facts, &mut out);
    rest::hours(&facts, &mut out);
    rest::two_shifts(&facts, &mut out);
    rest::successions(&facts, &mut out);
    rotation::one_band(&facts, &mut out);
    rotation::order(&facts, &mut out);
    on_duty::on_duty(&facts, &mut out);
    hours::hours(&facts, &hours, &mut out);
    counts::shifts(&facts, &mut out);
    counts::weekends(&facts, &mut out);
    fairness::fairness(&facts, &hours, &mut out);
    if let Some((requirement, plan)) = inside {
        coverage::coverage(&facts, requirement, plan, &mut out);
    }
    wishes::requests(&facts, &mut out);
    wishes::stability(&facts, &mut out);
    out.finish()
}
