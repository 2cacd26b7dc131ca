//! What follows from the meals: who is kept from a meeting and who receives a handover.

use super::state::{Share, State};

/// How many of `left` can be paired with distinct ones of `right` where `fits`, and with whom.
pub(super) fn pair_up(
    left: &[Share],
    right: &[Share],
    fits: impl Fn(usize, usize) -> bool,
) -> (i64, Vec<(usize, usize, i64)>) {
    let n = right.len();
    let mut flow = vec![0; left.len() * n];
    let mut room: Vec<i64> = right.iter().map(|r| r.1).collect();
    let mut size = 0;
    for (i, &(_, people)) in left.iter().enumerate() {
        let mut rest = people;
        while rest > 0 {
            let mut parent: Vec<Option<(usize, usize)>> = vec![None; n];
            let mut queue: Vec<usize> = (0..n).filter(|&j| fits(left[i].0, right[j].0)).collect();
            let mut seen = vec![false; n];
            for &j in &queue {
                seen[j] = true;
            }
            let mut head = 0;
            let mut target = None;
            while head < queue.len() {
                let j = queue[head];
                head += 1;
                if room[j] > 0 {
                    target = Some(j);
                    break;
                }
                for h in (0..left.len()).filter(|&h| flow[h * n + j] > 0) {
                    for m in (0..n).filter(|&m| fits(left[h].0, right[m].0)) {
                        if !seen[m] {
                            seen[m] = true;
                            parent[m] = Some((h, j));
                            queue.push(m);
                        }
                    }
                }
            }
            let Some(mut j) = target else { break };
            let mut amount = rest.min(room[j]);
            let mut at = j;
            while let Some((h, before)) = parent[at] {
                amount = amount.min(flow[h * n + before]);
                at = before;
            }
            room[j] -= amount;
            while let Some((h, before)) = parent[j] {
                flow[h * n + j] += amount;
                flow[h * n + before] -= amount;
                j = before;
            }
            flow[i * n + j] += amount;
            rest -= amount;
            size += amount;
        }
    }
    let pairs = (0..left.len() * n).filter(|&x| flow[x] > 0).map(|x| (x / n, x % n, flow[x])).collect();
    (size, pairs)
}

