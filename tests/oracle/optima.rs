//! The optimum three times: by trying everything, by the compact program, by column generation; and the checker's
//! word on it.

use crate::brute::{lines_of, optimum};
use crate::cases::{Size, random_case};
use paiban::problem::compile;
use paiban::solve::compact::{self, Compact};
use std::time::Duration;

/// Cases from `seed` on that can be tried out: at most `most` combinations.
fn small_cases(first: u64, number: usize, most: u64, mut judge: impl FnMut(u64)) {
    let mut found = 0;
    let mut seed = first;
    while found < number {
        seed += 1;
        let (case, requirement) = random_case(seed, TINY);
        let Ok(compiled) = compile(&case, &requirement) else { continue };
        if lines_of(&compiled.problem, most).is_some() {
            judge(seed);
            found += 1;
        }
    }
}

const TINY: Size = Size {
    people: 5,
    days: 7,
    codes: 3,
    history: 9,
    hard: 0.25,
    rules: 0.25,
    meals: true,
    channels: 2,
    intervals: 3,
};

#[test]
fn the_compact_program_finds_the_optimum() {
    let (mut equal, mut unknown, mut infeasible) = (0, Vec::new(), 0);
    small_cases(0, 30, 20_000, |seed| {
        let (case, requirement) = random_case(seed, TINY);
        let compiled = compile(&case, &requirement).expect("compiled before");
        let lines = lines_of(&compiled.problem, 20_000).expect("enumerated before");
        let truth = optimum(&compiled.problem, &lines);
        let answer = compact::solve(&compiled.problem, Duration::from_secs(20));
        match (&truth, &answer) {
            (None, Compact::Infeasible) => infeasible += 1,
            (Some((best, _)), Compact::Found { objective, proven: true, .. }) => {
                assert_eq!(best, objective, "seed {seed}");
                equal += 1;
            }
            (Some((best, _)), Compact::Found { objective, .. }) => {
                assert!(objective >= best, "seed {seed}: better than the best");
                unknown.push(seed);
            }
            (_, Compact::Unknown) => unknown.push(seed),
            _ => panic!("seed {seed}: {truth:?} against {answer:?}"),
        }
    });
    println!("{equal} equal, {infeasible} infeasible, unknown {unknown:?}");
}
