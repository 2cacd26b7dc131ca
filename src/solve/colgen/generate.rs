//! The column-generation loop: master, prices, lines and cuts until nothing improves.

use super::bound;
use super::central::{self, Inside};
use super::days::Days;
use super::master::{Cut, Duals, Master, price_of};
use super::pricing::{LinePrices, Pricing, Search, price_lines};
use crate::base::stop::StopCriterion;
use crate::intraday::program::{Depth, Estimate};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Relative gain of the bound below which its cuts are not sharpened once more.
const SHARPENED: f64 = 2e-4;

/// People up to whom a pricing of everybody brings so few lines that others are taken beside the cheapest ones, and
/// how many of a person: fewer people bring more.
const FEW: [(usize, usize); 2] = [(4, 12), (8, 6)];

/// How exact masters with the cuts of days are solved from the inside, as a share of the objective.
const DAYS_GAP: f64 = 5e-5;

/// How far to go.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    /// Rounds at most.
    pub rounds: usize,
    /// Labels kept per key in pricing, `None` for exact pricing.
    pub beam: Option<usize>,
    /// Stop when the bound is this close (relative) to the master's objective; 0 computes no bound.
    pub gap: f64,
    /// Weight of the smoothed duals of the round before (Wentges 1997).
    pub smoothing: f64,
    /// How the cuts of the days price handovers.
    pub estimate: Estimate,
    /// Whether the cuts are sharpened by what the bound finds, so that the objective of a master with relaxed cuts
    /// alone closes in on the best bound there is. Only without masks: such cuts hold for all rotas then.
    pub sharpen: bool,
    /// How far the days' part of the bound is searched.
    pub depth: Depth,
    /// Whether masters are solved by the interior point method where it suits.
    pub interior: bool,
    /// A solution that is bound to cost more is not followed further, with such masters.
    pub most: f64,
    /// An objective that is low enough, with such masters.
    pub enough: f64,
    /// Whether the tables of the pricings are fitted to what they need: where nothing runs beside this loop.
    pub learn: bool,
}

impl Default for Effort {
    /// No bound, exact pricing, no smoothing.
    fn default() -> Self {
        Self {
            rounds: 12,
            beam: None,
            gap: 0.0,
            smoothing: 0.0,
            estimate: Estimate::Guide,
            sharpen: false,
            depth: Depth { handovers: 80, operations: 0 },
            interior: false,
            most: f64::INFINITY,
            enough: f64::NEG_INFINITY,
            learn: false,
        }
    }
}

/// Where the loop ended.
#[derive(Debug)]
pub(super) struct Generated {
    /// Objective of the restricted master in true prices (without fixed people's lines).
    pub objective: f64,
    /// Best Lagrangian bound met, if any was computed.
    pub bound: Option<f64>,
    /// Weight of people for whom no allowed line was found.
    pub unassigned: f64,
    /// Whether the loop ended by itself: no line and no cut improves.
    pub converged: bool,
    /// People for whom no line exists at all under their mask (positions).
    pub stuck: Vec<usize>,
}

