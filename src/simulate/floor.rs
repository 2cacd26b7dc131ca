//! The people: who is on which channel, what they hold, and who takes the next contact.

use super::line::Contact;
use super::world::Queue;
use std::collections::BTreeSet;

/// A contact in service, with the seconds of work that are left of it (if it were held alone).
#[derive(Clone, Copy, Debug)]
pub(super) struct Session {
    pub(super) contact: Contact,
    pub(super) left: f64,
}

/// A person.
#[derive(Clone, Debug, Default)]
pub(super) struct Agent {
    /// Channel served now.
    pub(super) duty: Option<u32>,
    /// Stays although the stretch is over: people still wait on a channel that has closed.
    pub(super) stays: bool,
    pub(super) sessions: Vec<Session>,
    /// When `left` of the sessions was last brought up to date.
    updated: f64,
    /// Number of the last change of what is held.
    pub(super) change: u32,
    /// Queue that the person has been taken from for this interval.
    pub(super) home: Option<u32>,
    /// End of the stretch.
    pub(super) until: f64,
    /// End of the last stretch, for the tail.
    pub(super) ended: Option<f64>,
    /// Key under which the person is listed as free.
    listed: Option<(u32, (u32, u64, u32))>,
    /// Contacts held at a time, a channel.
    capacity: Vec<u32>,
}

impl Agent {
    /// Work done by each session a second.
    fn pace(&self, queues: &[Queue]) -> f64 {
        let held = self.sessions.len() as f64;
        match self.sessions.first() {
            Some(s) => 1.0 / (1.0 + queues[s.contact.channel as usize].growth * (held - 1.0)),
            None => 1.0,
        }
    }
    /// Counts the work since the last change.
    pub(super) fn advance(&mut self, now: f64, queues: &[Queue]) {
        let done = (now - self.updated) * self.pace(queues);
        self.sessions.iter_mut().for_each(|s| s.left -= done);
        self.updated = now;
    }
    /// Takes a contact.
    pub(super) fn begin(&mut self, now: f64, contact: Contact, queues: &[Queue]) {
        self.advance(now, queues);
        self.sessions.push(Session { contact, left: contact.work });
    }
    /// Ends the session with least work left.
    pub(super) fn finish(&mut self, now: f64, queues: &[Queue]) -> Option<Contact> {
        self.advance(now, queues);
        let least = (0..self.sessions.len())
            .min_by(|a, b| self.sessions[*a].left.total_cmp(&self.sessions[*b].left))?;
        Some(self.sessions.swap_remove(least).contact)
    }
    /// When the next session ends, if nothing changes.
    pub(super) fn next_end(&self, queues: &[Queue]) -> Option<f64> {
        let least = self.sessions.iter().map(|s| s.left).min_by(f64::total_cmp)?;
        Some(self.updated + least.max(0.0) / self.pace(queues))
    }
    /// Whether one more contact of the own channel can be taken.
    fn spare(&self) -> Option<u32> {
        let duty = self.duty?;
        let own = self.sessions.iter().all(|s| s.contact.channel == duty);
        (own && (self.sessions.len() as u32) < self.capacity[duty as usize]).then_some(duty)
    }
}

/// Everybody.
pub(super) struct Floor {
    pub(super) agents: Vec<Agent>,
    /// On each channel those who can take a contact: fewest contacts first, then longest so.
    free: Vec<BTreeSet<(u32, u64, u32)>>,
    /// People on each channel.
    pub(super) active: Vec<u32>,
    stamp: u64,
}

impl Floor {
    pub(super) fn new(people: usize, queues: &[Queue]) -> Self {
        let agents = (0..people)
            .map(|p| Agent {
                // With 2.5 contacts at a time every other person holds three.
                capacity: queues
                    .iter()
                    .map(|q| {
                        let upto = |n: usize| (n as f64 * q.concurrency + 1e-9).floor();
                        if q.deferred { 1 } else { (upto(p + 1) - upto(p)).max(1.0) as u32 }
                    })
                    .collect(),
                ..Agent::default()
            })
            .collect();
        Self { agents, free: vec![BTreeSet::new(); queues.len()], active: vec![0; queues.len()], stamp: 0 }
    }
    /// Lists the person anew after a change.
    pub(super) fn list(&mut self, p: u32) {
        let agent = &mut self.agents[p as usize];
        if let Some((channel, key)) = agent.listed.take() {
            self.free[channel as usize].remove(&key);
        }
        if let Some(duty) = agent.spare() {
            self.stamp += 1;
            let key = (agent.sessions.len() as u32, self.stamp, p);
            self.free[duty as usize].insert(key);
            agent.listed = Some((duty, key));
        }
    }
    /// Whether the person can take a contact of the channel served.
    pub(super) fn is_free(&self, p: u32) -> bool {
        self.agents[p as usize].listed.is_some()
    }
    /// Who takes the next contact of a channel.
    pub(super) fn next(&self, channel: u32) -> Option<u32> {
        self.free[channel as usize].first().map(|k| k.2)
    }
    /// Who of the other channels in question could: idle, with the skill, the longest idle first.
    pub(super) fn helper(
        &self,
        channel: u32,
        skills: &[Vec<usize>],
        others: impl Fn(usize) -> bool,
    ) -> Option<u32> {
        let others = (0..self.free.len()).filter(|c| *c != channel as usize && others(*c));
        let idle = others.filter_map(|c| {
            let able = |k: &&(u32, u64, u32)| skills[k.2 as usize].contains(&(channel as usize));
            self.free[c].iter().take_while(|k| k.0 == 0).find(able)
        });
        idle.min_by_key(|k| k.1).map(|k| k.2)
    }
}
