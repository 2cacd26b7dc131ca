//! The days of a tile with everybody's choices, and what a change of them would cost.

use super::lists::Choice;
use super::state::State;
use super::tables::{NO_CELL, NONE, Tables};

/// Changes of one person that wait for their answer.
#[derive(Default)]
pub(super) struct Pending {
    person: usize,
    /// (day, option), ascending days.
    changes: Vec<(u16, u16)>,
    sums: Vec<(u8, i32)>,
    /// (day, mode before it).
    modes: Vec<(u16, u16)>,
}

impl Pending {
    /// Begins with a person's changes, none so far.
    pub(super) fn begin(&mut self, person: usize) {
        self.person = person;
        self.changes.clear();
    }
    /// Adds a change of a day after those so far.
    pub(super) fn add(&mut self, day: usize, option: u16) {
        self.changes.push((day as u16, option));
    }
    /// How many days change.
    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }
}

/// The rota in the days `begin..end`.
pub(super) struct Tile<'t> {
    pub(super) tables: &'t Tables,
    pub(super) begin: usize,
    pub(super) end: usize,
    width: usize,
    /// `choice[person * width + day - begin]`.
    choice: Vec<u16>,
    /// Mode before each day of the tile, and after the last: `width + 1` a person.
    mode: Vec<u16>,
    /// A person's sums over the whole horizon: from `base[person]` on, with their limits here.
    sums: Vec<i32>,
    low: Vec<i32>,
    high: Vec<i32>,
    base: Vec<usize>,
    /// Toll on a unit of each sum.
    tolls: Vec<f32>,
    /// Share of the tolls that moves pay.
    pub(super) charged: f32,
    count: Vec<i32>,
    /// What one more person in each cell costs.
    more: Vec<f32>,
    /// Head counts that a move has changed so far: undone when it is not taken.
    moved: Vec<(u32, i32)>,
    /// Change of the price since the tile began.
    pub(super) gained: i64,
}

/// A person's sums and the slack that a tile may use of them.
pub(super) struct Slack<'s> {
    pub sums: &'s [i32],
    pub low: &'s [i32],
    pub high: &'s [i32],
    pub tolls: &'s [f32],
}

