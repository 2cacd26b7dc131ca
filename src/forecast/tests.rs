//! Generated histories with a known structure, and the table of the back-test.

use super::*;
use crate::base::random::Random;
use crate::calendar::{CalendarDay, DayKind};
use crate::model::PastContacts;
use chrono::{Datelike, Days};

const STARTS: std::ops::Range<i32> = 16..46;

/// What a history is made of.
#[derive(Clone, Copy)]
struct Structure {
    days: u64,
    level: f64,
    /// Growth a day.
    growth: f64,
    /// Whether weekdays and hours differ.
    seasons: bool,
    /// Day and length of a promotion that doubles contacts.
    promotion: Option<(u64, u64)>,
    /// Whether contacts wander from day to day instead of staying near their mean.
    wander: f64,
    /// Days from which on there are 30 % more contacts: customers taken on.
    steps: &'static [u64],
}

/// A large team that takes customers on a week before each block of the back-test.
const STEPS: Structure = Structure { level: 24_000.0, steps: &[91, 119, 147], ..STEADY };

const STEADY: Structure = Structure {
    days: 182,
    level: 600.0,
    growth: 0.0,
    seasons: true,
    promotion: None,
    wander: 0.0,
    steps: &[],
};

fn first() -> NaiveDate {
    "2026-05-04".parse().unwrap()
}

/// Mean of an interval.
fn mean(s: &Structure, day: u64, slot: i32) -> f64 {
    let date = first() + Days::new(day);
    let weekday = if s.seasons {
        [1.15, 1.05, 1.0, 1.0, 0.95, 0.75, 0.7][date.weekday().num_days_from_monday() as usize]
    } else {
        1.0
    };
    let hour = f64::from(slot) / 2.0;
    let shape = |h: f64| 0.25 + (-(h - 10.5).powi(2) / 4.0).exp() + 0.8 * (-(h - 20.0).powi(2) / 6.0).exp();
    let whole: f64 = STARTS.map(|x| shape(f64::from(x) / 2.0)).sum();
    let share = if s.seasons { shape(hour) / whole } else { 1.0 / STARTS.len() as f64 };
    let promotion = s.promotion.is_some_and(|(from, n)| (from..from + n).contains(&day));
    let steps = s.steps.iter().filter(|from| **from <= day).count();
    let level = s.level * (1.0 + s.growth).powf(day as f64) * 1.3f64.powi(steps as i32);
    level * weekday * share * if promotion { 2.0 } else { 1.0 }
}

fn draw(random: &mut Random, mean: f64) -> f64 {
    // e to the minus mean is nothing from some 700 on.
    if mean > 200.0 {
        return draw(random, 200.0) + draw(random, mean - 200.0);
    }
    let (mut n, mut p) = (0.0, random.unit());
    let limit = (-mean).exp();
    while p > limit {
        p *= random.unit();
        n += 1.0;
    }
    n
}

fn history(s: &Structure, seed: u64) -> ContactHistory {
    let mut random = Random::new(seed);
    let mut rows = Vec::new();
    let mut walk = 0.0f64;
    for day in 0..s.days {
        walk += s.wander * (random.unit() + random.unit() + random.unit() - 1.5);
        for slot in STARTS {
            let volume = draw(&mut random, mean(s, day, slot) * walk.exp());
            rows.push(PastContacts {
                date: first() + Days::new(day),
                start: slot * 30,
                channel: 0,
                volume,
                aht_s: 240.0,
            });
        }
    }
    ContactHistory { channels: vec!["voice".into()], rows }
}

/// The calendar with the promotion of the structure, without its factor.
fn calendar(s: &Structure) -> Calendar {
    let mut calendar = Calendar::empty();
    if let Some((from, n)) = s.promotion {
        for day in from..from + n {
            let promotion = CalendarDay { kind: DayKind::Promotion, name: "sale".into(), volume_factor: 1.0 };
            calendar.set(first() + Days::new(day), promotion);
        }
    }
    calendar
}

fn month_after(s: &Structure) -> (NaiveDate, NaiveDate) {
    (first() + Days::new(s.days), first() + Days::new(s.days + 27))
}

/// Mean absolute error against the true means of the coming four weeks, ÷ contacts.
fn error(s: &Structure, method: Method, seed: u64) -> f64 {
    let found = forecast(&history(s, seed), &calendar(s), month_after(s), Some(method)).unwrap();
    let (mut off, mut all) = (0.0, 0.0);
    for row in &found[0].rows {
        let truth = mean(s, (row.date - first()).num_days() as u64, row.start / 30);
        off += (row.volume - truth).abs();
        all += truth;
    }
    off / all
}

