//! The duties of one day as an integer program through good_lp: second engine for the inside of a day.
//!
//! Given head counts, it chooses meals, people kept from meetings, receivers of handovers and minutes on each
//! channel so that shortage and excess cost least ([`crate::problem::day`]). [`crate::intraday`] does the same by
//! search, in time enough for millions of days, and says more: which messages wait to be read, and on which channel
//! everybody ends. Here people may read or not, on any channel, so the optimum is a lower bound of the search's
//! price; where neither messages nor last channels matter the two agree when the search is at its best.

use super::mip::{Failure, Model};
use crate::problem::DayProblem;
use good_lp::{Expression, IntoAffineExpression, Variable};
use std::time::Duration;

/// Groups of leavers of one handover up to which all sets of them are written out.
const MOST_GROUPS: usize = 6;

/// The best duties of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Duties {
    /// For each supply how many people take each of its meals; empty when it has none or nobody works it.
    pub meals: Vec<Vec<i64>>,
    /// Price of shortage and excess.
    pub cost: f64,
}

/// The cheapest duties for head counts by supply; `None` when `limit` or the library does not allow a proof.
#[must_use]
pub fn best_duties(day: &DayProblem, counts: &[i64], limit: Duration) -> Option<Duties> {
    let mut model = Model::new();
    let heads: Vec<Head> =
        counts.iter().map(|&n| Head { count: Expression::from(n as f64), most: n }).collect();
    let (meals, _) = add(&mut model, day, &heads);
    let objective = model.objective.clone();
    let answer = match model.solve(limit.as_secs_f64()) {
        Ok(answer) if answer.claims_optimal => answer,
        Ok(_) | Err(Failure::Infeasible | Failure::Other) => return None,
    };
    let cost = answer.sum(&objective);
    let whole = |list: &Vec<Variable>| list.iter().map(|&v| answer.value(v).round() as i64).collect();
    Some(Duties { meals: meals.iter().map(whole).collect(), cost })
}

/// How many people of a supply are at work: known, or to be decided elsewhere in the program.
#[derive(Clone)]
pub(super) struct Head {
    /// The number.
    pub(super) count: Expression,
    /// Its largest value.
    pub(super) most: i64,
}

/// Adds the duties of a day for head counts by supply. Returns the people at each meal by supply, and whether the day is
/// relaxed: some handover has too many groups of leavers, so that not everybody there must be received, or there are
/// tasks, which may be left undone here.
pub(super) fn add(model: &mut Model, day: &DayProblem, heads: &[Head]) -> (Vec<Vec<Variable>>, bool) {
    let mut program = Program::new(model, day, heads);
    program.meetings();
    program.readings();
    program.handovers();
    program.tasks();
    program.cover();
    (program.meals, program.relaxed)
}

struct Program<'a> {
    model: &'a mut Model,
    day: &'a DayProblem,
    heads: &'a [Head],
    /// Whether a handover is without the rows that force receivers, or a task without those that force people.
    relaxed: bool,
    /// Distinct lists of channels, and the one of each supply.
    skills: Vec<&'a [usize]>,
    skill: Vec<usize>,
    /// People at each meal, by supply.
    meals: Vec<Vec<Variable>>,
    /// People on the queue, by skill and slot.
    queue: Vec<Vec<Expression>>,
    /// People who read messages or receive a handover, by skill and the slots they are busy in.
    busy: Vec<(usize, (usize, usize), Expression)>,
}

impl<'a> Program<'a> {
    /// Meals, and everybody who is at work and neither eats, meets nor hands over on the queue.
    fn new(model: &'a mut Model, day: &'a DayProblem, heads: &'a [Head]) -> Self {
        let mut skills: Vec<&[usize]> = Vec::new();
        let mut skill = Vec::new();
        let mut meals = Vec::new();
        for (supply, head) in day.supplies.iter().zip(heads) {
            let k = skills.iter().position(|s| *s == supply.channels).unwrap_or(skills.len());
            if k == skills.len() {
                skills.push(&supply.channels);
            }
            skill.push(k);
            let own: Vec<Variable> = match head.most {
                0 => Vec::new(),
                n => supply.meals.iter().map(|_| model.whole(0, n)).collect(),
            };
            if !own.is_empty() {
                model.equal(own.iter().sum::<Expression>() - head.count.clone(), 0);
            }
            meals.push(own);
        }
        let mut queue = vec![vec![Expression::from(0.0); day.slots.len()]; skills.len()];
        for (s, supply) in day.supplies.iter().enumerate().filter(|(s, _)| heads[*s].most > 0) {
            let meets = |t: usize| {
                day.meetings.iter().any(|m| {
                    m.slots.0 <= t && t < m.slots.1 && (m.attends.contains(&s) || m.comes_in.contains(&s))
                })
            };
            let free = |&t: &usize| supply.present[t] && !supply.own_handover[t] && !meets(t);
            for t in (0..day.slots.len()).filter(free) {
                queue[skill[s]][t] += heads[s].count.clone() - eaters(supply, &meals[s], (t, t + 1));
            }
        }
        Self { model, day, heads, relaxed: false, skills, skill, meals, queue, busy: Vec::new() }
    }

