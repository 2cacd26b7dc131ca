//! The pricing problem: the cheapest line of work of a person at given prices.
//!
//! Tables over the state ([`super::tables`]) give the price of the best completion as far as they know all limits.
//! Limits that would make them too large are priced instead: a toll on what counts against them, raised where the
//! best line of the tables passes a limit (Lagrangian relaxation of the resources; Handler and Zang, A dual
//! algorithm for the constrained shortest path problem, Networks 10, 1980). What gap is left, labels close
//! ([`super::labels`]).

use super::dense::Dense;
use super::labels::{Completion, View, search};
use super::line::LineMachine;
use super::tables::Tables;
use super::tolls::{Tolls, credit, missed, raised, slopes, sums, tolled};
use crate::base::stop::StopCriterion;

/// Tables filled in search of better tolls, at most, and in search of a line that keeps all limits.
const ROUNDS: usize = 6;
const REPAIRS: usize = 24;
/// Labels extended on the largest tables before the best line so far is taken for the cheapest.
const LAST: u64 = 4_000_000;

/// Prices a line is measured at.
#[derive(Clone)]
pub(super) struct LinePrices {
    /// `option[day][o]`: price of the option, own cost included; infinite when it is not allowed.
    pub option: Vec<Vec<f64>>,
    /// Price of each weekend counted.
    pub weekend: f64,
    /// The line's own prices (automata, sums, overtime) are divided by this.
    pub scale: f64,
}

/// A line found.
#[derive(Clone)]
pub(super) struct PricedLine {
    /// Price at the given prices.
    pub price: f64,
    /// Options by day.
    pub choice: Vec<u16>,
}

/// What a pricing returned.
pub(super) struct Pricing {
    /// A line below the limit, if one was found.
    pub line: Option<PricedLine>,
    /// Others that keep all limits.
    pub more: Vec<Vec<u16>>,
    /// No line below the limit is cheaper than this; infinite when there is none at all.
    pub least: f64,
    /// Labels extended: the deterministic measure of work.
    pub labels: u64,
    /// Whether the search was carried to its end (the clock may cut it off): only then `least` bounds anything.
    pub complete: bool,
    /// The tables that were large enough ([`LineMachine::learn`]).
    pub tables: usize,
    /// Tolls to begin with next time.
    pub tolls: Tolls,
}

/// How a pricing is to be done.
#[derive(Clone, Copy)]
pub(super) struct Search<'s> {
    /// Only lines below this are wanted.
    pub limit: f64,
    /// Labels kept per key at most; the result is a heuristic one then.
    pub beam: Option<usize>,
    /// Tolls of the last pricing of this person, by resource.
    pub tolls: &'s Tolls,
    /// The clock.
    pub stop: Option<&'s StopCriterion>,
}

/// Finds the cheapest line with a price below the limit.
pub(super) fn price_line(machine: &LineMachine<'_>, prices: &LinePrices, how: Search<'_>) -> Pricing {
    price_lines(machine, prices, how, 0)
}

/// [`price_line`], with up to `more` good lines beside it where tables alone find it.
pub(super) fn price_lines(
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    how: Search<'_>,
    more: usize,
) -> Pricing {
    let mut spent = 0;
    let mut tolls = how.tolls.clone();
    let tables = machine.dense();
    let last = tables.len().saturating_sub(1);
    for (k, dense) in tables.iter().enumerate().skip(machine.first_tables()) {
        // The next tables know more limits: better to fill them than to extend as many labels.
        let most = if k < last { tables[k + 1].labels() } else { LAST };
        let found = price_with(dense, machine, prices, Search { tolls: &tolls, ..how }, (most, more));
        spent += found.labels;
        let enough = found.exact || (how.beam.is_some() && found.line.is_some());
        if k == last || enough || !found.complete {
            return Pricing {
                line: found.line,
                more: found.more,
                least: found.least,
                labels: spent,
                complete: found.complete,
                tables: k,
                tolls: found.tolls,
            };
        }
        tolls = found.tolls;
    }
    let plain = Completion::plain(prices, machine);
    let view = View { prices, tolled: prices, credit: 0.0, limit: how.limit };
    let found = search(machine, &plain, view, how.beam, how.stop, u64::MAX);
    let complete = found.complete;
    let cheapest = found.line.as_ref().map_or(how.limit, |l| l.price);
    let least = if how.beam.is_some() { f64::NEG_INFINITY } else { cheapest };
    Pricing {
        line: found.line,
        more: Vec::new(),
        least,
        labels: spent + found.labels,
        complete,
        tables: 0,
        tolls,
    }
}