#[test]
fn the_back_test_table_of_known_structures() {
    let settings = [
        ("steady, weekday and hours", STEADY),
        ("growing 0.3 % a day", Structure { growth: 0.003, ..STEADY }),
        ("small team, 40 a day", Structure { level: 40.0, ..STEADY }),
        ("promotion of four weeks before", Structure { promotion: Some((140, 28)), ..STEADY }),
        ("promotion month in the test", Structure { promotion: Some((150, 32)), ..STEADY }),
        ("no structure, wandering", Structure { seasons: false, wander: 0.05, ..STEADY }),
        ("24,000 a day, +30 % in steps", STEPS),
    ];
    println!(
        "history                          model: interval   day    bias    naive: interval   day    bias   used"
    );
    let mut used = Vec::new();
    for (name, s) in settings {
        let found = forecast(&history(&s, 7), &calendar(&s), month_after(&s), None).unwrap();
        let t = found[0].test.unwrap();
        let line = |x: &Scores| {
            format!(
                "{:8.1} % {:5.1} % {:+5.1} %",
                100.0 * x.interval_error,
                100.0 * x.day_error,
                100.0 * x.bias
            )
        };
        println!("{name:32} {}   {}   {}", line(&t.model), line(&t.naive), found[0].method.word());
        assert_eq!(found[0].method, t.better());
        used.push((t.model.interval_error, t.naive.interval_error));
    }
    // Noise of single weeks is copied by the naive forecast, and averaged out by the model.
    assert!(used[..3].iter().all(|(m, n)| m < n), "{used:?}");
    // A week after a step the naive forecast knows all of it, the model half, and its slope goes on.
    assert!(used[6].1 < used[6].0, "{used:?}");
}

#[test]
fn where_the_naive_forecast_is_better_its_rows_are_written() {
    let (history, calendar) = (history(&STEPS, 7), calendar(&STEPS));
    let of = |method| forecast(&history, &calendar, month_after(&STEPS), method).unwrap().remove(0);
    let (best, naive, model) = (of(None), of(Some(Method::Naive)), of(Some(Method::Model)));
    assert_eq!((best.method, &best.rows), (Method::Naive, &naive.rows));
    let total = |f: &ChannelForecast| f.rows.iter().map(|r| r.volume).sum::<f64>();
    let truth: f64 =
        (182..210).flat_map(|day| STARTS.map(move |slot| (day, slot))).map(|(d, s)| mean(&STEPS, d, s)).sum();
    assert!((total(&naive) / truth - 1.0).abs() < 0.02, "{} of {truth}", total(&naive));
    assert!((total(&model) / truth - 1.0).abs() > 0.02, "{} of {truth}", total(&model));
}

#[test]
fn what_is_left_of_the_error_is_small_where_the_structure_is_known() {
    for (s, most) in [
        (STEADY, 0.06),
        (Structure { growth: 0.003, ..STEADY }, 0.12),
        (Structure { promotion: Some((140, 28)), ..STEADY }, 0.08),
    ] {
        let (model, naive) = (error(&s, Method::Model, 3), error(&s, Method::Naive, 3));
        assert!(model < most && model < naive, "{model} {naive}");
    }
}

#[test]
fn a_promotion_to_come_has_the_factor_of_the_last_one() {
    let s = Structure { promotion: Some((100, 14)), ..STEADY };
    let mut calendar = calendar(&s);
    let day = first() + Days::new(s.days + 9);
    calendar.set(day, CalendarDay { kind: DayKind::Promotion, name: "sale".into(), volume_factor: 1.0 });
    let found = forecast(&history(&s, 1), &calendar, month_after(&s), Some(Method::Model)).unwrap();
    let total =
        |date: NaiveDate| found[0].rows.iter().filter(|r| r.date == date).map(|r| r.volume).sum::<f64>();
    let ratio = total(day) / total(day + Days::new(7));
    assert!((ratio - 2.0).abs() < 0.15, "{ratio}");
    // A factor in the calendar is left to the calendar.
    calendar.set(day, CalendarDay { kind: DayKind::Promotion, name: "sale".into(), volume_factor: 3.0 });
    let found = forecast(&history(&s, 1), &calendar, month_after(&s), Some(Method::Model)).unwrap();
    let total =
        |date: NaiveDate| found[0].rows.iter().filter(|r| r.date == date).map(|r| r.volume).sum::<f64>();
    assert!((total(day) / total(day + Days::new(7)) - 1.0).abs() < 0.02);
}

#[test]
fn a_short_history_is_refused_and_gaps_are_bridged() {
    let short = history(&Structure { days: 13, ..STEADY }, 1);
    let span = (first() + Days::new(13), first() + Days::new(20));
    assert_eq!(
        forecast(&short, &Calendar::empty(), span, None),
        Err(vec![TooShort { channel: "voice".into(), days: 13 }])
    );
    let mut gaps = history(&STEADY, 1);
    gaps.rows.retain(|r| (r.date - first()).num_days() % 11 != 3);
    let found = forecast(&gaps, &Calendar::empty(), month_after(&STEADY), None).unwrap();
    assert!(found[0].days.1 > 10 && found[0].rows.len() == 28 * STARTS.len());
    assert!(found[0].test.unwrap().model.day_error < 0.1);
}
