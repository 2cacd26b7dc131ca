//! The calls of the master's simplex as they came, to be made again in another library.
//!
//! A call is what changed since the one before, in the form without keys: convexity, head-count, duty, cut and
//! fairness rows; a column for each line, and the columns that are no lines. The test names the problem whose
//! masters it wants.

use super::master::{BARRED, Master, UNASSIGNED};
use crate::base::stop::StopCriterion;
use crate::lp::{LpStatus, Slopes, thread_time};
use crate::problem::RosterProblem;
use std::sync::Mutex;
use std::time::Duration;

/// Which program column a recorded column is.
#[derive(Clone, Copy)]
enum Source {
    Line(usize),
    Other(usize),
}

pub(super) struct NewRow {
    pub(super) side: f64,
    pub(super) slopes: Slopes,
    /// (column that was there before the call, coefficient).
    pub(super) entries: Vec<(u32, f64)>,
}

pub(super) struct NewColumn {
    pub(super) cost: f64,
    pub(super) free: bool,
    /// (row, coefficient), the rows of the call included.
    pub(super) entries: Vec<(u32, f64)>,
}

/// One call: rows come first, then columns, then changes.
pub(super) struct Call {
    pub(super) rows: Vec<NewRow>,
    pub(super) columns: Vec<NewColumn>,
    pub(super) costs: Vec<(u32, f64)>,
    /// Slopes of slacks that changed; `None` where the row holds exactly from now on.
    pub(super) slopes: Vec<(u32, Option<Slopes>)>,
    pub(super) optimal: bool,
    /// In scaled units.
    pub(super) objective: f64,
    pub(super) pivots: u64,
    pub(super) time: Duration,
    /// Spent on other keys and their right-hand sides.
    pub(super) keys: Duration,
}

/// What the simplex did in a call, and how long it took.
struct Measured {
    status: LpStatus,
    pivots: u64,
    time: Duration,
    keys: Duration,
}

impl Master<'_, '_> {
    /// [`Master::optimise`] with other keys before it, both timed and written down where the problem is watched.
    pub(super) fn optimise_recorded(&mut self, stop: &StopCriterion) {
        let (begin, pivots) = (thread_time(), self.lp.pivots());
        self.renew();
        let renewed = thread_time();
        let status = self.optimise(stop);
        let time = thread_time().saturating_sub(renewed);
        let keys = renewed.saturating_sub(begin);
        if let Some(mut recording) = self.recording.take() {
            let pivots = self.lp.pivots() - pivots;
            recording.record(self, Measured { status, pivots, time, keys });
            self.recording = Some(recording);
        }
    }
}

/// All calls of a master.
pub(super) type Sequence = Vec<Call>;

/// A problem whose masters are recorded, with what has been recorded.
struct Watched {
    problem: usize,
    sequences: Vec<Sequence>,
}

static WATCHED: Mutex<Vec<Watched>> = Mutex::new(Vec::new());

fn address(problem: &RosterProblem) -> usize {
    std::ptr::from_ref(problem) as usize
}

/// Records the calls of all masters of a problem while `work` runs.
pub(super) fn recorded(problem: &RosterProblem, work: impl FnOnce()) -> Vec<Sequence> {
    let problem = address(problem);
    WATCHED.lock().expect("nobody panicked").push(Watched { problem, sequences: Vec::new() });
    work();
    let mut list = WATCHED.lock().expect("nobody panicked");
    let at = list.iter().position(|w| w.problem == problem).expect("it was put there");
    list.swap_remove(at).sequences
}

/// The record of one master, handed over when the master ends.
pub(super) struct Recording {
    problem: usize,
    calls: Sequence,
    sources: Vec<Source>,
    costs: Vec<f64>,
    slopes: Vec<Option<Slopes>>,
    lines: usize,
    others: usize,
}

impl Drop for Recording {
    fn drop(&mut self) {
        if let Ok(mut list) = WATCHED.lock()
            && let Some(watched) = list.iter_mut().find(|w| w.problem == self.problem)
        {
            watched.sequences.push(std::mem::take(&mut self.calls));
        }
    }
}

