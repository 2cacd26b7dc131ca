//! A channel through a day, minute by minute: arrivals and people change, queues build up and go down again.
//!
//! The number of contacts in the system is a Markov chain, M(t)/M/n(t)+M. Between two changes of arrivals or people its
//! rates are constant, and its distribution is carried forward by the implicit Euler method in steps of half a minute: a
//! tridiagonal system a step, factored once a stretch, that keeps probabilities positive and their sum 1 whatever the
//! rates, and rests where the chain rests (numerical methods for such queues: Ingolfsson and others 2007). Unlike the
//! formulas of the long run it knows what the interval before left behind, and a shortage has figures too: the queue
//! grows for as long as the shortage lasts.
//!
//! People who leave take the contacts that they hold with them and finish them; people who come find nothing to do but
//! what waits. Deferred work has no queue of this kind.

use super::desks::Desks;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Whoever would find more others waiting than this is left out: hours of an overload that no rota repairs.
const LONGEST_QUEUE: usize = 2000;
/// Length of a step in seconds.
const STEP_S: f64 = 30.0;
/// States that are less likely than this are left out.
const NEGLIGIBLE: f64 = 1e-13;

/// A stretch in which nothing changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    /// Length in seconds.
    pub(super) length_s: f64,
    /// Arrivals a second.
    pub(super) rate: f64,
    /// Mean handling time in seconds.
    pub(super) handling_s: f64,
    /// Those who serve.
    pub(super) desks: Desks,
    /// Target wait in seconds.
    pub(super) target_s: f64,
}

/// What becomes of the contacts that arrive in a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Outcome {
    /// Contacts that arrive.
    pub(super) offered: f64,
    /// Served within the target.
    pub(super) in_time: f64,
    /// Served.
    pub(super) served: f64,
    /// Gone within the target.
    pub(super) gone_early: f64,
    /// Seconds waited in the piece by all who wait in it.
    pub(super) waited_s: f64,
    /// Seconds that people of the piece are busy, slot by slot.
    pub(super) busy_s: f64,
    /// Slot-seconds of the piece.
    pub(super) slot_s: f64,
    /// Contacts that wait at the end.
    pub(super) queue: f64,
}

impl Outcome {
    /// Adds another piece; the queue is that of the later one.
    pub(super) fn add(&mut self, o: &Self, weight: f64) {
        self.offered += weight * o.offered;
        self.in_time += weight * o.in_time;
        self.served += weight * o.served;
        self.gone_early += weight * o.gone_early;
        self.waited_s += weight * o.waited_s;
        self.busy_s += weight * o.busy_s;
        self.slot_s += weight * o.slot_s;
        self.queue += weight * o.queue;
    }
}

/// The distribution of the number in the system.
pub(super) struct Chain {
    p: Vec<f64>,
    patience_s: Option<f64>,
    slots: usize,
    /// What becomes of contacts, by slots, handling time and target.
    fates: FxHashMap<(usize, u64, u64), Rc<Fates>>,
}

impl Chain {
    /// An empty system.
    pub(super) fn new(patience_s: Option<f64>) -> Self {
        Self { p: vec![1.0], patience_s, slots: 0, fates: FxHashMap::default() }
    }

    /// Whether next to nothing is in the system.
    pub(super) fn is_empty(&self) -> bool {
        self.p[0] > 1.0 - 1e-9
    }

    /// People go, and so many slots are left of those that were there.
    pub(super) fn leave(&mut self, slots: u32) {
        self.change(slots as usize);
    }

    /// Nobody is in the system any more.
    pub(super) fn clear(&mut self) {
        self.p = vec![1.0];
    }

    /// Goes through a piece.
    pub(super) fn run(&mut self, piece: &Piece) -> Outcome {
        let slots = piece.desks.slots() as usize;
        self.change(slots);
        let theta = self.patience_s.map_or(0.0, |p| 1.0 / p);
        let offered = piece.rate * piece.length_s;
        let mut outcome = Outcome { offered, slot_s: slots as f64 * piece.length_s, ..Outcome::default() };
        self.make_room(offered, slots);
        let fates = self.fates_of(piece, slots, theta);
        let time_in = self.advance(piece, slots, theta);
        for (k, share) in time_in.iter().enumerate() {
            let (fate, seconds) = (fates.at(k, slots), share * piece.length_s);
            outcome.in_time += offered * share * fate.in_time;
            outcome.served += offered * share * fate.served;
            outcome.gone_early += offered * share * fate.gone_early;
            outcome.waited_s += seconds * k.saturating_sub(slots) as f64;
            outcome.busy_s += seconds * k.min(slots) as f64;
        }
        outcome.queue = self.p.iter().enumerate().map(|(k, p)| p * k.saturating_sub(slots) as f64).sum();
        outcome
    }

