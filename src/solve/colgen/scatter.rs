//! The first rota of a long horizon: some line for everybody, spread by demand and chance. Windows do the rest.

use super::model::{Column, Model};
use super::pricing::{LinePrices, Search, price_line};
use super::tolls;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::Block;
use rayon::prelude::*;

/// Labels kept per key.
const BEAM: usize = 8;
/// What a place on a day of average demand is worth, and how far chance moves it, in scaled units.
const WORTH: f64 = 20.0;
const CHANCE: f64 = 20.0;

/// A line for everybody; `None` when somebody finds none at once.
pub(super) fn scatter(model: &Model<'_>, random: &mut Random, stop: &StopCriterion) -> Option<Vec<Column>> {
    let problem = model.problem;
    let worth = worth(model);
    let seeds: Vec<u64> = problem.people.iter().map(|_| random.bits()).collect();
    let lines: Vec<Option<Column>> = problem
        .people
        .par_iter()
        .zip(seeds)
        .enumerate()
        .map(|(p, (line, seed))| {
            let mut random = Random::new(seed);
            let mut price = |o: &crate::problem::DayOption| {
                let place = o.cell.map_or(0.0, |c| worth[c as usize]);
                o.cost as f64 / model.scale - place - CHANCE * random.unit()
            };
            let option = line.options.iter().map(|list| list.iter().map(&mut price).collect()).collect();
            let prices = LinePrices { option, weekend: 0.0, scale: model.scale };
            let tolls = tolls::none(line);
            let how = Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: &tolls, stop: Some(stop) };
            let found = price_line(&model.machines[p], &prices, how);
            stop.charge(found.labels);
            model.column(p, &found.line?.choice)
        })
        .collect();
    lines.into_iter().collect()
}

/// What a place in each cell is worth: people required by those who could work there.
fn worth(model: &Model<'_>) -> Vec<f64> {
    let mut share = vec![0.0; model.problem.cells];
    for block in &model.problem.blocks {
        if let Block::HeadCount { cell, required, .. } = *block {
            share[cell as usize] = required as f64 / model.most[cell as usize].max(1.0);
        }
    }
    let mean = share.iter().sum::<f64>() / share.len().max(1) as f64;
    share.iter().map(|s| WORTH * s / mean.max(1e-9)).collect()
}
