//! Handovers that somebody should look at: nobody follows, the same person follows, or the gap is longer than a deadline.

use super::Finished;
use crate::base::{DAY_MINUTES, Minute};
use crate::model::{Handover, HandoverKind};
use crate::rules::ChannelKind;
use serde::Serialize;

/// Handovers counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HandoverTally {
    /// All of them.
    pub slots: usize,
    /// Nobody else serves the channel: open cases wait for the same person.
    pub nobody: usize,
    /// A message whose reader is not known yet: nobody opens the channel again in these days.
    pub unknown: usize,
    /// The same person closes and opens next.
    pub same_person: usize,
    /// A message that is read later than the channel's deadline after it was left.
    pub past_deadline: usize,
}

pub(super) fn tally(f: &Finished<'_>) -> HandoverTally {
    let mut tally = HandoverTally { slots: f.plan.handovers.len(), ..HandoverTally::default() };
    for h in &f.plan.handovers {
        match (h.kind, h.to) {
            (HandoverKind::None, _) => tally.nobody += 1,
            (HandoverKind::Message, None) => tally.unknown += 1,
            (HandoverKind::Message, Some(to)) => {
                tally.same_person += usize::from(to == h.from);
                let channel = f.case.channel(h.channel);
                let due = (channel.kind == ChannelKind::Deferred).then_some(channel.deadline_h * 60.0);
                let late = due.zip(gap(f, h)).is_some_and(|(most, gap)| f64::from(gap) > most);
                tally.past_deadline += usize::from(late);
            }
            _ => {}
        }
    }
    tally
}

/// Minutes from the end of a handover to the next segment of the one who takes over.
fn gap(f: &Finished<'_>, h: &Handover) -> Option<Minute> {
    let (to, left) = (h.to?, h.time.end + h.day as Minute * DAY_MINUTES);
    let days = h.day.saturating_sub(1)..f.rota.horizon.days;
    let starts = days.flat_map(|day| {
        let times = f.rota.shift(to, day).map_or(&[][..], |s| &f.case.shift(s).times);
        times.iter().map(move |t| t.start + day as Minute * DAY_MINUTES)
    });
    starts.map(|start| start - left).find(|gap| *gap >= 0)
}

#[cfg(test)]
mod tests {
    use crate::report::testing::report;

    #[test]
    fn a_message_that_nobody_takes_up_is_counted() {
        let tally = report().overview.handovers;
        assert_eq!((tally.slots, tally.unknown), (1, 1));
        assert_eq!((tally.nobody, tally.same_person, tally.past_deadline), (0, 0, 0));
    }
}
