//! A person's answer over some weeks: the best choice of all its days at once, at prices with noise.
//!
//! With noise of the size of the temperature this draws lines much as a heat bath does (perturb and maximise:
//! Papandreou and Yuille, ICCV 2011), and without noise it is best response. The choice is a dynamic program over
//! modes; limits of sums enter as tolls that follow how often a limit stood in the way, and are kept exactly while the
//! line is traced.

use super::lists::{Choice, Grouped, OPTIONS};
use super::steps::Room;
use super::tables::{LETTERS, NO_CELL, NONE, Own};
use super::tile::{Pending, Tile};
use crate::base::random::Random;

/// Values of noise.
const NOISE: usize = 4096;
/// Days behind the window that keep their options, while the modes come back to what they were.
const TAIL: usize = 7;
/// How far a toll rises when its limit stands in the way, and falls when it does not.
const RISE: f32 = 2.0;
const FALL: f32 = 0.25;

/// Work space.
#[derive(Default)]
pub(super) struct Responder {
    /// By day of the window and option: price with noise and tolls.
    price: Vec<f32>,
    at: Vec<usize>,
    /// By day of the window and letter: the cheapest option that counts for no weekend, and the cheapest that does.
    idle: Vec<Cheapest>,
    busy: Vec<Cheapest>,
    /// By row of amounts: the tolls on it.
    tolls: Vec<f32>,
    /// Cost to go, by day and mode; of a Sunday twice, the second after a Saturday of work.
    ahead: Vec<f32>,
    width: usize,
    used: Vec<i32>,
    stood: Vec<bool>,
    /// Gumbel noise of size 1 in random order; what is at its beginning stands behind its end once more.
    table: Vec<f32>,
    room: Room,
}

/// An option and its price.
#[derive(Clone, Copy)]
struct Cheapest {
    price: f32,
    option: u16,
}

const NOTHING: Cheapest = Cheapest { price: f32::INFINITY, option: NONE };

