//! From names and dates to indices and integers: [`compile`] makes a [`RosterProblem`] of a [`Case`].
//!
//! Every amount is counted as FORMAT.md says, to the unit, at both ends of the horizon and across the history.
//! What no decision changes goes into [`RosterProblem::constant`].

mod automaton;
mod duty_rows;
mod fairness;
mod ledger;
mod options;
mod rules;
mod sums;
mod view;

use super::day::{self, CellTable};
use super::{Block, LineProblem, RosterProblem, SequenceAutomaton};
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{Case, Origin, Requirement, Strength};
use crate::rules::{ChannelKind, Rotation, RuleKind, RuleValue};
use automaton::{Built, Machine, TooLarge};
use chrono::{Datelike, NaiveDate};
use rules::{
    Fill, LongRun, NoOvertime, OrderRow, ReliefCycle, RestHours, RestWeek, RollingRest, RotationMachine,
};
use rules::{RunKind, ShortRun, Succession, TwoPlaces};
use view::{Priced, View};

/// A compiled case with the maps back.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The problem. Person p of it is person p of the case; [`super::What::Work`] holds the index of a shift type.
    pub problem: RosterProblem,
    /// Where each head count lives.
    pub cells: CellTable,
}

/// Facts about one person, or about one day, that cannot all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The person; `None` for a rule about everybody of a day.
    pub person: Option<PersonIx>,
    /// Days of the horizon concerned.
    pub days: Vec<usize>,
    /// What contradicts each other.
    pub reasons: Vec<Reason>,
}

/// A fact that takes part in a contradiction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A row of the rule book, by its index.
    Rule(usize),
    /// A pin and its date.
    Pin(Origin, NaiveDate),
    /// Approved leave and a date in it.
    Leave(Origin, NaiveDate),
    /// A date outside employment.
    Employment(Origin, NaiveDate),
    /// A tag that forbids shifts (`no_night`, `no_overtime`), and a date.
    Tag(String, Origin, NaiveDate),
    /// The rota of the days before.
    History,
    /// The rule's table would have too many states: the rule, by its index.
    TooLarge(usize),
}

/// Compiles a case.
///
/// # Errors
/// Days of a person without any option, with the reasons. Lines of work that are impossible as a whole, and duty
/// rows that cannot be met, are found by [`crate::explain`].
pub fn compile(case: &Case, requirement: &Requirement) -> Result<Compiled, Vec<Contradiction>> {
    let (blocks, cells) = day::build(case, requirement);
    let cell = |d: usize, p: PersonIx, s: ShiftIx| cells.cell(d, p, s);
    let problem = compile_with(case, blocks, cells.len(), &cell)?;
    Ok(Compiled { problem, cells })
}

/// Compiles everything but the inside of the days: `blocks` over `cells` head counts are taken as they are, and
/// `cell` says which of them a person counts in who works a shift on a day.
///
/// # Errors
/// Days of a person without any option, with the reasons. Lines of work that are impossible as a whole, and duty
/// rows that cannot be met, are found by [`crate::explain`].
pub fn compile_with(
    case: &Case,
    blocks: Vec<Block>,
    cells: usize,
    cell: &dyn Fn(usize, PersonIx, ShiftIx) -> Option<super::Cell>,
) -> Result<RosterProblem, Vec<Contradiction>> {
    let kinds: Vec<ChannelKind> = case.channels.iter().map(|c| c.kind).collect();
    let views: Vec<View<'_>> = case.person_indices().map(|p| View::new(case, p, &kinds)).collect();
    let terms = fairness::build(case, &views);
    let mut contradictions = Vec::new();
    let mut constant = 0;
    let mut people = Vec::with_capacity(views.len());
    for view in &views {
        people.push(line(view, &terms.marks, cell, &mut constant, &mut contradictions));
    }
    if !contradictions.is_empty() {
        return Err(contradictions);
    }
    let duty = duty_rows::build(case, &kinds, &people);
    let mut problem = RosterProblem {
        days: case.horizon.days,
        codes: case.shifts.len(),
        people,
        cells,
        blocks,
        duty_rows: duty.rows,
        fairness: terms.fairness,
        constant: constant + duty.constant,
    };
    number_classes(&mut problem);
    Ok(problem)
}

