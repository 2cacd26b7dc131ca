//! The fill of the overtime week as levels of the tables, and with it what days off can still answer.
//!
//! Overtime that days off answer is not priced. The tables know what is open of all weeks of a month as one sum, where that
//! makes few levels: how old it is they forget, and that the history's share is answered first, which can only lower
//! a price. Where it would make too many, rest-day work that could be answered is free.

use super::dense::gcd;
use crate::problem::{FillWindow, LineProblem, Overtime};

/// Levels at most.
const MOST: usize = 200;

/// The fill of the overtime week as levels: what is filled, and within it what is open.
#[derive(Clone)]
pub(super) struct Fill {
    pub unit: i32,
    /// Levels of both together.
    pub levels: usize,
    /// Levels of what is open; 1: not known.
    open: usize,
    /// By day: what days off can answer at most after it, in units; 0 throughout where nothing is answered.
    answerable: Vec<usize>,
    /// By day: whether rest-day work of it can be answered.
    free: Vec<bool>,
    /// By day: its fill window.
    window: Vec<Option<usize>>,
}

impl Fill {
    /// The levels of a line; `None` where overtime has no price or there would be too many.
    pub(super) fn new(line: &LineProblem) -> Option<Self> {
        let ledger = &line.overtime;
        if ledger.price == 0 || ledger.fills.is_empty() {
            return None;
        }
        let amounts = line.options.iter().flatten().map(|o| o.fill);
        let limits = ledger.fills.iter().flat_map(|w| [w.target, w.start.min(w.target)]);
        let unit = amounts.chain(limits).fold(0, gcd).max(1);
        let top = ledger.fills.iter().map(|w| w.target.max(w.start)).max().unwrap_or(0);
        let filled = (top / unit) as usize + 1;
        if filled > MOST {
            return None;
        }
        let days = line.options.len();
        let answerable: Vec<usize> = (0..days)
            .map(|d| (answering(ledger, d).map(|w| w.target).sum::<i32>() / unit) as usize)
            .collect();
        let free = (0..days).map(|d| answering(ledger, d).any(|w| w.first > d && w.target > 0)).collect();
        let most =
            (0..days).map(|d| answerable[d].min((brought(line, d) / unit) as usize)).max().unwrap_or(0);
        let open = if filled * (most + 1) <= MOST { most + 1 } else { 1 };
        let window =
            (0..days).map(|d| ledger.fills.iter().position(|w| w.first <= d && d <= w.last)).collect();
        Some(Self { unit, levels: filled * open, open, answerable, free, window })
    }

    /// Whether steps can have prices below 0.
    pub(super) fn answers(&self) -> bool {
        self.open > 1
    }

    /// The level before day 0.
    pub(super) fn start(&self, line: &LineProblem) -> usize {
        line.overtime.fills.first().map_or(0, |w| (w.start / self.unit) as usize * self.open)
    }

    /// Level after a day on which `amount` units fill, and units of overtime to be priced: below 0 where days off
    /// answer earlier ones.
    pub(super) fn step(&self, line: &LineProblem, d: usize, level: usize, amount: usize) -> (usize, i32) {
        let fills = &line.overtime.fills;
        let Some(w) = self.window[d] else { return (0, 0) };
        let target = (fills[w].target / self.unit) as usize;
        let (filled, open) = (level / self.open, level % self.open);
        let total = filled + amount;
        let over = total.saturating_sub(target) - filled.saturating_sub(target);
        let mut priced = over as i32;
        let mut left = 0;
        if self.open > 1 {
            left = open + over;
            if d == fills[w].last && fills[w].answers {
                let taken = target.saturating_sub(total).min(left);
                left -= taken;
                priced -= taken as i32;
            }
            // More than can be answered is as good as that.
            left = left.min(self.answerable[d]).min(self.open - 1);
        } else if self.free[d] {
            priced = 0;
        }
        let filled = if d == fills[w].last {
            fills.get(w + 1).map_or(0, |n| (n.start / self.unit) as usize)
        } else {
            total.min(target)
        };
        (filled * self.open + left, priced)
    }
}

/// The weeks ending after a day whose days off can answer rest-day work of its month.
fn answering(ledger: &Overtime, d: usize) -> impl Iterator<Item = &FillWindow> {
    let month = ledger.caps.iter().find(|c| c.first <= d && d <= c.last && ledger.comp_weeks > 0);
    let last = month.map_or(0, |m| m.last);
    ledger.fills.iter().filter(move |w| w.answers && w.last > d && w.last <= last)
}

/// Minutes of rest-day work that the month of a day can have brought by its end at most.
fn brought(line: &LineProblem, d: usize) -> i32 {
    let ledger = &line.overtime;
    let Some(month) = ledger.caps.iter().find(|c| c.first <= d && d <= c.last) else { return 0 };
    let most = |e: usize| line.options[e].iter().map(|o| o.fill).max().unwrap_or(0);
    let week = |w: &FillWindow| {
        // All of the week fills, what of it is of the month counts.
        let all: i32 = (w.first..=w.last.min(d)).map(most).sum();
        let inside: i32 = (w.first.max(month.first)..=w.last.min(d)).map(most).sum();
        (w.start + all - w.target).max(0).min(inside)
    };
    ledger.fills.iter().filter(|w| w.last >= month.first && w.first <= d).map(week).sum()
}
