//! Work off the queue.

use super::CaseBuilder;
use crate::base::index::ChannelIx;
use crate::check::testing::{of, span};
use crate::model::{DayPlan, Duty, Origin, Requirement, Task, TaskDay};

/// A of the early shift and B of the late one; a task of half an hour between 10:00 and 12:00.
fn house(people: Option<i64>, scope: &str) -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 1)
        .shift("E", "early", "08:00-16:00")
        .shift("L", "late", "12:00-20:00")
        .people(&["A", "B"])
        .task("report", "10:00-12:00", 30, people, scope)
}

fn judge(b: &CaseBuilder, rows: &[&str], duties: Vec<Duty>) -> Vec<String> {
    let score = b.score_with(rows, &Requirement::default(), &DayPlan { duties, handovers: Vec::new() });
    of(&score, "task").iter().map(|m| m.why.en.clone()).collect()
}

fn with_task(b: &CaseBuilder, who: &str, from: &str, to: &str) -> Vec<Duty> {
    vec![
        b.duty(who, 0, &format!("08:00-{from}"), "voice"),
        b.duty(who, 0, &format!("{from}-{to}"), "task"),
        b.duty(who, 0, &format!("{to}-15:45"), "voice"),
        b.duty(who, 0, "15:45-16:00", "handover"),
    ]
}

#[test]
fn a_task_in_its_time_is_done() {
    let b = house(Some(1), "");
    for (from, to) in [("10:00", "10:30"), ("10:45", "11:15"), ("11:30", "12:00")] {
        assert!(judge(&b, &["E", "."], with_task(&b, "A", from, to)).is_empty());
    }
}

#[test]
fn a_task_before_its_time_after_it_cut_or_off_the_quarter_is_rejected() {
    let b = house(Some(1), "");
    for (from, to) in [("09:45", "10:15"), ("11:45", "12:15"), ("10:00", "10:20"), ("10:05", "10:35")] {
        let found = judge(&b, &["E", "."], with_task(&b, "A", from, to));
        assert!(found[0].contains("at a wrong time or not whole"), "{from} {found:?}");
    }
}

#[test]
fn a_task_left_undone_is_rejected_where_somebody_could_do_it() {
    let b = house(Some(1), "");
    let idle = vec![b.duty("A", 0, "08:00-15:45", "voice"), b.duty("A", 0, "15:45-16:00", "handover")];
    assert!(judge(&b, &["E", "."], idle)[0].contains("A could do it in 10:00-10:30"));
}

#[test]
fn a_task_left_undone_is_allowed_where_nobody_can_do_it() {
    let late = house(Some(1), "");
    let duties =
        vec![late.duty("B", 0, "12:00-19:45", "voice"), late.duty("B", 0, "19:45-20:00", "handover")];
    assert!(judge(&late, &[".", "L"], duties).is_empty(), "nobody is at work");
    let b = house(Some(1), "");
    let busy = vec![
        b.duty("A", 0, "08:00-10:15", "voice"),
        b.duty("A", 0, "10:15-10:30", "meal"),
        b.duty("A", 0, "10:30-10:45", "voice"),
        b.duty("A", 0, "10:45-12:00", "meal"),
        b.duty("A", 0, "12:00-15:45", "voice"),
        b.duty("A", 0, "15:45-16:00", "handover"),
    ];
    assert!(judge(&b, &["E", "."], busy).is_empty(), "no half hour is free");
    let b = house(Some(1), "id:B");
    let idle = vec![b.duty("A", 0, "08:00-15:45", "voice"), b.duty("A", 0, "15:45-16:00", "handover")];
    assert!(judge(&b, &["E", "."], idle).is_empty(), "A is not in scope");
}

#[test]
fn who_is_not_in_scope_or_lacks_the_channel_may_not_do_it() {
    let b = house(Some(1), "id:B");
    assert!(judge(&b, &["E", "."], with_task(&b, "A", "10:00", "10:30"))[0].contains("may not do"));
    let mut case = house(Some(1), "").channel("mail", crate::rules::ChannelKind::Deferred).build();
    case.tasks[0].channel = Some(ChannelIx(1));
    let b = CaseBuilder::of(case);
    assert!(judge(&b, &["E", "."], with_task(&b, "A", "10:00", "10:30"))[0].contains("may not do"));
}

#[test]
fn more_people_than_asked_for_and_two_turns_of_one_are_rejected() {
    let b = house(Some(1), "");
    let both = [with_task(&b, "A", "10:00", "10:30"), with_task(&b, "B", "10:00", "10:30")].concat();
    assert!(judge(&b, &["E", "E"], both)[0].contains("2 people do report on 2026-01-05, 1 wanted"));
    let mut twice = with_task(&b, "A", "10:00", "10:30");
    twice[2] = b.duty("A", 0, "10:30-11:00", "voice");
    twice.push(b.duty("A", 0, "11:00-11:30", "task"));
    assert!(judge(&b, &["E", "."], twice)[0].contains("does twice"));
}

#[test]
fn a_task_for_everybody_is_done_by_everybody_who_can() {
    let b = house(None, "");
    let idle = vec![b.duty("B", 0, "08:00-15:45", "voice"), b.duty("B", 0, "15:45-16:00", "handover")];
    let duties = [with_task(&b, "A", "10:00", "10:30"), idle].concat();
    assert!(judge(&b, &["E", "E"], duties)[0].contains("B could do it"));
    let both = [with_task(&b, "A", "10:00", "10:30"), with_task(&b, "B", "11:00", "11:30")].concat();
    assert!(judge(&b, &["E", "E"], both).is_empty());
}

#[test]
fn nobody_is_asked_while_people_are_kept_from_a_meeting() {
    let b = house(Some(1), "").meeting("2026-01-05", "10:00-12:00", "id:B", 1, false);
    let idle = vec![b.duty("A", 0, "08:00-15:45", "voice"), b.duty("A", 0, "15:45-16:00", "handover")];
    assert!(judge(&b, &["E", "."], idle).is_empty());
}

#[test]
fn a_task_of_a_weekday_is_not_asked_for_on_others() {
    let b = house(Some(1), "");
    let mut case = b.build();
    case.tasks[0].on = vec![TaskDay::Weekday(4)];
    let b = CaseBuilder::of(case);
    let idle = vec![b.duty("A", 0, "08:00-15:45", "voice"), b.duty("A", 0, "15:45-16:00", "handover")];
    assert!(judge(&b, &["E", "."], idle).is_empty());
    assert!(judge(&b, &["E", "."], with_task(&b, "A", "10:00", "10:30"))[0].contains("may not do"));
}

#[test]
fn the_places_of_a_task_are_quarters_of_an_hour_from_its_beginning() {
    let task = |window: &str, minutes| Task {
        name: "report".into(),
        on: vec![TaskDay::Daily],
        window: span(window),
        minutes,
        channel: None,
        scope: crate::rules::Scope::default(),
        people: Some(1),
        origin: Origin::default_value(),
    };
    let places = |t: Task| t.places().collect::<Vec<_>>();
    assert_eq!(places(task("10:00-10:30", 30)), [span("10:00-10:30")]);
    assert_eq!(places(task("10:10-10:50", 20)), [span("10:10-10:30"), span("10:25-10:45")]);
}
