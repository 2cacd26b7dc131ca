//! A person's line of work as a state machine: one state vector, one step a day.
//!
//! Serves pricing (labels), the exact price of a given line, and feasibility. The vector holds the states of
//! the automata, the running sums, whether the weekend was already counted, the fill of the overtime window and
//! the overtime of the month. Values that can no longer make a difference are clipped to one representative, so
//! that equal futures have equal states.

use super::dense::{BUDGETS, Dense};
use super::pricing::LinePrices;
use crate::problem::{Checkpoint, FORBIDDEN, FillWindow, LineProblem, MOST_OPEN};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Pricings in a row, more or less, that need larger tables before all begin with them.
const MISSES: usize = 3;

/// How two values of a dimension compare for the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Only equal values are comparable.
    Equal,
    /// A smaller value is never worse (sums with lower limits only are stored negated).
    Smaller,
}

/// A running sum between two resets.
#[derive(Clone, Debug)]
struct SumDay {
    /// Index of the checkpoint looked at after this day, if any.
    checkpoint: Option<usize>,
    /// Largest amount that can still be added after this day before the next reset.
    rest: i32,
    /// Smallest upper limit at or after this day before the next reset.
    high: Option<i32>,
    /// Largest lower limit likewise.
    low: Option<i32>,
}

/// State machine of a person. Borrows the line; built once a solve.
pub(super) struct LineMachine<'a> {
    pub line: &'a LineProblem,
    pub senses: Vec<Sense>,
    sums: Vec<Vec<SumDay>>,
    negated: Vec<bool>,
    weekends: bool,
    fill_of: Vec<usize>,
    fill_rest: Vec<i32>,
    cap_of: Vec<usize>,
    cap_rest: Vec<i32>,
    /// Most overtime after a day in its cap window, but for what the running fill window makes.
    later: Vec<i32>,
    /// Tables for completions, unless the automata are too large together; built when first asked for.
    dense: OnceLock<Vec<Dense>>,
    budgets: [usize; 3],
    /// Which of them pricing begins with, and how often of late that was too little.
    first: AtomicUsize,
    misses: AtomicUsize,
}

impl<'a> LineMachine<'a> {
    /// The tables, smaller ones first.
    pub(super) fn dense(&self) -> &[Dense] {
        self.dense.get_or_init(|| Dense::all(self.line, self.weekends, self.budgets))
    }

    /// The tables that pricing begins with.
    pub(super) fn first_tables(&self) -> usize {
        self.first.load(Ordering::Relaxed)
    }

    /// Notes which tables a pricing needed. Only where nothing runs beside it, so that runs stay repeatable.
    pub(super) fn learn(&self, needed: usize) {
        let missed = needed > self.first_tables();
        let misses = self.misses.load(Ordering::Relaxed);
        let misses = if missed { misses + 1 } else { misses.saturating_sub(1) };
        if misses == MISSES {
            self.first.store(needed, Ordering::Relaxed);
        }
        self.misses.store(misses % MISSES, Ordering::Relaxed);
    }

    /// The machine of a line. `weekend_prices`: whether weekends carry prices of their own (fairness).
    pub(super) fn new(line: &'a LineProblem, weekend_prices: bool) -> Self {
        Self::with_budgets(line, weekend_prices, BUDGETS)
    }

