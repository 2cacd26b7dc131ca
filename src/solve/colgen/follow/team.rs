//! Lines for people who are compared with each other, chosen at once.
//!
//! A term of fairness costs by its largest and its smallest count, so nobody alone can do much about it where several stand at
//! an end. Given the range of each term, everybody takes their cheapest line within; ranges are moved end by end, or both ends
//! at once, while that pays.

use crate::solve::colgen::model::{Column, Model};
use std::collections::BTreeSet;

/// Steps between the counts that occur by which an end is moved at once.
const STEPS: [isize; 4] = [-2, -1, 1, 2];
/// Moves of a range at most.
const MOVES: usize = 60;

/// A line that somebody could have.
pub(super) struct Offer {
    pub column: Column,
    /// What it costs without fairness.
    pub price: f64,
    /// By term of the team what is counted, history included, whole; `None` where the person is not compared.
    pub counts: Vec<Option<i64>>,
}

/// A team with its terms.
pub(super) struct Team {
    pub people: Vec<usize>,
    /// Terms of the problem, and what a unit between their ends costs in scaled units.
    terms: Vec<(u32, f64)>,
}

impl Team {
    pub(super) fn new(model: &Model<'_>, people: Vec<usize>) -> Self {
        let terms: BTreeSet<u32> = people.iter().flat_map(|&p| model.fair[p].iter().map(|f| f.0)).collect();
        let weight = |f: u32| model.problem.fairness[f as usize].weight as f64 / model.scale;
        Self { people, terms: terms.into_iter().map(|f| (f, weight(f))).collect() }
    }

    /// A line with what it counts.
    pub(super) fn offer(&self, model: &Model<'_>, column: Column, price: f64) -> Offer {
        let own = model.fair[column.person].iter().zip(&column.fair);
        let count = |term: u32| {
            let (history, own) = own.clone().find(|(h, _)| h.0 == term).map(|(h, o)| (h.1, o.1))?;
            Some(model.problem.fairness[term as usize].count.whole(history + own))
        };
        let counts = self.terms.iter().map(|t| count(t.0)).collect();
        Offer { column, price, counts }
    }

    /// What the chosen offers cost for fairness.
    pub(super) fn unfair(&self, offers: &[Vec<Offer>], chosen: &[usize]) -> f64 {
        let ends = self.ends(offers, chosen);
        self.terms.iter().zip(ends).map(|(t, (low, high))| t.1 * (high - low).max(0) as f64).sum()
    }

    /// By term the smallest and the largest count of those chosen.
    fn ends(&self, offers: &[Vec<Offer>], chosen: &[usize]) -> Vec<(i64, i64)> {
        let mut ends = vec![(i64::MAX / 2, i64::MIN / 2); self.terms.len()];
        for (own, &c) in offers.iter().zip(chosen) {
            for (end, count) in ends.iter_mut().zip(&own[c].counts) {
                if let Some(count) = count {
                    *end = (end.0.min(*count), end.1.max(*count));
                }
            }
        }
        ends
    }

    /// Price of the chosen offers, fairness included.
    fn price(&self, offers: &[Vec<Offer>], chosen: &[usize]) -> f64 {
        let lines: f64 = offers.iter().zip(chosen).map(|(own, &c)| own[c].price).sum();
        lines + self.unfair(offers, chosen)
    }

    /// Offers for everybody that cost no more together than those of `now`, fairness included: places among the offers.
    pub(super) fn choose(&self, offers: &[Vec<Offer>], now: &[usize]) -> Vec<usize> {
        let counts: Vec<Vec<i64>> = (0..self.terms.len())
            .map(|t| {
                let all: BTreeSet<i64> = offers.iter().flatten().filter_map(|o| o.counts[t]).collect();
                all.into_iter().collect()
            })
            .collect();
        let all: Vec<(i64, i64)> = vec![(i64::MIN, i64::MAX); self.terms.len()];
        let cheapest = within(offers, &all);
        let starts = [now.to_vec()].into_iter().chain(cheapest);
        let best = starts.map(|chosen| self.descend(offers, &counts, chosen));
        best.min_by(|a, b| a.0.total_cmp(&b.0)).map_or(now.to_vec(), |b| b.1)
    }

