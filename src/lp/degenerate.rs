//! Ten thousand random degenerate masters, each answer held by a certificate of its own.
//!
//! A master is made twice: as it stands, and with keys in place of the convexity rows as the column generation
//! enters it. Both are solved again and again while lines, cuts and counting rows come in and lines are barred. The
//! certificate needs nothing but the program: the rows hold, the duals are between the slopes, and the price of the
//! values equals that of the right-hand sides.

use super::{KinkLp, LpStatus, Rewritten, Slopes};
use crate::base::random::Random;

/// Price of a weight below 0, of what is barred, of a person without a line, of a unit below a cut.
const NEGATIVE: f64 = 4e6;
const BARRED: f64 = 2e4;
const UNASSIGNED: f64 = 2e4;
const BELOW_CUT: f64 = 2.0;

/// A column of a person: the cells it stands in.
#[derive(Clone)]
struct Line {
    slot: usize,
    cells: Vec<u32>,
    cost: f64,
    barred: bool,
}

impl Line {
    fn price(&self) -> f64 {
        if self.barred { BARRED } else { self.cost }
    }
}

/// A row that counts the cells of its kind in the lines of some people.
struct Counting {
    row: usize,
    slots: u64,
    kind: u32,
}

impl Counting {
    fn count(&self, line: &Line) -> f64 {
        let own = self.slots >> line.slot & 1 == 1;
        if own { line.cells.iter().filter(|&c| c % 3 == self.kind).count() as f64 } else { 0.0 }
    }
}

/// A master in both forms. Rows have the same numbers in both.
struct Twin {
    slots: usize,
    cells: usize,
    theta: usize,
    lines: Vec<Line>,
    counting: Vec<Counting>,
    sides: Vec<f64>,
    plain: KinkLp,
    plain_column: Vec<usize>,
    keyed: KinkLp,
    keyed_column: Vec<Option<usize>>,
    keys: Vec<Option<usize>>,
}

impl Twin {
    fn random(r: &mut Random) -> Self {
        let large = r.below(20) == 0;
        let slots = 1 + r.below(if large { 40 } else { 7 });
        let cells = 1 + r.below(if large { 90 } else { 14 });
        let theta = r.below(3);
        let make = || KinkLp::new(cells + theta, 1e-7);
        let (mut plain, mut keyed, mut sides) = (make(), make(), Vec::new());
        let mut add = |row: &[(u32, f64)], side: f64, slopes: Slopes| {
            plain.add_row(row, side, slopes);
            sides.push(side);
            keyed.add_row(row, side, slopes)
        };
        for _ in 0..slots {
            add(&[], 1.0, Slopes::new(-1e6, UNASSIGNED));
        }
        // Few prices and requirements, so that most choices tie.
        for cell in 0..cells as u32 {
            let (over, under) = [(1.0, 100.0), (0.0, 100.0), (10.0, 10.0), (0.0, 0.0)][r.below(4)];
            add(&[(cell, 1.0)], r.below(1 + slots / 2) as f64, Slopes::new(-over, under));
        }
        for t in 0..theta as u32 {
            add(&[(cells as u32 + t, -1.0)], 0.0, Slopes::new(-BELOW_CUT, 0.0));
        }
        for t in 0..theta as u32 {
            plain.add_column(&[cells as u32 + t], &[], Slopes::new(1.0, 1.0));
            keyed.add_column(&[cells as u32 + t], &[], Slopes::new(1.0, 1.0));
        }
        Self {
            slots,
            cells,
            theta,
            lines: Vec::new(),
            counting: Vec::new(),
            sides,
            plain,
            plain_column: Vec::new(),
            keyed,
            keyed_column: Vec::new(),
            keys: vec![None; slots],
        }
    }

    fn entries(&self, line: &Line) -> Vec<(u32, f64)> {
        self.counting.iter().map(|c| (c.row as u32, c.count(line))).filter(|e| e.1 != 0.0).collect()
    }

