//! The simulation against closed forms of a chat and of deferred work, and pooling.

use super::formula_tests::{always, queue};
use super::*;
use crate::model::LevelDefinition;
use crate::staffing::Desks;
use crate::staffing::erlang::Stream;

fn away(value: f64, i: &Interval95) -> f64 {
    1.96 * (value - i.mean).abs() / (i.high - i.mean).max(1e-9)
}

fn chat(people: u32, concurrency: f64, growth: f64, rate: f64, patience_s: Option<f64>) -> (World, f64) {
    let (from, end_s) = (20_000.0, 45_000.0);
    let handling_s = 300.0;
    let arrivals = |time: (f64, f64)| Arrivals {
        channel: 0,
        time,
        volume: rate * (time.1 - time.0),
        handling_s,
        target_s: 60.0,
        needed: 0,
    };
    let (stretches, skills) = always(people, end_s);
    let world = World {
        queues: vec![Queue { concurrency, growth, ..queue(patience_s) }],
        arrivals: vec![arrivals((0.0, from)), arrivals((from, end_s))],
        carried: Vec::new(),
        stretches,
        skills,
        end_s,
    };
    (world, handling_s)
}

#[test]
fn chats_agree_with_the_closed_form() {
    // One person whose sessions grow, and several whose sessions do not: the chain is exact there.
    for (people, concurrency, growth, rate, patience_s) in [
        (1, 3.0, 0.4, 0.0045, None),
        (1, 4.0, 0.25, 0.006, Some(120.0)),
        (4, 3.0, 0.0, 0.032, None),
        (6, 2.0, 0.0, 0.045, Some(90.0)),
    ] {
        let (world, handling_s) = chat(people, concurrency, growth, rate, patience_s);
        let desks = Desks { people, concurrency, growth };
        let exact = desks.figures(Stream { rate, handling_s }, patience_s, 60.0);
        let found = play(&world, &[vec![1]], &Options { runs: 200, seed: 11, pooled: false, managed: false })
            .figures(0);
        let (level, wait) = (found.level(LevelDefinition::Offered).unwrap(), found.wait_s.unwrap());
        println!(
            "chat {people} x {concurrency}, growth {growth}: {:.4}, simulated {:.4} ({:.4} to {:.4})",
            exact.service_level, level.mean, level.low, level.high
        );
        assert!(
            away(exact.service_level, &level) < 3.5 && away(exact.wait_s, &wait) < 3.5,
            "{exact:?} {found:?}"
        );
    }
}

#[test]
fn the_even_spread_of_growing_sessions_is_close() {
    for (people, concurrency, growth, rate) in
        [(4, 3.0, 0.3, 0.02), (8, 2.0, 0.35, 0.032), (10, 4.0, 0.3, 0.06)]
    {
        let (world, handling_s) = chat(people, concurrency, growth, rate, None);
        let exact = Desks { people, concurrency, growth }.figures(Stream { rate, handling_s }, None, 60.0);
        let found = play(&world, &[vec![1]], &Options { runs: 100, seed: 12, pooled: false, managed: false })
            .figures(0);
        let level = found.level(LevelDefinition::Offered).unwrap();
        println!(
            "chat {people} x {concurrency}, growth {growth}: {:.4}, simulated {:.4}",
            exact.service_level, level.mean
        );
        assert!((exact.service_level - level.mean).abs() < 0.03, "{exact:?} {level:?}");
    }
}

/// Mails of a window of eight hours, worked off by one person: an M/M/1 queue with a deadline, P(done within t) =
/// 1 − exp(−(μ − λ)·t).
#[test]
fn deferred_work_agrees_with_the_closed_form() {
    let (handling_s, deadline_s, busy) = (360.0, 3600.0, 0.9);
    let rate = 0.7 * busy / handling_s;
    let (from, end_s) = (60_000.0, 100_000.0);
    let arrivals = |time: (f64, f64)| Arrivals {
        channel: 0,
        time,
        volume: rate * (time.1 - time.0),
        handling_s,
        target_s: 0.0,
        needed: 0,
    };
    let (stretches, skills) = always(1, end_s);
    let world = World {
        queues: vec![Queue { deferred: true, deadline_s, busy, ..queue(None) }],
        arrivals: vec![arrivals((0.0, from)), arrivals((from, end_s - 20_000.0))],
        carried: Vec::new(),
        stretches,
        skills,
        end_s,
    };
    let found =
        play(&world, &[vec![1]], &Options { runs: 400, seed: 2, pooled: false, managed: false }).figures(0);
    let drain = busy / handling_s - rate;
    let exact = 1.0 - (-drain * deadline_s).exp();
    let level = found.level(LevelDefinition::Offered).unwrap();
    println!("deferred: {exact:.4}, simulated {:.4} ({:.4} to {:.4})", level.mean, level.low, level.high);
    assert!(
        away(exact, &level) < 3.5 && away(1.0 / drain, &found.wait_s.unwrap()) < 3.5,
        "{exact} {found:?}"
    );
}