    /// Other people from now on. Of `before` slots `before − now` go, with those contacts that they hold: a
    /// hypergeometric number of them.
    fn change(&mut self, now: usize) {
        if now >= self.slots {
            self.slots = now;
            return;
        }
        let before = std::mem::replace(&mut self.slots, now);
        let gone = before - now;
        let mut p = vec![0.0; self.p.len()];
        for (k, &mass) in self.p.iter().enumerate().filter(|(_, m)| **m > 0.0) {
            let busy = k.min(before);
            // P(taken = t) by its recurrence from the least possible number.
            let least = busy.saturating_sub(now);
            let mut weight = 1.0;
            let mut weights = vec![1.0];
            for t in least..gone.min(busy) {
                let up = (busy - t) as f64 * (gone - t) as f64;
                let down = (t + 1) as f64 * ((now + t + 1) as f64 - busy as f64);
                weight *= up / down;
                weights.push(weight);
            }
            let all: f64 = weights.iter().sum();
            for (i, w) in weights.iter().enumerate() {
                p[k - least - i] += mass * w / all;
            }
        }
        self.p = p;
    }

    /// States that a piece with so many arrivals can reach with more than negligible probability.
    fn make_room(&mut self, coming: f64, slots: usize) {
        while self.p.len() > 1 && self.p[self.p.len() - 1] < NEGLIGIBLE {
            self.p.pop();
        }
        let room = (self.p.len() as f64 + coming + 8.0 * coming.sqrt() + 12.0) as usize;
        self.p.resize(room.min((slots + LONGEST_QUEUE).max(self.p.len())), 0.0);
    }

    fn fates_of(&mut self, piece: &Piece, slots: usize, theta: f64) -> Rc<Fates> {
        let key = (slots, piece.handling_s.to_bits(), piece.target_s.to_bits());
        let most = self.p.len().max(64);
        match self.fates.get(&key) {
            Some(known) if known.waiting.len() + slots >= self.p.len() || known.last => Rc::clone(known),
            _ => {
                let found = Rc::new(Fates::of(piece, slots, theta, most));
                self.fates.insert(key, Rc::clone(&found));
                found
            }
        }
    }

    /// Carries the distribution to the end of a piece; returns the share of time in each state.
    fn advance(&mut self, piece: &Piece, slots: usize, theta: f64) -> Vec<f64> {
        let states = self.p.len();
        let steps = (piece.length_s / STEP_S).ceil().max(1.0);
        let h = piece.length_s / steps;
        // Rates down times h; at the top nobody comes in any more.
        let down: Vec<f64> = (0..states)
            .map(|k| {
                let serving = piece.desks.rate(k.min(slots) as u32, piece.handling_s);
                h * (serving + theta * k.saturating_sub(slots) as f64)
            })
            .collect();
        let up = h * piece.rate;
        // (1 − h·Q)ᵀ·p' = p, factored: `lower` are the factors of the way down, `inverse` the pivots of the way up.
        let mut lower = vec![0.0; states];
        let mut inverse = vec![0.0; states];
        for k in 0..states {
            let leaving = 1.0 + down[k] + if k + 1 < states { up } else { 0.0 };
            if k > 0 {
                lower[k] = up * inverse[k - 1];
            }
            inverse[k] = 1.0 / (leaving - lower[k] * down[k]);
        }
        let mut time_in = vec![0.0; states];
        for _ in 0..steps as usize {
            let p = &mut self.p;
            for k in 1..states {
                p[k] += lower[k] * p[k - 1];
            }
            p[states - 1] *= inverse[states - 1];
            for k in (0..states - 1).rev() {
                p[k] = (p[k] + down[k + 1] * p[k + 1]) * inverse[k];
            }
            time_in.iter_mut().zip(p.iter()).for_each(|(t, p)| *t += p / steps);
        }
        time_in
    }
}

/// What becomes of a contact that finds so many others waiting, if nobody comes or goes meanwhile.
#[derive(Clone, Copy, Debug, Default)]
struct Fate {
    in_time: f64,
    served: f64,
    gone_early: f64,
}

/// The fates by the number of others waiting.
struct Fates {
    waiting: Vec<Fate>,
    /// Whether all who find more others waiting fare like the last one.
    last: bool,
}

