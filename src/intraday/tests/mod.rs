//! Tests of the inside of a day.

mod again;
mod brute;
mod hand;
mod recount;
mod speed;

use crate::base::random::Random;
use crate::model::{Case, Requirement};
use crate::problem::day::testing::*;
use crate::problem::day::{CellTable, build};
use crate::problem::{Block, DayProblem};

/// The day problems of a case.
fn days(case: &Case, requirement: &Requirement) -> (Vec<DayProblem>, CellTable) {
    let (blocks, cells) = build(case, requirement);
    let days = blocks
        .into_iter()
        .map(|b| match b {
            Block::Day(d) => *d,
            Block::HeadCount { .. } => panic!("the builder makes day blocks only"),
        })
        .collect();
    (days, cells)
}

/// The month of a centre with three shifts and three channels, `people` strong.
fn centre(people: usize, days: usize) -> (Case, Requirement) {
    let shifts = vec![
        shift_with_meal("E", &[(480, 1020)], 60, (660, 810)),
        shift_with_meal("M", &[(660, 1200)], 60, (960, 1110)),
        shift_with_meal("L", &[(840, 1380)], 60, (1020, 1170)),
    ];
    let sets: [&[usize]; 5] = [&[0], &[0, 1], &[1], &[0, 1, 2], &[0]];
    let skills: Vec<&[usize]> = (0..people).map(|p| sets[p % 5]).collect();
    let mut case = case(days, 3, shifts, &skills);
    come_early(&mut case, 15);
    let mut rows = Vec::new();
    let scale = people as f64 / 36.0;
    for d in 0..days {
        for i in 0..30 {
            let t = 480 + 30 * i;
            let shape = 1.0 + (f64::from(i) / 30.0 * 9.0).sin() * 0.4;
            let need = |base: f64| (base * shape * scale).round() as i64;
            rows.push((d, (t, t + 30), 0, need(8.0), 10, 1));
            rows.push((d, (t, t + 30), 1, need(4.0), 8, 1));
            rows.push((d, (t, t + 30), 2, need(1.5), 5, 1));
        }
    }
    (case, requirement(&rows))
}

/// Head counts of a day on which 5 of 6 people work, shifts in turn.
fn usual_counts(case: &Case, cells: &CellTable, days: &[DayProblem], random: &mut Random) -> Vec<i64> {
    let mut counts = vec![0; days[0].supplies.len()];
    for person in 0..case.people.len() {
        if random.below(6) > 0 {
            let s = crate::base::index::ShiftIx::new(random.below(case.shifts.len()));
            counts[cells.place(cells.cell(0, p(person), s).expect("inside")).supply] += 1;
        }
    }
    counts
}
