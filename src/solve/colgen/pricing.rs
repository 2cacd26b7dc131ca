//! The pricing problem: the cheapest line of work of a person at given prices, by labels over dense tables.
//!
//! A label is a partial line up to a day with its price and state. Labels with the same key (dimensions of
//! sense [`Sense::Equal`]) are kept only when no cheaper one is as small in every other dimension. Complexity:
//! days × labels × options extensions; labels are cut off by a completion bound (Irnich and Desaulniers,
//! Shortest path problems with resource constraints, 2005).

use super::dense::{Dense, Spot};
use super::line::{LineMachine, Sense};
use super::tables::Tables;
use crate::base::stop::StopCriterion;
use crate::problem::LineProblem;

/// Prices a line is measured at.
pub(super) struct LinePrices {
    /// `option[day][o]`: price of the option, own cost included; infinite when it is not allowed.
    pub option: Vec<Vec<f64>>,
    /// Price of each weekend counted.
    pub weekend: f64,
    /// The line's own prices (automata, sums, overtime) are divided by this.
    pub scale: f64,
}

/// The cheapest line found.
pub(super) struct PricedLine {
    /// Price at the given prices.
    pub price: f64,
    /// Options by day.
    pub choice: Vec<u16>,
}

/// What a pricing returned.
pub(super) struct Pricing {
    /// Cheapest line below the limit, if any.
    pub line: Option<PricedLine>,
    /// Labels extended: the deterministic measure of work.
    pub labels: u64,
    /// Whether the search was carried to its end (the clock may cut it off): only then the price bounds anything.
    pub complete: bool,
    /// The tables that were large enough ([`LineMachine::learn`]).
    pub tables: usize,
}

#[derive(Clone, Copy)]
struct Label {
    price: f64,
    key: u64,
    parent: u32,
    option: u16,
    spot: Spot,
}

/// Finds the cheapest line with a price below `limit`. With a `beam`, at most that many labels are kept per
/// key, and the result is a heuristic one.
///
/// The tables give the price of the best completion as far as they know all rules; the search looks just above
/// the price they promise first and widens its view until a line is found. What it finds first is the cheapest.
pub(super) fn price_line(
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    limit: f64,
    beam: Option<usize>,
    stop: Option<&StopCriterion>,
) -> Pricing {
    let mut spent = 0;
    for (k, dense) in machine.dense.iter().enumerate().skip(machine.first_tables()) {
        // The next tables know more rules: better to fill them than to extend as many labels.
        let most = machine.dense.get(k + 1).map_or(u64::MAX, Dense::labels);
        match price_with(dense, machine, prices, limit, beam, stop, most) {
            // A narrow beam that finds no line at all is led astray by what the tables leave out.
            Ok(priced)
                if priced.line.is_none()
                    && priced.complete
                    && beam.is_some()
                    && limit == f64::INFINITY
                    && k + 1 < machine.dense.len() =>
            {
                spent += priced.labels;
            }
            Ok(mut priced) => {
                priced.labels += spent;
                priced.tables = k;
                return priced;
            }
            Err(work) => spent += work,
        }
    }
    let plain = Completion::plain(prices, machine);
    match search(machine, prices, &plain, limit, beam, stop, u64::MAX) {
        Ok(priced) => priced,
        Err(labels) => Pricing { line: None, labels, complete: false, tables: 0 },
    }
}

/// [`price_line`] with given tables; the work done when more than `most` labels would be extended.
fn price_with(
    dense: &Dense,
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    limit: f64,
    beam: Option<usize>,
    stop: Option<&StopCriterion>,
    most: u64,
) -> Result<Pricing, u64> {
    let (tables, filled) = Tables::new(dense, machine, prices);
    let promised = tables.at(machine.line, 0, dense.start(machine.line));
    let mut step = tables.slack + 1e-7 * (1.0 + promised.abs());
    let completion = Completion::Dense(dense, tables);
    let mut extended = 0;
    loop {
        if promised >= limit {
            return Ok(Pricing { line: None, labels: filled + extended, complete: true, tables: 0 });
        }
        let view = promised + step;
        let last = view >= limit || step > 1e6;
        let view = if last { limit } else { view };
        match search(machine, prices, &completion, view, beam, stop, most - extended) {
            Ok(mut found) => {
                extended += found.labels;
                found.labels = filled + extended;
                if last || found.line.is_some() || !found.complete {
                    return Ok(found);
                }
            }
            Err(labels) => return Err(filled + extended + labels),
        }
        step = 4.0 * step + 0.2;
    }
}

