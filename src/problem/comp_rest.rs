//! Rest-day work that days off answer, as part of a state that moves on day by day.

use super::Overtime;

/// Fill windows that a cap window (a month) can touch after the first: no answer comes from farther.
const FARTHEST: usize = 5;

/// Numbers of open rest-day work that a state holds at most.
pub const MOST_OPEN: usize = FARTHEST + 2;

/// Minutes of rest-day work that a week has answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// All of them: so much less counts to the cap.
    pub all: i32,
    /// Those worked in the horizon: so much less is priced.
    pub priced: i32,
}

impl Overtime {
    /// Weeks whose open rest-day work a state has to know, the running one first.
    fn weeks_known(&self) -> usize {
        if self.comp_weeks == 0 || self.caps.is_empty() { 0 } else { self.comp_weeks.min(FARTHEST) + 1 }
    }

    /// Minutes of the week of day 0 that the history leaves open.
    fn begun(&self) -> i32 {
        let first = self.caps.iter().find(|c| c.first == 0);
        first.and_then(|c| c.owed.first()).copied().unwrap_or(0)
    }

    /// Number of minutes that a state keeps of open rest-day work, at most [`MOST_OPEN`]: week by week back from the
    /// running one; then, where what is answered has a price, what the history left open of the week of day 0. 0 where
    /// nothing is answered, or nothing of it capped or priced.
    #[must_use]
    pub fn open_weeks(&self) -> usize {
        let weeks = self.weeks_known();
        weeks + usize::from(weeks > 0 && self.price > 0 && self.begun() > 0)
    }

    /// Open rest-day work before day 0 in minutes, as long as [`Overtime::open_weeks`].
    #[must_use]
    pub fn owed_at_start(&self) -> Vec<i32> {
        let weeks = self.weeks_known();
        let mut owed = vec![0; self.open_weeks()];
        let past = self.caps.iter().find(|c| c.first == 0).map_or(&[][..], |c| &c.owed);
        for (open, minutes) in owed[..weeks].iter_mut().zip(past) {
            *open = *minutes;
        }
        if owed.len() > weeks {
            owed.swap(0, weeks);
        }
        owed
    }

    /// Moves open rest-day work past the end of a day on which `rest` minutes of it came up and the week stood at
    /// `filled`. Work that no week to come can answer is dropped.
    pub fn answer(&self, owed: &mut [i32], day: usize, rest: i32, filled: i32) -> Answered {
        let (owed, begun) = owed.split_at_mut(self.weeks_known().min(owed.len()));
        let mut answered = Answered::default();
        let Some(open) = owed.first_mut() else { return answered };
        *open += rest;
        if let Some(w) = self.fills.iter().position(|w| w.last == day) {
            let week = &self.fills[w];
            let mut short = if week.answers { (week.target - filled).max(0) } else { 0 };
            let mut take = |open: &mut i32, priced: bool| {
                let minutes = short.min(*open);
                *open -= minutes;
                short -= minutes;
                answered.all += minutes;
                answered.priced += if priced { minutes } else { 0 };
            };
            for (k, open) in owed.iter_mut().enumerate().skip(1).rev() {
                // The week of day 0 is `w` weeks back; those before it are of the history, as is the part begun in it.
                if k == w {
                    begun.iter_mut().for_each(|begun| take(begun, false));
                }
                take(open, k <= w);
            }
            owed.rotate_right(1);
            owed[0] = 0;
            if w + 1 >= owed.len() {
                begun.fill(0);
            }
        }
        let month = self.caps.iter().find(|c| c.first <= day && day <= c.last);
        let more =
            month.is_some_and(|c| self.fills.iter().any(|w| w.answers && w.last > day && w.last <= c.last));
        if !more {
            owed.fill(0);
            begun.fill(0);
        }
        answered
    }
}
