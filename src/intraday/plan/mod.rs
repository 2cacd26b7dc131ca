//! Named duties and handovers of a whole rota.

mod batches;
mod channels;
mod duties;
mod handover;
mod leaving;
mod levels;
mod messages;
mod notes;
mod pairs;
mod receivers;
mod steady;
mod steps;
mod turns;
mod workers;

use super::evaluate::Evaluator;
use super::settle::Carry;
use crate::base::index::PersonIx;
use crate::model::{Case, DayPlan, Requirement, Rota};
use crate::problem::day::{CellTable, build};
use crate::problem::{Block, DayProblem};
use rayon::prelude::*;
use workers::Worker;

/// A block with its people.
struct Staffed<'a> {
    day: &'a DayProblem,
    workers: Vec<Worker>,
}

/// Duties and handovers of any rota of the case, whether or not it keeps the rules.
#[must_use]
pub fn plan_anew(case: &Case, requirement: &Requirement, rota: &Rota) -> DayPlan {
    let (blocks, cells) = build(case, requirement);
    plan(case, rota, &blocks, &cells)
}

/// [`plan_anew`] on blocks that are there already. `blocks` and `cells` are what
/// [`crate::problem::day::build`] gave for the case and its requirement. Deterministic; a recount of the duties
/// against the requirement gives [`total_cost`].
#[must_use]
pub fn plan(case: &Case, rota: &Rota, blocks: &[Block], cells: &CellTable) -> DayPlan {
    let people = workers::by_block(rota, blocks, cells);
    let days: Vec<&DayProblem> = blocks.iter().filter_map(day_of).collect();
    let mut turns = turns::Turns::default();
    let mut staffed: Vec<Staffed<'_>> = if days.iter().any(|d| d.reads) {
        let mut carry = Carry::default();
        let mut authors: Authors = vec![Vec::new(); case.channels.len()];
        days.iter()
            .zip(people)
            .map(|(day, list)| {
                let (mut staffed, next) = staff(day, list, &carry, &authors);
                turns.take(&mut staffed);
                carry = next;
                note_authors(&staffed, &mut authors);
                staffed
            })
            .collect()
    } else {
        let mut staffed: Vec<Staffed<'_>> = days
            .par_iter()
            .zip(people.into_par_iter())
            .map(|(day, list)| staff(day, list, &Carry::default(), &[]).0)
            .collect();
        staffed.iter_mut().for_each(|block| turns.take(block));
        staffed
    };
    let mut handovers = handover::pass_on(case, &mut staffed);
    let pairs = pairs::Pairs::new(case, &handovers);
    pairs.vary(&mut handovers);
    let mut lines = batches::Lines::new();
    for duty in duties::all(case, &staffed) {
        lines.entry((duty.day, duty.person)).or_default().push(duty);
    }
    if batches::stagger(case, &days, &pairs, &mut lines, &mut handovers) {
        levels::even_out(case, &days, &mut lines, &handovers);
    }
    handover::number(case, &mut handovers);
    let duties = lines.into_values().flatten().collect();
    DayPlan { duties, handovers }
}

/// Price of shortage and excess of a rota's best insides of days.
#[must_use]
pub fn total_cost(rota: &Rota, blocks: &[Block], cells: &CellTable) -> i64 {
    let mut carry = Carry::default();
    let mut total = 0;
    for (day, counts) in heads_by_day(rota, blocks, cells) {
        let (cost, next) = Evaluator::new(day).cost(&counts, &carry);
        total += cost;
        carry = next;
    }
    total
}

/// The days with the head counts of a rota.
pub(super) fn heads_by_day<'a>(
    rota: &Rota,
    blocks: &'a [Block],
    cells: &CellTable,
) -> Vec<(&'a DayProblem, Vec<i64>)> {
    let people = workers::by_block(rota, blocks, cells);
    let days = blocks.iter().filter_map(day_of).zip(people);
    days.map(|(day, list)| (day, counts(day, &list))).collect()
}

fn day_of(block: &Block) -> Option<&DayProblem> {
    match block {
        Block::Day(day) => Some(day),
        Block::HeadCount { .. } => None,
    }
}

fn counts(day: &DayProblem, people: &[workers::Member]) -> Vec<i64> {
    let mut counts = vec![0; day.supplies.len()];
    for m in people {
        counts[m.supply] += 1;
    }
    counts
}

/// Evaluates a block and gives everybody a meal, channels and their part in handovers.
fn staff<'a>(
    day: &'a DayProblem,
    people: Vec<workers::Member>,
    carry: &Carry,
    authors: &[Vec<PersonIx>],
) -> (Staffed<'a>, Carry) {
    let evaluator = Evaluator::new(day);
    let outcome = evaluator.evaluate(&counts(day, &people), carry);
    let mut list = workers::roles(day, &evaluator.frame, &people, &outcome.plan);
    workers::read_of_others(&mut list, authors);
    channels::assign(day, &evaluator.frame, &outcome.plan, &mut list);
    steady::stay(day, &mut list);
    leaving::settle(day, &mut list);
    (Staffed { day, workers: list }, outcome.carry_out)
}

/// For each channel who was the last to serve it before the days to come: they may have left messages.
type Authors = Vec<Vec<PersonIx>>;

fn note_authors(block: &Staffed<'_>, authors: &mut [Vec<PersonIx>]) {
    for (channel, list) in authors.iter_mut().enumerate() {
        let last = block.workers.iter().filter_map(|w| w.served.last().map(|s| (s.0.end, s.1, w.person)));
        let mut last: Vec<_> = last.filter(|l| l.1 == channel).collect();
        let end = last.iter().map(|l| l.0).max();
        if end.is_some() {
            last.retain(|l| Some(l.0) == end);
            *list = last.into_iter().map(|l| l.2).collect();
        }
    }
}