    /// Entries of a line less those of its key.
    fn difference(&self, line: usize) -> (Vec<u32>, Vec<u32>, Vec<(u32, f64)>, Slopes) {
        let own = &self.lines[line];
        let mut direct = self.entries(own);
        let Some(key) = self.keys[own.slot].map(|k| &self.lines[k]) else {
            direct.push((own.slot as u32, 1.0));
            return (own.cells.clone(), Vec::new(), direct, Slopes::new(-NEGATIVE, own.price()));
        };
        direct.extend(self.entries(key).into_iter().map(|(r, n)| (r, -n)));
        direct.push((own.slot as u32, 1.0));
        let slopes = Slopes::new(-NEGATIVE, own.price() - key.price());
        (own.cells.clone(), key.cells.clone(), direct, slopes)
    }

    fn add_line(&mut self, line: Line) {
        let mut direct = self.entries(&line);
        direct.push((line.slot as u32, 1.0));
        let slopes = Slopes::new(-NEGATIVE, line.price());
        self.plain_column.push(self.plain.add_column(&line.cells, &direct, slopes));
        let (slot, new) = (line.slot, self.lines.len());
        self.lines.push(line);
        if self.keys[slot].is_none() {
            self.keys[slot] = Some(new);
            self.keyed.set_row_slopes(slot, Slopes::new(-NEGATIVE, 0.0));
            // Nobody may go without a line any more in the plain form either.
            self.plain.set_row_slopes(slot, Slopes::new(-NEGATIVE, NEGATIVE));
            self.keyed_column.push(None);
        } else {
            let (cells, minus, direct, slopes) = self.difference(new);
            self.keyed_column.push(Some(self.keyed.add_difference(&cells, &minus, &direct, slopes)));
        }
    }

    fn random_line(&mut self, r: &mut Random) {
        // A third of the lines repeat an older one, as another person's or their own.
        let slot = r.below(self.slots);
        let cells = if !self.lines.is_empty() && r.below(3) == 0 {
            self.lines[r.below(self.lines.len())].cells.clone()
        } else {
            (0..self.cells as u32).filter(|_| r.below(3) == 0).collect()
        };
        let cost = [0.0, 0.0, 0.0, 10.0, 50.0][r.below(5)];
        self.add_line(Line { slot, cells, cost, barred: r.below(12) == 0 });
    }

    fn random_cut(&mut self, r: &mut Random) {
        if self.theta == 0 {
            return;
        }
        let slopes = [-100.0, -100.0, -10.0, 100.0 / 3.0];
        let mut cells: Vec<(u32, f64)> = (0..self.cells as u32)
            .filter_map(|c| (r.below(2) == 0).then_some((c, slopes[r.below(slopes.len())])))
            .collect();
        cells.push(((self.cells + r.below(self.theta)) as u32, -1.0));
        self.add_row(&cells, &[], -100.0 * r.below(5) as f64, Slopes::new(-BELOW_CUT, 0.0));
    }

    fn random_count(&mut self, r: &mut Random) {
        let counting = Counting { row: self.sides.len(), slots: r.bits() | 1, kind: r.below(3) as u32 };
        let slopes = [Slopes::new(-1e4, 0.0), Slopes::new(0.0, 1e4), Slopes::new(-10.0, 10.0)][r.below(3)];
        let counts: Vec<f64> = self.lines.iter().map(|l| counting.count(l)).collect();
        self.counting.push(counting);
        self.add_row(&[], &counts, r.below(4) as f64, slopes);
    }

    fn add_row(&mut self, cells: &[(u32, f64)], counts: &[f64], side: f64, slopes: Slopes) {
        let held = |l: usize| counts.get(l).copied().unwrap_or(0.0);
        let plain: Vec<(u32, f64)> = (0..counts.len())
            .map(|l| (self.plain_column[l] as u32, held(l)))
            .filter(|e| e.1 != 0.0)
            .collect();
        let keyed: Vec<(u32, f64)> = (0..counts.len())
            .filter_map(|l| {
                let key = self.keys[self.lines[l].slot].map_or(0.0, held);
                Some((self.keyed_column[l]? as u32, held(l) - key))
            })
            .filter(|e| e.1 != 0.0)
            .collect();
        self.plain.add_row_over(cells, &plain, side, slopes);
        self.keyed.add_row_over(cells, &keyed, side, slopes);
        self.sides.push(side);
    }

