//! What callers get from the people who are there.

use super::erlang::{Stream, erlang_a, erlang_c};
use super::interval::shrinkage;
use crate::model::Channel;
use crate::rules::ChannelKind;

/// Service level (served within the target ÷ offered) and occupancy of an interval, both between 0 and 1.
///
/// `agents_on_queue` are people rostered on the channel, as in `coverage.csv`, maybe fractional; the channel's
/// shrinkage is taken off here, as the requirement put it on. Between whole numbers of sessions the figures are
/// interpolated. `volume` is that of the requirement (calendar factor included). `None`: nothing is offered, or the
/// channel is deferred, whose work may be done in any interval before the deadline.
#[must_use]
pub fn prediction(
    channel: &Channel,
    volume: f64,
    aht_s: f64,
    interval_s: f64,
    agents_on_queue: f64,
) -> (Option<f64>, Option<f64>) {
    let stream = Stream::of_interval(volume, interval_s, aht_s);
    if channel.kind == ChannelKind::Deferred || stream.load() <= 0.0 {
        return (None, None);
    }
    let people = agents_on_queue.max(0.0) * (1.0 - shrinkage(channel));
    let sessions = people * channel.concurrency.max(1.0);
    let patience = channel.patience_s.filter(|p| *p > 0.0);
    // Without impatience the queue grows without end, and between two whole numbers it still may.
    if sessions <= 0.0 || (patience.is_none() && stream.load() >= sessions) {
        return (Some(0.0), Some(1.0));
    }
    let at = |n: u32| match patience {
        Some(patience_s) => erlang_a(stream, n, patience_s, channel.target_s),
        None => erlang_c(stream, n, channel.target_s),
    };
    let floor = (sessions + 1e-9).floor();
    let share = (sessions - floor).max(0.0);
    let (low, high) = (at(floor as u32), at(floor as u32 + 1));
    let between = |a: f64, b: f64| (a + share * (b - a)).clamp(0.0, 1.0);
    (Some(between(low.service_level, high.service_level)), Some(between(low.occupancy, high.occupancy)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::staffing::required_agents;
    use crate::staffing::testing::channel;
    use proptest::prelude::*;

    #[test]
    fn whole_people_give_the_figures_of_the_formula() {
        let voice = channel("voice", ChannelKind::Voice);
        let (level, busy) = prediction(&voice, 100.0, 180.0, 1800.0, 14.0);
        assert!((level.unwrap() - 0.888_350_019_179_466_9).abs() < 1e-10);
        assert!((busy.unwrap() - 10.0 / 14.0).abs() < 1e-10);
    }

    #[test]
    fn too_few_people_serve_nobody_in_time() {
        let voice = channel("voice", ChannelKind::Voice);
        for people in [0.0, 4.0, 9.9, 10.0] {
            assert_eq!(prediction(&voice, 100.0, 180.0, 1800.0, people), (Some(0.0), Some(1.0)), "{people}");
        }
        assert_eq!(prediction(&voice, 0.0, 180.0, 1800.0, 3.0), (None, None));
    }

    #[test]
    fn deferred_work_has_no_service_level() {
        let mail = channel("mail", ChannelKind::Deferred);
        assert_eq!(prediction(&mail, 10.0, 360.0, 1800.0, 2.0), (None, None));
    }

    proptest! {
        #[test]
        fn the_people_required_reach_the_target(
            volume in 0.5f64..150.0, aht_s in 30f64..600.0, shrinkage in 0f64..0.4, concurrency in 1u8..5,
            patience in proptest::option::of(20f64..900.0)
        ) {
            let mut c = channel("c", ChannelKind::Chat);
            (c.shrinkage, c.concurrency, c.patience_s) = (shrinkage, f64::from(concurrency), patience);
            let people = required_agents(&c, volume, aht_s, 1800.0) as f64;
            let (level, _) = prediction(&c, volume, aht_s, 1800.0, people);
            prop_assert!(level.unwrap() >= c.target_share - 1e-6);
        }

        #[test]
        fn more_people_never_do_worse(volume in 0.5f64..150.0, aht_s in 30f64..600.0, n in 0f64..60.0) {
            let voice = channel("voice", ChannelKind::Voice);
            let (few, busy) = prediction(&voice, volume, aht_s, 1800.0, n);
            let (many, less_busy) = prediction(&voice, volume, aht_s, 1800.0, n + 0.3);
            prop_assert!(few <= many && busy.unwrap() >= less_busy.unwrap() - 1e-12);
        }
    }
}
