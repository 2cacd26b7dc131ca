//! The public shift-scheduling instances of Curtois and Qu (2014): [`Instance`] to [`RosterProblem`] and back.
//!
//! Day 0 is a Monday and nothing is known before it. Runs that touch the first or the last day are exempt from
//! *minimum* lengths; a weekend counts when either of its days is worked; a person's limit of 0 forbids a type.

use super::{
    Block, Cell, Checkpoint, CountResource, DayOption, FORBIDDEN, LineProblem, Overtime, RosterProblem,
    Schedule, SequenceAutomaton, What,
};
use crate::base::index::ShiftIx;
use crate::model::{Instance, InstancePerson, InstanceRota, InstanceShift};

/// The problem of an instance. Codes are the shift types in file order.
///
/// # Panics
/// When the instance names a person, shift or day that it does not have.
#[must_use]
pub fn compile(instance: &Instance) -> RosterProblem {
    let (blocks, cells) = cover(instance);
    let costs = costs(instance);
    let line = |(p, person)| line_of(p, person, instance, &costs[p], &cells);
    RosterProblem {
        days: instance.days,
        codes: instance.shifts.len(),
        people: instance.people.iter().enumerate().map(line).collect(),
        cells: blocks.len(),
        blocks,
        ..Default::default()
    }
}

/// The rota that a schedule stands for.
#[must_use]
pub fn decode(problem: &RosterProblem, schedule: &Schedule) -> InstanceRota {
    let cell = |p: usize, day: usize, o: u16| match problem.people[p].options[day][usize::from(o)].what {
        What::Work(code) => Some(ShiftIx(u32::from(code))),
        What::Off | What::Leave | What::Absent => None,
    };
    let row =
        |(p, choice): (usize, &Vec<u16>)| choice.iter().enumerate().map(|(d, &o)| cell(p, d, o)).collect();
    InstanceRota { cells: schedule.choice.iter().enumerate().map(row).collect() }
}

/// One block a day and type; without a row it costs nothing.
fn cover(instance: &Instance) -> (Vec<Block>, Vec<Vec<Cell>>) {
    let mut blocks = Vec::new();
    let mut cells = vec![vec![None; instance.shifts.len()]; instance.days];
    for row in &instance.cover {
        let cell = blocks.len() as Cell;
        cells[row.day][row.shift.ix()] = Some(cell);
        let (required, under, over) = (row.required.into(), row.under.into(), row.over.into());
        blocks.push(Block::HeadCount { cell, required, under, over });
    }
    let mut free = || {
        let cell = blocks.len() as Cell;
        blocks.push(Block::HeadCount { cell, required: 0, under: 0, over: 0 });
        cell
    };
    let cells =
        cells.into_iter().map(|day| day.into_iter().map(|c| c.unwrap_or_else(&mut free)).collect()).collect();
    (blocks, cells)
}

/// Price of the requests not met: `[person][day][0 off, else type + 1]`.
fn costs(instance: &Instance) -> Vec<Vec<Vec<i64>>> {
    let mut costs = vec![vec![vec![0; instance.shifts.len() + 1]; instance.days]; instance.people.len()];
    for r in &instance.requests {
        for (option, cost) in costs[r.person.ix()][r.day].iter_mut().enumerate() {
            if (option == r.shift.ix() + 1) != r.wanted {
                *cost += i64::from(r.weight);
            }
        }
    }
    costs
}

