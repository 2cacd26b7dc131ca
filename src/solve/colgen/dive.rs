//! Diving: from a fractional solution to a rota by fixing cells (person, day, option), not columns.

use super::central::Middle;
use super::days::Days;
use super::generate::{Effort, generate};
use super::master::{Cut, Mask, Master};
use super::model::Column;
use super::pricing::{Search, price_line};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;

/// Settings of a dive.
#[derive(Clone, Copy)]
pub(super) struct DiveSettings {
    /// Cells at least this certain are fixed at once.
    pub certain: f64,
    /// Others from here on may be fixed, best first.
    pub likely: f64,
    /// Share of the open cells fixed in a step at most.
    pub share: f64,
    /// Rounds of column generation a step.
    pub rounds: usize,
    /// Labels kept per key.
    pub beam: Option<usize>,
    /// Noise on the certainty of a cell, to make dives differ.
    pub noise: f64,
    /// A dive that cannot end below this is given up: an objective of the master.
    pub cutoff: f64,
    /// Whether its masters are solved by the interior point method where it suits.
    pub interior: bool,
}

impl Default for DiveSettings {
    fn default() -> Self {
        Self {
            certain: 0.995,
            likely: 0.7,
            share: 0.1,
            rounds: 8,
            beam: None,
            noise: 0.0,
            cutoff: f64::INFINITY,
            interior: false,
        }
    }
}

/// Share of the open cells fixed in a step where weights are those of the middle of the best solutions.
const CENTRAL: f64 = 0.06;
/// Share of the objective that such a step may lose: otherwise it is taken back and fewer cells are fixed.
const LOSS: f64 = 1e-3;

