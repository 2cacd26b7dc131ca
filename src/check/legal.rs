//! Which limits of the law `rules.csv` does not set.

use crate::base::Text;
use crate::model::{Case, RuleRow, Strength};
use crate::rules::{HoursSystem, RuleKind, RuleValue, spec};

/// The legal limits that no hard row without a scope holds, or only one that is laxer than the law.
///
/// 36 hours of overtime a month and 3 a day (Labour Law art. 41), a rest day a week (art. 38), 8 hours a day and 40 a
/// week (State Council Order 174, art. 3), and the price of statutory days. Comprehensive hours have no daily limit.
#[must_use]
pub fn legal_gaps(case: &Case) -> Vec<Text> {
    let comprehensive = case.rules.of(RuleKind::HoursSystem).any(|r| {
        r.scope.terms.is_empty()
            && matches!(r.value, RuleValue::HoursSystem(HoursSystem::Comprehensive { .. }))
    });
    let mut gaps = Vec::new();
    at_most(case, RuleKind::OvertimeCapMonth, 36 * 60, &hours("36"), &mut gaps);
    if !comprehensive {
        at_most(case, RuleKind::OvertimeCapDay, 3 * 60, &hours("3"), &mut gaps);
    }
    let rest: Vec<&RuleRow> = hard_for_all(case, RuleKind::MinRestDaysPerWeek);
    if !rest.iter().any(|r| r.value.number() >= 1) {
        missing(RuleKind::MinRestDaysPerWeek, &Text::new("at least 1", "至少 1 天"), &mut gaps);
    }
    for (kind, most, shown) in [(RuleKind::NormalHoursDay, 8, "8"), (RuleKind::NormalHoursWeek, 40, "40")] {
        for row in case.rules.of(kind).filter(|r| r.value.number() > most * 60) {
            lax(row, &hours(shown), &mut gaps);
        }
    }
    gaps
}

fn hours(n: &str) -> Text {
    Text::new(format!("at most {n} hours"), format!("最多 {n} 小时"))
}

/// Hard rows of a rule that hold for everybody.
fn hard_for_all(case: &Case, kind: RuleKind) -> Vec<&RuleRow> {
    case.rules.of(kind).filter(|r| r.strength == Strength::Hard && r.scope.terms.is_empty()).collect()
}

fn at_most(case: &Case, kind: RuleKind, most: i64, limit: &Text, gaps: &mut Vec<Text>) {
    if hard_for_all(case, kind).is_empty() {
        missing(kind, limit, gaps);
    }
    for row in case.rules.of(kind).filter(|r| r.strength == Strength::Hard && r.value.number() > most) {
        lax(row, limit, gaps);
    }
}

fn missing(kind: RuleKind, limit: &Text, gaps: &mut Vec<Text>) {
    let (name, source) = (spec(kind).name, (spec(kind).source)());
    gaps.push(Text::new(
        format!("rules.csv has no hard {name} for everybody; the law says {}. {}", limit.en, source.en),
        format!("rules.csv 没有对所有人的硬约束 {name}；法律规定{}。{}", limit.zh, source.zh),
    ));
}

fn lax(row: &RuleRow, limit: &Text, gaps: &mut Vec<Text>) {
    let (name, source, origin) = (spec(row.kind).name, (spec(row.kind).source)(), &row.origin);
    gaps.push(Text::new(
        format!("{name} ({origin}) is laxer than the law, which says {}. {}", limit.en, source.en),
        format!("{name}（{origin}）宽于法律规定的{}。{}", limit.zh, source.zh),
    ));
}