    /// [`LineMachine::new`] with tables of at most so many entries.
    pub(super) fn with_budgets(line: &'a LineProblem, weekend_prices: bool, budgets: [usize; 3]) -> Self {
        let days = line.options.len();
        let mut senses: Vec<Sense> = line
            .automata
            .iter()
            .map(|a| if a.smaller_is_better { Sense::Smaller } else { Sense::Equal })
            .collect();
        let mut sums = Vec::new();
        let mut negated = Vec::new();
        for (r, resource) in line.resources.iter().enumerate() {
            let largest = |d: usize| line.options[d].iter().map(|o| o.amounts[r]).max().unwrap_or(0);
            let mut list = vec![SumDay { checkpoint: None, rest: 0, high: None, low: None }; days];
            let (mut rest, mut high, mut low) = (0, None::<i32>, None::<i32>);
            for d in (0..days).rev() {
                let at = resource.checkpoints.iter().position(|c| c.day == d);
                if let Some(c) = at.map(|i| &resource.checkpoints[i]) {
                    if c.reset {
                        (rest, high, low) = (0, None, None);
                    }
                    let upper = [c.high, c.soft_high.map(|s| s.0)].into_iter().flatten().min();
                    let lower = [c.low, c.soft_low.map(|s| s.0)].into_iter().flatten().max();
                    high = [high, upper].into_iter().flatten().min();
                    low = [low, lower].into_iter().flatten().max();
                }
                list[d] = SumDay { checkpoint: at, rest, high, low };
                rest += largest(d);
            }
            let has_low = list.iter().any(|s| s.low.is_some());
            let has_high = list.iter().any(|s| s.high.is_some());
            senses.push(if has_low && has_high { Sense::Equal } else { Sense::Smaller });
            negated.push(has_low && !has_high);
            sums.push(list);
        }
        let weekends = weekend_prices || line.resources.iter().any(|r| r.weekend);
        // Weekend flag, fill, overtime, open rest-day work (negated: the more can be answered, the better).
        senses.extend([Sense::Equal, Sense::Smaller, Sense::Smaller]);
        senses.resize(senses.len() + line.overtime.open_weeks(), Sense::Smaller);
        let window_of = |windows: &[(usize, usize)], d: usize| {
            windows.iter().position(|w| w.0 <= d && d <= w.1).unwrap_or(usize::MAX)
        };
        let fills: Vec<_> = line.overtime.fills.iter().map(|w| (w.first, w.last)).collect();
        let caps: Vec<_> = line.overtime.caps.iter().map(|w| (w.first, w.last)).collect();
        let fill_of: Vec<usize> = (0..days).map(|d| window_of(&fills, d)).collect();
        let cap_of: Vec<usize> = (0..days).map(|d| window_of(&caps, d)).collect();
        let most = |d: usize, f: fn(&crate::problem::DayOption) -> i32| {
            line.options[d].iter().map(f).max().unwrap_or(0)
        };
        let rest_in = |of: &[usize], f: fn(&crate::problem::DayOption) -> i32| {
            let mut rest = vec![0; days];
            for d in (0..days.saturating_sub(1)).rev() {
                if of[d] == of[d + 1] {
                    rest[d] = rest[d + 1] + most(d + 1, f);
                }
            }
            rest
        };
        let fill_rest = rest_in(&fill_of, |o| o.fill);
        let cap_rest = rest_in(&cap_of, |o| o.fill + o.direct);
        let later = later_overtime(line, &fill_of, &cap_of);
        Self {
            line,
            senses,
            sums,
            negated,
            weekends,
            fill_of,
            fill_rest,
            cap_of,
            cap_rest,
            later,
            dense: OnceLock::new(),
            budgets,
            first: 0.into(),
            misses: 0.into(),
        }
    }

    /// Number of dimensions of a state.
    pub(super) fn width(&self) -> usize {
        self.senses.len()
    }

    /// State before day 0.
    pub(super) fn start(&self) -> Vec<i32> {
        let line = self.line;
        let mut state: Vec<i32> = line.automata.iter().map(|a| i32::from(a.start)).collect();
        for (r, resource) in line.resources.iter().enumerate() {
            state.push(if self.negated[r] { -resource.start } else { resource.start });
        }
        state.push(i32::from(line.weekend_begun && self.weekends));
        state.push(line.overtime.fills.first().map_or(0, |w| w.start));
        state.push(line.overtime.caps.first().map_or(0, |w| w.start));
        state.extend(line.overtime.owed_at_start().into_iter().map(|minutes| -minutes));
        state
    }

