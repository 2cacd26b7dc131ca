//! The command line: exit codes, JSON, usage errors, and what is written or left alone.

mod attendance;
mod compare;
mod contacts;
mod export;
mod inputs;
mod instances;
mod ledger;
mod long_history;
mod past_months;
mod solving;
mod support;
mod templates;
mod terminal;
mod usage;
mod workbooks;
