//! The best rota that the known lines of work can make, as an integer program through good_lp: one 0-1 variable a
//! line, head counts and duty rows priced, days by the cuts that hold for them. A dive fixes one thing after the
//! other and cannot take back; this program weighs all lines against each other at once.

use super::master::{Cut, Master};
use super::model::{Column, Model};
use crate::problem::Block;
use crate::solve::mip;
use good_lp::{Expression, Variable};

/// Lines of work in the program at most: the library of the default build solves so many in seconds.
#[cfg(not(feature = "highs"))]
const LINES: usize = 400;
#[cfg(feature = "highs")]
const LINES: usize = 4000;

/// Lines that may improve on an incumbent: those whose reduced cost at the root is below the `gap` (Nemhauser and
/// Wolsey, Integer and Combinatorial Optimization, 1988, II.5), with the lines of the incumbent; `None` when there
/// are too many for the library. `reduced`: in true prices, of the first columns of the master.
pub(super) fn promising(
    master: &Master<'_, '_>,
    reduced: &[f64],
    gap: f64,
    incumbent: &[Column],
) -> Option<Vec<Column>> {
    let known = reduced.iter().zip(&master.columns).filter(|(r, _)| **r < gap);
    let mut lines: Vec<Column> = known.map(|(_, c)| c.clone()).collect();
    for own in incumbent {
        if !lines.iter().any(|l| l.person == own.person && l.choice == own.choice) {
            lines.push(own.clone());
        }
    }
    (lines.len() <= LINES).then_some(lines)
}

/// The best choice of one of the `lines` for everybody, the days priced by `cuts`; `None` when the library does
/// not end within `seconds` with a choice for everybody.
pub(super) fn recombine(
    model: &Model<'_>,
    lines: &[Column],
    cuts: &[Cut],
    seconds: f64,
) -> Option<Vec<Column>> {
    let problem = model.problem;
    let mut program = mip::Model::new();
    let taken: Vec<Variable> = lines.iter().map(|l| program.binary(l.cost)).collect();
    let chosen = || lines.iter().zip(&taken);
    for p in 0..problem.people.len() {
        let own: Expression = chosen().filter(|(l, _)| l.person == p).map(|(_, &v)| v).sum();
        program.equal(own, 1);
    }
    let mut heads = vec![Expression::from(0.0); problem.cells];
    let mut duties = vec![Expression::from(0.0); problem.duty_rows.len()];
    for (line, &v) in chosen() {
        line.cells.iter().for_each(|&c| heads[c as usize] += v);
        line.duties.iter().for_each(|&(r, n)| duties[r as usize].add_mul(n, v));
    }
    for (row, count) in problem.duty_rows.iter().zip(duties) {
        let mut missed = || row.price.map_or(Expression::from(0.0), |p| Expression::from(program.amount(p)));
        let (below, above) = (missed(), missed());
        if row.low > 0 {
            program.at_least(count.clone() + below, row.low);
        }
        if row.high < i64::MAX {
            program.at_most(count - above, row.high);
        }
    }
    for (f, term) in problem.fairness.iter().enumerate().filter(|(_, t)| t.weight > 0) {
        let (most, least) = (program.amount(term.weight), program.amount(0));
        program.objective.add_mul(-term.weight as f64, least);
        for &(p, _) in &term.members {
            let Some(at) = model.fair[p as usize].iter().position(|h| h.0 as usize == f) else { continue };
            let history = Expression::from(model.fair[p as usize][at].1);
            let own = chosen().filter(|(l, _)| l.person == p as usize);
            let count: Expression = own.map(|(l, &v)| l.fair[at].1 * v).sum::<Expression>() + history;
            program.at_least(Expression::from(most) - count.clone(), 0);
            program.at_most(Expression::from(least) - count, 0);
        }
    }
    for (b, block) in problem.blocks.iter().enumerate() {
        match block {
            Block::HeadCount { cell, required, under, over } => {
                let count = heads[*cell as usize].clone();
                let (below, above) = (program.amount(*under), program.amount(*over));
                program.equal(count + below - above, *required);
            }
            Block::Day(day) => {
                let cost = program.amount(1);
                for cut in cuts.iter().filter(|c| c.block == b) {
                    let mut above = Expression::from(cost) - cut.base;
                    for (supply, &slope) in day.supplies.iter().zip(&cut.slopes).filter(|x| *x.1 != 0.0) {
                        above -= slope * heads[supply.cell as usize].clone();
                    }
                    program.at_least(above, 0);
                }
            }
        }
    }
    let answer = program.solve(seconds).ok()?;
    let mut rota: Vec<Option<(f64, &Column)>> = vec![None; problem.people.len()];
    for (line, &v) in chosen() {
        let share = answer.value(v);
        let best = &mut rota[line.person];
        if best.is_none_or(|b| share > b.0) {
            *best = Some((share, line));
        }
    }
    rota.into_iter().map(|x| x.map(|x| x.1.clone())).collect()
}
