//! One run: a discrete-event simulation of the whole horizon.

use super::Options;
use super::draw::{Purpose, exponential, poisson, sequence};
use super::events::{Agenda, Event};
use super::floor::Floor;
use super::line::{Contact, Line};
use super::managing::Today;
use super::outlook::Outlook;
use super::tally::{Count, Counts};
use super::world::World;
use crate::base::random::Random;
use rustc_hash::FxHashSet;

/// Somebody comes to a channel or goes, or an interval ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    IntervalEnds(usize),
    Goes(usize),
    Comes(usize),
    IntervalBegins(usize),
    /// A supervisor looks at deferred work, with what all queues need from now on in mind.
    Looks(usize),
}

/// Plays one run.
pub(super) fn run(world: &World, options: &Options, run: u64) -> Counts {
    let mut r = Run::new(world, options, run);
    let turns = turns(world);
    let mut next = 0;
    loop {
        let planned = turns.get(next).map_or(f64::INFINITY, |t| t.0);
        // What is planned for a moment comes before what happens in it.
        if planned <= r.agenda.next_at() {
            let Some(&(at, turn)) = turns.get(next) else { break };
            next += 1;
            r.turn(at, turn);
        } else if let Some((at, event)) = r.agenda.take() {
            match event {
                Event::Arrival(channel) => r.arrival(at, channel),
                Event::Done(person, change) => r.done(at, person, change),
            }
        }
    }
    r.close()
}

fn turns(world: &World) -> Vec<(f64, Turn)> {
    let ends = world.arrivals.iter().enumerate().map(|(i, a)| (a.time.1, Turn::IntervalEnds(i)));
    let begins = world.arrivals.iter().enumerate().map(|(i, a)| (a.time.0, Turn::IntervalBegins(i)));
    let looks = world.arrivals.iter().enumerate().filter(|(_, a)| world.queues[a.channel].deferred);
    let looks = looks.map(|(i, a)| (a.time.0, Turn::Looks(i)));
    let comings = world.stretches.iter().enumerate().map(|(i, s)| (s.time.0, Turn::Comes(i)));
    let goings = world.stretches.iter().enumerate().map(|(i, s)| (s.time.1, Turn::Goes(i)));
    let mut all: Vec<(f64, Turn)> = ends.chain(comings).chain(goings).chain(begins).chain(looks).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    all
}

/// Whether no interval of the channel begins where one ends.
fn closes(world: &World) -> Vec<bool> {
    let begins: FxHashSet<(usize, u64)> =
        world.arrivals.iter().map(|a| (a.channel, a.time.0.to_bits())).collect();
    world.arrivals.iter().map(|a| !begins.contains(&(a.channel, a.time.1.to_bits()))).collect()
}

/// The sequences of random numbers of a channel.
struct Dice {
    arrivals: Random,
    handling: Random,
    patience: Random,
}

/// The arrivals of a channel in time order, and how far they are.
struct Stream {
    places: Vec<usize>,
    at: usize,
}

pub(super) struct Run<'a> {
    pub(super) world: &'a World,
    pooled: bool,
    pub(super) managed: bool,
    /// People that each queue needs now.
    pub(super) needed: Vec<u32>,
    /// What each queue has reached today.
    pub(super) levels: Vec<Today>,
    /// What is to come on the channels of deferred work.
    pub(super) outlooks: Vec<Outlook>,
    dice: Vec<Dice>,
    streams: Vec<Stream>,
    agenda: Agenda,
    pub(super) floor: Floor,
    pub(super) lines: Vec<Line>,
    /// Whether each channel is open, and whether it closes with each interval.
    open: Vec<bool>,
    closes: Vec<bool>,
    /// Whether the stretch is not worked.
    absent: Vec<bool>,
    counts: Counts,
}

