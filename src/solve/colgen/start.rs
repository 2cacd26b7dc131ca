//! The first rota: sequential best response. Person after person takes the line that the pricing program finds
//! best against what the others leave open; the benefit of covering is smoothed at first and exact at the end.

use super::days::Days;
use super::master::{Duals, line_prices};
use super::model::{Column, Model};
use super::pricing::{Search, price_line};
use super::tolls::{self, Tolls};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::intraday::program::Estimate;
use crate::problem::Block;

/// Labels kept per key while building the first rota, and how many where that finds no line for somebody; at last
/// all are kept.
const BEAM: usize = 8;
const WIDER: [Option<usize>; 3] = [Some(64), Some(512), None];

/// A line for everybody, and the lines met on the way. `None` for the people who have no line at all (their
/// numbers).
pub(super) fn start(
    model: &Model<'_>,
    days: &mut Days,
    passes: usize,
    random: &mut Random,
    stop: &StopCriterion,
) -> Result<(Vec<Column>, Vec<Column>), Vec<usize>> {
    let problem = model.problem;
    let people = problem.people.len();
    let mut lines: Vec<Option<Column>> = vec![None; people];
    let mut met = Vec::new();
    let mut nobody = Vec::new();
    let mut counts = vec![0.0; problem.cells];
    let mut duty = vec![0.0; problem.duty_rows.len()];
    let mut order: Vec<usize> = (0..people).collect();
    let mut tolls: Vec<Tolls> = problem.people.iter().map(tolls::none).collect();
    let has_days = model.days().next().is_some();
    'passes: for pass in 0..passes {
        random.shuffle(&mut order);
        let q = if passes > 1 { 0.9 * (1.0 - pass as f64 / (passes - 1) as f64) } else { 0.0 };
        let group = if has_days { people.div_ceil(8).max(1) } else { 1 };
        for chunk in order.chunks(group) {
            for &p in chunk {
                if let Some(old) = &lines[p] {
                    shift_counts(old, -1.0, &mut counts, &mut duty);
                }
            }
            let assigned = lines.iter().flatten().count().max(1) as f64;
            let stretch = if pass == 0 { people as f64 / (assigned + chunk.len() as f64) } else { 1.0 };
            let duals = responses(model, days, &counts, &duty, q, stretch, chunk.len() as f64);
            for &p in chunk {
                let mut prices = line_prices(model, p, &duals, None);
                // A head count once filled by somebody of this group is worth less to the next one.
                if has_days {
                    for option in prices.option.iter_mut().flatten() {
                        *option *= 1.0 + 0.02 * (random.unit() - 0.5);
                    }
                }
                // The first pass has to find a line for everybody; later ones only improve.
                let clock = (pass > 0).then_some(stop);
                let machine = &model.machines[p];
                let how = Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: &tolls[p], stop: clock };
                let mut result = price_line(machine, &prices, how);
                stop.charge(result.labels);
                machine.learn(result.tables);
                if pass > 0 && (!result.complete || stop.reached()) {
                    break 'passes;
                }
                for beam in WIDER {
                    if result.line.is_none() {
                        let how = Search { beam, tolls: &result.tolls, stop: Some(stop), ..how };
                        result = price_line(machine, &prices, how);
                        stop.charge(result.labels);
                        if !result.complete {
                            break 'passes;
                        }
                    }
                }
                tolls[p] = result.tolls;
                if result.line.is_none() && result.least < f64::INFINITY {
                    break 'passes;
                }
                let Some(column) = result.line.and_then(|l| model.column(p, &l.choice)) else {
                    nobody.push(p);
                    continue;
                };
                shift_counts(&column, 1.0, &mut counts, &mut duty);
                met.push(column.clone());
                lines[p] = Some(column);
            }
        }
        if !nobody.is_empty() {
            nobody.sort_unstable();
            return Err(nobody);
        }
        if stop.reached() {
            break;
        }
    }
    Ok((lines.into_iter().flatten().collect(), met))
}

fn shift_counts(column: &Column, by: f64, counts: &mut [f64], duty: &mut [f64]) {
    for &c in &column.cells {
        counts[c as usize] += by;
    }
    for &(r, n) in &column.duties {
        duty[r as usize] += by * n;
    }
}

/// What one more person is worth in each cell and duty row.
fn responses(
    model: &Model<'_>,
    days: &mut Days,
    counts: &[f64],
    duty: &[f64],
    q: f64,
    stretch: f64,
    group: f64,
) -> Duals {
    let problem = model.problem;
    let mut cell = vec![0.0; problem.cells];
    for block in &problem.blocks {
        if let Block::HeadCount { cell: c, required, under, over } = *block {
            let c = c as usize;
            let open = required as f64 - counts[c];
            cell[c] = if open > 0.0 {
                under as f64 * (1.0 - q + q * open / required as f64) / model.scale
            } else {
                -(over as f64) / model.scale
            };
        }
    }
    let at: Vec<f64> = counts.iter().map(|n| n * stretch).collect();
    let lift = group.min(2.0) * 0.5;
    let lifted: Vec<f64> = at.iter().zip(&model.most).map(|(n, m)| (n + lift * 0.1).min(*m)).collect();
    days.expect(&lifted);
    for (block, value) in days.values(&lifted, Estimate::Guide) {
        if let Block::Day(day) = &problem.blocks[block] {
            for (supply, slope) in day.supplies.iter().zip(value.slopes) {
                cell[supply.cell as usize] = -slope / model.scale;
            }
        }
    }
    let duty = problem
        .duty_rows
        .iter()
        .zip(duty)
        .map(|(row, &n)| {
            let price = row.price.map_or(super::master::HARD_ROW, |p| p as f64 / model.scale);
            if n < row.low as f64 {
                price
            } else if row.high < i64::MAX && n >= row.high as f64 {
                -price
            } else {
                0.0
            }
        })
        .collect();
    Duals { cell, duty, fair: vec![Vec::new(); problem.fairness.len()], convexity: Vec::new() }
}
