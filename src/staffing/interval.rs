//! People for one interval of a channel whose contacts wait: `voice` and `chat`.

use super::desks::Desks;
use super::erlang::{Figures, Stream, Target, required_a, required_c};
use crate::base::Minute;
use crate::model::{Case, Channel, IntervalRequirement};

/// Contacts of one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offered {
    /// Contacts that arrive in it.
    pub volume: f64,
    /// Mean handling time in seconds.
    pub aht_s: f64,
    /// Length in seconds.
    pub interval_s: f64,
    /// First minute of the day: the target may be another one later in the day.
    pub minute: Minute,
}

impl Offered {
    /// As a stream.
    #[must_use]
    pub fn stream(&self) -> Stream {
        Stream::of_interval(self.volume, self.interval_s, self.aht_s)
    }
}

/// People needed at work in an interval: the smallest number that keeps to every target of the channel (service level,
/// mean wait, abandonment, occupancy), over (1 − shrinkage), at least `min_agents`.
///
/// With `patience_s` impatience is counted (Erlang A), else everybody waits (Erlang C). Several sessions at a time are
/// those of [`Desks`]: whole people, as many sessions as they can hold.
#[must_use]
pub fn required_agents(channel: &Channel, offered: &Offered) -> i64 {
    let stream = offered.stream();
    if stream.load() <= 0.0 {
        return channel.min_agents;
    }
    let target = target(channel, offered.minute);
    let people = if channel.concurrency > 1.0 {
        desks(channel, 0).required(stream, channel.impatience(), &target)
    } else {
        match channel.impatience() {
            Some(patience_s) => required_a(stream, patience_s, &target),
            None => required_c(stream, &target),
        }
    };
    people_at_work(i64::from(people), channel).max(channel.min_agents)
}

/// What the queue does in the long run with so many people available, whole people.
#[must_use]
pub fn steady_figures(channel: &Channel, offered: &Offered, available: u32) -> Figures {
    let target_s = channel.target_at(offered.minute);
    desks(channel, available).figures(offered.stream(), channel.impatience(), target_s)
}

/// What the requirement of an interval promises in the long run: the figures with the people it asks for, less the
/// channel's shrinkage, rounded down to whole people. `None` for deferred work and without a forecast.
#[must_use]
pub fn promised(case: &Case, i: &IntervalRequirement) -> Option<Figures> {
    let channel = case.channel(i.channel);
    let (volume, aht_s) = (i.volume?, i.aht_s?);
    let offered = Offered { volume, aht_s, interval_s: f64::from(i.time.len()) * 60.0, minute: i.time.start };
    if channel.is_deferred() || offered.stream().load() <= 0.0 {
        return None;
    }
    let available = (i.agents as f64 * (1.0 - shrinkage(channel)) + 1e-9).floor().max(0.0);
    Some(steady_figures(channel, &offered, available as u32))
}

/// People to employ so that `agents` are at work: what planned absence (leave, meetings, training) takes comes on top.
/// The rota has those already, so the requirement does not count them.
#[must_use]
pub fn employed(channel: &Channel, agents: i64) -> i64 {
    whole(agents as f64 / (1.0 - channel.planned_shrinkage.clamp(0.0, 0.99)))
}

/// What a channel asks of an interval that begins at a minute of the day.
pub(super) fn target(channel: &Channel, minute: Minute) -> Target {
    Target {
        service_level: Some(channel.target_share.min(0.9999)),
        definition: channel.level,
        within_s: channel.target_at(minute),
        max_occupancy: Some(channel.max_occupancy).filter(|o| *o < 1.0),
        max_abandoned: channel.max_abandoned.filter(|_| channel.impatience().is_some()),
        max_wait_s: channel.max_wait_s,
    }
}

/// So many people of a channel.
pub(super) fn desks(channel: &Channel, people: u32) -> Desks {
    Desks { people, concurrency: channel.concurrency.max(1.0), growth: channel.session_growth.max(0.0) }
}

