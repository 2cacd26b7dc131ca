//! Builds the linear program of a day.

use super::readings::{Limit, Readings};
use super::{BARRED, DayLp, Handover, Leavers, Meal, ShortSet};
use crate::lp::{KinkLp, Slopes};
use crate::problem::DayProblem;
use crate::problem::day::{Event, Interval, Supply};

/// Meals up to which each gets bounds of its own, so that whole people can be asked for.
const BOUNDED_MEALS: usize = 120;
/// Groups of leavers whose sets are listed whole, and closed sets at most.
const WHOLE_SETS: usize = 8;
const MOST_SETS: usize = 12;

pub(super) struct Builder<'a> {
    pub(super) day: &'a DayProblem,
    pub(super) lp: KinkLp,
    /// Supplies by set of channels, judged or not: one that nobody judges is where spare people cost nothing.
    groups: Vec<Vec<usize>>,
    pub(super) group_of: Vec<usize>,
    /// Cover rows with the slot's share of their length, by slot and channel: one, or one for each window that is open.
    cover: Vec<Vec<Vec<(usize, f64)>>>,
    /// Row that sums the people of a group on the queue in a slot, where channels must be chosen.
    queue: Vec<Vec<Queue>>,
}

#[derive(Clone, Copy)]
enum Queue {
    /// Nobody judges what they do.
    Free,
    /// Straight into a cover row with this coefficient.
    Direct(usize, f64),
    /// Through the row of this index; the slot is this share of the row's period.
    Row(usize, f64),
}

