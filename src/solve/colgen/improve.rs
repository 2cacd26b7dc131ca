//! Re-optimising a neighbourhood of a rota by column generation and a dive with the rest fixed (a matheuristic
//! large neighbourhood search).

use super::days::Days;
use super::dive::{DiveSettings, dive};
use super::generate::{Effort, generate};
use super::master::{Cut, Mask, Master};
use super::model::{Column, Model};
use super::neighbourhoods::Neighbourhood;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::Block;

/// Cuts of a block that a neighbourhood begins with.
const NEAR: usize = 6;

/// Re-optimises a neighbourhood; returns the new columns of the people set free, and the cuts met.
pub(super) fn reoptimise(
    model: &Model<'_>,
    rota: &[Column],
    pool: &[Vec<Column>],
    cuts: &[Cut],
    days: &mut Days,
    neighbourhood: &Neighbourhood,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<(Vec<Column>, Vec<Cut>)> {
    let free = |p: usize| neighbourhood.people.contains(&p);
    let mut in_set = vec![false; rota.len()];
    neighbourhood.people.iter().for_each(|&p| in_set[p] = true);
    let fixed: Vec<&Column> = rota.iter().filter(|c| !in_set[c.person]).collect();
    debug_assert!(rota.iter().all(|c| free(c.person) == in_set[c.person]));
    let mut counts = vec![0.0; model.problem.cells];
    rota.iter().flat_map(|c| &c.cells).for_each(|&c| counts[c as usize] += 1.0);
    stop.charge(days.expect(&counts));
    let cuts = tightest(model, cuts.iter().filter(|c| days.admits(c)), &counts);
    let mut master = Master::new(model, neighbourhood.people.clone(), &fixed, &cuts);
    let whole = neighbourhood.days == [(0, model.problem.days)];
    if !whole {
        for i in 0..master.people.len() {
            let p = master.people[i];
            let mut mask = Mask::all(&model.problem.people[p].options);
            for d in 0..model.problem.days {
                if !neighbourhood.days.iter().any(|w| w.0 <= d && d < w.1) {
                    mask.fix(d, usize::from(rota[p].choice[d]));
                }
            }
            master.masks[i] = mask;
        }
    }
    for &p in &neighbourhood.people {
        master.add_column(rota[p].clone());
        for column in &pool[p] {
            if master.masks[master.slot(p)].admits(&column.choice) {
                master.add_column(column.clone());
            }
        }
    }
    let mut fresh = Vec::new();
    let effort = Effort { rounds: 25, ..Effort::default() };
    let result = generate(&mut master, days, &mut fresh, effort, stop);
    if !result.stuck.is_empty() {
        return None;
    }
    let settings = DiveSettings { noise: 0.1, share: 0.2, rounds: 5, ..DiveSettings::default() };
    let columns = dive(&mut master, days, &mut fresh, settings, random, stop)?;
    Some((columns, fresh))
}

/// Of the cuts of each block the ones nearest to the day's cost at these head counts: a neighbourhood does not lead
/// far from them, and what it lacks it finds again.
fn tightest<'c>(model: &Model<'_>, cuts: impl Iterator<Item = &'c Cut>, counts: &[f64]) -> Vec<Cut> {
    let mut of_block: Vec<Vec<(f64, &Cut)>> = vec![Vec::new(); model.problem.blocks.len()];
    for cut in cuts {
        if let Block::Day(day) = &model.problem.blocks[cut.block] {
            let slopes = day.supplies.iter().zip(&cut.slopes);
            let value = cut.base + slopes.map(|(s, a)| a * counts[s.cell as usize]).sum::<f64>();
            of_block[cut.block].push((value, cut));
        }
    }
    let best = |mut list: Vec<(f64, &Cut)>| {
        list.sort_by(|a, b| b.0.total_cmp(&a.0));
        list.into_iter().take(NEAR).map(|x| x.1.clone()).collect::<Vec<_>>()
    };
    of_block.into_iter().flat_map(best).collect()
}