/// What given tables brought.
struct Found {
    line: Option<PricedLine>,
    more: Vec<Vec<u16>>,
    least: f64,
    /// Labels extended, and tables filled as so many.
    labels: u64,
    complete: bool,
    /// Whether the line is the cheapest one, or there is none.
    exact: bool,
    tolls: Tolls,
}

/// [`price_line`] with given tables, extending at most about `most` labels, with `more` lines beside the cheapest.
fn price_with<'d>(
    dense: &'d Dense,
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    how: Search<'_>,
    (most, more): (u64, usize),
) -> Found {
    let mut found = Found {
        line: None,
        more: Vec::new(),
        least: f64::NEG_INFINITY,
        labels: 0,
        complete: true,
        exact: false,
        tolls: how.tolls.clone(),
    };
    let mut best: Option<(Tables<'d>, LinePrices, f64)> = None;
    let mut tolls = how.tolls.clone();
    let mut stride = 1.0;
    let rounds = if dense.omitted.is_empty() { 1 } else { ROUNDS };
    for _ in 0..rounds {
        let tried = Tried::new(dense, machine, prices, &tolls);
        found.labels += tried.work;
        let promised = tried.promised;
        let better = promised > found.least || best.is_none();
        if better {
            found.least = promised;
            found.tolls.clone_from(&tolls);
        }
        let line = found.offer(machine, prices, &tried, how.limit);
        let price = found.line.as_ref().map(|l| l.price);
        // The tables may promise too little, but never too much: what they promise is the bound.
        let close = |p: f64, slack: f64| p <= promised + slack + 1e-7 * (1.0 + promised.abs());
        if promised >= how.limit || price.is_some_and(|p| close(p, 0.0)) {
            found.exact = true;
            found.least = promised;
            if let Some(line) = line.filter(|_| more > 0 && promised < how.limit) {
                found.labels += (more * line.len()) as u64;
                found.more = tried.tables.beside(machine, &tried.tolled, &line, more);
                found.more.retain(|line| machine.price(line).is_some());
            }
            return found;
        }
        let settled = price.is_some_and(|p| close(p, tried.slack));
        let Some(line) = line else { break };
        let slopes = slopes(dense, &tolls, &sums(dense, machine.line, &line));
        if better {
            best = Some((tried.tables, tried.tolled, tried.credit));
        } else {
            stride *= 0.5;
        }
        if settled {
            break;
        }
        // What the best line is worth at most decides how far the tolls go (Polyak 1969).
        let target = [price.unwrap_or(f64::INFINITY), how.limit].into_iter().fold(f64::INFINITY, f64::min);
        let target = if target.is_finite() { target } else { promised + 5.0 + 0.02 * promised.abs() };
        match raised(dense, &tolls, &slopes, stride * (target - promised)) {
            Some(next) => tolls = next,
            None => break,
        }
    }
    if how.beam.is_some() {
        // Any good line will do: one that keeps all limits by tolls alone comes cheapest.
        if found.line.is_none() && most == LAST {
            repair(dense, machine, prices, how.limit, &mut found);
        }
        if found.line.is_some() {
            return found;
        }
    }
    let Some((tables, tolled, credit)) = best else { return found };
    let slack = tables.slack;
    let completion = Completion::Dense(dense, tables);
    let limit = found.line.as_ref().map_or(how.limit, |l| l.price.min(how.limit));
    let mut step = if how.beam.is_some() { f64::INFINITY } else { slack + 1e-7 * (1.0 + found.least.abs()) };
    let mut extended = 0;
    loop {
        let view = found.least + step;
        let widest = view >= limit || step > 1e6;
        let view = View { prices, tolled: &tolled, credit, limit: if widest { limit } else { view } };
        let result = search(machine, &completion, view, how.beam, how.stop, most - extended);
        found.labels += result.labels;
        extended += result.labels.min(most - extended);
        if !result.complete {
            found.complete = !result.timed_out;
            break;
        }
        if result.line.is_some() {
            found.line = result.line;
        }
        if how.beam.is_some() {
            return found;
        }
        if widest || found.line.as_ref().is_some_and(|l| l.price < view.limit) {
            found.exact = true;
            found.least = found.line.as_ref().map_or(limit, |l| l.price);
            return found;
        }
        step = 4.0 * step + 0.2;
    }
    if found.complete && found.line.is_none() && most == LAST {
        repair(dense, machine, prices, how.limit, &mut found);
    }
    found
}

impl Found {
    /// Takes the line that tables promise when it keeps all limits; returns it in any case.
    fn offer(
        &mut self,
        machine: &LineMachine<'_>,
        prices: &LinePrices,
        tried: &Tried<'_>,
        limit: f64,
    ) -> Option<Vec<u16>> {
        let line = tried.tables.trace(machine, &tried.tolled)?;
        if let Some(price) = machine.value(prices, &line)
            && price < limit
            && self.line.as_ref().is_none_or(|l| price < l.price)
        {
            self.line = Some(PricedLine { price, choice: line.clone() });
        }
        Some(line)
    }
}

/// Tables filled at given tolls.
pub(super) struct Tried<'d> {
    pub tables: Tables<'d>,
    pub tolled: LinePrices,
    credit: f64,
    /// No line is cheaper than this, as far as the tables hold all values that sums can have.
    pub promised: f64,
    /// By how much that may be too low for the tables' sake.
    pub slack: f64,
    /// Work done.
    pub work: u64,
}

