//! The simulation against exact formulas: Erlang C and A from one to two hundred people.

use super::*;
use crate::model::LevelDefinition;
use crate::staffing::erlang::{Figures as Exact, Stream, erlang_a, erlang_c};

/// (people, share of their time asked for, handling time, patience, target wait)
const SETTINGS: [(u32, f64, f64, Option<f64>, f64); 30] = [
    (1, 0.40, 120.0, None, 20.0),
    (1, 0.70, 120.0, None, 20.0),
    (2, 0.50, 180.0, None, 20.0),
    (2, 0.80, 180.0, None, 60.0),
    (3, 0.60, 240.0, None, 15.0),
    (4, 0.75, 180.0, None, 20.0),
    (5, 0.60, 300.0, None, 30.0),
    (6, 0.85, 120.0, None, 20.0),
    (8, 0.70, 240.0, None, 15.0),
    (10, 0.80, 180.0, None, 20.0),
    (14, 0.714, 180.0, None, 20.0),
    (20, 0.85, 180.0, None, 20.0),
    (30, 0.85, 240.0, None, 15.0),
    (50, 0.90, 180.0, None, 20.0),
    (100, 0.92, 180.0, None, 20.0),
    (1, 0.60, 180.0, Some(60.0), 20.0),
    (1, 1.50, 180.0, Some(120.0), 20.0),
    (2, 0.90, 240.0, Some(30.0), 15.0),
    (3, 1.00, 180.0, Some(180.0), 20.0),
    (4, 1.20, 120.0, Some(240.0), 20.0),
    (5, 0.80, 300.0, Some(90.0), 30.0),
    (6, 1.50, 180.0, Some(300.0), 20.0),
    (8, 0.95, 240.0, Some(180.0), 15.0),
    (10, 1.05, 180.0, Some(60.0), 20.0),
    (15, 0.90, 180.0, Some(600.0), 20.0),
    (20, 1.10, 180.0, Some(180.0), 20.0),
    (30, 1.00, 240.0, Some(120.0), 60.0),
    (50, 0.96, 60.0, Some(120.0), 10.0),
    (100, 1.02, 180.0, Some(180.0), 20.0),
    (200, 0.98, 180.0, Some(300.0), 20.0),
];

/// Hours before counting begins, and hours counted.
const HOURS: (f64, f64) = (6.0, 6.0);

pub(super) fn queue(patience_s: Option<f64>) -> Queue {
    Queue {
        deferred: false,
        patience_s,
        concurrency: 1.0,
        growth: 0.0,
        deadline_s: 0.0,
        open_hours: false,
        touches: 1,
        busy: 1.0,
        flexible: false,
        target: 0.8,
        absence: 0.0,
    }
}

/// People on one channel from 0 to `end_s`.
pub(super) fn always(people: u32, end_s: f64) -> (Vec<Stretch>, Vec<Vec<usize>>) {
    let stretch = |p| Stretch { person: p, day: 0, channel: 0, time: (0.0, end_s), last: true };
    ((0..people as usize).map(stretch).collect(), vec![vec![0]; people as usize])
}

fn world(people: u32, rate: f64, handling_s: f64, patience_s: Option<f64>, target_s: f64) -> World {
    let (from, end_s) = (HOURS.0 * 3600.0, (HOURS.0 + HOURS.1) * 3600.0);
    let arrivals = |time: (f64, f64)| Arrivals {
        channel: 0,
        time,
        volume: rate * (time.1 - time.0),
        handling_s,
        target_s,
        needed: 0,
    };
    let (stretches, skills) = always(people, end_s);
    World {
        queues: vec![queue(patience_s)],
        arrivals: vec![arrivals((0.0, from)), arrivals((from, end_s))],
        carried: Vec::new(),
        stretches,
        skills,
        end_s,
    }
}

