//! The ledger against the format page and against the table of six-on-one-off months.

mod balance;
mod cases;
mod comp_rest;
mod comprehensive;
mod six_on_one_off;
mod spans;
mod standard;
mod systems;
