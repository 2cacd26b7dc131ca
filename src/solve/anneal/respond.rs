//! A person's answer over some weeks: the best choice of all its days at once, at prices with noise.
//!
//! With noise of the size of the temperature this draws lines much as a heat bath does (perturb and maximise:
//! Papandreou and Yuille, ICCV 2011), and without noise it is best response. The choice is a dynamic program over
//! modes; limits of sums enter as tolls that follow how often a limit stood in the way, and are kept exactly while the
//! line is traced.

use super::tables::{LETTERS, NONE, Own};
use super::tile::{Pending, Tile};
use crate::base::random::Random;

/// Days behind the window that keep their options, while the modes come back to what they were.
const TAIL: usize = 7;
/// How far a toll rises when its limit stands in the way, and falls when it does not.
const RISE: f32 = 2.0;
const FALL: f32 = 0.25;

/// Work space.
#[derive(Default)]
pub(super) struct Responder {
    /// By day of the window and option: price with noise and tolls; the noise alone.
    price: Vec<f32>,
    noise: Vec<f32>,
    at: Vec<usize>,
    /// By row of amounts: the tolls on it.
    tolls: Vec<f32>,
    /// Cost to go, by day and mode; of a Sunday twice, the second after a Saturday of work.
    ahead: Vec<f32>,
    width: usize,
    used: Vec<i32>,
    stood: Vec<bool>,
    table: Vec<f32>,
}

impl Responder {
    pub(super) fn new() -> Self {
        // Logistic noise: differences of Gumbel noise.
        let table = (0..4096)
            .map(|i| {
                let u = (f64::from(i) + 0.5) / 4096.0;
                -(-u.ln()).ln() as f32
            })
            .collect();
        Self { table, ..Self::default() }
    }

    /// Lets a person answer from day `first` on; `pending` is what changes. The price of the noise that the change
    /// gains, if there is a line.
    pub(super) fn answer(
        &mut self,
        tile: &mut Tile<'_>,
        p: usize,
        (first, length): (usize, usize),
        temperature: f32,
        random: &mut Random,
        pending: &mut Pending,
    ) -> Option<f32> {
        let tables = tile.tables;
        let own: &Own = &tables.people[p];
        let end = (first + length).min(tile.end);
        let last = (end + TAIL).min(tile.end);
        self.prices(tile, p, (first, end), temperature, random);
        // A width that the compiler knows spares a comparison at every step.
        match own.finish.len() + 1 {
            0..=32 => self.backward::<32>(tile, own, p, (first, end, last)),
            33..=64 => self.backward::<64>(tile, own, p, (first, end, last)),
            65..=128 => self.backward::<128>(tile, own, p, (first, end, last)),
            129..=512 => self.backward::<512>(tile, own, p, (first, end, last)),
            _ => self.backward::<4096>(tile, own, p, (first, end, last)),
        }
        self.trace(tile, p, (first, end), pending)
    }

