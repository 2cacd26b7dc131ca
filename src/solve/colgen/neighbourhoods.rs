//! Which parts of a rota are set free next: people over all days, or everybody over some days.

use super::model::{Column, Model};
use crate::base::random::Random;

/// People of a fairness group set free at most, to begin with.
const TEAM: usize = 18;

/// What is set free.
#[derive(Clone, Debug)]
pub(super) struct Neighbourhood {
    /// People set free.
    pub people: Vec<usize>,
    /// Days set free: first and one past the last.
    pub days: Vec<(usize, usize)>,
}

/// Kinds of neighbourhoods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// People at random.
    Random,
    /// People who stand in the same cells.
    Alike,
    /// People who are compared with each other by a fairness term.
    Compared,
    /// Everybody over a window of days.
    Window,
}

/// How often a kind is chosen, and how large its neighbourhoods are: people or days.
struct Habit {
    kind: Kind,
    merit: f64,
    size: f64,
}

/// People compared with each other, with the terms that do.
struct Group {
    people: Vec<usize>,
    terms: Vec<usize>,
}

/// Chooses neighbourhoods and learns which kind pays.
pub(super) struct Chooser {
    habits: Vec<Habit>,
    groups: Vec<Group>,
    /// Groups that have not been set free yet, the next one last; `None` before they are put in order.
    waiting: Option<Vec<usize>>,
}

impl Chooser {
    pub(super) fn new(model: &Model<'_>) -> Self {
        let (people, days) = (model.problem.people.len(), model.problem.days);
        let few = (people as f64).clamp(2.0, 6.0);
        let window = (days as f64 / 4.0).clamp(4.0, 8.0).min(days as f64);
        let groups = groups(model);
        let mut habits = vec![
            Habit { kind: Kind::Random, merit: 1.0, size: few },
            Habit { kind: Kind::Alike, merit: 1.0, size: few },
            Habit { kind: Kind::Window, merit: 1.0, size: window },
        ];
        if !groups.is_empty() {
            habits.push(Habit { kind: Kind::Compared, merit: 1.0, size: TEAM as f64 });
        }
        Self { habits, groups, waiting: None }
    }

    /// A neighbourhood and its kind. `fairness`: what each fairness term costs in the rota. First every group that
    /// is compared and pays for it is set free once.
    pub(super) fn choose(
        &mut self,
        model: &Model<'_>,
        rota: &[Column],
        fairness: &[i64],
        random: &mut Random,
    ) -> (Neighbourhood, Kind) {
        let days = model.problem.days;
        let paid: Vec<i64> = self.groups.iter().map(|g| g.terms.iter().map(|&f| fairness[f]).sum()).collect();
        let waiting = self.waiting.get_or_insert_with(|| {
            let mut order: Vec<usize> = (0..paid.len()).filter(|&g| paid[g] > 0).collect();
            order.sort_by_key(|&g| paid[g]);
            order
        });
        if let Some(group) = waiting.pop() {
            return (whole(days, self.members(model, rota, group, TEAM, random)), Kind::Compared);
        }
        let (kind, size) = self.habit(random);
        let neighbourhood = match kind {
            Kind::Random => whole(days, anybody(rota.len(), size, random)),
            Kind::Alike => whole(days, alike(rota, size, random)),
            Kind::Compared => match weighted(&paid, random) {
                Some(group) => whole(days, self.members(model, rota, group, size, random)),
                None => whole(days, alike(rota, size, random)),
            },
            Kind::Window => {
                let size = size.clamp(1, days);
                let first = random.below(days - size + 1);
                Neighbourhood { people: (0..rota.len()).collect(), days: vec![(first, first + size)] }
            }
        };
        (neighbourhood, kind)
    }

    /// A kind in proportion to its merit, with its size.
    fn habit(&self, random: &mut Random) -> (Kind, usize) {
        let total: f64 = self.habits.iter().map(|h| h.merit).sum();
        let mut at = random.unit() * total;
        let mut chosen = 0;
        while chosen + 1 < self.habits.len() && at > self.habits[chosen].merit {
            at -= self.habits[chosen].merit;
            chosen += 1;
        }
        (self.habits[chosen].kind, self.habits[chosen].size.round() as usize)
    }