impl<'a> Builder<'a> {
    pub(super) fn new(day: &'a DayProblem) -> Self {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut group_of = Vec::new();
        for (s, supply) in day.supplies.iter().enumerate() {
            let same = |g: &Vec<usize>| day.supplies[g[0]].channels == supply.channels;
            let g = groups.iter().position(same).unwrap_or_else(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[g].push(s);
            group_of.push(g);
        }
        Self { day, lp: KinkLp::new(0, 1e-7), groups, group_of, cover: Vec::new(), queue: Vec::new() }
    }

    pub(super) fn build(mut self) -> DayLp {
        let day = self.day;
        let mut supply_rows = Vec::new();
        let mut low_rows = Vec::new();
        for _ in &day.supplies {
            supply_rows.push(self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, BARRED)));
            low_rows.push(self.lp.add_row(&[], 0.0, Slopes::new(0.0, BARRED)));
        }
        self.add_cover();
        self.add_queues();
        let (events, leaver_rows) = self.add_events();
        let kept_rows = self.add_meetings();
        let (reading_rows, readings) = self.add_readings();
        let task_rows = self.add_tasks();
        let mut minus_rows = reading_rows;
        for (own, tasks) in minus_rows.iter_mut().zip(task_rows) {
            own.extend(tasks);
        }
        let meals = self.add_people(&supply_rows, &low_rows, &events, &leaver_rows, &kept_rows, &minus_rows);
        let worth = day.supplies.iter().map(|s| self.worth(s)).collect();
        let expected = vec![0; events.len()];
        DayLp { lp: self.lp, supply_rows, low_rows, worth, events, expected, meals, readings }
    }

    /// More than one more person of a supply can cost or save in the day: all their minutes at the dearest prices,
    /// being the receiver that each handover lacks, and a turn of each task, twice over.
    fn worth(&self, supply: &Supply) -> f64 {
        let day = self.day;
        let dearest = |from: usize, to: usize| {
            let there = day.intervals.iter().filter(|i| i.slots.0 < to && from < i.slots.1);
            there.map(|i| (i.under + i.over) as f64).fold(0.0, f64::max)
        };
        let present = (0..day.slots.len()).filter(|&t| supply.present[t]);
        let own: f64 = present.map(|t| dearest(t, t + 1) * self.slot_minutes(t)).sum();
        let minutes = |e: &Event| (e.slots.0..e.slots.1).map(|t| self.slot_minutes(t)).sum::<f64>();
        let received: f64 = day.events.iter().map(|e| dearest(e.slots.0, e.slots.1) * minutes(e) + 1.0).sum();
        let turns: f64 = day.tasks.iter().map(|t| t.undone as f64).sum();
        2.0 * (own + received + turns) + 1.0
    }

    pub(super) fn slot_minutes(&self, t: usize) -> f64 {
        f64::from(self.day.slots[t].len())
    }

    /// One row an interval, in people: Σ share × people on the channel + short = required.
    fn add_cover(&mut self) {
        let day = self.day;
        self.cover = vec![vec![Vec::new(); day.channels]; day.slots.len()];
        for interval in &day.intervals {
            let minutes: f64 = (interval.slots.0..interval.slots.1).map(|t| self.slot_minutes(t)).sum();
            let slopes = Slopes::new(-(interval.over as f64) * minutes, interval.under as f64 * minutes);
            let people = interval.minutes as f64 / minutes.max(1.0);
            let row = self.lp.add_row(&[], people, slopes);
            for t in interval.slots.0..interval.slots.1 {
                let share = self.slot_minutes(t) / minutes;
                self.cover[t][interval.channel].push((row, share));
            }
        }
    }

    fn add_queues(&mut self) {
        let day = self.day;
        let over: Vec<Vec<bool>> = {
            let mut over = vec![vec![false; day.channels]; day.slots.len()];
            for i in &day.intervals {
                for slot in &mut over[i.slots.0..i.slots.1] {
                    slot[i.channel] = i.over > 0;
                }
            }
            over
        };
        let periods = self.periods();
        let pools = self.add_pools(&periods);
        for g in 0..self.groups.len() {
            let channels = &day.supplies[self.groups[g][0]].channels;
            let mut row_of_slot = vec![Queue::Free; day.slots.len()];
            for (period, &(first, last)) in periods.iter().enumerate() {
                let t = first;
                let present =
                    self.groups[g].iter().any(|&s| day.supplies[s].present[first..last].contains(&true));
                // Channel, and which of its intervals.
                let open: Vec<(usize, usize)> =
                    channels.iter().flat_map(|&c| (0..self.cover[t][c].len()).map(move |i| (c, i))).collect();
                // Somewhere to be without a price: a channel that nobody judges now.
                let sink = channels.iter().any(|&c| self.cover[t][c].is_empty());
                if !present || open.is_empty() {
                    continue;
                }
                if open.len() == 1 && (!sink || !over[t][open[0].0]) {
                    for (slot, cover) in row_of_slot[first..last].iter_mut().zip(&self.cover[first..last]) {
                        let (row, share) = cover[open[0].0][open[0].1];
                        *slot = Queue::Direct(row, share);
                    }
                    continue;
                }
                // Σ z − people on the queue + u = 0, in people over the period: u > 0 are people without a
                // judged channel. Inside a period only the sums of minutes matter.
                let above = if sink { 0.0 } else { BARRED };
                let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, above));
                let minutes: f64 = (first..last).map(|t| self.slot_minutes(t)).sum();
                for (c, i) in open {
                    let share: f64 = self.cover[first..last].iter().map(|cover| cover[c][i].1).sum();
                    let entries = match pools[period][c] {
                        Some(_) if i > 0 => continue,
                        Some(pool) => [(row as u32, 1.0), (pool as u32, -1.0)],
                        None => [(row as u32, 1.0), (self.cover[t][c][i].0 as u32, share)],
                    };
                    self.lp.add_column(&[], &entries, Slopes::new(-BARRED, 0.0));
                }
                for (i, slot) in row_of_slot[first..last].iter_mut().enumerate() {
                    *slot = Queue::Row(row, f64::from(day.slots[first + i].len()) / minutes);
                }
            }
            self.queue.push(row_of_slot);
        }
    }

    /// By period and channel with several windows the row of the people on the channel, whoever they are, with a column for
    /// each window that they may work for.
    fn add_pools(&mut self, periods: &[(usize, usize)]) -> Vec<Vec<Option<usize>>> {
        let mut pools = vec![vec![None; self.day.channels]; periods.len()];
        for (pools, &(first, last)) in pools.iter_mut().zip(periods) {
            for (c, pool) in pools.iter_mut().enumerate().filter(|(c, _)| self.cover[first][*c].len() > 1) {
                let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, BARRED));
                for i in 0..self.cover[first][c].len() {
                    let share: f64 = self.cover[first..last].iter().map(|cover| cover[c][i].1).sum();
                    let entries = [(row as u32, 1.0), (self.cover[first][c][i].0 as u32, share)];
                    self.lp.add_column(&[], &entries, Slopes::new(-BARRED, 0.0));
                }
                *pool = Some(row);
            }
        }
        pools
    }

    /// Runs of slots that lie in the same intervals of all channels.
    fn periods(&self) -> Vec<(usize, usize)> {
        let rows = |t: usize| -> Vec<Vec<usize>> {
            self.cover[t].iter().map(|c| c.iter().map(|x| x.0).collect()).collect()
        };
        let mut periods: Vec<(usize, usize)> = Vec::new();
        for t in 0..self.day.slots.len() {
            match periods.last_mut() {
                Some(last) if rows(last.0) == rows(t) => last.1 = t + 1,
                _ => periods.push((t, t + 1)),
            }
        }
        periods
    }

    /// Entries of `people` more people of a group on the queue in the slots.
    pub(super) fn on_queue(
        &self,
        g: usize,
        slots: impl Iterator<Item = usize>,
        people: f64,
        out: &mut Vec<(u32, f64)>,
    ) {
        for t in slots {
            match self.queue[g][t] {
                Queue::Free => {}
                Queue::Direct(row, share) => out.push((row as u32, share * people)),
                Queue::Row(row, share) => out.push((row as u32, -people * share)),
            }
        }
    }

    fn shares_channel(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.day.supplies[a].channels, &self.day.supplies[b].channels);
        a.iter().any(|c| b.contains(c))
    }

    /// Columns and rows of the events; also (event, supply) → row of leavers.
    fn add_events(&mut self) -> (Vec<Handover>, Vec<Vec<Option<usize>>>) {
        let day = self.day;
        // Rows first: the columns of one group stand in the rows of all sets, and of later events too.
        let mut events: Vec<Handover> = day.events.iter().map(|event| self.event_rows(event)).collect();
        let mut rows_of_supplies = Vec::new();
        for (e, event) in day.events.iter().enumerate() {
            let mut row_of = vec![None; day.supplies.len()];
            for g in self.groups_of(&event.leavers) {
                let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, BARRED));
                for &s in event.leavers.iter().filter(|&&s| self.group_of[s] == g) {
                    row_of[s] = Some(row);
                }
                for h in self.groups_of(&event.receivers) {
                    if self.shares_channel(self.groups[g][0], self.groups[h][0]) {
                        let mut entries = vec![(row as u32, -1.0)];
                        self.on_queue(h, event.slots.0..event.slots.1, -1.0, &mut entries);
                        let busy = self.sets_that_lack(h, e, &events);
                        entries.extend(busy.into_iter().map(|set| (set as u32, -1.0)));
                        self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                    }
                }
                let mut entries = vec![(row as u32, -1.0)];
                let charged = self.is_charged(event, g);
                if charged {
                    entries.extend(events[e].sets.iter().map(|set| (set.row as u32, 1.0)));
                }
                let price = if charged { events[e].price } else { 0.0 };
                let unmatched = self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, price));
                events[e].groups.push(Leavers { unmatched, price });
            }
            rows_of_supplies.push(row_of);
        }
        (events, rows_of_supplies)
    }

    /// An event without its columns.
    fn event_rows(&mut self, event: &Event) -> Handover {
        let there = |i: &&Interval| i.slots.0 < event.slots.1 && event.slots.0 < i.slots.1;
        let dearest = self.day.intervals.iter().filter(there).map(|i| i.under).max().unwrap_or(0);
        let minutes: f64 = (event.slots.0..event.slots.1).map(|t| self.slot_minutes(t)).sum();
        let mut charged = self.groups_of(&event.leavers);
        charged.retain(|&g| self.is_charged(event, g));
        let mut sets = Vec::new();
        for (leavers, mut receivers) in self.short_sets(event, &charged) {
            receivers.retain(|&r| !self.reads_in(r, event));
            sets.push(ShortSet { row: self.lp.add_row(&[], 0.0, Slopes::new(0.0, 0.0)), leavers, receivers });
        }
        Handover { groups: Vec::new(), sets, price: dearest as f64 * minutes + 1.0 }
    }

    /// Whether people of a supply may be reading messages in some minute of an event: then nobody counts on them.
    fn reads_in(&self, supply: usize, event: &Event) -> bool {
        let supply = &self.day.supplies[supply];
        !supply.early && supply.reading.iter().any(|r| r.0.max(event.slots.0) < r.1.min(event.slots.1))
    }

    /// Rows of the sets, at events after `event` that share a slot with it, that count on people of a group: whoever
    /// receives in the first cannot receive in the others.
    fn sets_that_lack(&self, group: usize, event: usize, events: &[Handover]) -> Vec<usize> {
        let slots = self.day.events[event].slots;
        let shared = |later: &Event| later.slots.0.max(slots.0) < later.slots.1.min(slots.1);
        let later = (event + 1..events.len()).filter(|&l| shared(&self.day.events[l]));
        let counts_on = |set: &&ShortSet| set.receivers.iter().any(|&r| self.group_of[r] == group);
        later.flat_map(|l| &events[l].sets).filter(counts_on).map(|set| set.row).collect()
    }

    /// Groups of supplies, ascending.
    pub(super) fn groups_of(&self, supplies: &[usize]) -> Vec<usize> {
        let mut groups: Vec<usize> = supplies.iter().map(|&s| self.group_of[s]).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Whether leavers of a group without a receiver are charged for in the guide. Those whom people who come early
    /// may relieve are not; and where hardly anybody can stay (the last shift of the day), not charging them is a
    /// good enough relaxation.
    fn is_charged(&self, event: &Event, group: usize) -> bool {
        if event.slots.0 >= event.slots.1 {
            return false;
        }
        let first = self.groups[group][0];
        let most = |list: &[usize]| -> i64 { list.iter().map(|&s| self.day.supplies[s].most).sum() };
        let sharing: Vec<usize> =
            event.receivers.iter().copied().filter(|&r| self.shares_channel(first, r)).collect();
        let relieved = event.arrivals.iter().any(|&a| self.shares_channel(a, first));
        !sharing.is_empty() && 2 * most(&sharing) >= most(&event.leavers) && !relieved
    }

    /// Sets of leavers that may be short of receivers, each with all who can receive from any of them. Only closed
    /// sets count: a group whose receivers all receive from the set already makes it no better off. Where there are
    /// too many of them, one set a group stands for all sets with that group: everybody leaves, and only the
    /// receivers of the group receive.
    fn short_sets(&self, event: &Event, charged: &[usize]) -> Vec<(Vec<usize>, Vec<usize>)> {
        let members = |groups: &[usize]| -> Vec<usize> {
            event.leavers.iter().copied().filter(|&s| groups.contains(&self.group_of[s])).collect()
        };
        let receivers = |groups: &[usize]| -> Vec<usize> {
            let receives = |r: &usize| groups.iter().any(|&g| self.shares_channel(self.groups[g][0], *r));
            event.receivers.iter().copied().filter(receives).collect()
        };
        if charged.len() <= WHOLE_SETS {
            let subsets = (1u32..1 << charged.len()).map(|mask| -> Vec<usize> {
                (0..charged.len()).filter(|i| mask >> i & 1 == 1).map(|i| charged[i]).collect()
            });
            let mut closed = Vec::new();
            for set in subsets {
                let of_set = receivers(&set);
                let within = |g: &&usize| receivers(&[**g]).iter().all(|r| of_set.contains(r));
                if charged.iter().filter(within).count() == set.len() {
                    closed.push((members(&set), of_set));
                }
            }
            if closed.len() <= MOST_SETS {
                return closed;
            }
        }
        charged.iter().map(|&g| (members(charged), receivers(&[g]))).collect()
    }

    /// Columns of the people kept from meetings, each for a channel but on the queue of all that they serve, outside
    /// their own handover and, if they read then, outside the minutes of that. Who is kept raises a largest matching
    /// of people to the channels kept in some slot, so raises it for all channels together (people and channels are
    /// complements: Shapley, Naval Research Logistics Quarterly 9, 1962). Returns (meeting, supply) → row that
    /// bounds them.
    fn add_meetings(&mut self) -> Vec<Vec<Option<usize>>> {
        let day = self.day;
        let mut kept_rows = Vec::new();
        for meeting in &day.meetings {
            let mut rows = vec![None; day.supplies.len()];
            let at_work = |s: usize, t: usize| day.supplies[s].present[t] && !day.supplies[s].own_handover[t];
            let span = meeting.slots.0..meeting.slots.1;
            // Whoever is kept for one slot counts in all of them, unless they hand over in some.
            let steady = meeting.attends.iter().all(|&s| span.clone().all(|t| at_work(s, t)));
            let most = meeting.keep * if steady { 1 } else { span.len() as i64 };
            let keep: Vec<usize> = (0..day.channels)
                .map(|_| self.lp.add_row(&[], most as f64, Slopes::new(-BARRED, 0.0)))
                .collect();
            for &s in &meeting.attends {
                let supply = &day.supplies[s];
                let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, 0.0));
                rows[s] = Some(row);
                let whole: Vec<usize> = span.clone().filter(|&t| at_work(s, t)).collect();
                let reads = |t: usize| !supply.early && supply.reading.iter().any(|r| r.0 <= t && t < r.1);
                let unread: Vec<usize> = whole.iter().copied().filter(|&t| !reads(t)).collect();
                let choices = if unread.len() < whole.len() { vec![whole, unread] } else { vec![whole] };
                for (slots, &c) in choices.iter().flat_map(|x| supply.channels.iter().map(move |c| (x, c))) {
                    let mut entries = vec![(row as u32, 1.0), (keep[c] as u32, 1.0)];
                    self.on_queue(self.group_of[s], slots.iter().copied(), 1.0, &mut entries);
                    self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                }
            }
            kept_rows.push(rows);
        }
        kept_rows
    }

    /// Columns of the people who read messages in their first minutes. Nobody must, but where spare people cost
    /// the true price may be lower for it, and a bound has to know. Returns the rows that bound them by the head
    /// count, by supply, and those that bound them by the messages.
    fn add_readings(&mut self) -> (Vec<Vec<usize>>, Readings) {
        let day = self.day;
        let mut rows = vec![Vec::new(); day.supplies.len()];
        let mut limits: Vec<Limit> = Vec::new();
        for (s, supply) in day.supplies.iter().enumerate().filter(|(_, s)| !s.early) {
            for &(first, last) in &supply.reading {
                let spare = |&t: &usize| supply.channels.iter().all(|&c| self.spare_costs(c, t));
                let slots: Vec<usize> = (first..last)
                    .filter(|&t| supply.present[t] && !supply.own_handover[t])
                    .filter(spare)
                    .collect();
                if slots.is_empty() {
                    continue;
                }
                let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, 0.0));
                let mut entries = vec![(row as u32, 1.0)];
                self.on_queue(self.group_of[s], slots.into_iter(), -1.0, &mut entries);
                if !limits.iter().any(|l| l.first == first && l.channels == supply.channels) {
                    let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, 0.0));
                    limits.push(Limit { row, first, channels: supply.channels.clone() });
                }
                rows[s].push((row, first, entries));
            }
        }
        let within = |a: &[usize], b: &[usize]| a.iter().all(|c| b.contains(c));
        let mut bounds = vec![Vec::new(); day.supplies.len()];
        for (s, readings) in rows.into_iter().enumerate() {
            for (row, first, mut entries) in readings {
                let own = limits.iter().filter(|l| l.first == first);
                let own = own.filter(|l| within(&day.supplies[s].channels, &l.channels));
                entries.extend(own.map(|l| (l.row as u32, 1.0)));
                self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                bounds[s].push(row);
            }
        }
        (bounds, Readings::new(day, limits))
    }

    /// Whether somebody spare on a channel costs something in a slot.
    fn spare_costs(&self, channel: usize, slot: usize) -> bool {
        let covers = |i: &Interval| i.channel == channel && i.slots.0 <= slot && slot < i.slots.1;
        self.day.intervals.iter().any(|i| covers(i) && i.over > 0)
    }

    /// One column a supply and meal: how many people take it. Returns the meals of
    /// supplies that choose among several.
    fn add_people(
        &mut self,
        supply_rows: &[usize],
        low_rows: &[usize],
        events: &[Handover],
        leaver_rows: &[Vec<Option<usize>>],
        kept_rows: &[Vec<Option<usize>>],
        minus_rows: &[Vec<usize>],
    ) -> Vec<Meal> {
        let day = self.day;
        let bounded = day.supplies.iter().map(|s| s.meals.len()).sum::<usize>() <= BOUNDED_MEALS;
        let mut bounds = Vec::new();
        for (s, supply) in day.supplies.iter().enumerate() {
            let g = self.group_of[s];
            let meals: Vec<(usize, usize)> =
                if supply.meals.is_empty() { vec![(0, 0)] } else { supply.meals.clone() };
            let several = meals.len() > 1;
            for meal in meals {
                let mut entries = vec![(supply_rows[s] as u32, 1.0), (low_rows[s] as u32, 1.0)];
                let eats = |t: usize| meal.0 <= t && t < meal.1;
                let in_meeting = |t: usize| {
                    day.meetings.iter().any(|m| {
                        m.slots.0 <= t && t < m.slots.1 && (m.attends.contains(&s) || m.comes_in.contains(&s))
                    })
                };
                let slots = (0..day.slots.len())
                    .filter(|&t| supply.present[t] && !supply.own_handover[t] && !eats(t) && !in_meeting(t));
                self.on_queue(g, slots, 1.0, &mut entries);
                entries.extend(minus_rows[s].iter().map(|&row| (row as u32, -1.0)));
                for (e, event) in day.events.iter().enumerate() {
                    if let Some(row) = leaver_rows[e][s] {
                        entries.push((row as u32, 1.0));
                    }
                    let free = !(event.slots.0..event.slots.1).any(|t| eats(t) || in_meeting(t));
                    for set in &events[e].sets {
                        if free && set.receivers.contains(&s) {
                            entries.push((set.row as u32, 1.0));
                        }
                        if set.leavers.contains(&s) {
                            entries.push((set.row as u32, -1.0));
                        }
                    }
                }
                for (m, meeting) in day.meetings.iter().enumerate() {
                    let free = !(meeting.slots.0..meeting.slots.1).any(eats);
                    if let (Some(row), true, true) = (kept_rows[m][s], meeting.attends.contains(&s), free) {
                        entries.push((row as u32, -1.0));
                    }
                }
                if several && !bounded {
                    let column = self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                    bounds.push(Meal { supply: s, column, bounds: None, most: supply.most as f64 });
                } else if several {
                    let low = self.lp.add_row(&[], 0.0, Slopes::new(0.0, BARRED));
                    let high = self.lp.add_row(&[], supply.most as f64, Slopes::new(-BARRED, 0.0));
                    entries.extend([(low as u32, 1.0), (high as u32, 1.0)]);
                    let column = self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                    bounds.push(Meal {
                        supply: s,
                        column,
                        bounds: Some((low, high)),
                        most: supply.most as f64,
                    });
                } else {
                    self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                }
            }
        }
        bounds
    }
}

/// Entries of the same row added up.
pub(super) fn merged(mut entries: Vec<(u32, f64)>) -> Vec<(u32, f64)> {
    entries.sort_unstable_by_key(|e| e.0);
    let mut out: Vec<(u32, f64)> = Vec::with_capacity(entries.len());
    for (row, a) in entries {
        match out.last_mut() {
            Some(last) if last.0 == row => last.1 += a,
            _ => out.push((row, a)),
        }
    }
    out.retain(|e| e.1 != 0.0);
    out
}
