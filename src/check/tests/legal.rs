use super::one;
use crate::check::legal_gaps;

#[test]
fn a_case_without_rules_lacks_the_caps_and_the_rest_day() {
    let gaps: Vec<String> = legal_gaps(&one().build()).into_iter().map(|t| t.en).collect();
    for (gap, name) in gaps.iter().zip(["overtime_cap_month", "overtime_cap_day", "min_rest_days_per_week"]) {
        assert!(gap.contains(name), "{gap}");
    }
    assert_eq!(gaps.len(), 3);
}

#[test]
fn hard_rows_at_the_legal_limit_leave_no_gap_and_laxer_ones_do() {
    let b = one().hard("overtime_cap_month", "", "36").hard("overtime_cap_day", "", "3").hard(
        "min_rest_days_per_week",
        "",
        "1",
    );
    assert!(legal_gaps(&b.clone().build()).is_empty());
    assert_eq!(legal_gaps(&b.clone().hard("overtime_cap_month", "id:A", "40").build()).len(), 1);
    assert_eq!(legal_gaps(&b.clone().hard("normal_hours_day", "", "9").build()).len(), 1);
    assert_eq!(legal_gaps(&b.hard("normal_hours_week", "", "44").build()).len(), 1);
}

#[test]
fn a_soft_cap_is_no_legal_limit() {
    let b = one().soft("overtime_cap_month", "", "36", 9).hard("overtime_cap_day", "", "3").hard(
        "min_rest_days_per_week",
        "",
        "1",
    );
    assert_eq!(legal_gaps(&b.build()).len(), 1);
}

#[test]
fn comprehensive_hours_have_no_daily_limit() {
    let b = one()
        .hard("hours_system", "", "comprehensive:quarter")
        .hard("overtime_cap_month", "", "36")
        .hard("min_rest_days_per_week", "", "1");
    assert!(legal_gaps(&b.build()).is_empty());
}
