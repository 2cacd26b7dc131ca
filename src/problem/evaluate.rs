//! What a schedule costs, computed the plain way: day by day, rule by rule, no cleverness. Engines are held to it.

use super::{
    Block, CountResource, FORBIDDEN, FairCount, Fairness, LineProblem, Overtime, OvertimeWindow,
    RosterProblem, Schedule, What,
};

/// What a schedule costs, the inside of [`Block::Day`]s apart (that is the layer above).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineScore {
    /// By person: options, automata, sums and overtime.
    pub lines: Vec<i64>,
    /// Soft duty rows.
    pub duty: i64,
    /// By fairness term.
    pub fairness: Vec<i64>,
    /// [`Block::HeadCount`] blocks.
    pub heads: i64,
    /// [`RosterProblem::constant`].
    pub constant: i64,
}

impl LineScore {
    /// Everything together.
    #[must_use]
    pub fn total(&self) -> i64 {
        let lines: i64 = self.lines.iter().sum();
        let fairness: i64 = self.fairness.iter().sum();
        lines + self.duty + fairness + self.heads + self.constant
    }
}

/// Where a schedule breaks a hard rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The schedule does not name one option a person and day.
    Shape,
    /// An automaton of a person allows no such day (or, with the number of days, no such end).
    Automaton {
        /// Person.
        person: usize,
        /// Index of the automaton.
        automaton: usize,
        /// Day.
        day: usize,
    },
    /// A sum of a person passes a limit.
    Resource {
        /// Person.
        person: usize,
        /// Index of the resource.
        resource: usize,
        /// Day.
        day: usize,
    },
    /// A person's overtime passes a cap.
    Overtime {
        /// Person.
        person: usize,
        /// Index of the cap window.
        window: usize,
    },
    /// A hard duty row is missed.
    Duty {
        /// Index of the row.
        row: usize,
    },
}

/// Scores a schedule.
///
/// # Errors
/// The first hard rule that it breaks.
pub fn score(problem: &RosterProblem, schedule: &Schedule) -> Result<LineScore, Broken> {
    if schedule.choice.len() != problem.people.len() {
        return Err(Broken::Shape);
    }
    let mut result = LineScore { constant: problem.constant, ..LineScore::default() };
    for (p, (line, choice)) in problem.people.iter().zip(&schedule.choice).enumerate() {
        result.lines.push(line_cost(p, line, choice)?);
    }
    for (r, row) in problem.duty_rows.iter().enumerate() {
        let takes = |&&(p, o): &&(u32, u16)| schedule.choice[p as usize][row.day] == o;
        let count = row.members.iter().filter(takes).count() as i64;
        let amount = (row.low - count).max(0) + (count - row.high).max(0);
        match row.price {
            Some(price) => result.duty += price * amount,
            None if amount > 0 => return Err(Broken::Duty { row: r }),
            None => {}
        }
    }
    result.fairness = problem.fairness.iter().map(|term| fairness_cost(problem, schedule, term)).collect();
    let counts = head_counts(problem, schedule);
    for block in &problem.blocks {
        if let Block::HeadCount { cell, required, under, over } = block {
            let n = counts[*cell as usize];
            result.heads += under * (required - n).max(0) + over * (n - required).max(0);
        }
    }
    Ok(result)
}

/// Number of people at work in each cell.
#[must_use]
pub fn head_counts(problem: &RosterProblem, schedule: &Schedule) -> Vec<i64> {
    let mut counts = vec![0; problem.cells];
    for (line, choice) in problem.people.iter().zip(&schedule.choice) {
        for (options, &o) in line.options.iter().zip(choice) {
            if let Some(cell) = options[usize::from(o)].cell {
                counts[cell as usize] += 1;
            }
        }
    }
    counts
}

/// What one person's line costs; `p` only names the person in errors.
///
/// # Errors
/// The first hard rule that it breaks.
pub fn line_cost(p: usize, line: &LineProblem, choice: &[u16]) -> Result<i64, Broken> {
    let fits = choice.len() == line.options.len()
        && line.options.iter().zip(choice).all(|(options, &o)| usize::from(o) < options.len());
    if !fits {
        return Err(Broken::Shape);
    }
    let options: Vec<_> = line.options.iter().zip(choice).map(|(list, &o)| &list[usize::from(o)]).collect();
    let mut cost: i64 = options.iter().map(|o| o.cost).sum();
    for (a, automaton) in line.automata.iter().enumerate() {
        let broken = |day| Broken::Automaton { person: p, automaton: a, day };
        let mut state = automaton.start;
        for (day, option) in options.iter().enumerate() {
            let at = usize::from(state) * automaton.symbols + usize::from(option.symbols[a]);
            if automaton.next[at] == FORBIDDEN {
                return Err(broken(day));
            }
            cost += automaton.cost[at];
            state = automaton.next[at];
        }
        cost += automaton.finish[usize::from(state)].ok_or(broken(options.len()))?;
    }
    for (r, resource) in line.resources.iter().enumerate() {
        let amounts: Vec<i32> = options.iter().map(|o| o.amounts[r]).collect();
        cost += sum_cost(resource, &amounts, &line.weekend).map_err(|day| Broken::Resource {
            person: p,
            resource: r,
            day,
        })?;
    }
    let days: Vec<(i64, i64)> = options.iter().map(|o| (i64::from(o.fill), i64::from(o.direct))).collect();
    cost += overtime_cost(&line.overtime, &days).map_err(|window| Broken::Overtime { person: p, window })?;
    Ok(cost)
}

