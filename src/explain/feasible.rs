//! Whether a line of work exists at all: a dynamic program over the days with the hard rules only.

use crate::problem::{DayOption, FORBIDDEN, LineProblem};
use rustc_hash::{FxHashMap, FxHashSet};

/// More states than this on one day: no answer.
const MOST_STATES: usize = 400_000;

/// What the future depends on: automaton states, then sums in which less is never worse (or, negated, more).
type Key = Vec<i32>;

/// Whether any choice of options keeps all hard rules of a line; `None` when there are too many states to say.
#[must_use]
pub fn has_line(line: &LineProblem) -> Option<bool> {
    let hard = Hard::new(line);
    let mut layer: FxHashSet<(Key, Key)> = FxHashSet::default();
    layer.insert(hard.start());
    for (day, options) in line.options.iter().enumerate() {
        let mut next: FxHashMap<Key, Vec<Key>> = FxHashMap::default();
        let mut size = 0;
        for state in &layer {
            for option in options {
                let Some((exact, sums)) = hard.step(state, day, option) else { continue };
                let front = next.entry(exact).or_default();
                // A vector of sums that is nowhere smaller than another one of the same states is not needed.
                if front.iter().any(|f| f.iter().zip(&sums).all(|(a, b)| a <= b)) {
                    continue;
                }
                front.retain(|f| !sums.iter().zip(f).all(|(a, b)| a <= b));
                front.push(sums);
                size += 1;
                if size > MOST_STATES {
                    return None;
                }
            }
        }
        layer =
            next.into_iter().flat_map(|(k, front)| front.into_iter().map(move |f| (k.clone(), f))).collect();
        if layer.is_empty() {
            return Some(false);
        }
    }
    Some(layer.iter().any(|state| hard.may_end(state)))
}

/// The hard part of a line.
struct Hard<'a> {
    line: &'a LineProblem,
    automata: Vec<usize>,
    /// Sums with only upper limits, with only lower ones, with both.
    upper: Vec<usize>,
    lower: Vec<usize>,
    both: Vec<usize>,
    capped: bool,
}

impl<'a> Hard<'a> {
    fn new(line: &'a LineProblem) -> Self {
        let strict = |a: &usize| {
            let a = &line.automata[*a];
            a.next.contains(&FORBIDDEN) || a.finish.contains(&None)
        };
        let limits = |r: usize, low: bool| {
            line.resources[r].checkpoints.iter().any(|c| if low { c.low.is_some() } else { c.high.is_some() })
        };
        let with = |low: bool, high: bool| -> Vec<usize> {
            (0..line.resources.len())
                .filter(|&r| limits(r, true) == low && limits(r, false) == high)
                .collect()
        };
        Self {
            line,
            automata: (0..line.automata.len()).filter(strict).collect(),
            upper: with(false, true),
            lower: with(true, false),
            both: with(true, true),
            capped: line.overtime.caps.iter().any(|c| c.cap.is_some()),
        }
    }

    /// Exact: automata, whether yesterday counted for each weekend sum, sums with both limits. Ordered: upper sums,
    /// negated lower sums, the week's fill, the month's overtime, negated open rest-day work.
    fn start(&self) -> (Key, Key) {
        let resources = &self.line.resources;
        let mut exact: Key = self.automata.iter().map(|&a| i32::from(self.line.automata[a].start)).collect();
        exact.extend(resources.iter().map(|_| 0));
        exact.extend(self.both.iter().map(|&r| resources[r].start));
        let mut sums: Key = self.upper.iter().map(|&r| resources[r].start).collect();
        sums.extend(self.lower.iter().map(|&r| -resources[r].start));
        if self.capped {
            sums.extend([0, 0]);
            sums.extend(self.line.overtime.owed_at_start().iter().map(|minutes| -minutes));
        }
        (exact, sums)
    }

    fn step(&self, (exact, sums): &(Key, Key), day: usize, option: &DayOption) -> Option<(Key, Key)> {
        let line = self.line;
        let (mut exact, mut sums) = (exact.clone(), sums.clone());
        for (at, &a) in self.automata.iter().enumerate() {
            let automaton = &line.automata[a];
            let next =
                automaton.next[exact[at] as usize * automaton.symbols + usize::from(option.symbols[a])];
            if next == FORBIDDEN {
                return None;
            }
            exact[at] = i32::from(next);
        }
        let flags = self.automata.len();
        let mut amounts = option.amounts.clone();
        for (r, resource) in line.resources.iter().enumerate() {
            if resource.weekend {
                let saturday = line.weekend[day] == 1 && amounts[r] > 0;
                if line.weekend[day] == 2 && exact[flags + r] == 1 {
                    amounts[r] = 0;
                }
                exact[flags + r] = i32::from(saturday);
            }
        }
        let signed = self.upper.iter().map(|&r| (r, 1)).chain(self.lower.iter().map(|&r| (r, -1)));
        for (at, (r, sign)) in signed.enumerate() {
            sums[at] = self.add(r, sums[at] * sign, amounts[r], day)? * sign;
        }
        for (at, &r) in self.both.iter().enumerate() {
            let at = flags + line.resources.len() + at;
            exact[at] = self.add(r, exact[at], amounts[r], day)?;
        }
        if self.capped {
            self.overtime(&mut sums, day, option)?;
        }
        Some((exact, sums))
    }

    /// A sum after a day, 0 again where it resets; `None` where it passes a hard limit.
    fn add(&self, r: usize, sum: i32, amount: i32, day: usize) -> Option<i32> {
        let sum = sum + amount;
        let mut reset = false;
        for point in self.line.resources[r].checkpoints.iter().filter(|c| c.day == day) {
            if point.low.is_some_and(|l| sum < l) || point.high.is_some_and(|h| sum > h) {
                return None;
            }
            reset |= point.reset;
        }
        Some(if reset { 0 } else { sum })
    }

    fn overtime(&self, sums: &mut Key, day: usize, option: &DayOption) -> Option<()> {
        let ledger = &self.line.overtime;
        let at = self.upper.len() + self.lower.len();
        let (mut rest, mut filled) = (0, 0);
        if let Some(window) = ledger.fills.iter().find(|w| w.first <= day && day <= w.last) {
            let before = if day == window.first { window.start } else { sums[at] };
            filled = before + option.fill;
            rest = filled.max(window.target) - before.max(window.target);
            sums[at] = if day == window.last { 0 } else { filled.min(window.target) };
        }
        let mut owed: Vec<i32> = sums[at + 2..].iter().map(|minutes| -minutes).collect();
        let answered = ledger.answer(&mut owed, day, rest, filled).all;
        let open: i32 = owed.iter().sum();
        sums.splice(at + 2.., owed.iter().map(|minutes| -minutes));
        if let Some(window) = ledger.caps.iter().find(|w| w.first <= day && day <= w.last) {
            let before = if day == window.first { window.start } else { sums[at + 1] };
            sums[at + 1] = before + option.direct + rest - answered;
            if window.cap.is_some_and(|cap| sums[at + 1] - open > cap) {
                return None;
            }
            if day == window.last {
                sums[at + 1] = 0;
            }
        }
        Some(())
    }

    fn may_end(&self, (exact, _): &(Key, Key)) -> bool {
        self.automata
            .iter()
            .enumerate()
            .all(|(at, &a)| self.line.automata[a].finish[exact[at] as usize].is_some())
    }
}