impl<'t> Tile<'t> {
    /// The tile of a rota, and what each person may still use.
    pub(super) fn new<'s>(
        tables: &'t Tables,
        (begin, end): (usize, usize),
        state: &State,
        slack: impl Iterator<Item = Slack<'s>>,
    ) -> Self {
        let width = end - begin;
        let mut tile = Self {
            tables,
            begin,
            end,
            width,
            choice: Vec::with_capacity(state.rota.len() * width),
            mode: Vec::with_capacity(state.rota.len() * (width + 1)),
            sums: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            base: Vec::with_capacity(state.rota.len()),
            tolls: Vec::new(),
            charged: 0.0,
            count: state.count.clone(),
            more: tables.cover.iter().zip(&state.count).map(|(cover, &n)| cover.next(n)).collect(),
            moved: Vec::new(),
            gained: 0,
        };
        for ((own, mode), slack) in state.rota.iter().zip(&state.modes).zip(slack) {
            tile.choice.extend_from_slice(&own[begin..end]);
            tile.mode.extend_from_slice(&mode[begin..=end]);
            tile.base.push(tile.sums.len());
            tile.sums.extend_from_slice(slack.sums);
            tile.low.extend_from_slice(slack.low);
            tile.high.extend_from_slice(slack.high);
            tile.tolls.extend_from_slice(slack.tolls);
        }
        tile
    }

    /// Number of people.
    pub(super) fn people(&self) -> usize {
        self.base.len()
    }

    /// A person's options on the days of the tile.
    pub(super) fn line(&self, p: usize) -> &[u16] {
        &self.choice[p * self.width..(p + 1) * self.width]
    }

    /// The option taken.
    pub(super) fn taken(&self, p: usize, d: usize) -> u16 {
        self.choice[p * self.width + d - self.begin]
    }

    /// What the option taken is.
    pub(super) fn at(&self, p: usize, d: usize) -> Choice {
        self.tables.of(p, d).get(self.taken(p, d))
    }

    /// Mode of a person before a day.
    pub(super) fn mode_before(&self, p: usize, d: usize) -> u16 {
        self.mode[p * (self.width + 1) + d - self.begin]
    }

    /// A person's sums, and what the tile may use of each.
    pub(super) fn sums(&self, p: usize) -> &[i32] {
        &self.sums[self.base[p]..self.base[p] + self.tables.people[p].sums.len()]
    }
    pub(super) fn low(&self, p: usize, s: u8) -> i32 {
        self.low[self.base[p] + usize::from(s)]
    }
    pub(super) fn high(&self, p: usize, s: u8) -> i32 {
        self.high[self.base[p] + usize::from(s)]
    }
    pub(super) fn toll(&self, p: usize, s: u8) -> f32 {
        self.tolls[self.base[p] + usize::from(s)]
    }
    pub(super) fn toll_mut(&mut self, p: usize, s: u8) -> &mut f32 {
        &mut self.tolls[self.base[p] + usize::from(s)]
    }
    /// All tolls, person after person.
    pub(super) fn tolls(&self) -> &[f32] {
        &self.tolls
    }
    /// Toll of a weekend of work.
    pub(super) fn weekend_toll(&self, p: usize) -> f32 {
        let sums = self.tables.people[p].sums.iter().enumerate().filter(|(_, s)| s.weekend);
        sums.map(|(s, _)| self.toll(p, s as u8)).sum()
    }

    /// What one more person in a cell costs.
    pub(super) fn worth(&self, cell: u32) -> f32 {
        if cell == NO_CELL { 0.0 } else { self.more[cell as usize] }
    }
    /// What one more person costs in a cell and in those after it.
    pub(super) fn from(&self, cell: u32) -> &[f32] {
        &self.more[cell as usize..]
    }
    /// What a person in a cell costs who is counted there.
    pub(super) fn kept(&self, cell: u32) -> f32 {
        if cell == NO_CELL {
            return 0.0;
        }
        self.tables.cover[cell as usize].next(self.count[cell as usize] - 1)
    }

    fn add_to(&mut self, cell: u32, by: i32) -> i64 {
        let cover = &self.tables.cover[cell as usize];
        let n = self.count[cell as usize];
        self.count[cell as usize] = n + by;
        self.more[cell as usize] = cover.next(n + by);
        cover.price(n + by) - cover.price(n)
    }

    /// Number of people in a cell.
    pub(super) fn open(&self, cell: u32) -> i32 {
        if cell == NO_CELL {
            0
        } else {
            self.tables.cover[cell as usize].required - self.count[cell as usize]
        }
    }

    /// What a person's changes cost, head counts apart; `None` when they break a hard rule. Days that do not change
    /// are left out of `pending`.
    pub(super) fn judge(&self, pending: &mut Pending) -> Option<i64> {
        let p = pending.person;
        let own = &self.tables.people[p];
        pending.sums.clear();
        let mut price = 0;
        let mut weekends = false;
        for &(d, o) in &pending.changes {
            let d = usize::from(d);
            let options = self.tables.of(p, d);
            let (old, new) = (options.get(self.taken(p, d)), options.get(o));
            price += i64::from(new.cost) - i64::from(old.cost);
            if old.row != new.row {
                for &(s, amount) in &own.rows[usize::from(old.row)] {
                    add(&mut pending.sums, s, -amount);
                }
                for &(s, amount) in &own.rows[usize::from(new.row)] {
                    add(&mut pending.sums, s, amount);
                }
                weekends |= self.tables.weekend[d] != 0;
            }
        }
        if weekends {
            self.weekends(pending);
        }
        let base = self.base[p];
        for &(s, change) in &pending.sums {
            let at = base + usize::from(s);
            let sum = self.sums[at] + change;
            if (change > 0 && sum > self.high[at]) || (change < 0 && sum < self.low[at]) {
                return None;
            }
        }
        Some(price + self.follow(pending)?)
    }

    /// Adds what the changes do to sums that count a weekend once.
    fn weekends(&self, pending: &mut Pending) {
        let p = pending.person;
        let own = &self.tables.people[p];
        let row = |d: usize, o: u16| &own.weekend_rows[usize::from(self.tables.of(p, d).get(o).row)];
        let mut seen = usize::MAX;
        for i in 0..pending.changes.len() {
            let d = usize::from(pending.changes[i].0);
            // The first day of the weekend that this day is in.
            let first = match self.tables.weekend[d] {
                2 if d > self.begin => d - 1,
                1 | 2 => d,
                _ => continue,
            };
            if first == seen {
                continue;
            }
            seen = first;
            let two = self.tables.weekend[first] == 1 && first + 1 < self.end;
            let changed = |day: usize| {
                pending.changes.iter().find(|c| usize::from(c.0) == day).map_or(self.taken(p, day), |c| c.1)
            };
            let now = [Some(first), two.then_some(first + 1)].map(|d| d.map(|d| (d, self.taken(p, d))));
            let then = [Some(first), two.then_some(first + 1)].map(|d| d.map(|d| (d, changed(d))));
            for (days, sign) in [(now, -1), (then, 1)] {
                let mut counted: [Option<&Vec<(u8, i32)>>; 2] = [None; 2];
                for (slot, day) in counted.iter_mut().zip(days) {
                    *slot = day.map(|(d, o)| row(d, o));
                }
                if let Some(saturday) = counted[0] {
                    for &(s, amount) in saturday {
                        add(&mut pending.sums, s, sign * amount);
                    }
                }
                if let Some(sunday) = counted[1] {
                    for &(s, amount) in sunday {
                        let begun = counted[0].is_some_and(|sat| sat.iter().any(|x| x.0 == s && x.1 > 0));
                        if !begun {
                            add(&mut pending.sums, s, sign * amount);
                        }
                    }
                }
            }
        }
    }

    /// Follows the modes from the first change until nothing differs any more; what it costs.
    fn follow(&self, pending: &mut Pending) -> Option<i64> {
        let p = pending.person;
        let own = &self.tables.people[p];
        let old = &self.mode[p * (self.width + 1)..(p + 1) * (self.width + 1)];
        pending.modes.clear();
        let mut price = 0;
        let mut next = 0;
        while next < pending.changes.len() {
            let mut d = usize::from(pending.changes[next].0);
            let mut mode = old[d - self.begin];
            loop {
                let options = self.tables.of(p, d);
                let taken = options.get(self.taken(p, d)).letter;
                let letter = match pending.changes.get(next) {
                    Some(&(day, o)) if usize::from(day) == d => {
                        next += 1;
                        options.get(o).letter
                    }
                    _ => taken,
                };
                let at = usize::from(mode) * own.letters + usize::from(letter);
                let to = own.next[at];
                if to == NONE {
                    return None;
                }
                let was = old[d - self.begin];
                price += i64::from(own.cost[at])
                    - i64::from(own.cost[usize::from(was) * own.letters + usize::from(taken)]);
                d += 1;
                if d == self.end {
                    let last = old[self.width];
                    if to != last {
                        if self.end < self.tables.days {
                            return None;
                        }
                        price += i64::from(own.finish[usize::from(to)]?)
                            - i64::from(own.finish[usize::from(last)].unwrap_or(0));
                        pending.modes.push((d as u16, to));
                    }
                    return Some(price);
                }
                if to == old[d - self.begin] {
                    break;
                }
                pending.modes.push((d as u16, to));
                mode = to;
            }
        }
        Some(price)
    }

    /// What moves pay for what the changes take of sums that have a toll.
    pub(super) fn tolled(&self, pending: &Pending) -> f32 {
        let own = &self.tolls[self.base[pending.person]..];
        let charged = pending.sums.iter().map(|&(s, change)| own[usize::from(s)] * change as f32);
        self.charged * charged.sum::<f32>()
    }

    /// Moves people between cells as the changes say; by how much the price of the head counts changes. It stands
    /// until [`Tile::undo`] or [`Tile::take`].
    pub(super) fn shift(&mut self, pending: &Pending) -> i64 {
        let p = pending.person;
        let mut price = 0;
        for &(d, o) in &pending.changes {
            let options = self.tables.of(p, usize::from(d));
            let old = options.get(self.taken(p, usize::from(d))).cell;
            let new = options.get(o).cell;
            if old == new {
                continue;
            }
            for (cell, by) in [(old, -1), (new, 1)] {
                if cell != NO_CELL {
                    price += self.add_to(cell, by);
                    self.moved.push((cell, by));
                }
            }
        }
        price
    }

    /// Takes back what was shifted.
    pub(super) fn undo(&mut self) {
        while let Some((cell, by)) = self.moved.pop() {
            self.add_to(cell, -by);
        }
    }

    /// Takes the changes for good; head counts have been shifted.
    pub(super) fn take(&mut self, pending: &Pending) {
        let p = pending.person;
        for &(d, o) in &pending.changes {
            self.choice[p * self.width + usize::from(d) - self.begin] = o;
        }
        for &(d, m) in &pending.modes {
            self.mode[p * (self.width + 1) + usize::from(d) - self.begin] = m;
        }
        for &(s, change) in &pending.sums {
            self.sums[self.base[p] + usize::from(s)] += change;
        }
        self.moved.clear();
    }
}

fn add(sums: &mut Vec<(u8, i32)>, s: u8, amount: i32) {
    match sums.iter_mut().find(|x| x.0 == s) {
        Some(x) => x.1 += amount,
        None => sums.push((s, amount)),
    }
}
