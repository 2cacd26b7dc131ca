//! Erlang A: waiting contacts lose patience after an exponential time (Palm 1943), M/M/n+M.
//!
//! Formulas after Garnett, Mandelbaum and Reiman (2002) and Mandelbaum and Zeltyn (2007), with x = n·μ ÷ θ,
//! y = λ ÷ θ and A(x, y) = 1 + Σ_{j≥1} y^j ÷ Π_{i≤j} (x + i). A is kept as a logarithm: it passes the range of
//! floating-point numbers under overload. Short sums are added up; where they would be long (large systems, long
//! patience) the integrals of [`super::offered_wait`] take their place.

use super::offered_wait::Integrals;
use super::{Figures, Stream, loss_probability};

/// Sums are scaled down when they pass this.
const HUGE: f64 = 1e250;
/// Sums with more terms than this become integrals.
const MANY_TERMS: f64 = 400.0;

/// The figures with `servers` servers, a mean patience of `patience_s` and a target wait of `target_s` seconds.
#[must_use]
pub fn erlang_a(stream: Stream, servers: u32, patience_s: f64, target_s: f64) -> Figures {
    if stream.load() <= 0.0 {
        return super::erlang_c(stream, servers.max(1), target_s);
    }
    let floor = FullFloor {
        lost: loss_probability(stream.load(), servers),
        drain: f64::from(servers) / stream.handling_s,
    };
    let figures = impatient(stream.rate, floor, patience_s, target_s);
    let busy = stream.load() * (1.0 - figures.abandoned) / f64::from(servers);
    Figures { occupancy: if servers == 0 { 1.0 } else { busy.min(1.0) }, ..figures }
}

/// What the waiting line sees of those who serve.
#[derive(Clone, Copy, Debug)]
pub(in crate::staffing) struct FullFloor {
    /// Share of contacts that would be lost if nobody could wait.
    pub(in crate::staffing) lost: f64,
    /// Contacts finished a second while everybody is busy.
    pub(in crate::staffing) drain: f64,
}

/// The figures of a waiting line with impatience; occupancy is left at 1.
pub(in crate::staffing) fn impatient(rate: f64, floor: FullFloor, patience_s: f64, target_s: f64) -> Figures {
    let theta = 1.0 / patience_s;
    if floor.drain <= 0.0 {
        return nobody(rate, patience_s, target_s);
    }
    let (x, y) = (floor.drain / theta, rate / theta);
    if terms(x, y) > MANY_TERMS {
        by_integrals(rate, floor, theta, target_s)
    } else {
        by_sums(rate, floor, theta, target_s)
    }
}

/// Everybody waits and leaves.
fn nobody(rate: f64, patience_s: f64, target_s: f64) -> Figures {
    Figures {
        p_wait: 1.0,
        service_level: 0.0,
        service_level_of_served: 0.0,
        service_level_less_early_abandons: 0.0,
        waits_within_target: -(-target_s / patience_s).exp_m1(),
        wait_s: patience_s,
        wait_of_served_s: 0.0,
        queue_length: rate * patience_s,
        occupancy: 1.0,
        abandoned: 1.0,
    }
}

/// About how many terms the sums have.
fn terms(x: f64, y: f64) -> f64 {
    (y - x).max(0.0) + 10.0 * y.max(1.0).sqrt() + 40.0
}

/// Share that waits and share that does not, from ln A.
fn waiting_shares(lost: f64, ln_a: f64) -> (f64, f64) {
    let odds = (-lost).ln_1p() - lost.ln() - ln_a;
    (1.0 / (1.0 + odds.exp()), 1.0 / (1.0 + (-odds).exp()))
}

fn by_integrals(rate: f64, floor: FullFloor, theta: f64, target_s: f64) -> Figures {
    let i = Integrals::of(rate, floor.drain, theta, target_s);
    let (p_wait, at_once) = waiting_shares(floor.lost, i.ln_a);
    let abandoned = (p_wait * (i.gone_early + i.gone_late)).min(1.0);
    let served = at_once + p_wait * (i.served_early + i.served_late);
    let level = at_once + p_wait * i.served_early;
    let wait = abandoned / theta;
    Figures {
        p_wait,
        service_level: level,
        service_level_of_served: share(level, served),
        service_level_less_early_abandons: share(level, 1.0 - p_wait * i.gone_early),
        waits_within_target: (level + p_wait * i.gone_early).min(1.0),
        wait_s: wait,
        wait_of_served_s: if served > 0.0 { p_wait * i.served_wait_s / served } else { 0.0 },
        queue_length: wait * rate,
        occupancy: 1.0,
        abandoned,
    }
}

fn share(part: f64, of: f64) -> f64 {
    if of > 0.0 { (part / of).clamp(0.0, 1.0) } else { 0.0 }
}

