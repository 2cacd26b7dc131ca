//! Tests of the builder.

use super::testing::*;
use super::*;
use crate::base::index::ShiftIx;
use crate::model::Requirement;
use crate::problem::Block;
use crate::rules::ScopeTerm;

fn day(block: &Block) -> &DayProblem {
    match block {
        Block::Day(day) => day,
        Block::HeadCount { .. } => panic!("the builder makes day blocks only"),
    }
}

#[test]
fn shifts_inside_the_day_give_one_block_a_day() {
    let case = case(3, 1, vec![shift("E", &[(480, 1020)]), shift("L", &[(840, 1380)])], &[&[0], &[0]]);
    let (blocks, cells) = build(&case, &flat(3, (480, 1380), 30, &[(1, 10, 0)]));
    assert_eq!(blocks.len(), 3);
    assert_eq!(cells.len(), 6);
    assert_eq!(day(&blocks[1]).intervals.len(), 30);
    let cell = cells.cell(1, p(1), ShiftIx::new(1)).expect("inside");
    assert_eq!(cells.place(cell), Place { block: 1, supply: 1, day: 1, shift: ShiftIx::new(1) });
    assert_eq!(day(&blocks[1]).supplies[1].most, 2);
}

#[test]
fn a_night_shift_until_the_first_early_start_keeps_the_days_apart() {
    let shifts = vec![shift("E", &[(360, 840)]), shift("L", &[(840, 1320)]), shift("N", &[(1320, 1800)])];
    let case = case(3, 1, shifts, &[&[0]]);
    let (blocks, _) = build(&case, &flat(3, (0, 1440), 60, &[(1, 10, 0)]));
    assert_eq!(blocks.len(), 3);
    assert_eq!(day(&blocks[0]).intervals.len(), 30, "day 0 has the hours before its first shift too");
    assert_eq!(day(&blocks[1]).intervals.len(), 24);
    assert_eq!(day(&blocks[2]).intervals.len(), 18);
    assert_eq!(day(&blocks[1]).slots[day(&blocks[1]).intervals[0].slots.0].start, 360);
}

#[test]
fn overlap_in_a_required_interval_or_a_handover_chains_the_days() {
    let blocks = |night_ends: i32, needs: &Requirement| {
        let shifts = vec![shift("E", &[(360, 840)]), shift("N", &[(1320, night_ends)])];
        build(&case(2, 1, shifts, &[&[0]]), needs).0.len()
    };
    let all_day = flat(2, (0, 1440), 60, &[(1, 10, 0)]);
    let daytime = flat(2, (480, 1440), 60, &[(1, 10, 0)]);
    assert_eq!((blocks(1810, &all_day), blocks(1810, &daytime)), (1, 2));
    assert_eq!(blocks(1815, &daytime), 1, "who is early takes over from 06:00 to 06:15");
}

#[test]
fn meals_start_on_quarters_inside_the_window() {
    let case = case(1, 1, vec![shift_with_meal("E", &[(485, 1020)], 60, (660, 770))], &[&[0]]);
    let (blocks, _) = build(&case, &flat(1, (480, 1020), 30, &[(1, 10, 0)]));
    let d = day(&blocks[0]);
    let starts: Vec<i32> = d.supplies[0].meals.iter().map(|m| d.slots[m.0].start).collect();
    assert_eq!(starts, [660, 675, 690, 705]);
    for m in &d.supplies[0].meals {
        assert_eq!(d.slots[m.1 - 1].end - d.slots[m.0].start, 60);
    }
}

#[test]
fn a_window_without_room_gives_way_to_the_segment() {
    let case = case(1, 1, vec![shift_with_meal("E", &[(480, 600)], 30, (700, 760))], &[&[0]]);
    let (blocks, _) = build(&case, &flat(1, (480, 600), 30, &[(1, 10, 0)]));
    assert_eq!(day(&blocks[0]).supplies[0].meals.len(), 5, "08:15 to 09:15: clear of reading and handover");
}

#[test]
fn skills_that_nobody_requires_do_not_split_people() {
    let case = case(1, 3, vec![shift("E", &[(480, 1020)])], &[&[0], &[0, 2], &[2], &[0, 1]]);
    let (_, cells) = build(&case, &flat(1, (480, 1020), 30, &[(1, 10, 0), (1, 10, 0)]));
    let cell = |i| cells.cell(0, p(i), ShiftIx::new(0));
    assert_eq!(cell(0), cell(1));
    assert_ne!(cell(0), cell(2));
    assert_ne!(cell(0), cell(3));
}

#[test]
fn the_overlap_event_of_two_shifts_has_leavers_receivers_and_slots() {
    let case = case(1, 1, vec![shift("D", &[(510, 1020)]), shift("N", &[(990, 1440)])], &[&[0]]);
    let (blocks, _) = build(&case, &flat(1, (510, 1440), 30, &[(1, 10, 0)]));
    let d = day(&blocks[0]);
    assert_eq!(d.events.len(), 2);
    assert_eq!(d.events[0].time, Span::new(1005, 1020));
    assert_eq!((&d.events[0].leavers[..], &d.events[0].receivers[..]), (&[0][..], &[1][..]));
    assert!(d.events[0].arrivals.is_empty());
    assert!(d.events[1].receivers.is_empty());
}

#[test]
fn arrivals_are_known_only_with_a_handover_row() {
    let shifts = vec![shift("D", &[(510, 1050)]), shift("L", &[(600, 840), (1050, 1380)])];
    let mut case = case(1, 1, shifts, &[&[0]]);
    let need = flat(1, (510, 1380), 30, &[(1, 10, 0)]);
    assert!(day(&build(&case, &need).0[0]).events[1].arrivals.is_empty());
    come_early(&mut case, 20);
    let (blocks, _) = build(&case, &need);
    let d = day(&blocks[0]);
    assert_eq!(d.events[1].time, Span::new(1030, 1050));
    assert_eq!(d.events[1].arrivals, [1]);
}

#[test]
fn who_comes_less_early_than_the_handover_takes_does_not_arrive_for_it() {
    let shifts = vec![shift("D", &[(510, 1050)]), shift("L", &[(1050, 1380)])];
    for (comes, arrives) in [(14, false), (15, true), (16, true)] {
        let mut case = case(1, 1, shifts.clone(), &[&[0]]);
        come_early(&mut case, 15);
        come_early(&mut case, comes);
        case.rules.rows[1].scope.terms = vec![ScopeTerm::Shift(ShiftIx::new(1))];
        let (blocks, _) = build(&case, &flat(1, (510, 1380), 30, &[(1, 10, 0)]));
        let d = day(&blocks[0]);
        assert_eq!(d.events[0].time, Span::new(1035, 1050));
        assert_eq!(d.events[0].arrivals.contains(&1), arrives, "{comes} minutes");
    }
}

#[test]
fn meetings_split_attendance_by_whether_the_shift_contains_them() {
    let shifts = vec![shift("D", &[(510, 1050)]), shift("L", &[(825, 1380)])];
    let mut case = case(2, 1, shifts, &[&[0]]);
    meet(&mut case, (810, 840), 1, true);
    let (blocks, _) = build(&case, &flat(2, (510, 1380), 30, &[(1, 10, 0)]));
    let m = &day(&blocks[0]).meetings[0];
    assert_eq!((&m.attends[..], &m.comes_in[..]), (&[0][..], &[1][..]));
    assert!(day(&blocks[1]).meetings.is_empty(), "Tuesday");
}