/// Dives from the master's current solution. The masks are left as the dive set them. Always ends with a line
/// for every free person, unless somebody has none at all or the dive leads above the cutoff.
pub(super) fn dive(
    master: &mut Master<'_, '_>,
    days: &mut Days,
    cuts: &mut Vec<Cut>,
    settings: DiveSettings,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Column>> {
    let DiveSettings { rounds, beam, interior, .. } = settings;
    let effort = Effort { rounds, beam, interior, ..Effort::default() };
    let central = master.middle.is_some();
    let limit = (40 + 4 * master.people.len()) * if central { 2 } else { 1 };
    let most_at_once = if central { CENTRAL } else { settings.share };
    let mut share = most_at_once;
    for _ in 0..limit {
        let weights = master.weights();
        if let Some(columns) = integral(master, &weights) {
            return Some(columns);
        }
        if stop.reached() {
            break;
        }
        let before = master.middle.clone().map(|middle| (middle, master.masks.clone()));
        let fixed = fix_cells(master, &weights, DiveSettings { share, ..settings }, random);
        master.apply_masks();
        let may_cost = |middle: &Middle| middle.objective + LOSS * middle.objective.abs() + 0.5;
        let most = before.as_ref().map_or(f64::INFINITY, |b| may_cost(&b.0));
        let result = generate(master, days, cuts, Effort { most, ..effort }, stop);
        if let Some((middle, masks)) = before {
            let worse = !result.stuck.is_empty() || result.objective > most;
            if worse && fixed > 1 && !stop.reached() {
                // Fewer cells at once, from where it stood.
                master.masks = masks;
                master.apply_masks();
                master.middle = Some(middle);
                share = 0.5 * share.min(fixed as f64 / open_cells(master) as f64);
                continue;
            }
            share = (share * 1.4).min(most_at_once);
        }
        for &i in &result.stuck {
            // The fixings of this person contradict each other: start over with them.
            master.masks[i] = Mask::all(&master.model.problem.people[master.people[i]].options);
        }
        let mut objective = result.objective;
        if !result.stuck.is_empty() {
            master.apply_masks();
            objective = generate(master, days, cuts, effort, stop).objective;
        }
        if objective >= settings.cutoff {
            return None;
        }
    }
    finish(master)
}

/// Days of free people that are not fixed.
fn open_cells(master: &Master<'_, '_>) -> usize {
    let days = master.model.problem.days;
    master.masks.iter().map(|mask| (0..days).filter(|&d| !mask.fixed(d)).count()).sum::<usize>().max(1)
}

/// The columns of a solution in which everybody has one line.
fn integral(master: &Master<'_, '_>, weights: &[(usize, f64)]) -> Option<Vec<Column>> {
    let mut chosen = vec![None; master.people.len()];
    for &(c, v) in weights {
        if v > 1.0 - 1e-6 {
            chosen[master.slot(master.columns[c].person)] = Some(c);
        }
    }
    chosen.into_iter().map(|c| c.map(|c| master.columns[c].clone())).collect()
}

/// Fixes cells; returns how many of them were not certain.
fn fix_cells(
    master: &mut Master<'_, '_>,
    weights: &[(usize, f64)],
    settings: DiveSettings,
    random: &mut Random,
) -> usize {
    let problem = master.model.problem;
    let mut by_person: Vec<Vec<(usize, f64)>> = vec![Vec::new(); master.people.len()];
    for &(c, v) in weights {
        by_person[master.slot(master.columns[c].person)].push((c, v));
    }
    let mut cells: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut open = 0;
    for (i, columns) in by_person.iter().enumerate() {
        let line = &problem.people[master.people[i]];
        for d in 0..problem.days {
            if master.masks[i].fixed(d) {
                continue;
            }
            open += 1;
            let mut mass = vec![0.0; line.options[d].len()];
            for &(c, v) in columns {
                mass[usize::from(master.columns[c].choice[d])] += v;
            }
            for (o, &v) in mass.iter().enumerate() {
                if v > 0.01 {
                    let noisy =
                        v - settings.noise * random.unit() * if v < settings.certain { 1.0 } else { 0.0 };
                    cells.push((noisy, i, d, o));
                }
            }
        }
    }
    cells.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2, a.3).cmp(&(b.1, b.2, b.3))));
    let quota = ((open as f64 * settings.share) as usize).max(1);
    let likely = if master.middle.is_some() { settings.likely * 0.5 } else { settings.likely };
    let mut uncertain = 0;
    let mut mass: Vec<f64> = by_person.iter().map(|c| c.iter().map(|w| w.1).sum()).collect();
    for (v, i, d, o) in cells {
        if master.masks[i].fixed(d) {
            continue;
        }
        if v < settings.certain && uncertain > 0 && (uncertain >= quota || v < likely) {
            break;
        }
        let left: f64 = by_person[i]
            .iter()
            .filter(|&&(c, _)| {
                let choice = &master.columns[c].choice;
                usize::from(choice[d]) == o && master.masks[i].admits(choice)
            })
            .map(|w| w.1)
            .sum();
        if left < 0.25 && mass[i] >= 0.25 {
            continue;
        }
        if v < settings.certain {
            uncertain += 1;
        }
        mass[i] = left;
        master.masks[i].fix(d, o);
    }
    uncertain
}

/// Gives everybody without an integral line the best one that is known or can be found.
fn finish(master: &mut Master<'_, '_>) -> Option<Vec<Column>> {
    let weights = master.weights();
    let mut best: Vec<Option<(f64, usize)>> = vec![None; master.people.len()];
    for &(c, v) in &weights {
        let slot = master.slot(master.columns[c].person);
        if best[slot].is_none_or(|b| v > b.0) {
            best[slot] = Some((v, c));
        }
    }
    let duals = master.duals();
    (0..master.people.len())
        .map(|i| match best[i] {
            Some((_, c)) => Some(master.columns[c].clone()),
            None => {
                // Out of time, or nothing allowed has weight: any line will do, a known one at once.
                if let Some(column) = master.known_line(i) {
                    return Some(column.clone());
                }
                let machine = &master.model.machines[master.people[i]];
                let prices = super::master::line_prices(master.model, master.people[i], &duals, None);
                let how = Search { limit: f64::INFINITY, beam: None, tolls: &master.tolls[i], stop: None };
                let line = price_line(machine, &prices, how).line?;
                master.model.column(master.people[i], &line.choice)
            }
        })
        .collect()
}
