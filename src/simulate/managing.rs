//! A supervisor's hand: people whom their queue can spare do deferred work that has waited for long.
//!
//! When an interval of a deferred channel begins, work that has used up a tenth of its time is counted. For as many people as
//! that would keep busy through the interval: whoever serves a queue with more people there than it needs, has the skill
//! and stays all through, is put on it, and goes back when it ends. What they hold they finish first.

use super::engine::Run;

/// Share of its time that work may wait before somebody helps.
const PATIENCE: f64 = 0.1;

impl Run<'_> {
    /// Puts people on a deferred channel for one interval.
    pub(super) fn help(&mut self, now: f64, place: usize) {
        let a = self.world.arrivals[place];
        let left_s = self.world.queues[a.channel].deadline_s * (1.0 - PATIENCE);
        let old_s = self.lines[a.channel].work_due_before(now + left_s);
        let length = a.time.1 - a.time.0;
        // Those who are on it anyway do their part.
        let own = f64::from(self.floor.active[a.channel]);
        let mut wanted = ((old_s / length - own - 0.05).ceil()).max(0.0) as u32;
        for person in 0..self.floor.agents.len() as u32 {
            if wanted == 0 {
                break;
            }
            if self.can_help(person, a.channel, a.time.1) {
                self.lend(now, person, a.channel);
                wanted -= 1;
            }
        }
    }

    fn can_help(&self, person: u32, channel: usize, until: f64) -> bool {
        let agent = &self.floor.agents[person as usize];
        let Some(duty) = agent.duty.map(|d| d as usize) else { return false };
        let queue = &self.world.queues[duty];
        !queue.deferred
            && agent.home.is_none()
            && !agent.stays
            && agent.until >= until
            && self.world.skills[person as usize].contains(&channel)
            && self.floor.active[duty] > self.needed[duty]
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
    }
}
