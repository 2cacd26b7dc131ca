use super::{DayLp, Depth, Estimate};
use crate::base::random::Random;
use crate::intraday::{Carry, evaluate_cost};
use crate::model::{Case, Requirement};
use crate::problem::day::testing::{
    add_windows, case, come_early, flat, meet, requirement, shift, shift_with_meal, task, weigh_tasks,
};
use crate::problem::{Block, DayProblem, day};

/// Days of three shifts with a meal and two channels, demand that differs, with and without a price on spare people.
fn days(over: i64) -> Vec<DayProblem> {
    let shifts = vec![
        shift_with_meal("E", &[(480, 960)], 30, (660, 780)),
        shift_with_meal("M", &[(720, 1200)], 30, (960, 1080)),
        shift("L", &[(960, 1380)]),
    ];
    let case = case(1, 2, shifts, &[&[0], &[0, 1], &[1], &[0, 1], &[0], &[1]]);
    let needs = flat(1, (480, 1380), 30, &[(2, 3, over), (1, 4, over)]);
    blocks(&case, &needs)
}

/// A day whose channels take turns while everybody but one a channel meets.
fn meeting_day(seed: u64) -> Vec<DayProblem> {
    let shifts = vec![shift("E", &[(480, 960)]), shift("M", &[(540, 1080)])];
    let mut case = case(1, 2, shifts, &[&[0, 1], &[0, 1], &[1], &[0]]);
    meet(&mut case, (600, 720), 1, false);
    let mut r = Random::new(seed);
    let row = |i: usize| {
        let from = 480 + 30 * (i as i32 / 2);
        (0, (from, from + 30), i % 2, r.below(3) as i64, 1 + r.below(9) as i64, 0)
    };
    blocks(&case, &requirement(&(0..40).map(row).collect::<Vec<_>>()))
}

/// [`days`] whose second channel is deferred work in windows that overlap.
fn window_days(over: i64) -> Vec<DayProblem> {
    let shifts = vec![
        shift_with_meal("E", &[(480, 960)], 30, (660, 780)),
        shift_with_meal("M", &[(720, 1200)], 30, (960, 1080)),
        shift("L", &[(960, 1380)]),
    ];
    let case = case(1, 2, shifts, &[&[0], &[0, 1], &[1], &[0, 1], &[0], &[1]]);
    let mut needs = flat(1, (480, 1380), 30, &[(2, 3, over)]);
    let windows = [((480, 720), 170), ((480, 1020), 200), ((780, 1380), 240), ((1020, 1380), 75)];
    add_windows(&mut needs, &windows.map(|(time, minutes)| (0, time, 1, minutes, 4, over)));
    blocks(&case, &needs)
}

/// [`days`] with tasks: one at a fixed time, one that may lie anywhere in some hours, one for everybody.
fn task_days(over: i64) -> Vec<DayProblem> {
    let shifts = vec![
        shift_with_meal("E", &[(480, 960)], 30, (660, 780)),
        shift_with_meal("M", &[(720, 1200)], 30, (960, 1080)),
        shift("L", &[(960, 1380)]),
    ];
    let mut case = case(1, 2, shifts, &[&[0], &[0, 1], &[1], &[0, 1], &[0], &[1]]);
    task(&mut case, (870, 900), 30, Some(2));
    task(&mut case, (600, 900), 45, Some(3));
    task(&mut case, (990, 1005), 15, None);
    weigh_tasks(&mut case, 4);
    let needs = flat(1, (480, 1380), 30, &[(2, 3, over), (1, 4, over)]);
    blocks(&case, &needs)
}

fn blocks(case: &Case, needs: &Requirement) -> Vec<DayProblem> {
    day::build(case, needs)
        .0
        .into_iter()
        .filter_map(|b| match b {
            Block::Day(day) => Some(*day),
            Block::HeadCount { .. } => None,
        })
        .collect()
}