/// Runs the loop. New cuts are added to the master and to `cuts`.
pub(super) fn generate(
    master: &mut Master<'_, '_>,
    days: &mut Days,
    cuts: &mut Vec<Cut>,
    effort: Effort,
    stop: &StopCriterion,
) -> Generated {
    let mut out =
        Generated { objective: 0.0, bound: None, unassigned: 0.0, converged: false, stuck: Vec::new() };
    let spent = &master.model.spent;
    let mut center: Option<Duals> = None;
    let mut middle: Option<Vec<f64>> = None;
    let mut proof = None;
    let mut calm = 0;
    let has_days = master.model.days().next().is_some();
    let least = if has_days { DAYS_GAP } else { 0.0 };
    let mut closed = false;
    let mut inside = (effort.interior && central::suits(master)).then(Inside::default);
    for round in 0..effort.rounds {
        let pivots = master.lp.pivots();
        out.objective = spent.master.measure(|| match &inside {
            Some(inside) => master.solve_inside(inside.gap().max(least), stop),
            None => master.solve(stop),
        });
        out.unassigned = master.unassigned();
        if inside.is_some() && out.unassigned < 1e-6 && out.objective <= effort.enough {
            break;
        }
        stop.charge(10 * (master.lp.pivots() - pivots));
        let mut duals = master.duals();
        if master.whole() {
            bound::normalise(master.model, &mut duals);
        }
        let mut used = match &center {
            Some(c) if effort.smoothing > 0.0 && inside.is_none() && out.unassigned < 1e-6 => {
                duals.blended(c, effort.smoothing)
            }
            _ => duals.clone(),
        };
        used.round(master.model.grid);
        let mut priced = spent.pricing.measure(|| price_all(master, &used, &duals, effort, stop));
        if !priced.complete {
            break;
        }
        if !priced.stuck.is_empty() {
            out.stuck = priced.stuck;
            return out;
        }
        if let Some(inside) = &mut inside {
            // Such prices are worth a bound in every round: it says how exact the next solution has to be.
            if has_days {
                // The days would make it dear: what the lines found promise stands for it.
                let dual = master.middle.as_ref().map_or(f64::NEG_INFINITY, |m| m.dual);
                inside.see(out.objective, dual - priced.promised * master.model.scale);
            } else {
                let (depth, minima) = (effort.depth, &priced.minima);
                let found = bound::lagrangian(master.model, &used, minima, &master.masks, days, depth);
                inside.see(out.objective, found.value);
                out.bound = Some(inside.bound);
            }
            closed = inside.closed(out.objective, effort.gap);
            if (closed && !has_days) || inside.bound > effort.most {
                out.converged = closed;
                break;
            }
        }
        let counts = master.counts();
        let tolerance = inside.as_ref().map_or(1e-6, |i| (0.1 * i.gap()).clamp(1e-6, 1e-4));
        let (new_cuts, pivots) =
            spent.days.measure(|| separate(master, days, &counts, &mut middle, tolerance, effort));
        stop.charge(pivots);
        let added_rows = new_cuts.len() + master.separate_fairness();
        closed &= added_rows == 0;
        let want_bound = effort.gap > 0.0 && out.unassigned < 1e-6;
        if want_bound && !stop.out_of_time() {
            proof = Some((used.clone(), priced.minima.clone()));
        }
        // Day programs make the bound dear: once a call is enough there.
        let due =
            if master.model.days().next().is_none() { round % 4 == 3 } else { round + 1 == effort.rounds };
        if want_bound && due && !stop.reached() {
            let (depth, minima) = (effort.depth, &priced.minima);
            let found = spent
                .days
                .measure(|| bound::lagrangian(master.model, &used, minima, &master.masks, days, depth));
            stop.charge(found.pivots);
            let value = found.value;
            out.bound = Some(out.bound.map_or(value, |b: f64| b.max(value)));
            if out.objective - value <= effort.gap * out.objective.abs().max(1.0) {
                out.converged = true;
            }
        }
        for cut in new_cuts {
            master.add_cut(&cut);
            cuts.push(cut);
        }
        if priced.added == 0 && used.cell != duals.cell && (effort.smoothing > 0.0 || want_bound) {
            // Smoothed or rounded prices may find nothing where the true ones would.
            priced = spent.pricing.measure(|| price_all(master, &duals, &duals, effort, stop));
            if !priced.complete {
                return out;
            }
        }
        let mut sharpened = 0;
        if priced.added == 0 && added_rows == 0 && !stop.reached() {
            if want_bound && priced.complete {
                let (depth, minima) = (effort.depth, &priced.minima);
                let found = bound::lagrangian(master.model, &duals, minima, &master.masks, days, depth);
                stop.charge(found.pivots);
                let gained = out.bound.is_none_or(|b| found.value > b + SHARPENED * b.abs().max(1.0));
                out.bound = Some(out.bound.map_or(found.value, |b: f64| b.max(found.value)));
                if effort.sharpen && gained {
                    let sharper: Vec<Cut> =
                        found.cuts.into_iter().filter(|c| master.breaks(c, &counts)).collect();
                    sharpened = sharper.len();
                    sharper.iter().for_each(|c| master.add_cut(c));
                    cuts.extend(sharper);
                }
            }
            out.converged = sharpened == 0;
        }
        if closed && want_bound && !out.converged && !stop.out_of_time() {
            let (depth, minima) = (effort.depth, &priced.minima);
            let found = spent
                .days
                .measure(|| bound::lagrangian(master.model, &used, minima, &master.masks, days, depth));
            stop.charge(found.pivots);
            out.bound = Some(out.bound.map_or(found.value, |b: f64| b.max(found.value)));
        }
        out.converged |= closed;
        calm = if priced.added == 0 { calm + 1 } else { 0 };
        center = Some(used);
        if out.converged || calm >= 25 || stop.reached() {
            break;
        }
    }
    // Cut off by a limit: the last prices of a solved master prove something too.
    if let Some((prices, minima)) = proof.filter(|_| !out.converged && stop.reached() && !stop.expired()) {
        let found = bound::lagrangian(master.model, &prices, &minima, &master.masks, days, effort.depth);
        stop.charge(found.pivots);
        out.bound = Some(out.bound.map_or(found.value, |b: f64| b.max(found.value)));
    }
    out
}