impl Fates {
    fn of(piece: &Piece, slots: usize, theta: f64, most: usize) -> Self {
        let drain = piece.desks.rate(slots as u32, piece.handling_s);
        let target = piece.target_s;
        let mut waiting = Vec::new();
        if drain <= 0.0 {
            let gone_early = -(-theta * target).exp_m1();
            return Self { waiting: vec![Fate { gone_early, ..Fate::default() }], last: true };
        }
        // P(more than j departures within the target), and the same weighted with the patience that lasts so long:
        // departures come at D, D + θ, …, so exp(−θ·wait) is Beta distributed and P is an incomplete beta function,
        // taken term by term (as logarithms); for θ = 0 it is a Poisson tail.
        let u = -(-theta * target).exp_m1();
        let x = if theta > 0.0 { drain / theta } else { 0.0 };
        let (mut plain, mut patient) = (1.0, 1.0);
        let (mut term, mut patient_term) = (-drain * target, -(drain + theta) * target);
        for j in 0..most {
            let n = j as f64;
            plain = f64::max(plain - term.exp(), 0.0);
            patient = f64::max(patient - patient_term.exp(), 0.0);
            let served = if theta > 0.0 { x / (x + n + 1.0) } else { 1.0 };
            let in_time = served * patient;
            // Gone early: patience below the target and below the wait.
            let still_there = (1.0 - plain) * (-theta * target).exp();
            let gone_early = if theta > 0.0 { (1.0 - in_time - still_there).max(0.0) } else { 0.0 };
            waiting.push(Fate { in_time, served, gone_early });
            if theta > 0.0 {
                term += (u * (x + n) / (n + 1.0)).ln();
                patient_term += (u * (x + 1.0 + n) / (n + 1.0)).ln();
            } else {
                term += (drain * target / (n + 1.0)).ln();
                patient_term = term;
            }
        }
        Self { waiting, last: false }
    }
    fn at(&self, in_system: usize, slots: usize) -> Fate {
        if in_system < slots {
            return Fate { in_time: 1.0, served: 1.0, ..Fate::default() };
        }
        self.waiting[(in_system - slots).min(self.waiting.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang::{Stream, erlang_a, erlang_c};
    use super::*;

    fn piece(length_s: f64, rate: f64, people: u32) -> Piece {
        let desks = Desks { people, concurrency: 1.0, growth: 0.0 };
        Piece { length_s, rate, handling_s: 180.0, desks, target_s: 20.0 }
    }

    #[test]
    fn a_long_time_without_changes_is_the_long_run() {
        for (rate, people, patience) in
            [(0.05, 12, None), (0.05, 8, Some(120.0)), (0.002, 1, None), (0.3, 60, Some(30.0))]
        {
            let mut chain = Chain::new(patience);
            for _ in 0..40 {
                chain.run(&piece(1800.0, rate, people));
            }
            let o = chain.run(&piece(1800.0, rate, people));
            let stream = Stream { rate, handling_s: 180.0 };
            let f = patience
                .map_or_else(|| erlang_c(stream, people, 20.0), |p| erlang_a(stream, people, p, 20.0));
            let offered = rate * 1800.0;
            assert!((o.in_time / offered - f.service_level).abs() < 1e-6, "{o:?} {f:?}");
            assert!((o.served / offered - (1.0 - f.abandoned)).abs() < 1e-6, "{o:?} {f:?}");
            assert!((o.waited_s / offered - f.wait_s).abs() < 1e-4 * f.wait_s.max(0.01), "{o:?} {f:?}");
            assert!((o.busy_s / o.slot_s - f.occupancy).abs() < 1e-6, "{o:?} {f:?}");
            assert!((o.queue - f.queue_length).abs() < 1e-4 * f.queue_length.max(0.01), "{o:?} {f:?}");
            let early = 1.0 - f.service_level / f.service_level_less_early_abandons;
            assert!((o.gone_early / offered - early).abs() < 1e-6, "{o:?} {f:?}");
        }
    }

    #[test]
    fn a_shortage_has_a_queue_that_grows_and_is_worked_off() {
        let mut chain = Chain::new(None);
        let calm = chain.run(&piece(1800.0, 0.04, 10));
        let short = chain.run(&piece(1800.0, 0.08, 10));
        let after = chain.run(&piece(1800.0, 0.02, 10));
        // 144 calls arrive, 100 are done.
        assert!((short.queue - 44.0).abs() < 6.0, "{short:?}");
        assert!(calm.in_time / calm.offered > 0.8 && short.in_time / short.offered < 0.3);
        assert!(after.in_time / after.offered < 0.6 && after.queue < 2.5, "{after:?}");
    }

    #[test]
    fn who_leaves_takes_along_what_they_hold() {
        let mut chain = Chain::new(None);
        chain.run(&piece(36_000.0, 0.05, 40));
        let busy = |c: &Chain| c.p.iter().enumerate().map(|(k, p)| k as f64 * p).sum::<f64>();
        let before = busy(&chain);
        chain.change(30);
        // A quarter of the people go with a quarter of the calls.
        assert!((busy(&chain) - 0.75 * before).abs() < 1e-6 && (before - 9.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_moves_where_nobody_calls_and_nobody_serves() {
        let mut chain = Chain::new(Some(100.0));
        chain.run(&piece(600.0, 0.05, 0));
        assert!(!chain.is_empty());
        chain.run(&piece(36_000.0, 0.0, 0));
        assert!(chain.is_empty());
    }
}
