//! Why a case cannot be met, and the smallest cure.
//!
//! A person without any line of work gets a smallest set of facts (pins, leave, tags, rules with their CSV lines)
//! that contradict each other: one fact after the other is left out, and stays out when the rest contradict each
//! other still (deletion filter, Chinneck and Dravnieks 1991).

mod conflict;
mod facts;
mod fairness;
mod feasible;
mod idle;
#[cfg(test)]
mod tests;

pub use conflict::{Conflict, Fact};
pub use fairness::{Behind, behind};
pub use feasible::has_line;

use crate::base::index::PersonIx;
use crate::model::Case;
use crate::problem::{Compiled, Contradiction, LineProblem, Reason, impossible_duty, line_of};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What the compiler could not make a problem of, explained: for people the smallest contradiction.
#[must_use]
pub fn contradictions(case: &Case, found: &[Contradiction]) -> Vec<Conflict> {
    let people: BTreeSet<PersonIx> = found.iter().filter_map(|c| c.person).collect();
    let mut conflicts: Vec<Conflict> = Vec::new();
    for p in people {
        let own = found.iter().find(|c| c.person == Some(p));
        conflicts.push(
            of_person(case, p).unwrap_or_else(|| own.map_or_else(Conflict::joint, |c| as_found(case, c))),
        );
    }
    conflicts.extend(found.iter().filter(|c| c.person.is_none()).map(|c| as_found(case, c)));
    conflicts
}

/// Why a compiled case has no rota. `people` have no line of work and `rows` (duty rows) cannot all be met, as far
/// as an engine has found out; with neither, everybody and every row is looked at. Never empty.
#[must_use]
pub fn conflicts(case: &Case, compiled: &Compiled, people: &[usize], rows: &[usize]) -> Vec<Conflict> {
    let all: Vec<usize> = (0..compiled.problem.people.len()).collect();
    let people = if people.is_empty() { &all } else { people };
    let impossible = |&&p: &&usize| has_line(&compiled.problem.people[p]) == Some(false);
    let mut found: Vec<Conflict> =
        people.iter().filter(impossible).filter_map(|&p| of_person(case, PersonIx::new(p))).collect();
    let alone = impossible_duty(&compiled.problem);
    found.extend(alone.iter().map(|c| as_found(case, c)));
    if found.is_empty() {
        for &r in rows {
            let row = &compiled.problem.duty_rows[r];
            let reasons = vec![Reason::Rule(row.rule)];
            found.push(as_found(case, &Contradiction { person: None, days: vec![row.day], reasons }));
        }
    }
    if found.is_empty() {
        found.push(Conflict::joint());
    }
    found
}

/// The smallest contradiction among a person's facts; `None` when there is a line of work, or too many states to
/// say.
#[must_use]
pub fn of_person(case: &Case, p: PersonIx) -> Option<Conflict> {
    Some(Conflict::of_person(case, p, smallest(case, p, &|line| has_line(&line))?))
}

/// People with days to plan whom their own facts leave without a day of work, each with a smallest set of such
/// facts. Only those are found whom a single rule keeps from working.
#[must_use]
pub fn idle(case: &Case) -> Vec<Conflict> {
    let never = |p: &PersonIx| line_of(case, *p).is_ok_and(|line| idle::never_works(&line));
    let everybody: Vec<PersonIx> = case.person_indices().collect();
    let people: Vec<PersonIx> = everybody.into_par_iter().filter(never).collect();
    people
        .into_iter()
        .filter_map(|p| Some(Conflict::idle(case, p, smallest(case, p, &idle::can_work)?)))
        .collect()
}

/// A smallest set of a person's facts under which the answer about the line is no; `None` when it is yes with all
/// of them, or cannot be said.
fn smallest(case: &Case, p: PersonIx, answer: &dyn Fn(LineProblem) -> Option<bool>) -> Option<Vec<Fact>> {
    let facts = facts::of_person(case, p);
    let mut kept = vec![true; facts.len()];
    let with = |kept: &[bool]| match line_of(&facts::reduced(case, p, &facts, kept), p) {
        Ok(line) => answer(line),
        Err(_) => Some(false),
    };
    if with(&kept)? {
        return None;
    }
    for i in 0..facts.len() {
        kept[i] = false;
        if with(&kept) != Some(false) {
            kept[i] = true;
        }
    }
    Some(facts.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(f, _)| f).collect())
}

fn as_found(case: &Case, contradiction: &Contradiction) -> Conflict {
    let facts = contradiction.reasons.iter().map(|r| Fact::from_reason(case, r)).collect();
    let dates = contradiction.days.iter().map(|&d| case.horizon.date(d as i64)).collect();
    Conflict::new(case, contradiction.person, dates, facts)
}
