//! Deferred work in the spare time of queues, as long as the checker sees no difference in price and rules.

use crate::check::{self, ScoreAnalysis};
use crate::model::{Case, DayPlan, Requirement, Rota};
use crate::staffing::spare_time;

/// The plan with spare time used, and its score. Days on which the checker would object stay as they are.
pub(super) fn used(
    case: &Case,
    requirement: &Requirement,
    rota: &Rota,
    (plan, score): (DayPlan, ScoreAnalysis),
) -> (DayPlan, ScoreAnalysis) {
    let filled = spare_time(case, requirement, &plan);
    if filled == plan {
        return (plan, score);
    }
    let same = |other: &ScoreAnalysis| {
        other.objective() == score.objective() && other.violations().count() == score.violations().count()
    };
    let judged = check::check(case, requirement, rota, &filled);
    if same(&judged) {
        return (filled, judged);
    }
    let (mut kept, mut last) = (plan.clone(), None);
    for day in 0..case.horizon.days {
        let tried = with_day(&kept, &filled, day);
        if tried == kept {
            continue;
        }
        let judged = check::check(case, requirement, rota, &tried);
        if same(&judged) {
            (kept, last) = (tried, Some(judged));
        }
    }
    (kept, last.unwrap_or(score))
}

/// `base` with the duties that `other` has on a day.
fn with_day(base: &DayPlan, other: &DayPlan, day: usize) -> DayPlan {
    let (from, to) = (|d: usize, p: &DayPlan| p.duties.partition_point(|x| x.day < d), day + 1);
    let mut duties = base.duties[..from(day, base)].to_vec();
    duties.extend_from_slice(&other.duties[from(day, other)..from(to, other)]);
    duties.extend_from_slice(&base.duties[from(to, base)..]);
    DayPlan { duties, handovers: base.handovers.clone() }
}