/// One person's line of work alone, without cells and fairness counts: for questions about its hard rules.
///
/// # Errors
/// Days without any option, with the reasons.
pub fn line_of(case: &Case, p: PersonIx) -> Result<LineProblem, Vec<Contradiction>> {
    let kinds: Vec<ChannelKind> = case.channels.iter().map(|c| c.kind).collect();
    let view = View::new(case, p, &kinds);
    let mut contradictions = Vec::new();
    let line = line(&view, &[], &|_, _, _| None, &mut 0, &mut contradictions);
    if contradictions.is_empty() { Ok(line) } else { Err(contradictions) }
}

/// The fairness terms of a case alone: who is compared with whom about what. The bits of [`super::FairCount::Marked`] are
/// those of [`compile`].
#[must_use]
pub fn fairness_terms(case: &Case) -> Vec<super::Fairness> {
    let kinds: Vec<ChannelKind> = case.channels.iter().map(|c| c.kind).collect();
    let views: Vec<View<'_>> = case.person_indices().map(|p| View::new(case, p, &kinds)).collect();
    fairness::build(case, &views).fairness
}

/// Hard duty rows that ask for more people than can work that day, or allow fewer than must: one contradiction
/// each.
#[must_use]
pub fn impossible_duty(problem: &RosterProblem) -> Vec<Contradiction> {
    duty_rows::impossible(&problem.duty_rows, &problem.people)
}

/// One person's line of work.
fn line(
    view: &View<'_>,
    marks: &[options::Mark],
    cell: &dyn Fn(usize, PersonIx, ShiftIx) -> Option<super::Cell>,
    constant: &mut i64,
    contradictions: &mut Vec<Contradiction>,
) -> LineProblem {
    let mut options = options::build(view, &|d, s| cell(d, view.p, s), contradictions);
    options::mark(view, &mut options, marks);
    let mut line = LineProblem {
        class: 0,
        options,
        automata: Vec::new(),
        resources: Vec::new(),
        overtime: super::Overtime::default(),
        weekend: (0..view.days() as i64)
            .map(|d| match view.case.horizon.weekday(d) {
                5 => 1,
                6 => 2,
                _ => 0,
            })
            .collect(),
        weekend_begun: view.case.horizon.weekday(0) == 6 && view.past_worked(-1),
    };
    let mut automata = Automata { line: &mut line, contradictions, p: view.p };
    runs(view, &mut automata);
    rest(view, &mut automata, constant);
    rotation(view, &mut automata);
    no_overtime(view, &mut automata);
    for sum in sums::build(view) {
        for (day, list) in line.options.iter_mut().enumerate() {
            for option in list {
                let amount = (sum.amount)(day, option);
                option.amounts.push(amount);
            }
        }
        line.resources.push(sum.resource);
    }
    match ledger::settlement(view) {
        None => {
            let overtime = ledger::standard(view);
            if ledger::matters(&overtime) {
                line.overtime = overtime;
            }
        }
        Some(_) => {
            let price = view.number(RuleKind::WeightOvertime, 0);
            for option in line.options.iter_mut().flatten() {
                option.cost += price * i64::from(option.direct);
            }
        }
    }
    line
}

/// Takes up one machine after the other.
struct Automata<'l> {
    line: &'l mut LineProblem,
    contradictions: &'l mut Vec<Contradiction>,
    p: PersonIx,
}

impl Automata<'_> {
    fn add<M: Machine>(&mut self, machine: &M, rules: Vec<usize>) {
        let reasons = rules.iter().map(|&r| Reason::TooLarge(r)).collect();
        match automaton::build(machine, &self.line.options, rules) {
            Ok(None) => {}
            Ok(Some(Built { automaton, symbols })) => self.take(automaton, &symbols),
            Err(TooLarge) => {
                self.contradictions.push(Contradiction { person: Some(self.p), days: Vec::new(), reasons });
            }
        }
    }
    fn take(&mut self, automaton: SequenceAutomaton, symbols: &[Vec<u8>]) {
        for (list, row) in self.line.options.iter_mut().zip(symbols) {
            for (option, &symbol) in list.iter_mut().zip(row) {
                option.symbols.push(symbol);
            }
        }
        self.line.automata.push(automaton);
    }
}

