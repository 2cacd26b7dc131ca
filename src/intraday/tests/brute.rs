//! Evaluation against trying everything.

use super::*;
use crate::intraday::{Carry, evaluate};
use crate::problem::day::TaskSlot;

/// Whether a set of leavers can be paired with distinct receivers: the largest number, by recursion.
fn largest(leavers: &[usize], receivers: &[usize], day: &DayProblem, from: usize, used: u32) -> i64 {
    let Some(&l) = leavers.get(from) else { return 0 };
    let shares = |r: usize| day.supplies[l].channels.iter().any(|c| day.supplies[r].channels.contains(c));
    let mut best = largest(leavers, receivers, day, from + 1, used);
    for (i, &r) in receivers.iter().enumerate() {
        if used >> i & 1 == 0 && shares(r) {
            best = best.max(1 + largest(leavers, receivers, day, from + 1, used | 1 << i));
        }
    }
    best
}

/// Price of who is on the queue when: aligned intervals, at most two channels.
fn price(day: &DayProblem, on: &[Vec<bool>], people: &[usize]) -> i64 {
    let mut total = 0;
    let mut ranges: Vec<(usize, usize)> = day.intervals.iter().map(|v| v.slots).collect();
    ranges.sort_unstable();
    ranges.dedup();
    for (a, b) in ranges {
        let interval = |c: usize| day.intervals.iter().find(|v| v.slots == (a, b) && v.channel == c);
        let mut minutes = [0i64; 3];
        for (i, &g) in people.iter().enumerate() {
            let at: i64 = (a..b).filter(|&s| on[i][s]).map(|s| i64::from(day.slots[s].len())).sum();
            let c = &day.supplies[g].channels;
            minutes[if c.len() == 2 { 2 } else { c[0] }] += at;
        }
        let one = |c: usize, y: i64| {
            interval(c).map_or(0, |v| {
                let r = v.minutes;
                v.under * (r - y).max(0) + v.over * (y - r).max(0)
            })
        };
        total += (0..=minutes[2])
            .map(|x| one(0, minutes[0] + x) + one(1, minutes[1] + minutes[2] - x))
            .min()
            .unwrap_or(0);
    }
    total
}

/// The same with windows on the second channel: every way to spread minutes over channels and windows in pieces of a
/// quarter of an hour, from one border of an interval to the next.
fn price_with_windows(day: &DayProblem, on: &[Vec<bool>], people: &[usize]) -> i64 {
    const PIECE: i64 = 15;
    let mut borders: Vec<usize> = day.intervals.iter().flat_map(|v| [v.slots.0, v.slots.1]).collect();
    borders.sort_unstable();
    borders.dedup();
    let windows: Vec<_> = day.intervals.iter().filter(|v| v.window).collect();
    let mut states = std::collections::BTreeMap::from([(vec![0i64; windows.len()], 0i64)]);
    for range in borders.windows(2).map(|w| (w[0], w[1])) {
        let mut minutes = [0i64; 3];
        for (i, &g) in people.iter().enumerate() {
            let at: i64 =
                (range.0..range.1).filter(|&s| on[i][s]).map(|s| i64::from(day.slots[s].len())).sum();
            let c = &day.supplies[g].channels;
            minutes[if c.len() == 2 { 2 } else { c[0] }] += at;
        }
        let covers = |v: &&crate::problem::day::Interval| v.slots.0 <= range.0 && range.1 <= v.slots.1;
        let fixed = day.intervals.iter().filter(|v| !v.window).find(covers);
        let open: Vec<usize> = (0..windows.len()).filter(|&w| covers(&windows[w])).collect();
        let mut next = std::collections::BTreeMap::new();
        for there in (0..=minutes[2]).step_by(PIECE as usize) {
            let (first, second) = (minutes[0] + minutes[2] - there, minutes[1] + there);
            let own = fixed
                .map_or(0, |v| v.under * (v.minutes - first).max(0) + v.over * (first - v.minutes).max(0));
            for (done, cost) in &states {
                let mut ways = vec![(done.clone(), second)];
                for &w in &open {
                    let mut more = Vec::new();
                    for (done, left) in &ways {
                        for n in (0..=(*left).min(windows[w].minutes - done[w])).step_by(PIECE as usize) {
                            let mut done = done.clone();
                            done[w] += n;
                            more.push((done, left - n));
                        }
                    }
                    ways = more;
                }
                let over = open.first().map_or(0, |&w| windows[w].over);
                for (done, left) in ways {
                    let cost = cost + own + over * left;
                    let least = next.entry(done).or_insert(cost);
                    *least = cost.min(*least);
                }
            }
        }
        states = next;
    }
    let missing =
        |done: &Vec<i64>| -> i64 { windows.iter().zip(done).map(|(w, n)| w.under * (w.minutes - n)).sum() };
    states.iter().map(|(done, cost)| cost + missing(done)).min().unwrap_or(0)
}