    /// Up to `size` people of a group: all, or those at both ends of a term and some others.
    fn members(
        &self,
        model: &Model<'_>,
        rota: &[Column],
        group: usize,
        size: usize,
        random: &mut Random,
    ) -> Vec<usize> {
        let Group { people, terms } = &self.groups[group];
        if people.len() <= size {
            return people.clone();
        }
        let term = terms[random.below(terms.len())];
        let count = |&p: &usize| -> f64 {
            let known = model.fair[p].iter().zip(&rota[p].fair).filter(|(h, _)| h.0 as usize == term);
            known.map(|(h, own)| h.1 + own.1).sum()
        };
        let mut order = people.clone();
        random.shuffle(&mut order);
        order.sort_by(|a, b| count(a).total_cmp(&count(b)));
        let ends = size / 3;
        let mut chosen = order.split_off(order.len() - ends);
        let mut rest = order.split_off(ends);
        chosen.extend(order);
        random.shuffle(&mut rest);
        chosen.extend(rest.into_iter().take(size - 2 * ends));
        chosen
    }

    /// Learns from a try.
    pub(super) fn learn(&mut self, kind: Kind, improved: bool, people: usize, days: usize) {
        let Some(habit) = self.habits.iter_mut().find(|h| h.kind == kind) else { return };
        habit.merit = (0.9 * habit.merit + if improved { 0.5 } else { 0.0 }).clamp(0.1, 5.0);
        let largest = match kind {
            Kind::Window => (days as f64 * 0.5).clamp(1.0, 14.0),
            Kind::Random | Kind::Alike | Kind::Compared => (people as f64).min(24.0),
        };
        if !improved {
            habit.size = (habit.size * 1.05).min(largest);
        }
    }
}

/// People over all days.
fn whole(days: usize, people: Vec<usize>) -> Neighbourhood {
    Neighbourhood { people, days: vec![(0, days)] }
}

/// Groups of people with the same terms' members.
fn groups(model: &Model<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (f, term) in model.problem.fairness.iter().enumerate() {
        let mut people: Vec<usize> = term.members.iter().map(|m| m.0 as usize).collect();
        people.sort_unstable();
        if term.weight <= 0 || people.len() < 2 {
            continue;
        }
        match groups.iter_mut().find(|g| g.people == people) {
            Some(group) => group.terms.push(f),
            None => groups.push(Group { people, terms: vec![f] }),
        }
    }
    groups
}

fn anybody(people: usize, size: usize, random: &mut Random) -> Vec<usize> {
    let mut all: Vec<usize> = (0..people).collect();
    random.shuffle(&mut all);
    all.truncate(size.clamp(1, people));
    all
}

/// Somebody and people who stand in the same cells: they compete. Every other one is drawn so that choices vary.
fn alike(rota: &[Column], size: usize, random: &mut Random) -> Vec<usize> {
    let seed = random.below(rota.len());
    let mut others: Vec<(usize, usize, usize)> = (0..rota.len())
        .filter(|&p| p != seed)
        .map(|p| {
            let shared = rota[p].cells.iter().filter(|c| rota[seed].cells.contains(c)).count();
            (shared, random.below(1000), p)
        })
        .collect();
    others.sort_unstable_by(|a, b| b.cmp(a));
    let mut chosen = vec![seed];
    for (_, _, p) in others {
        if chosen.len() < size && random.below(2) == 0 {
            chosen.push(p);
        }
    }
    chosen
}

/// A place in proportion to its weight; `None` when all are 0.
fn weighted(weights: &[i64], random: &mut Random) -> Option<usize> {
    let total: i64 = weights.iter().sum();
    if total <= 0 {
        return None;
    }
    let mut at = (random.unit() * total as f64) as i64;
    weights.iter().position(|&w| {
        at -= w;
        at < 0
    })
}