    /// People of a supply who do not eat in a range of slots.
    fn awake(&self, supply: usize, slots: (usize, usize)) -> Expression {
        self.heads[supply].count.clone() - eaters(&self.day.supplies[supply], &self.meals[supply], slots)
    }

    fn minutes(&self, slot: usize) -> f64 {
        f64::from(self.day.slots[slot].len())
    }

    /// People kept on the queue while the others of their supply meet, at most so many for a channel.
    fn meetings(&mut self) {
        for meeting in &self.day.meetings {
            let at_work =
                |s: usize, t: usize| self.day.supplies[s].present[t] && !self.day.supplies[s].own_handover[t];
            let span = meeting.slots.0..meeting.slots.1;
            // Whoever is kept for one slot counts in all of them, unless they hand over in some.
            let steady = meeting.attends.iter().all(|&s| span.clone().all(|t| at_work(s, t)));
            let most = meeting.keep * if steady { 1 } else { span.len() as i64 };
            let mut on_channel = vec![Expression::from(0.0); self.day.channels];
            for &s in meeting.attends.iter().filter(|&&s| self.heads[s].most > 0) {
                let mut all = Expression::from(0.0);
                for &c in &self.day.supplies[s].channels {
                    let kept = self.model.whole(0, self.heads[s].most);
                    all += kept;
                    on_channel[c] += kept;
                }
                for t in span.clone().filter(|&t| at_work(s, t)) {
                    self.queue[self.skill[s]][t] += all.clone();
                }
                let awake = self.awake(s, meeting.slots);
                self.model.at_most(all - awake, 0);
            }
            for sum in on_channel {
                self.model.at_most(sum, most);
            }
        }
    }

