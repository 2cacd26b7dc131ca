//! The cheapest way to spread minutes of skill sets over the channels of one cluster of intervals.
//!
//! A transportation problem: source i holds b_i minutes and may use the sinks of its mask; sink j wants R_j
//! minutes, `under` is the price of each one missing, `over` of each one more. The last sink is free: time on a
//! channel without an open interval. Successive shortest paths (Ahuja, Magnanti, Orlin 1993, section 9.7): the price
//! lies in the sinks alone, so the shortest path from a source leads to the cheapest sink it reaches through
//! the flow so far. All data are integers, so is the flow.

/// A sink: an interval, or the free one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sink {
    /// Minutes wanted.
    pub(super) wanted: i64,
    /// Price of a minute missing.
    pub(super) under: i64,
    /// Price of a minute too many.
    pub(super) over: i64,
}

/// Sources and sinks of a cluster.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// Sinks; the last one is free.
    pub(super) sinks: Vec<Sink>,
    /// Words of a mask.
    words: usize,
    /// Masks of the sources, `words` each.
    masks: Vec<u64>,
}

/// Flow and scratch space of [`Network::solve`].
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    /// `minutes[source × sinks + sink]`.
    pub(super) minutes: Vec<i64>,
    filled: Vec<i64>,
    used: Vec<u64>,
    reach: Vec<u64>,
    queue: Vec<usize>,
    parent: Vec<(u32, u32)>,
}