impl<'a> Run<'a> {
    fn new(world: &'a World, options: &Options, run: u64) -> Self {
        let channels = world.queues.len();
        let dice = |c| Dice {
            arrivals: sequence(options.seed, run, c, Purpose::Arrivals),
            handling: sequence(options.seed, run, c, Purpose::Handling),
            patience: sequence(options.seed, run, c, Purpose::Patience),
        };
        let streams = |c| {
            let of = |i: &usize| world.arrivals[*i].channel == c && world.arrivals[*i].volume > 0.0;
            let mut places: Vec<usize> = (0..world.arrivals.len()).filter(of).collect();
            places.sort_by(|a, b| world.arrivals[*a].time.0.total_cmp(&world.arrivals[*b].time.0));
            Stream { places, at: 0 }
        };
        let mut r = Self {
            world,
            pooled: options.pooled,
            managed: options.managed,
            needed: vec![0; channels],
            levels: vec![Today::default(); channels],
            outlooks: Vec::new(),
            dice: (0..channels).map(dice).collect(),
            streams: (0..channels).map(streams).collect(),
            agenda: Agenda::default(),
            floor: Floor::new(world.skills.len(), &world.queues),
            lines: (0..channels).map(|_| Line::default()).collect(),
            open: vec![false; channels],
            closes: closes(world),
            absent: Vec::new(),
            counts: Counts { places: vec![Count::default(); world.arrivals.len()], ..Counts::default() },
        };
        r.draw_absence(options.seed, run);
        r.outlooks = (0..channels)
            .map(|c| if r.shared(c) { Outlook::of(world, c, &r.absent) } else { Outlook::default() })
            .collect();
        r.carry_in();
        (0..channels).for_each(|c| r.plan_arrival(c, f64::NEG_INFINITY));
        r
    }

    /// One draw for each person and day: on every channel the absence has its own probability.
    fn draw_absence(&mut self, seed: u64, run: u64) {
        let mut random = sequence(seed, run, 0, Purpose::Absence);
        let days = 1 + self.world.stretches.iter().map(|s| s.day).max().unwrap_or(0);
        let luck: Vec<f64> = (0..self.world.skills.len() * days).map(|_| random.unit()).collect();
        let mut seen = vec![false; luck.len()];
        for s in &self.world.stretches {
            let at = s.person * days + s.day;
            let absent = luck[at] < self.world.queues[s.channel].absence;
            self.absent.push(absent);
            if !std::mem::replace(&mut seen[at], true) {
                self.counts.person_days += 1;
                self.counts.absent += u64::from(absent);
            }
        }
    }

    /// Deferred work from before.
    fn carry_in(&mut self) {
        let mut work = Vec::new();
        for c in &self.world.carried {
            let dice = &mut self.dice[c.channel];
            for _ in 0..poisson(&mut dice.arrivals, c.volume) {
                let came = c.time.0 + dice.arrivals.unit() * (c.time.1 - c.time.0);
                work.push((c.channel, came, c.handling_s));
            }
        }
        work.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (channel, came, handling_s) in work {
            let contact = self.contact(channel, None, came, handling_s);
            self.lines[channel].join(contact);
        }
    }

    fn contact(&mut self, channel: usize, place: Option<u32>, came: f64, handling_s: f64) -> Contact {
        let queue = &self.world.queues[channel];
        let dice = &mut self.dice[channel];
        let mut work = exponential(&mut dice.handling, handling_s);
        let mut contact =
            Contact { place, channel: channel as u32, came, leaves: f64::INFINITY, work, due: f64::INFINITY };
        if queue.deferred {
            for _ in 1..queue.touches {
                work += exponential(&mut dice.handling, handling_s);
            }
            contact.work = work / queue.busy;
            contact.due = self.due(channel, came);
        } else if let Some(patience_s) = queue.patience_s {
            contact.leaves = came + exponential(&mut dice.patience, patience_s);
        }
        contact
    }

    /// When deferred work is due: so many seconds later, of the clock or of the open intervals.
    fn due(&self, channel: usize, came: f64) -> f64 {
        let queue = &self.world.queues[channel];
        if !queue.open_hours {
            return came + queue.deadline_s;
        }
        let mut left = queue.deadline_s;
        let places = &self.streams[channel].places;
        let first = places.partition_point(|p| self.world.arrivals[*p].time.1 <= came);
        for p in &places[first..] {
            let (start, end) = self.world.arrivals[*p].time;
            let open = end - start.max(came);
            if open >= left {
                return start.max(came) + left;
            }
            left -= open;
        }
        f64::INFINITY
    }

    /// Puts the next arrival of a channel on the agenda.
    fn plan_arrival(&mut self, channel: usize, after: f64) {
        let stream = &mut self.streams[channel];
        let mut from = after;
        while let Some(&place) = stream.places.get(stream.at) {
            let a = &self.world.arrivals[place];
            let gap = (a.time.1 - a.time.0) / a.volume;
            let at = from.max(a.time.0) + exponential(&mut self.dice[channel].arrivals, gap);
            if at < a.time.1 {
                self.agenda.put(at, Event::Arrival(channel as u32));
                return;
            }
            from = a.time.1;
            stream.at += 1;
        }
    }

    fn arrival(&mut self, now: f64, channel: u32) {
        self.counts.events += 1;
        let c = channel as usize;
        let place = self.streams[c].places[self.streams[c].at];
        let contact = self.contact(c, Some(place as u32), now, self.world.arrivals[place].handling_s);
        self.counts.places[place].offered += 1;
        self.plan_arrival(c, now);
        self.lines[c].join(contact);
        self.dispatch(now, channel);
    }

