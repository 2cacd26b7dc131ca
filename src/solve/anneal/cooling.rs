//! The course of an annealing: epochs over tiles side by side, cooler as the limits are used up.

use super::moves::Mover;
use super::state::State;
use super::tables::Tables;
use super::tile::{Slack, Tile};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use rayon::prelude::*;

/// Tiles side by side; fixed, so that the number of threads decides nothing.
const TILES: usize = 2;
/// Moves in an epoch, for each person-day.
const MOVES_A_DAY: u64 = 4;
/// First temperature in prices of a missing person, and how many times colder the last one is.
const HOT: f64 = 0.2;
const COOLING: f64 = 130.0;
/// Share of the course after which what places are worth is averaged.
const SETTLED: f64 = 0.6;
/// Share of the course after which moves pay no tolls any more, and how long before that they pay less and less.
const FREE: f64 = 0.95;
const FALLING: f64 = 0.15;
/// Epochs after which an annealing without limits ends.
const EPOCHS: usize = 100_000;

/// A rota that was annealed.
pub(in crate::solve) struct Annealed {
    /// `rota[person][day]`, never worse than the one it began with.
    pub rota: Vec<Vec<u16>>,
    /// What one more person in each cell saved on average, in penalties, while the rota was nearly cold.
    pub worth: Vec<f64>,
}

/// Anneals a rota that keeps every hard rule until `share` of the limits is used up.
pub(in crate::solve) fn anneal(
    tables: &Tables,
    rota: Vec<Vec<u16>>,
    random: &mut Random,
    stop: &StopCriterion,
    share: f64,
) -> Annealed {
    let from = stop.used();
    let hot = HOT * tables.cover.iter().map(|c| c.under.max(c.over)).max().unwrap_or(0).max(1) as f64;
    let mut state = State::new(tables, rota);
    let mut best = state.rota.clone();
    let (mut gained, mut most) = (0i64, 0i64);
    let mut tolls: Vec<Vec<f32>> = tables.people.iter().map(|own| vec![0.0; own.sums.len()]).collect();
    let mut worth = vec![0.0; tables.cover.len()];
    let mut settled = 0;
    for epoch in 0..EPOCHS {
        let progress = ((stop.used() - from) / (share - from)).max(epoch as f64 / EPOCHS as f64);
        if from >= share || progress >= 1.0 || stop.out_of_time() {
            break;
        }
        let temperature = hot * COOLING.powf(-progress);
        let cuts = cut(tables, random);
        let limits = shared(tables, &state, cuts.len() - 1, random);
        let tasks: Vec<_> = cuts
            .windows(2)
            .zip(&limits)
            .map(|(c, l)| ((c[0], c[1]), l, Random::new(random.bits())))
            .collect();
        let done: Vec<(Tile<'_>, u64)> = tasks
            .into_par_iter()
            .map(|(days, Limits { low, high }, random)| {
                let slack = state.sums.iter().zip(low).zip(high).zip(&tolls);
                let slack = slack.map(|(((sums, low), high), tolls)| Slack { sums, low, high, tolls });
                let mut tile = Tile::new(tables, days, &state, slack);
                tile.charged = charged(progress);
                let mut mover = Mover::new(random);
                // The same number for each, so that none waits for the others.
                let moves = MOVES_A_DAY * (tables.days * tile.people() / limits.len()) as u64;
                for _ in 0..moves {
                    mover.step(&mut tile, temperature);
                }
                (tile, mover.work)
            })
            .collect();
        let mut rota = state.rota.clone();
        tolls.iter_mut().flatten().for_each(|t| *t = 0.0);
        for (tile, work) in &done {
            stop.charge(*work);
            gained += tile.gained;
            for (p, own) in rota.iter_mut().enumerate() {
                own[tile.begin..tile.end].copy_from_slice(tile.line(p));
            }
            let own = tolls.iter_mut().flatten().zip(tile.tolls());
            own.for_each(|(mean, own)| *mean += own / done.len() as f32);
        }
        drop(done);
        state = State::new(tables, rota);
        if gained < most {
            most = gained;
            best.clone_from(&state.rota);
        }
        if progress > SETTLED {
            settled += 1;
            for ((sum, cover), &n) in worth.iter_mut().zip(&tables.cover).zip(&state.count) {
                *sum -= f64::from(cover.next(n));
            }
        }
    }
    worth.iter_mut().for_each(|w| *w /= f64::from(settled.max(1)));
    Annealed { rota: best, worth }
}

/// Share of the tolls that moves pay: all of them until near the end, when what slack is left goes to whoever can use it.
fn charged(progress: f64) -> f32 {
    ((FREE - progress) / FALLING).clamp(0.0, 1.0) as f32
}

/// First days of the tiles, and the end: week ends, elsewhere each time.
fn cut(tables: &Tables, random: &mut Random) -> Vec<usize> {
    let weeks = tables.weeks.len() - 1;
    let tiles = TILES.min(weeks.div_ceil(2)).max(1);
    let width = weeks as f64 / tiles as f64;
    let mut cuts = vec![0];
    for t in 1..tiles {
        let at = (t as f64 * width + (random.unit() - 0.5) * width * 0.6).round() as usize;
        cuts.push(tables.weeks[at.clamp(1, weeks - 1)]);
    }
    cuts.push(tables.days);
    cuts.dedup();
    cuts
}

/// Limits of everybody's sums in a tile.
pub(super) struct Limits {
    pub low: Vec<Vec<i32>>,
    pub high: Vec<Vec<i32>>,
}

/// Gives what slack each sum has left, upwards and downwards, to one of the tiles.
pub(super) fn shared(tables: &Tables, state: &State, tiles: usize, random: &mut Random) -> Vec<Limits> {
    let still = || Limits { low: state.sums.clone(), high: state.sums.clone() };
    let mut limits: Vec<Limits> = (0..tiles).map(|_| still()).collect();
    for (p, own) in tables.people.iter().enumerate() {
        for (s, sum) in own.sums.iter().enumerate() {
            let high = &mut limits[random.below(tiles)].high[p][s];
            *high = sum.high.max(*high);
            let low = &mut limits[random.below(tiles)].low[p][s];
            *low = sum.low.min(*low);
        }
    }
    limits
}
