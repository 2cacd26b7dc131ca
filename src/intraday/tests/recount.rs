//! Duties counted anew, and what must hold of them on any day.

use super::*;
use crate::base::index::{ChannelIx, ShiftIx};
use crate::base::{DAY_MINUTES, Span};
use crate::intraday::{plan, total_cost};
use crate::model::{Activity, DayCell, DayPlan, HandoverKind, Rota, WorkWindow};

/// Price of shortage and excess that the duties have.
pub(super) fn recount(need: &Requirement, plan: &DayPlan) -> i64 {
    let mut sum = 0;
    for (_, r) in need.by_interval() {
        let time = r.time.shifted(r.day as i32 * DAY_MINUTES);
        let on = Activity::Channel(r.channel);
        let there: i64 = plan
            .duties
            .iter()
            .filter(|d| d.activity == on)
            .map(|d| i64::from(d.time.shifted(d.day as i32 * DAY_MINUTES).overlap(time)))
            .sum();
        let wanted = r.agents * i64::from(time.len());
        sum += r.under_weight * (wanted - there).max(0) + r.over_weight * (there - wanted).max(0);
    }
    let work = crate::check::work_done(need, plan);
    for (w, done) in need.windows.iter().zip(&work.done) {
        sum += w.under_weight * (w.minutes - done);
    }
    for (&place, spare) in &work.spare {
        let r = &need.intervals[place];
        let open = |w: &&WorkWindow| w.day == r.day && w.channel == r.channel && w.time.overlap(r.time) > 0;
        sum += need.windows.iter().find(open).map_or(0, |w| w.over_weight) * spare;
    }
    sum
}

/// What must hold of any plan. Returns the number of handovers that are not on the channel last served (people
/// kept from a meeting until their handover, or who received until then).
pub(super) fn inspect(case: &Case, rota: &Rota, plan: &DayPlan) -> usize {
    let mut off_channel = 0;
    for p in case.person_indices() {
        let mut all: Vec<(Span, &Activity)> = plan
            .duties
            .iter()
            .filter(|d| d.person == p)
            .map(|d| (d.time.shifted(d.day as i32 * DAY_MINUTES), &d.activity))
            .collect();
        all.sort_by_key(|a| a.0);
        for w in all.windows(2) {
            assert!(w[0].0.end <= w[1].0.start, "{p:?} in two places: {w:?}");
        }
        for (day, cell) in rota.cells[p.ix()].iter().enumerate() {
            let duties: Vec<_> = plan.duties.iter().filter(|d| d.day == day && d.person == p).collect();
            let Some(s) = cell.shift() else {
                assert!(duties.is_empty());
                continue;
            };
            let shift = case.shift(s);
            for t in &shift.times {
                let covered: i32 = duties.iter().map(|d| d.time.overlap(*t)).sum();
                assert_eq!(covered, t.len(), "{p:?} day {day}");
            }
            let meals: Vec<_> = duties.iter().filter(|d| d.activity == Activity::Meal).collect();
            assert_eq!(meals.len(), usize::from(shift.meal_minutes > 0));
            for m in meals {
                assert_eq!((m.time.len(), m.time.start % 15), (shift.meal_minutes, 0));
                assert!(shift.meal_window.is_none_or(|w| w.contains(m.time)));
            }
            for d in &duties {
                if let Activity::Channel(c) = d.activity {
                    assert!(case.person(p).serves(c));
                }
            }
            let ends = plan.handovers.iter().filter(|h| h.day == day && h.from == p);
            assert_eq!(ends.count(), shift.times.len(), "every end of a segment is handed over once");
        }
    }
    let minute_of = |day: usize, person, at: i32| {
        let absolute = day as i32 * DAY_MINUTES + at;
        plan.duties.iter().find(|d| {
            let t = d.time.shifted(d.day as i32 * DAY_MINUTES);
            d.person == person && t.start <= absolute && absolute < t.end
        })
    };
    for h in &plan.handovers {
        let last = plan
            .duties
            .iter()
            .filter(|d| d.day == h.day && d.person == h.from && d.time.end <= h.time.start)
            .filter(|d| matches!(d.activity, Activity::Channel(_)))
            .max_by_key(|d| d.time.end);
        off_channel += usize::from(last.is_some_and(|d| d.activity != Activity::Channel(h.channel)));
        assert_eq!(
            minute_of(h.day, h.from, h.time.start).map(|d| &d.activity),
            Some(&Activity::Handover),
            "{h:?}"
        );
        if let Some(to) = h.to {
            assert!(case.person(to).serves(h.channel), "{h:?}");
            assert!(to != h.from || h.kind == HandoverKind::Message, "{h:?}");
            if matches!(h.kind, HandoverKind::Overlap | HandoverKind::EarlyArrival) {
                for at in [h.time.start, h.time.end - 1] {
                    assert_eq!(
                        minute_of(h.day, to, at).map(|d| &d.activity),
                        Some(&Activity::Handover),
                        "{h:?}"
                    );
                }
            }
        }
    }
    off_channel
}

