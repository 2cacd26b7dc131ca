//! A person's line of work in the compact program: one 0-1 variable an option, a unit of flow through each
//! automaton, rows for sums and overtime.

use crate::problem::{CountResource, FORBIDDEN, LineProblem, OvertimeWindow, What};
use crate::solve::mip::Model;
use good_lp::{Expression, Variable};
use std::collections::BTreeMap;

/// The variables of the options of one person: `[day][option]`.
pub(super) type Choice = Vec<Vec<Variable>>;

/// Adds a person's line.
pub(super) fn add(model: &mut Model, line: &LineProblem) -> Choice {
    let choice: Choice =
        line.options.iter().map(|list| list.iter().map(|o| model.binary(o.cost)).collect()).collect();
    for day in &choice {
        model.equal(day.iter().copied().map(Expression::from).sum(), 1);
    }
    for a in 0..line.automata.len() {
        automaton(model, line, a, &choice);
    }
    for (r, resource) in line.resources.iter().enumerate() {
        sum(model, line, r, resource, &choice);
    }
    overtime(model, line, &choice);
    choice
}

/// One unit flows through the states from day to day; the flow over transitions with a symbol is the sum of the
/// options with it.
fn automaton(model: &mut Model, line: &LineProblem, a: usize, choice: &Choice) {
    let automaton = &line.automata[a];
    let mut states: BTreeMap<u16, Expression> = BTreeMap::from([(automaton.start, Expression::from(1.0))]);
    for (day, list) in line.options.iter().enumerate() {
        let mut symbols: BTreeMap<u8, Expression> = BTreeMap::new();
        for (o, option) in list.iter().enumerate() {
            let sum = symbols.entry(option.symbols[a]).or_insert_with(|| Expression::from(0.0));
            sum.add_mul(1.0, choice[day][o]);
        }
        let mut next: BTreeMap<u16, Expression> = BTreeMap::new();
        let mut by_symbol: BTreeMap<u8, Expression> = BTreeMap::new();
        for (state, inflow) in states {
            let mut balance = inflow;
            for &symbol in symbols.keys() {
                let at = usize::from(state) * automaton.symbols + usize::from(symbol);
                if automaton.next[at] == FORBIDDEN {
                    continue;
                }
                let flow = model.amount(automaton.cost[at]);
                balance.add_mul(-1.0, flow);
                let zero = || Expression::from(0.0);
                next.entry(automaton.next[at]).or_insert_with(zero).add_mul(1.0, flow);
                by_symbol.entry(symbol).or_insert_with(zero).add_mul(1.0, flow);
            }
            model.equal(balance, 0);
        }
        for (symbol, options) in symbols {
            let flow = by_symbol.remove(&symbol).unwrap_or_else(|| Expression::from(0.0));
            model.equal(options - flow, 0);
        }
        states = next;
    }
    for (state, inflow) in states {
        match automaton.finish[usize::from(state)] {
            Some(price) => model.objective.add_mul(price as f64, inflow),
            None => model.equal(inflow, 0),
        }
    }
}

