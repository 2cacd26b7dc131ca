//! A supervisor's rules, one by one.

use super::formula_tests::queue;
use super::{Arrivals, Figures, Options, Queue, Stretch, World, play};

const HOUR: f64 = 3600.0;

/// Eight hours of a queue (or deferred work) and of mail: six mails an hour at first, due after four hours.
fn world(first: Queue, needed: u32, people: usize) -> World {
    let hour = |channel: usize, h: i32, volume: f64| Arrivals {
        channel,
        time: (f64::from(h) * HOUR, f64::from(h + 1) * HOUR),
        volume,
        handling_s: 240.0,
        target_s: 20.0,
        needed: if channel == 0 { needed } else { 0 },
    };
    let stretch = |p| Stretch { person: p, day: 0, channel: 0, time: (0.0, 8.0 * HOUR), last: true };
    World {
        queues: vec![first, mail()],
        arrivals: (0..8)
            .flat_map(|h| [hour(0, h, 3.0), hour(1, h, if h < 3 { 6.0 } else { 0.001 })])
            .collect(),
        carried: Vec::new(),
        stretches: (0..people).map(stretch).collect(),
        skills: vec![vec![0, 1]; people],
        end_s: 86_400.0,
    }
}

fn mail() -> Queue {
    Queue { deferred: true, flexible: true, deadline_s: 4.0 * HOUR, ..queue(None) }
}

/// Figures of the first channel and of mail.
fn played(world: &World, managed: bool) -> [Figures; 2] {
    let of = |channel: usize| (0..world.arrivals.len()).filter(|i| i % 2 == channel).collect();
    let groups: [Vec<usize>; 2] = [of(0), of(1)];
    let found = play(world, &groups, &Options { runs: 100, seed: 4, pooled: false, managed });
    [found.figures(0), found.figures(1)]
}

fn late(world: &World, managed: bool) -> f64 {
    played(world, managed)[1].late.mean
}

#[test]
fn whoever_is_on_deferred_work_does_what_is_due_first() {
    let mut world = world(mail(), 0, 1);
    let [own, mails] = played(&world, true);
    assert!(mails.late.mean < 0.5 && own.late.mean < 0.5, "{own:?} {mails:?}");
    assert!(late(&world, false) > 15.0);
    // Work that is not shared, or that the person does not know, stays where it is.
    world.queues[1].flexible = false;
    assert!(late(&world, true) > 15.0);
    world.queues[1].flexible = true;
    world.skills = vec![vec![0]];
    assert!(late(&world, true) > 15.0);
}

#[test]
fn mail_at_risk_is_done_by_people_of_a_queue_that_reaches_its_target() {
    // Both people are needed by the figures, but the queue is quiet.
    let quiet = world(Queue { target: 0.6, ..queue(None) }, 2, 2);
    let [calls, mails] = played(&quiet, true);
    assert!(mails.late.mean < 1.0, "{mails:?}");
    assert!(calls.level(crate::model::LevelDefinition::Offered).unwrap().mean > 0.6, "{calls:?}");
    // One that does not reach its target keeps them, and the last one always stays.
    let missed = world(Queue { target: 1.5, ..queue(None) }, 2, 2);
    assert!(late(&missed, true) > 15.0);
    assert!(late(&world(Queue { target: 0.6, ..queue(None) }, 1, 1), true) > 15.0);
}

#[test]
fn work_that_those_planned_will_do_takes_nobody_from_a_queue_that_needs_them() {
    let mut planned = world(queue(None), 2, 3);
    // The third one comes to the mail after two hours and does all of it in good time.
    planned.stretches[2] = Stretch { channel: 1, time: (2.0 * HOUR, 8.0 * HOUR), ..planned.stretches[2] };
    planned.arrivals.iter_mut().filter(|a| a.channel == 1).for_each(|a| a.volume *= 0.5);
    let (alone, managed) = (played(&planned, false), played(&planned, true));
    assert_eq!(alone[0], managed[0], "the queue is left as it is");
    assert!(managed[1].late.mean < 0.5, "{managed:?}");
}
