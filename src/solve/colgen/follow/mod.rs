//! A rota of a large team that follows the head counts of its linear program.
//!
//! The linear program tells how many people each cell should have and shares everybody out among some lines. First one
//! person after the other takes one of these lines, the one after which counts are nearest to the goal. Then everybody in
//! turn answers to prices that bend around it: the price of the linear program, and a quadratic term for the distance (a
//! proximal term: Rockafellar, SIAM Journal on Control and Optimization 14, 1976), which weighs more from pass to pass.
//! Whatever is taken lowers the sum of both, so that answers of many people at once do no harm. Among thousands of people
//! some line nearly always leads there, where a dive would have to solve the linear program again for each part of them.
//!
//! People who are compared with each other answer together as well: fairness costs by the largest and the smallest count of
//! each term, so it takes several to change it.

mod answer;
mod state;
mod team;

use super::master::{Master, line_prices};
use super::model::{Column, Model};
use super::pricing::{Search, price_line};
use super::ranges::Ranges;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use rayon::prelude::*;
use state::{Goal, State};
use team::Team;

/// People by whom a cell may miss its goal before the distance weighs as much as a person is worth, pass by pass.
const REACH: [f64; 8] = [16.0, 8.0, 4.0, 2.0, 1.0, 1.0, 0.5, 0.5];
/// People who answer side by side; fixed, so that the number of threads decides nothing.
const ABREAST: usize = 16;
/// Labels kept per key.
const BEAM: usize = 8;
/// Share of a fairness term's weight that a count outside its band costs: only who stands at an end pays in truth.
const FAIR: f64 = 0.25;
/// People compared with each other up to whom they answer together, and teams who answer side by side.
const TEAM: usize = 60;
const TEAMS: usize = 4;
/// Times that teams answer in a pass, and the share of the limits that all passes may take for it.
const ROUNDS: usize = 6;
const SHARE: f64 = 0.2;

