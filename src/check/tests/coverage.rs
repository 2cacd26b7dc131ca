use super::shifts;
use crate::check::testing::{CaseBuilder, amounts, of};
use crate::model::{DayPlan, Requirement};
use crate::rules::ChannelKind;

fn two_channels() -> CaseBuilder {
    shifts(2).channel("chat", ChannelKind::Chat).person("A").person("B").skills(&["voice", "chat"])
}

#[test]
fn agent_minutes_short_and_spare_are_recounted_from_the_duties() {
    let b = two_channels();
    let need = Requirement::fixed(vec![
        b.need(0, "08:00-08:30", "voice", 2, (3, 1)),
        b.need(0, "08:00-08:30", "chat", 0, (3, 0)),
        b.need(0, "08:30-09:00", "voice", 1, (3, 1)),
    ]);
    let duties = vec![
        b.duty("A", 0, "08:00-09:00", "voice"),
        b.duty("B", 0, "08:00-08:10", "chat"),
        b.duty("B", 0, "08:10-08:45", "voice"),
    ];
    let plan = DayPlan { duties, handovers: Vec::new() };
    let score = b.score_with(&["E.", "E."], &need, &plan);
    let short = of(&score, "weight_understaff");
    assert_eq!((short.len(), short[0].amount, short[0].penalty, short[0].who.as_str()), (1, 10, 30, "voice"));
    assert_eq!(short[0].when, "2026-01-05 08:00-08:30");
    assert_eq!(amounts(&score, "weight_overstaff"), [15]);
    assert_eq!(score.objective(), 45);
}

#[test]
fn time_without_an_interval_is_not_judged() {
    let b = two_channels();
    let plan = DayPlan { duties: vec![b.duty("A", 0, "08:00-16:00", "voice")], handovers: Vec::new() };
    assert_eq!(b.score_with(&["E.", ".."], &Requirement::default(), &plan).objective(), 0);
}

#[test]
fn a_night_shift_covers_the_morning_of_the_next_day() {
    let b = two_channels();
    let need = Requirement::fixed(vec![
        b.need(1, "00:00-06:00", "voice", 1, (1, 0)),
        b.need(1, "06:00-07:00", "voice", 1, (1, 0)),
    ]);
    let plan = DayPlan { duties: vec![b.duty("A", 0, "22:00-30:00", "voice")], handovers: Vec::new() };
    assert_eq!(amounts(&b.score_with(&["N.", ".."], &need, &plan), "weight_understaff"), [60]);
}

#[test]
fn a_shortage_without_a_price_is_still_shown() {
    let b = two_channels();
    let need = Requirement::fixed(vec![b.need(1, "23:30-24:00", "voice", 1, (0, 0))]);
    let score = b.score_with(&["..", ".."], &need, &DayPlan::default());
    assert_eq!((amounts(&score, "weight_understaff"), score.objective()), (vec![30], 0));
}

#[test]
fn the_scope_of_the_row_that_set_the_price_is_named() {
    let b = two_channels().price("weight_understaff", "", 2).price("weight_understaff", "channel:chat", 7);
    let need = Requirement::fixed(vec![b.need(0, "08:00-08:30", "chat", 1, (7, 0))]);
    let score = b.score_with(&["..", ".."], &need, &DayPlan::default());
    let m = of(&score, "weight_understaff")[0];
    assert_eq!(m.scope, "channel:chat");
    assert!(m.why.en.ends_with("(rules.csv:3)") && m.why.zh.ends_with("（rules.csv:3）"));
}
