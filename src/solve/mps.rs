//! Writes an integer program in free MPS form, which HiGHS, SCIP, CBC, Gurobi, CPLEX and the converters of OR-Tools
//! read.

use super::mip::{Model, Sense};
use good_lp::{IntoAffineExpression, Variable};
use rustc_hash::FxHashMap;
use std::io::{self, Write};

/// Size of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MpsSize {
    /// Variables: `x_3_0_1` is the choice of option 1 by person 3 on day 0, `c7` any other.
    pub columns: usize,
    /// Rows, `r0` and on, the objective `cost` apart.
    pub rows: usize,
}

/// Writes a program; `comments` go in front.
pub(super) fn write(model: &Model, comments: &[String], out: &mut dyn Write) -> io::Result<MpsSize> {
    for comment in comments {
        writeln!(out, "* {comment}")?;
    }
    writeln!(out, "NAME paiban\nROWS\n N cost")?;
    let number: FxHashMap<Variable, usize> = model.columns.iter().map(|c| c.0).zip(0..).collect();
    let mut entries: Vec<Vec<(usize, f64)>> = vec![Vec::new(); model.columns.len()];
    let mut sides: Vec<f64> = Vec::with_capacity(model.rows.len());
    for (r, row) in model.rows.iter().enumerate() {
        let letter = match row.sense {
            Sense::AtLeast => 'G',
            Sense::AtMost => 'L',
            Sense::Equal => 'E',
        };
        writeln!(out, " {letter} r{r}")?;
        sides.push(row.number - row.expression.constant());
        for (v, a) in (&row.expression).linear_coefficients() {
            entries[number[&v]].push((r, a));
        }
    }
    let mut cost = vec![0.0; model.columns.len()];
    for (v, a) in (&model.objective).linear_coefficients() {
        cost[number[&v]] += a;
    }
    writeln!(out, "COLUMNS")?;
    let mut whole = false;
    let name = |c: usize| model.names.get(&model.columns[c].0).cloned().unwrap_or_else(|| format!("c{c}"));
    for (c, (_, domain)) in model.columns.iter().enumerate() {
        let own = name(c);
        if domain.whole != whole {
            whole = domain.whole;
            writeln!(out, " M{c} 'MARKER' '{}'", if whole { "INTORG" } else { "INTEND" })?;
        }
        writeln!(out, " {own} cost {}", cost[c])?;
        for &(r, a) in entries[c].iter().filter(|e| e.1 != 0.0) {
            writeln!(out, " {own} r{r} {a}")?;
        }
    }
    if whole {
        writeln!(out, " M 'MARKER' 'INTEND'")?;
    }
    writeln!(out, "RHS")?;
    // The objective's constant stands with the opposite sign.
    if model.objective.constant() != 0.0 {
        writeln!(out, " rhs cost {}", -model.objective.constant())?;
    }
    for (r, side) in sides.iter().enumerate().filter(|s| *s.1 != 0.0) {
        writeln!(out, " rhs r{r} {side}")?;
    }
    writeln!(out, "BOUNDS")?;
    for (c, (_, domain)) in model.columns.iter().enumerate().filter(|c| c.1.1.whole) {
        writeln!(out, " UP bound {} {}", name(c), domain.most)?;
    }
    writeln!(out, "ENDATA")?;
    Ok(MpsSize { columns: model.columns.len(), rows: model.rows.len() })
}
