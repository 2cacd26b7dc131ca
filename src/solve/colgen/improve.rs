//! Re-optimising parts of a rota: some people over all days, or everybody over some days, by column generation
//! and a dive with the rest fixed (a matheuristic large neighbourhood search).

use super::days::Days;
use super::dive::{DiveSettings, dive};
use super::generate::{Effort, generate};
use super::master::{Cut, Mask, Master};
use super::model::{Column, Model};
use crate::base::random::Random;
use crate::base::stop::StopCriterion;

/// What is set free.
#[derive(Clone, Debug)]
pub(super) struct Neighbourhood {
    /// People set free.
    pub people: Vec<usize>,
    /// Days set free: first and one past the last.
    pub days: Vec<(usize, usize)>,
}

/// Chooses neighbourhoods and learns which kind pays.
pub(super) struct Chooser {
    /// Merit and size of each kind: people at random, people like each other, a window of days.
    kinds: [(f64, f64); 3],
}

impl Chooser {
    pub(super) fn new(people: usize, days: usize) -> Self {
        let few = (people as f64).clamp(2.0, 6.0);
        let window = (days as f64 / 4.0).clamp(4.0, 8.0).min(days as f64);
        Self { kinds: [(1.0, few), (1.0, few), (1.0, window)] }
    }

    /// A neighbourhood and the number of its kind.
    pub(super) fn choose(
        &self,
        model: &Model<'_>,
        rota: &[Column],
        random: &mut Random,
    ) -> (Neighbourhood, usize) {
        let people = rota.len();
        let days = model.problem.days;
        let total: f64 = self.kinds.iter().map(|k| k.0).sum();
        let mut at = random.unit() * total;
        let mut kind = 0;
        while kind + 1 < self.kinds.len() && at > self.kinds[kind].0 {
            at -= self.kinds[kind].0;
            kind += 1;
        }
        let size = self.kinds[kind].1.round() as usize;
        let neighbourhood = match kind {
            0 => {
                let mut all: Vec<usize> = (0..people).collect();
                random.shuffle(&mut all);
                all.truncate(size.clamp(1, people));
                Neighbourhood { people: all, days: vec![(0, days)] }
            }
            1 => {
                let seed = random.below(people);
                let mut others: Vec<(usize, usize, usize)> = (0..people)
                    .filter(|&p| p != seed)
                    .map(|p| {
                        let shared = rota[p].cells.iter().filter(|c| rota[seed].cells.contains(c)).count();
                        (shared, random.below(1000), p)
                    })
                    .collect();
                // People who stand in the same cells compete; every other one is drawn so that choices vary.
                others.sort_unstable_by(|a, b| b.cmp(a));
                let mut chosen = vec![seed];
                for (_, _, p) in others {
                    if chosen.len() < size && random.below(2) == 0 {
                        chosen.push(p);
                    }
                }
                Neighbourhood { people: chosen, days: vec![(0, days)] }
            }
            _ => {
                let size = size.clamp(1, days);
                let first = random.below(days - size + 1);
                Neighbourhood { people: (0..people).collect(), days: vec![(first, first + size)] }
            }
        };
        (neighbourhood, kind)
    }

    /// Learns from a try.
    pub(super) fn learn(&mut self, kind: usize, improved: bool, people: usize, days: usize) {
        let entry = &mut self.kinds[kind];
        entry.0 = (0.9 * entry.0 + if improved { 0.5 } else { 0.0 }).clamp(0.1, 5.0);
        let largest =
            if kind == 2 { (days as f64 * 0.5).clamp(1.0, 14.0) } else { (people as f64).min(24.0) };
        entry.1 = if improved { entry.1 } else { (entry.1 * 1.05).min(largest) };
    }
}

/// Re-optimises a neighbourhood; returns the new columns of the people set free, and the cuts met.
pub(super) fn reoptimise(
    model: &Model<'_>,
    rota: &[Column],
    pool: &[Vec<Column>],
    cuts: &[Cut],
    days: &mut Days,
    neighbourhood: &Neighbourhood,
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<(Vec<Column>, Vec<Cut>)> {
    let free = |p: usize| neighbourhood.people.contains(&p);
    let mut in_set = vec![false; rota.len()];
    neighbourhood.people.iter().for_each(|&p| in_set[p] = true);
    let fixed: Vec<&Column> = rota.iter().filter(|c| !in_set[c.person]).collect();
    debug_assert!(rota.iter().all(|c| free(c.person) == in_set[c.person]));
    let mut counts = vec![0.0; model.problem.cells];
    rota.iter().flat_map(|c| &c.cells).for_each(|&c| counts[c as usize] += 1.0);
    stop.charge(days.expect(&counts));
    let cuts: Vec<Cut> = cuts.iter().filter(|c| days.admits(c)).cloned().collect();
    let mut master = Master::new(model, neighbourhood.people.clone(), &fixed, &cuts);
    let whole = neighbourhood.days == [(0, model.problem.days)];
    if !whole {
        for i in 0..master.people.len() {
            let p = master.people[i];
            let mut mask = Mask::all(&model.problem.people[p].options);
            for d in 0..model.problem.days {
                if !neighbourhood.days.iter().any(|w| w.0 <= d && d < w.1) {
                    mask.fix(d, usize::from(rota[p].choice[d]));
                }
            }
            master.masks[i] = mask;
        }
    }
    for &p in &neighbourhood.people {
        master.add_column(rota[p].clone());
        for column in &pool[p] {
            if master.masks[master.slot(p)].admits(&column.choice) {
                master.add_column(column.clone());
            }
        }
    }
    let mut fresh = Vec::new();
    let effort = Effort { rounds: 25, ..Effort::default() };
    let result = generate(&mut master, days, &mut fresh, effort, stop);
    if !result.stuck.is_empty() {
        return None;
    }
    let settings = DiveSettings { noise: 0.1, share: 0.2, rounds: 5, ..DiveSettings::default() };
    let columns = dive(&mut master, days, &mut fresh, settings, random, stop)?;
    Some((columns, fresh))
}