/// Lower bounds on the price of the rest of a line.
enum Completion<'d> {
    /// From tables over the state.
    Dense(&'d Dense, Tables<'d>),
    /// Without any rule, by day.
    Plain(Vec<f64>),
}

impl Completion<'_> {
    fn plain(prices: &LinePrices, machine: &LineMachine<'_>) -> Self {
        let days = prices.option.len();
        let mut rest = vec![0.0; days + 1];
        for d in (0..days).rev() {
            let least = prices.option[d].iter().copied().fold(f64::INFINITY, f64::min);
            let weekend = if machine.line.weekend[d] > 0 { prices.weekend.min(0.0) } else { 0.0 };
            rest[d] = rest[d + 1] + least + weekend;
        }
        Self::Plain(rest)
    }
    fn start(&self, line: &LineProblem) -> Spot {
        match self {
            Self::Dense(dense, _) => dense.start(line),
            Self::Plain(_) => Spot::default(),
        }
    }
    fn step(&self, line: &LineProblem, d: usize, o: usize, from: Spot) -> Option<Spot> {
        match self {
            Self::Dense(dense, _) => dense.step(line, d, o, from),
            Self::Plain(_) => Some(from),
        }
    }
    fn at(&self, line: &LineProblem, d: usize, spot: Spot) -> f64 {
        match self {
            Self::Dense(_, tables) => tables.at(line, d, spot),
            Self::Plain(rest) => rest[d],
        }
    }
}

/// The label search below a limit; the labels extended when they became more than `most`.
fn search(
    machine: &LineMachine<'_>,
    prices: &LinePrices,
    completion: &Completion<'_>,
    limit: f64,
    beam: Option<usize>,
    stop: Option<&StopCriterion>,
    most: u64,
) -> Result<Pricing, u64> {
    let line = machine.line;
    let days = line.options.len();
    let width = machine.width();
    let mut history: Vec<Vec<Label>> = Vec::with_capacity(days);
    let mut states = machine.start();
    let mut labels = vec![Label { price: 0.0, key: 0, parent: 0, option: 0, spot: completion.start(line) }];
    let mut next_state = vec![0; width];
    let mut extended = 0;
    for d in 0..days {
        let mut fresh: Vec<Label> = Vec::new();
        let mut fresh_states: Vec<i32> = Vec::new();
        for (i, label) in labels.iter().enumerate() {
            if i % 4096 == 4095 && stop.is_some_and(StopCriterion::expired) {
                return Ok(Pricing { line: None, labels: extended, complete: false, tables: 0 });
            }
            if extended > most {
                return Err(extended);
            }
            let from = &states[i * width..(i + 1) * width];
            for (o, &option_price) in prices.option[d].iter().enumerate() {
                if option_price == f64::INFINITY {
                    continue;
                }
                extended += 1;
                let Some(spot) = completion.step(line, d, o, label.spot) else { continue };
                let rest = completion.at(line, d + 1, spot);
                // Steps cost nothing less than 0: worth a look before the rules are gone through.
                if label.price + option_price + rest + prices.weekend.min(0.0) >= limit {
                    continue;
                }
                let Some((step, weekend)) = machine.step(d, o, from, &mut next_state) else { continue };
                let mut price = label.price + option_price + step as f64 / prices.scale;
                if weekend {
                    price += prices.weekend;
                }
                if price + rest >= limit {
                    continue;
                }
                let key = key_of(machine, &next_state);
                fresh.push(Label { price, key, parent: i as u32, option: o as u16, spot });
                fresh_states.extend_from_slice(&next_state);
            }
        }
        let kept = undominated(machine, &fresh, &fresh_states, beam);
        labels = kept.iter().map(|&i| fresh[i as usize]).collect();
        states.clear();
        for &i in &kept {
            let i = i as usize;
            states.extend_from_slice(&fresh_states[i * width..(i + 1) * width]);
        }
        history.push(labels.clone());
        if labels.is_empty() {
            return Ok(Pricing { line: None, labels: extended, complete: true, tables: 0 });
        }
    }
    let best = labels
        .iter()
        .enumerate()
        .filter_map(|(i, l)| {
            let finish = machine.finish(&states[i * width..(i + 1) * width])?;
            Some((l.price + finish as f64 / prices.scale, i))
        })
        .filter(|b| b.0 < limit)
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let line = best.map(|(price, mut i)| {
        let mut choice = vec![0; days];
        for d in (0..days).rev() {
            choice[d] = history[d][i].option;
            i = history[d][i].parent as usize;
        }
        PricedLine { price, choice }
    });
    Ok(Pricing { line, labels: extended, complete: true, tables: 0 })
}

