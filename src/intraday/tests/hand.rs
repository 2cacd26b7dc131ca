//! The rules of duties and handovers on days made by hand.

use super::recount::{inspect, recount};
use super::*;
use crate::base::Span;
use crate::base::index::ChannelIx;
use crate::intraday::{plan, total_cost};
use crate::model::{Activity, DayPlan, HandoverKind, Rota};

fn planned(case: &Case, need: &Requirement, rows: &[&[Option<usize>]]) -> (Rota, DayPlan) {
    let (blocks, cells) = build(case, need);
    let rota = rota(case, rows);
    let plan = plan(case, &rota, &blocks, &cells);
    assert_eq!(recount(need, &plan), total_cost(&rota, &blocks, &cells));
    (rota, plan)
}

fn duty(plan: &DayPlan, person: usize, day: usize, activity: &Activity) -> Vec<Span> {
    plan.duties
        .iter()
        .filter(|d| d.person == p(person) && d.day == day && d.activity == *activity)
        .map(|d| d.time)
        .collect()
}

#[test]
fn two_shifts_hand_over_in_the_overlap_to_distinct_people() {
    let mut case =
        case(1, 1, vec![shift("D", &[(510, 1020)]), shift("N", &[(990, 1440)])], &[&[0], &[0], &[0], &[0]]);
    come_early(&mut case, 15);
    let need = flat(1, (510, 1440), 30, &[(2, 10, 1)]);
    let (rota, plan) = planned(&case, &need, &[&[Some(0)], &[Some(0)], &[Some(1)], &[Some(1)]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    let day: Vec<_> = plan.handovers.iter().filter(|h| h.time.end <= 1020).collect();
    let times: Vec<Span> = day.iter().map(|h| h.time).collect();
    assert_eq!(times, [Span::new(990, 1005), Span::new(1005, 1020)], "one after the other");
    assert!(day.iter().all(|h| h.kind == HandoverKind::Overlap));
    assert_ne!(day[0].to, day[1].to);
    assert_eq!(day[0].backup, day[1].to);
    assert_eq!(day[0].batch, "HO-20260105-1630-VOICE-01");
    assert_eq!(day[1].batch, "HO-20260105-1645-VOICE-01");
    assert!((2..4).all(|q| duty(&plan, q, 0, &Activity::Handover)[0].start == 975), "early arrival");
    let night = &plan.handovers[2];
    assert_eq!((night.kind, night.to, night.time), (HandoverKind::Message, None, Span::new(1425, 1440)));
}

#[test]
fn more_leavers_than_receivers_share_them_evenly() {
    let case = case(
        1,
        1,
        vec![shift("D", &[(510, 1020)]), shift("N", &[(990, 1440)])],
        &[&[0], &[0], &[0], &[0], &[0]],
    );
    let need = flat(1, (510, 1440), 30, &[(2, 10, 1)]);
    let (_, plan) = planned(&case, &need, &[&[Some(0)], &[Some(0)], &[Some(0)], &[Some(1)], &[Some(1)]]);
    let to = |q: usize| {
        plan.handovers.iter().filter(|h| h.kind == HandoverKind::Overlap && h.to == Some(p(q))).count()
    };
    assert_eq!(to(3).max(to(4)), 2);
    assert_eq!(to(3) + to(4), 3);
}

#[test]
fn three_shifts_hand_over_at_work_and_the_last_by_message_to_the_next_openers() {
    let shifts = vec![
        shift_with_meal("E", &[(480, 1020)], 60, (660, 780)),
        shift_with_meal("M", &[(660, 1200)], 60, (960, 1080)),
        shift_with_meal("L", &[(840, 1380)], 60, (1020, 1140)),
    ];
    let mut case = case(2, 1, shifts, &[&[0], &[0], &[0]]);
    come_early(&mut case, 15);
    let need = flat(2, (480, 1380), 30, &[(1, 10, 1)]);
    let (rota, plan) =
        planned(&case, &need, &[&[Some(0), Some(0)], &[Some(1), Some(1)], &[Some(2), Some(2)]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    let first: Vec<_> = plan.handovers.iter().filter(|h| h.day == 0).collect();
    assert_eq!(first[0].kind, HandoverKind::Overlap, "17:00 to somebody at work");
    assert_eq!((first[1].kind, first[1].to), (HandoverKind::Overlap, Some(p(2))), "20:00");
    assert_eq!((first[2].kind, first[2].to), (HandoverKind::Message, Some(p(0))), "23:00 to 08:00");
    assert_eq!(duty(&plan, 0, 1, &Activity::Handover)[0], Span::new(465, 480), "read before the shift");
}

#[test]
fn a_split_evening_gives_an_early_arrival_at_the_second_segment() {
    let shifts = vec![shift("D", &[(510, 1050)]), shift("L", &[(600, 840), (1050, 1380)])];
    let mut case = case(1, 1, shifts, &[&[0], &[0]]);
    come_early(&mut case, 15);
    let need = flat(1, (510, 1380), 30, &[(1, 10, 1)]);
    let (rota, plan) = planned(&case, &need, &[&[Some(0)], &[Some(1)]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    let kinds: Vec<_> = plan.handovers.iter().map(|h| (h.time.end, h.kind, h.to)).collect();
    assert_eq!(
        kinds,
        [
            (840, HandoverKind::Overlap, Some(p(0))),
            (1050, HandoverKind::EarlyArrival, Some(p(1))),
            (1380, HandoverKind::Message, None),
        ]
    );
    assert_eq!(duty(&plan, 1, 0, &Activity::Handover)[2], Span::new(1035, 1050));
}

#[test]
fn a_night_shift_hands_over_to_the_early_ones_who_come_before_six() {
    let shifts = vec![shift("E", &[(360, 840)]), shift("N", &[(1320, 1800)])];
    let mut case = case(2, 1, shifts, &[&[0], &[0]]);
    come_early(&mut case, 15);
    let need = flat(2, (0, 1440), 60, &[(1, 10, 1)]);
    let (rota, plan) = planned(&case, &need, &[&[None, Some(0)], &[Some(1), None]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    let night = &plan.handovers[0];
    assert_eq!((night.day, night.time), (0, Span::new(1785, 1800)));
    assert_eq!((night.kind, night.to), (HandoverKind::EarlyArrival, Some(p(0))));
    assert_eq!(night.batch, "HO-20260105-2945-VOICE-01");
}

#[test]
fn without_a_handover_row_messages_cost_the_first_minutes_of_the_next_opener() {
    let case = case(2, 1, vec![shift("D", &[(540, 1080)])], &[&[0], &[0]]);
    let need = flat(2, (540, 1080), 30, &[(1, 10, 1)]);
    let (rota, plan) = planned(&case, &need, &[&[Some(0), None], &[None, Some(0)]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    assert_eq!((plan.handovers[0].kind, plan.handovers[0].to), (HandoverKind::Message, Some(p(1))));
    assert_eq!(duty(&plan, 1, 1, &Activity::Handover), [Span::new(540, 555), Span::new(1065, 1080)]);
    assert_eq!(duty(&plan, 0, 0, &Activity::Handover), [Span::new(1065, 1080)]);
}

#[test]
fn nobody_else_with_the_channel_means_none() {
    let case = case(1, 2, vec![shift("D", &[(540, 1080)])], &[&[0], &[1]]);
    let need = flat(1, (540, 1080), 30, &[(1, 10, 1), (1, 10, 1)]);
    let (_, plan) = planned(&case, &need, &[&[Some(0)], &[None]]);
    assert_eq!(plan.handovers[0].kind, HandoverKind::None);
}

#[test]
fn a_leaver_ends_on_the_channel_that_the_only_receiver_has() {
    let shifts = vec![shift("D", &[(480, 1020)]), shift("L", &[(960, 1380)])];
    let case = case(1, 2, shifts, &[&[0, 1], &[1]]);
    // The leaver is wanted on voice only, the receiver serves chat only.
    let need = flat(1, (480, 1380), 30, &[(2, 10, 0), (0, 10, 3)]);
    let (rota, plan) = planned(&case, &need, &[&[Some(0)], &[Some(1)]]);
    assert_eq!(inspect(&case, &rota, &plan), 0);
    let h = &plan.handovers[0];
    assert_eq!((h.kind, h.to, h.channel), (HandoverKind::Overlap, Some(p(1)), ChannelIx::new(1)));
}

#[test]
fn a_meeting_keeps_as_many_as_the_channels_need() {
    let mut case = case(1, 2, vec![shift("D", &[(510, 1050)])], &[&[0], &[0], &[1], &[0, 1]]);
    meet(&mut case, (810, 840), 1, false);
    let need = flat(1, (510, 1050), 30, &[(1, 10, 0), (1, 10, 0)]);
    let day = [Some(0)];
    let (_, plan) = planned(&case, &need, &[&day, &day, &day, &day]);
    let attends = |q| duty(&plan, q, 0, &Activity::Meeting(0)).len();
    assert_eq!((0..4).map(attends).sum::<usize>(), 2);
    assert_eq!(attends(2) + attends(3), 1, "one stays for chat");
}

#[test]
fn those_whose_shift_starts_later_come_in_for_the_meeting() {
    let shifts = vec![shift("D", &[(510, 1020)]), shift("N", &[(990, 1440)])];
    let mut case = case(1, 1, shifts, &[&[0], &[0]]);
    meet(&mut case, (830, 860), 0, true);
    let need = flat(1, (510, 1440), 30, &[(1, 10, 0)]);
    let (_, plan) = planned(&case, &need, &[&[Some(0)], &[Some(1)]]);
    assert_eq!(duty(&plan, 1, 0, &Activity::Meeting(0)), [Span::new(830, 860)]);
    assert_eq!(duty(&plan, 0, 0, &Activity::Meeting(0)), [Span::new(830, 860)]);
}

#[test]
fn the_tail_follows_the_shift_and_covers_nothing() {
    let mut late = shift("L", &[(900, 1380)]);
    late.tail_minutes = 30;
    let case = case(1, 1, vec![late], &[&[0]]);
    let need = flat(1, (900, 1440), 30, &[(1, 10, 0)]);
    let (_, plan) = planned(&case, &need, &[&[Some(0)]]);
    assert_eq!(duty(&plan, 0, 0, &Activity::Tail), [Span::new(1380, 1410)]);
    assert_eq!(recount(&need, &plan), 10 * 60 + 10 * 15, "23:00 to 24:00 and the handover");
}
