//! `meal`: one piece inside one segment, on a quarter of an hour, as long as the shift says, in its window.

use super::{Inside, clocks, slots, worked};
use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Minute, Span, Text, counted};
use crate::check::Facts;
use crate::check::findings::{Fact, Findings, Place};
use crate::model::{Activity, ShiftType};

/// Meals start on multiples of this many minutes.
const QUARTER: Minute = 15;

pub(super) fn meals(f: &Facts<'_>, inside: &Inside<'_>, out: &mut Findings) {
    for (p, d, s) in worked(f) {
        let shift = f.case.shift(s);
        let taken = inside.day(p, d).times(|a| *a == Activity::Meal);
        let Some(fault) = fault(shift, &taken) else { continue };
        let (id, date, code) = (&f.person(p).id, f.date(d as i64), &shift.code);
        let what = Text::new(
            format!("{id}, {code} on {date}: {}", fault.en),
            format!("{id} {date} {code}：{}", fault.zh),
        );
        out.broken(Fact::Meal, Place::day(f, p, d as i64), 1, what, Some(&shift.origin));
    }
}

/// All places where a meal of the shift may lie: in the window where any start fits there.
pub(super) fn places(shift: &ShiftType) -> Vec<Span> {
    let m = shift.meal_minutes;
    let in_segment = |t: &Span| {
        let first = t.start.div_euclid(QUARTER) * QUARTER;
        let t = *t;
        (first..t.end)
            .step_by(QUARTER as usize)
            .map(move |s| Span::new(s, s + m))
            .filter(move |x| t.contains(*x))
    };
    let anywhere: Vec<Span> = shift.times.iter().flat_map(in_segment).collect();
    let Some(window) = shift.meal_window else { return anywhere };
    // The window of a night shift may be written as the next morning's times.
    for window in [window, window.shifted(DAY_MINUTES)] {
        let wanted: Vec<Span> = anywhere.iter().copied().filter(|x| window.contains(*x)).collect();
        if !wanted.is_empty() {
            return wanted;
        }
    }
    anywhere
}

/// Whether the meal can be had clear of the own handovers, of reading messages and of all meetings of the day.
pub(super) fn avoids_all(f: &Facts<'_>, p: PersonIx, d: usize, s: ShiftIx) -> bool {
    let shift = f.case.shift(s);
    let (minutes, early) = f.handover(p, s, d);
    let mut busy = slots(shift, minutes);
    if !early {
        busy.extend(shift.times.iter().map(|t| Span::new(t.start, t.end.min(t.start + minutes))));
    }
    busy.extend(f.case.meetings_of(p, s, f.date(d as i64)).into_iter().map(|m| f.case.meetings[m].time));
    places(shift).iter().any(|x| busy.iter().all(|b| b.overlap(*x) == 0))
}

fn fault(shift: &ShiftType, taken: &[Span]) -> Option<Text> {
    let m = shift.meal_minutes;
    let shown = |t: &[Span]| t.iter().map(|&x| clocks(x)).collect::<Vec<_>>().join(", ");
    if m == 0 {
        let c = shown(taken);
        return (!taken.is_empty()).then(|| {
            Text::new(format!("a meal at {c}, the shift has none"), format!("{c} 用餐，但该班次没有用餐"))
        });
    }
    let places = places(shift);
    if places.is_empty() && taken.is_empty() {
        // No stretch of the shift holds its meal: nothing can be right.
        return None;
    }
    let [meal] = taken else {
        let (n, c) = (taken.len(), shown(taken));
        return Some(Text::new(
            format!("{} ({c}) instead of one of {m} minutes", counted(n, "meal", "meals")),
            format!("有 {n} 次用餐（{c}），应为一次 {m} 分钟"),
        ));
    };
    if places.contains(meal) {
        return None;
    }
    let c = clocks(*meal);
    Some(if meal.len() != m {
        Text::new(format!("the meal {c} is not {m} minutes long"), format!("用餐 {c} 不是 {m} 分钟"))
    } else if meal.start.rem_euclid(QUARTER) != 0 {
        Text::new(
            format!("the meal {c} does not start on a quarter of an hour"),
            format!("用餐 {c} 不在整刻开始"),
        )
    } else if !shift.times.iter().any(|t| t.contains(*meal)) {
        Text::new(format!("the meal {c} is not inside one segment"), format!("用餐 {c} 不在同一时段内"))
    } else {
        let w = shift.meal_window.map(clocks).unwrap_or_default();
        Text::new(format!("the meal {c} is outside its window {w}"), format!("用餐 {c} 不在用餐时段 {w} 内"))
    })
}
