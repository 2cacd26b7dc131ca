//! Linear programs of the engines.
//!
//! [`KinkLp`] is a primal simplex made for the restricted master and the day problems: every variable is a
//! convex function with one kink at 0, so bounds, phase 1, added rows, added columns and fixings are all just
//! slopes, and any re-solve starts from the last basis.

mod basis;
mod entering;
mod interior;
mod kink;
mod ratio;

pub use interior::{Central, Interior, Near, Shares};
pub use kink::{KinkLp, LpStatus, Rewritten, Slopes};
#[cfg(all(test, feature = "highs"))]
pub(crate) use reference::{Reference, thread_time};

#[cfg(test)]
mod degenerate;
#[cfg(all(test, feature = "highs"))]
mod look;
#[cfg(all(test, feature = "highs"))]
mod reference;
#[cfg(test)]
mod tests;
