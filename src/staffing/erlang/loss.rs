//! Erlang B: contacts that find everybody busy are lost (Erlang 1917).

use super::{Figures, Stream};

/// Share of contacts lost with `servers` servers and an offered load of `load` erlang.
///
/// B(0) = 1, B(k) = a·B(k−1) ÷ (k + a·B(k−1)): every value lies in (0, 1], nothing can overflow. O(n).
#[must_use]
pub fn loss_probability(load: f64, servers: u32) -> f64 {
    let mut b = 1.0;
    for k in 1..=servers {
        b = load * b / (f64::from(k) + load * b);
    }
    b
}

/// The loss probabilities of one load, each found once however often it is asked for.
pub(super) struct Losses {
    load: f64,
    known: Vec<f64>,
}

impl Losses {
    pub(super) fn of(load: f64) -> Self {
        Self { load, known: vec![1.0] }
    }
    pub(super) fn with(&mut self, servers: u32) -> f64 {
        let servers = servers as usize;
        let mut b = self.known[self.known.len() - 1];
        for k in self.known.len()..=servers {
            b = self.load * b / (k as f64 + self.load * b);
            self.known.push(b);
        }
        self.known[servers]
    }
}

/// The figures of a loss system. Nobody waits.
#[must_use]
pub fn erlang_b(stream: Stream, servers: u32) -> Figures {
    let lost = loss_probability(stream.load(), servers);
    let busy = if servers == 0 { 1.0 } else { stream.load() * (1.0 - lost) / f64::from(servers) };
    Figures {
        p_wait: lost,
        service_level: 1.0 - lost,
        service_level_of_served: 1.0,
        service_level_less_early_abandons: 1.0,
        waits_within_target: 1.0,
        wait_s: 0.0,
        wait_of_served_s: 0.0,
        queue_length: 0.0,
        occupancy: busy,
        abandoned: lost,
    }
}
