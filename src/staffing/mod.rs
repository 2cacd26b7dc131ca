//! Forecast contacts become people per interval.
//!
//! `voice` and `chat` by queueing theory ([`erlang`]), `deferred` by its workload until the deadline; rows of
//! `demand.csv` stand as they are written.

mod deferred;
pub mod erlang;
mod interval;
mod prediction;
mod requirement;
#[cfg(test)]
mod testing;

pub use interval::required_agents;
pub use prediction::prediction;
pub use requirement::requirement;
