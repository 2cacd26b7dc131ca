//! People for one interval of a channel whose contacts wait: `voice` and `chat`.

use super::erlang::{Stream, Target, required_a, required_c};
use crate::model::Channel;

/// People needed at work in an interval: the smallest number that serves `target_share` of the contacts within
/// `target_s` and stays below the occupancy limit, over (1 − shrinkage), at least `min_agents`.
///
/// A person holds `concurrency` sessions at a time: m sessions from the queueing formula, then m ÷ concurrency
/// people, whole people. With `patience_s` impatience is counted (Erlang A), else everybody waits (Erlang C).
#[must_use]
pub fn required_agents(channel: &Channel, volume: f64, aht_s: f64, interval_s: f64) -> i64 {
    let stream = Stream::of_interval(volume, interval_s, aht_s);
    if stream.load() <= 0.0 {
        return channel.min_agents;
    }
    let target = Target {
        service_level: Some(channel.target_share.min(0.9999)),
        within_s: channel.target_s,
        max_occupancy: Some(channel.max_occupancy).filter(|o| *o < 1.0),
        max_abandoned: None,
    };
    let sessions = match channel.patience_s {
        Some(patience_s) if patience_s > 0.0 => required_a(stream, patience_s, &target),
        _ => required_c(stream, &target),
    };
    let people = whole(f64::from(sessions) / channel.concurrency.max(1.0));
    people_at_work(people, channel).max(channel.min_agents)
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
    use crate::rules::ChannelKind;
    use crate::staffing::testing::channel;

    #[test]
    fn a_hundred_calls_in_half_an_hour_need_14_people_and_20_with_shrinkage() {
        let mut voice = channel("voice", ChannelKind::Voice);
        assert_eq!(required_agents(&voice, 100.0, 180.0, 1800.0), 14);
        voice.shrinkage = 0.3;
        assert_eq!(required_agents(&voice, 100.0, 180.0, 1800.0), 20);
    }

    #[test]
    fn sessions_at_a_time_save_people_as_long_as_they_do_not_last_longer() {
        let mut chat = channel("chat", ChannelKind::Chat);
        (chat.target_share, chat.target_s) = (0.9, 60.0);
        for (concurrency, aht_s, people) in
            [(1.0, 300.0, 8), (2.0, 400.0, 6), (3.0, 480.0, 4), (4.0, 600.0, 4)]
        {
            chat.concurrency = concurrency;
            assert_eq!(required_agents(&chat, 30.0, aht_s, 1800.0), people, "{concurrency}");
        }
    }

    #[test]
    fn three_rings_are_fifteen_seconds() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.target_s = 15.0;
        let needs = [0.8, 0.9, 0.95].map(|share| {
            voice.target_share = share;
            required_agents(&voice, 120.0, 240.0, 3600.0)
        });
        assert_eq!(needs, [12, 13, 14]);
    }

    #[test]
    fn patience_and_occupancy_and_the_least_number() {
        let mut voice = channel("voice", ChannelKind::Voice);
        voice.patience_s = Some(180.0);
        assert_eq!(required_agents(&voice, 500.0, 180.0, 3600.0), 27);
        voice.max_occupancy = 0.85;
        assert_eq!(required_agents(&voice, 500.0, 180.0, 3600.0), 29);
        voice.min_agents = 2;
        assert_eq!(required_agents(&voice, 0.0, 180.0, 3600.0), 2);
        assert_eq!(required_agents(&voice, 10.0, 0.0, 3600.0), 2);
    }
}
