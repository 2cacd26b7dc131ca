//! What does not change while a rota is annealed, laid out for moves.

use super::lists::{Choices, Grouped, Kind, Lists};
use super::steps::Steps;
use crate::problem::{Block, CountResource, LineProblem, RosterProblem, What, can_be_windowed};
use crate::solve::modes::Modes;
use rustc_hash::FxHashMap;

/// No such mode, option or cell.
pub(super) const NONE: u16 = u16::MAX;
pub(super) const NO_CELL: u32 = u32::MAX;
/// Letters at most.
pub(super) const LETTERS: usize = 64;

/// Price of the head count of a cell.
#[derive(Clone, Copy)]
pub(super) struct Cover {
    pub required: i32,
    pub under: i64,
    pub over: i64,
}

impl Cover {
    /// What one more costs where `n` people are.
    pub(super) fn next(&self, n: i32) -> f32 {
        if n < self.required { -(self.under as f32) } else { self.over as f32 }
    }
    /// What `n` people cost.
    pub(super) fn price(&self, n: i32) -> i64 {
        let open = i64::from(self.required - n);
        if open > 0 { open * self.under } else { -open * self.over }
    }
}

/// A running sum of a person, looked at on the last day.
#[derive(Clone)]
pub(super) struct Sum {
    pub weekend: bool,
    pub low: i32,
    pub high: i32,
}

/// A person's rules.
pub(super) struct Own {
    pub letters: usize,
    pub start: u16,
    /// `next[mode * letters + letter]`, and what it costs.
    pub next: Vec<u16>,
    pub cost: Vec<i32>,
    pub finish: Vec<Option<i32>>,
    /// `hop[letter * modes + mode]`: the mode after, one past the last where a rule is broken.
    pub hop: Vec<u16>,
    /// Steps that are allowed.
    pub steps: Steps,
    /// Whether any step costs something.
    pub costly: bool,
    /// Smallest amount of each sum.
    pub units: Vec<f32>,
    pub sums: Vec<Sum>,
    /// Sums before day 0.
    pub begun: Vec<i32>,
    /// What an option adds to sums that are no weekends, and to those that are.
    pub rows: Vec<Vec<(u8, i32)>>,
    pub weekend_rows: Vec<Vec<(u8, i32)>>,
}

/// Everything about a problem that moves need.
pub(in crate::solve) struct Tables {
    pub(super) days: usize,
    pub(super) people: Vec<Own>,
    pub(super) cover: Vec<Cover>,
    /// What the options of all person-days cost, one after the other; those of person p and day d begin at
    /// `first[p * days + d]`.
    costs: Vec<i32>,
    first: Vec<u32>,
    /// First cell of each day.
    cells: Vec<u32>,
    /// The list of each person-day.
    list: Vec<u16>,
    lists: Lists,
    /// 1 a Saturday, 2 a Sunday, else 0.
    pub(super) weekend: Vec<u8>,
    /// First days of weeks, and the end.
    pub(super) weeks: Vec<usize>,
}

impl Tables {
    /// `None` where annealing does not fit the problem: something else than head counts couples people, a sum is
    /// looked at before the end, or numbers are too large.
    pub(in crate::solve) fn new(problem: &RosterProblem) -> Option<Self> {
        if !can_be_windowed(problem) || problem.people.is_empty() {
            return None;
        }
        let days = problem.days;
        let weekend = problem.people[0].weekend.clone();
        if problem.people.iter().any(|l| l.weekend != weekend) {
            return None;
        }
        let mut cover = vec![Cover { required: 0, under: 0, over: 0 }; problem.cells];
        for block in &problem.blocks {
            let Block::HeadCount { cell, required, under, over } = *block else { return None };
            cover[cell as usize] = Cover { required: i32::try_from(required).ok()?, under, over };
        }
        let mut lists = Lists::new(problem.codes + 1);
        let mut list = Vec::new();
        let (mut costs, mut first) = (Vec::new(), Vec::new());
        let of_day =
            |d: usize| problem.people.iter().flat_map(move |l| l.options[d].iter().filter_map(|o| o.cell));
        let cells: Vec<u32> = (0..days).map(|d| of_day(d).min().unwrap_or(0)).collect();
        let mut people = Vec::new();
        for line in &problem.people {
            let modes = Modes::new(line)?;
            let mut known: FxHashMap<&[i32], u16> = FxHashMap::default();
            let mut rows: Vec<&[i32]> = Vec::new();
            let mut lines = Vec::with_capacity(days);
            for (d, own) in line.options.iter().enumerate() {
                first.push(u32::try_from(costs.len()).ok()?);
                let mut here = Vec::with_capacity(own.len());
                for (o, option) in own.iter().enumerate() {
                    let what = match option.what {
                        What::Off => 0,
                        What::Work(code) => code + 1,
                        What::Leave | What::Absent => NONE,
                    };
                    let fresh = rows.len() as u16;
                    let row = *known.entry(&option.amounts[..]).or_insert_with(|| {
                        rows.push(&option.amounts);
                        fresh
                    });
                    costs.push(i32::try_from(option.cost).ok()?);
                    let cell = option.cell.map_or(NO_CELL, |c| c - cells[d]);
                    here.push(Kind { letter: modes.letter[d][o], row, what, cell });
                }
                lines.push(here);
            }
            let own = own(line, &modes, &rows)?;
            let counts: Vec<bool> = own.weekend_rows.iter().map(|row| !row.is_empty()).collect();
            for here in lines {
                list.push(lists.number(here, &counts)?);
            }
            people.push(own);
        }
        let mut weeks: Vec<usize> = (1..days).filter(|&d| weekend[d - 1] == 2).collect();
        weeks.insert(0, 0);
        weeks.push(days);
        Some(Self { days, people, cover, costs, first, cells, list, lists, weekend, weeks })
    }

