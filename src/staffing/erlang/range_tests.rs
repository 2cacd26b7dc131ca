//! The whole range of loads and patience: figures are finite, within their bounds, and move the right way.

use super::*;
use proptest::prelude::*;

/// Numbers spread evenly over orders of magnitude.
fn over(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (low.ln()..high.ln()).prop_map(f64::exp)
}

fn sound(f: &Figures) -> bool {
    let shares = [
        f.p_wait,
        f.service_level,
        f.service_level_of_served,
        f.service_level_less_early_abandons,
        f.waits_within_target,
        f.occupancy,
        f.abandoned,
    ];
    shares.iter().all(|s| (0.0..=1.0).contains(s))
        && [f.wait_s, f.wait_of_served_s, f.queue_length].iter().all(|s| s.is_finite() && *s >= 0.0)
}

/// Whether `b` is not better than `a` but for rounding.
fn no_better(a: f64, b: f64) -> bool {
    b <= a + 1e-9 * a.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn impatience_of_any_size_gives_sound_figures_that_fall_with_fewer_people(
        load in over(0.01, 1e5), handling_s in over(5.0, 3600.0), patience_s in over(1.0, 1e6),
        use_of in 0.3f64..3.0, target_s in 0f64..600.0,
    ) {
        let stream = Stream { rate: load / handling_s, handling_s };
        let n = (load / use_of).ceil().max(1.0) as u32;
        let more = n + 1 + n / 50;
        let (few, many) = (erlang_a(stream, n, patience_s, target_s), erlang_a(stream, more, patience_s, target_s));
        prop_assert!(sound(&few) && sound(&many), "{few:?} {many:?}");
        prop_assert!(no_better(many.service_level, few.service_level), "{few:?} {many:?}");
        prop_assert!(no_better(few.p_wait, many.p_wait) && no_better(few.abandoned, many.abandoned));
        prop_assert!(no_better(few.wait_s, many.wait_s) && no_better(few.occupancy, many.occupancy));
        let longer = erlang_a(stream, n, patience_s, target_s + 10.0);
        prop_assert!(no_better(longer.service_level, few.service_level));
        let busier = erlang_a(Stream { rate: stream.rate * 1.02, handling_s }, n, patience_s, target_s);
        prop_assert!(no_better(few.service_level, busier.service_level), "{few:?} {busier:?}");
        let patient = erlang_a(stream, n, patience_s * 1.1, target_s);
        prop_assert!(no_better(few.abandoned, patient.abandoned), "{few:?} {patient:?}");
        // Little's law, and work that is neither left nor done by anybody.
        prop_assert!((few.queue_length - stream.rate * few.wait_s).abs() <= 1e-9 * few.queue_length + 1e-12);
    }

    #[test]
    fn waiting_of_any_size_gives_sound_figures(load in over(0.01, 1e5), handling_s in over(5.0, 3600.0), spare in over(1e-3, 1.0)) {
        let stream = Stream { rate: load / handling_s, handling_s };
        let n = (load * (1.0 + spare)).ceil().max(load.floor() + 1.0) as u32;
        let (few, many) = (erlang_c(stream, n, 20.0), erlang_c(stream, n + 1 + n / 50, 20.0));
        prop_assert!(sound(&few) && sound(&many), "{few:?} {many:?}");
        prop_assert!(no_better(many.service_level, few.service_level) && no_better(few.wait_s, many.wait_s));
        let lost = loss_probability(load, n);
        prop_assert!((0.0..=1.0).contains(&lost) && lost <= few.p_wait + 1e-12);
    }

    #[test]
    fn the_number_required_is_enough_and_one_fewer_is_not(
        load in over(0.01, 1e5), handling_s in over(30.0, 900.0), patience_s in over(1.0, 1e6),
        level in 0.5f64..0.99, limits in (proptest::option::of(0.001f64..0.2), proptest::option::of(0.5f64..0.95), proptest::option::of(1f64..60.0)),
        definition in 0usize..4,
    ) {
        let stream = Stream { rate: load / handling_s, handling_s };
        let target = Target {
            service_level: Some(level), within_s: 20.0, max_abandoned: limits.0, max_occupancy: limits.1,
            max_wait_s: limits.2, definition: crate::model::LevelDefinition::ALL[definition].0,
        };
        let n = required_a(stream, patience_s, &target);
        let reached = |n| target.reached(&erlang_a(stream, n, patience_s, 20.0));
        prop_assert!(reached(n), "{n}");
        prop_assert!(n == 1 || !reached(n - 1), "{n}");
        let c = required_c(stream, &target);
        prop_assert!(target.reached(&erlang_c(stream, c, 20.0)));
        prop_assert!(f64::from(c - 1) <= load || !target.reached(&erlang_c(stream, c - 1, 20.0)));
    }
}

#[test]
fn the_ends_of_the_range_are_finite() {
    for load in [0.01, 1.0, 100.0, 1e5] {
        for patience_s in [1.0, 60.0, 1e6] {
            for n in [1u32, (load as u32).max(1), load as u32 + 1, 2 * (load as u32 + 1)] {
                let f = erlang_a(Stream { rate: load / 300.0, handling_s: 300.0 }, n, patience_s, 20.0);
                assert!(sound(&f), "{load} {patience_s} {n}: {f:?}");
            }
        }
    }
    let nobody = erlang_a(Stream { rate: 0.1, handling_s: 300.0 }, 0, 60.0, 20.0);
    assert!(sound(&nobody) && nobody.abandoned == 1.0 && nobody.service_level == 0.0);
}

#[test]
fn the_four_definitions_differ_where_contacts_leave() {
    let f = erlang_a(Stream { rate: 0.05, handling_s: 300.0 }, 14, 60.0, 20.0);
    let levels = crate::model::LevelDefinition::ALL.map(|(d, _)| f.level(d));
    assert!(levels[0] < levels[2] && levels[2] < levels[3] && levels[0] < levels[1], "{levels:?}");
}