/// Price of a running sum, or the day after which it passes a limit.
fn sum_cost(resource: &CountResource, amounts: &[i32], weekend: &[u8]) -> Result<i64, usize> {
    let mut sum = i64::from(resource.start);
    let mut cost = 0;
    for (day, &amount) in amounts.iter().enumerate() {
        let counted = resource.weekend && weekend[day] == 2 && day > 0 && amounts[day - 1] > 0;
        sum += if counted { 0 } else { i64::from(amount) };
        for point in resource.checkpoints.iter().filter(|c| c.day == day) {
            let below = |limit: i32| (i64::from(limit) - sum).max(0);
            let above = |limit: i32| (sum - i64::from(limit)).max(0);
            if point.low.is_some_and(|l| below(l) > 0) || point.high.is_some_and(|h| above(h) > 0) {
                return Err(day);
            }
            let units = |amount: i64| (amount + i64::from(point.unit) - 1) / i64::from(point.unit);
            cost += point.soft_low.map_or(0, |(l, price)| price * units(below(l)));
            cost += point.soft_high.map_or(0, |(h, price)| price * units(above(h)));
        }
        if resource.checkpoints.iter().any(|c| c.day == day && c.reset) {
            sum = 0;
        }
    }
    Ok(cost)
}

/// Price of the overtime of days with (fill, direct) minutes, or the cap window that it passes.
fn overtime_cost(ledger: &Overtime, days: &[(i64, i64)]) -> Result<i64, usize> {
    let mut overtime: Vec<i64> = days.iter().map(|d| d.1).collect();
    let mut rest_days = vec![0; days.len()];
    let mut short = Vec::with_capacity(ledger.fills.len());
    for window in &ledger.fills {
        let target = i64::from(window.target);
        let mut filled = i64::from(window.start);
        for day in window.first..=window.last {
            let after = filled + days[day].0;
            rest_days[day] = after.max(target) - filled.max(target);
            overtime[day] += rest_days[day];
            filled = after;
        }
        short.push(if window.answers { (target - filled).max(0) } else { 0 });
    }
    let mut cost = ledger.price * overtime.iter().sum::<i64>();
    for (w, window) in ledger.caps.iter().enumerate() {
        let worked = overtime[window.first..=window.last].iter().sum::<i64>();
        let (all, planned) = answered(ledger, window, &rest_days, &short);
        let sum = i64::from(window.start) + worked - all;
        cost -= ledger.price * planned;
        if window.cap.is_some_and(|cap| sum > i64::from(cap)) {
            return Err(w);
        }
        for &(limit, price) in &window.soft {
            cost += price * ((sum - i64::from(limit)).max(0) + 59).div_euclid(60);
        }
    }
    Ok(cost)
}

/// Minutes of a cap window's rest-day work that later weeks in it answer, all of them and those worked in the horizon;
/// `short`: what each fill window can answer.
fn answered(ledger: &Overtime, window: &OvertimeWindow, rest_days: &[i64], short: &[i64]) -> (i64, i64) {
    let Some(begin) = ledger.fills.iter().position(|w| w.last >= window.first) else { return (0, 0) };
    // (week, minutes open, whether of the horizon), the oldest first; weeks of the history have negative numbers.
    let past = window.owed.iter().enumerate().rev();
    let mut open: Vec<(i64, i64, bool)> =
        past.map(|(k, &m)| (begin as i64 - k as i64, i64::from(m), false)).collect();
    let (mut all, mut planned) = (0, 0);
    for (w, week) in ledger.fills.iter().enumerate().skip(begin).filter(|(_, w)| w.first <= window.last) {
        let days = week.first.max(window.first)..=week.last.min(window.last);
        let mut left = if week.last <= window.last { short[w] } else { 0 };
        for (from, minutes, of_horizon) in &mut open {
            if *from < w as i64 && *from + ledger.comp_weeks as i64 >= w as i64 {
                let answer = left.min(*minutes);
                *minutes -= answer;
                left -= answer;
                all += answer;
                planned += if *of_horizon { answer } else { 0 };
            }
        }
        open.push((w as i64, rest_days[days].iter().sum(), true));
    }
    (all, planned)
}

/// Price of one fairness term.
fn fairness_cost(problem: &RosterProblem, schedule: &Schedule, term: &Fairness) -> i64 {
    let counts = term.members.iter().map(|&(p, history)| {
        let line = &problem.people[p as usize];
        fair_count(line, &schedule.choice[p as usize], &term.count, history)
    });
    let counts: Vec<i64> = counts.collect();
    let (most, least) = (counts.iter().max(), counts.iter().min());
    term.weight * most.zip(least).map_or(0, |(a, b)| a - b)
}

/// A person's count for a fairness term, history counted.
#[must_use]
pub fn fair_count(line: &LineProblem, choice: &[u16], count: &FairCount, history: i64) -> i64 {
    let options = || line.options.iter().zip(choice).map(|(list, &o)| &list[usize::from(o)]);
    match count {
        FairCount::PaidHours => (history + options().map(|o| i64::from(o.paid)).sum::<i64>()).div_euclid(60),
        FairCount::Marked(bit) => history + options().filter(|o| o.marks >> bit & 1 == 1).count() as i64,
        FairCount::Weekends => {
            let mut sum = history;
            let mut saturday = line.weekend_begun;
            for (day, option) in options().enumerate() {
                let works = matches!(option.what, What::Work(_));
                match line.weekend[day] {
                    1 => {
                        saturday = works;
                        sum += i64::from(works);
                    }
                    2 => sum += i64::from(works && !saturday),
                    _ => {}
                }
            }
            sum
        }
    }
}