    /// Receivers: as many distinct people as a largest matching of leavers to receivers has edges. By König's
    /// theorem that is the least, over sets of leavers, of the leavers outside and the receivers of the set. Whoever
    /// reads then, or receives in an event that ends earlier, need not receive too.
    fn handovers(&mut self) {
        for event in self.day.events.iter().filter(|e| e.slots.0 < e.slots.1) {
            let shares = |a: usize, b: usize| self.skills[a].iter().any(|c| self.skills[b].contains(c));
            let mut groups: Vec<(usize, Expression, i64)> = Vec::new();
            for &g in event.leavers.iter().filter(|&&g| self.heads[g].most > 0) {
                let Head { count, most } = self.heads[g].clone();
                match groups.iter_mut().find(|l| l.0 == self.skill[g]) {
                    Some(l) => (l.1, l.2) = (l.1.clone() + count, l.2 + most),
                    None => groups.push((self.skill[g], count, most)),
                }
            }
            let mut leavers: Vec<(usize, Expression, i64)> = Vec::new();
            for (k, count, most) in groups {
                let arrive = event.arrivals.iter().filter(|&&r| shares(k, self.skill[r]));
                let arrivals: Vec<&Head> =
                    arrive.filter(|r| !event.leavers.contains(r)).map(|&r| &self.heads[r]).collect();
                let unmet = self.model.unmet(count, most, &arrivals);
                leavers.extend(unmet.map(|count| (k, count, most)));
            }
            let in_meeting = |s: usize| {
                self.day.meetings.iter().any(|m| {
                    m.slots.0 < event.slots.1
                        && event.slots.0 < m.slots.1
                        && (m.attends.contains(&s) || m.comes_in.contains(&s))
                })
            };
            let mut receivers: Vec<(usize, Expression, f64)> = Vec::new();
            for &s in event.receivers.iter().filter(|&&s| self.heads[s].most > 0 && !in_meeting(s)) {
                let (k, free, n) = (self.skill[s], self.awake(s, event.slots), self.heads[s].most as f64);
                match receivers.iter_mut().find(|r| r.0 == k) {
                    Some(r) => (r.1, r.2) = (r.1.clone() + free, r.2 + n),
                    None => receivers.push((k, free, n)),
                }
            }
            let busy: Vec<Expression> = receivers.iter().map(|r| self.busy_in(r.0, event.slots)).collect();
            let pairs: Vec<(usize, usize)> = (0..leavers.len())
                .flat_map(|i| (0..receivers.len()).map(move |j| (i, j)))
                .filter(|&(i, j)| shares(leavers[i].0, receivers[j].0))
                .collect();
            if pairs.is_empty() {
                continue;
            }
            let flows: Vec<Variable> =
                pairs.iter().map(|&(i, _)| self.model.whole(0, leavers[i].2)).collect();
            let sum = |keep: &dyn Fn((usize, usize)) -> bool| -> Expression {
                pairs.iter().zip(&flows).filter(|(p, _)| keep(**p)).map(|(_, &v)| Expression::from(v)).sum()
            };
            for (i, leaver) in leavers.iter().enumerate() {
                self.model.at_most(sum(&|p| p.0 == i) - leaver.1.clone(), 0);
            }
            for (j, (k, free, _)) in receivers.iter().enumerate() {
                let own = sum(&|p| p.1 == j);
                for t in event.slots.0..event.slots.1 {
                    self.queue[*k][t] -= own.clone();
                }
                self.model.at_most(own.clone() - free.clone(), 0);
                self.busy.push((*k, event.slots, own));
            }
            if leavers.len() > MOST_GROUPS {
                self.relaxed = true;
                continue;
            }
            let mut one = Expression::from(0.0);
            for set in 0..1usize << leavers.len() {
                let inside = |i: usize| set >> i & 1 == 1;
                let outside: Expression =
                    (0..leavers.len()).filter(|&i| !inside(i)).map(|i| leavers[i].1.clone()).sum();
                let left: i64 = (0..leavers.len()).filter(|&i| !inside(i)).map(|i| leavers[i].2).sum();
                let reached = |j: usize| pairs.iter().any(|p| p.1 == j && inside(p.0));
                let near: Vec<usize> = (0..receivers.len()).filter(|&j| reached(j)).collect();
                let most = left as f64 + near.iter().map(|&j| receivers[j].2).sum::<f64>();
                let least = self.model.binary(0);
                one += least;
                let free: Expression = near.iter().map(|&j| receivers[j].1.clone() - busy[j].clone()).sum();
                let slack = most - most * Expression::from(least);
                self.model.at_least(sum(&|_| true) - free - outside + slack, 0);
            }
            self.model.equal(one, 1);
        }
    }

    /// People of a skill known so far to read or receive in a range of slots.
    fn busy_in(&self, skill: usize, slots: (usize, usize)) -> Expression {
        let then = self.busy.iter().filter(|b| b.0 == skill && b.1.0 < slots.1 && slots.0 < b.1.1);
        then.map(|b| b.2.clone()).sum()
    }

    /// People who read messages in their first minutes: of those who start together at most one a channel.
    fn readings(&mut self) {
        let mut starts: Vec<(usize, Vec<usize>, Expression)> = Vec::new();
        for (s, supply) in self.day.supplies.iter().enumerate() {
            if supply.early || self.heads[s].most == 0 {
                continue;
            }
            for &(first, last) in supply.reading.iter().filter(|r| r.0 < r.1) {
                let readers = self.model.whole(0, self.heads[s].most);
                let here = |&t: &usize| supply.present[t] && !supply.own_handover[t];
                for t in (first..last).filter(here) {
                    self.queue[self.skill[s]][t] -= readers;
                }
                self.busy.push((self.skill[s], (first, last), Expression::from(readers)));
                let awake = self.awake(s, (first, last));
                self.model.at_most(Expression::from(readers) - awake, 0);
                let channels = supply.channels.iter().copied().filter(|&c| !self.day.lone[c]);
                match starts.iter_mut().find(|x| x.0 == first) {
                    Some(start) => {
                        start.1.extend(channels);
                        start.2 += readers;
                    }
                    None => starts.push((first, channels.collect(), Expression::from(readers))),
                }
            }
        }
        for (_, mut channels, readers) in starts {
            channels.sort_unstable();
            channels.dedup();
            self.model.at_most(readers, channels.len() as i64);
        }
    }

