//! The moves: each draws a change of one or two people, judges it and takes it or leaves it.

use super::respond::Responder;
use super::tables::NONE;
use super::tile::{Pending, Tile};
use crate::base::random::Random;

/// Work charged for a move, and entries of a dynamic program that make a unit of work.
const MOVE: u64 = 16;
const ENTRIES: u64 = 8;

/// Days over which a person answers as a whole.
const SHORTEST: usize = 10;
const LONGEST: usize = 21;

/// What a move does.
#[derive(Clone, Copy)]
enum Kind {
    /// Two people trade a stretch of days, or two stretches.
    Trade,
    TradeTwice,
    /// A day becomes something else.
    Change,
    /// Two days of a person trade places, or two stretches of days.
    Exchange,
    ExchangeStretches,
    /// A stretch becomes the same thing every day.
    Block,
    /// A day of work moves elsewhere.
    Relocate,
    /// A person answers over some weeks.
    Respond,
}

/// How often each kind is drawn, of 256.
const SHARES: [(Kind, usize); 8] = [
    (Kind::Trade, 40),
    (Kind::TradeTwice, 10),
    (Kind::Change, 20),
    (Kind::Exchange, 20),
    (Kind::ExchangeStretches, 8),
    (Kind::Block, 8),
    (Kind::Relocate, 20),
    (Kind::Respond, 130),
];

/// Draws moves.
pub(super) struct Mover {
    random: Random,
    first: Pending,
    second: Pending,
    responder: Responder,
    kinds: Vec<Kind>,
    /// -ln of numbers between 0 and 1, evenly spaced.
    patience: Vec<f32>,
    /// Work done: moves, and entries of dynamic programs.
    pub work: u64,
}

impl Mover {
    pub(super) fn new(random: Random) -> Self {
        let kinds = SHARES.iter().flat_map(|&(kind, share)| std::iter::repeat_n(kind, share)).collect();
        let patience = (0..4096).map(|i| -((f64::from(i) + 0.5) / 4096.0).ln() as f32).collect();
        Self {
            random,
            first: Pending::default(),
            second: Pending::default(),
            responder: Responder::new(),
            kinds,
            patience,
            work: 0,
        }
    }

    /// Draws a move at a temperature.
    pub(super) fn step(&mut self, tile: &mut Tile<'_>, temperature: f64) {
        self.work += MOVE;
        let bits = self.random.bits();
        let kind = self.kinds[(bits & 255) as usize];
        let most = temperature * f64::from(self.patience[(bits >> 8) as usize & 4095]);
        let most = most.floor() as i64;
        let people = tile.people();
        let days = tile.end - tile.begin;
        let p = self.random.below(people);
        let d = tile.begin + self.random.below(days);
        match kind {
            Kind::Trade => self.trade(tile, p, d, most, false),
            Kind::TradeTwice => self.trade(tile, p, d, most, true),
            Kind::Change => {
                let o = self.other(tile, p, d);
                self.one(tile, p, &[(d, o)], most);
            }
            Kind::Exchange => {
                let e = self.day_near(tile, d);
                self.exchange(tile, p, (d, e), 1, most);
            }
            Kind::ExchangeStretches => {
                let length = 2 + self.random.below(6);
                let weeks = (tile.end - tile.begin) / 7;
                // The same weekday mostly keeps what a stretch counts for.
                let e = match weeks {
                    0 | 1 => self.day_near(tile, d),
                    _ => tile.begin + (d - tile.begin) % 7 + 7 * self.random.below(weeks),
                };
                self.exchange(tile, p, (d, e), length, most);
            }
            Kind::Block => self.block(tile, p, d, most),
            Kind::Relocate => self.relocate(tile, p, d, most),
            Kind::Respond => self.respond(tile, p, d, temperature),
        }
    }

    fn respond(&mut self, tile: &mut Tile<'_>, p: usize, d: usize, temperature: f64) {
        let length = SHORTEST + self.random.below(LONGEST - SHORTEST + 1);
        let first = d.saturating_sub(length / 2).max(tile.begin);
        // A window begins with no Sunday: whether its weekend has begun would have to be known.
        let first = if tile.tables.weekend[first] == 2 && first > tile.begin { first - 1 } else { first };
        let window = (first, length);
        let own = &tile.tables.people[p];
        self.work += (length * own.letters * own.finish.len()) as u64 / ENTRIES;
        let noise = temperature as f32;
        let found = self.responder.answer(tile, p, window, noise, &mut self.random, &mut self.first);
        let Some(gained) = found else { return };
        if let Some(price) = tile.judge(&mut self.first) {
            self.finish(tile, price, false, (-gained).floor() as i64);
        }
    }

    fn day_near(&mut self, tile: &Tile<'_>, d: usize) -> usize {
        if self.random.bits() & 1 == 0 {
            return tile.begin + self.random.below(tile.end - tile.begin);
        }
        let e = d as i64 + self.random.below(15) as i64 - 7;
        e.clamp(tile.begin as i64, tile.end as i64 - 1) as usize
    }

    /// Another option of a person-day: mostly one whose cell lacks people.
    fn other(&mut self, tile: &Tile<'_>, p: usize, d: usize) -> u16 {
        let options = tile.tables.of(p, d);
        let n = options.len();
        let start = self.random.below(n);
        if self.random.bits() & 3 != 0 {
            for i in 0..n {
                let o = if start + i < n { start + i } else { start + i - n };
                if tile.open(options.get(o as u16).cell) > 0 && o != usize::from(tile.taken(p, d)) {
                    return o as u16;
                }
            }
        }
        start as u16
    }

