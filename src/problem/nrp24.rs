//! The public shift-scheduling instances of Curtois and Qu (2014): text to [`RosterProblem`].
//!
//! Day 0 is a Monday and nothing is known before it. Runs that touch the first or the last day are exempt from
//! *minimum* lengths; a weekend counts when either of its days is worked; a person's limit of 0 forbids a type.

use super::{
    Block, Checkpoint, CountResource, DayOption, FORBIDDEN, LineProblem, Overtime, RosterProblem,
    SequenceAutomaton, What,
};
use std::collections::HashMap;

/// A public instance, compiled, with the names that its answer is written in.
pub struct Instance {
    /// The problem. Codes are the shift types in file order.
    pub problem: RosterProblem,
    /// Ids of the people.
    pub people: Vec<String>,
    /// Ids of the shift types.
    pub codes: Vec<String>,
}

/// What is wrong with an instance file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceError {
    /// 1-based line.
    pub line: usize,
    /// What was expected there.
    pub expected: &'static str,
}

struct ShiftType {
    id: String,
    minutes: i32,
    forbids: Vec<String>,
}

struct Staff {
    id: String,
    limits: HashMap<String, i32>,
    max_minutes: i32,
    min_minutes: i32,
    max_run: usize,
    min_run: usize,
    min_off: usize,
    max_weekends: i32,
}

type Line<'t> = (usize, Vec<&'t str>);

/// Reads an instance.
///
/// # Errors
/// The first line that does not have the form of its section.
pub fn read_instance(text: &str) -> Result<Instance, InstanceError> {
    let mut sections: HashMap<&str, Vec<Line<'_>>> = HashMap::new();
    let mut current = "";
    for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with("SECTION_") {
            current = line;
            sections.entry(current).or_default();
        } else {
            sections.entry(current).or_default().push((i + 1, line.split(',').map(str::trim).collect()));
        }
    }
    let rows = |name: &str| sections.get(name).map_or(&[][..], Vec::as_slice);
    let horizon =
        rows("SECTION_HORIZON").first().ok_or(fault(1, "a SECTION_HORIZON with the number of days"))?;
    let days: usize = number(horizon, 0, "the number of days")?;
    let shifts = read_shifts(rows("SECTION_SHIFTS"))?;
    let staff = read_staff(rows("SECTION_STAFF"))?;
    compile(days, &shifts, &staff, &rows)
}

fn fault(line: usize, expected: &'static str) -> InstanceError {
    InstanceError { line, expected }
}

fn number<T: std::str::FromStr>(
    line: &Line<'_>,
    at: usize,
    expected: &'static str,
) -> Result<T, InstanceError> {
    line.1.get(at).and_then(|s| s.parse().ok()).ok_or(fault(line.0, expected))
}

fn read_shifts(rows: &[Line<'_>]) -> Result<Vec<ShiftType>, InstanceError> {
    rows.iter()
        .map(|line| {
            let forbids = line.1.get(2).copied().unwrap_or("");
            Ok(ShiftType {
                id: line.1[0].to_string(),
                minutes: number(line, 1, "a shift: id, minutes, ids that cannot follow")?,
                forbids: forbids.split('|').filter(|s| !s.is_empty()).map(str::to_string).collect(),
            })
        })
        .collect()
}

fn read_staff(rows: &[Line<'_>]) -> Result<Vec<Staff>, InstanceError> {
    const FORM: &str =
        "a person: id, limits, max and min minutes, max and min run, min days off, max weekends";
    rows.iter()
        .map(|line| {
            let mut limits = HashMap::new();
            for part in line.1.get(1).copied().unwrap_or("").split('|').filter(|s| !s.is_empty()) {
                let (id, n) = part.split_once('=').ok_or(fault(line.0, FORM))?;
                limits.insert(id.to_string(), n.parse().map_err(|_| fault(line.0, FORM))?);
            }
            Ok(Staff {
                id: line.1[0].to_string(),
                limits,
                max_minutes: number(line, 2, FORM)?,
                min_minutes: number(line, 3, FORM)?,
                max_run: number(line, 4, FORM)?,
                min_run: number(line, 5, FORM)?,
                min_off: number(line, 6, FORM)?,
                max_weekends: number(line, 7, FORM)?,
            })
        })
        .collect()
}

fn compile<'t>(
    days: usize,
    shifts: &[ShiftType],
    staff: &[Staff],
    rows: &dyn Fn(&str) -> &'t [Line<'t>],
) -> Result<Instance, InstanceError> {
    let code_of: HashMap<&str, usize> = shifts.iter().enumerate().map(|(k, s)| (s.id.as_str(), k)).collect();
    let person_of: HashMap<&str, usize> = staff.iter().enumerate().map(|(p, s)| (s.id.as_str(), p)).collect();
    let mut off = vec![vec![false; days]; staff.len()];
    for line in rows("SECTION_DAYS_OFF") {
        let p = *person_of.get(line.1[0]).ok_or(fault(line.0, "a person of SECTION_STAFF"))?;
        for i in 1..line.1.len() {
            let d: usize = number(line, i, "a day of the horizon")?;
            *off[p].get_mut(d).ok_or(fault(line.0, "a day of the horizon"))? = true;
        }
    }
    let mut cost = vec![vec![vec![0i64; shifts.len() + 1]; days]; staff.len()];
    for (name, on) in [("SECTION_SHIFT_ON_REQUESTS", true), ("SECTION_SHIFT_OFF_REQUESTS", false)] {
        for line in rows(name) {
            const FORM: &str = "a request: person, day, shift, weight";
            let p = *person_of.get(line.1[0]).ok_or(fault(line.0, FORM))?;
            let d: usize = number(line, 1, FORM)?;
            let k = line.1.get(2).and_then(|k| code_of.get(k)).copied().ok_or(fault(line.0, FORM))?;
            let w: i64 = number(line, 3, FORM)?;
            let cells = cost[p].get_mut(d).ok_or(fault(line.0, FORM))?;
            for (option, cell) in cells.iter_mut().enumerate() {
                if (option == k + 1) != on {
                    *cell += w;
                }
            }
        }
    }
    let mut blocks = Vec::new();
    let mut cell_of = vec![vec![None; shifts.len()]; days];
    for line in rows("SECTION_COVER") {
        const FORM: &str = "a cover: day, shift, number, weight under, weight over";
        let d: usize = number(line, 0, FORM)?;
        let k = line.1.get(1).and_then(|k| code_of.get(k)).copied().ok_or(fault(line.0, FORM))?;
        let slot = cell_of.get_mut(d).ok_or(fault(line.0, FORM))?;
        slot[k] = Some(blocks.len() as u32);
        blocks.push(Block::HeadCount {
            cell: blocks.len() as u32,
            required: number(line, 2, FORM)?,
            under: number(line, 3, FORM)?,
            over: number(line, 4, FORM)?,
        });
    }
    for cell in cell_of.iter_mut().flatten().filter(|c| c.is_none()) {
        *cell = Some(blocks.len() as u32);
        blocks.push(Block::HeadCount { cell: blocks.len() as u32, required: 0, under: 0, over: 0 });
    }
    let people = staff
        .iter()
        .enumerate()
        .map(|(p, s)| line_of(p as u32, s, shifts, days, &off[p], &cost[p], &cell_of))
        .collect();
    let problem = RosterProblem {
        days,
        codes: shifts.len(),
        people,
        cells: blocks.len(),
        blocks,
        ..Default::default()
    };
    Ok(Instance {
        problem,
        people: staff.iter().map(|s| s.id.clone()).collect(),
        codes: shifts.iter().map(|s| s.id.clone()).collect(),
    })
}

