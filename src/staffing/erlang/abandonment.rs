//! Erlang A: waiting contacts lose patience after an exponential time (Palm 1943), M/M/n+M.
//!
//! Formulas after Garnett, Mandelbaum and Reiman (2002) and Mandelbaum and Zeltyn (2007), with x = n·μ ÷ θ,
//! y = λ ÷ θ and A(x, y) = 1 + Σ_{j≥1} y^j ÷ Π_{i≤j} (x + i). A is kept as a logarithm: it passes the range of
//! floating-point numbers under overload.

use super::{Figures, Stream, loss_probability};

/// Sums are scaled down when they pass this.
const HUGE: f64 = 1e250;

/// The figures with `servers` servers, a mean patience of `patience_s` and a target wait of `target_s` seconds.
#[must_use]
pub fn erlang_a(stream: Stream, servers: u32, patience_s: f64, target_s: f64) -> Figures {
    if stream.load() <= 0.0 {
        return super::erlang_c(stream, servers.max(1), target_s);
    }
    let (a, n) = (stream.load(), f64::from(servers));
    let (theta, mu) = (1.0 / patience_s, 1.0 / stream.handling_s);
    let (x, y, drain) = (n * mu / theta, stream.rate / theta, n * mu);

    let sums = Sums::of(x, y, drain, theta);
    let b = loss_probability(a, servers);
    let p_wait = 1.0 / (1.0 + ((-b).ln_1p() - b.ln() - sums.ln_a).exp());
    let queue = p_wait * sums.mean_waiting;
    let abandoned = (theta * queue / stream.rate).min(1.0);
    let wait = abandoned / theta;
    let wait_of_served = p_wait * sums.mean_served_wait / (1.0 - abandoned);

    // P(served after T) and P(wait longer than T): the offered wait is cut off by patience.
    let patient = (-theta * target_s).exp();
    let impatient = -(-theta * target_s).exp_m1();
    let tail = |x: f64, rate: f64| {
        p_wait * (ln_a(x, y * patient) - sums.ln_a - rate * target_s + y * impatient).exp()
    };
    let served_late = drain / (drain + theta) * tail(x + 1.0, drain + theta);
    let waits_longer = patient * tail(x, drain);
    let level = (1.0 - abandoned - served_late).max(0.0);
    let abandoned_early = abandoned - (waits_longer - served_late);
    Figures {
        p_wait,
        service_level: level,
        service_level_of_served: level / (1.0 - abandoned),
        service_level_less_early_abandons: level / (1.0 - abandoned_early),
        waits_within_target: 1.0 - waits_longer,
        wait_s: wait,
        wait_of_served_s: wait_of_served,
        queue_length: queue,
        occupancy: if servers == 0 { 1.0 } else { a * (1.0 - abandoned) / n },
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
            passes += 1.0 / (drain + (j + 1.0) * theta);
            a += t;
            waiting += j * t;
            served += t * drain / (drain + (j + 1.0) * theta) * passes;
            j += 1.0;
            let ratio = y / (x + j);
            t *= ratio;
            if ratio < 1.0 && t * (j + 1.0) / (1.0 - ratio) < 1e-18 * a.max(waiting) {
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
        if ratio < 1.0 && t / (1.0 - ratio) < 1e-18 * a {
            return a.ln() + scale;
        }
        if a > HUGE {
            scale += HUGE.ln();
            (t, a) = (t / HUGE, a / HUGE);
        }
    }
}