impl Recording {
    /// A record where the problem is watched.
    pub(super) fn of(problem: &RosterProblem) -> Option<Self> {
        let problem = address(problem);
        let list = WATCHED.lock().ok()?;
        list.iter().any(|w| w.problem == problem).then_some(Self {
            problem,
            calls: Vec::new(),
            sources: Vec::new(),
            costs: Vec::new(),
            slopes: Vec::new(),
            lines: 0,
            others: 0,
        })
    }

    /// Writes down a call that has just been made.
    fn record(&mut self, master: &Master<'_, '_>, measured: Measured) {
        let first = self.slopes.len();
        let mut rows: Vec<NewRow> = (first..master.lp.row_count())
            .map(|row| {
                let keyed = row < master.people.len() && master.keys[row].is_some();
                let open = Slopes::new(-BARRED, UNASSIGNED);
                let slopes = if keyed { open } else { master.lp.row_slopes(row) };
                NewRow { side: master.sides[row], slopes, entries: Vec::new() }
            })
            .collect();
        let old = if rows.is_empty() { &[][..] } else { &self.sources[..] };
        for (c, &source) in old.iter().enumerate() {
            for (row, a) in entries(master, source) {
                if row as usize >= first {
                    rows[row as usize - first].entries.push((c as u32, a));
                }
            }
        }
        let mut changed_slopes = Vec::new();
        self.slopes.extend(rows.iter().map(|r| Some(r.slopes)));
        for (row, known) in self.slopes.iter_mut().enumerate() {
            let keyed = row < master.people.len() && master.keys[row].is_some();
            let now = (!keyed).then(|| master.lp.row_slopes(row));
            if *known != now {
                *known = now;
                changed_slopes.push((row as u32, now));
            }
        }
        let mut costs = Vec::new();
        for (c, &source) in self.sources.iter().enumerate() {
            let now = cost(master, source);
            if now != self.costs[c] {
                self.costs[c] = now;
                costs.push((c as u32, now));
            }
        }
        let is_line = |c: usize| master.line_of.get(c).is_some_and(|&l| l != u32::MAX);
        let others = (self.others..master.lp.column_count()).filter(|&c| !is_line(c)).map(Source::Other);
        let fresh: Vec<Source> = others.chain((self.lines..master.columns.len()).map(Source::Line)).collect();
        (self.others, self.lines) = (master.lp.column_count(), master.columns.len());
        let columns = fresh.iter().map(|&source| NewColumn {
            cost: cost(master, source),
            free: matches!(source, Source::Other(_)),
            entries: entries(master, source),
        });
        let columns: Vec<NewColumn> = columns.collect();
        self.costs.extend(columns.iter().map(|c| c.cost));
        self.sources.extend(fresh);
        self.calls.push(Call {
            rows,
            columns,
            costs,
            slopes: changed_slopes,
            optimal: measured.status == LpStatus::Optimal,
            objective: master.lp.objective() + master.key_price(),
            pivots: measured.pivots,
            time: measured.time,
            keys: measured.keys,
        });
    }
}

/// What a column costs in the form without keys.
fn cost(master: &Master<'_, '_>, source: Source) -> f64 {
    match source {
        Source::Line(line) => master.line_price(line),
        Source::Other(column) => {
            let slopes = master.lp.column_slopes(column);
            assert!(slopes.below == slopes.above, "a column that is no line has one price");
            slopes.above
        }
    }
}

/// Entries of a column in the form without keys, one a row.
fn entries(master: &Master<'_, '_>, source: Source) -> Vec<(u32, f64)> {
    let mut list = match source {
        Source::Other(column) => master.lp.column_entries(column),
        Source::Line(line) => {
            let column = &master.columns[line];
            let cells = column.cells.iter().flat_map(|&c| master.lp.cell_entries(c).iter().copied());
            let convexity = (master.slot(column.person) as u32, 1.0);
            cells.chain(master.direct_entries(column)).chain([convexity]).collect()
        }
    };
    list.sort_unstable_by_key(|e| e.0);
    list.dedup_by(|b, a| {
        let same = a.0 == b.0;
        if same {
            a.1 += b.1;
        }
        same
    });
    list.retain(|e| e.1 != 0.0);
    list
}
