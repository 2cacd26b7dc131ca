//! Random numbers of a run.

use crate::base::random::Random;

/// What a sequence of random numbers is for; each has its own, so that more of one changes nothing of the others.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    Arrivals,
    Handling,
    Patience,
    Absence,
}

/// The sequence of one run, channel and purpose.
pub(super) fn sequence(seed: u64, run: u64, channel: usize, purpose: Purpose) -> Random {
    let place = (run << 20) ^ ((channel as u64) << 3) ^ purpose as u64;
    Random::new(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// An exponential number of this mean.
pub(super) fn exponential(random: &mut Random, mean: f64) -> f64 {
    -mean * (1.0 - random.unit()).ln()
}

/// A Poisson number of this mean.
pub(super) fn poisson(random: &mut Random, mean: f64) -> u32 {
    let (mut count, mut time) = (0, exponential(random, 1.0));
    while time < mean {
        count += 1;
        time += exponential(random, 1.0);
    }
    count
}
