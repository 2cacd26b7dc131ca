//! A large team through representatives: every so-maniest person stands for the people most like them.
//!
//! The master of thousands of people spends its time on exchanging equal lines between equal people. So it is first
//! solved over some of them, each with the weight of those whom they stand for. Its prices are good ones for the
//! whole team: everybody priced once at them gives a bound (any prices do), and the lines of a representative, where
//! the others may work them too, begin the master of all close to its optimum. (Aggregation and disaggregation:
//! Rogers, Plante, Wong and Evans, Operations Research 39, 1991.)

use super::days::Days;
use super::generate::{Effort, generate};
use super::master::{Cut, Duals, Master};
use super::model::{Column, Model};
use crate::base::stop::StopCriterion;

/// Representatives: one of so many people, within these limits.
const SHARE: usize = 8;
const FEWEST: usize = 240;
const MOST: usize = 600;
/// Rounds of column generation over them.
const ROUNDS: usize = 60;
/// Times that the handovers are expected anew.
const COURSES: usize = 4;

/// What the representatives found.
pub(super) struct Represented {
    /// Lines for everybody, the ones to begin with first.
    pub lines: Vec<Column>,
    /// Prices of cells and duty rows.
    pub duals: Duals,
}

/// Solves the team by about `wanted` representatives, from a rota of everybody in the order of people. New cuts go to
/// `cuts`. What a limit cuts short is of use all the same: any prices prove something, and the lines are lines.
pub(super) fn represent(
    model: &Model<'_>,
    rota: &[Column],
    wanted: usize,
    days: &mut Days,
    cuts: &mut Vec<Cut>,
    stop: &StopCriterion,
) -> Represented {
    let blocks = blocks(model, wanted);
    let people: Vec<usize> = blocks.iter().map(|b| b[b.len() / 2]).collect();
    let weights: Vec<f64> = blocks.iter().map(|b| b.len() as f64).collect();
    let mut few = Master::weighted(model, people.clone(), &weights, &[], cuts);
    few.set_fairness(false);
    for p in people {
        few.add_column(rota[p].clone());
    }
    let effort = Effort { rounds: ROUNDS, smoothing: 0.3, learn: true, ..Effort::default() };
    for _ in 0..COURSES {
        generate(&mut few, days, cuts, effort, stop);
        if stop.reached() {
            break;
        }
        stop.charge(days.expect(&few.counts()));
        cuts.retain(|c| days.admits(c));
        if !few.drop_cuts(days) {
            break;
        }
    }
    let mut duals = few.duals();
    duals.round(model.grid);
    let mut of_slot: Vec<Vec<(f64, usize)>> = vec![Vec::new(); blocks.len()];
    for (c, weight) in few.weights() {
        of_slot[few.slot(few.columns[c].person)].push((weight, c));
    }
    let mut lines = Vec::new();
    for (block, own) in blocks.iter().zip(of_slot) {
        lines.extend(handed_on(model, block, own, &few));
    }
    Represented { lines, duals }
}

/// The lines of a representative for everybody in the block who may work them: each is the first one of as many
/// people as its weight says.
fn handed_on(
    model: &Model<'_>,
    block: &[usize],
    mut own: Vec<(f64, usize)>,
    few: &Master<'_, '_>,
) -> Vec<Column> {
    let line = |p: usize, c: usize| {
        let choice = &few.columns[c].choice;
        fits(model, p, choice).then(|| model.column(p, choice)).flatten()
    };
    let mut lines = Vec::new();
    for &p in block {
        own.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut first = true;
        for share in &mut own {
            if let Some(column) = line(p, share.1) {
                // The others of the block take what is left.
                share.0 -= if first { 1.0 } else { 0.0 };
                first = false;
                lines.push(column);
            }
        }
    }
    lines
}

/// Whether a person has the same options under the same numbers as the line needs.
fn fits(model: &Model<'_>, person: usize, choice: &[u16]) -> bool {
    let options = &model.problem.people[person].options;
    choice.iter().zip(options).all(|(&o, options)| usize::from(o) < options.len())
}

/// Representatives that a team of this size should have.
pub(super) fn enough(people: usize) -> usize {
    (people / SHARE).clamp(FEWEST, MOST)
}

/// People like each other in about `wanted` blocks of equal size.
fn blocks(model: &Model<'_>, wanted: usize) -> Vec<Vec<usize>> {
    let mut channels_of: Vec<&[usize]> = vec![&[]; model.problem.cells];
    for (_, day) in model.days() {
        day.supplies.iter().for_each(|s| channels_of[s.cell as usize] = &s.channels);
    }
    let people = &model.problem.people;
    let mut order: Vec<(&[usize], usize, u32, usize)> = people
        .iter()
        .enumerate()
        .map(|(p, line)| {
            let channels = line.options.iter().flatten().find_map(|o| o.cell);
            let workable = line.options.iter().filter(|o| o.iter().any(|x| x.cell.is_some())).count();
            (channels.map_or(&[][..], |c| channels_of[c as usize]), workable, line.class, p)
        })
        .collect();
    order.sort_unstable();
    let size = order.len().div_ceil(wanted).max(1);
    order.chunks(size).map(|c| c.iter().map(|x| x.3).collect()).collect()
}