/// Somebody by index who does a task in a range of slots.
type Turn = (usize, usize, (usize, usize));

/// Every way to do tasks, each from people on the queue, until nobody could do more of any.
fn tasks_then(
    day: &DayProblem,
    on: &mut Vec<Vec<bool>>,
    people: &[usize],
    done: &mut Vec<Turn>,
    best: &mut i64,
) {
    let mut complete = true;
    for (t, task) in day.tasks.iter().enumerate() {
        let so_far = done.iter().filter(|x| x.0 == t).count() as i64;
        if task.people.is_some_and(|n| so_far >= n) {
            continue;
        }
        for i in (0..people.len()).filter(|&i| task.supplies.contains(&people[i])) {
            let supply = &day.supplies[people[i]];
            let free = |p: &&(usize, usize)| supply.at_work(**p) && (p.0..p.1).all(|s| on[i][s]);
            let places: Vec<(usize, usize)> = task.places.iter().filter(free).copied().collect();
            if places.is_empty() || done.iter().any(|x| (x.0, x.1) == (t, i)) {
                continue;
            }
            complete = false;
            // Turns are a set: each only after those before it.
            let last = done.last().copied();
            for place in places.into_iter().filter(|&p| last.is_none_or(|last| last < (t, i, p))) {
                on[i][place.0..place.1].fill(false);
                done.push((t, i, place));
                tasks_then(day, on, people, done, best);
                done.pop();
                on[i][place.0..place.1].fill(true);
            }
        }
    }
    if complete {
        let turns = |(t, task): (usize, &TaskSlot)| {
            let everybody = || people.iter().filter(|g| task.wanted.contains(g)).count() as i64;
            let done = done.iter().filter(|x| x.0 == t).count() as i64;
            (task.people.unwrap_or_else(everybody) - done) * task.undone
        };
        let undone: i64 = day.tasks.iter().enumerate().map(turns).sum();
        let windows = day.intervals.iter().any(|v| v.window);
        let cover = if windows { price_with_windows } else { price };
        *best = (*best).min(cover(day, on, people) + undone);
    }
}

fn receivers_then(day: &DayProblem, on: &mut Vec<Vec<bool>>, people: &[usize], event: usize, best: &mut i64) {
    let Some(e) = day.events.get(event) else {
        tasks_then(day, on, people, &mut Vec::new(), best);
        return;
    };
    let shares =
        |a: usize, b: usize| day.supplies[a].channels.iter().any(|c| day.supplies[b].channels.contains(c));
    let leavers: Vec<usize> = people
        .iter()
        .copied()
        .filter(|g| e.leavers.contains(g))
        .filter(|&g| !people.iter().any(|&r| e.arrivals.contains(&r) && shares(g, r)))
        .collect();
    let able: Vec<usize> = (0..people.len())
        .filter(|&i| e.receivers.contains(&people[i]) && (e.slots.0..e.slots.1).all(|s| on[i][s]))
        .collect();
    let of = |list: &[usize]| list.iter().map(|&i| people[i]).collect::<Vec<_>>();
    let size = largest(&leavers, &of(&able), day, 0, 0);
    for mask in 0u32..1 << able.len() {
        let chosen: Vec<usize> = (0..able.len()).filter(|i| mask >> i & 1 == 1).map(|i| able[i]).collect();
        if chosen.len() as i64 != size || largest(&leavers, &of(&chosen), day, 0, 0) != size {
            continue;
        }
        for &i in &chosen {
            on[i][e.slots.0..e.slots.1].fill(false);
        }
        receivers_then(day, on, people, event + 1, best);
        for &i in &chosen {
            on[i][e.slots.0..e.slots.1].fill(true);
        }
    }
}

fn meals_then(day: &DayProblem, on: &mut Vec<Vec<bool>>, people: &[usize], i: usize, best: &mut i64) {
    let Some(&g) = people.get(i) else {
        receivers_then(day, on, people, 0, best);
        return;
    };
    let s = &day.supplies[g];
    let base: Vec<bool> = s.present.iter().zip(&s.own_handover).map(|(p, h)| *p && !*h).collect();
    let meals = if s.meals.is_empty() { vec![(0, 0)] } else { s.meals.clone() };
    for (a, b) in meals {
        let mut mine = base.clone();
        mine[a..b].fill(false);
        on.push(mine);
        meals_then(day, on, people, i + 1, best);
        on.pop();
    }
}