impl<'d> Tried<'d> {
    pub(super) fn new(
        dense: &'d Dense,
        machine: &LineMachine<'_>,
        prices: &LinePrices,
        tolls: &Tolls,
    ) -> Self {
        let tolled = tolled(dense, machine.line, prices, tolls);
        let credit = credit(dense, tolls);
        let (tables, work) = Tables::new(dense, machine, &tolled);
        let promised = tables.at(machine.line, 0, dense.start(machine.line)) - credit;
        let slack = tables.slack;
        Self { tables, tolled, credit, promised, slack, work }
    }
}

/// Looks for any line that keeps all limits: tolls are raised until one does, then moved back half-way between
/// tolls that are enough and tolls that are not.
fn repair(dense: &Dense, machine: &LineMachine<'_>, prices: &LinePrices, limit: f64, found: &mut Found) {
    let mut low = found.tolls.clone();
    let mut high: Option<Tolls> = None;
    let mut stride = 30.0;
    let mut tolls = low.clone();
    for _ in 0..REPAIRS {
        let tried = Tried::new(dense, machine, prices, &tolls);
        found.labels += tried.work;
        found.least = found.least.max(tried.promised);
        let Some(line) = found.offer(machine, prices, &tried, limit) else { return };
        if machine.value(prices, &line).is_some() {
            high = Some(tolls.clone());
        } else {
            low.clone_from(&tolls);
        }
        if let Some(high) = &high {
            tolls = low.iter().zip(high).map(|(a, b)| 0.5 * (a + b)).collect();
            if low.iter().zip(high).all(|(a, b)| (a - b).abs() < 0.5) {
                return;
            }
            continue;
        }
        // The limit missed by most pays `stride` more; limits that are kept stay as they are.
        let missed = missed(dense, &sums(dense, machine.line, &line));
        let square: f64 = missed.iter().map(|e| e * e).sum();
        let largest = missed.iter().map(|e| e.abs()).fold(1.0, f64::max);
        match raised(dense, &tolls, &missed, stride / largest * square) {
            Some(next) => tolls = next,
            None => return,
        }
        stride *= 1.3;
    }
}
#[cfg(test)]
mod tests {
    use super::super::tolls;
    use super::*;
    use crate::base::random::Random;
    use crate::io::read::parse_instance;
    use crate::problem::{FillWindow, LineProblem, Overtime, OvertimeWindow, nrp24};