    /// Bars or admits lines; now and then all lines of a person.
    fn fix(&mut self, r: &mut Random) {
        let whole = (r.below(4) == 0).then(|| r.below(self.slots));
        for line in &mut self.lines {
            if whole == Some(line.slot) {
                line.barred = true;
            } else if r.below(4) == 0 {
                line.barred = !line.barred;
            }
        }
        for l in 0..self.lines.len() {
            let slopes = Slopes::new(-NEGATIVE, self.lines[l].price());
            self.plain.set_column_slopes(self.plain_column[l], slopes);
            if let Some(c) = self.keyed_column[l] {
                let slopes = self.difference(l).3;
                self.keyed.set_column_slopes(c, slopes);
            }
        }
    }

    /// Other right-hand sides for some head counts.
    fn require(&mut self, r: &mut Random) {
        for cell in 0..self.cells {
            if r.below(4) == 0 {
                let side = r.below(1 + self.slots) as f64;
                self.sides[self.slots + cell] = side;
                self.plain.set_rhs(self.slots + cell, side);
            }
        }
    }

    /// Gives people whose key has no weight another one.
    fn renew_keys(&mut self) {
        let mut new_keys = vec![None; self.slots];
        for l in 0..self.lines.len() {
            let slot = self.lines[l].slot;
            if let Some(c) = self.keyed_column[l]
                && self.keyed.value(c) > 1e-9
                && !self.keyed.slack_is_basic(slot)
            {
                new_keys[slot] = Some((l, c));
            }
        }
        let mut leaving = Vec::new();
        for (slot, new) in new_keys.iter().enumerate() {
            let (&Some((line, column)), Some(old)) = (new, self.keys[slot]) else { continue };
            leaving.push((column, slot));
            self.keyed_column[old] = Some(column);
            self.keyed_column[line] = None;
            self.keys[slot] = Some(line);
        }
        let mut rewritten: Vec<Rewritten> = Vec::new();
        for l in 0..self.lines.len() {
            let Some(c) = self.keyed_column[l].filter(|_| new_keys[self.lines[l].slot].is_some()) else {
                continue;
            };
            let (cells, minus, direct, slopes) = self.difference(l);
            self.keyed.set_column_slopes(c, slopes);
            rewritten.push((c, cells, minus, direct));
        }
        self.refresh_sides();
        self.keyed.rewrite(rewritten, &leaving);
    }

    /// Right-hand sides of the keyed form.
    fn refresh_sides(&mut self) {
        let mut held = vec![0.0; self.sides.len()];
        for key in self.keys.iter().flatten().map(|&k| &self.lines[k]) {
            for &c in &key.cells {
                self.keyed.cell_rows[c as usize].iter().for_each(|&(row, a)| held[row as usize] += a);
            }
            self.entries(key).into_iter().for_each(|(row, n)| held[row as usize] += n);
        }
        for (row, (side, held)) in self.sides.iter().zip(held).enumerate() {
            self.keyed.set_rhs(row, side - held);
        }
    }

    /// Solves both forms; what is wrong, if anything is.
    fn solve(&mut self) -> Result<f64, String> {
        let plain = certified(&mut self.plain).map_err(|e| format!("plain: {e}"))?;
        self.renew_keys();
        self.refresh_sides();
        let keys: f64 = self.keys.iter().flatten().map(|&k| self.lines[k].price()).sum();
        let keyed = certified(&mut self.keyed).map_err(|e| format!("keyed: {e}"))? + keys;
        let same = (plain - keyed).abs() <= 1e-7 * plain.abs().max(1.0);
        if same { Ok(plain) } else { Err(format!("plain {plain}, keyed {keyed}")) }
    }
}

