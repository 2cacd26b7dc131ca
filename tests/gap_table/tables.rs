//! The tables in Markdown.

use crate::markdown::{page, percent};
use crate::peers::Peer;
use crate::run::Run;

fn run(subject: &str, seed: u64, time: f64) -> Run {
    Run {
        subject: subject.to_owned(),
        limit: "60 s".to_owned(),
        seed,
        status: "feasible".to_owned(),
        objective: Some(1000 + seed as i64),
        bound: Some(1000 - seed as i64),
        gap: Some(0.001 * seed as f64),
        best_known: Some(1000),
        over_known: Some(0.001 * seed as f64),
        gap_1_s: Some(time),
        ..Run::default()
    }
}

#[test]
fn a_row_has_the_median_and_the_worst_of_its_seeds() {
    let runs = [run("Instance5", 1, 2.0), run("Instance5", 2, 150.4), run("Instance5", 3, 7.0)];
    let text = page(&runs, &[]);
    let row = text.lines().find(|l| l.starts_with("| Instance5")).expect("its row");
    let wanted = "| Instance5 | 60 s | 3 | 1002 | 1003 | 997 | 0.30 % | 1000 | 0.30 % | – | 150 | – | – |";
    assert!(row.starts_with(wanted), "{row}");
}

#[test]
fn months_tell_how_the_time_grows_and_have_no_best_known() {
    let runs = [run("month-10", 1, 1.0), run("month-100", 1, 10.0), run("month-1000", 1, 100.0)];
    let text = page(&runs, &[]);
    assert!(text.contains("people^1.00 seconds (medians; 3 of 3 sizes got there)"), "{text}");
    assert!(!text.contains("best known"), "{text}");
}

#[test]
fn a_small_gap_is_never_rounded_to_none() {
    assert_eq!(percent(Some(0.000_001)), "0.01 %");
    assert_eq!(percent(Some(0.0)), "0.00 %");
    assert_eq!(percent(Some(-0.01)), "-1.00 %");
}

#[test]
fn peers_stand_beside_the_row() {
    let peer = Peer {
        instance: "Instance5".to_owned(),
        solver: "CP-SAT".to_owned(),
        limit: 60.0,
        best: Some(1239.0),
        bound: None,
        seconds: None,
    };
    let text = page(&[run("Instance5", 1, 2.0)], &[peer]);
    assert!(text.contains("| status | CP-SAT |") && text.contains("| feasible | 1239 |"), "{text}");
}
