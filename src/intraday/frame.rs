//! What is the same for all head counts of a block: skill sets, clusters of intervals and who is on the queue
//! when, prepared once.

use super::flow::{Network, Sink};
use super::live::Lists;
use crate::problem::DayProblem;
use std::collections::BTreeMap;

/// No source: the slot is not priced for that skill set.
pub(super) const NONE: u32 = u32::MAX;

/// Intervals that overlap directly or through others.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// Index in [`DayProblem::intervals`] of each sink but the free one.
    pub(super) intervals: Vec<usize>,
    /// Its transportation problem. The first sources are those of one interval each.
    pub(super) network: Network,
    /// Where its sources begin in the state's minutes.
    pub(super) offset: usize,
    /// The same sources by lists, where the cluster has windows: its flow is kept.
    pub(super) lists: Option<Lists>,
}

/// A block, prepared.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Number of slots.
    pub(super) slots: usize,
    /// Length of each slot in minutes.
    pub(super) length: Vec<i64>,
    /// Distinct lists of channels.
    pub(super) skills: Vec<Vec<usize>>,
    /// Index of each supply's list.
    pub(super) skill: Vec<usize>,
    /// `share[a × skills + b]`: whether two lists have a common channel.
    pub(super) share: Vec<bool>,
    /// Clusters in order of time.
    pub(super) clusters: Vec<Cluster>,
    /// Cluster of each slot, [`NONE`] where nothing is required.
    pub(super) cluster: Vec<u32>,
    /// `source[skill × slots + slot]`: source inside the slot's cluster, or [`NONE`].
    pub(super) source: Vec<u32>,
    /// `home[channel × slots + slot]`: source inside the slot's cluster of minutes that are on this channel for certain, or
    /// [`NONE`] where nothing is required of it.
    pub(super) home: Vec<u32>,
    /// Number of sources of all clusters.
    pub(super) sources: usize,
    /// `on[supply × slots + slot]`: on the queue but for meals, receiving and reading.
    pub(super) on: Vec<bool>,
    /// First class of each supply, with the number of classes at the end. A class is a supply and a meal (or
    /// the supply alone when it has none).
    pub(super) class: Vec<usize>,
    /// Supply of each class.
    pub(super) supply: Vec<usize>,
    /// Meal of each class in slots, an empty range for none.
    pub(super) meal: Vec<(usize, usize)>,
    /// `able[event × supplies + supply]`: whether people of the supply can receive in the event, but for meals.
    able: Vec<bool>,
}

impl Frame {
    /// Prepares a block.
    pub(super) fn new(day: &DayProblem) -> Self {
        let slots = day.slots.len();
        let mut ids: BTreeMap<&[usize], usize> = BTreeMap::new();
        let mut skills: Vec<Vec<usize>> = Vec::new();
        let skill: Vec<usize> = day
            .supplies
            .iter()
            .map(|s| {
                *ids.entry(&s.channels).or_insert_with(|| {
                    skills.push(s.channels.clone());
                    skills.len() - 1
                })
            })
            .collect();
        let common = |a: &[usize], b: &[usize]| a.iter().any(|c| b.contains(c));
        let share = skills.iter().flat_map(|a| skills.iter().map(move |b| common(a, b))).collect();
        let on = on_queue(day);
        let (mut class, mut supply, mut meal) = (Vec::new(), Vec::new(), Vec::new());
        for (g, s) in day.supplies.iter().enumerate() {
            class.push(supply.len());
            let none = [(0, 0)];
            let meals = if s.meals.is_empty() { &none[..] } else { &s.meals[..] };
            meal.extend_from_slice(meals);
            supply.extend(std::iter::repeat_n(g, meals.len()));
        }
        class.push(supply.len());
        let mut able = vec![false; day.events.len() * day.supplies.len()];
        for (e, event) in day.events.iter().enumerate() {
            for &g in &event.receivers {
                let (a, b) = event.slots;
                able[e * day.supplies.len() + g] = a < b && (a..b).all(|s| on[g * slots + s]);
            }
        }
        let mut frame = Self {
            slots,
            length: day.slots.iter().map(|s| i64::from(s.len())).collect(),
            skills,
            skill,
            share,
            clusters: Vec::new(),
            cluster: vec![NONE; slots],
            source: Vec::new(),
            home: vec![NONE; day.channels * slots],
            sources: 0,
            on,
            class,
            supply,
            meal,
            able,
        };
        frame.source = vec![NONE; frame.skills.len() * slots];
        frame.add_clusters(day);
        frame
    }
    /// Whether two skill sets have a common channel.
    pub(super) fn shares(&self, a: usize, b: usize) -> bool {
        self.share[a * self.skills.len() + b]
    }
    /// Whether people of a supply can receive in an event when they do not eat then.
    pub(super) fn can_receive(&self, event: usize, supply: usize) -> bool {
        self.able[event * (self.class.len() - 1) + supply]
    }
    /// Classes of a supply.
    pub(super) fn classes(&self, supply: usize) -> std::ops::Range<usize> {
        self.class[supply]..self.class[supply + 1]
    }
    /// Whether people of a class are on the queue in a slot, but for receiving and reading.
    pub(super) fn class_on(&self, class: usize, slot: usize) -> bool {
        let m = self.meal[class];
        self.on[self.supply[class] * self.slots + slot] && !(m.0 <= slot && slot < m.1)
    }
    /// Whether the meal of a class has a slot of a range.
    pub(super) fn eats_in(&self, class: usize, range: (usize, usize)) -> bool {
        let m = self.meal[class];
        m.0.max(range.0) < m.1.min(range.1)
    }