    fn finish(&mut self, tile: &mut Tile<'_>, price: i64, two: bool, most: i64) {
        let mut price = price + tile.shift(&self.first);
        if two {
            price += tile.shift(&self.second);
        }
        let mut tolled = tile.tolled(&self.first);
        if two {
            tolled += tile.tolled(&self.second);
        }
        if price as f32 + tolled <= most as f32 {
            tile.take(&self.first);
            if two {
                tile.take(&self.second);
            }
            tile.gained += price;
        } else {
            tile.undo();
        }
    }

    /// Changes of one person, ascending days.
    fn one(&mut self, tile: &mut Tile<'_>, p: usize, changes: &[(usize, u16)], most: i64) {
        self.first.begin(p);
        for &(d, o) in changes {
            if o == NONE {
                return;
            }
            if o != tile.taken(p, d) {
                self.first.add(d, o);
            }
        }
        self.judge_one(tile, most);
    }

    fn judge_one(&mut self, tile: &mut Tile<'_>, most: i64) {
        if self.first.len() == 0 {
            return;
        }
        if let Some(price) = tile.judge(&mut self.first) {
            self.finish(tile, price, false, most);
        }
    }

    /// Two stretches of a person trade places.
    fn exchange(&mut self, tile: &mut Tile<'_>, p: usize, (d, e): (usize, usize), length: usize, most: i64) {
        let (d, e) = (d.min(e), d.max(e));
        if d == e {
            return;
        }
        let length = length.min(e - d).min(tile.end - e);
        self.first.begin(p);
        for (from, to) in [(e, d), (d, e)] {
            for i in 0..length {
                let what = tile.at(p, from + i).what;
                let o = tile.tables.same(p, to + i, what);
                if o == NONE {
                    return;
                }
                if o != tile.taken(p, to + i) {
                    self.first.add(to + i, o);
                }
            }
        }
        self.judge_one(tile, most);
    }

    /// A stretch of a person becomes the same thing every day.
    fn block(&mut self, tile: &mut Tile<'_>, p: usize, d: usize, most: i64) {
        let length = (2 + self.random.below(4)).min(tile.end - d);
        let o = self.other(tile, p, d);
        let what = tile.tables.of(p, d).get(o).what;
        self.first.begin(p);
        for day in d..d + length {
            let o = tile.tables.same(p, day, what);
            if o == NONE {
                return;
            }
            if o != tile.taken(p, day) {
                self.first.add(day, o);
            }
        }
        self.judge_one(tile, most);
    }

    /// A day of work becomes a day off, and another day off becomes work.
    fn relocate(&mut self, tile: &mut Tile<'_>, p: usize, d: usize, most: i64) {
        let o = self.other(tile, p, d);
        if o == tile.taken(p, d) {
            return;
        }
        let off = tile.at(p, d).what == 0;
        let mut e = self.day_near(tile, d);
        // Look on from there for the day that makes up for it.
        let mut found = false;
        for _ in 0..8 {
            if e != d && (tile.at(p, e).what == 0) != off {
                found = true;
                break;
            }
            e = if e + 1 < tile.end { e + 1 } else { tile.begin };
        }
        if !found {
            return;
        }
        let f = if off { tile.tables.same(p, e, 0) } else { self.other(tile, p, e) };
        let changes = if d < e { [(d, o), (e, f)] } else { [(e, f), (d, o)] };
        self.one(tile, p, &changes, most);
    }

    /// Two people trade a stretch of days, or two of them.
    fn trade(&mut self, tile: &mut Tile<'_>, p: usize, d: usize, most: i64, twice: bool) {
        let mut q = self.random.below(tile.people());
        for _ in 0..4 {
            if q != p && tile.at(q, d).what != tile.at(p, d).what {
                break;
            }
            q = self.random.below(tile.people());
        }
        if q == p {
            return;
        }
        self.first.begin(p);
        self.second.begin(q);
        let bits = self.random.bits();
        let length = if bits & 1 == 0 { 1 } else { 1 + (bits >> 1) as usize % 10 };
        let mut spans = [(d, d + length), (0, 0)];
        if twice {
            let e = self.day_near(tile, d);
            let other = 1 + (bits >> 20) as usize % 4;
            spans = if e + other <= d {
                [(e, e + other), spans[0]]
            } else if e >= d + length {
                [spans[0], (e, e + other)]
            } else {
                return;
            };
        }
        for (from, to) in spans {
            for day in from..to.min(tile.end) {
                let (a, b) = (tile.at(p, day).what, tile.at(q, day).what);
                if a == b {
                    continue;
                }
                let (x, y) = (tile.tables.same(p, day, b), tile.tables.same(q, day, a));
                if x == NONE || y == NONE {
                    return;
                }
                self.first.add(day, x);
                self.second.add(day, y);
            }
        }
        if self.first.len() == 0 {
            return;
        }
        let Some(price) = tile.judge(&mut self.first) else { return };
        let Some(other) = tile.judge(&mut self.second) else { return };
        self.finish(tile, price + other, true, most);
    }
}