fn runs(view: &View<'_>, automata: &mut Automata<'_>) {
    for row in view.rows(RuleKind::MaxConsecutiveDays) {
        automata.add(&LongRun::new(view, row), vec![row.index]);
    }
    for (rule, kind) in
        [(RuleKind::MinConsecutiveDays, RunKind::Work), (RuleKind::MinConsecutiveOff, RunKind::Off)]
    {
        for row in view.rows(rule) {
            automata.add(&ShortRun::new(view, row, kind), vec![row.index]);
        }
    }
}

fn rest(view: &View<'_>, automata: &mut Automata<'_>, constant: &mut i64) {
    let rolling =
        view.setting(RuleKind::RestWeek).is_some_and(|r| matches!(r.value, RuleValue::Rolling7(true)));
    for row in view.rows(RuleKind::MinRestDaysPerWeek) {
        if rolling {
            automata.add(&RollingRest::new(view, row), vec![row.index]);
            continue;
        }
        let machine = RestWeek::new(view, row);
        match row.charge(machine.broken) {
            Some(price) => *constant += price,
            None => automata.contradictions.push(Contradiction {
                person: Some(view.p),
                days: vec![0],
                reasons: vec![Reason::Rule(row.index), Reason::History],
            }),
        }
        automata.add(&machine, vec![row.index]);
    }
    for row in view.rows(RuleKind::MinRestHours) {
        automata.add(&RestHours::new(view, row), vec![row.index]);
    }
    // A hard rest keeps shifts apart anyhow, meetings outside of them not.
    let apart = view.row(RuleKind::MinRestHours, Strength::Hard).is_some();
    if !apart || view.case.meetings.iter().any(|m| m.come_in) {
        automata.add(&TwoPlaces::new(view), Vec::new());
    }
    let rows: Vec<Priced<'_>> = view
        .case
        .rules
        .of(RuleKind::ForbiddenSuccession)
        .filter(|r| view.context().within(&r.scope))
        .map(|r| Priced::of(view.case, r))
        .collect();
    for part in rows.chunks(64) {
        automata.add(&Succession::new(view, part.to_vec()), part.iter().map(|r| r.index).collect());
    }
}

fn rotation(view: &View<'_>, automata: &mut Automata<'_>) {
    let Some(leading) = view.setting(RuleKind::Rotation) else { return };
    let changeover = match view.setting(RuleKind::Changeover).map(|r| &r.value) {
        Some(RuleValue::Weekday(w)) => *w as i64,
        _ => 0,
    };
    let horizon = view.case.horizon;
    let settles = leading.strength == Strength::Hard;
    let mut orders: Vec<OrderRow<'_>> = view
        .rows(RuleKind::RotationOrder)
        .into_iter()
        .filter_map(|row| match &row.row.value {
            RuleValue::RotationOrder(order) => Some(OrderRow { row, order }),
            _ => None,
        })
        .collect();
    if orders.iter().any(|o| o.order.has_relief()) {
        // Such an order says itself which days lie outside; the rotation gives the periods only.
        let RuleValue::Rotation(length) = leading.value else { return };
        let (period, longest) = periods(horizon, length, changeover);
        for order in orders {
            let rules = vec![order.row.index];
            if order.order.has_relief() {
                automata.add(&ReliefCycle::new(view, order, &period), rules);
            } else {
                automata.add(&RotationMachine::new(view, None, Some(order), false, &period, longest), rules);
            }
        }
        return;
    }
    let mut add = |rotation: Option<Priced<'_>>, order: Option<OrderRow<'_>>, length: Rotation| {
        let rules = rotation.map(|r| r.index).into_iter().chain(order.map(|o| o.row.index)).collect();
        let (period, longest) = periods(horizon, length, changeover);
        let machine = RotationMachine::new(view, rotation, order, settles, &period, longest);
        automata.add(&machine, rules);
    };
    for row in view.rows(RuleKind::Rotation) {
        let RuleValue::Rotation(length) = row.row.value else { continue };
        // The order is judged by the periods of the leading row; it shares that row's table.
        let order = if std::ptr::eq(row.row, leading) { orders.pop() } else { None };
        add(Some(row), order, length);
    }
    let RuleValue::Rotation(length) = leading.value else { return };
    for order in orders {
        add(None, Some(order), length);
    }
}

