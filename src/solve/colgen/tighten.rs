//! The best bound at the root: a master whose day cuts all hold for true rotas.
//!
//! The master that finds rotas prices handovers by the guide estimate of a day, which is no bound, and head counts
//! are fractions in it. This one starts from the same columns with relaxed cuts alone. When it has converged, the
//! days are searched over whole people at its prices; what that proves is a cut θ ≥ min (cost − π·n) + π·n for
//! the prices π at hand (a Lagrangian cut: the day's part in the bound of Geoffrion, Lagrangean relaxation for
//! integer programming, 1974). The objective closes in from above on the bound of the convex hull of each day.

use super::days::Days;
use super::generate::{Effort, generate};
use super::master::Master;
use crate::base::stop::StopCriterion;
use crate::intraday::program::{Depth, Estimate};

/// Pivot operations a day and call.
const OPERATIONS: u64 = 1_000_000;

/// The bound of the root with relaxed and Lagrangian cuts, in true prices; starts from the columns of `source`.
pub(super) fn tighten(source: &Master<'_, '_>, days: &mut Days, stop: &StopCriterion) -> Option<f64> {
    let mut master = Master::new(source.model, source.people.clone(), &[], &[]);
    for column in &source.columns {
        master.add_column(column.clone());
    }
    let effort = Effort {
        rounds: 200,
        gap: 1e-7,
        estimate: Estimate::Relaxed,
        sharpen: true,
        depth: Depth { handovers: 80, operations: OPERATIONS },
        ..Effort::default()
    };
    generate(&mut master, days, &mut Vec::new(), effort, stop).bound
}
