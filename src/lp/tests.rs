use super::{KinkLp, LpStatus, Slopes};
use crate::base::random::Random;
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, constraint, microlp, variable};

/// The program in plain form: columns with (row, coefficient) and slopes, rows with right-hand side and slopes.
pub(super) struct Plain {
    pub(super) columns: Vec<(Vec<(u32, f64)>, Slopes)>,
    pub(super) rows: Vec<(f64, Slopes)>,
}

/// Optimum by an independent library: each one-kink variable is split into its two halves.
pub(super) fn reference(p: &Plain) -> f64 {
    let mut vars = ProblemVariables::new();
    let mut objective = Expression::from(0.0);
    let mut split = |s: Slopes, objective: &mut Expression| {
        if s.above == s.below {
            // Halves of opposite prices would have a ray that costs nothing.
            let whole = vars.add(variable());
            *objective += whole * s.above;
            return Expression::from(whole);
        }
        let (plus, minus) = (vars.add(variable().min(0.0)), vars.add(variable().min(0.0)));
        *objective += plus * s.above - minus * s.below;
        plus - minus
    };
    let columns: Vec<Expression> = p.columns.iter().map(|c| split(c.1, &mut objective)).collect();
    let slacks: Vec<Expression> = p.rows.iter().map(|r| split(r.1, &mut objective)).collect();
    let mut sums = slacks;
    for (c, x) in p.columns.iter().zip(columns) {
        for &(r, a) in &c.0 {
            sums[r as usize] += x.clone() * a;
        }
    }
    let mut model = vars.minimise(objective.clone()).using(microlp);
    for (sum, row) in sums.into_iter().zip(&p.rows) {
        model = model.with(constraint!(sum == row.0));
    }
    let solution = model.solve().expect("the slacks make every program feasible");
    solution.eval(objective)
}

fn random_slopes(r: &mut Random) -> Slopes {
    match r.below(3) {
        0 => Slopes::new(-1e4, r.below(20) as f64),
        1 => Slopes::new(-(r.below(20) as f64) - 1.0, r.below(20) as f64),
        _ => Slopes::new(-1e4, 1e3),
    }
}

fn random_column(r: &mut Random, rows: usize) -> (Vec<(u32, f64)>, Slopes) {
    let mut entries: Vec<(u32, f64)> = Vec::new();
    for row in 0..rows {
        if r.below(3) == 0 {
            entries.push((row as u32, [1.0, 1.0, 2.0, -1.0, 0.5][r.below(5)]));
        }
    }
    (entries, Slopes::new(-1e4, r.below(30) as f64 - 5.0))
}

fn build(p: &Plain) -> KinkLp {
    let mut lp = KinkLp::new(0, 1e-7);
    for row in &p.rows {
        lp.add_row(&[], row.0, row.1);
    }
    for c in &p.columns {
        lp.add_column(&[], &c.0, c.1);
    }
    lp
}

fn random_plain(r: &mut Random) -> Plain {
    let rows = 1 + r.below(12);
    let slopes = |r: &mut Random| {
        let s = random_slopes(r);
        Slopes::new(s.below.min(-200.0), s.above.max(200.0))
    };
    Plain {
        rows: (0..rows).map(|_| (r.below(9) as f64 - 2.0, slopes(r))).collect(),
        columns: (0..1 + r.below(25)).map(|_| random_column(r, rows)).collect(),
    }
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5 * (1.0 + a.abs().max(b.abs()))
}

#[test]
fn random_programs_agree_with_an_independent_library() {
    for seed in 0..400 {
        let mut r = Random::new(seed);
        let p = random_plain(&mut r);
        let mut lp = build(&p);
        let status = lp.solve(10_000);
        if status == LpStatus::Unbounded {
            continue;
        }
        let expected = reference(&p);
        assert!(close(lp.objective(), expected), "seed {seed}: {} instead of {expected}", lp.objective());
    }
}

#[test]
fn hot_starts_after_columns_rows_and_changed_right_hand_sides_agree_too() {
    for seed in 0..200 {
        let mut r = Random::new(1000 + seed);
        let mut p = random_plain(&mut r);
        let mut lp = build(&p);
        for step in 0..6 {
            if lp.solve(10_000) == LpStatus::Unbounded {
                break;
            }
            let expected = reference(&p);
            assert!(
                close(lp.objective(), expected),
                "seed {seed}, step {step}: {} {expected}",
                lp.objective()
            );
            let c = random_column(&mut r, p.rows.len());
            lp.add_column(&[], &c.0, c.1);
            p.columns.push(c);
            let row = r.below(p.rows.len());
            p.rows[row].0 += r.below(5) as f64 - 2.0;
            lp.set_rhs(row, p.rows[row].0);
            let fixed = r.below(p.columns.len());
            p.columns[fixed].1 = Slopes::new(-1e4, 1e4);
            lp.set_column_slopes(fixed, p.columns[fixed].1);
        }
    }
}

#[test]
fn a_row_added_later_over_cells_cuts_off_the_old_optimum() {
    let mut lp = KinkLp::new(2, 1e-7);
    let total = lp.add_row(&[(0, 1.0), (1, 1.0)], 4.0, Slopes::new(-1e4, 1e4));
    let a = lp.add_column(&[0], &[], Slopes::new(-1e4, 1.0));
    let b = lp.add_column(&[1], &[], Slopes::new(-1e4, 2.0));
    assert_eq!(lp.solve(100), LpStatus::Optimal);
    assert!(close(lp.value(a), 4.0) && close(lp.dual(total), 1.0));
    lp.add_row(&[(0, 1.0)], 1.0, Slopes::new(-1e4, 0.0));
    assert_eq!(lp.solve(100), LpStatus::Optimal);
    assert!(close(lp.value(a), 1.0) && close(lp.value(b), 3.0) && close(lp.objective(), 7.0));
}