#[test]
fn one_more_person_saves_no_more_than_the_day_costs() {
    for day in days(0) {
        let mut program = DayLp::new(&day);
        for estimate in [Estimate::Guide, Estimate::Relaxed] {
            let empty = program.value(&vec![0.0; day.supplies.len()], estimate);
            assert!(empty.value > 0.0);
            for slope in empty.slopes {
                assert!(slope.abs() <= empty.value, "{slope} of {}", empty.value);
            }
        }
    }
}

#[test]
fn the_conjugate_lies_below_the_true_cost_of_whole_head_counts() {
    for (over, seed) in [(0, 1), (2, 2), (0, 3), (2, 4), (0, 5), (0, 6), (0, 7)] {
        let others = meeting_day(seed).into_iter().chain(task_days(over)).chain(window_days(over));
        for day in days(over).into_iter().chain(others) {
            let mut r = Random::new(seed);
            let mut program = DayLp::new(&day);
            let high: Vec<f64> = day.supplies.iter().map(|s| s.most as f64).collect();
            let low = vec![0.0; high.len()];
            for _ in 0..10 {
                let prices: Vec<f64> = high.iter().map(|_| 1500.0 * (r.unit() - 0.8)).collect();
                let shallow = Depth { handovers: 80, operations: 0 };
                let deep = Depth { handovers: 80, operations: 1_000_000 };
                let weak = program.conjugate(&prices, &low, &high, shallow).0;
                let strong = program.conjugate(&prices, &low, &high, deep).0;
                assert!(strong >= weak - 1e-3, "{strong} below {weak}");
                for _ in 0..30 {
                    let counts: Vec<i64> =
                        day.supplies.iter().map(|s| r.below(s.most as usize + 1) as i64).collect();
                    let saved: f64 = prices.iter().zip(&counts).map(|(p, &n)| p * n as f64).sum();
                    let cost = evaluate_cost(&day, &counts, &Carry::default()).0 as f64 - saved;
                    assert!(strong <= cost + 1e-3, "{strong} above {cost} at {counts:?}");
                }
            }
        }
    }
}

/// Whole head counts of a day, some of them so many that people who stay cannot receive everybody.
fn random_counts(day: &DayProblem, r: &mut Random) -> Vec<i64> {
    day.supplies.iter().map(|s| r.below(s.most as usize + 1) as i64).collect()
}

#[test]
fn the_guide_lies_below_the_true_cost_where_handovers_go_as_it_expects() {
    let mut short = 0;
    for (over, seed) in [(0, 1), (2, 2), (0, 3)] {
        for day in days(over).into_iter().chain(window_days(over)) {
            let mut r = Random::new(seed);
            let mut program = DayLp::new(&day);
            for _ in 0..60 {
                let counts = random_counts(&day, &mut r);
                let heads: Vec<f64> = counts.iter().map(|&n| n as f64).collect();
                program.expect(&heads);
                short += usize::from(program.expected().iter().any(|&course| course > 0));
                let guide = program.value(&heads, Estimate::Guide).value;
                let cost = evaluate_cost(&day, &counts, &Carry::default()).0 as f64;
                assert!(guide <= cost + 1e-3, "{guide} above {cost} at {counts:?}");
                let relaxed = program.value(&heads, Estimate::Relaxed).value;
                assert!(relaxed <= guide + 1e-3, "{relaxed} above {guide} at {counts:?}");
            }
        }
    }
    assert!(short > 20, "only {short} days on which somebody finds no receiver");
}

