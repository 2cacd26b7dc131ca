//! Who receives from whom in a slot, where other pairs could hand over in batches that leave fewer people missing.

use super::batches::{Choice, Lines, Slot};
use super::pairs;
use crate::model::Handover;

/// Exchanges the receivers of two handovers so that the momentary shortage of the slot falls: the exchange that is best, and
/// the batches that go with it. Nobody hands over more often to the person of the day before or after, and nobody's load
/// changes.
pub(super) fn change(
    slot: &Slot<'_>,
    lines: &Lines,
    handovers: &mut [Handover],
    now: &Choice,
) -> Option<Choice> {
    let mut best: Option<(Choice, (usize, usize))> = None;
    for (n, &i) in slot.handovers.iter().enumerate() {
        for &j in &slot.handovers[n + 1..] {
            if !pairs::may_exchange(slot.case, &handovers[i], &handovers[j]) {
                continue;
            }
            let before = pairs::repeated(handovers, i) + pairs::repeated(handovers, j);
            pairs::swap(handovers, i, j);
            let after = pairs::repeated(handovers, i) + pairs::repeated(handovers, j);
            if after <= before {
                let choice = slot.choose(lines, handovers);
                if choice.short < best.as_ref().map_or(now.short, |b| b.0.short) {
                    best = Some((choice, (i, j)));
                }
            }
            pairs::swap(handovers, i, j);
        }
    }
    let (choice, (i, j)) = best?;
    pairs::swap(handovers, i, j);
    Some(choice)
}
