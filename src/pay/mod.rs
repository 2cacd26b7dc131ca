//! Working time, the overtime ledger and pay classes.
//!
//! Counts what a rota costs in hours, by the format page's section on working time: the checker and the report
//! use it, the engines have a ledger of their own (two authors on purpose, compared after every solve).

mod balance;
mod comp_rest;
mod comprehensive;
mod ledger;
mod money;
mod paid;
mod spans;
mod standard;
mod terms;
#[cfg(test)]
mod tests;
mod timeline;

pub use balance::{Balance, Classes, DatedClasses, PersonBalance, balances};
pub use comp_rest::CompRest;
pub use ledger::{DayPay, MonthPay, PersonLedger, Totals, ledger, person_ledger};
pub use money::Money;
pub use paid::{PaidMinutes, paid_minutes};
pub use spans::{NormalSpan, longest_normal_day};
pub use terms::Terms;