    /// The options of a person-day.
    pub(super) fn of(&self, p: usize, d: usize) -> Choices<'_> {
        let at = p * self.days + d;
        self.lists.choices(self.list[at], &self.costs[self.first[at] as usize..], self.cells[d])
    }

    /// The options of a person-day, those together after which all goes on in the same way.
    pub(super) fn grouped(&self, p: usize, d: usize) -> Grouped<'_> {
        let at = p * self.days + d;
        self.lists.grouped(self.list[at], &self.costs[self.first[at] as usize..], self.cells[d])
    }

    /// The option of a person-day that is the same thing; [`NONE`] where there is none.
    pub(super) fn same(&self, p: usize, d: usize, what: u16) -> u16 {
        self.lists.option(self.list[p * self.days + d], what)
    }
}

/// A person's rules; sums that always move together become one.
fn own(line: &LineProblem, modes: &Modes, rows: &[&[i32]]) -> Option<Own> {
    let last = line.options.len() - 1;
    if modes.count >= usize::from(NONE) || modes.letters > LETTERS {
        return None;
    }
    let mut sums: Vec<Sum> = Vec::new();
    let mut begun = Vec::new();
    // By sum: an index of a resource with the same amounts.
    let mut source: Vec<usize> = Vec::new();
    for (r, resource) in line.resources.iter().enumerate() {
        let Some((low, high)) = limits(resource, last)? else { continue };
        let twin = (0..sums.len()).find(|&s| {
            sums[s].weekend == resource.weekend
                && begun[s] == resource.start
                && rows.iter().all(|row| row[source[s]] == row[r])
        });
        match twin {
            Some(s) => {
                sums[s].low = sums[s].low.max(low);
                sums[s].high = sums[s].high.min(high);
            }
            None => {
                sums.push(Sum { weekend: resource.weekend, low, high });
                begun.push(resource.start);
                source.push(r);
            }
        }
    }
    if sums.len() > usize::from(u8::MAX) {
        return None;
    }
    let amounts = |row: &&[i32], weekend: bool| -> Vec<(u8, i32)> {
        let counted = (0..sums.len()).filter(|&s| sums[s].weekend == weekend && row[source[s]] != 0);
        counted.map(|s| (s as u8, row[source[s]])).collect()
    };
    let hop = |l: usize, m: usize| match modes.next[m * modes.letters + l] {
        u32::MAX => modes.count as u16,
        to => to as u16,
    };
    let least = |s: usize| rows.iter().map(|row| row[source[s]]).filter(|&a| a > 0).min().unwrap_or(1);
    Some(Own {
        steps: Steps::new(modes),
        hop: (0..modes.letters).flat_map(|l| (0..modes.count).map(move |m| hop(l, m))).collect(),
        costly: modes.cost.iter().any(|&c| c != 0),
        units: (0..sums.len()).map(|s| least(s) as f32).collect(),
        letters: modes.letters,
        start: modes.start as u16,
        next: modes.next.iter().map(|&m| if m == u32::MAX { NONE } else { m as u16 }).collect(),
        cost: modes.cost.iter().map(|&c| i32::try_from(c).ok()).collect::<Option<_>>()?,
        finish: modes
            .finish
            .iter()
            .map(|f| f.map_or(Some(None), |f| i32::try_from(f).ok().map(Some)))
            .collect::<Option<_>>()?,
        rows: rows.iter().map(|row| amounts(row, false)).collect(),
        weekend_rows: rows.iter().map(|row| amounts(row, true)).collect(),
        sums,
        begun,
    })
}

/// Hard limits of a sum; `Some(None)` for a sum without any, `None` for one that moves cannot follow.
#[allow(clippy::option_option)]
fn limits(resource: &CountResource, last: usize) -> Option<Option<(i32, i32)>> {
    match &resource.checkpoints[..] {
        [] => Some(None),
        [c] if c.day == last && c.soft_low.is_none() && c.soft_high.is_none() => {
            Some(Some((c.low.unwrap_or(i32::MIN / 4), c.high.unwrap_or(i32::MAX / 4))))
        }
        _ => None,
    }
}