fn key_of(machine: &LineMachine<'_>, state: &[i32]) -> u64 {
    let mut key = 0u64;
    for (&s, &sense) in state.iter().zip(&machine.senses) {
        if sense == Sense::Equal {
            key = (key.rotate_left(7) ^ s as u32 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
    key
}

/// Indices of the labels that no other label dominates, by key, then price.
fn undominated(machine: &LineMachine<'_>, labels: &[Label], states: &[i32], beam: Option<usize>) -> Vec<u32> {
    let width = machine.width();
    let state = |i: u32| &states[i as usize * width..(i as usize + 1) * width];
    let mut order: Vec<u32> = (0..labels.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| {
        let (x, y) = (&labels[a as usize], &labels[b as usize]);
        x.key.cmp(&y.key).then(x.price.total_cmp(&y.price)).then(a.cmp(&b))
    });
    let dominates = |a: &[i32], b: &[i32]| {
        a.iter().zip(b).zip(&machine.senses).all(|((x, y), sense)| match sense {
            Sense::Equal => x == y,
            Sense::Smaller => x <= y,
        })
    };
    let mut kept: Vec<u32> = Vec::new();
    let mut group = 0;
    for i in order {
        if group < kept.len() && labels[kept[group] as usize].key != labels[i as usize].key {
            group = kept.len();
        }
        if beam.is_some_and(|b| kept.len() - group >= b) {
            continue;
        }
        let candidate = state(i);
        if !kept[group..].iter().any(|&k| dominates(state(k), candidate)) {
            kept.push(i);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
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
            for option in line.options.iter_mut().flatten() {
                option.direct = (option.paid - 480).max(0);
                option.fill = option.paid - option.direct;
            }
            let week = |first: usize, start: i32| FillWindow { first, last: first + 6, target: 1440, start };
            line.overtime = Overtime {
                fills: vec![week(0, 480 * r.below(2) as i32), week(7, 0)],
                caps: vec![OvertimeWindow { first: 0, last: 13, cap: Some(1200), soft: None, start: 0 }],
                price: 1 + r.below(3) as i64,
                rules: Vec::new(),
            };
        }
        line
    }

    #[test]
    fn tables_and_plain_labels_find_lines_of_equal_price() {
        let mut found = 0;
        for seed in 0..400 {
            let mut r = Random::new(seed);
            let line = random_line(&mut r);
            let machine = LineMachine::new(&line, true);
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
            let slow = search(&machine, &prices, &plain, f64::INFINITY, None, None, u64::MAX)
                .ok()
                .and_then(|p| p.line)
                .map(|l| l.price);
            let fast = price_line(&machine, &prices, f64::INFINITY, None, None).line;
            found += usize::from(fast.is_some());
            match (slow, fast) {
                (None, None) => {}
                (Some(slow), Some(fast)) => {
                    assert!(
                        (slow - fast.price).abs() < 1e-6,
                        "seed {seed}: {} instead of {slow}",
                        fast.price
                    );
                    assert!(price_line(&machine, &prices, slow - 1e-3, None, None).line.is_none());
                }
                (slow, fast) => panic!("seed {seed}: {slow:?} against {:?}", fast.map(|l| l.price)),
            }
        }
        assert!(found > 100, "hardly any line: {found}");
    }
}
