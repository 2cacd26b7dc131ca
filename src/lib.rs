//! paiban (排班): monthly shift rotas of customer-service centres, covered, lawful, fair, and proven.
//!
//! The way of the data: files → [`model::Case`] → [`problem::RosterProblem`] → [`solve`] → [`model::Rota`] →
//! [`check`] → [`report`] → files. Dependencies go one way only; `tests/layers.rs` holds the table.

pub mod base;
pub mod calendar;
pub mod check;
pub mod diag;
pub mod explain;
pub mod facade;
pub mod forecast;
pub mod intraday;
pub mod io;
pub mod lp;
pub mod model;
pub mod pay;
pub mod problem;
pub mod report;
pub mod rules;
pub mod simulate;
pub mod solve;
pub mod staffing;
pub mod templates;
