//! Holds the engine's objective against the checker's score, to the unit.

use super::Disagreement;
use crate::check::ScoreAnalysis;
use crate::problem::{self, RosterProblem, Schedule};
use crate::solve::SolveOutcome;

/// One family of rules in both scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The family: names of rules.
    pub rules: &'static str,
    /// The engine's penalty.
    pub engine: i64,
    /// The checker's penalty.
    pub checker: i64,
}

/// What is wrong, if anything is.
pub(super) fn disagreement(
    problem: &RosterProblem,
    schedule: &Schedule,
    objective: i64,
    outcome: &SolveOutcome,
    score: &ScoreAnalysis,
) -> Option<Disagreement> {
    let checker = score.objective();
    let bound_above = outcome.bound.filter(|&b| b > checker);
    let violations: Vec<_> = score.violations().cloned().collect();
    if objective == checker && violations.is_empty() && bound_above.is_none() {
        return None;
    }
    let differences = differences(problem, schedule, objective, score);
    Some(Disagreement { engine: objective, checker, bound_above, differences, violations })
}

fn differences(
    problem: &RosterProblem,
    schedule: &Schedule,
    objective: i64,
    score: &ScoreAnalysis,
) -> Vec<Difference> {
    let Ok(parts) = problem::score(problem, schedule) else { return Vec::new() };
    let fairness: i64 = parts.fairness.iter().sum();
    let lines: i64 = parts.lines.iter().sum::<i64>() + parts.constant;
    let coverage = objective - parts.total() + parts.heads;
    let sum = |family: fn(&str) -> bool| -> i64 {
        score.matches.iter().filter(|m| family(&m.rule)).map(|m| m.penalty).sum()
    };
    let is_fair = |rule: &str| rule.starts_with("fair_");
    let is_duty = |rule: &str| matches!(rule, "min_on_duty" | "max_on_duty");
    let is_cover = |rule: &str| matches!(rule, "weight_understaff" | "weight_overstaff" | "weight_task");
    let is_line = |rule: &str| {
        !rule.starts_with("fair_")
            && !matches!(
                rule,
                "min_on_duty" | "max_on_duty" | "weight_understaff" | "weight_overstaff" | "weight_task"
            )
    };
    let all = [
        Difference { rules: "fair_*", engine: fairness, checker: sum(is_fair) },
        Difference { rules: "min_on_duty max_on_duty", engine: parts.duty, checker: sum(is_duty) },
        Difference {
            rules: "weight_understaff weight_overstaff weight_task",
            engine: coverage,
            checker: sum(is_cover),
        },
        Difference { rules: "rules of one person", engine: lines, checker: sum(is_line) },
    ];
    all.into_iter().filter(|d| d.engine != d.checker).collect()
}