/// A line for everybody, in the order of people, from the solution of a master in which all of them are free. `groups`: people
/// whom fairness compares. `None` where somebody has no line.
pub(in crate::solve::colgen) fn follow(
    master: &Master<'_, '_>,
    groups: &[Vec<usize>],
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Column>> {
    let model = master.model;
    let begun = stop.used();
    let duals = master.duals();
    let total: f64 = duals.cell.iter().map(|d| d.abs()).sum();
    let mean = total / duals.cell.iter().filter(|d| **d != 0.0).count().max(1) as f64;
    let toll: Vec<Vec<f64>> = (0..model.problem.people.len())
        .map(|p| {
            let of = |f: u32| duals.fair[f as usize].iter().find(|m| m.0 == p).map_or(0.0, |m| -(m.1 + m.2));
            model.fair[p].iter().map(|h| of(h.0)).collect()
        })
        .collect();
    let priced = toll.iter().flatten().any(|t| *t != 0.0);
    let counts = master.counts();
    let mut state = State {
        model,
        counts: counts.clone(),
        goal: Goal { counts, worth: duals.cell },
        duty: vec![0.0; model.problem.duty_rows.len()],
        bands: Ranges::default(),
        toll,
        bend: mean / REACH[0],
    };
    let mut rota = round(master, &mut state, random)?;
    if priced {
        state.bands = Ranges::around(model, master.ranges(), |_| FAIR);
    }
    let mut tolls = master.tolls.clone();
    let mut order: Vec<usize> = (0..rota.len()).collect();
    let mut teams: Vec<Team> =
        groups.iter().filter(|g| g.len() <= TEAM).map(|g| Team::new(model, g.clone())).collect();
    let mut known: Vec<Vec<Column>> = vec![Vec::new(); rota.len()];
    for (c, _) in master.weights() {
        let column = &master.columns[c];
        known[column.person].push(column.clone());
    }
    for (pass, reach) in REACH.into_iter().enumerate() {
        state.bend = mean / reach;
        if !priced {
            state.bands = Ranges::around(model, means(model, rota.iter().map(|c| (c, 1.0))), |_| FAIR);
        }
        random.shuffle(&mut order);
        for chunk in order.chunks(ABREAST) {
            if stop.reached() {
                return Some(rota);
            }
            let answers: Vec<_> = chunk
                .par_iter()
                .map(|&p| {
                    let prices = line_prices(model, p, &state.prices(&rota[p]), None);
                    let how =
                        Search { limit: f64::INFINITY, beam: Some(BEAM), tolls: &tolls[p], stop: Some(stop) };
                    let found = price_line(&model.machines[p], &prices, how);
                    let line = found.line.and_then(|line| model.column(p, &line.choice));
                    (line, found.tolls, found.labels)
                })
                .collect();
            for (&p, (line, toll, labels)) in chunk.iter().zip(answers) {
                stop.charge(labels);
                tolls[p] = toll;
                let Some(line) = line else { continue };
                if state.exchange(&rota[p], &line) {
                    rota[p] = line;
                }
            }
        }
        let until = begun + SHARE * (pass + 1) as f64 / REACH.len() as f64;
        for _ in 0..ROUNDS {
            if stop.used() >= until {
                break;
            }
            random.shuffle(&mut teams);
            for chunk in teams.chunks(TEAMS) {
                if stop.reached() {
                    return Some(rota);
                }
                let seed = random.bits();
                let answers: Vec<_> = chunk
                    .par_iter()
                    .map(|team| state.answer(team, &rota, &known, &tolls, seed, stop))
                    .collect();
                for answer in answers {
                    stop.charge(answer.labels);
                    answer.fresh.into_iter().for_each(|line| answer::remember(&mut known, line));
                    state.exchange_all(&mut rota, answer.lines, answer.saved);
                }
            }
        }
    }
    Some(rota)
}

/// Gives everybody one of the lines that the master's solution gives weight to.
fn round(master: &Master<'_, '_>, state: &mut State<'_, '_>, random: &mut Random) -> Option<Vec<Column>> {
    let mut lines: Vec<Vec<(&Column, f64)>> = vec![Vec::new(); master.people.len()];
    for (c, weight) in master.weights() {
        let column = &master.columns[c];
        lines[column.person].push((column, weight));
    }
    let means = means(master.model, lines.iter().flatten().copied());
    state.bands = Ranges::around(master.model, means, |_| FAIR);
    for (column, weight) in lines.iter().flatten() {
        column.duties.iter().for_each(|&(r, n)| state.duty[r as usize] += weight * n);
    }
    let mut order: Vec<usize> = (0..lines.len()).collect();
    random.shuffle(&mut order);
    let mut rota: Vec<Option<Column>> = vec![None; lines.len()];
    for p in order {
        lines[p].iter().for_each(|&(column, weight)| state.shift(column, -weight));
        let mut best: Option<(f64, &Column)> = None;
        for &(column, _) in &lines[p] {
            let price = state.taking(column);
            if best.is_none_or(|b| price < b.0) {
                best = Some((price, column));
            }
        }
        let column = best.map(|b| b.1.clone()).or_else(|| master.known_lines(p).next().cloned())?;
        state.shift(&column, 1.0);
        rota[p] = Some(column);
    }
    rota.into_iter().collect()
}

/// By fairness term the mean count of some lines.
fn means<'c>(model: &Model<'_>, lines: impl Iterator<Item = (&'c Column, f64)>) -> Vec<(f64, f64)> {
    let mut sums = vec![(0.0, 0.0); model.problem.fairness.len()];
    for (column, weight) in lines {
        for (&(f, history), &(_, own)) in model.fair[column.person].iter().zip(&column.fair) {
            let sum = &mut sums[f as usize];
            *sum = (sum.0 + weight * (history + own), sum.1 + weight);
        }
    }
    let mean = |(sum, people): (f64, f64)| sum / f64::max(people, 1.0);
    sums.into_iter().map(|sum| (mean(sum), mean(sum))).collect()
}
