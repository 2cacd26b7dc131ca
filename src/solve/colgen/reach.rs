//! Which values a running sum can have on each day of any line that keeps the automata: forward from the start and
//! backward from the limits at the end. Tables hold no others.

use super::dense::works;
use super::modes::Modes;
use crate::problem::LineProblem;

/// Smallest and largest value of a sum before each day, end included, in its units: first and one past the last.
/// Empty when no line keeps the limits.
pub(super) type Bands = Vec<(usize, usize)>;

/// A sum to follow.
#[derive(Clone, Copy)]
pub(super) struct Followed {
    pub resource: usize,
    pub unit: i32,
    /// Number of values, 0 included; the last one stands for all above it when the sum saturates.
    pub levels: usize,
    pub saturates: bool,
    /// Smallest value at the end.
    pub least: usize,
    pub weekend: bool,
}

/// Smallest and largest amount; none known yet.
type Span = Option<(i32, i32)>;

fn join(a: &mut Span, low: i32, high: i32) {
    *a = Some(a.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
}

/// One way to spend a day, as far as the sum sees it.
#[derive(PartialEq, Eq)]
struct Step {
    letter: usize,
    amount: i32,
    worked: bool,
}

/// The bands of a sum; `None` when every line that keeps the automata keeps its limits too.
pub(super) fn bands(line: &LineProblem, modes: &Modes, sum: &Followed) -> Option<Bands> {
    let days = line.options.len();
    let steps: Vec<Vec<Step>> = (0..days).map(|d| steps(line, modes, sum, d)).collect();
    // A state is a mode and whether the weekend was begun.
    let states = modes.count * 2;
    let go = |d: usize, state: usize, step: &Step| -> Option<(usize, i32)> {
        let to = modes.next[state / 2 * modes.letters + step.letter];
        if to == u32::MAX {
            return None;
        }
        let dropped = sum.weekend && line.weekend[d] == 2 && state % 2 == 1 && d > 0;
        let begun = line.weekend[d] == 1 && step.worked;
        Some((to as usize * 2 + usize::from(begun), if dropped { 0 } else { step.amount }))
    };
    let mut before: Vec<Vec<Span>> = vec![vec![None; states]; days + 1];
    before[0][modes.start * 2 + usize::from(line.weekend_begun)] = Some((0, 0));
    for d in 0..days {
        let (known, next) = before.split_at_mut(d + 1);
        for (state, span) in known[d].iter().enumerate() {
            let Some((low, high)) = *span else { continue };
            for step in &steps[d] {
                if let Some((to, amount)) = go(d, state, step) {
                    join(&mut next[0][to], low + amount, high + amount);
                }
            }
        }
    }
    let (least, top) = (sum.least as i32, sum.levels as i32 - 1);
    let ends = before[days].iter().enumerate().filter(|(s, _)| modes.finish[s / 2].is_some());
    if ends.filter_map(|e| *e.1).all(|(low, high)| low >= least && (sum.saturates || high <= top)) {
        return None;
    }
    let mut after: Vec<Span> = vec![None; states];
    for (state, span) in after.iter_mut().enumerate() {
        *span = modes.finish[state / 2].map(|_| (0, 0));
    }
    let mut list = vec![(0, 0); days + 1];
    for d in (0..=days).rev() {
        let mut band: Span = None;
        for (first, then) in before[d].iter().zip(&after) {
            let (Some((low, high)), Some((fewest, most))) = (*first, *then) else { continue };
            let low = low.max(least - most);
            let high = high.min(if sum.saturates { top } else { top - fewest });
            if low.min(top) <= high {
                join(&mut band, low.min(top), high);
            }
        }
        list[d] = band.map_or((0, 0), |(low, high)| (low as usize, high as usize + 1));
        if d == 0 {
            break;
        }
        let mut now: Vec<Span> = vec![None; states];
        for (state, span) in now.iter_mut().enumerate() {
            for step in &steps[d - 1] {
                if let Some((to, amount)) = go(d - 1, state, step)
                    && let Some((fewest, most)) = after[to]
                {
                    join(span, fewest + amount, most + amount);
                }
            }
        }
        after = now;
    }
    Some(list)
}

fn steps(line: &LineProblem, modes: &Modes, sum: &Followed, d: usize) -> Vec<Step> {
    let mut list: Vec<Step> = Vec::new();
    for (o, option) in line.options[d].iter().enumerate() {
        let step = Step {
            letter: usize::from(modes.letter[d][o]),
            amount: option.amounts[sum.resource] / sum.unit,
            worked: works(option),
        };
        if !list.contains(&step) {
            list.push(step);
        }
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::read::parse_instance;
    use crate::problem::nrp24;

    #[test]
    fn runs_of_five_and_two_days_off_bound_the_minutes_from_both_sides() {
        let text = "SECTION_HORIZON\n14\nSECTION_SHIFTS\nD,480,\nSECTION_STAFF\nA,D=14,4320,4320,5,2,2,2\n\
                    SECTION_COVER\n0,D,0,0,0\n";
        let (instance, found) = parse_instance("runs", text);
        let line = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}"))).people.remove(0);
        let modes = Modes::new(&line).expect("few modes");
        let sum = Followed { resource: 1, unit: 480, levels: 10, saturates: false, least: 9, weekend: false };
        let bands = bands(&line, &modes, &sum).expect("limits that bind");
        assert_eq!(bands[0], (0, 1), "nothing is worked before the first day");
        assert_eq!(bands[14], (9, 10), "nine shifts at the end");
        // At most five of the first seven days, and at most five of the last seven.
        assert_eq!(bands[7], (4, 6));
    }
}