    /// Costs to go of all days and modes.
    fn backward<const W: usize>(
        &mut self,
        tile: &Tile<'_>,
        own: &Own,
        p: usize,
        (first, end, last): (usize, usize, usize),
    ) {
        let tables = tile.tables;
        let modes = own.finish.len();
        self.width = W;
        let days = last - first;
        self.ahead.clear();
        self.ahead.resize((days + 1) * 2 * W, f32::INFINITY);
        let row = |d: usize, begun: usize| (d * 2 + begun) * W;
        for begun in 0..2 {
            if last == tables.days {
                for (m, finish) in own.finish.iter().enumerate() {
                    self.ahead[row(days, begun) + m] = finish.map_or(f32::INFINITY, |f| f as f32);
                }
            } else {
                self.ahead[row(days, begun) + usize::from(tile.mode_before(p, last))] = 0.0;
            }
        }
        let toll = tile.weekend_toll(p);
        for d in (first..last).rev() {
            let i = d - first;
            let (now, next) = self.ahead.split_at_mut(row(i + 1, 0));
            let now = &mut now[row(i, 0)..];
            let weekday = tables.weekend[d];
            if d >= end {
                let letter = usize::from(tile.at(p, d).letter);
                for m in 0..modes {
                    let to = own.hop[letter * modes + m];
                    let price = next[usize::from(to) & (W - 1)]
                        + if own.costly { own.cost[m * own.letters + letter] as f32 } else { 0.0 };
                    now[m] = price;
                    now[W + m] = price;
                }
                continue;
            }
            // By letter: the cheapest option that counts for no weekend, and the cheapest that does.
            let (mut idle, mut busy) = ([f32::INFINITY; LETTERS], [f32::INFINITY; LETTERS]);
            for (choice, &price) in tables.of(p, d).iter().zip(&self.price[self.at[i]..]) {
                let counts = weekday != 0 && !own.weekend_rows[usize::from(choice.row)].is_empty();
                let least = if counts { &mut busy } else { &mut idle };
                let least = &mut least[usize::from(choice.letter) & (LETTERS - 1)];
                *least = least.min(price);
            }
            let (now, then) = now.split_at_mut(W);
            let (Some(ahead), Some(begun)) = (next.first_chunk::<W>(), next[W..].first_chunk::<W>()) else {
                return;
            };
            match weekday {
                1 => {
                    busy.iter_mut().for_each(|price| *price += toll);
                    relax(own, &idle, ahead, now);
                    relax(own, &busy, begun, now);
                }
                2 => {
                    let either = |toll: f32| std::array::from_fn(|l| idle[l].min(busy[l] + toll));
                    relax(own, &either(0.0), ahead, then);
                    relax(own, &either(toll), ahead, now);
                    continue;
                }
                _ => relax(own, &idle, ahead, now),
            }
            then[..modes].copy_from_slice(&now[..modes]);
        }
    }

    /// Prices of all options of the window.
    fn prices(
        &mut self,
        tile: &Tile<'_>,
        p: usize,
        (first, end): (usize, usize),
        temperature: f32,
        random: &mut Random,
    ) {
        let tables = tile.tables;
        let own = &tables.people[p];
        self.price.clear();
        self.noise.clear();
        self.at.clear();
        self.tolls.clear();
        let charged =
            |row: &Vec<(u8, i32)>| row.iter().map(|&(s, n)| tile.toll(p, s) * n as f32).sum::<f32>();
        self.tolls.extend(own.rows.iter().map(charged));
        let mut bits = 0u64;
        let mut left = 0;
        for d in first..end {
            self.at.push(self.price.len());
            let options = tables.of(p, d);
            let taken = options[usize::from(tile.taken(p, d))].cell;
            for choice in options {
                if left == 0 {
                    bits = random.bits();
                    left = 5;
                }
                let noise = -temperature * self.table[(bits & 4095) as usize];
                bits >>= 12;
                left -= 1;
                let worth = if choice.cell == taken { tile.kept(taken) } else { tile.worth(choice.cell) };
                self.price.push(choice.cost as f32 + noise + worth + self.tolls[usize::from(choice.row)]);
                self.noise.push(noise);
            }
        }
    }

