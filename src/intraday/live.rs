//! The flow of a large cluster, kept optimal while minutes come and go.
//!
//! Windows of deferred work tie all intervals of a day together, and a solution from nothing for every move of a meal would
//! take too long. The price lies in the sinks alone, so minutes that come take the shortest path to the cheapest
//! sink that they reach through the flow so far, and minutes that go leave the sink behind from which least is lost: in
//! both cases the residual network has no negative cycle afterwards if it had none before (Ahuja, Magnanti, Orlin 1993,
//! section 9.3).

use super::flow::Sink;

/// No entry.
const NONE: u32 = u32::MAX;

/// Which source may use which sink, by lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// Where the entries of each source begin, with their number at the end.
    first: Vec<u32>,
    /// Sink of each entry.
    sink: Vec<u32>,
    /// Source of each entry.
    source: Vec<u32>,
    /// Where the entries of each sink begin in `by_sink`, with their number at the end.
    first_of_sink: Vec<u32>,
    /// Entries by sink.
    by_sink: Vec<u32>,
}

impl Lists {
    /// Lists of sinks, one a source.
    pub(super) fn new(sinks: usize, sources: &[Vec<usize>]) -> Self {
        let mut lists = Self::default();
        let mut of_sink: Vec<Vec<u32>> = vec![Vec::new(); sinks];
        for (i, list) in sources.iter().enumerate() {
            lists.first.push(lists.sink.len() as u32);
            for &j in list {
                of_sink[j].push(lists.sink.len() as u32);
                lists.sink.push(j as u32);
                lists.source.push(i as u32);
            }
        }
        lists.first.push(lists.sink.len() as u32);
        for list in of_sink {
            lists.first_of_sink.push(lists.by_sink.len() as u32);
            lists.by_sink.extend(list);
        }
        lists.first_of_sink.push(lists.by_sink.len() as u32);
        lists
    }
    fn of(&self, source: usize) -> std::ops::Range<usize> {
        self.first[source] as usize..self.first[source + 1] as usize
    }
    fn of_sink(&self, sink: usize) -> &[u32] {
        &self.by_sink[self.first_of_sink[sink] as usize..self.first_of_sink[sink + 1] as usize]
    }
}

/// A flow with what it costs.
#[derive(Clone, Debug, Default)]
struct Held {
    /// Minutes of each source.
    supply: Vec<i64>,
    /// Minutes of each entry.
    flow: Vec<i64>,
    /// Minutes on each sink.
    filled: Vec<i64>,
    cost: i64,
}

/// The flow of a cluster, with scratch space.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    now: Held,
    kept: Held,
    /// For each sink the entry that gives minutes away and the one that takes them.
    parent: Vec<(u32, u32)>,
    queue: Vec<u32>,
    sink_seen: Vec<bool>,
    source_seen: Vec<bool>,
}

impl Live {
    /// Nobody there yet.
    pub(super) fn new(sinks: &[Sink], lists: &Lists) -> Self {
        let sources = lists.first.len() - 1;
        let now = Held {
            supply: vec![0; sources],
            flow: vec![0; lists.sink.len()],
            filled: vec![0; sinks.len()],
            cost: sinks.iter().map(|s| s.under * s.wanted).sum(),
        };
        Self {
            kept: now.clone(),
            now,
            parent: vec![(NONE, NONE); sinks.len()],
            queue: Vec::with_capacity(sinks.len()),
            sink_seen: vec![false; sinks.len()],
            source_seen: vec![false; sources],
        }
    }
    /// Makes the flow one of these minutes by source and returns its price.
    pub(super) fn follow(&mut self, sinks: &[Sink], lists: &Lists, supply: &[i64]) -> i64 {
        for (source, &minutes) in supply.iter().enumerate() {
            let gone = self.now.supply[source] - minutes.max(0);
            if gone > 0 {
                self.remove(sinks, lists, source, gone);
            }
        }
        for (source, &minutes) in supply.iter().enumerate() {
            let come = minutes.max(0) - self.now.supply[source];
            if come > 0 {
                self.add(sinks, lists, source, come);
            }
        }
        self.now.cost
    }
    /// Remembers the flow for [`Live::go_back`].
    pub(super) fn keep(&mut self) {
        self.kept.clone_from(&self.now);
    }
    /// The flow as it was kept.
    pub(super) fn go_back(&mut self) {
        self.now.clone_from(&self.kept);
    }
    /// Writes the flow as `minutes[source × sinks + sink]`.
    pub(super) fn write(&self, lists: &Lists, sinks: usize, minutes: &mut Vec<i64>) {
        minutes.clear();
        minutes.resize((lists.first.len() - 1) * sinks, 0);
        for (e, &flow) in self.now.flow.iter().enumerate().filter(|e| *e.1 != 0) {
            minutes[lists.source[e] as usize * sinks + lists.sink[e] as usize] = flow;
        }
    }

    fn begin(&mut self) {
        self.queue.clear();
        self.sink_seen.fill(false);
        self.source_seen.fill(false);
    }
    fn reach(&mut self, sink: u32, parent: (u32, u32)) {
        if !std::mem::replace(&mut self.sink_seen[sink as usize], true) {
            self.parent[sink as usize] = parent;
            self.queue.push(sink);
        }
    }

