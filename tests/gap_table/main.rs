//! The benchmark program: its arithmetic, its tables, and the commands of its page.
#![allow(dead_code, reason = "what makes the runs is not part of this test")]

#[path = "../../benches/gap_table/args.rs"]
mod args;
#[path = "../../benches/gap_table/figures.rs"]
mod figures;
#[path = "../../benches/gap_table/markdown.rs"]
mod markdown;
#[path = "../../benches/gap_table/peers.rs"]
mod peers;
#[path = "../../benches/gap_table/row.rs"]
mod row;
#[path = "../../benches/gap_table/run.rs"]
mod run;
#[path = "../../benches/gap_table/store.rs"]
mod store;
#[path = "../../benches/gap_table/trace.rs"]
mod trace;

mod arithmetic;
mod commands;
mod peers_beside;
mod rows;
mod stored;
mod tables;