    /// A person of a small random instance; every other one with a week that fills up and a capped month.
    fn random_line(r: &mut Random) -> LineProblem {
        let shifts = 1 + r.below(3);
        let mut text = String::from("SECTION_HORIZON\n14\nSECTION_SHIFTS\n");
        let mut limits = Vec::new();
        for k in 0..shifts {
            let after = if k > 0 && r.below(2) == 0 { format!("s{}", r.below(k)) } else { String::new() };
            text += &format!("s{k},{},{after}\n", [480, 600, 480][r.below(3)]);
            limits.push(format!("s{k}={}", [14, 3, 0, 14][r.below(4)]));
        }
        let (run, rest, weekends) = (3 + r.below(3), 1 + r.below(2), r.below(3));
        text += &format!(
            "SECTION_STAFF\nA,{},{},{},{run},{},{rest},{weekends}\n",
            limits.join("|"),
            480 * (4 + r.below(6)),
            480 * r.below(5),
            1 + r.below(2),
        );
        // Nobody is needed: only the person's line counts here.
        text += "SECTION_COVER\n0,s0,0,0,0\n";
        let (instance, found) = parse_instance("random", &text);
        let instance = instance.unwrap_or_else(|| panic!("{found:?}\n{text}"));
        let mut line = nrp24::compile(&instance).people.into_iter().next().expect("one person");
        if r.below(2) == 0 {
            // Odd minutes make more levels than tables hold: of what is open, or of the fill as well.
            let normal = [480, 480, 470, 479][r.below(4)];
            for option in line.options.iter_mut().flatten() {
                option.direct = (option.paid - normal).max(0);
                option.fill = option.paid - option.direct;
            }
            let week = |first: usize, start: i32| FillWindow {
                first,
                last: first + 6,
                target: 1440,
                start,
                answers: first > 0,
            };
            let owed = vec![480 * r.below(2) as i32, 480 * r.below(2) as i32];
            let cap = OvertimeWindow { first: 0, last: 13, cap: Some(1200), soft: vec![], start: 0, owed };
            line.overtime = Overtime {
                fills: vec![week(0, 480 * r.below(2) as i32), week(7, 0)],
                caps: vec![cap],
                comp_weeks: r.below(3),
                price: 1 + r.below(3) as i64,
                rules: Vec::new(),
            };
        }
        line
    }

    #[test]
    fn tables_and_plain_labels_find_lines_of_equal_price() {
        let mut found = 0;
        let mut left_out = 0;
        for seed in 0..900 {
            let mut r = Random::new(seed);
            let line = random_line(&mut r);
            // Every other machine leaves limits out of its tables, or all of them.
            let budgets = [[1_000_000; 3], [0; 3], [3_000, 30_000, 30_000]][seed as usize % 3];
            let machine = LineMachine::with_budgets(&line, true, budgets);
            left_out += usize::from(machine.dense().iter().any(|d| !d.omitted.is_empty()));
            let option = line
                .options
                .iter()
                .map(|list| {
                    let price = |_| match r.below(12) {
                        0 => f64::INFINITY,
                        _ => 100.0 * r.unit() - 60.0,
                    };
                    list.iter().map(price).collect()
                })
                .collect();
            let prices = LinePrices { option, weekend: [0.0, 30.0, -20.0][r.below(3)], scale: 7.0 };
            let plain = Completion::plain(&prices, &machine);
            let view = View { prices: &prices, tolled: &prices, credit: 0.0, limit: f64::INFINITY };
            let slow = search(&machine, &plain, view, None, None, u64::MAX).line.map(|l| l.price);
            let tolls = tolls::none(&line);
            let how = Search { limit: f64::INFINITY, beam: None, tolls: &tolls, stop: None };
            let fast = price_line(&machine, &prices, how).line;
            found += usize::from(fast.is_some());
            match (slow, fast) {
                (None, None) => {}
                (Some(slow), Some(fast)) => {
                    assert!(
                        (slow - fast.price).abs() < 1e-6,
                        "seed {seed}: {} instead of {slow}",
                        fast.price
                    );
                    let how = Search { limit: slow - 1e-3, ..how };
                    assert!(price_line(&machine, &prices, how).line.is_none());
                }
                (slow, fast) => panic!("seed {seed}: {slow:?} against {:?}", fast.map(|l| l.price)),
            }
        }
        assert!(found > 250, "hardly any line: {found}");
        assert!(left_out > 300, "hardly any limit was left out of the tables: {left_out}");
    }
}
