use crate::check::testing::{CaseBuilder, amounts};
use crate::model::{DayPlan, Duty, Requirement};
use crate::rules::ChannelKind;

/// A, B and C work 09:00-17:00, D from 13:00 and E from 18:00; everybody is meant.
fn house(min_on_duty: i64, come_in: bool) -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 1)
        .channel("chat", ChannelKind::Chat)
        .shift("D", "day", "09:00-17:00")
        .shift("P", "late", "13:15-21:00")
        .shift("V", "late", "18:00-22:00")
        .people(&["A", "B"])
        .person("C")
        .tag("guest")
        .meeting("2026-01-05", "13:00-13:30", "", min_on_duty, come_in)
        .hard("min_on_duty", "", "0")
}

fn judge(b: &CaseBuilder, rows: &[&str], duties: Vec<Duty>) -> Vec<i64> {
    let need = Requirement::fixed(vec![b.need(0, "09:00-21:00", "voice", 0, (0, 0))]);
    amounts(&b.score_with(rows, &need, &DayPlan { duties, handovers: Vec::new() }), "meeting")
}

/// A day with the meeting, or without.
fn day(b: &CaseBuilder, id: &str, attends: bool) -> Vec<Duty> {
    let then = if attends { "meeting" } else { "voice" };
    vec![
        b.duty(id, 0, "09:00-13:00", "voice"),
        b.duty(id, 0, "13:00-13:30", then),
        b.duty(id, 0, "13:30-16:45", "voice"),
    ]
}

#[test]
fn everybody_in_scope_attends_when_nobody_is_kept() {
    let b = house(0, false);
    let all = ["A", "B", "C"].iter().flat_map(|id| day(&b, id, true)).collect();
    assert!(judge(&b, &["D", "D", "D"], all).is_empty());
    let one_missing =
        [("A", true), ("B", false), ("C", true)].iter().flat_map(|(id, x)| day(&b, id, *x)).collect();
    assert_eq!(judge(&b, &["D", "D", "D"], one_missing), [30]);
}

#[test]
fn leaving_a_meeting_early_is_rejected() {
    let b = house(0, false);
    let duties = vec![b.duty("A", 0, "13:00-13:20", "meeting"), b.duty("A", 0, "13:20-16:45", "voice")];
    assert_eq!(judge(&b, &["D", ".", "."], duties), [10]);
}

#[test]
fn exactly_the_people_needed_are_kept() {
    let b = house(1, false);
    let plan = |a, c, d| {
        [("A", a), ("B", c), ("C", d)].iter().flat_map(|(id, x)| day(&b, id, *x)).collect::<Vec<_>>()
    };
    assert!(judge(&b, &["D", "D", "D"], plan(false, true, true)).is_empty());
    assert_eq!(judge(&b, &["D", "D", "D"], plan(true, true, true)), [1]);
}

#[test]
fn nobody_is_kept_when_others_are_on_the_channel() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("D", "day", "09:00-17:00")
        .people(&["A", "B"])
        .person("C")
        .tag("guest");
    let b = b.meeting("2026-01-05", "13:00-13:30", "tag:guest", 1, false);
    let plan = |c| {
        [("A", false), ("B", false), ("C", c)].iter().flat_map(|(id, x)| day(&b, id, *x)).collect::<Vec<_>>()
    };
    assert!(judge(&b, &["D", "D", "D"], plan(true)).is_empty());
    assert_eq!(judge(&b, &["D", "D", "D"], plan(false)), [1]);
}

#[test]
fn somebody_out_of_scope_in_the_meeting_is_rejected() {
    let b = CaseBuilder::new("2026-01-05", 1)
        .shift("D", "day", "09:00-17:00")
        .person("A")
        .person("C")
        .tag("guest");
    let b = b.meeting("2026-01-05", "13:00-13:30", "tag:guest", 0, false);
    let plan = [("A", true), ("C", true)].iter().flat_map(|(id, x)| day(&b, id, *x)).collect();
    assert_eq!(judge(&b, &["D", "D"], plan), [30]);
}

#[test]
fn those_whose_shift_does_not_contain_it_come_in_when_told_to() {
    let b = house(0, true);
    let late = |meeting: bool| {
        let mut duties = day(&b, "A", true);
        duties.push(b.duty("C", 0, "18:00-21:45", "voice"));
        if meeting {
            duties.push(b.duty("C", 0, "13:00-13:30", "meeting"));
        }
        duties
    };
    assert!(judge(&b, &["D", ".", "V"], late(true)).is_empty());
    assert_eq!(judge(&b, &["D", ".", "V"], late(false)), [30]);
    assert_eq!(judge(&house(0, false), &["D", ".", "V"], late(true)), [30]);
}

#[test]
fn who_comes_in_for_a_part_attends_all_of_it() {
    let b = house(0, true);
    let duties = |from: &str| {
        let meeting = b.duty("A", 0, &format!("{from}-13:30"), "meeting");
        vec![meeting, b.duty("A", 0, "13:30-20:45", "voice")]
    };
    assert!(judge(&b, &["P", ".", "."], duties("13:00")).is_empty());
    assert_eq!(judge(&b, &["P", ".", "."], duties("13:15")), [15]);
}

#[test]
fn nobody_comes_in_on_a_day_off() {
    let b = house(0, true);
    let score = judge(&b, &[".", ".", "."], Vec::new());
    assert!(score.is_empty());
}

#[test]
fn a_meeting_on_another_date_is_rejected() {
    let b = CaseBuilder::new("2026-01-05", 1).shift("D", "day", "09:00-17:00").person("A");
    let b = b.meeting("2026-01-06", "13:00-13:30", "", 0, false);
    assert_eq!(judge(&b, &["D"], day(&b, "A", true)), [30]);
}
