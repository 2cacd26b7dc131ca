//! The first rota of a long horizon: a few weeks after another, each with its share of everybody's limits.

use super::days::Days;
use super::model::Model;
use super::start::start;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::problem::{RosterProblem, Windowed, shortened};

/// Weeks planned at a time; all but the last of them stand.
const WEEKS: usize = 4;
/// Passes of best response.
const PASSES: usize = 10;
/// Room beside the shares, in days of work: the first try and the ones after it.
const SLACKS: [i32; 3] = [1, 2, 4];

/// A line for everybody; `None` when somebody finds none within the shares, or in time. `weeks`: first days of
/// weeks, and the end.
pub(super) fn roll(
    problem: &RosterProblem,
    weeks: &[usize],
    random: &mut Random,
    stop: &StopCriterion,
) -> Option<Vec<Vec<u16>>> {
    let mut lines = vec![vec![0u16; problem.days]; problem.people.len()];
    let last = weeks.len() - 1;
    let mut at = 0;
    while at < last {
        let end = (at + WEEKS).min(last);
        let found = SLACKS.into_iter().find_map(|slack| {
            if stop.reached() {
                return None;
            }
            let part = shortened(problem, weeks[end], slack);
            let known: Vec<&[u16]> = lines.iter().map(|l| &l[..weeks[end]]).collect();
            let windowed = Windowed::new(&part, &known, &[weeks[at]..weeks[end]]);
            let model = Model::new(&windowed.problem);
            let (rota, _) = start(&model, &mut Days::new(&model), PASSES, random, stop).ok()?;
            let whole = |(own, column): (&&[u16], &super::model::Column)| windowed.whole(own, &column.choice);
            (rota.len() == lines.len()).then(|| known.iter().zip(&rota).map(whole).collect::<Vec<_>>())
        })?;
        for (line, found) in lines.iter_mut().zip(found) {
            line[..weeks[end]].copy_from_slice(&found);
        }
        at = if end == last { last } else { end - 1 };
    }
    Some(lines)
}