/// The number of the period of each day, and the longest period in days.
fn periods(
    horizon: crate::calendar::Horizon,
    length: Rotation,
    changeover: i64,
) -> (impl Fn(i64) -> i64, i64) {
    let longest = match length {
        Rotation::Month => 31,
        Rotation::Weeks(n) => 7 * i64::from(n),
    };
    let number = move |day: i64| {
        let date = horizon.date(day);
        match length {
            Rotation::Month => i64::from(date.year()) * 12 + i64::from(date.month0()),
            Rotation::Weeks(_) => {
                let monday = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or(date);
                ((date - monday).num_days() - changeover).div_euclid(longest.max(1))
            }
        }
    };
    (number, longest)
}

/// The tag `no_overtime`: what is worked on such a day must fit into the normal minutes of its week, or of its
/// settlement period when that is paid out in the horizon.
fn no_overtime(view: &View<'_>, automata: &mut Automata<'_>) {
    let tagged: Vec<bool> = (0..view.days()).map(|d| view.tagged("no_overtime", d)).collect();
    if !tagged.contains(&true) {
        return;
    }
    // (first day, last day, normal minutes)
    let windows: Vec<(usize, usize, i64)>;
    let start;
    let mut fill: Fill = Box::new(|_, o| i64::from(o.fill));
    match ledger::settlement(view) {
        None => {
            let weeks = ledger::weeks(view);
            windows = weeks.iter().map(|w| (w.first, w.last, i64::from(w.target))).collect();
            start = weeks.first().map_or(0, |w| i64::from(w.start));
        }
        Some(months) => {
            let periods = ledger::settlements(view, months);
            if periods.iter().all(|p| p.pays_above.is_none() || ledger::never_overtime(view, p.days)) {
                return;
            }
            let paid_out = periods.iter().filter_map(|p| Some((p.days.0, p.days.1, p.pays_above?)));
            windows = paid_out.collect();
            start = periods.first().map_or(0, |p| p.start);
            let statutory: Vec<bool> = (0..view.days() as i64).map(|d| view.statutory(d)).collect();
            fill = Box::new(move |day, o| if statutory[day] { 0 } else { i64::from(o.paid) });
        }
    }
    let mut begins = vec![false; view.days()];
    let mut target = vec![i64::MAX; view.days()];
    for (first, last, normal) in windows {
        begins[first] = first > 0;
        target[first..=last].fill(normal);
    }
    automata.add(&NoOvertime { tagged, begins, target, fill, start }, Vec::new());
}

/// People whose lines, duty rows and fairness terms are equal get equal numbers.
fn number_classes(problem: &mut RosterProblem) {
    let mut ties: Vec<Vec<(usize, i64)>> = vec![Vec::new(); problem.people.len()];
    for (r, row) in problem.duty_rows.iter().enumerate() {
        for &(p, option) in &row.members {
            ties[p as usize].push((r, i64::from(option)));
        }
    }
    for (t, term) in problem.fairness.iter().enumerate() {
        for &(p, history) in &term.members {
            ties[p as usize].push((problem.duty_rows.len() + t, history));
        }
    }
    let mut known: Vec<usize> = Vec::new();
    for p in 0..problem.people.len() {
        let found = known.iter().position(|&q| {
            ties[q] == ties[p]
                && problem.people[q].options == problem.people[p].options
                && problem.people[q].automata == problem.people[p].automata
                && problem.people[q].resources == problem.people[p].resources
                && problem.people[q].overtime == problem.people[p].overtime
                && problem.people[q].weekend_begun == problem.people[p].weekend_begun
        });
        let class = found.unwrap_or_else(|| {
            known.push(p);
            known.len() - 1
        });
        problem.people[p].class = class as u32;
    }
}