    /// Gives what waits on a channel to those who are free.
    pub(super) fn dispatch(&mut self, now: f64, channel: u32) {
        while self.lines[channel as usize].first(now).is_some() {
            let queues = &self.world.queues;
            let own = self.floor.next(channel);
            let deferred = queues[channel as usize].deferred;
            let helped = || match deferred {
                true if self.shared(channel as usize) => {
                    self.floor.helper(channel, &self.world.skills, |c| self.shared(c))
                }
                false if self.pooled => {
                    self.floor.helper(channel, &self.world.skills, |c| !queues[c].deferred)
                }
                _ => None,
            };
            let Some(person) = own.or_else(helped) else { break };
            let Some(contact) = self.lines[channel as usize].take(now) else { break };
            self.begin(now, person, contact);
        }
    }

    fn begin(&mut self, now: f64, person: u32, contact: Contact) {
        if let Some(place) = contact.place.filter(|_| !self.world.queues[contact.channel as usize].deferred) {
            let count = &mut self.counts.places[place as usize];
            count.served += 1;
            count.waited_ms += milliseconds(now - contact.came);
            let in_time = now - contact.came <= self.world.arrivals[place as usize].target_s;
            count.in_time += u32::from(in_time);
            self.levels[contact.channel as usize].count(in_time);
        }
        self.floor.agents[person as usize].begin(now, contact, &self.world.queues);
        self.changed(person);
    }

    /// Plans the next end of a person's contacts, and lists the person anew.
    fn changed(&mut self, person: u32) {
        let agent = &mut self.floor.agents[person as usize];
        agent.change += 1;
        if let Some(at) = agent.next_end(&self.world.queues) {
            self.agenda.put(at, Event::Done(person, agent.change));
        }
        self.floor.list(person);
    }

    fn done(&mut self, now: f64, person: u32, change: u32) {
        if self.floor.agents[person as usize].change != change {
            return;
        }
        self.counts.events += 1;
        let Some(contact) = self.floor.agents[person as usize].finish(now, &self.world.queues) else {
            return;
        };
        if self.world.queues[contact.channel as usize].deferred {
            self.count_deferred(&contact, now);
        }
        self.changed(person);
        self.take_next(now, person);
        self.let_go(now, person);
    }

    fn count_deferred(&mut self, contact: &Contact, now: f64) {
        let Some(place) = contact.place else { return };
        let count = &mut self.counts.places[place as usize];
        count.served += 1;
        count.waited_ms += milliseconds(now - contact.came);
        let late = u32::from(now > contact.due);
        count.late += late;
        count.in_time += 1 - late;
    }

    /// What a person who has become free does next: the own channel, then, pooled, whoever has waited longest elsewhere.
    pub(super) fn take_next(&mut self, now: f64, person: u32) {
        while self.floor.is_free(person) {
            let Some(duty) = self.floor.agents[person as usize].duty else { return };
            let line = if self.shared(duty as usize) { self.due_first(now, person, duty) } else { duty };
            let found = match self.lines[line as usize].take(now) {
                Some(contact) => Some(contact),
                None if self.pooled && !self.world.queues[duty as usize].deferred => {
                    self.elsewhere(now, person)
                }
                None => None,
            };
            let Some(contact) = found else { return };
            self.begin(now, person, contact);
        }
    }

    fn elsewhere(&mut self, now: f64, person: u32) -> Option<Contact> {
        if !self.floor.agents[person as usize].sessions.is_empty() {
            return None;
        }
        let skills = &self.world.skills[person as usize];
        let open = skills.iter().copied().filter(|c| !self.world.queues[*c].deferred);
        let waiting = open.filter_map(|c| self.lines[c].first(now).map(|f| (f.came, c)));
        let (_, channel) = waiting.min_by(|a, b| a.0.total_cmp(&b.0))?;
        self.lines[channel].take(now)
    }

    /// Lets somebody go who stayed for those who waited, and counts the tail of whoever holds nothing any more.
    fn let_go(&mut self, now: f64, person: u32) {
        let agent = &mut self.floor.agents[person as usize];
        if agent.stays && agent.sessions.is_empty() {
            if let Some(duty) = agent.duty.take() {
                self.floor.active[duty as usize] -= 1;
            }
            agent.stays = false;
            self.floor.list(person);
        }
        let agent = &mut self.floor.agents[person as usize];
        if agent.duty.is_none()
            && agent.sessions.is_empty()
            && let Some(ended) = agent.ended.take()
        {
            self.counts.tail_ms += milliseconds(now - ended);
        }
    }