/// A running sum with its limits.
fn sum(model: &mut Model, line: &LineProblem, r: usize, resource: &CountResource, choice: &Choice) {
    let mut total = Expression::from(f64::from(resource.start));
    let mut most = i64::from(resource.start);
    for (day, list) in line.options.iter().enumerate() {
        for (o, option) in list.iter().enumerate() {
            total.add_mul(f64::from(option.amounts[r]), choice[day][o]);
        }
        most += i64::from(list.iter().map(|o| o.amounts[r]).max().unwrap_or(0));
        if resource.weekend && line.weekend[day] == 2 && day > 0 {
            // Both days count: the Sunday's amount is taken back. It is the same for all options that count.
            let counting = |d: usize| {
                let options = line.options[d].iter().zip(&choice[d]);
                options
                    .filter(|(o, _)| o.amounts[r] > 0)
                    .map(|(_, v)| Expression::from(*v))
                    .sum::<Expression>()
            };
            let amount = list.iter().map(|o| o.amounts[r]).max().unwrap_or(0);
            let both = model.binary(0);
            let (saturday, sunday) = (counting(day - 1), counting(day));
            model.at_most(saturday.clone() * -1.0 + both, 0);
            model.at_most(sunday.clone() * -1.0 + both, 0);
            model.at_least(Expression::from(both) - saturday - sunday, -1);
            total.add_mul(-f64::from(amount), both);
        }
        let mut reset = false;
        for point in resource.checkpoints.iter().filter(|c| c.day == day) {
            if let Some(low) = point.low {
                model.at_least(total.clone(), i64::from(low));
            }
            if let Some(high) = point.high {
                model.at_most(total.clone(), i64::from(high));
            }
            let unit = i64::from(point.unit);
            if let Some((low, price)) = point.soft_low {
                let below = model.whole(price, i64::from(low) / unit + 1);
                model.at_least(total.clone() + unit as f64 * below, i64::from(low));
            }
            if let Some((high, price)) = point.soft_high {
                let above = model.whole(price, most / unit + 1);
                model.at_most(total.clone() - unit as f64 * above, i64::from(high));
            }
            reset |= point.reset;
        }
        if reset {
            (total, most) = (Expression::from(0.0), 0);
        }
    }
}

/// The overtime ledger: what a window's fill is beyond its target, and caps on stretches of days.
fn overtime(model: &mut Model, line: &LineProblem, choice: &Choice) {
    let ledger = &line.overtime;
    let linear = |days: std::ops::RangeInclusive<usize>, fill: bool| {
        let mut sum = Expression::from(0.0);
        for day in days {
            for (option, &v) in line.options[day].iter().zip(&choice[day]) {
                sum.add_mul(f64::from(if fill { option.fill } else { option.direct }), v);
            }
        }
        sum
    };
    for (day, list) in line.options.iter().enumerate() {
        for (option, &v) in list.iter().zip(&choice[day]) {
            model.objective.add_mul((ledger.price * i64::from(option.direct)) as f64, v);
        }
    }
    // By cap window: the overtime in it.
    let mut capped: Vec<Expression> =
        ledger.caps.iter().map(|c| linear(c.first..=c.last, false) + f64::from(c.start)).collect();
    let cap_of = |day: usize| ledger.caps.iter().position(|c| c.first <= day && day <= c.last);
    let mut rest_days: Vec<Vec<(usize, Expression)>> = vec![Vec::new(); ledger.caps.len()];
    for (w, window) in ledger.fills.iter().enumerate() {
        // Where a cap window ends inside the fill window, its part of the overflow is needed exactly.
        let mut before: Option<Variable> = None;
        let mut day = window.first;
        while day <= window.last {
            let cap = cap_of(day);
            let last = cap.map_or(window.last, |c| ledger.caps[c].last.min(window.last));
            let fill = linear(window.first..=last, true);
            let room = i64::from(window.target - window.start);
            let over = model.amount(if last == window.last { ledger.price } else { 0 });
            model.at_least(Expression::from(over) - fill.clone(), -room);
            if last < window.last {
                let most: i64 = (window.first..=last)
                    .map(|d| i64::from(line.options[d].iter().map(|o| o.fill).max().unwrap_or(0)))
                    .sum();
                let full = model.binary(0);
                model.at_most(Expression::from(over) - most as f64 * full, 0);
                model.at_most(Expression::from(over) - fill + room as f64 * full, 0);
            }
            if let Some(c) = cap {
                let before = before.map_or(Expression::from(0.0), Expression::from);
                capped[c] += Expression::from(over) - before.clone();
                rest_days[c].push((w, Expression::from(over) - before));
            }
            before = Some(over);
            day = last + 1;
        }
    }
    for ((window, total), rest_days) in ledger.caps.iter().zip(capped).zip(rest_days) {
        let (all, planned) = answered(model, line, choice, window, rest_days);
        let total = total - all;
        model.objective -= planned * ledger.price as f64;
        if let Some(cap) = window.cap {
            model.at_most(total.clone(), i64::from(cap));
        }
        for &(limit, price) in &window.soft {
            let days = (window.last - window.first + 1) as i64;
            let above = model.whole(price, i64::from(window.start) / 60 + days * 24 + 1);
            model.at_most(total.clone() - 60.0 * above, i64::from(limit));
        }
    }
}

