//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) for rotas over long horizons.
//!
//! It serves problems in which nothing but head counts couples people, and starts from a rota that keeps every hard
//! rule; every move keeps them. A move is judged in some tens of nanoseconds: a person's automata are one table of modes
//! ([`crate::solve::modes`]), and a change is followed only until the mode is again what it was.
//!
//! The horizon is cut at week ends into tiles that are annealed side by side. A tile may use what slack its people's
//! sums have left as the draw gives it to it, so that tiles together keep every limit; the cuts and the draw change from epoch
//! to epoch.

mod cooling;
mod lists;
mod moves;
mod respond;
mod state;
mod steps;
mod tables;
#[cfg(test)]
mod tests;
mod tile;

pub(super) use cooling::anneal;
pub(super) use tables::Tables;