impl Network {
    /// A network with these sinks and, for each source, the list of sinks it may use.
    pub(super) fn new(sinks: Vec<Sink>, sources: &[Vec<usize>]) -> Self {
        let words = sinks.len().div_ceil(64);
        let mut masks = vec![0; sources.len() * words];
        for (i, list) in sources.iter().enumerate() {
            for &j in list {
                masks[i * words + j / 64] |= 1 << (j % 64);
            }
        }
        Self { sinks, words, masks }
    }
    /// Number of sources.
    pub(super) fn sources(&self) -> usize {
        self.masks.len() / self.words
    }
    /// Whether a source may use a sink.
    pub(super) fn may(&self, source: usize, sink: usize) -> bool {
        self.masks[source * self.words + sink / 64] >> (sink % 64) & 1 == 1
    }
    /// The least price for `supply[source]` minutes, and the flow that has it.
    pub(super) fn solve(&self, supply: &[i64], flow: &mut Flow) -> i64 {
        let n = self.sinks.len();
        flow.minutes.clear();
        flow.minutes.resize(self.sources() * n, 0);
        flow.filled.clear();
        flow.filled.resize(n, 0);
        flow.used.clear();
        flow.used.resize(self.masks.len(), 0);
        flow.parent.resize(n, (0, 0));
        for (source, &minutes) in supply.iter().enumerate() {
            let mut left = minutes;
            while left > 0 {
                left -= self.push(source, left, flow);
            }
        }
        self.sinks
            .iter()
            .zip(&flow.filled)
            .map(|(s, &y)| if y < s.wanted { s.under * (s.wanted - y) } else { s.over * (y - s.wanted) })
            .sum()
    }
    /// Sends a part of `left` minutes of a source along the cheapest path.
    fn push(&self, source: usize, left: i64, flow: &mut Flow) -> i64 {
        const DIRECT: u32 = u32::MAX;
        let (n, w) = (self.sinks.len(), self.words);
        flow.reach.clear();
        flow.reach.extend_from_slice(&self.masks[source * w..(source + 1) * w]);
        flow.queue.clear();
        for j in 0..n {
            if self.may(source, j) {
                flow.queue.push(j);
                flow.parent[j] = (DIRECT, 0);
            }
        }
        let mut best: Option<(i64, usize)> = None;
        let mut head = 0;
        while head < flow.queue.len() {
            let j = flow.queue[head];
            head += 1;
            let s = &self.sinks[j];
            let price = if flow.filled[j] < s.wanted { -s.under } else { s.over };
            if best.is_none_or(|(p, _)| price < p) {
                best = Some((price, j));
            }
            for i in 0..source {
                if flow.used[i * w + j / 64] >> (j % 64) & 1 == 0 {
                    continue;
                }
                for word in 0..w {
                    let mut new = self.masks[i * w + word] & !flow.reach[word];
                    flow.reach[word] |= new;
                    while new != 0 {
                        let k = word * 64 + new.trailing_zeros() as usize;
                        new &= new - 1;
                        flow.parent[k] = (i as u32, j as u32);
                        flow.queue.push(k);
                    }
                }
            }
        }
        let Some((_, target)) = best else { return left };
        let sink = &self.sinks[target];
        let room = sink.wanted - flow.filled[target];
        let mut amount = if room > 0 { left.min(room) } else { left };
        let mut at = target;
        while flow.parent[at].0 != DIRECT {
            let (i, j) = (flow.parent[at].0 as usize, flow.parent[at].1 as usize);
            amount = amount.min(flow.minutes[i * n + j]);
            at = j;
        }
        flow.filled[target] += amount;
        let mut add = |i: usize, j: usize, minutes: i64| {
            let cell = &mut flow.minutes[i * n + j];
            *cell += minutes;
            let bit = 1 << (j % 64);
            let word = &mut flow.used[i * w + j / 64];
            if *cell > 0 { *word |= bit } else { *word &= !bit }
        };
        at = target;
        while flow.parent[at].0 != DIRECT {
            let (i, j) = (flow.parent[at].0 as usize, flow.parent[at].1 as usize);
            add(i, j, -amount);
            add(i, at, amount);
            at = j;
        }
        add(source, at, amount);
        amount
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::random::Random;

    /// The dual: the largest value over prices taken from the breakpoints.
    fn dual(sinks: &[Sink], sources: &[Vec<usize>], supply: &[i64]) -> i64 {
        let mut values: Vec<i64> = sinks.iter().flat_map(|s| [-s.under, s.over]).collect();
        values.sort_unstable();
        values.dedup();
        let mut best = i64::MIN;
        for code in 0..values.len().pow(sinks.len() as u32) {
            let mut rest = code;
            let prices: Vec<i64> = sinks
                .iter()
                .map(|s| {
                    let v = values[rest % values.len()];
                    rest /= values.len();
                    v.clamp(-s.under, s.over)
                })
                .collect();
            let earned: i64 = sources
                .iter()
                .zip(supply)
                .map(|(list, b)| b * list.iter().map(|&j| prices[j]).min().unwrap_or(0))
                .sum();
            let paid: i64 = sinks.iter().zip(&prices).map(|(s, p)| s.wanted * p).sum();
            best = best.max(earned - paid);
        }
        best
    }

    #[test]
    fn flow_equals_its_dual_on_random_networks() {
        let mut r = Random::new(3);
        let mut flow = Flow::default();
        for _ in 0..400 {
            let n = 1 + r.below(3);
            let mut sinks: Vec<Sink> = (0..n)
                .map(|_| Sink {
                    wanted: r.below(60) as i64,
                    under: r.below(12) as i64,
                    over: r.below(4) as i64,
                })
                .collect();
            sinks.push(Sink { wanted: 0, under: 0, over: 0 });
            let sources: Vec<Vec<usize>> = (0..1 + r.below(5))
                .map(|_| {
                    let list: Vec<usize> = (0..=n).filter(|_| r.below(2) == 0).collect();
                    if list.is_empty() { vec![r.below(n)] } else { list }
                })
                .collect();
            let supply: Vec<i64> = sources.iter().map(|_| r.below(60) as i64).collect();
            let network = Network::new(sinks.clone(), &sources);
            let cost = network.solve(&supply, &mut flow);
            assert_eq!(cost, dual(&sinks, &sources, &supply));
            for (i, b) in supply.iter().enumerate() {
                assert_eq!(flow.minutes[i * (n + 1)..(i + 1) * (n + 1)].iter().sum::<i64>(), *b);
            }
        }
    }
}