impl State<'_> {
    /// Settles all meetings and then all events anew.
    pub(super) fn derive(&mut self) {
        for m in 0..self.day.meetings.len() {
            self.keep(m);
        }
        for e in 0..self.day.events.len() {
            self.release(e);
        }
        self.refresh();
        for e in 0..self.day.events.len() {
            self.receive(e);
        }
        self.refresh();
    }

    /// Takes a meeting's decision back and makes it anew: of those who attend, as few as fill up each open
    /// channel to the number to keep, the cheapest ones first.
    fn keep(&mut self, meeting: usize) {
        let m = &self.day.meetings[meeting];
        for (i, &g) in m.attends.iter().enumerate() {
            let people = std::mem::take(&mut self.kept[meeting][i]);
            self.stay(g, m.slots, -people);
        }
        self.refresh();
        let total: i64 = m.attends.iter().map(|&g| self.counts[g]).sum();
        if m.keep <= 0 || m.slots.0 >= m.slots.1 || total == 0 {
            return;
        }
        for slot in m.slots.0..m.slots.1 {
            let open: Vec<Share> = self.open_channels(slot).into_iter().map(|c| (c, m.keep)).collect();
            if open.is_empty() {
                continue;
            }
            let mut people = self.present_skills(slot);
            loop {
                let size = self.serve(&people, &open);
                let mut best: Option<(i64, usize, usize)> = None;
                for (i, &g) in m.attends.iter().enumerate() {
                    let here = self.at_work(g, slot);
                    if !here || self.kept[meeting][i] >= self.keepable(g, m.slots) {
                        continue;
                    }
                    let k = self.frame.skill[g];
                    people.push((k, 1));
                    let better = self.serve(&people, &open) > size;
                    people.pop();
                    if better {
                        for s in m.slots.0..m.slots.1 {
                            if self.at_work(g, s) {
                                self.suppose(k, s, 1);
                            }
                        }
                        let price = self.trial();
                        if best.is_none_or(|b| price < b.0) {
                            best = Some((price, i, g));
                        }
                    }
                }
                let Some((_, i, g)) = best else { break };
                self.kept[meeting][i] += 1;
                self.stay(g, m.slots, 1);
                self.refresh();
                people.push((self.frame.skill[g], 1));
            }
        }
    }
    /// People of a supply who attend a meeting at all: their meal does not fall into it.
    fn keepable(&self, supply: usize, slots: (usize, usize)) -> i64 {
        self.frame.classes(supply).filter(|&c| !self.frame.eats_in(c, slots)).map(|c| self.eaters[c]).sum()
    }
    /// At work and not in the own handover.
    fn at_work(&self, supply: usize, slot: usize) -> bool {
        let s = &self.day.supplies[supply];
        s.present[slot] && !s.own_handover[slot]
    }
    /// Adds people who attend to the queue.
    fn stay(&mut self, supply: usize, slots: (usize, usize), people: i64) {
        if people != 0 {
            for s in slots.0..slots.1 {
                if self.at_work(supply, s) {
                    self.add(self.frame.skill[supply], s, people);
                }
            }
        }
    }
    /// Channels with an open interval.
    fn open_channels(&self, slot: usize) -> Vec<usize> {
        let mut open: Vec<usize> = self
            .day
            .intervals
            .iter()
            .filter(|v| v.slots.0 <= slot && slot < v.slots.1)
            .map(|v| v.channel)
            .collect();
        open.sort_unstable();
        open.dedup();
        open
    }
    /// How many people wanted on channels are there.
    fn serve(&self, people: &[Share], open: &[Share]) -> i64 {
        pair_up(people, open, |k, c| self.frame.skills[k].contains(&c)).0
    }
    /// People on the queue in a slot by skill set, receiving and reading aside.
    fn present_skills(&self, slot: usize) -> Vec<Share> {
        let mut sum: Vec<Share> = Vec::new();
        let mut add = |k: usize, n: i64| match sum.iter_mut().find(|s| s.0 == k) {
            Some(s) => s.1 += n,
            None => sum.push((k, n)),
        };
        for class in (0..self.eaters.len()).filter(|&c| self.eaters[c] > 0) {
            if self.frame.class_on(class, slot) {
                add(self.frame.skill[self.frame.supply[class]], self.eaters[class]);
            }
        }
        for (m, kept) in self.day.meetings.iter().zip(&self.kept) {
            if m.slots.0 <= slot && slot < m.slots.1 {
                for (&g, &n) in m.attends.iter().zip(kept) {
                    if n > 0 && self.at_work(g, slot) {
                        add(self.frame.skill[g], n);
                    }
                }
            }
        }
        sum
    }

    /// Takes an event's decision back.
    pub(super) fn release(&mut self, event: usize) {
        let slots = self.day.events[event].slots;
        for (class, people) in std::mem::take(&mut self.received[event]) {
            self.add_class(class, slots, people);
        }
    }
    /// Whether two events share a slot.
    pub(super) fn events_overlap(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.day.events[a].slots, self.day.events[b].slots);
        a.0.max(b.0) < a.1.min(b.1)
    }
    /// People of a class who can receive in an event: not eating, meeting, reading, or receiving in an earlier
    /// event that overlaps.
    pub(super) fn free_for(&self, class: usize, event: usize) -> i64 {
        let slots = self.day.events[event].slots;
        if !(slots.0..slots.1).all(|s| self.frame.class_on(class, s)) {
            return 0;
        }
        let mut free = self.eaters[class];
        for f in (0..event).filter(|&f| self.events_overlap(f, event)) {
            free -= self.received[f].iter().filter(|r| r.0 == class).map(|r| r.1).sum::<i64>();
        }
        for r in self.reading.iter().filter(|r| r.class == class) {
            if r.slots.0.max(slots.0) < r.slots.1.min(slots.1) {
                free -= 1;
            }
        }
        free.max(0)
    }
    /// Chooses the receivers of an event: as many as a largest pairing has, the cheapest skill sets first.
    pub(super) fn receive(&mut self, event: usize) {
        let e = &self.day.events[event];
        let left = std::mem::take(&mut self.leaving[event]);
        self.spare[event].fill(0);
        if !left.is_empty() && e.slots.0 < e.slots.1 {
            let mut classes: Vec<Share> = Vec::new();
            let mut free: Vec<Share> = Vec::new();
            for &g in e.receivers.iter().filter(|&&g| self.counts[g] > 0) {
                for class in self.frame.classes(g) {
                    let people = self.free_for(class, event);
                    if people > 0 {
                        classes.push((class, people));
                        let k = self.frame.skill[g];
                        match free.iter_mut().find(|f| f.0 == k) {
                            Some(f) => f.1 += people,
                            None => free.push((k, people)),
                        }
                    }
                }
            }
            let chosen = self.choose(e.slots, &left, &free);
            for (f, c) in free.iter().zip(&chosen) {
                self.spare[event][f.0] = f.1 - c.1;
            }
            for (k, mut rest) in chosen {
                for &(class, people) in
                    classes.iter().filter(|c| self.frame.skill[self.frame.supply[c.0]] == k)
                {
                    let n = rest.min(people);
                    if n > 0 {
                        self.received[event].push((class, n));
                        rest -= n;
                    }
                }
            }
        }
        self.leaving[event] = left;
    }
    /// Which skill sets receive; they are taken off the queue.
    fn choose(&mut self, slots: (usize, usize), left: &[Share], free: &[Share]) -> Vec<Share> {
        let frame = self.frame;
        let fits = |a: usize, b: usize| frame.shares(a, b);
        let size = pair_up(left, free, fits).0;
        let all_fit = left.iter().all(|l| free.iter().all(|f| fits(l.0, f.0)));
        let mut chosen: Vec<Share> = free.iter().map(|f| (f.0, 0)).collect();
        let mut done = 0;
        while done < size {
            let step = (size / 12).max(1).min(size - done);
            let mut best: Option<(i64, usize, i64)> = None;
            for i in 0..free.len() {
                let mut n = step.min(free[i].1 - chosen[i].1);
                if n > 0 && !all_fit {
                    chosen[i].1 += n;
                    let gain = pair_up(left, &chosen, fits).0 - done;
                    chosen[i].1 -= n;
                    n = gain;
                }
                if n > 0 {
                    let price = if free.len() == 1 { 0 } else { self.try_off(free[i].0, slots, n) };
                    if best.is_none_or(|b| price * b.2 < b.0 * n) {
                        best = Some((price, i, n));
                    }
                }
            }
            let Some((_, i, n)) = best else { break };
            chosen[i].1 += n;
            done += n;
            self.take_off(free[i].0, slots, n);
        }
        if free.len() > 1 {
            self.swap_receivers(slots, left, free, &mut chosen);
        }
        chosen
    }
    /// Exchanges single receivers of one skill set for another while that is cheaper.
    fn swap_receivers(
        &mut self,
        slots: (usize, usize),
        left: &[Share],
        free: &[Share],
        chosen: &mut [Share],
    ) {
        let frame = self.frame;
        let size: i64 = chosen.iter().map(|c| c.1).sum();
        for _ in 0..3 {
            let mut best: Option<(i64, usize, usize)> = None;
            for i in (0..free.len()).filter(|&i| chosen[i].1 > 0) {
                for j in (0..free.len()).filter(|&j| j != i && chosen[j].1 < free[j].1) {
                    for s in slots.0..slots.1 {
                        self.suppose(free[i].0, s, 1);
                        self.suppose(free[j].0, s, -1);
                    }
                    let price = self.trial();
                    if price >= best.map_or(0, |b| b.0) {
                        continue;
                    }
                    let mut other = chosen.to_vec();
                    other[i].1 -= 1;
                    other[j].1 += 1;
                    if pair_up(left, &other, |a, b| frame.shares(a, b)).0 == size {
                        best = Some((price, i, j));
                    }
                }
            }
            let Some((_, i, j)) = best else { return };
            chosen[i].1 -= 1;
            chosen[j].1 += 1;
            self.take_off(free[i].0, slots, -1);
            self.take_off(free[j].0, slots, 1);
        }
    }
    fn try_off(&mut self, skill: usize, slots: (usize, usize), people: i64) -> i64 {
        for s in slots.0..slots.1 {
            self.suppose(skill, s, -people);
        }
        self.trial()
    }
    fn take_off(&mut self, skill: usize, slots: (usize, usize), people: i64) {
        for s in slots.0..slots.1 {
            self.add(skill, s, -people);
        }
        self.refresh();
    }
}