fn by_sums(rate: f64, floor: FullFloor, theta: f64, target_s: f64) -> Figures {
    let (x, y, drain) = (floor.drain / theta, rate / theta, floor.drain);
    let sums = Sums::of(x, y, drain, theta);
    let (p_wait, _) = waiting_shares(floor.lost, sums.ln_a);
    let queue = p_wait * sums.mean_waiting;
    let abandoned = (theta * queue / rate).min(1.0);
    let wait = abandoned / theta;

    // P(served after T) and P(wait longer than T): the offered wait is cut off by patience.
    let patient = (-theta * target_s).exp();
    let impatient = -(-theta * target_s).exp_m1();
    let tail = |x: f64, rate: f64| {
        p_wait * (ln_a(x, y * patient) - sums.ln_a - rate * target_s + y * impatient).exp()
    };
    let served_late = drain / (drain + theta) * tail(x + 1.0, drain + theta);
    let waits_longer = (patient * tail(x, drain)).min(1.0);
    let level = (1.0 - abandoned - served_late).max(0.0);
    let abandoned_early = (abandoned - (waits_longer - served_late)).max(0.0);
    Figures {
        p_wait,
        service_level: level,
        service_level_of_served: share(level, 1.0 - abandoned),
        service_level_less_early_abandons: share(level, 1.0 - abandoned_early),
        waits_within_target: 1.0 - waits_longer,
        wait_s: wait,
        wait_of_served_s: if abandoned < 1.0 {
            p_wait * sums.mean_served_wait / (1.0 - abandoned)
        } else {
            0.0
        },
        queue_length: queue,
        occupancy: 1.0,
        abandoned,
    }
}

/// Sums over the number j of contacts waiting, with weights t_0 = 1, t_j = t_{j−1}·y ÷ (x + j).
struct Sums {
    /// ln A = ln Σ t_j.
    ln_a: f64,
    /// Σ j·t_j ÷ A: the mean number waiting, given that all servers are busy.
    mean_waiting: f64,
    /// Σ t_j · P(served) · E[wait; served] ÷ A, of a contact that finds j others waiting, in seconds.
    mean_served_wait: f64,
}

impl Sums {
    fn of(x: f64, y: f64, drain: f64, theta: f64) -> Self {
        let (mut t, mut a, mut waiting, mut served) = (1.0f64, 0.0, 0.0, 0.0);
        let mut scale = 0.0;
        let mut passes = 0.0;
        let mut j = 0.0;
        loop {
            // A contact that finds j waiting is served after j + 1 departures from the queue, unless it leaves.
            let pass = 1.0 / (drain + (j + 1.0) * theta);
            passes += pass;
            a += t;
            waiting += j * t;
            served += t * drain * pass * passes;
            j += 1.0;
            let ratio = y / (x + j);
            t *= ratio;
            if ratio < 1.0 && t * (j + 1.0) < 1e-18 * a.max(waiting) * (1.0 - ratio) {
                break;
            }
            if a > HUGE {
                scale += HUGE.ln();
                (t, a, waiting, served) = (t / HUGE, a / HUGE, waiting / HUGE, served / HUGE);
            }
        }
        Self { ln_a: a.ln() + scale, mean_waiting: waiting / a, mean_served_wait: served / a }
    }
}

/// ln A(x, y).
fn ln_a(x: f64, y: f64) -> f64 {
    let (mut t, mut a, mut j, mut scale) = (1.0f64, 0.0, 0.0, 0.0);
    loop {
        a += t;
        j += 1.0;
        let ratio = y / (x + j);
        t *= ratio;
        if ratio < 1.0 && t < 1e-18 * a * (1.0 - ratio) {
            return a.ln() + scale;
        }
        if a > HUGE {
            scale += HUGE.ln();
            (t, a) = (t / HUGE, a / HUGE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_integrals_give_the_same_figures(
            servers in 1u32..60, use_of in 0.05f64..3.0, handling_s in 5f64..900.0,
            patience_s in 1f64..2000.0, target_s in 0f64..200.0,
        ) {
            let rate = use_of * f64::from(servers) / handling_s;
            prop_assume!(terms(f64::from(servers) * patience_s / handling_s, rate * patience_s) < 50_000.0);
            let floor = FullFloor {
                lost: loss_probability(rate * handling_s, servers),
                drain: f64::from(servers) / handling_s,
            };
            let a = by_sums(rate, floor, 1.0 / patience_s, target_s);
            let b = by_integrals(rate, floor, 1.0 / patience_s, target_s);
            for (x, y) in [
                (a.p_wait, b.p_wait),
                (a.service_level, b.service_level),
                (a.service_level_of_served, b.service_level_of_served),
                (a.service_level_less_early_abandons, b.service_level_less_early_abandons),
                (a.waits_within_target, b.waits_within_target),
                (a.abandoned, b.abandoned),
            ] {
                prop_assert!((x - y).abs() < 1e-10, "{a:?} {b:?}");
            }
            for (x, y) in [(a.wait_s, b.wait_s), (a.wait_of_served_s, b.wait_of_served_s)] {
                prop_assert!((x - y).abs() <= 1e-9 * x + 1e-12, "{a:?} {b:?}");
            }
        }
    }
}