/// People at work so that `people` are available: divided by (1 − shrinkage), whole people.
fn people_at_work(people: i64, channel: &Channel) -> i64 {
    whole(people as f64 / (1.0 - shrinkage(channel)))
}

/// The channel's shrinkage, kept below 1.
pub(super) fn shrinkage(channel: &Channel) -> f64 {
    channel.shrinkage.clamp(0.0, 0.99)
}

/// Rounded up to whole people; what is above a whole number by rounding errors only stays there.
pub(super) fn whole(people: f64) -> i64 {
    (people - 1e-9).ceil().max(0.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{LateTarget, LevelDefinition};
    use crate::rules::ChannelKind;
    use crate::staffing::testing::channel;

    fn needed(channel: &Channel, volume: f64, aht_s: f64, interval_s: f64) -> i64 {
        required_agents(channel, &Offered { volume, aht_s, interval_s, minute: 600 })
    }

    #[test]
    fn a_hundred_calls_in_half_an_hour_need_14_people_and_20_with_shrinkage() {
        let mut voice = channel("voice", ChannelKind::Voice);
        assert_eq!(needed(&voice, 100.0, 180.0, 1800.0), 14);
        voice.shrinkage = 0.3;
        assert_eq!(needed(&voice, 100.0, 180.0, 1800.0), 20);
    }

    #[test]
    fn sessions_at_a_time_save_people_as_long_as_they_do_not_last_longer() {
        let mut chat = channel("chat", ChannelKind::Chat);
        (chat.target_share, chat.target_s) = (0.9, 60.0);
        for (concurrency, aht_s, people) in
            [(1.0, 300.0, 8), (2.0, 400.0, 6), (3.0, 480.0, 4), (4.0, 600.0, 4)]
        {
            chat.concurrency = concurrency;
            assert_eq!(needed(&chat, 30.0, aht_s, 1800.0), people, "{concurrency}");
        }
    }

    #[test]
    fn three_rings_are_fifteen_seconds() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.target_s = 15.0;
        let needs = [0.8, 0.9, 0.95].map(|share| {
            voice.target_share = share;
            needed(&voice, 120.0, 240.0, 3600.0)
        });
        assert_eq!(needs, [12, 13, 14]);
    }

    #[test]
    fn patience_and_occupancy_and_the_least_number() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.patience_s = Some(180.0);
        assert_eq!(needed(&voice, 500.0, 180.0, 3600.0), 27);
        voice.max_occupancy = 0.85;
        assert_eq!(needed(&voice, 500.0, 180.0, 3600.0), 29);
        voice.min_agents = 2;
        assert_eq!(needed(&voice, 0.0, 180.0, 3600.0), 2);
        assert_eq!(needed(&voice, 10.0, 0.0, 3600.0), 2);
    }

    #[test]
    fn every_limit_can_be_the_one_that_binds() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.patience_s = Some(60.0);
        let usual = needed(&voice, 100.0, 180.0, 1800.0);
        voice.max_abandoned = Some(0.01);
        let kept = needed(&voice, 100.0, 180.0, 1800.0);
        voice.max_abandoned = None;
        voice.max_wait_s = Some(0.5);
        let quick = needed(&voice, 100.0, 180.0, 1800.0);
        assert!(kept > usual && quick > usual, "{usual} {kept} {quick}");
        voice.max_wait_s = None;
        voice.level = LevelDefinition::WaitsWithin;
        assert!(needed(&voice, 100.0, 180.0, 1800.0) < usual, "whoever leaves at once did not wait long");
    }

    #[test]
    fn the_late_shift_has_a_target_of_its_own() {
        let mut chat = channel("chat", ChannelKind::Chat);
        (chat.target_share, chat.target_s, chat.concurrency) = (0.9, 600.0, 2.0);
        chat.late = Some(LateTarget { from: 1050, target_s: 15.0 });
        let at = |minute| {
            required_agents(&chat, &Offered { volume: 30.0, aht_s: 400.0, interval_s: 1800.0, minute })
        };
        assert!(at(1050) > at(1049));
    }
}
