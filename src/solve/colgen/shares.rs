//! What windows solved side by side may use of what they share, so that their gains add up.
//!
//! A limit of the whole horizon leaves a person some slack in a sum. Two windows that both used it would break the limit
//! together. So one task, drawn anew each time, may use all of it, and in the others no sum rises or falls that is held on
//! that side. Where windows touch, those others keep the days at the border as far as its rules can look.

use super::master::Mask;
use super::model::Column;
use crate::base::random::Random;
use crate::problem::{LineProblem, RosterProblem, What, Windowed};
use std::ops::Range;

/// A person's part of a share.
#[derive(Clone, Debug, Default)]
struct Own {
    /// Sums that may not rise, and that may not fall.
    capped: Vec<usize>,
    propped: Vec<usize>,
    /// Days that stay as they are.
    kept: Vec<usize>,
}

/// What one task may use.
#[derive(Clone, Debug)]
pub(super) struct Share {
    people: Vec<Own>,
}

/// Divides what `tasks` (each with its windows, all disjoint) share: one of them, by chance, has everything.
pub(super) fn share_out(
    problem: &RosterProblem,
    rota: &[Column],
    tasks: &[Vec<Range<usize>>],
    random: &mut Random,
) -> Vec<Share> {
    let mut shares = vec![Share { people: vec![Own::default(); rota.len()] }; tasks.len()];
    if tasks.len() < 2 {
        return shares;
    }
    let first = random.below(tasks.len());
    let borders = borders(tasks);
    for (p, (line, own)) in problem.people.iter().zip(rota).enumerate() {
        for (r, sum) in line.resources.iter().enumerate() {
            let most = (0..problem.days).map(|d| line.options[d].iter().map(|o| o.amounts[r]).max());
            let most = sum.start + most.map(|m| m.unwrap_or(0)).sum::<i32>();
            let high = sum.checkpoints.iter().any(|c| c.high.is_some_and(|h| h < most));
            let low = sum.checkpoints.iter().any(|c| c.low.is_some_and(|l| l > 0));
            for (_, share) in shares.iter_mut().enumerate().filter(|s| s.0 != first) {
                if high {
                    share.people[p].capped.push(r);
                }
                if low {
                    share.people[p].propped.push(r);
                }
            }
        }
        for &(day, before, after) in &borders {
            let (task, days) = if before != first {
                (before, run(line, own, (0..day).rev()))
            } else {
                (after, run(line, own, day..problem.days))
            };
            shares[task].people[p].kept.extend(days);
        }
    }
    shares
}

/// Days where a window of one task ends and one of another begins: (first day after, the one, the other).
fn borders(tasks: &[Vec<Range<usize>>]) -> Vec<(usize, usize, usize)> {
    let windows = || tasks.iter().enumerate().flat_map(|(t, own)| own.iter().map(move |w| (t, w)));
    windows()
        .flat_map(|(a, one)| {
            windows()
                .filter(move |(b, other)| *b != a && other.start == one.end)
                .map(move |(b, _)| (one.end, a, b))
        })
        .collect()
}

/// The first run of work or of rest on the way through `days`, and the day that ends it.
fn run(line: &LineProblem, own: &Column, days: impl Iterator<Item = usize>) -> Vec<usize> {
    let rests = |d: usize| line.options[d][usize::from(own.choice[d])].what == What::Off;
    let mut kept: Vec<usize> = Vec::new();
    for d in days {
        kept.push(d);
        if rests(d) != rests(kept[0]) {
            break;
        }
    }
    kept
}

impl Share {
    /// Whether it has all of what is shared.
    pub(super) fn is_free(&self) -> bool {
        self.people.iter().all(|o| o.capped.is_empty() && o.propped.is_empty() && o.kept.is_empty())
    }

    /// Narrows the limits of the sums to what the share leaves.
    pub(super) fn narrow(&self, windowed: &mut Windowed, problem: &RosterProblem, rota: &[Column]) {
        let people = windowed.problem.people.iter_mut().zip(&problem.people).zip(rota).zip(&self.people);
        for (((part, line), own), share) in people {
            let now =
                |r: usize, day: usize| line.resources[r].start + line.amount(r, &own.choice, 0..day + 1);
            for (r, sum) in part.resources.iter_mut().enumerate() {
                let whole = &line.resources[r].checkpoints;
                if whole.iter().any(|c| c.reset) {
                    continue;
                }
                for (point, old) in sum.checkpoints.iter_mut().zip(whole) {
                    if share.capped.contains(&r) {
                        point.high = point.high.map(|h| h.min(now(r, old.day)));
                    }
                    if share.propped.contains(&r) {
                        point.low = point.low.map(|l| l.max(now(r, old.day)));
                    }
                }
            }
        }
    }

