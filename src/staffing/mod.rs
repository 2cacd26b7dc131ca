//! Forecast contacts become people per interval.
//!
//! `voice` and `chat` by queueing theory ([`erlang`]), `deferred` by its workload until the deadline; rows of
//! `demand.csv` stand as they are written.

mod deferred;
mod desks;
pub mod erlang;
mod flexible;
mod interval;
mod pooling;
mod prediction;
mod requirement;
#[cfg(test)]
mod testing;
mod transient;
mod windows;

pub use desks::Desks;
pub use flexible::spare_time;
pub use interval::{Offered, employed, promised, required_agents, steady_figures};
pub use pooling::{Pooling, pooling};
pub use prediction::{Predicted, level, predict, predict_rota};
pub use requirement::{CarriedWork, carried_in, requirement};
