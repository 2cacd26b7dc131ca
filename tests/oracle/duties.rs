//! The inside of a day by search against the integer program of its duties.

use crate::days::{random_days, short_days, tangled_days, with_tasks};
use paiban::base::random::Random;
use paiban::intraday::{Carry, evaluate_cost};
use paiban::model::{Case, Requirement};
use paiban::problem::{Block, compile};
use paiban::solve::duties::best_duties;
use std::time::Duration;

/// Days judged, those where the search was as good as the program, and the sums of both prices.
#[derive(Debug, Default)]
struct Tally {
    judged: usize,
    equal: usize,
    unproven: usize,
    searched: f64,
    least: f64,
}

/// Compares both on all days of the cases, at random head counts up to `most` a supply.
fn compare(seeds: std::ops::Range<u64>, most: i64, make: fn(u64) -> (Case, Requirement)) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        let (case, needs) = make(seed);
        let Ok(compiled) = compile(&case, &needs) else { continue };
        let mut r = Random::new(seed);
        for block in &compiled.problem.blocks {
            let Block::Day(day) = block else { continue };
            let counts: Vec<i64> =
                day.supplies.iter().map(|s| r.below(s.most.min(most) as usize + 1) as i64).collect();
            let searched = evaluate_cost(day, &counts, &Carry::default()).0 as f64;
            let Some(best) = best_duties(day, &counts, Duration::from_secs(5)) else {
                tally.unproven += 1;
                continue;
            };
            for ((supply, &n), meals) in day.supplies.iter().zip(&counts).zip(&best.meals) {
                let all = if supply.meals.is_empty() { 0 } else { n };
                assert_eq!(meals.iter().sum::<i64>(), all, "seed {seed}: everybody eats once");
            }
            assert!(best.cost <= searched + 1e-3, "seed {seed}: {} above {searched}: {counts:?}", best.cost);
            tally.judged += 1;
            tally.equal += usize::from(best.cost > searched - 1e-3);
            tally.searched += searched;
            tally.least += best.cost;
        }
    }
    tally
}

#[test]
fn no_duties_cost_less_than_the_best_of_the_day() {
    let tally = compare(0..80, 2, short_days);
    println!("{tally:?}");
    assert!(tally.judged > 60 && tally.unproven * 10 < tally.judged, "{tally:?}");
    assert!(tally.equal * 10 >= tally.judged * 9, "{tally:?}");
}

#[test]
fn nor_where_there_is_work_off_the_queue() {
    let tally = compare(0..80, 2, |seed| with_tasks(seed, short_days(seed)));
    println!("{tally:?}");
    assert!(tally.judged > 60 && tally.unproven * 10 < tally.judged, "{tally:?}");
}

#[test]
fn nor_where_handovers_share_minutes() {
    let tally = compare(0..400, 4, |seed| tangled_days(seed, 9));
    println!("{tally:?}");
    assert!(tally.judged > 60 && tally.unproven * 10 < tally.judged, "{tally:?}");
    assert!(tally.equal * 10 >= tally.judged * 8, "{tally:?}");
}

/// Larger days: `cargo test --release --test oracle larger_days -- --ignored --nocapture`.
#[test]
#[ignore = "a tool"]
fn larger_days() {
    println!("{:?}", compare(0..60, 2, random_days));
}
