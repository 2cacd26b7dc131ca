//! Column generation: start, root, dive, neighbourhoods, and branching where a small gap is left.
//!
//! See `docs/engine.md` for notation and sources.

mod beam;
mod bound;
mod branch;
mod central;
mod central_dive;
mod days;
mod dense;
mod dive;
mod evaluate;
mod fair_groups;
mod fair_rows;
mod fill;
mod follow;
mod generate;
mod improve;
mod keys;
mod labels;
mod line;
mod master;
mod model;
use super::modes;
#[cfg(test)]
mod inside_tests;
mod narrow;
mod neighbourhoods;
mod pool;
mod pricing;
mod ranges;
mod reach;
#[cfg(all(test, feature = "highs"))]
mod record;
#[cfg(all(test, feature = "highs"))]
mod replay_tests;
mod represent;
mod respond;
mod search;
mod shares;
mod start;
mod tables;
#[cfg(test)]
mod team_tests;
mod tighten;
mod tolls;
mod windows;

pub use search::solve;