/// A rota of random shifts.
pub(super) fn random_rota(case: &Case, random: &mut Random) -> Rota {
    let mut rota = Rota { horizon: case.horizon, cells: Vec::new() };
    for _ in &case.people {
        let row = (0..case.horizon.days)
            .map(|_| match random.below(4) {
                0 => DayCell::Off,
                _ => DayCell::Work(ShiftIx::new(random.below(case.shifts.len()))),
            })
            .collect();
        rota.cells.push(row);
    }
    rota
}

fn hold(case: &Case, need: &Requirement, random: &mut Random, rounds: usize) -> usize {
    let mut off_channel = 0;
    let (blocks, cells) = build(case, need);
    for _ in 0..rounds {
        let rota = random_rota(case, random);
        let plan = plan(case, &rota, &blocks, &cells);
        off_channel += inspect(case, &rota, &plan);
        assert_eq!(recount(need, &plan), total_cost(&rota, &blocks, &cells));
    }
    off_channel
}

#[test]
fn recounted_duties_of_a_centre_cost_what_the_evaluation_says() {
    let (case, need) = centre(24, 2);
    assert_eq!(hold(&case, &need, &mut Random::new(2), 3), 0);
}

#[test]
fn recounted_duties_agree_with_random_shifts_skills_and_settings() {
    let mut r = Random::new(17);
    let sets: [&[usize]; 7] = [&[0], &[1], &[0, 1], &[2], &[0, 2], &[1, 2], &[0, 1, 2]];
    let mut off_channel = 0;
    for _ in 0..60 {
        let mut shifts = Vec::new();
        for _ in 0..1 + r.below(4) {
            let start = 420 + 5 * r.below(120) as i32;
            let end = start + 180 + 5 * r.below(60) as i32;
            shifts.push(match r.below(4) {
                0 => shift("S", &[(start, end)]),
                1 => shift("S", &[(start, start + 90), (start + 150, end)]),
                _ => {
                    let from = start + 60 + r.below(40) as i32;
                    let minutes = 20 + 10 * r.below(3) as i32;
                    shift_with_meal(
                        "S",
                        &[(start, end)],
                        minutes,
                        (from, from + minutes + 14 + 15 * r.below(3) as i32),
                    )
                }
            });
        }
        if r.below(3) == 0 {
            shifts.push(shift("N", &[(1320, 1320 + 360 + 15 * r.below(12) as i32)]));
        }
        let people = 2 + r.below(8);
        let skills: Vec<&[usize]> = (0..people).map(|_| sets[r.below(7)]).collect();
        let mut case = case(3, 3, shifts, &skills);
        if r.below(2) == 0 {
            come_early(&mut case, 10 + 5 * r.below(3) as i64);
        }
        if r.below(3) == 0 {
            meet(&mut case, (810, 840), r.below(3) as i64, r.below(2) == 0);
        }
        let step = [5, 15, 20, 30, 60][r.below(5)];
        let mut rows: Vec<Need> = Vec::new();
        for d in 0..3 {
            for c in 0..3 {
                let step = if c == 2 && r.below(2) == 0 { 60 } else { step };
                let mut t = if r.below(4) == 0 { 0 } else { 480 };
                while t + step <= 1440 {
                    let (under, over) = (r.below(9) as i64, r.below(3) as i64);
                    rows.push((d, (t, t + step), c, r.below(4) as i64, under, over));
                    t += step;
                }
            }
        }
        let mut need = requirement(&rows);
        if r.below(2) == 0 {
            deferred(&mut need, &mut r);
        }
        off_channel += hold(&case, &need, &mut r, 1);
    }
    assert!(off_channel < 20, "{off_channel} of some 700 handovers");
}

/// Makes the third channel one of deferred work: windows that begin and end with its rows, one of them from its first row
/// to its last.
fn deferred(need: &mut Requirement, r: &mut Random) {
    let mut list: Vec<Need> = Vec::new();
    for day in 0..3 {
        let of_day = |x: &&crate::model::IntervalRequirement| x.day == day && x.channel.0 == 2;
        let rows: Vec<Span> = need.intervals.iter().filter(of_day).map(|x| x.time).collect();
        let (under, over) = (r.below(9) as i64, r.below(3) as i64);
        for i in 0..4 {
            let (a, b) =
                if i == 0 { (0, rows.len() - 1) } else { (r.below(rows.len()), r.below(rows.len())) };
            let (from, to) = (rows[a.min(b)].start, rows[a.max(b)].end);
            list.push((day, (from, to), 2, r.below(400) as i64, under, over));
        }
    }
    add_windows(need, &list);
}

#[test]
fn messages_go_to_a_person_with_the_channel_also_when_nobody_else_is_needed() {
    let case = case(2, 2, vec![shift("D", &[(540, 1080)])], &[&[0], &[0, 1]]);
    let need = flat(2, (540, 1080), 30, &[(1, 10, 0)]);
    let (blocks, cells) = build(&case, &need);
    let rota = rota(&case, &[&[Some(0), None], &[None, Some(0)]]);
    let plan = plan(&case, &rota, &blocks, &cells);
    assert_eq!(plan.handovers[0].to, Some(p(1)));
    assert_eq!(plan.handovers[0].channel, ChannelIx::new(0));
}