#[test]
fn thirty_settings_agree_with_erlang_c_and_a() {
    let (mut judged, mut outside, mut worst) = (0, 0, 0.0f64);
    println!("people  load   formula  simulated  95 % interval      wait: formula  simulated");
    for (people, use_of, handling_s, patience_s, target_s) in SETTINGS {
        let rate = use_of * f64::from(people) / handling_s;
        let stream = Stream { rate, handling_s };
        let exact: Exact = match patience_s {
            Some(p) => erlang_a(stream, people, p, target_s),
            None => erlang_c(stream, people, target_s),
        };
        let options = Options { runs: 80, seed: 20_261_001, pooled: false, managed: false };
        let played = play(&world(people, rate, handling_s, patience_s, target_s), &[vec![1]], &options);
        let found = played.figures(0);
        let level = found.level(LevelDefinition::Offered).unwrap();
        let wait = found.wait_s.unwrap();
        println!(
            "{people:6} {:6.1} {:8.4} {:9.4}   {:.4} to {:.4} {:12.2} {:10.2}",
            stream.load(),
            exact.service_level,
            level.mean,
            level.low,
            level.high,
            exact.wait_s,
            wait.mean
        );
        let deviations =
            |value: f64, i: &Interval95| 1.96 * (value - i.mean).abs() / (i.high - i.mean).max(1e-9);
        worst = worst.max(deviations(exact.service_level, &level)).max(deviations(exact.wait_s, &wait));
        judged += 1;
        outside += usize::from(!level.holds(exact.service_level));
        if patience_s.is_some() {
            assert!(deviations(exact.abandoned, &found.abandoned.unwrap()) < 4.5);
        }
    }
    println!(
        "{outside} of {judged} settings lie outside their 95 % interval; the farthest is {worst:.1} standard errors away"
    );
    // Of thirty, one or two are outside; five or more happen once in seventy times.
    assert!(outside <= 4 && worst < 4.5, "{outside} outside, {worst}");
}

#[test]
fn all_four_definitions_agree_with_erlang_a() {
    let (people, rate, handling_s, patience_s, target_s) = (10, 11.0 / 180.0, 180.0, 60.0, 20.0);
    let options = Options { runs: 200, seed: 5, pooled: false, managed: false };
    let found =
        play(&world(people, rate, handling_s, Some(patience_s), target_s), &[vec![1]], &options).figures(0);
    let exact = erlang_a(Stream { rate, handling_s }, people, patience_s, target_s);
    for (definition, word) in LevelDefinition::ALL {
        let level = found.level(definition).unwrap();
        let away = (level.mean - exact.level(definition)).abs() / (level.high - level.mean) * 1.96;
        assert!(away < 4.0, "{word}: {level:?} and {}", exact.level(definition));
    }
}

#[test]
fn the_figures_do_not_depend_on_the_threads() {
    let world = world(8, 0.04, 180.0, Some(100.0), 20.0);
    let options = Options { runs: 24, seed: 3, pooled: false, managed: false };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| play(&world, &[vec![0], vec![1], vec![0, 1]], &options))
    };
    let (one, three) = (on(1), on(3));
    assert_eq!(one.events, three.events);
    assert!((0..3).all(|g| one.figures(g) == three.figures(g)));
    let other = play(&world, &[vec![0]], &Options { seed: 4, ..options });
    assert_ne!(other.figures(0), one.figures(0));
}

#[test]
fn the_last_one_stays_until_nobody_waits() {
    // Everybody comes in the last ten minutes of an hour in which one person serves; nobody may be left over.
    let late = Arrivals {
        channel: 0,
        time: (3000.0, 3600.0),
        volume: 20.0,
        handling_s: 180.0,
        target_s: 20.0,
        needed: 0,
    };
    let (stretches, skills) = always(1, 3600.0);
    let world = World {
        queues: vec![queue(None)],
        arrivals: vec![late],
        carried: Vec::new(),
        stretches,
        skills,
        end_s: 86_400.0,
    };
    let played = play(&world, &[vec![0]], &Options { runs: 50, seed: 1, pooled: false, managed: false });
    let f = played.figures(0);
    let level = f.level(LevelDefinition::Served).unwrap();
    assert!((level.mean * f.offered - f.in_time).abs() < 1e-6 * f.offered + 0.3 * f.offered);
    // Twenty calls of three minutes, ten minutes before closing.
    assert!((played.tail_minutes() - 50.0).abs() < 8.0, "{}", played.tail_minutes());
}

#[test]
fn absence_takes_whole_shifts() {
    let mut world = world(40, 0.1, 180.0, None, 20.0);
    world.queues[0].absence = 0.25;
    let played = play(&world, &[vec![1]], &Options { runs: 60, seed: 9, pooled: false, managed: false });
    assert!((played.absent_share() - 0.25).abs() < 0.02, "{}", played.absent_share());
}
