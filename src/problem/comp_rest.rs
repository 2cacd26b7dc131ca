//! Rest-day work that days off answer, as part of a state that moves on day by day.

use super::Overtime;

/// Fill windows that a cap window (a month) can touch after the first: no answer comes from farther.
const FARTHEST: usize = 5;

impl Overtime {
    /// Number of weeks whose open rest-day work a state has to know: the running one and those before it; 0 where
    /// nothing is answered or nothing capped.
    #[must_use]
    pub fn open_weeks(&self) -> usize {
        if self.comp_weeks == 0 || self.caps.is_empty() { 0 } else { self.comp_weeks.min(FARTHEST) + 1 }
    }

    /// Open rest-day work before day 0 in minutes, as long as [`Overtime::open_weeks`]: the running week first.
    #[must_use]
    pub fn owed_at_start(&self) -> Vec<i32> {
        let mut owed = vec![0; self.open_weeks()];
        let past = self.caps.iter().find(|c| c.first == 0).map_or(&[][..], |c| &c.owed);
        for (open, minutes) in owed.iter_mut().zip(past) {
            *open = *minutes;
        }
        owed
    }

    /// Moves open rest-day work past the end of a day on which `rest` minutes of it came up and the week stood at
    /// `filled`; the minutes answered. Work that no week to come can answer is dropped.
    pub fn answer(&self, owed: &mut [i32], day: usize, rest: i32, filled: i32) -> i32 {
        let Some(open) = owed.first_mut() else { return 0 };
        *open += rest;
        let mut taken = 0;
        if let Some(week) = self.fills.iter().find(|w| w.last == day) {
            let mut short = if week.answers { (week.target - filled).max(0) } else { 0 };
            for open in owed[1..].iter_mut().rev() {
                let minutes = short.min(*open);
                *open -= minutes;
                short -= minutes;
                taken += minutes;
            }
            owed.rotate_right(1);
            owed[0] = 0;
        }
        let month = self.caps.iter().find(|c| c.first <= day && day <= c.last);
        let more =
            month.is_some_and(|c| self.fills.iter().any(|w| w.answers && w.last > day && w.last <= c.last));
        if !more {
            owed.fill(0);
        }
        taken
    }
}