#[test]
fn touches_open_hours_and_work_from_before_are_played() {
    // Open 0 to 1 h and 23 to 24 h; two open hours to answer; one person; 5 mails of two touches of 5 minutes before.
    let open = |start: f64, volume| Arrivals {
        channel: 0,
        time: (start, start + 3600.0),
        volume,
        handling_s: 300.0,
        target_s: 0.0,
        needed: 0,
    };
    let (first, last) = (0.0, 23.0 * 3600.0);
    let stretch =
        |start| Stretch { person: 0, day: 0, channel: 0, time: (start, start + 3600.0), last: true };
    let world = World {
        queues: vec![Queue {
            deferred: true,
            deadline_s: 7200.0,
            open_hours: true,
            touches: 2,
            ..queue(None)
        }],
        arrivals: vec![open(first, 1.0), open(last, 0.001)],
        carried: vec![Carried { channel: 0, time: (-3600.0, 0.0), volume: 5.0, handling_s: 300.0 }],
        stretches: vec![stretch(first), stretch(last)],
        skills: vec![vec![0]],
        end_s: 86_400.0,
    };
    let f =
        play(&world, &[vec![0]], &Options { runs: 300, seed: 8, pooled: false, managed: false }).figures(0);
    // Six mails of ten minutes fill the first hour; what is left waits for the second, still inside two open hours.
    assert!(f.queue.mean > 0.3 && f.queue.mean < 3.0, "{f:?}");
    assert!(f.level(LevelDefinition::Offered).unwrap().mean > 0.9, "{f:?}");
}

#[test]
fn pooled_people_serve_both_queues_like_one_team() {
    let end_s = 40_000.0;
    let rate = 5.0 / 180.0;
    let arrivals = |channel, time: (f64, f64)| Arrivals {
        channel,
        time,
        volume: rate * (time.1 - time.0),
        handling_s: 180.0,
        target_s: 20.0,
        needed: 0,
    };
    let stretches = (0..14)
        .map(|p| Stretch { person: p, day: 0, channel: p % 2, time: (0.0, end_s), last: true })
        .collect();
    let world = World {
        queues: vec![queue(None), queue(None)],
        arrivals: vec![
            arrivals(0, (0.0, 15_000.0)),
            arrivals(0, (15_000.0, end_s)),
            arrivals(1, (0.0, 15_000.0)),
            arrivals(1, (15_000.0, end_s)),
        ],
        carried: Vec::new(),
        stretches,
        skills: vec![vec![0, 1]; 14],
        end_s,
    };
    let level = |pooled| {
        let f =
            play(&world, &[vec![1, 3]], &Options { runs: 150, seed: 6, pooled, managed: false }).figures(0);
        f.level(LevelDefinition::Offered).unwrap()
    };
    let stream = |n: f64| Stream { rate: n * rate, handling_s: 180.0 };
    let apart = crate::staffing::erlang::erlang_c(stream(1.0), 7, 20.0).service_level;
    let together = crate::staffing::erlang::erlang_c(stream(2.0), 14, 20.0).service_level;
    assert!(away(apart, &level(false)) < 3.5 && away(together, &level(true)) < 3.5, "{apart} {together}");
}

#[test]
fn a_managed_day_gets_its_mail_done_by_those_whom_the_queue_can_spare() {
    // Eight hours; three people on a queue that needs one; mails of two hours for which nobody is planned.
    let hour = |channel, h: i32, volume| Arrivals {
        channel,
        time: (f64::from(h) * 3600.0, f64::from(h + 1) * 3600.0),
        volume,
        handling_s: 300.0,
        target_s: 20.0,
        needed: u32::from(channel == 0),
    };
    let stretch = |p| Stretch { person: p, day: 0, channel: 0, time: (0.0, 8.0 * 3600.0), last: true };
    let mail = Queue { deferred: true, flexible: true, deadline_s: 4.0 * 3600.0, ..queue(None) };
    let world = World {
        queues: vec![queue(None), mail],
        arrivals: (0..8)
            .flat_map(|h| [hour(0, h, 4.0), hour(1, h, if h < 3 { 8.0 } else { 0.001 })])
            .collect(),
        carried: Vec::new(),
        stretches: (0..3).map(stretch).collect(),
        skills: vec![vec![0, 1]; 3],
        end_s: 86_400.0,
    };
    let mails: Vec<usize> = (0..16).filter(|i| i % 2 == 1).collect();
    let play = |managed| {
        play(&world, std::slice::from_ref(&mails), &Options { runs: 100, seed: 4, pooled: false, managed })
    };
    let (left_alone, managed) = (play(false).figures(0), play(true).figures(0));
    assert!(left_alone.late.mean > 20.0, "{left_alone:?}");
    assert!(
        managed.late.mean < 0.5 && managed.level(LevelDefinition::Offered).unwrap().mean > 0.97,
        "{managed:?}"
    );
}