    /// Takes option `o` on day `d`: writes the next state and returns the price of the step without the
    /// option's own cost, and whether a new weekend is counted. `None`: a hard rule is broken.
    pub(super) fn step(&self, d: usize, o: usize, from: &[i32], to: &mut [i32]) -> Option<(i64, bool)> {
        let line = self.line;
        let option = &line.options[d][o];
        let mut price = 0;
        let mut k = 0;
        for (a, automaton) in line.automata.iter().enumerate() {
            let at = from[k] as usize * automaton.symbols + usize::from(option.symbols[a]);
            let next = automaton.next[at];
            if next == FORBIDDEN {
                return None;
            }
            price += automaton.cost[at];
            to[k] = i32::from(next);
            k += 1;
        }
        let worked = option.cell.is_some() || matches!(option.what, crate::problem::What::Work(_));
        let day_of_weekend = line.weekend[d];
        let begun = from[line.automata.len() + line.resources.len()] != 0;
        let new_weekend = worked && (day_of_weekend == 1 || (day_of_weekend == 2 && !begun));
        for (r, resource) in line.resources.iter().enumerate() {
            let sum = &self.sums[r][d];
            let mut value = if self.negated[r] { -from[k] } else { from[k] };
            // Only a Saturday of the horizon counts for a rule about the horizon's weekends.
            if !(resource.weekend && day_of_weekend == 2 && begun && d > 0) {
                value += option.amounts[r];
            }
            if let Some(c) = sum.checkpoint {
                let point = &resource.checkpoints[c];
                price += checkpoint_price(point, value)?;
                if point.reset {
                    value = 0;
                }
            }
            // What comes later decides; the limits of this day's checkpoint are behind us.
            if d + 1 < line.options.len() {
                let ahead = &self.sums[r][d + 1];
                let rest = if sum.checkpoint.is_some_and(|c| resource.checkpoints[c].reset) {
                    ahead.rest + self.largest(r, d + 1)
                } else {
                    sum.rest
                };
                match (ahead.high, ahead.low) {
                    (None, None) => value = 0,
                    (Some(high), None) => value = value.max(high - rest),
                    (None, Some(low)) => value = value.min(low),
                    (Some(_), Some(_)) => {}
                }
            } else {
                value = 0;
            }
            to[k] = if self.negated[r] { -value } else { value };
            k += 1;
        }
        to[k] = i32::from(self.weekends && day_of_weekend == 1 && worked);
        price += self.hours(d, option, &from[k + 1..], &mut to[k + 1..])?;
        Some((price, new_weekend))
    }

    fn largest(&self, r: usize, d: usize) -> i32 {
        self.line.options[d].iter().map(|o| o.amounts[r]).max().unwrap_or(0)
    }

    /// No step of a day is cheaper than this: days off that answer priced overtime give its price back.
    pub(super) fn least_step(&self, d: usize) -> i64 {
        let ledger = &self.line.overtime;
        let answers = |w: &&FillWindow| w.last == d && w.answers && ledger.open_weeks() > 0;
        -ledger.fills.iter().find(answers).map_or(0, |w| ledger.price * i64::from(w.target))
    }

    /// The next fill, overtime and open rest-day work (the parts of a state in this order), and the price of the step.
    fn hours(
        &self,
        d: usize,
        option: &crate::problem::DayOption,
        from: &[i32],
        to: &mut [i32],
    ) -> Option<i64> {
        let ledger = &self.line.overtime;
        let owed = 2..2 + ledger.open_weeks();
        let (mut rest, mut filled) = (0, 0);
        let week = ledger.fills.get(self.fill_of[d]);
        if let Some(week) = week {
            filled = from[0] + option.fill;
            rest = (filled - week.target).max(0) - (from[0] - week.target).max(0);
        }
        let minutes = option.direct + rest;
        let mut price = ledger.price * i64::from(minutes);
        match ledger.caps.get(self.cap_of[d]) {
            None => {
                to[1] = 0;
                to[owed.clone()].fill(0);
            }
            Some(month) => {
                let mut total = from[1] + minutes;
                if !owed.is_empty() {
                    let mut open = [0; MOST_OPEN];
                    let open = &mut open[..owed.len()];
                    open.iter_mut().zip(&from[owed.clone()]).for_each(|(open, from)| *open = -from);
                    let answered = ledger.answer(open, d, rest, filled);
                    total -= answered.all;
                    price -= ledger.price * i64::from(answered.priced);
                    to[owed.clone()].iter_mut().zip(open).for_each(|(to, open)| *to = -*open);
                }
                let answerable = -to[owed.clone()].iter().sum::<i32>();
                if month.cap.is_some_and(|cap| total - answerable > cap) {
                    return None;
                }
                if d == month.last {
                    for &(limit, unit_price) in &month.soft {
                        price += unit_price * i64::from((total - limit).max(0) + 59).div_euclid(60);
                    }
                    to[1] = ledger.caps.get(self.cap_of[d] + 1).map_or(0, |n| n.start);
                } else {
                    let limits = month.cap.into_iter().chain(month.soft.iter().map(|s| s.0));
                    let limit = limits.min().unwrap_or(i32::MAX);
                    let this_week =
                        week.map_or(0, |w| (filled.min(w.target) + self.fill_rest[d] - w.target).max(0));
                    to[1] = total;
                    if total.saturating_add(this_week + self.later[d]) <= limit {
                        // No limit can be passed any more, whatever is answered.
                        to[1] = limit.saturating_sub(self.cap_rest[d]);
                        if ledger.price == 0 {
                            to[owed.clone()].fill(0);
                        }
                    }
                }
            }
        }
        to[0] = match (week, ledger.fills.get(self.fill_of[d].wrapping_add(1))) {
            (Some(week), next) if d == week.last => next.map_or(0, |n| n.start),
            // Of what the week will be short only as much counts as there is to answer.
            (Some(week), _) => {
                let answerable: i32 = if week.answers { -to[owed].iter().skip(1).sum::<i32>() } else { 0 };
                filled.min(week.target).max(week.target - answerable - self.fill_rest[d])
            }
            (None, _) => 0,
        };
        Some(price)
    }