    /// The cheapest line that keeps upper limits.
    fn trace(
        &mut self,
        tile: &mut Tile<'_>,
        p: usize,
        (first, end): (usize, usize),
        pending: &mut Pending,
    ) -> Option<f32> {
        let tables = tile.tables;
        let own = &tables.people[p];
        let modes = own.finish.len();
        let width = self.width;
        let toll = tile.weekend_toll(p);
        self.used.clear();
        self.used.extend_from_slice(tile.sums(p));
        self.stood.clear();
        self.stood.resize(own.sums.len(), false);
        let mut begun_old = false;
        for d in first..end {
            let old = tile.at(p, d);
            for &(s, amount) in &own.rows[usize::from(old.row)] {
                self.used[usize::from(s)] -= amount;
            }
            let row = &own.weekend_rows[usize::from(old.row)];
            let dropped = tables.weekend[d] == 2 && begun_old;
            if !dropped {
                for &(s, amount) in row {
                    self.used[usize::from(s)] -= amount;
                }
            }
            begun_old = tables.weekend[d] == 1 && !row.is_empty();
        }
        pending.begin(p);
        let mut mode = usize::from(tile.mode_before(p, first));
        let mut begun = false;
        let mut gained = 0.0;
        for d in first..end {
            let i = d - first;
            let weekday = tables.weekend[d];
            let mut best = (f32::INFINITY, NONE);
            let mut free = f32::INFINITY;
            let mut stands = None;
            for (o, choice) in tables.of(p, d).iter().enumerate() {
                let to = usize::from(own.hop[usize::from(choice.letter) * modes + mode]);
                let counts = weekday != 0 && !own.weekend_rows[usize::from(choice.row)].is_empty();
                let after = usize::from(weekday == 1 && counts);
                let mut price = self.price[self.at[i] + o] + self.ahead[((i + 1) * 2 + after) * width + to];
                if own.costly {
                    price += own.cost[mode * own.letters + usize::from(choice.letter)] as f32;
                }
                let fresh = counts && !(weekday == 2 && begun);
                if fresh {
                    price += toll;
                }
                if price >= best.0 {
                    continue;
                }
                let mut blocked = None;
                for &(s, amount) in &own.rows[usize::from(choice.row)] {
                    if self.used[usize::from(s)] + amount > tile.high(p, s) {
                        blocked = Some(s);
                    }
                }
                if fresh {
                    for &(s, amount) in &own.weekend_rows[usize::from(choice.row)] {
                        if self.used[usize::from(s)] + amount > tile.high(p, s) {
                            blocked = Some(s);
                        }
                    }
                }
                match blocked {
                    Some(s) => {
                        if price < free {
                            free = price;
                            stands = Some(s);
                        }
                    }
                    None => best = (price, o as u16),
                }
            }
            if let Some(s) = stands
                && free < best.0
            {
                self.stood[usize::from(s)] = true;
            }
            if best.1 == NONE {
                self.learn(tile, p);
                return None;
            }
            let choice = tables.of(p, d)[usize::from(best.1)];
            for &(s, amount) in &own.rows[usize::from(choice.row)] {
                self.used[usize::from(s)] += amount;
            }
            let row = &own.weekend_rows[usize::from(choice.row)];
            if !(weekday == 2 && begun) {
                for &(s, amount) in row {
                    self.used[usize::from(s)] += amount;
                }
            }
            begun = weekday == 1 && !row.is_empty();
            mode = usize::from(own.hop[usize::from(choice.letter) * modes + mode]);
            let taken = tile.taken(p, d);
            if best.1 != taken {
                pending.add(d, best.1);
                let noise = &self.noise[self.at[i]..];
                gained += noise[usize::from(best.1)] - noise[usize::from(taken)];
            }
        }
        self.learn(tile, p);
        (pending.len() > 0).then_some(gained)
    }

    /// Tolls follow whether their limit stood in the way.
    fn learn(&mut self, tile: &mut Tile<'_>, p: usize) {
        for s in 0..self.used.len() {
            let (low, high) = (tile.low(p, s as u8), tile.high(p, s as u8));
            let used = self.used[s];
            let unit = tile.tables.people[p].units[s];
            let toll = tile.toll_mut(p, s as u8);
            if self.stood[s] {
                *toll += RISE / unit;
            } else if used < low {
                *toll -= RISE / unit;
            } else if used < high && *toll > 0.0 {
                *toll = (*toll - FALL / unit).max(0.0);
            } else if used > low && *toll < 0.0 {
                *toll = (*toll + FALL / unit).min(0.0);
            }
        }
    }
}

/// Takes the cheapest step of each mode, where it is cheaper than what stands.
fn relax<const W: usize>(own: &Own, prices: &[f32; LETTERS], ahead: &[f32; W], now: &mut [f32]) {
    for (m, least) in now.iter_mut().enumerate().take(own.finish.len()) {
        let steps = own.first_step[m] as usize..own.first_step[m + 1] as usize;
        let mut value = *least;
        for (step, &cost) in own.steps[steps.clone()].iter().zip(&own.step_costs[steps]) {
            let price = prices[usize::from(step.letter) & (LETTERS - 1)]
                + ahead[usize::from(step.to) & (W - 1)]
                + cost;
            value = if price < value { price } else { value };
        }
        *least = value;
    }
}
