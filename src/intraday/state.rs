//! Who eats when, receives from whom and is kept from a meeting, for given head counts; and what that costs.

use super::flow::Flow;
use super::frame::{Frame, NONE};
use super::live::Live;
use super::people::Decided;
use super::tasks::Tasked;
use crate::problem::DayProblem;

/// People of a class who receive in an event.
pub(super) type Share = (usize, i64);

/// A person of a class who reads messages in a range of slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// Class of the reader.
    pub(super) class: usize,
    /// Who of the class.
    pub(super) index: usize,
    /// Slots.
    pub(super) slots: (usize, usize),
    /// Channels whose messages they read.
    pub(super) channels: Vec<usize>,
}

/// A decision for a block, with its price kept up to date.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    /// The block.
    pub(super) day: &'a DayProblem,
    /// The block, prepared.
    pub(super) frame: &'a Frame,
    /// Head count of each supply.
    pub(super) counts: &'a [i64],
    /// People of each class.
    pub(super) eaters: Vec<i64>,
    /// For each meeting the people kept of each supply that attends, in that order.
    pub(super) kept: Vec<Vec<i64>>,
    /// For each event who receives.
    pub(super) received: Vec<Vec<Share>>,
    /// For each event how many leavers need a receiver who is at work, by skill set.
    pub(super) leaving: Vec<Vec<Share>>,
    /// For each event and skill set how many more could receive.
    pub(super) spare: Vec<Vec<i64>>,
    /// Whether two events with leavers overlap.
    pub(super) tangled: bool,
    /// Who reads messages.
    pub(super) reading: Vec<Reading>,
    /// Who does which task.
    pub(super) tasked: Vec<Tasked>,
    /// Minutes of each source of each cluster.
    pub(super) minutes: Vec<i64>,
    /// Price of each cluster.
    pub(super) price: Vec<i64>,
    /// Sum of the prices; valid after [`State::refresh`].
    pub(super) total: i64,
    dirty: Vec<bool>,
    known: Vec<Vec<(usize, i64, i64)>>,
    changes: Vec<(usize, u32, i64)>,
    flow: Flow,
    /// The flows of the clusters that keep theirs.
    live: Vec<Option<Live>>,
}

/// What a trial may have to take back.
pub(super) struct Snapshot {
    eaters: Vec<i64>,
    kept: Vec<Vec<i64>>,
    received: Vec<Vec<Share>>,
    spare: Vec<Vec<i64>>,
    minutes: Vec<i64>,
    price: Vec<i64>,
    total: i64,
}

