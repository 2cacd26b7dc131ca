//! A supervisor's hand on the day.
//!
//! - Whoever is on deferred work does what is due first of all deferred work that they know, not that of one channel alone.
//! - When an interval of a deferred channel begins, work that has used up a tenth of its time is counted. For as many people
//!   as that would keep busy through the interval: whoever serves a queue with more people there than it needs, has the
//!   skill and stays all through, is put on it, and goes back when it ends. What they hold they finish first.
//! - Work is at risk as far as those planned on the channel cannot do it an eighth of its time before it is due. For that,
//!   spread over the open time until then, people are taken even from a queue that needs them, as long as it has reached
//!   its target today and somebody stays there.

use super::engine::Run;
use super::floor::Agent;

/// Share of its time that work may wait before somebody helps.
const PATIENCE: f64 = 0.1;
/// Share of its time by which work should be done before it is due.
const MARGIN: f64 = 0.125;
/// Part of a person from which one more is worth the trouble.
const PART: f64 = 0.25;
/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// What a queue has reached on a day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Today {
    day: f64,
    served: u32,
    in_time: u32,
    /// Those who had left when it began.
    left_before: usize,
}

impl Today {
    /// An interval begins; `left`: those who have left so far.
    pub(super) fn begin(&mut self, now: f64, left: usize) {
        let day = (now / DAY).floor();
        if day > self.day {
            *self = Self { day, left_before: left, ..Self::default() };
        }
    }
    /// Somebody is served.
    pub(super) fn count(&mut self, in_time: bool) {
        self.served += 1;
        self.in_time += u32::from(in_time);
    }
    /// Whether this share of all contacts so far was served in time.
    fn reaches(&self, target: f64, left: usize) -> bool {
        let all = f64::from(self.served) + left.saturating_sub(self.left_before) as f64;
        f64::from(self.in_time) >= target * all
    }
}

impl Run<'_> {
    /// Whether people share the work of a deferred channel with that of others.
    pub(super) fn shared(&self, channel: usize) -> bool {
        let queue = &self.world.queues[channel];
        self.managed && queue.deferred && queue.flexible
    }

    /// The channel whose work is due first, of those that somebody on deferred work shares; their own where it is equal.
    pub(super) fn due_first(&mut self, now: f64, person: u32, own: u32) -> u32 {
        let (mut found, mut due) = (own, f64::INFINITY);
        let skills = &self.world.skills[person as usize];
        for channel in std::iter::once(own as usize).chain(skills.iter().copied()) {
            if self.shared(channel)
                && let Some(first) = self.lines[channel].first(now)
                && first.due < due
            {
                (found, due) = (channel as u32, first.due);
            }
        }
        found
    }

    /// Gives deferred work that was laid back to whoever is free.
    pub(super) fn dispatch_deferred(&mut self, now: f64) {
        for channel in 0..self.lines.len() {
            if self.world.queues[channel].deferred {
                self.dispatch(now, channel as u32);
            }
        }
    }

    /// Puts people on a deferred channel for one interval.
    pub(super) fn help(&mut self, now: f64, place: usize) {
        let a = self.world.arrivals[place];
        let left_s = self.world.queues[a.channel].deadline_s * (1.0 - PATIENCE);
        let old_s = self.lines[a.channel].work_due_before(now + left_s);
        // Those who are on it anyway do their part.
        let own = f64::from(self.floor.active[a.channel]);
        let wanted = (old_s / (a.time.1 - a.time.0) - own - 0.05).ceil().max(0.0) as u32;
        let wanted = self.lend_some(now, place, wanted, |run, q| run.floor.active[q] > run.needed[q]);
        if wanted == 0 {
            return;
        }
        let at_risk = self.at_risk(now, place).min(wanted);
        self.lend_some(now, place, at_risk, |run, q| {
            run.floor.active[q] > 1
                && run.levels[q].reaches(run.world.queues[q].target, run.lines[q].gone.len())
        });
    }

    /// People beyond those planned and lent whom the work of a channel needs from now on, lest some of it be late.
    fn at_risk(&self, now: f64, place: usize) -> u32 {
        let a = self.world.arrivals[place];
        let margin_s = self.world.queues[a.channel].deadline_s * MARGIN;
        let length = a.time.1 - a.time.0;
        let outlook = &self.outlooks[a.channel];
        let midnight = ((now / DAY).floor() + 1.0) * DAY;
        let mut most = 0.0f64;
        for (due, work_s) in self.lines[a.channel].due_by(length) {
            let to = due - margin_s;
            let missing = work_s - outlook.people_s(now, midnight, to);
            most = most.max(missing / outlook.open_s(now, to).max(length));
        }
        let helps = |p: &&Agent| p.home.is_some() && p.duty == Some(a.channel as u32);
        let lent = self.floor.agents.iter().filter(helps).count() as f64;
        (most - lent + 1.0 - PART).floor().max(0.0) as u32
    }

    /// Lends as many as wanted of those whose queue lets them go; how many are wanted still.
    fn lend_some(
        &mut self,
        now: f64,
        place: usize,
        mut wanted: u32,
        lets_go: impl Fn(&Self, usize) -> bool,
    ) -> u32 {
        let a = self.world.arrivals[place];
        for person in 0..self.floor.agents.len() as u32 {
            if wanted == 0 {
                break;
            }
            if let Some(queue) = self.helper_on(person, a.channel, a.time.1)
                && lets_go(self, queue)
            {
                self.lend(now, person, a.channel);
                wanted -= 1;
            }
        }
        wanted
    }

    /// The queue that somebody serves who can help on a channel until a moment.
    fn helper_on(&self, person: u32, channel: usize, until: f64) -> Option<usize> {
        let agent = &self.floor.agents[person as usize];
        let duty = agent.duty? as usize;
        let able = !self.world.queues[duty].deferred
            && agent.home.is_none()
            && !agent.stays
            && agent.until >= until
            && self.world.skills[person as usize].contains(&channel);
        able.then_some(duty)
    }

    fn lend(&mut self, now: f64, person: u32, channel: usize) {
        let agent = &mut self.floor.agents[person as usize];
        if let Some(home) = agent.duty.replace(channel as u32) {
            agent.home = Some(home);
            self.floor.active[home as usize] -= 1;
        }
        self.floor.active[channel] += 1;
        self.floor.list(person);
        self.take_next(now, person);
    }

    /// Sends those back who helped on a channel.
    pub(super) fn send_home(&mut self, now: f64, channel: usize) {
        for person in 0..self.floor.agents.len() as u32 {
            let agent = &mut self.floor.agents[person as usize];
            if agent.duty != Some(channel as u32) {
                continue;
            }
            let Some(home) = agent.home.take() else { continue };
            agent.duty = Some(home);
            self.floor.active[channel] -= 1;
            self.floor.active[home as usize] += 1;
            self.put_back(now, person);
            self.take_next(now, person);
        }
        self.dispatch_deferred(now);
    }
}