impl Responder {
    pub(super) fn new() -> Self {
        // Logistic noise: differences of Gumbel noise.
        let quantile = |i: usize| -(-((i as f64 + 0.5) / NOISE as f64).ln()).ln() as f32;
        let mut table: Vec<f32> = (0..NOISE).map(quantile).collect();
        Random::new(NOISE as u64).shuffle(&mut table);
        table.extend_from_within(..OPTIONS);
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
            let of = |from: &[Cheapest]| {
                let mut prices = [f32::INFINITY; LETTERS];
                let own = from[i * own.letters..(i + 1) * own.letters].iter();
                prices.iter_mut().zip(own).for_each(|(price, cheapest)| *price = cheapest.price);
                prices
            };
            let idle = of(&self.idle);
            let (now, then) = now.split_at_mut(W);
            let (Some(ahead), Some(begun)) = (next.first_chunk::<W>(), next[W..].first_chunk::<W>()) else {
                return;
            };
            let (steps, room) = (&own.steps, &mut self.room);
            match weekday {
                1 => {
                    let busy = of(&self.busy).map(|price| price + toll);
                    steps.relax(&idle, ahead, now, room);
                    steps.relax(&busy, begun, now, room);
                }
                2 => {
                    let busy = of(&self.busy);
                    let either = |toll: f32| std::array::from_fn(|l| idle[l].min(busy[l] + toll));
                    steps.relax(&either(0.0), ahead, then, room);
                    steps.relax(&either(toll), ahead, now, room);
                    continue;
                }
                _ => steps.relax(&idle, ahead, now, room),
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
        self.at.clear();
        self.idle.clear();
        self.busy.clear();
        self.tolls.clear();
        let charged =
            |row: &Vec<(u8, i32)>| row.iter().map(|&(s, n)| tile.toll(p, s) * n as f32).sum::<f32>();
        self.tolls.extend(own.rows.iter().map(charged));
        self.idle.resize((end - first) * own.letters, NOTHING);
        self.busy.resize((end - first) * own.letters, NOTHING);
        for (i, d) in (first..end).enumerate() {
            let begin = self.price.len();
            self.at.push(begin);
            let Grouped { groups, members, costs, first } = tables.grouped(p, d);
            self.price.resize(begin + members.len(), 0.0);
            let prices = &mut self.price[begin..];
            let weekend = tables.weekend[d] != 0;
            let taken = tile.at(p, d).cell;
            let kept = tile.kept(taken);
            let taken = if taken == NO_CELL { NO_CELL } else { taken - first };
            let worth = tile.from(first);
            // A draw decides where the noise of the day begins; what follows there is as good as drawn.
            let mut noise = self.table[random.bits() as usize & (NOISE - 1)..][..members.len()].iter();
            let mut rest = members;
            let mut done = 0;
            for group in groups {
                let (own_members, others) = rest.split_at((group.end - done) as usize);
                (rest, done) = (others, group.end);
                let mut least = NOTHING;
                for (member, noise) in own_members.iter().zip(&mut noise) {
                    let o = usize::from(member.option);
                    let place = worth.get(member.cell as usize).copied().unwrap_or(0.0);
                    let place = if member.cell == taken { kept } else { place };
                    let tolls = self.tolls[usize::from(member.row)];
                    let price = costs[o] as f32 + place + tolls - temperature * noise;
                    prices[o] = price;
                    if price < least.price {
                        least = Cheapest { price, option: member.option };
                    }
                }
                let cheapest = if weekend && group.counts { &mut self.busy } else { &mut self.idle };
                let cheapest = &mut cheapest[i * own.letters + usize::from(group.letter)];
                if least.price < cheapest.price {
                    *cheapest = least;
                }
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
            let begun_before = weekday == 2 && begun;
            let options = tables.of(p, d);
            let fresh = |choice: Choice| weekday != 0 && !begun_before && counts(own, choice);
            let mut best = self.cheapest(own, i, mode, weekday, if begun_before { 0.0 } else { toll });
            if best != NONE {
                let choice = options.get(best);
                if self.blocked(tile, p, choice, fresh(choice)).is_some() {
                    best = NONE;
                    let mut least = f32::INFINITY;
                    let mut free = (f32::INFINITY, 0);
                    for (o, choice) in options.iter().enumerate() {
                        let to = usize::from(own.hop[usize::from(choice.letter) * modes + mode]);
                        let after = usize::from(weekday == 1 && counts(own, choice));
                        let mut price =
                            self.price[self.at[i] + o] + self.ahead[((i + 1) * 2 + after) * width + to];
                        if own.costly {
                            price += own.cost[mode * own.letters + usize::from(choice.letter)] as f32;
                        }
                        if fresh(choice) {
                            price += toll;
                        }
                        if price >= least {
                            continue;
                        }
                        match self.blocked(tile, p, choice, fresh(choice)) {
                            Some(s) if price < free.0 => free = (price, s),
                            Some(_) => {}
                            None => (least, best) = (price, o as u16),
                        }
                    }
                    if free.0 < least {
                        self.stood[usize::from(free.1)] = true;
                    }
                }
            }
            if best == NONE {
                self.learn(tile, p);
                return None;
            }
            let choice = tables.of(p, d).get(best);
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
            if best != taken {
                pending.add(d, best);
                let old = options.get(taken);
                let noise = |choice: Choice, o: u16| {
                    let same = choice.cell == old.cell;
                    let place = if same { tile.kept(choice.cell) } else { tile.worth(choice.cell) };
                    let bare = choice.cost as f32 + place + self.tolls[usize::from(choice.row)];
                    self.price[self.at[i] + usize::from(o)] - bare
                };
                gained += noise(choice, best) - noise(old, taken);
            }
        }
        self.learn(tile, p);
        (pending.len() > 0).then_some(gained)
    }

    /// The option of day `i` of the window that is cheapest from a mode, whatever the limits of sums are; a weekend
    /// that it begins costs `begins`.
    fn cheapest(&self, own: &Own, i: usize, mode: usize, weekday: u8, begins: f32) -> u16 {
        let modes = own.finish.len();
        let ahead = &self.ahead[(i + 1) * 2 * self.width..];
        let begun = if weekday == 1 { &ahead[self.width..] } else { ahead };
        let (mut least, mut option) = (f32::INFINITY, NONE);
        let of = i * own.letters;
        for l in 0..own.letters {
            let to = usize::from(own.hop[l * modes + mode]);
            let step = if own.costly { own.cost[mode * own.letters + l] as f32 } else { 0.0 };
            let idle = self.idle[of + l];
            let price = idle.price + ahead[to] + step;
            if price < least {
                (least, option) = (price, idle.option);
            }
            if weekday != 0 {
                let busy = self.busy[of + l];
                let price = busy.price + begins + begun[to] + step;
                if price < least {
                    (least, option) = (price, busy.option);
                }
            }
        }
        option
    }

    /// A sum whose upper limit an option would pass.
    fn blocked(&self, tile: &Tile<'_>, p: usize, choice: Choice, fresh: bool) -> Option<u8> {
        let own = &tile.tables.people[p];
        let weekend: &[(u8, i32)] = if fresh { &own.weekend_rows[usize::from(choice.row)] } else { &[] };
        let mut rows = own.rows[usize::from(choice.row)].iter().chain(weekend);
        rows.find(|&&(s, amount)| self.used[usize::from(s)] + amount > tile.high(p, s)).map(|x| x.0)
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

/// Whether an option makes a weekend count.
fn counts(own: &Own, choice: Choice) -> bool {
    !own.weekend_rows[usize::from(choice.row)].is_empty()
}
