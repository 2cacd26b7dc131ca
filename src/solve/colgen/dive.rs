//! Diving: from a fractional solution to a rota by fixing cells (person, day, option), not columns.

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
    /// Cells fixed in a step at most, whatever their share.
    pub most: usize,
    /// Days before which cells may be fixed.
    pub before: usize,
    /// A dive that cannot end below this is given up: an objective of the master.
    pub cutoff: f64,
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
            most: usize::MAX,
            before: usize::MAX,
            cutoff: f64::INFINITY,
        }
    }
}

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
    let DiveSettings { rounds, beam, .. } = settings;
    let effort = Effort { rounds, beam, ..Effort::default() };
    for _ in 0..40 + 4 * master.people.len() {
        let weights = master.weights();
        if let Some(columns) = integral(master, &weights) {
            return Some(columns);
        }
        if stop.reached() {
            break;
        }
        fix_cells(master, &weights, settings, random);
        master.apply_masks();
        let result = generate(master, days, cuts, effort, stop);
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

/// The columns of a solution in which everybody has one line.
pub(super) fn integral(master: &Master<'_, '_>, weights: &[(usize, f64)]) -> Option<Vec<Column>> {
    let mut chosen = vec![None; master.people.len()];
    for &(c, v) in weights {
        if v > 1.0 - 1e-6 {
            chosen[master.slot(master.columns[c].person)] = Some(c);
        }
    }
    chosen.into_iter().map(|c| c.map(|c| master.columns[c].clone())).collect()
}

/// Fixes cells; returns those that were not certain: free person, day and option.
pub(super) fn fix_cells(
    master: &mut Master<'_, '_>,
    weights: &[(usize, f64)],
    settings: DiveSettings,
    random: &mut Random,
) -> Vec<(usize, usize, usize)> {
    let problem = master.model.problem;
    let mut by_person: Vec<Vec<(usize, f64)>> = vec![Vec::new(); master.people.len()];
    for &(c, v) in weights {
        by_person[master.slot(master.columns[c].person)].push((c, v));
    }
    let mut cells: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut open = 0;
    for (i, columns) in by_person.iter().enumerate() {
        let line = &problem.people[master.people[i]];
        for d in 0..problem.days.min(settings.before) {
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
    let quota = ((open as f64 * settings.share) as usize).min(settings.most).max(1);
    let likely = if master.middle.is_some() { 0.5 * settings.likely } else { settings.likely };
    let mut uncertain = Vec::new();
    let first = cells.iter().map(|c| (c.1, c.2, c.3)).find(|c| !master.masks[c.0].fixed(c.1));
    let mut any = false;
    let mut mass: Vec<f64> = by_person.iter().map(|c| c.iter().map(|w| w.1).sum()).collect();
    for (v, i, d, o) in cells {
        if master.masks[i].fixed(d) {
            continue;
        }
        if v < settings.certain && !uncertain.is_empty() && (uncertain.len() >= quota || v < likely) {
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
            uncertain.push((i, d, o));
        }
        mass[i] = left;
        any = true;
        master.masks[i].fix(d, o);
    }
    if let (false, Some((i, d, o))) = (any, first) {
        // Whatever is fixed leaves its person little weight.
        uncertain.push((i, d, o));
        master.masks[i].fix(d, o);
    }
    uncertain
}

/// Gives everybody without an integral line the best one that is known or can be found.
pub(super) fn finish(master: &mut Master<'_, '_>) -> Option<Vec<Column>> {
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