    /// Price of overtime that days off to come can give back at most.
    pub(super) fn refundable(&self, state: &[i32]) -> i64 {
        let open = self.width() - self.line.overtime.open_weeks();
        -self.line.overtime.price * state[open..].iter().map(|&m| i64::from(m)).sum::<i64>()
    }

    /// Price of ending in a state; `None` when that is not allowed.
    pub(super) fn finish(&self, state: &[i32]) -> Option<i64> {
        let mut price = 0;
        for (automaton, &s) in self.line.automata.iter().zip(state) {
            price += automaton.finish[s as usize]?;
        }
        Some(price)
    }

    /// Exact price of a line, `None` when it breaks a hard rule.
    pub(super) fn price(&self, choice: &[u16]) -> Option<i64> {
        let mut state = self.start();
        let mut next = state.clone();
        let mut total = 0;
        for (d, &o) in choice.iter().enumerate() {
            let (price, _) = self.step(d, usize::from(o), &state, &mut next)?;
            total += price + self.line.options[d][usize::from(o)].cost;
            std::mem::swap(&mut state, &mut next);
        }
        Some(total + self.finish(&state)?)
    }

    /// Price of a line at given prices, `None` when it breaks a hard rule.
    pub(super) fn value(&self, prices: &LinePrices, choice: &[u16]) -> Option<f64> {
        let mut state = self.start();
        let mut next = state.clone();
        let mut total = 0.0;
        for (d, &o) in choice.iter().enumerate() {
            let (price, weekend) = self.step(d, usize::from(o), &state, &mut next)?;
            total += price as f64 / prices.scale + prices.option[d][usize::from(o)];
            if weekend {
                total += prices.weekend;
            }
            std::mem::swap(&mut state, &mut next);
        }
        let total = total + self.finish(&state)? as f64 / prices.scale;
        total.is_finite().then_some(total)
    }

    /// Number of weekends with work that a line adds to the count.
    pub(super) fn weekends(&self, choice: &[u16]) -> i64 {
        let mut begun = self.line.weekend_begun;
        let mut count = 0;
        for (d, &o) in choice.iter().enumerate() {
            let worked = self.line.options[d][usize::from(o)].cell.is_some();
            match self.line.weekend[d] {
                1 => {
                    begun = worked;
                    count += i64::from(worked);
                }
                2 => {
                    count += i64::from(worked && !begun);
                    begun = false;
                }
                _ => begun = false,
            }
        }
        count
    }
}

/// By day: the most overtime that later days of its cap window can bring, without the fill of the running fill window.
fn later_overtime(line: &LineProblem, fill_of: &[usize], cap_of: &[usize]) -> Vec<i32> {
    let ledger = &line.overtime;
    let most =
        |d: usize, f: fn(&crate::problem::DayOption) -> i32| line.options[d].iter().map(f).max().unwrap_or(0);
    let after = |d: usize| -> i32 {
        let Some(month) = ledger.caps.get(cap_of[d]) else { return 0 };
        let direct: i32 = (d + 1..=month.last).map(|e| most(e, |o| o.direct)).sum();
        let weeks = ledger
            .fills
            .iter()
            .enumerate()
            .filter(|(w, week)| week.first > d && week.first <= month.last && *w != fill_of[d]);
        let fill = |(_, week): (usize, &crate::problem::FillWindow)| -> i32 {
            let days = week.first..=week.last.min(month.last);
            (week.start + days.map(|e| most(e, |o| o.fill)).sum::<i32>() - week.target).max(0)
        };
        direct + weeks.map(fill).sum::<i32>()
    };
    (0..line.options.len()).map(after).collect()
}

fn checkpoint_price(c: &Checkpoint, value: i32) -> Option<i64> {
    if c.low.is_some_and(|l| value < l) || c.high.is_some_and(|h| value > h) {
        return None;
    }
    let units = |missed: i32| i64::from((missed.max(0) + c.unit - 1) / c.unit);
    let low = c.soft_low.map_or(0, |(l, p)| p * units(l - value));
    let high = c.soft_high.map_or(0, |(h, p)| p * units(value - h));
    Some(low + high)
}