/// The optimum of 300 random days of up to four people, some with tasks, or with up to three windows of deferred work; how
/// many the evaluation finds.
fn compared(tasks: usize, windows: bool, seed: u64) -> (usize, usize) {
    let mut r = Random::new(seed);
    let (mut compared, mut equal) = (0, 0);
    for round in 0..300 {
        let mut shifts = Vec::new();
        for _ in 0..2 {
            let start = 480 + 15 * r.below(8) as i32;
            let end = start + 120 + 15 * r.below(8) as i32;
            if r.below(3) == 0 {
                shifts.push(shift("X", &[(start, end)]));
            } else {
                let from = start + 30 + 15 * r.below(2) as i32;
                let minutes = 15 + 15 * r.below(2) as i32;
                let window = (from, from + minutes + 15 * r.below(3) as i32);
                shifts.push(shift_with_meal("X", &[(start, end)], minutes, window));
            }
        }
        let sets: [&[usize]; 3] = [&[0], &[1], &[0, 1]];
        let people = 1 + r.below(4);
        let skills: Vec<&[usize]> = (0..people).map(|_| sets[r.below(3)]).collect();
        let mut case = case(1, 2, shifts, &skills);
        come_early(&mut case, 15);
        for _ in 0..tasks {
            let (start, minutes) = (480 + 15 * r.below(12) as i32, 15 + 15 * r.below(2) as i32);
            let wanted = [Some(1), Some(2), None][r.below(3)];
            task(&mut case, (start, start + minutes + 15 * r.below(4) as i32), minutes, wanted);
        }
        weigh_tasks(&mut case, 9 + r.below(4) as i64);
        let mut rows = Vec::new();
        for i in 0..10 {
            for c in 0..2 {
                let t = 480 + 30 * i;
                rows.push((0, (t, t + 30), c, r.below(3) as i64, 1 + r.below(9) as i64, r.below(3) as i64));
            }
        }
        let mut need = requirement(&rows);
        if windows {
            let (under, over) = (1 + r.below(9) as i64, r.below(3) as i64);
            let window = |r: &mut Random| {
                let (from, length) = (480 + 30 * r.below(7) as i32, 30 * (1 + r.below(6) as i32));
                (0, (from, from + length), 1, 15 * r.below(5) as i64, under, over)
            };
            let list: Vec<Need> = (0..1 + r.below(3)).map(|_| window(&mut r)).collect();
            add_windows(&mut need, &list);
        }
        let (days, cells) = days(&case, &need);
        let day = &days[0];
        let mut counts = vec![0; day.supplies.len()];
        let mut who = Vec::new();
        for i in 0..people {
            let s = crate::base::index::ShiftIx::new(r.below(2));
            let g = cells.place(cells.cell(0, p(i), s).expect("inside")).supply;
            counts[g] += 1;
            who.push(g);
        }
        let outcome = evaluate(day, &counts, &Carry::default());
        let mut best = i64::MAX;
        meals_then(day, &mut Vec::new(), &who, 0, &mut best);
        assert!(outcome.cost >= best, "round {round}: {} below {best}", outcome.cost);
        if outcome.plan.reserves.is_empty() {
            compared += 1;
            equal += usize::from(outcome.cost == best);
            if outcome.cost > best {
                println!("round {round}: {} instead of {best}", outcome.cost);
            }
        }
    }
    (compared, equal)
}

#[test]
fn evaluation_equals_brute_force_on_random_small_days() {
    let (compared, equal) = compared(0, false, 11);
    assert!(compared > 250 && equal == compared, "{equal} of {compared}");
}

#[test]
fn evaluation_with_tasks_equals_brute_force_on_random_small_days() {
    for tasks in 1..=2 {
        let (compared, equal) = compared(tasks, false, 12 + tasks as u64);
        println!("{tasks} tasks: {equal} of {compared}");
        assert!(compared > 200 && equal == compared, "{equal} of {compared}");
    }
}

#[test]
fn evaluation_with_windows_of_deferred_work_equals_brute_force_on_random_small_days() {
    let (compared, equal) = compared(0, true, 21);
    println!("with windows: {equal} of {compared}");
    assert!(compared > 200 && equal == compared, "{equal} of {compared}");
}