/// Minutes of a cap window's rest-day work (by week) that later weeks in it answer, all of them and those worked in
/// the horizon: as many as any assignment of one to the other can have, the work of the history first.
fn answered(
    model: &mut Model,
    line: &LineProblem,
    choice: &Choice,
    window: &OvertimeWindow,
    rest_days: Vec<(usize, Expression)>,
) -> (Expression, Expression) {
    let ledger = &line.overtime;
    let zero = || Expression::from(0.0);
    let (mut all, mut planned) = (zero(), zero());
    let begin = ledger.fills.iter().position(|w| w.last >= window.first).filter(|_| ledger.comp_weeks > 0);
    let Some(begin) = begin else { return (all, planned) };
    // Weeks are numbered from the farthest one of the history.
    let past = window.owed.len().saturating_sub(1);
    let history = window.owed.iter().enumerate().rev().filter(|(_, m)| **m > 0);
    let mut open: Vec<Open> = history
        .map(|(k, &m)| Open {
            week: past - k,
            minutes: Expression::from(f64::from(m)),
            past: Some(m),
            given: zero(),
        })
        .collect();
    open.extend(rest_days.into_iter().map(|(w, minutes)| Open {
        week: w - begin + past,
        minutes,
        past: None,
        given: zero(),
    }));
    for (w, week) in ledger.fills.iter().enumerate().skip(begin) {
        if !week.answers || week.last > window.last {
            continue;
        }
        let mut fill = Expression::from(f64::from(week.start));
        let mut most = i64::from(week.start);
        let days = week.first..=week.last;
        for (options, vars) in line.options[days.clone()].iter().zip(&choice[days]) {
            for (option, &v) in options.iter().zip(vars) {
                fill.add_mul(f64::from(option.fill), v);
            }
            most += i64::from(options.iter().map(|o| o.fill).max().unwrap_or(0));
        }
        // What the week stays below its target: only where it is told to be below.
        let target = i64::from(week.target);
        let (short, below) = (model.amount(0), model.binary(0));
        model.at_most(Expression::from(short) - target as f64 * below, 0);
        model.at_most(
            Expression::from(short) + fill + (most - target).max(0) as f64 * below,
            most.max(target),
        );
        let number = w - begin + past;
        let reached = open.iter_mut().filter(|o| o.week < number && o.week + ledger.comp_weeks >= number);
        let mut reached: Vec<&mut Open> = reached.collect();
        let taken: Vec<Variable> = reached.iter().map(|_| model.amount(0)).collect();
        let sum = |taken: &[Variable]| taken.iter().copied().map(Expression::from).sum::<Expression>();
        model.at_most(sum(&taken) - short, 0);
        all += sum(&taken);
        for (k, open) in reached.iter_mut().enumerate() {
            open.given.add_mul(1.0, taken[k]);
            match open.past {
                None => planned.add_mul(1.0, taken[k]),
                Some(minutes) if ledger.price > 0 => {
                    // Nothing younger is answered before this is answered whole.
                    let whole = model.binary(0);
                    model.at_least(open.given.clone() - f64::from(minutes) * whole, 0);
                    model.at_most(sum(&taken[k + 1..]) - target as f64 * whole, 0);
                }
                Some(_) => {}
            }
        }
    }
    for open in open {
        model.at_most(open.given - open.minutes, 0);
    }
    (all, planned)
}

/// A week's rest-day work to be answered.
struct Open {
    week: usize,
    minutes: Expression,
    /// That of the history.
    past: Option<i32>,
    given: Expression,
}

/// Worked days of a person: the sum of a day's working options.
pub(super) fn works(line: &LineProblem, choice: &Choice, day: usize) -> Expression {
    let options = line.options[day].iter().zip(&choice[day]);
    options.filter(|(o, _)| matches!(o.what, What::Work(_))).map(|(_, v)| Expression::from(*v)).sum()
}