    /// Fixes the days that are kept.
    pub(super) fn keep(&self, windowed: &Windowed, masks: &mut [Mask], lines: &[Column]) {
        for ((mask, line), own) in masks.iter_mut().zip(lines).zip(&self.people) {
            for d in windowed.free().filter(|(_, day)| own.kept.contains(day)).map(|f| f.0) {
                mask.fix(d, usize::from(line.choice[d]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::stop::StopCriterion;
    use crate::io::read::parse_instance;
    use crate::problem::nrp24;
    use crate::solve::colgen::days::Days;
    use crate::solve::colgen::evaluate::Evaluator;
    use crate::solve::colgen::model::Model;
    use crate::solve::colgen::start::start;
    use crate::solve::colgen::windows::{merged, solve_window};

    /// Six weeks of six people and two types of shift; minutes are held from both sides.
    fn text(seed: u64) -> String {
        let mut r = Random::new(seed);
        let mut text = "SECTION_HORIZON\n42\nSECTION_SHIFTS\nE,480,\nL,600,E\nSECTION_STAFF\n".to_owned();
        for p in 0..6 {
            text += &format!("P{p},E=42|L={},14400,12000,5,2,2,{}\n", 8 + p, 3 + p % 2);
        }
        text += "SECTION_SHIFT_ON_REQUESTS\n";
        (0..6).for_each(|p| text += &format!("P{p},{},L,{}\n", r.below(42), 1 + r.below(3)));
        text += "SECTION_COVER\n";
        for d in 0..42 {
            text += &format!("{d},E,{},100,1\n{d},L,{},100,1\n", 1 + r.below(3), 1 + r.below(2));
        }
        text
    }

    /// Weeks of windows solved side by side, of six: halves that touch, twice, and two that do not.
    const PARTS: [&[&[(usize, usize)]]; 3] =
        [&[&[(0, 3)], &[(3, 6)]], &[&[(1, 4)], &[(0, 1), (4, 6)]], &[&[(0, 2)], &[(3, 5)]]];

    #[test]
    fn gains_of_windows_side_by_side_add_up() {
        let stop = || StopCriterion::new(None, Some(50_000_000), Default::default());
        let mut gains = 0;
        for seed in 0..6 {
            let (instance, found) = parse_instance("shares", &text(seed));
            let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
            let model = Model::new(&problem);
            let evaluator = Evaluator::new(&model);
            let price = |rota: &[Column]| {
                let score = evaluator.score(&rota.iter().collect::<Vec<_>>());
                assert_eq!(score.broken, 0);
                score.price
            };
            let mut random = Random::new(seed);
            let Ok((mut rota, _)) = start(&model, &mut Days::new(&model), 1, &mut random, &stop()) else {
                panic!("seed {seed}: no start")
            };
            for parts in PARTS {
                let days = |&(from, to): &(usize, usize)| 7 * from..7 * to;
                let tasks: Vec<Vec<Range<usize>>> =
                    parts.iter().map(|weeks| weeks.iter().map(days).collect()).collect();
                let shares = share_out(&problem, &rota, &tasks, &mut random);
                let before = price(&rota);
                let mut sum = 0;
                let mut together = rota.clone();
                for (windows, share) in tasks.iter().zip(&shares) {
                    let solved = solve_window(&problem, &rota, windows, share, &mut random, &stop());
                    let Some(lines) = solved.lines else { continue };
                    let alone = merged(&model, &rota, windows, &lines);
                    sum += before - price(&alone);
                    together = merged(&model, &together, windows, &lines);
                }
                let after = price(&together);
                assert_eq!(before - after, sum, "seed {seed}, {tasks:?}");
                gains += i32::from(sum > 0);
                rota = together;
            }
        }
        assert!(gains >= 6, "{gains} gains");
    }

    #[test]
    fn only_one_task_may_use_the_slack_of_a_sum_and_the_days_at_a_border() {
        let (instance, found) = parse_instance("shares", &text(1));
        let problem = nrp24::compile(&instance.unwrap_or_else(|| panic!("{found:?}")));
        let model = Model::new(&problem);
        let stop = StopCriterion::new(None, Some(50_000_000), Default::default());
        let mut random = Random::new(1);
        let Ok((rota, _)) = start(&model, &mut Days::new(&model), 2, &mut random, &stop) else {
            panic!("no start")
        };
        let tasks = [0..21, 21..42].map(|window| std::iter::once(window).collect::<Vec<_>>());
        let mut firsts = [0, 0];
        for seed in 0..20 {
            let shares = share_out(&problem, &rota, &tasks, &mut Random::new(seed));
            assert!(shares[0].is_free() != shares[1].is_free());
            let first = usize::from(shares[1].is_free());
            firsts[first] += 1;
            let other = &shares[1 - first];
            let at = if first == 0 { 21 } else { 20 };
            assert!(other.people.iter().all(|o| !o.capped.is_empty() && o.kept.contains(&at)), "seed {seed}");
        }
        assert!(firsts[0] > 0 && firsts[1] > 0, "{firsts:?}");
    }
}