/// Cuts of the day blocks that the master's solution breaks. With smoothing they are first sought half-way to
/// the middle of the solutions before, where they are deeper (Ben-Ameur and Neto, Networks 49, 2007).
fn separate(
    master: &Master<'_, '_>,
    days: &mut Days,
    counts: &[f64],
    middle: &mut Option<Vec<f64>>,
    tolerance: f64,
    effort: Effort,
) -> (Vec<Cut>, u64) {
    let theta = |b| master.theta(b);
    if effort.smoothing == 0.0 || master.model.days().next().is_none() {
        return days.cuts(counts, theta, tolerance, effort.estimate);
    }
    let Some(old) = middle.take() else {
        *middle = Some(counts.to_vec());
        return days.cuts(counts, theta, tolerance, effort.estimate);
    };
    let point: Vec<f64> = counts.iter().zip(&old).map(|(n, m)| 0.5 * (n + m)).collect();
    let (mut cuts, mut pivots) = days.cuts(&point, |_| f64::NEG_INFINITY, 1e-6, effort.estimate);
    cuts.retain(|c| master.breaks(c, counts));
    let (more, extra) = days.cuts(counts, theta, tolerance, effort.estimate);
    pivots += extra;
    let found: Vec<bool> = {
        let mut found = vec![false; master.model.problem.blocks.len()];
        cuts.iter().for_each(|c| found[c.block] = true);
        found
    };
    cuts.extend(more.into_iter().filter(|c| !found[c.block]));
    *middle = Some(point);
    (cuts, pivots)
}

/// What a pricing of everybody brought.
struct Priced {
    /// New columns.
    added: usize,
    /// Price of each person's cheapest line.
    minima: Vec<f64>,
    /// What the new columns could save together, in scaled units.
    promised: f64,
    /// People without any line (positions).
    stuck: Vec<usize>,
    /// Whether the clock let every pricing end.
    complete: bool,
}

/// Prices every free person at `used`, adds what improves at `duals`.
fn price_all(
    master: &mut Master<'_, '_>,
    used: &Duals,
    duals: &Duals,
    effort: Effort,
    stop: &StopCriterion,
) -> Priced {
    struct Task {
        prices: LinePrices,
        known: f64,
    }
    let view: &Master<'_, '_> = master;
    let team = view.model.problem.people.len();
    let more = FEW.iter().find(|few| team <= few.0).map_or(0, |few| few.1);
    let slots: Vec<usize> = (0..view.people.len()).collect();
    let tasks: Vec<Task> = slots
        .par_iter()
        .map(|&i| {
            let prices = view.prices(i, used);
            let known = view.cheapest_known(i, &prices);
            Task { prices, known }
        })
        .collect();
    // Equal people at equal prices are priced once.
    let mut first_of: FxHashMap<(u32, u64), usize> = FxHashMap::default();
    let same: Vec<usize> = tasks
        .iter()
        .enumerate()
        .map(|(i, t)| {
            let class = view.model.problem.people[view.people[i]].class;
            let mut hash = t.prices.weekend.to_bits();
            for p in t.prices.option.iter().flatten() {
                hash = (hash.rotate_left(5) ^ p.to_bits()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            }
            *first_of.entry((class, hash)).or_insert(i)
        })
        .collect();
    let leaders: Vec<usize> = slots.iter().copied().filter(|&i| same[i] == i).collect();
    let priced: Vec<(usize, Pricing)> = leaders
        .par_iter()
        .map(|&i| {
            let machine = &view.model.machines[view.people[i]];
            // All people of a leader share prices; the dearest of their known lines is the one to beat.
            let limit = slots
                .iter()
                .filter(|&&j| same[j] == i)
                .map(|&j| tasks[j].known)
                .fold(f64::NEG_INFINITY, f64::max);
            let how =
                Search { limit: limit - 1e-7, beam: effort.beam, tolls: &view.tolls[i], stop: Some(stop) };
            (i, price_lines(machine, &tasks[i].prices, how, more))
        })
        .collect();
    stop.charge(priced.iter().map(|p| p.1.labels).sum());
    if effort.learn {
        priced.iter().for_each(|(i, p)| view.model.machines[view.people[*i]].learn(p.tables));
    }
    let complete = priced.iter().all(|p| p.1.complete);
    let by_leader: FxHashMap<usize, &Pricing> = priced.iter().map(|p| (p.0, &p.1)).collect();
    let mut minima = Vec::new();
    let mut stuck = Vec::new();
    let mut fresh = Vec::new();
    let mut promised = 0.0;
    for i in slots {
        let pricing = by_leader[&same[i]];
        let line = pricing.line.as_ref();
        if line.is_none() && tasks[i].known == f64::INFINITY {
            stuck.push(i);
        }
        minima.push(pricing.least.min(tasks[i].known));
        let Some(line) = line.filter(|line| line.price < tasks[i].known - 1e-7) else { continue };
        let prices = view.prices(i, duals);
        for choice in std::iter::once(&line.choice).chain(&pricing.more) {
            let Some(column) = view.model.column(view.people[i], choice) else { continue };
            let mut reduced = price_of(view.model, &prices, &column) - duals.convexity[i];
            if let Some(aims) = &view.aims {
                reduced += aims.price(view.model, &column) - aims.linear(view.model, &column);
            }
            if reduced < -1e-7 {
                promised -= reduced * view.stands_for[i];
                fresh.push(column);
            }
        }
    }
    let tolls: Vec<_> = priced.into_iter().map(|(i, p)| (i, p.tolls)).collect();
    tolls.into_iter().for_each(|(i, tolls)| master.tolls[i] = tolls);
    let added = fresh.into_iter().filter(|c| master.add_column(c.clone())).count();
    Priced { added, minima, promised, stuck, complete }
}