    fn turn(&mut self, now: f64, turn: Turn) {
        match turn {
            Turn::IntervalEnds(place) => {
                let channel = self.world.arrivals[place].channel;
                self.counts.places[place].queue = self.lines[channel].len(now) as u32;
                self.needed[channel] = 0;
                self.open[channel] = !self.closes[place];
                if self.closes[place]
                    && self.floor.active[channel] == 0
                    && !self.world.queues[channel].deferred
                {
                    self.lines[channel].close(now);
                }
                if self.shared(channel) {
                    self.send_home(now, channel);
                }
            }
            Turn::IntervalBegins(place) => {
                let a = &self.world.arrivals[place];
                self.needed[a.channel] = a.needed;
                self.open[a.channel] = true;
                self.levels[a.channel].begin(now, self.lines[a.channel].gone.len());
            }
            Turn::Looks(place) if self.shared(self.world.arrivals[place].channel) => self.help(now, place),
            Turn::Comes(s) if !self.absent[s] => self.comes(now, s),
            Turn::Goes(s) if !self.absent[s] => self.goes(now, s),
            Turn::Comes(_) | Turn::Goes(_) | Turn::Looks(_) => {}
        }
    }

    fn comes(&mut self, now: f64, s: usize) {
        let stretch = &self.world.stretches[s];
        let (person, channel) = (stretch.person as u32, stretch.channel as u32);
        let agent = &mut self.floor.agents[stretch.person];
        // Whoever still stays elsewhere leaves that for the new channel.
        if let Some(before) = agent.duty.replace(channel) {
            self.floor.active[before as usize] -= 1;
        }
        agent.stays = false;
        agent.ended = None;
        agent.until = stretch.time.1;
        self.floor.active[stretch.channel] += 1;
        self.floor.list(person);
        self.take_next(now, person);
    }

    fn goes(&mut self, now: f64, s: usize) {
        let stretch = &self.world.stretches[s];
        let (person, c) = (stretch.person as u32, stretch.channel);
        if self.floor.agents[stretch.person].duty != Some(c as u32) {
            return;
        }
        self.floor.agents[stretch.person].ended = stretch.last.then_some(now);
        if !self.world.queues[c].deferred
            && self.floor.active[c] == 1
            && !self.open[c]
            && self.lines[c].first(now).is_some()
        {
            self.floor.agents[stretch.person].stays = true;
            return;
        }
        self.floor.active[c] -= 1;
        let agent = &mut self.floor.agents[stretch.person];
        agent.duty = None;
        if self.world.queues[c].deferred {
            self.put_back(now, person);
            self.floor.list(person);
            self.dispatch_deferred(now);
        } else {
            self.floor.list(person);
        }
        self.let_go(now, person);
    }

    /// Lays deferred work back that a person had begun.
    pub(super) fn put_back(&mut self, now: f64, person: u32) {
        let agent = &mut self.floor.agents[person as usize];
        agent.advance(now, &self.world.queues);
        let queues = &self.world.queues;
        let (back, kept): (Vec<_>, Vec<_>) =
            agent.sessions.drain(..).partition(|s| queues[s.contact.channel as usize].deferred);
        agent.sessions = kept;
        for s in back {
            self.lines[s.contact.channel as usize].put_back(Contact { work: s.left, ..s.contact });
        }
        self.changed(person);
    }

    /// Counts those who left, and what is still open.
    fn close(mut self) -> Counts {
        for (c, queue) in self.world.queues.iter().enumerate() {
            let held: Vec<Contact> = if queue.deferred {
                let all = self.floor.agents.iter().flat_map(|a| a.sessions.iter().map(|s| s.contact));
                all.filter(|x| x.channel as usize == c).collect()
            } else {
                Vec::new()
            };
            for contact in self.lines[c].drain().chain(held) {
                let Some(place) = contact.place else { continue };
                let count = &mut self.counts.places[place as usize];
                if queue.deferred {
                    if contact.due <= self.world.end_s {
                        count.late += 1;
                    } else {
                        // Due next month: nothing can be said of it yet.
                        count.offered -= 1;
                    }
                    continue;
                }
                if contact.leaves.is_finite() {
                    let target_s = self.world.arrivals[place as usize].target_s;
                    count.gone += 1;
                    count.gone_early += u32::from(contact.leaves - contact.came <= target_s);
                    count.waited_ms += milliseconds(contact.leaves - contact.came);
                } else {
                    count.waited_ms += milliseconds(self.world.end_s - contact.came);
                }
            }
        }
        self.counts
    }
}

fn milliseconds(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1000.0).round() as u64
}
