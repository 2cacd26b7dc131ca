//! The arithmetic of the tables and the times of a run.

use crate::figures::{largest, median, power, smallest};
use crate::trace::Trace;

#[test]
fn the_median_is_the_middle_or_the_mean_of_the_two_middle_ones() {
    assert_eq!(median(&[Some(9.0), Some(1.0), Some(4.0)]), Some(4.0));
    assert_eq!(median(&[Some(9.0), Some(1.0), Some(4.0), Some(5.0)]), Some(4.5));
    assert_eq!(median(&[]), None);
}

#[test]
fn what_was_not_reached_is_worse_than_anything() {
    assert_eq!(median(&[None, Some(1.0), Some(4.0)]), Some(4.0));
    assert_eq!(median(&[None, None, Some(4.0)]), None);
    assert_eq!(largest(&[Some(3.0), None]), None);
    assert_eq!(smallest(&[Some(3.0), None]), None);
}

#[test]
fn the_worst_is_the_largest_objective_and_the_smallest_bound() {
    assert_eq!(largest(&[Some(3.0), Some(5.0), Some(4.0)]), Some(5.0));
    assert_eq!(smallest(&[Some(3.0), Some(5.0), Some(4.0)]), Some(3.0));
}

#[test]
fn a_power_law_is_found_again() {
    let points: Vec<(f64, f64)> = [12.0, 36.0, 120.0, 400.0].map(|n: f64| (n, 0.02 * n.powf(1.5))).to_vec();
    let found = power(&points).expect("four sizes");
    assert!((found.exponent - 1.5).abs() < 1e-9 && (found.factor - 0.02).abs() < 1e-9, "{found:?}");
}

#[test]
fn one_size_and_two_points_have_no_exponent() {
    assert_eq!(power(&[]), None);
    assert_eq!(power(&[(12.0, 1.0), (36.0, 2.0)]), None);
    assert_eq!(power(&[(12.0, 1.0), (12.0, 2.0), (12.0, 3.0)]), None);
}

#[test]
fn each_mark_keeps_the_time_at_which_it_was_first_reached() {
    let mut trace = Trace::default();
    trace.see(0.5, None, Some(90));
    trace.see(1.0, Some(2000), Some(-4));
    trace.see(2.0, Some(1000), Some(992));
    trace.see(3.0, Some(1000), Some(999));
    assert_eq!((trace.first, trace.marks, trace.proof), (Some(1.0), [Some(2.0), Some(3.0)], None));
    trace.see(4.0, Some(999), Some(999));
    assert_eq!((trace.marks, trace.proof), ([Some(2.0), Some(3.0)], Some(4.0)));
}
