use crate::check::testing::{CaseBuilder, amounts};
use crate::model::{DayPlan, HandoverKind, Requirement};
use crate::rules::ChannelKind;

/// One person alone with a day shift of eight hours, a meal of one and a tail of a quarter.
fn alone() -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 2)
        .channel("chat", ChannelKind::Chat)
        .shift("D", "day", "09:00-17:00")
        .meal(60, Some("11:00-14:00"))
        .tail(15)
        .person("A")
}

const WHOLE: [(&str, &str); 5] = [
    ("09:00-12:00", "voice"),
    ("12:00-13:00", "meal"),
    ("13:00-16:45", "voice"),
    ("16:45-17:00", "handover"),
    ("17:00-17:15", "tail"),
];

/// Amounts of `duties` for a day of A with these stretches.
fn wrong(b: &CaseBuilder, stretches: &[(&str, &str)]) -> Vec<i64> {
    let duties = stretches.iter().map(|(time, what)| b.duty("A", 0, time, what)).collect();
    let handovers = vec![b.handover("A", 0, "16:45-17:00", HandoverKind::None, None)];
    let score = b.score_with(&["D."], &Requirement::default(), &DayPlan { duties, handovers });
    amounts(&score, "duties")
}

/// The whole day with one stretch replaced by others.
fn with(i: usize, others: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut day = WHOLE.to_vec();
    day.splice(i..=i, others.iter().copied());
    day
}

#[test]
fn a_whole_day_is_accepted() {
    let b = alone();
    let duties = WHOLE.iter().map(|(time, what)| b.duty("A", 0, time, what)).collect();
    let handovers = vec![b.handover("A", 0, "16:45-17:00", HandoverKind::None, None)];
    let score = b.score_with(&["D."], &Requirement::default(), &DayPlan { duties, handovers });
    assert_eq!(score.matches, []);
}

#[test]
fn stretches_of_one_activity_may_be_written_in_pieces() {
    assert!(wrong(&alone(), &with(0, &[("09:00-10:00", "voice"), ("10:00-12:00", "voice")])).is_empty());
}

#[test]
fn a_minute_without_an_activity_is_rejected() {
    assert_eq!(wrong(&alone(), &with(0, &[("09:01-12:00", "voice")])), [1]);
    assert_eq!(wrong(&alone(), &with(2, &[("13:00-14:00", "voice"), ("14:30-16:45", "voice")])), [30]);
}

#[test]
fn two_activities_at_once_are_rejected() {
    assert_eq!(wrong(&alone(), &with(2, &[("12:50-16:45", "voice")])), [10]);
}

#[test]
fn a_channel_without_the_skill_is_rejected() {
    assert_eq!(wrong(&alone(), &with(0, &[("09:00-11:00", "voice"), ("11:00-12:00", "chat")])), [60]);
}

#[test]
fn work_outside_the_shift_is_rejected() {
    assert_eq!(wrong(&alone(), &with(0, &[("08:30-12:00", "voice")])), [30]);
}

#[test]
fn a_tail_missing_or_too_long_is_rejected() {
    assert_eq!(wrong(&alone(), &with(4, &[])), [15]);
    assert_eq!(wrong(&alone(), &with(4, &[("17:00-17:20", "tail")])), [5]);
}

#[test]
fn a_stretch_without_a_minute_is_rejected() {
    assert_eq!(wrong(&alone(), &with(0, &[("09:00-09:00", "chat"), ("09:00-12:00", "voice")])), [1]);
}

#[test]
fn duties_on_a_day_off_are_rejected() {
    let b = alone();
    let plan = DayPlan { duties: vec![b.duty("A", 1, "09:00-10:00", "voice")], handovers: Vec::new() };
    assert_eq!(amounts(&b.score_with(&[".."], &Requirement::default(), &plan), "duties"), [60]);
}

#[test]
fn a_shift_without_any_duty_is_rejected() {
    assert_eq!(wrong(&alone(), &[]), [480, 15]);
}

#[test]
fn everybody_comes_early_where_a_row_says_so() {
    let b = alone().hard("handover_minutes", "", "15");
    assert_eq!(wrong(&b, &WHOLE), [15]);
    assert!(wrong(&b, &with(0, &[("08:45-09:00", "handover"), ("09:00-12:00", "voice")])).is_empty());
}

#[test]
fn nobody_is_in_two_shifts_at_once() {
    let b = CaseBuilder::new("2026-01-05", 2)
        .shift("N", "night", "22:00-30:00")
        .shift("E", "early", "05:00-13:00")
        .person("A");
    let plan = |start: &str| DayPlan {
        duties: vec![b.duty("A", 0, "22:00-30:00", "voice"), b.duty("A", 1, start, "voice")],
        handovers: Vec::new(),
    };
    let score = b.score_with(&["NE"], &Requirement::default(), &plan("05:00-13:00"));
    assert_eq!(amounts(&score, "duties"), [60]);
    let score = b.score_with(&["NE"], &Requirement::default(), &plan("06:00-13:00"));
    assert_eq!(amounts(&score, "duties"), [60]);
}
