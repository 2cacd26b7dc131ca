//! Erlang C: everybody waits until served (Erlang 1917), M/M/n.

use super::abandonment::FullFloor;
use super::{Figures, Stream, loss_probability};

/// The figures with `servers` servers and a target wait of `target_s` seconds.
///
/// C = n·B ÷ (n − a·(1 − B)); P(W > t) = C·exp(−(n − a)·t ÷ s). With a ≥ n the queue grows without end: nobody is
/// served within the target, the wait is infinite.
#[must_use]
pub fn erlang_c(stream: Stream, servers: u32, target_s: f64) -> Figures {
    let (a, n) = (stream.load(), f64::from(servers));
    if a <= 0.0 {
        return figures(0.0, 0.0, 1.0, 0.0, 0.0);
    }
    let floor = FullFloor { lost: loss_probability(a, servers), drain: n / stream.handling_s };
    let figures = patient(stream.rate, floor, target_s);
    Figures { occupancy: if a >= n { 1.0 } else { a / n }, ..figures }
}

/// The figures of a waiting line that nobody leaves; occupancy is left at 1.
pub(in crate::staffing) fn patient(rate: f64, floor: FullFloor, target_s: f64) -> Figures {
    let (b, spare) = (floor.lost, floor.drain - rate);
    if spare <= 0.0 {
        return figures(1.0, f64::INFINITY, 0.0, 1.0, f64::INFINITY);
    }
    let p_wait = b / (1.0 - rate / floor.drain * (1.0 - b));
    let wait = p_wait / spare;
    let late = p_wait * (-spare * target_s).exp();
    figures(p_wait, wait, 1.0 - late, 1.0, rate * wait)
}

fn figures(p_wait: f64, wait_s: f64, level: f64, occupancy: f64, queue_length: f64) -> Figures {
    Figures {
        p_wait,
        service_level: level,
        service_level_of_served: level,
        service_level_less_early_abandons: level,
        waits_within_target: level,
        wait_s,
        wait_of_served_s: wait_s,
        queue_length,
        occupancy,
        abandoned: 0.0,
    }
}
