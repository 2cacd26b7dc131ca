//! Who receives from whom in a slot, where other pairs could hand over in batches that leave fewer people missing.

use super::batches::{Choice, Lines, Slot};
use super::pairs::{self, Pairs};
use crate::base::index::PersonIx;
use crate::model::Handover;

/// A change of receivers.
#[derive(Clone, Copy, Debug)]
enum Move {
    /// Two handovers exchange theirs.
    Exchange(usize, usize),
    /// A handover goes to somebody with one less.
    Pass(usize, PersonIx),
}

/// Changes receivers so that the momentary shortage of the slot falls: the change that is best, and the batches that go with
/// it. Nobody hands over more often to the person of the day before or after, no pair is left that could vary, and loads
/// stay as even as they are.
pub(super) fn change(
    slot: &Slot<'_>,
    pairs: &Pairs<'_>,
    lines: &Lines,
    handovers: &mut [Handover],
    now: &Choice,
) -> Option<Choice> {
    let mut best: Option<(Choice, Move)> = None;
    for step in moves(slot, handovers) {
        let before = repeated(handovers, step);
        let undo = make(handovers, step);
        if repeated(handovers, step) <= before {
            let choice = slot.choose(lines, handovers);
            let better = choice.short < best.as_ref().map_or(now.short, |b| b.0.short);
            if better && settled(pairs, handovers, step) {
                best = Some((choice, step));
            }
        }
        make(handovers, undo);
    }
    let (choice, step) = best?;
    make(handovers, step);
    Some(choice)
}

fn moves(slot: &Slot<'_>, handovers: &[Handover]) -> Vec<Move> {
    let load = |to: Option<PersonIx>| slot.handovers.iter().filter(|&&i| handovers[i].to == to).count();
    let mut moves = Vec::new();
    for (n, &i) in slot.handovers.iter().enumerate() {
        for &j in &slot.handovers[n + 1..] {
            if pairs::may_exchange(slot.case, &handovers[i], &handovers[j]) {
                moves.push(Move::Exchange(i, j));
            }
        }
        let mut others: Vec<PersonIx> = slot.handovers.iter().filter_map(|&j| handovers[j].to).collect();
        others.sort_unstable();
        others.dedup();
        let h = &handovers[i];
        let able = |q: &PersonIx| *q != h.from && slot.case.person(*q).serves(h.channel);
        let lighter = |q: &PersonIx| load(Some(*q)) + 1 == load(h.to);
        moves.extend(others.into_iter().filter(|q| able(q) && lighter(q)).map(|q| Move::Pass(i, q)));
    }
    moves
}

/// Makes a change; the one that takes it back.
fn make(handovers: &mut [Handover], step: Move) -> Move {
    match step {
        Move::Exchange(i, j) => {
            pairs::swap(handovers, i, j);
            step
        }
        Move::Pass(i, to) => {
            let h = &mut handovers[i];
            let was = h.to.replace(to);
            if h.backup == Some(to) {
                h.backup = was;
            }
            was.map_or(step, |was| Move::Pass(i, was))
        }
    }
}

/// Whether the pairs cannot vary any better where a change was made.
fn settled(pairs: &Pairs<'_>, handovers: &[Handover], step: Move) -> bool {
    let (i, j) = match step {
        Move::Exchange(i, j) => (i, j),
        Move::Pass(i, _) => (i, i),
    };
    [i, j].into_iter().all(|i| pairs.settled(handovers, handovers[i].day))
}

/// In how many handovers of the days beside it the people concerned meet like this.
fn repeated(handovers: &[Handover], step: Move) -> usize {
    match step {
        Move::Exchange(i, j) => pairs::repeated(handovers, i) + pairs::repeated(handovers, j),
        Move::Pass(i, _) => pairs::repeated(handovers, i),
    }
}