    /// People who do tasks, and the price of turns not done. Here they may leave them undone wherever that is cheaper,
    /// which keeps the optimum a lower bound.
    fn tasks(&mut self) {
        for task in &self.day.tasks {
            self.relaxed = true;
            let mut all = Expression::from(0.0);
            for &s in task.supplies.iter().filter(|&&s| self.heads[s].most > 0) {
                let mut own = Expression::from(0.0);
                for &place in task.places.iter().filter(|p| self.day.supplies[s].at_work(**p)) {
                    let people = self.model.whole(0, self.heads[s].most);
                    own += people;
                    for t in place.0..place.1 {
                        self.queue[self.skill[s]][t] -= people;
                    }
                }
                self.model.at_most(own.clone() - self.heads[s].count.clone(), 0);
                all += own;
            }
            let undone = self.model.amount(task.undone);
            if let Some(people) = task.people {
                self.model.equal(all + undone, people);
            } else {
                let everybody: Expression = task.wanted.iter().map(|&s| self.heads[s].count.clone()).sum();
                self.model.equal(all + undone - everybody, 0);
            }
        }
    }

    /// Minutes of each skill on each channel, and what is missing or spare.
    fn cover(&mut self) {
        let day = self.day;
        let mut covered = vec![Expression::from(0.0); day.intervals.len()];
        let covers = |i: usize, t: usize, c: usize| {
            let v = &day.intervals[i];
            v.channel == c && v.slots.0 <= t && t < v.slots.1
        };
        let at = |t: usize, c: usize| -> Vec<Option<usize>> {
            let open: Vec<Option<usize>> =
                (0..day.intervals.len()).filter(|&i| covers(i, t, c)).map(Some).collect();
            if open.is_empty() { vec![None] } else { open }
        };
        for (k, channels) in self.skills.iter().enumerate() {
            let mut t = 0;
            while t < day.slots.len() {
                let open = |t: usize| channels.iter().flat_map(|&c| at(t, c)).collect::<Vec<_>>();
                let (first, places) = (t, open(t));
                while t < day.slots.len() && open(t) == places {
                    t += 1;
                }
                let minutes: Expression =
                    (first..t).map(|s| self.minutes(s) * self.queue[k][s].clone()).sum();
                let mut placed = Expression::from(0.0);
                for &i in places.iter().flatten() {
                    let z = self.model.amount(0);
                    placed += z;
                    covered[i] += z;
                }
                if places.contains(&None) {
                    placed += self.model.amount(0);
                }
                self.model.equal(minutes - placed, 0);
            }
        }
        for (interval, sum) in day.intervals.iter().zip(covered) {
            let under = self.model.amount(interval.under);
            let over = self.model.amount(interval.over);
            self.model.equal(sum + under - over, interval.minutes);
        }
    }
}

impl Model {
    /// Leavers who need a receiver at work: none once somebody arrives early for them; `None` when there never is
    /// one.
    fn unmet(&mut self, leavers: Expression, most: i64, arrivals: &[&Head]) -> Option<Expression> {
        let surely =
            |h: &&Head| (&h.count).linear_coefficients().next().is_none() && h.count.constant() >= 1.0;
        if arrivals.iter().any(surely) {
            return None;
        }
        let all: i64 = arrivals.iter().map(|h| h.most).sum();
        if all == 0 {
            return Some(leavers);
        }
        let met = self.binary(0);
        let arrive: Expression = arrivals.iter().map(|h| h.count.clone()).sum();
        self.at_most(arrive.clone() - all as f64 * met, 0);
        self.at_least(arrive - met, 0);
        let unmet = self.whole(0, most);
        self.at_most(unmet + most as f64 * met, most);
        self.at_most(unmet - leavers.clone(), 0);
        self.at_least(unmet - leavers + most as f64 * met, 0);
        Some(Expression::from(unmet))
    }
}

/// People of a supply who eat somewhere in a range of slots.
fn eaters(supply: &crate::problem::day::Supply, meals: &[Variable], slots: (usize, usize)) -> Expression {
    let then = supply.meals.iter().zip(meals).filter(|(m, _)| m.0 < slots.1 && slots.0 < m.1);
    then.map(|(_, &v)| Expression::from(v)).sum()
}