    /// Moves ranges while that pays.
    fn descend(&self, offers: &[Vec<Offer>], counts: &[Vec<i64>], chosen: Vec<usize>) -> (f64, Vec<usize>) {
        let mut best = (self.price(offers, &chosen), chosen);
        for _ in 0..MOVES {
            let ranges = self.ends(offers, &best.1);
            let mut next: Option<(f64, Vec<usize>)> = None;
            for (t, known) in counts.iter().enumerate() {
                let place = |count: i64| known.binary_search(&count).ok();
                let (Some(low), Some(high)) = (place(ranges[t].0), place(ranges[t].1)) else { continue };
                let ends = STEPS.iter().flat_map(|&s| [(s, 0), (0, s), (s, s)]);
                for (a, b) in ends.chain([(1, -1), (-1, 1)]) {
                    let at =
                        |place: usize, by: isize| place.checked_add_signed(by).and_then(|i| known.get(i));
                    let (Some(&low), Some(&high)) = (at(low, a), at(high, b)) else { continue };
                    if low > high {
                        continue;
                    }
                    let mut moved = ranges.clone();
                    moved[t] = (low, high);
                    let Some(chosen) = within(offers, &moved) else { continue };
                    let price = self.price(offers, &chosen);
                    if price < next.as_ref().map_or(best.0, |n| n.0) - 1e-9 {
                        next = Some((price, chosen));
                    }
                }
            }
            match next {
                Some(next) => best = next,
                None => break,
            }
        }
        best
    }
}

/// Everybody's cheapest offer within the ranges; `None` where somebody has none.
fn within(offers: &[Vec<Offer>], ranges: &[(i64, i64)]) -> Option<Vec<usize>> {
    let fits = |o: &Offer| {
        o.counts.iter().zip(ranges).all(|(c, (low, high))| c.is_none_or(|c| *low <= c && c <= *high))
    };
    let cheapest = |own: &Vec<Offer>| {
        let inside = own.iter().enumerate().filter(|(_, o)| fits(o));
        inside.min_by(|a, b| a.1.price.total_cmp(&b.1.price)).map(|(i, _)| i)
    };
    offers.iter().map(cheapest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;

    /// Offers of `people` with counts of two terms, the second without the first person.
    fn offers(r: &mut Random, people: usize) -> Vec<Vec<Offer>> {
        let offer = |r: &mut Random, p: usize| {
            let column =
                Column { person: p, choice: vec![], cost: 0, cells: vec![], duties: vec![], fair: vec![] };
            let second = (p > 0).then(|| r.below(4) as i64);
            Offer { column, price: r.below(50) as f64, counts: vec![Some(r.below(6) as i64), second] }
        };
        (0..people).map(|p| (0..4).map(|_| offer(r, p)).collect()).collect()
    }

    #[test]
    fn choices_are_nearly_the_best_of_all_and_never_worse_than_now() {
        let team = Team { people: vec![0, 1, 2, 3], terms: vec![(0, 10.0), (1, 25.0)] };
        let mut exact = 0;
        for seed in 0..200 {
            let offers = offers(&mut Random::new(seed), 4);
            let all = (0..256usize).map(|i| (0..4).map(|p| i >> (2 * p) & 3).collect::<Vec<_>>());
            let best = all.map(|c| team.price(&offers, &c)).fold(f64::INFINITY, f64::min);
            let now = vec![0; 4];
            let found = team.price(&offers, &team.choose(&offers, &now));
            assert!(found >= best - 1e-9 && found <= team.price(&offers, &now) + 1e-9);
            exact += i32::from(found < best + 1e-9);
        }
        assert!(exact >= 170, "{exact} of 200");
    }
}
