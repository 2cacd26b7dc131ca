//! Who stands at the lower end of a fairness group and cannot be brought up, whatever a rota costs.

use super::Fact;
use super::conflict::listed;
use super::feasible::has_line;
use super::smallest;
use crate::base::Text;
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{Case, PastDay, PastStatus, Rota, RuleRow};
use crate::problem::{Checkpoint, CountResource, LineProblem, What, fairness_terms};
use crate::rules::RuleKind;
use rayon::prelude::*;

/// Groups further apart than this are looked at: counts are whole, and one more or less cannot always be helped.
const CLOSE: i64 = 1;
/// At most so many people are looked at, those of the dearest differences first.
const LOOKED_AT: usize = 12;

/// Somebody who has the fewest of what a group shares, and a proof that no rota gives them one more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// Who.
    pub person: PersonIx,
    /// Row of the rule book.
    pub rule: usize,
    /// What they have in the horizon.
    pub count: i64,
    /// How far the group is apart, history counted.
    pub apart: i64,
    /// The facts that allow no more: leave any one out, and the others would.
    pub facts: Vec<Fact>,
    text: Text,
    places: Vec<String>,
}

impl Behind {
    /// The proof in words.
    #[must_use]
    pub fn text(&self) -> Text {
        self.text.clone()
    }
    /// Where its facts are written, `file:line`.
    #[must_use]
    pub fn places(&self) -> &[String] {
        &self.places
    }
}

/// People with the fewest late shifts, weekends or statutory days of a group that is more than one apart, as far as
/// their own facts (rules, leave, pins, dates) prove that they cannot have one more in this horizon. The dearest differences
/// first; hours are not looked at.
#[must_use]
pub fn behind(case: &Case, rota: &Rota) -> Vec<Behind> {
    let mut found: Vec<(i64, PersonIx, usize, i64, i64)> = Vec::new();
    for term in fairness_terms(case) {
        let Some(row) = case.rules.rows.get(term.rule).filter(|r| r.kind != RuleKind::FairHours) else {
            continue;
        };
        let own = |p: u32| count(case, rota, row, PersonIx::new(p as usize));
        let counts: Vec<(u32, i64, i64)> = term.members.iter().map(|&(p, past)| (p, own(p), past)).collect();
        let (low, high) = ends(&counts);
        for &(p, own, _) in counts.iter().filter(|c| c.1 + c.2 == low && high - low > CLOSE) {
            found.push((term.weight * (high - low), PersonIx::new(p as usize), term.rule, own, high - low));
        }
    }
    found.sort_by_key(|&(price, person, rule, ..)| (std::cmp::Reverse(price), rule, person));
    found.truncate(LOOKED_AT);
    found
        .into_par_iter()
        .filter_map(|(_, person, rule, count, apart)| {
            let row = &case.rules.rows[rule];
            let one_more = |mut line: LineProblem| {
                demand(case, row, &mut line, count + 1);
                has_line(&line)
            };
            let facts = smallest(case, person, &one_more)?;
            let text = words(case, row, person, count, &facts);
            let places = facts.iter().filter_map(|f| f.origin(case)).map(ToString::to_string).collect();
            Some(Behind { person, rule, count, apart, facts, text, places })
        })
        .collect()
}

fn ends(counts: &[(u32, i64, i64)]) -> (i64, i64) {
    let sums = || counts.iter().map(|c| c.1 + c.2);
    (sums().min().unwrap_or(0), sums().max().unwrap_or(0))
}

/// What a row shares, in a person's days of the rota.
fn count(case: &Case, rota: &Rota, row: &RuleRow, p: PersonIx) -> i64 {
    let mut sum = 0;
    // A weekend counts once, also where it began in the history.
    let worked = |r: &PastDay| case.horizon.day(r.date) == -1 && matches!(r.status, PastStatus::Work { .. });
    let mut saturday = case.horizon.weekday(-1) == 5 && case.history_of(p).iter().any(worked);
    for day in 0..rota.horizon.days {
        let counts = rota.shift(p, day).is_some_and(|s| shared(case, row, day, s));
        let second = saturday && weekday(case, day) == 6;
        saturday = counts && weekday(case, day) == 5;
        sum += i64::from(counts && !(row.kind == RuleKind::FairWeekends && second));
    }
    sum
}

/// Whether a row counts a shift of a day.
fn shared(case: &Case, row: &RuleRow, day: usize, shift: ShiftIx) -> bool {
    match row.kind {
        RuleKind::FairBand => case.shift(shift).band == row.band,
        RuleKind::FairHolidays => case.calendar.is_statutory(case.horizon.date(day as i64)),
        _ => weekday(case, day) >= 5,
    }
}

fn weekday(case: &Case, day: usize) -> usize {
    case.horizon.weekday(day as i64)
}

/// Asks a line for at least so many of what a row counts.
fn demand(case: &Case, row: &RuleRow, line: &mut LineProblem, at_least: i64) {
    let begun = row.kind == RuleKind::FairWeekends && line.weekend_begun;
    for (day, options) in line.options.iter_mut().enumerate() {
        for option in options {
            let counts = match option.what {
                What::Work(code) => shared(case, row, day, ShiftIx::new(usize::from(code))),
                What::Off | What::Leave | What::Absent => false,
            };
            option.amounts.push(i32::from(counts && !(begun && day == 0)));
        }
    }
    let last = Checkpoint {
        day: case.horizon.days - 1,
        low: Some(at_least as i32),
        high: None,
        soft_low: None,
        soft_high: None,
        unit: 1,
        reset: false,
    };
    line.resources.push(CountResource {
        start: 0,
        weekend: row.kind == RuleKind::FairWeekends,
        checkpoints: vec![last],
        rules: Vec::new(),
    });
}

fn words(case: &Case, row: &RuleRow, p: PersonIx, count: i64, facts: &[Fact]) -> Text {
    let person = case.person(p);
    let Text { en, zh } = listed(case, facts);
    let (what, was) = match row.kind {
        RuleKind::FairBand => (format!("{} shifts", row.band), format!("{} 班", row.band)),
        RuleKind::FairHolidays => ("statutory days".to_owned(), "法定节假日".to_owned()),
        _ => ("weekends".to_owned(), "周末".to_owned()),
    };
    let who = format!("{} {}", person.id, person.name);
    Text::new(
        format!("{who} cannot have more than {count} {what} in this rota: {en}"),
        format!("{who} 本期{was}最多 {count}：{zh}"),
    )
}
