//! The rows of the tables.

use crate::row::rows;
use crate::run::Run;

fn run(subject: &str, seed: u64, objective: Option<i64>, status: &str) -> Run {
    let (subject, limit, status) = (subject.to_owned(), "10 s".to_owned(), status.to_owned());
    Run { subject, limit, seed, objective, status, ..Run::default() }
}

#[test]
fn a_seed_without_a_rota_spoils_the_worst_but_not_the_median() {
    let runs = [
        run("Instance5", 1, Some(1143), "optimal"),
        run("Instance5", 2, None, "none"),
        run("Instance5", 3, Some(1145), "optimal"),
    ];
    let found = rows(&runs);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].typical(), found[0].worst()), (Some(1145.0), None));
    assert_eq!(found[0].status(), "2 optimal, 1 none");
}

#[test]
fn rows_are_in_the_order_of_the_numbers() {
    let names = ["month-120", "Instance10", "month-36", "Instance9"];
    let runs: Vec<Run> = names.iter().map(|n| run(n, 1, Some(1), "feasible")).collect();
    let found: Vec<String> = rows(&runs).into_iter().map(|r| r.subject).collect();
    assert_eq!(found, ["Instance9", "Instance10", "month-36", "month-120"]);
}
