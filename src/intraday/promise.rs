//! What the month counts on for each day, and what the day comes to.
//!
//! The month sees a day as a linear program of its head counts ([`super::program`]): fractions of people, leavers without
//! a receiver for nothing, two tasks at once. The plan has whole people who hand over and do tasks. The difference is what
//! those things cost, with what the search may have missed.

use super::evaluate::Evaluator;
use super::plan::heads_by_day;
use super::program::{DayLp, Estimate, PIVOTS};
use super::settle::Carry;
use crate::model::Rota;
use crate::problem::day::CellTable;
use crate::problem::{Block, DayProblem};
use rayon::prelude::*;

/// A block of days that are priced together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPromise {
    /// First day of the horizon in it.
    pub day: usize,
    /// Price of shortage and excess as planned.
    pub cost: i64,
    /// The month's estimate for the same head counts: no inside of the day costs less.
    pub least: i64,
}

/// One entry a block, in order of time. `blocks` and `cells` are what [`crate::problem::day::build`] gave.
#[must_use]
pub fn promises(rota: &Rota, blocks: &[Block], cells: &CellTable) -> Vec<DayPromise> {
    let days: Vec<(&DayProblem, Vec<i64>)> = heads_by_day(rota, blocks, cells);
    let mut carry = Carry::default();
    let costs: Vec<i64> = if days.iter().any(|d| d.0.reads) {
        let price = |(day, counts): &(&DayProblem, Vec<i64>)| {
            let (cost, next) = Evaluator::new(day).cost(counts, &carry);
            carry = next;
            cost
        };
        days.iter().map(price).collect()
    } else {
        let none = Carry::default();
        days.par_iter().map(|(day, counts)| Evaluator::new(day).cost(counts, &none).0).collect()
    };
    let least: Vec<i64> = days
        .par_iter()
        .map(|(day, counts)| {
            let heads: Vec<f64> = counts.iter().map(|&n| n as f64).collect();
            let solved = DayLp::new(day).value(&heads, Estimate::Relaxed);
            // A program that was given up says nothing. Prices are whole; the tolerance is that of the program's tests.
            if solved.pivots < PIVOTS { (solved.value - 1e-3).ceil().max(0.0) as i64 } else { 0 }
        })
        .collect();
    days.iter()
        .zip(costs.into_iter().zip(least))
        .map(|((day, _), (cost, least))| DayPromise { day: day.first_day, cost, least: least.min(cost) })
        .collect()
}