    fn add_clusters(&mut self, day: &DayProblem) {
        let mut order: Vec<usize> = (0..day.intervals.len()).collect();
        order.sort_by_key(|&i| (day.intervals[i].slots, day.intervals[i].channel, i));
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for i in order {
            let (a, b) = day.intervals[i].slots;
            if a >= b {
                continue;
            }
            match groups.last_mut() {
                Some((end, list)) if a < *end => {
                    *end = (*end).max(b);
                    list.push(i);
                }
                _ => groups.push((b, vec![i])),
            }
        }
        for (_, intervals) in groups {
            self.add_cluster(day, intervals);
        }
    }

    fn add_cluster(&mut self, day: &DayProblem, intervals: Vec<usize>) {
        let index = self.clusters.len() as u32;
        let first = intervals.iter().map(|&i| day.intervals[i].slots.0).min().unwrap_or(0);
        let last = intervals.iter().map(|&i| day.intervals[i].slots.1).max().unwrap_or(0);
        let free = intervals.len();
        let mut sources: Vec<Vec<usize>> = (0..free).map(|j| vec![j]).collect();
        let mut found: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut wants = vec![Vec::new(); self.skills.len() * (last - first)];
        let mut homes = Vec::new();
        for slot in first..last {
            self.cluster[slot] = index;
            for (k, channels) in self.skills.iter().enumerate() {
                let mut list: Vec<usize> =
                    channels.iter().flat_map(|&c| open_sinks(day, &intervals, slot, c)).collect();
                list.sort_unstable();
                list.dedup();
                if list.iter().any(|&j| j < free) {
                    found.insert(list.clone(), 0);
                    wants[k * (last - first) + slot - first] = list;
                }
            }
            for channel in 0..day.channels {
                let list = open_sinks(day, &intervals, slot, channel);
                if list != [free] {
                    found.insert(list.clone(), 0);
                    homes.push((channel, slot, list));
                }
            }
        }
        let mut order: Vec<Vec<usize>> = found.keys().cloned().collect();
        order.sort_by_key(|l| (l.len(), l.clone()));
        for list in order {
            let at = if list.len() == 1 {
                list[0]
            } else {
                sources.push(list.clone());
                sources.len() - 1
            };
            found.insert(list, at);
        }
        for k in 0..self.skills.len() {
            for slot in first..last {
                let list = &wants[k * (last - first) + slot - first];
                if !list.is_empty() {
                    self.source[k * self.slots + slot] = found[list] as u32;
                }
            }
        }
        for (channel, slot, list) in homes {
            self.home[channel * self.slots + slot] = found[&list] as u32;
        }
        let mut sinks: Vec<Sink> = intervals
            .iter()
            .map(|&i| {
                let v = &day.intervals[i];
                Sink { wanted: v.minutes, under: v.under, over: v.over }
            })
            .collect();
        sinks.push(Sink { wanted: 0, under: 0, over: 0 });
        let window = intervals.iter().any(|&i| day.intervals[i].window);
        let lists = window.then(|| Lists::new(sinks.len(), &sources));
        let network = Network::new(sinks, &sources);
        let offset = self.sources;
        self.sources += network.sources();
        self.clusters.push(Cluster { intervals, network, offset, lists });
    }
}

/// Sinks of a cluster with these intervals on which a minute on a channel in a slot may count; the free one alone when the
/// channel is not open then.
pub(super) fn open_sinks(day: &DayProblem, intervals: &[usize], slot: usize, channel: usize) -> Vec<usize> {
    let open = |&j: &usize| {
        let v = &day.intervals[intervals[j]];
        v.channel == channel && v.slots.0 <= slot && slot < v.slots.1
    };
    let list: Vec<usize> = (0..intervals.len()).filter(open).collect();
    if list.is_empty() { vec![intervals.len()] } else { list }
}

/// At work, not in the own handover and not in a meeting.
fn on_queue(day: &DayProblem) -> Vec<bool> {
    let slots = day.slots.len();
    let mut on = Vec::with_capacity(day.supplies.len() * slots);
    for s in &day.supplies {
        on.extend(s.present.iter().zip(&s.own_handover).map(|(p, h)| *p && !*h));
    }
    for m in &day.meetings {
        for &g in m.attends.iter().chain(&m.comes_in) {
            on[g * slots + m.slots.0..g * slots + m.slots.1].fill(false);
        }
    }
    on
}