#[test]
fn meals_cost_hardly_more_than_whole_people_must() {
    let shifts = vec![
        shift_with_meal("E", &[(480, 1020)], 60, (660, 810)),
        shift_with_meal("M", &[(660, 1200)], 60, (840, 1020)),
        shift_with_meal("L", &[(840, 1380)], 60, (1020, 1200)),
    ];
    let sets: [&[usize]; 4] = [&[0], &[0, 1], &[1, 2], &[0, 1, 2]];
    let skills: Vec<&[usize]> = (0..120).map(|i| sets[i % 4]).collect();
    let case = case(1, 3, shifts, &skills);
    let mut r = Random::new(5);
    let rows: Vec<_> = (0..90)
        .map(|i| {
            let from = 480 + 30 * (i as i32 / 3);
            let busy = if (660..1170).contains(&from) { 13 } else { 9 };
            let price = if i % 3 == 0 { 15 } else { 10 };
            (0, (from, from + 30), i % 3, busy + r.below(4) as i64, price, 1)
        })
        .collect();
    let (mut spent, mut least) = (0.0, 0.0);
    for day in blocks(&case, &requirement(&rows)) {
        let mut program = DayLp::new(&day);
        for _ in 0..40 {
            let counts: Vec<i64> = day.supplies.iter().map(|_| 7 + r.below(3) as i64).collect();
            let heads: Vec<f64> = counts.iter().map(|&n| n as f64).collect();
            let depth = Depth { handovers: 80, operations: 20_000_000 };
            let bound = program.conjugate(&vec![0.0; heads.len()], &heads, &heads, depth).0;
            let cost = evaluate_cost(&day, &counts, &Carry::default()).0;
            assert!(bound <= cost as f64 + 1e-3, "{bound} above {cost} at {counts:?}");
            spent += cost as f64;
            least += bound;
        }
    }
    // What the program leaves out (people who leave with nobody to stay) makes up the rest.
    assert!(spent <= 1.004 * least, "{spent} against {least}");
}

/// Days whose shifts end and begin within minutes of each other, so that handovers share minutes with others and
/// with the reading of messages.
fn tangled_days(seed: u64) -> Vec<DayProblem> {
    let mut r = Random::new(seed);
    let mut shifts = Vec::new();
    for i in 0..3 + r.below(3) {
        let start = 480 + 5 * r.below(30) as i32;
        let end = 720 + 5 * r.below(8) as i32;
        let late = (end - 20 + 5 * r.below(8) as i32, 900 + 5 * r.below(6) as i32);
        let code = ["A", "B", "C", "D", "E"][i % 5];
        shifts.push(match r.below(4) {
            0 => shift(code, &[late]),
            1 => shift(code, &[(start, end), (late.0.max(end + 5), late.1)]),
            2 => shift_with_meal(code, &[(start, end)], 10, (end - 40, end - 5)),
            _ => shift(code, &[(start, end)]),
        });
    }
    let sets: [&[usize]; 3] = [&[0], &[0, 1], &[1]];
    let skills: Vec<&[usize]> = (0..3 + r.below(4)).map(|_| sets[r.below(3)]).collect();
    let mut case = case(1, 2, shifts, &skills);
    if r.below(2) == 0 {
        come_early(&mut case, 5 * (1 + r.below(3) as i64));
    }
    if r.below(3) == 0 {
        let from = 690 + 5 * r.below(8) as i32;
        meet(&mut case, (from, from + 20), r.below(2) as i64, false);
    }
    let mut rows = Vec::new();
    for i in 0..20 {
        for c in 0..2 {
            let from = 480 + 30 * i;
            let over = [0, 0, 2][r.below(3)];
            rows.push((0, (from, from + 30), c, r.below(4) as i64, 1 + r.below(9) as i64, over));
        }
    }
    blocks(&case, &requirement(&rows))
}

#[test]
fn the_conjugate_lies_below_the_true_cost_where_handovers_share_minutes() {
    let mut close = 0;
    for seed in 0..100 {
        for day in tangled_days(seed) {
            let mut r = Random::new(seed);
            let mut program = DayLp::new(&day);
            for _ in 0..40 {
                let counts = random_counts(&day, &mut r);
                let heads: Vec<f64> = counts.iter().map(|&n| n as f64).collect();
                let cost = evaluate_cost(&day, &counts, &Carry::default()).0 as f64;
                let depth = Depth { handovers: 80, operations: 200_000 };
                let bound = program.conjugate(&vec![0.0; heads.len()], &heads, &heads, depth).0;
                assert!(bound <= cost + 1e-3, "seed {seed}: {bound} above {cost} at {counts:?}");
                close += usize::from(bound > 0.99 * cost);
            }
        }
    }
    assert!(close > 2500, "only {close} of 4000 bounds within a hundredth");
}