/// Solves a program and proves its answer optimal; the objective, or what is wrong.
fn certified(lp: &mut KinkLp) -> Result<f64, String> {
    let status = lp.solve(20_000);
    if status != LpStatus::Optimal {
        return Err(format!("ended with {status:?}"));
    }
    let objective = lp.objective();
    let size = objective.abs().max(1.0);
    let price = |s: Slopes, v: f64| match v {
        v if v.abs() <= 1e-9 => 0.0,
        v if v > 0.0 => s.above * v,
        v => s.below * v,
    };
    let (mut paid, mut worth) = (0.0, 0.0);
    let mut left: Vec<f64> = lp.rows.iter().map(|r| r.rhs).collect();
    for (row, r) in lp.rows.iter().enumerate() {
        left[row] -= lp.slack(row);
        paid += price(r.slopes, lp.slack(row));
        worth += r.rhs * lp.dual(row);
        within(lp.dual(row), r.slopes).map_err(|e| format!("row {row}: {e}"))?;
    }
    for (c, column) in lp.columns.iter().enumerate() {
        let (v, mut dual) = (lp.value(c), 0.0);
        let cells = column.cells.iter().map(|&k| (k, 1.0)).chain(column.minus.iter().map(|&k| (k, -1.0)));
        let spread = cells.flat_map(|(k, n)| lp.cell_rows[k as usize].iter().map(move |&(r, a)| (r, n * a)));
        for (r, a) in spread.chain(column.direct.iter().copied()) {
            left[r as usize] -= a * v;
            dual += a * lp.dual(r as usize);
        }
        paid += price(column.slopes, v);
        within(dual, column.slopes).map_err(|e| format!("column {c}: {e}"))?;
    }
    if let Some(row) = left.iter().position(|v| v.abs() > 1e-8) {
        return Err(format!("row {row} is off by {}", left[row]));
    }
    for other in [paid, worth] {
        if (other - objective).abs() > 1e-7 * size {
            return Err(format!("objective {objective}, values cost {paid}, sides are worth {worth}"));
        }
    }
    Ok(objective)
}

/// A dual lies between the slopes of what it belongs to.
fn within(dual: f64, s: Slopes) -> Result<(), String> {
    if dual >= s.below - 1e-6 && dual <= s.above + 1e-6 {
        return Ok(());
    }
    Err(format!("dual {dual} outside {s:?}"))
}

/// The plain form as it stands, for an independent library.
fn plain_form(lp: &KinkLp) -> super::tests::Plain {
    let columns = lp.columns.iter().map(|c| {
        let mut entries = c.direct.clone();
        entries.extend(c.cells.iter().flat_map(|&k| lp.cell_rows[k as usize].iter().copied()));
        (entries, c.slopes)
    });
    super::tests::Plain {
        columns: columns.collect(),
        rows: lp.rows.iter().map(|r| (r.rhs, r.slopes)).collect(),
    }
}

#[test]
fn ten_thousand_random_degenerate_masters_are_solved_to_proven_optimality() {
    let mut failures = Vec::new();
    let (mut solves, mut kernel) = (0, 0);
    for seed in 0..10_000 {
        let mut r = Random::new(seed);
        let mut twin = Twin::random(&mut r);
        for _ in 0..r.below(1 + 8 * twin.slots) {
            twin.random_line(&mut r);
        }
        for step in 0..5 {
            solves += 2;
            match twin.solve() {
                Ok(objective) if seed % 50 == 0 => {
                    let expected = super::tests::reference(&plain_form(&twin.plain));
                    if (objective - expected).abs() > 1e-7 * expected.abs().max(1.0) {
                        failures.push(format!("seed {seed}, step {step}: {objective}, not {expected}"));
                    }
                }
                Ok(_) => {}
                Err(e) => failures.push(format!("seed {seed}, step {step}: {e}")),
            }
            kernel = kernel.max(twin.plain.kernel_size());
            for _ in 0..1 + r.below(3 * twin.slots) {
                twin.random_line(&mut r);
            }
            match r.below(4) {
                0 => twin.fix(&mut r),
                1 => twin.random_cut(&mut r),
                2 => twin.random_count(&mut r),
                _ => twin.require(&mut r),
            }
        }
    }
    println!("{solves} solves, largest kernel {kernel}");
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures[..failures.len().min(30)].join("\n")
    );
}