fn line_of(
    p: usize,
    person: &InstancePerson,
    instance: &Instance,
    cost: &[Vec<i64>],
    cells: &[Vec<Cell>],
) -> LineProblem {
    let (days, shifts) = (instance.days, &instance.shifts);
    let limit = |k: usize| person.max_shifts[k] as usize;
    let limited: Vec<usize> = (0..shifts.len()).filter(|&k| limit(k) > 0 && limit(k) < days).collect();
    let option = |what, code: Option<usize>, d: usize| {
        let minutes = code.map_or(0, |k| shifts[k].minutes as i32);
        let mut amounts = vec![minutes, minutes, i32::from(code.is_some() && d % 7 >= 5)];
        amounts.extend(limited.iter().map(|&k| i32::from(code == Some(k))));
        DayOption {
            what,
            cost: cost[d][code.map_or(0, |k| k + 1)],
            cell: code.map(|k| cells[d][k]),
            paid: minutes,
            fill: 0,
            direct: 0,
            marks: 0,
            symbols: vec![u8::from(code.is_some()), code.map_or(0, |k| k as u8 + 1)],
            amounts,
        }
    };
    let options = (0..days)
        .map(|d| {
            let mut list = vec![option(What::Off, None, d)];
            if person.max_consecutive > 0 && !person.days_off.contains(&d) {
                let allowed = (0..shifts.len()).filter(|&k| limit(k) > 0);
                list.extend(allowed.map(|k| option(What::Work(k as u16), Some(k), d)));
            }
            list
        })
        .collect();
    // Beyond what the days can hold a limit says nothing, and would only make the tables of the engine larger.
    let most = days as i32 * shifts.iter().map(|s| s.minutes as i32).max().unwrap_or(0);
    let capped = |n: u32, most: i32| i32::try_from(n).unwrap_or(i32::MAX).min(most);
    let mut resources = vec![
        sum(days, Some(capped(person.min_minutes, most + 1)), None),
        sum(days, None, Some(capped(person.max_minutes, most))),
        CountResource { weekend: true, ..sum(days, None, Some(capped(person.max_weekends, days as i32))) },
    ];
    resources.extend(limited.iter().map(|&k| sum(days, None, Some(limit(k) as i32))));
    LineProblem {
        class: p as u32,
        options,
        automata: vec![runs(person, days), successions(shifts)],
        resources,
        overtime: Overtime::default(),
        weekend: (0..days).map(|d| [0, 0, 0, 0, 0, 1, 2][d % 7]).collect(),
        weekend_begun: false,
    }
}

/// A sum over the whole horizon with a limit at its end.
fn sum(days: usize, low: Option<i32>, high: Option<i32>) -> CountResource {
    let end = Checkpoint { day: days - 1, low, high, soft_low: None, soft_high: None, unit: 1, reset: false };
    CountResource { start: 0, weekend: false, checkpoints: vec![end], rules: Vec::new() }
}

/// Runs of work between the minimum and the maximum, runs of days off of at least the minimum; the first run and
/// the last one are exempt from minima. Symbols: 0 off, 1 work.
fn runs(person: &InstancePerson, days: usize) -> SequenceAutomaton {
    let max = person.max_consecutive.clamp(1, days);
    let (min, off) = (person.min_consecutive, person.min_days_off.clamp(1, days));
    // States: 0 start; 1..=max runs of work that count; then max runs that touch the first day; then days off.
    let work = |n: usize, exempt: bool| (if exempt { max + n } else { n }) as u16;
    let rest = |n: usize| (2 * max + n.min(off)) as u16;
    let states = 2 * max + off + 1;
    let mut next = vec![FORBIDDEN; states * 2];
    next[0] = rest(off);
    next[1] = work(1, true);
    for n in 1..=max {
        for exempt in [false, true] {
            let at = usize::from(work(n, exempt)) * 2;
            if exempt || n >= min {
                next[at] = rest(1);
            }
            if n < max {
                next[at + 1] = work(n + 1, exempt);
            }
        }
    }
    for n in 1..=off {
        let at = usize::from(rest(n)) * 2;
        next[at] = rest(n + 1);
        if n >= off {
            next[at + 1] = work(1, false);
        }
    }
    automaton(2, next)
}

/// Which type may follow which. Symbols: 0 off, else type + 1.
fn successions(shifts: &[InstanceShift]) -> SequenceAutomaton {
    let n = shifts.len() + 1;
    let mut next = vec![0u16; n * n];
    for state in 0..n {
        for symbol in 0..n {
            let barred =
                state > 0 && symbol > 0 && shifts[state - 1].not_before.contains(&ShiftIx::new(symbol - 1));
            next[state * n + symbol] = if barred { FORBIDDEN } else { symbol as u16 };
        }
    }
    automaton(n, next)
}

fn automaton(symbols: usize, next: Vec<u16>) -> SequenceAutomaton {
    let states = next.len() / symbols;
    SequenceAutomaton {
        symbols,
        start: 0,
        cost: vec![0; next.len()],
        next,
        finish: vec![Some(0); states],
        smaller_is_better: false,
        rules: Vec::new(),
    }
}
