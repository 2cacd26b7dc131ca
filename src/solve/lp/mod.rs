//! Linear programs of the engines.
//!
//! [`KinkLp`] is a primal simplex made for the restricted master and the day problems: every variable is a
//! convex function with one kink at 0, so bounds, phase 1, added rows, added columns and fixings are all just
//! slopes, and any re-solve starts from the last basis.

mod basis;
mod entering;
mod kink;
mod ratio;

pub use kink::{KinkLp, LpStatus, Rewritten, Slopes};

#[cfg(test)]
mod degenerate;
#[cfg(test)]
mod tests;
