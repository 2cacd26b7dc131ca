//! Rest-day work that days off answer (Labour Law art. 44 (2)): the rule `comp_rest`.

use super::standard::target;
use super::{DayPay, Terms, timeline::Timeline};
use chrono::{Datelike, NaiveDate};

/// What days off answered and what they still owe, in minutes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CompRest {
    /// Rest-day work of earlier months answered in the horizon: it was overtime of its month.
    pub taken: i64,
    /// Rest-day work that weeks to come can still answer.
    pub owed: i64,
}

/// A day's rest-day work that nothing has answered yet.
struct Open {
    day: i64,
    monday: i64,
    month: (i32, u32),
    minutes: i64,
}

/// Answers the rest-day work in `days` (element 0 is `line.first`).
///
/// A whole week, known and employed from Monday to Sunday, whose normal minutes stay below the target answers as many
/// minutes of rest-day work of the `weeks` weeks before it: first those of the month its Sunday lies in, then
/// earlier ones, each time the oldest first. What is answered in its own month becomes normal time.
///
/// Days from `end` on are left out: nothing is known of them.
pub(super) fn answer(
    line: &Timeline<'_>,
    terms: &Terms,
    weeks: i64,
    end: i64,
    days: &mut [DayPay],
) -> CompRest {
    let mut rest = CompRest::default();
    let mut open: Vec<Open> = Vec::new();
    let mut monday = line.horizon().monday(line.first);
    while monday < end {
        let inside = monday.max(line.first)..(monday + 7).min(end);
        let sunday = line.horizon().date(monday + 6);
        let whole = inside.end - inside.start == 7 && inside.clone().all(|d| line.employed(d));
        let normal: i64 = inside.clone().map(|d| days[(d - line.first) as usize].normal).sum();
        let mut short = if whole { (target(line, terms, monday) - normal).max(0) } else { 0 };
        for same in [true, false] {
            for o in open.iter_mut().filter(|o| (o.month == month(sunday)) == same) {
                let minutes = if monday <= o.monday + 7 * weeks { short.min(o.minutes) } else { 0 };
                o.minutes -= minutes;
                short -= minutes;
                if same {
                    let day = &mut days[(o.day - line.first) as usize];
                    day.ot200 -= minutes;
                    day.normal += minutes;
                    day.comp += minutes;
                } else if monday + 7 > 0 {
                    rest.taken += minutes;
                }
            }
        }
        for day in inside {
            let minutes = days[(day - line.first) as usize].ot200;
            if minutes > 0 {
                open.push(Open { day, monday, month: month(line.horizon().date(day)), minutes });
            }
        }
        monday += 7;
    }
    // The first week that can still come to be whole.
    let next = if line.horizon().monday(end) < end { monday - 7 } else { monday };
    let waiting = |o: &&Open| weeks > 0 && next <= o.monday + 7 * weeks;
    rest.owed = open.iter().filter(waiting).map(|o| o.minutes).sum();
    rest
}

fn month(date: NaiveDate) -> (i32, u32) {
    (date.year(), date.month())
}