fn line_of(
    class: u32,
    staff: &Staff,
    shifts: &[ShiftType],
    days: usize,
    off: &[bool],
    cost: &[Vec<i64>],
    cell_of: &[Vec<Option<u32>>],
) -> LineProblem {
    let limit = |k: usize| staff.limits.get(&shifts[k].id).copied().unwrap_or(0);
    let limited: Vec<usize> = (0..shifts.len()).filter(|&k| limit(k) > 0 && limit(k) < days as i32).collect();
    let amounts = |code: Option<usize>| -> Vec<i32> {
        let minutes = code.map_or(0, |k| shifts[k].minutes);
        let mut list = vec![minutes, minutes, i32::from(code.is_some())];
        list.extend(limited.iter().map(|&k| i32::from(code == Some(k))));
        list
    };
    let option = |what, code: Option<usize>, d: usize| DayOption {
        what,
        cost: cost[d][code.map_or(0, |k| k + 1)],
        cell: code.and_then(|k| cell_of[d][k]),
        paid: code.map_or(0, |k| shifts[k].minutes),
        fill: 0,
        direct: 0,
        marks: 0,
        symbols: vec![u8::from(code.is_some()), code.map_or(0, |k| k as u8 + 1)],
        amounts: {
            let mut a = amounts(code);
            if d % 7 < 5 {
                a[2] = 0;
            }
            a
        },
    };
    let options = (0..days)
        .map(|d| {
            let mut list = vec![option(What::Off, None, d)];
            if !off[d] {
                let allowed = (0..shifts.len()).filter(|&k| limit(k) > 0);
                list.extend(allowed.map(|k| option(What::Work(k as u16), Some(k), d)));
            }
            list
        })
        .collect();
    let end = |low: Option<i32>, high: Option<i32>| Checkpoint {
        day: days - 1,
        low,
        high,
        soft_low: None,
        soft_high: None,
        unit: 1,
        reset: false,
    };
    let sum = |weekend: bool, checkpoint: Checkpoint| CountResource {
        start: 0,
        weekend,
        checkpoints: vec![checkpoint],
        rules: Vec::new(),
    };
    let mut resources = vec![
        sum(false, end(Some(staff.min_minutes), None)),
        sum(false, end(None, Some(staff.max_minutes))),
        sum(true, end(None, Some(staff.max_weekends))),
    ];
    resources.extend(limited.iter().map(|&k| sum(false, end(None, Some(limit(k))))));
    LineProblem {
        class,
        options,
        automata: vec![runs(staff), successions(shifts)],
        resources,
        overtime: Overtime::default(),
        weekend: (0..days).map(|d| [0, 0, 0, 0, 0, 1, 2][d % 7]).collect(),
        weekend_begun: false,
    }
}

/// Runs of work between the minimum and the maximum, runs of days off of at least the minimum; the first run and
/// the last one are exempt from minima. Symbols: 0 off, 1 work.
fn runs(staff: &Staff) -> SequenceAutomaton {
    let (max, min, off) = (staff.max_run.max(1), staff.min_run, staff.min_off.max(1));
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
fn successions(shifts: &[ShiftType]) -> SequenceAutomaton {
    let n = shifts.len() + 1;
    let mut next = vec![0u16; n * n];
    for state in 0..n {
        for symbol in 0..n {
            let barred =
                state > 0 && symbol > 0 && shifts[state - 1].forbids.contains(&shifts[symbol - 1].id);
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
