//! The independent checker and scorer of the public instances: reads only the instance and a rota.
//!
//! Written from the rules as published with the instances (Curtois and Qu 2014): days count from 0, a Monday; nothing
//! is known before it. A run that touches the first or the last day may go on outside and is exempt from least
//! lengths; greatest lengths count what lies inside. Rules are named as in `rules.csv` where there is the same one.

mod lines;
mod prices;
#[cfg(test)]
mod tests;

use super::score::{Match, ScoreAnalysis};
use crate::base::Text;
use crate::model::{Instance, InstanceRota, Strength};

/// Checks a rota against every rule of its instance, and scores it.
///
/// Matches come by rule, then by person or day; `when` holds days as the instance counts them (`5`, or `5..9`). A
/// rota that has not one cell for each person and day is not looked at any further.
#[must_use]
pub fn check_instance(instance: &Instance, rota: &InstanceRota) -> ScoreAnalysis {
    let mut out = ScoreAnalysis::default();
    let complete = rota.cells.len() == instance.people.len()
        && rota.cells.iter().all(|row| row.len() == instance.days)
        && rota.cells.iter().flatten().flatten().all(|shift| shift.ix() < instance.shifts.len());
    if !complete {
        let why = Text::new(
            format!("not one cell for each of {} people and {} days", instance.people.len(), instance.days),
            format!("不是 {} 人、{} 天每天一格", instance.people.len(), instance.days),
        );
        broken(&mut out, "cells", 1, (String::new(), String::new()), why);
        return out;
    }
    lines::days_off(instance, rota, &mut out);
    lines::successions(instance, rota, &mut out);
    lines::shifts(instance, rota, &mut out);
    lines::minutes(instance, rota, &mut out);
    lines::runs(instance, rota, &mut out);
    lines::weekends(instance, rota, &mut out);
    prices::requests(instance, rota, &mut out);
    prices::cover(instance, rota, &mut out);
    out
}

/// Adds a broken hard rule.
fn broken(out: &mut ScoreAnalysis, rule: &str, amount: i64, (who, when): (String, String), why: Text) {
    let strength = Strength::Hard;
    let (rule, scope) = (rule.to_owned(), String::new());
    out.matches.push(Match { rule, scope, strength, weight: 0, amount, penalty: 0, who, when, why });
}

/// Adds something that costs.
fn priced(
    out: &mut ScoreAnalysis,
    (rule, scope): (&str, &str),
    (weight, amount): (u32, i64),
    (who, when): (String, String),
    why: Text,
) {
    let weight = i64::from(weight);
    let (rule, scope, strength, penalty) =
        (rule.to_owned(), scope.to_owned(), Strength::Soft, weight * amount);
    out.matches.push(Match { rule, scope, strength, weight, amount, penalty, who, when, why });
}
