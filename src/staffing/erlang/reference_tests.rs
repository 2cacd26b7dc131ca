//! Every row of the two reference tables (25 digits, independent formulas), and properties.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Rows of a table as column name → text. Quotes are around cells with commas in the note only.
fn rows(table: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|l| head.iter().copied().zip(l.splitn(head.len(), ',')).collect()).collect()
}

fn number(row: &BTreeMap<&str, &str>, column: &str) -> Option<f64> {
    let text = row[column];
    (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column}: {text}")))
}

fn stream(row: &BTreeMap<&str, &str>) -> Stream {
    let rate = number(row, "arrivals_per_hour").unwrap() / 3600.0;
    Stream { rate, handling_s: number(row, "aht_s").unwrap() }
}

fn figures(row: &BTreeMap<&str, &str>, n: u32) -> Figures {
    let target = number(row, "target_s").unwrap_or(0.0);
    match row["model"] {
        "B" => erlang_b(stream(row), n),
        "C" => erlang_c(stream(row), n, target),
        "A" => erlang_a(stream(row), n, number(row, "patience_s").unwrap(), target),
        other => panic!("{other}"),
    }
}

/// Within 1e-10 of the expected value, relative.
fn close(found: f64, expected: f64) -> bool {
    found == expected || (found - expected).abs() <= 1e-10 * expected.abs()
}

#[test]
fn figures_agree_with_every_row_of_the_reference_table() {
    let rows = rows(include_str!("../../../tests/data/erlang_reference.csv"));
    assert_eq!(rows.len(), 238);
    for row in rows {
        let f = figures(&row, row["agents"].parse().unwrap());
        let columns = [
            ("p_wait", f.p_wait),
            ("service_level", f.service_level),
            ("asa_s", f.wait_s),
            ("occupancy", f.occupancy),
            ("abandon_fraction", f.abandoned),
            ("offered_load_erl", stream(&row).load()),
            ("sl_served_only", f.service_level_of_served),
            ("sl_excl_abandons_before_target", f.service_level_less_early_abandons),
            ("sl_incl_abandons", f.waits_within_target),
            ("asa_served_s", f.wait_of_served_s),
            ("mean_queue_len", f.queue_length),
        ];
        for (column, found) in columns {
            let expected = number(&row, column).unwrap();
            assert!(close(found, expected), "{column}: {found} instead of {expected} in {row:?}");
        }
    }
}

#[test]
fn required_servers_agree_with_every_row_of_the_reference_table() {
    let rows = rows(include_str!("../../../tests/data/erlang_required.csv"));
    assert_eq!(rows.len(), 114);
    for row in rows {
        let target = Target {
            service_level: number(&row, "sl_target"),
            within_s: number(&row, "target_s").unwrap_or(0.0),
            max_occupancy: number(&row, "max_occupancy"),
            max_abandoned: number(&row, "max_abandon"),
            ..Target::default()
        };
        let n = match row["model"] {
            "B" => required_b(stream(&row), &target),
            "C" => required_c(stream(&row), &target),
            _ => required_a(stream(&row), number(&row, "patience_s").unwrap(), &target),
        };
        assert_eq!(n.to_string(), row["agents_required"], "{row:?}");
        let (at, below) = (figures(&row, n), figures(&row, n - 1));
        let columns = [
            ("service_level", at.service_level),
            ("p_wait", at.p_wait),
            ("asa_s", at.wait_s),
            ("occupancy", at.occupancy),
            ("abandon_fraction", at.abandoned),
            ("service_level_n_minus_1", below.service_level),
            ("occupancy_n_minus_1", below.occupancy),
            ("abandon_n_minus_1", below.abandoned),
        ];
        for (column, found) in columns {
            let expected = number(&row, column).unwrap();
            assert!(close(found, expected), "{column}: {found} instead of {expected} in {row:?}");
        }
        assert!(target.reached(&at) && !(n > 1 && target.reached(&below)));
    }
}

#[test]
fn one_server_can_be_enough_below_one_erlang() {
    let stream = Stream { rate: 10.8 / 3600.0, handling_s: 180.0 };
    let target = Target { service_level: Some(0.1), within_s: 60.0, ..Target::default() };
    assert_eq!(required_c(stream, &target), 1);
}

#[test]
fn long_patience_is_close_to_everybody_waiting() {
    let stream = Stream { rate: 200.0 / 3600.0, handling_s: 180.0 };
    let (a, c) = (erlang_a(stream, 14, 1e9, 20.0), erlang_c(stream, 14, 20.0));
    assert!((a.service_level - c.service_level).abs() < 1e-5 && (a.wait_s - c.wait_s).abs() < 1e-3);
}

#[test]
fn overload_with_impatience_stays_finite() {
    let f = erlang_a(Stream { rate: 3.0, handling_s: 300.0 }, 10, 36_000.0, 20.0);
    assert!(f.p_wait > 0.999 && f.wait_s.is_finite() && (0.0..=1.0).contains(&f.service_level));
    assert!((f.abandoned - (1.0 - 10.0 / 900.0)).abs() < 1e-6);
}

proptest! {
    #[test]
    fn more_servers_never_do_worse(
        per_hour in 0.1f64..900.0, handling_s in 10f64..900.0, patience_s in 5f64..3600.0, target_s in 0f64..300.0
    ) {
        let stream = Stream { rate: per_hour / 3600.0, handling_s };
        let first = stream.load() as u32 + 1;
        for n in first..first + 12 {
            for (few, many) in [
                (erlang_b(stream, n), erlang_b(stream, n + 1)),
                (erlang_c(stream, n, target_s), erlang_c(stream, n + 1, target_s)),
                (erlang_a(stream, n, patience_s, target_s), erlang_a(stream, n + 1, patience_s, target_s)),
            ] {
                prop_assert!(many.service_level >= few.service_level - 1e-12);
                prop_assert!(many.p_wait <= few.p_wait + 1e-12);
                prop_assert!(many.wait_s <= few.wait_s * (1.0 + 1e-9) + 1e-12);
                prop_assert!(many.occupancy <= few.occupancy + 1e-12);
                prop_assert!(many.abandoned <= few.abandoned + 1e-12);
            }
        }
    }

    #[test]
    fn the_search_finds_what_counting_up_finds(
        per_hour in 0.1f64..600.0, handling_s in 10f64..600.0, level in 0.1f64..0.99, patience_s in 5f64..3600.0
    ) {
        let stream = Stream { rate: per_hour / 3600.0, handling_s };
        let target = Target { service_level: Some(level), within_s: 20.0, ..Target::default() };
        let c = (stream.load() as u32 + 1..).find(|n| target.reached(&erlang_c(stream, *n, 20.0)));
        prop_assert_eq!(Some(required_c(stream, &target)), c);
        let a = (1..).find(|n| target.reached(&erlang_a(stream, *n, patience_s, 20.0)));
        prop_assert_eq!(Some(required_a(stream, patience_s, &target)), a);
    }
}