impl<'a> State<'a> {
    /// Everybody on the queue: nobody eats, receives or is kept yet.
    pub(super) fn new(day: &'a DayProblem, frame: &'a Frame, counts: &'a [i64]) -> Self {
        let clusters = frame.clusters.len();
        let mut state = Self {
            day,
            frame,
            counts,
            eaters: vec![0; frame.meal.len()],
            kept: day.meetings.iter().map(|m| vec![0; m.attends.len()]).collect(),
            received: vec![Vec::new(); day.events.len()],
            leaving: Vec::new(),
            spare: vec![vec![0; frame.skills.len()]; day.events.len()],
            tangled: false,
            reading: Vec::new(),
            tasked: Vec::new(),
            minutes: vec![0; frame.sources],
            price: vec![0; clusters],
            total: 0,
            dirty: vec![true; clusters],
            known: vec![Vec::new(); clusters],
            changes: Vec::new(),
            flow: Flow::default(),
            live: frame
                .clusters
                .iter()
                .map(|c| c.lists.as_ref().map(|lists| Live::new(&c.network.sinks, lists)))
                .collect(),
        };
        for (g, &n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let k = frame.skill[g];
            for &(a, b) in &day.supplies[g].segments {
                for s in a..b {
                    if frame.on[g * frame.slots + s] {
                        state.add(k, s, n);
                    }
                }
            }
        }
        state.leaving = (0..day.events.len()).map(|e| state.leavers(e)).collect();
        let busy = |e: usize| !state.leaving[e].is_empty();
        state.tangled =
            (0..day.events.len()).any(|e| busy(e) && (0..e).any(|f| busy(f) && state.events_overlap(e, f)));
        state.refresh();
        state
    }
    /// Adds people of a skill set to the queue in a slot.
    pub(super) fn add(&mut self, skill: usize, slot: usize, people: i64) {
        let source = self.frame.source[skill * self.frame.slots + slot];
        if source != NONE {
            let c = self.frame.cluster[slot] as usize;
            self.minutes[self.frame.clusters[c].offset + source as usize] += people * self.frame.length[slot];
            self.dirty[c] = true;
        }
    }
    /// Adds people of a class in a range of slots, where the class is on the queue.
    pub(super) fn add_class(&mut self, class: usize, slots: (usize, usize), people: i64) {
        let k = self.frame.skill[self.frame.supply[class]];
        for s in slots.0..slots.1 {
            if self.frame.class_on(class, s) {
                self.add(k, s, people);
            }
        }
    }
    /// Sends people of a class to their meal; it must not be known to any event yet.
    pub(super) fn eat(&mut self, class: usize, people: i64) {
        let (a, b) = self.frame.meal[class];
        let g = self.frame.supply[class];
        for s in a..b {
            if self.frame.on[g * self.frame.slots + s] {
                self.add(self.frame.skill[g], s, -people);
            }
        }
        self.eaters[class] += people;
    }
    /// Prices the clusters that changed and returns the total.
    pub(super) fn refresh(&mut self) -> i64 {
        for c in 0..self.dirty.len() {
            if std::mem::take(&mut self.dirty[c]) {
                let cluster = &self.frame.clusters[c];
                let range = cluster.offset..cluster.offset + cluster.network.sources();
                self.price[c] = match (&mut self.live[c], &cluster.lists) {
                    (Some(live), Some(lists)) => {
                        live.follow(&cluster.network.sinks, lists, &self.minutes[range])
                    }
                    _ => cluster.network.solve(&self.minutes[range], &mut self.flow),
                };
                self.known[c].clear();
            }
        }
        self.total = self.price.iter().sum();
        self.total
    }
    /// The flow of a cluster as it stands.
    pub(super) fn flow(&mut self, cluster: usize) -> &Flow {
        let c = &self.frame.clusters[cluster];
        let minutes = &self.minutes[c.offset..c.offset + c.network.sources()];
        match (&mut self.live[cluster], &c.lists) {
            (Some(live), Some(lists)) => {
                live.follow(&c.network.sinks, lists, minutes);
                live.write(lists, c.network.sinks.len(), &mut self.flow.minutes);
            }
            _ => {
                c.network.solve(minutes, &mut self.flow);
            }
        }
        &self.flow
    }
    /// Moves minutes from a source to that of a channel; those without a home leave the flow.
    pub(super) fn shift_minutes(&mut self, cluster: usize, source: usize, home: u32, minutes: i64) {
        let c = &self.frame.clusters[cluster];
        self.minutes[c.offset + source] -= minutes;
        if home != NONE {
            self.minutes[c.offset + home as usize] += minutes;
        }
        self.dirty[cluster] = true;
    }
    /// Notes a change for [`State::trial`].
    pub(super) fn suppose(&mut self, skill: usize, slot: usize, people: i64) {
        let source = self.frame.source[skill * self.frame.slots + slot];
        if source != NONE {
            let c = self.frame.cluster[slot];
            let at = self.frame.clusters[c as usize].offset + source as usize;
            let minutes = people * self.frame.length[slot];
            match self.changes.iter_mut().find(|x| x.0 == at) {
                Some(x) => x.2 += minutes,
                None => self.changes.push((at, c, minutes)),
            }
        }
    }
    /// By how much the changes supposed since the last trial raise the price. Nothing is changed.
    pub(super) fn trial(&mut self) -> i64 {
        let mut changes = std::mem::take(&mut self.changes);
        let mut sum = 0;
        for i in 0..changes.len() {
            let (at, c, minutes) = changes[i];
            if c == NONE || minutes == 0 {
                continue;
            }
            let others = changes[i + 1..].iter().any(|x| x.1 == c && x.2 != 0);
            let c = c as usize;
            if !others
                && let Some(&(_, _, price)) = self.known[c].iter().find(|k| k.0 == at && k.1 == minutes)
            {
                sum += price;
                continue;
            }
            let cluster = &self.frame.clusters[c];
            let range = cluster.offset..cluster.offset + cluster.network.sources();
            if let (Some(live), Some(lists)) = (&mut self.live[c], &cluster.lists) {
                live.follow(&cluster.network.sinks, lists, &self.minutes[range.clone()]);
                live.keep();
            }
            for x in changes[i..].iter().filter(|x| x.1 as usize == c) {
                self.minutes[x.0] += x.2;
            }
            let price = match (&mut self.live[c], &cluster.lists) {
                (Some(live), Some(lists)) => {
                    let price = live.follow(&cluster.network.sinks, lists, &self.minutes[range]);
                    live.go_back();
                    price
                }
                _ => cluster.network.solve(&self.minutes[range], &mut self.flow),
            } - self.price[c];
            for x in changes[i..].iter_mut().filter(|x| x.1 as usize == c) {
                self.minutes[x.0] -= x.2;
                x.1 = if others { NONE } else { x.1 };
            }
            if !others {
                self.known[c].push((at, minutes, price));
            }
            sum += price;
        }
        changes.clear();
        self.changes = changes;
        sum
    }
    /// Price of moving people from one meal to another, events and meetings left as they are.
    pub(super) fn try_meal(&mut self, from: usize, to: usize, people: i64) -> i64 {
        let g = self.frame.supply[from];
        let k = self.frame.skill[g];
        let (a, b) = (self.frame.meal[from], self.frame.meal[to]);
        let inside = |r: (usize, usize), s: usize| r.0 <= s && s < r.1;
        for s in a.0..a.1 {
            if !inside(b, s) && self.frame.on[g * self.frame.slots + s] {
                self.suppose(k, s, people);
            }
        }
        for s in b.0..b.1 {
            if !inside(a, s) && self.frame.on[g * self.frame.slots + s] {
                self.suppose(k, s, -people);
            }
        }
        self.trial()
    }
    /// Moves people from one meal to another, events and meetings left as they are.
    pub(super) fn move_meal(&mut self, from: usize, to: usize, people: i64) {
        self.eat(from, -people);
        self.eat(to, people);
    }
    /// Remembers the decision.
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            eaters: self.eaters.clone(),
            kept: self.kept.clone(),
            received: self.received.clone(),
            spare: self.spare.clone(),
            minutes: self.minutes.clone(),
            price: self.price.clone(),
            total: self.total,
        }
    }
    /// Goes back to a decision of the same head counts.
    pub(super) fn restore(&mut self, s: &Snapshot) {
        for c in 0..self.price.len() {
            let cluster = &self.frame.clusters[c];
            let range = cluster.offset..cluster.offset + cluster.network.sources();
            if self.price[c] != s.price[c] || self.minutes[range.clone()] != s.minutes[range] {
                self.known[c].clear();
            }
            self.dirty[c] = false;
        }
        self.eaters.clone_from(&s.eaters);
        self.kept.clone_from(&s.kept);
        self.received.clone_from(&s.received);
        self.spare.clone_from(&s.spare);
        self.minutes.clone_from(&s.minutes);
        self.price.clone_from(&s.price);
        self.total = s.total;
    }
    /// What is decided so far.
    pub(super) fn decided(&self) -> Decided<'_> {
        Decided {
            day: self.day,
            frame: self.frame,
            eaters: &self.eaters,
            kept: &self.kept,
            received: &self.received,
            reading: &self.reading,
            tasked: &self.tasked,
        }
    }
    /// Leavers of an event who find nobody among those who arrive early, by skill set.
    fn leavers(&self, event: usize) -> Vec<Share> {
        let e = &self.day.events[event];
        let mut sum: Vec<Share> = Vec::new();
        for &g in e.leavers.iter().filter(|&&g| self.counts[g] > 0) {
            let k = self.frame.skill[g];
            // Somebody else: of the own supply one more.
            let others = |r: usize| self.counts[r] > i64::from(r == g);
            let met = e.arrivals.iter().any(|&r| others(r) && self.frame.shares(k, self.frame.skill[r]));
            if met {
                continue;
            }
            match sum.iter_mut().find(|s| s.0 == k) {
                Some(s) => s.1 += self.counts[g],
                None => sum.push((k, self.counts[g])),
            }
        }
        sum
    }
}