    fn add(&mut self, sinks: &[Sink], lists: &Lists, source: usize, minutes: i64) {
        let mut left = minutes;
        while left > 0 {
            self.begin();
            for e in lists.of(source) {
                self.reach(lists.sink[e], (NONE, e as u32));
            }
            let mut best: Option<(i64, usize)> = None;
            let mut head = 0;
            while head < self.queue.len() {
                let j = self.queue[head] as usize;
                head += 1;
                let s = &sinks[j];
                let price = if self.now.filled[j] < s.wanted { -s.under } else { s.over };
                if best.is_none_or(|(p, _)| price < p) {
                    best = Some((price, j));
                }
                for &e in lists.of_sink(j) {
                    let i = lists.source[e as usize] as usize;
                    if self.now.flow[e as usize] > 0 && !std::mem::replace(&mut self.source_seen[i], true) {
                        for to in lists.of(i) {
                            self.reach(lists.sink[to], (e, to as u32));
                        }
                    }
                }
            }
            let Some((price, target)) = best else { return };
            let room = sinks[target].wanted - self.now.filled[target];
            let mut amount = if room > 0 { left.min(room) } else { left };
            let mut at = target;
            while self.parent[at].0 != NONE {
                let from = self.parent[at].0 as usize;
                amount = amount.min(self.now.flow[from]);
                at = lists.sink[from] as usize;
            }
            at = target;
            loop {
                let (from, to) = self.parent[at];
                self.now.flow[to as usize] += amount;
                if from == NONE {
                    break;
                }
                self.now.flow[from as usize] -= amount;
                at = lists.sink[from as usize] as usize;
            }
            self.now.filled[target] += amount;
            self.now.cost += price * amount;
            self.now.supply[source] += amount;
            left -= amount;
        }
    }

    fn remove(&mut self, sinks: &[Sink], lists: &Lists, source: usize, minutes: i64) {
        let mut left = minutes;
        while left > 0 {
            self.begin();
            for e in lists.of(source) {
                if self.now.flow[e] > 0 {
                    self.reach(lists.sink[e], (e as u32, NONE));
                }
            }
            let mut best: Option<(i64, usize)> = None;
            let mut head = 0;
            while head < self.queue.len() {
                let j = self.queue[head] as usize;
                head += 1;
                let s = &sinks[j];
                let price = if self.now.filled[j] > s.wanted { -s.over } else { s.under };
                if best.is_none_or(|(p, _)| price < p) {
                    best = Some((price, j));
                }
                // Others who may be on the sink come to it from theirs.
                for &to in lists.of_sink(j) {
                    let i = lists.source[to as usize] as usize;
                    if self.now.supply[i] > 0 && !std::mem::replace(&mut self.source_seen[i], true) {
                        for e in lists.of(i) {
                            if self.now.flow[e] > 0 {
                                self.reach(lists.sink[e], (e as u32, to));
                            }
                        }
                    }
                }
            }
            let Some((price, target)) = best else { return };
            let spare = self.now.filled[target] - sinks[target].wanted;
            let mut amount = if spare > 0 { left.min(spare) } else { left };
            let mut at = target;
            loop {
                let (from, to) = self.parent[at];
                amount = amount.min(self.now.flow[from as usize]);
                if to == NONE {
                    break;
                }
                at = lists.sink[to as usize] as usize;
            }
            at = target;
            loop {
                let (from, to) = self.parent[at];
                self.now.flow[from as usize] -= amount;
                if to == NONE {
                    break;
                }
                self.now.flow[to as usize] += amount;
                at = lists.sink[to as usize] as usize;
            }
            self.now.filled[target] -= amount;
            self.now.cost += price * amount;
            self.now.supply[source] -= amount;
            left -= amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;
    use crate::intraday::flow::{Flow, Network};

    #[test]
    fn minutes_that_come_and_go_leave_the_best_flow() {
        let mut r = Random::new(9);
        let mut flow = Flow::default();
        for _ in 0..200 {
            let n = 1 + r.below(7);
            let sink = |r: &mut Random| Sink {
                wanted: 15 * r.below(5) as i64,
                under: r.below(12) as i64,
                over: r.below(4) as i64,
            };
            let mut sinks: Vec<Sink> = (0..n).map(|_| sink(&mut r)).collect();
            sinks.push(Sink { wanted: 0, under: 0, over: 0 });
            let sources: Vec<Vec<usize>> = (0..1 + r.below(8))
                .map(|_| {
                    let list: Vec<usize> = (0..=n).filter(|_| r.below(3) == 0).collect();
                    if list.is_empty() { vec![r.below(n)] } else { list }
                })
                .collect();
            let network = Network::new(sinks.clone(), &sources);
            let lists = Lists::new(sinks.len(), &sources);
            let mut live = Live::new(&sinks, &lists);
            for _ in 0..12 {
                let supply: Vec<i64> = sources.iter().map(|_| 5 * r.below(12) as i64).collect();
                live.keep();
                let before = live.now.cost;
                assert_eq!(live.follow(&sinks, &lists, &supply), network.solve(&supply, &mut flow));
                if r.below(3) == 0 {
                    live.go_back();
                    assert_eq!(live.now.cost, before);
                }
                let mut minutes = Vec::new();
                live.write(&lists, sinks.len(), &mut minutes);
                for (i, b) in live.now.supply.iter().enumerate() {
                    assert_eq!(minutes[i * (n + 1)..(i + 1) * (n + 1)].iter().sum::<i64>(), *b);
                }
            }
        }
    }
}
