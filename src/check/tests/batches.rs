//! Overlaps before the last minutes of a shift, and pairs that repeat.

use crate::check::testing::{CaseBuilder, of};
use crate::model::{DayPlan, Duty, Handover, HandoverKind as Kind, Requirement};

/// Two people of the early shift, two of the one that overlaps it.
fn house() -> CaseBuilder {
    CaseBuilder::new("2026-01-05", 2)
        .shift("E", "early", "08:00-16:00")
        .shift("M", "mid", "12:00-20:00")
        .people(&["A", "B", "C", "D"])
}

const ROTA: [&str; 4] = ["E.", "E.", "M.", "M."];

/// Sentences of `handover` about the people who leave at 16:00.
fn judge(b: &CaseBuilder, rows: &[&str], duties: Vec<Duty>, handovers: Vec<Handover>) -> Vec<String> {
    let score = b.score_with(rows, &Requirement::default(), &DayPlan { duties, handovers });
    let found = of(&score, "handover");
    let leavers = found.iter().filter(|m| ["A", "B"].contains(&m.who.as_str()));
    leavers.map(|m| m.why.en.clone()).collect()
}

/// On the phone but for a handover.
fn phone(b: &CaseBuilder, id: &str, day: usize, span: (&str, &str), away: (&str, &str)) -> Vec<Duty> {
    let stretch = |from: &str, to: &str, what| b.duty(id, day, &format!("{from}-{to}"), what);
    let mut duties = vec![stretch(span.0, away.0, "voice"), stretch(away.0, away.1, "handover")];
    if away.1 != span.1 {
        duties.push(stretch(away.1, span.1, "voice"));
    }
    duties
}

/// A hands over to C at a time, B to D in the last quarter of an hour.
fn day(b: &CaseBuilder, day: usize, (from, to): (&str, &str)) -> Vec<Duty> {
    [
        phone(b, "A", day, ("08:00", "16:00"), (from, to)),
        phone(b, "B", day, ("08:00", "16:00"), ("15:45", "16:00")),
        phone(b, "C", day, ("12:00", "19:45"), (from, to)),
        phone(b, "D", day, ("12:00", "19:45"), ("15:45", "16:00")),
        vec![b.duty("C", day, "19:45-20:00", "handover"), b.duty("D", day, "19:45-20:00", "handover")],
    ]
    .concat()
}

fn pair(b: &CaseBuilder, day: usize, time: &str, kind: Kind) -> Vec<Handover> {
    vec![
        b.handover("A", day, time, kind, Some("C")),
        b.handover("B", day, "15:45-16:00", Kind::Overlap, Some("D")),
    ]
}

#[test]
fn a_batch_one_slot_before_the_end_is_allowed() {
    let b = house();
    let found = judge(&b, &ROTA, day(&b, 0, ("15:30", "15:45")), pair(&b, 0, "15:30-15:45", Kind::Overlap));
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_batch_half_a_slot_before_the_end_is_rejected() {
    let b = house();
    let found = judge(&b, &ROTA, day(&b, 0, ("15:35", "15:50")), pair(&b, 0, "15:35-15:50", Kind::Overlap));
    assert!(found.iter().any(|t| t.contains("no segment ends")), "{found:?}");
}

#[test]
fn a_message_is_not_left_before_the_last_minutes() {
    let b = house();
    let found = judge(&b, &ROTA, day(&b, 0, ("15:30", "15:45")), pair(&b, 0, "15:30-15:45", Kind::Message));
    assert!(found.iter().any(|t| t.contains("0 handovers at 15:45-16:00")), "{found:?}");
}

#[test]
fn both_sides_of_an_early_batch_are_off_the_queue() {
    let b = house();
    let handovers = || pair(&b, 0, "15:30-15:45", Kind::Overlap);
    for (who, complaint) in [("A", "not on handover in a batch"), ("C", "receiver C does not take over")] {
        let mut duties = day(&b, 0, ("15:30", "15:45"));
        let absent = b.duty(who, 0, "15:30-15:45", "voice");
        let there = duties.iter_mut().find(|d| d.person == absent.person && d.time == absent.time);
        *there.expect("a handover") = absent;
        let found = judge(&b, &ROTA, duties, handovers());
        assert!(found.iter().any(|t| t.contains(complaint)), "{who}: {found:?}");
    }
}

#[test]
fn who_has_handed_over_serves_to_the_end() {
    let b = house();
    let mut duties = day(&b, 0, ("15:30", "15:45"));
    let rest = b.duty("A", 0, "15:45-16:00", "meal");
    let there = duties.iter_mut().find(|d| d.person == rest.person && d.time == rest.time);
    *there.expect("the last minutes") = rest;
    let found = judge(&b, &ROTA, duties, pair(&b, 0, "15:30-15:45", Kind::Overlap));
    assert!(found.iter().any(|t| t.contains("does not serve from an early batch")), "{found:?}");
}

#[test]
fn the_same_pairs_two_days_running_are_rejected_where_they_can_change() {
    let b = house();
    let rows = ["EE", "EE", "MM", "MM"];
    let duties = [day(&b, 0, ("15:45", "16:00")), day(&b, 1, ("15:45", "16:00"))].concat();
    let mut handovers =
        [pair(&b, 0, "15:45-16:00", Kind::Overlap), pair(&b, 1, "15:45-16:00", Kind::Overlap)].concat();
    let found = judge(&b, &rows, duties.clone(), handovers.clone());
    assert!(found.iter().any(|t| t.contains("hands over to C again")), "{found:?}");
    (handovers[2].to, handovers[3].to) = (handovers[3].to, handovers[2].to);
    let found = judge(&b, &rows, duties, handovers);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_same_pair_two_days_running_is_allowed_where_nobody_else_leaves() {
    let b = house();
    let duties = [day(&b, 0, ("15:45", "16:00")), day(&b, 1, ("15:45", "16:00"))].concat();
    let handovers =
        [pair(&b, 0, "15:45-16:00", Kind::Overlap), pair(&b, 1, "15:45-16:00", Kind::Overlap)].concat();
    let keep = |p| b.duty("B", 0, "08:00-09:00", "voice").person != p;
    let duties = duties.into_iter().filter(|d| keep(d.person)).collect();
    let handovers: Vec<Handover> = handovers.into_iter().filter(|h| keep(h.from)).collect();
    let found = judge(&b, &["EE", "..", "MM", "MM"], duties, handovers);
    assert!(!found.iter().any(|t| t.contains("again")), "{found:?}");
}
