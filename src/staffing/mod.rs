//! Forecast contacts become people per interval.
//!
//! `voice` and `chat` by queueing theory ([`erlang`]), `deferred` by its workload until the deadline; rows of
//! `demand.csv` stand as they are written.

mod deferred;
mod desks;
pub mod erlang;
mod interval;
mod prediction;
mod requirement;
mod transient;
#[cfg(test)]
mod testing;

pub use desks::Desks;
pub use interval::{Offered, required_agents, steady_figures};
pub use prediction::{Predicted, level, predict};
pub use requirement::requirement;
