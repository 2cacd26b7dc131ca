//! The public instances: proven optima, where the folder named by `PAIBAN_NRP24` has them.

use paiban::base::stop::StopCriterion;
use paiban::io::read::read_instance;
use paiban::problem::nrp24;
use paiban::solve::{Observer, SolveEvent, SolveOptions, Status, solve};

struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: SolveEvent) {}
}

/// Solves an instance with a work limit, so that the outcome does not depend on the machine.
fn run(name: &str, work: u64) -> Option<(Status, Option<i64>, Option<i64>)> {
    let Ok(folder) = std::env::var("PAIBAN_NRP24") else {
        println!("skipped: PAIBAN_NRP24 names no folder");
        return None;
    };
    let (instance, found) = read_instance(&std::path::Path::new(&folder).join(name));
    assert!(found.is_empty(), "{name}: {found:?}");
    let problem = nrp24::compile(&instance.expect("the instance is there"));
    let stop = StopCriterion::new(None, Some(work), Default::default());
    let options = SolveOptions { stop, gap: 0.0, seed: 1, threads: 2 };
    let outcome = solve(&problem, &options, &mut Silent);
    Some((outcome.status, outcome.best.map(|b| b.1), outcome.bound))
}

#[test]
fn instances_2_and_4_are_proven_optimal() {
    for (name, optimum) in [("Instance2.txt", 828), ("Instance4.txt", 1716)] {
        if let Some((status, best, bound)) = run(name, 100_000_000) {
            assert_eq!((status, best, bound), (Status::Optimal, Some(optimum), Some(optimum)), "{name}");
        }
    }
}

#[test]
fn no_bound_lies_above_a_known_optimum() {
    for (name, optimum) in [("Instance1.txt", 607), ("Instance5.txt", 1143), ("Instance7.txt", 1056)] {
        if let Some((_, best, bound)) = run(name, 3_000_000) {
            assert!(bound.is_none_or(|b| b <= optimum), "{name}: bound {bound:?}");
            assert!(best.is_none_or(|b| b >= optimum), "{name}: objective {best:?}");
        }
    }
}

#[test]
fn a_small_gap_is_closed_in_a_tree() {
    // The root's bound is 1141 and does not close by itself.
    if let Some((status, best, bound)) = run("Instance5.txt", 200_000_000) {
        assert_eq!((status, best, bound), (Status::Optimal, Some(1143), Some(1143)));
    }
    if let Some((_, best, bound)) = run("Instance7.txt", 200_000_000) {
        let (best, bound) = (best.expect("a rota"), bound.expect("a bound"));
        assert!((1054..=1056).contains(&bound) && (1056..=1062).contains(&best), "{bound} to {best}");
    }
}
