//! Both sides against the simplex, and the factor against its system.

use super::factor::Factor;
use super::local::Locals;
use super::*;
use crate::base::random::Random;
use crate::lp::kink::dot;
use crate::lp::{KinkLp, LpStatus};

/// A made-up master in both forms; few prices, so that many solutions are as good.
fn twin(r: &mut Random) -> (Interior, KinkLp) {
    let (rows, groups) = (1 + r.below(40), 1 + r.below(12));
    // Some of the rows behind the others are priced by cuts.
    let widths: Vec<usize> = (0..r.below(4)).map(|_| 1 + r.below(6)).collect();
    let plain = rows;
    let rows = rows + widths.iter().sum::<usize>();
    let mut inside = Interior::default();
    let mut vertex = KinkLp::new(rows + widths.len(), 1e-9);
    for _ in 0..groups {
        let weight = 1.0 + r.below(3) as f64;
        inside.add_group(weight);
        vertex.add_row(&[], weight, Slopes::new(-1e6, 1e6));
    }
    for row in 0..plain as u32 {
        let (over, under) = [(1.0, 100.0), (0.0, 100.0), (10.0, 10.0)][r.below(3)];
        let (side, slopes) = (r.below(1 + groups) as f64, Slopes::new(-over, under));
        inside.add_row(side, slopes);
        vertex.add_row(&[(row, 1.0)], side, slopes);
    }
    let mut first = plain;
    for (e, width) in widths.into_iter().enumerate() {
        let theta = (rows + e) as u32;
        vertex.add_column(&[theta], &[], Slopes::new(1.0, 1.0));
        let cuts: Vec<(f64, Box<[f64]>)> = (0..1 + r.below(8))
            .map(|_| {
                let slopes: Box<[f64]> = (0..width).map(|_| [-100.0, -10.0, 0.0, 1.0][r.below(4)]).collect();
                (r.below(200) as f64, slopes)
            })
            .collect();
        for (base, slopes) in &cuts {
            let mut entries = vec![(theta, -1.0)];
            entries.extend(slopes.iter().enumerate().map(|(i, a)| ((first + i) as u32, *a)));
            vertex.add_row(&entries, -base, Slopes::new(-2.0, 0.0));
        }
        assert_eq!(inside.add_envelope(width, cuts), first);
        first += width;
    }
    let local = spreads(r, &mut inside, &mut vertex);
    for i in 0..groups + r.below(10 * groups) {
        let group = if i < groups { i } else { r.below(groups) };
        let cost = [0.0, 0.0, 10.0, 50.0][r.below(4)];
        let cells: Vec<u32> = (0..rows as u32).filter(|_| r.below(3) == 0).collect();
        let mut entries = vec![(group as u32, 1.0)];
        let mut counts = Vec::new();
        for &(high, low) in &local[group] {
            let count = r.below(5) as f64;
            counts.push(count);
            entries.extend([(high, count), (low, count)].into_iter().filter(|_| count != 0.0));
        }
        inside.add_column(group, cost, cells.clone().into(), counts.into());
        vertex.add_column(&cells, &entries, Slopes::new(-1e6, cost));
    }
    (inside, vertex)
}

/// Spreads over some of the groups in both forms; by group the rows of its counts in the simplex' form.
fn spreads(r: &mut Random, inside: &mut Interior, vertex: &mut KinkLp) -> Vec<Vec<(u32, u32)>> {
    let groups = inside.groups.len();
    let mut local = vec![Vec::new(); groups];
    for _ in 0..r.below(4) {
        let (weight, slack) = ([1.0, 20.0][r.below(2)], [0.0, 0.5][r.below(2)]);
        let mut members: Vec<usize> = (0..groups).filter(|_| r.below(2) == 0).collect();
        if members.is_empty() {
            members.push(0);
        }
        let spread = inside.add_spread(weight, slack);
        let order = vertex.add_row(&[], 0.0, Slopes::new(-1e3, 0.0)) as u32;
        let (mut top, mut bottom) = (vec![(order, -1.0)], vec![(order, 1.0)]);
        for g in members {
            let start = r.below(6) as f64;
            inside.add_member(spread, g, start);
            let high = vertex.add_row(&[], slack - start, Slopes::new(-1e3, 0.0)) as u32;
            let low = vertex.add_row(&[], -start, Slopes::new(0.0, 1e3)) as u32;
            top.push((high, -1.0));
            bottom.push((low, -1.0));
            local[g].push((high, low));
        }
        vertex.add_column(&[], &top, Slopes::new(weight, weight));
        vertex.add_column(&[], &bottom, Slopes::new(-weight, -weight));
    }
    local
}

/// Rows between their slopes, groups filled, no line better than its group's price.
fn inspect(lp: &Interior, found: &Central) {
    let mut sums = lp.groups.clone();
    let mut q = vec![0.0; lp.counted];
    for (spread, shares) in lp.spreads.iter().zip(&found.spreads) {
        for own in [&shares.high, &shares.low] {
            assert!(own.iter().all(|p| *p >= 0.0) && own.iter().sum::<f64>() <= spread.weight * (1.0 + 1e-6));
        }
        let apart = shares.high.iter().sum::<f64>() - shares.low.iter().sum::<f64>();
        assert!(apart.abs() <= 1e-6 * spread.weight, "{shares:?}");
        spread.price(&Ends { shares: shares.clone(), ..Ends::default() }, &mut q);
    }
    for (c, x) in lp.columns.iter().zip(&found.x) {
        assert!(*x >= 0.0);
        sums[c.group as usize] -= x;
        let reduced = c.cost - lp.worth(c, &found.y, &q) - found.v[c.group as usize];
        assert!(reduced > -1e-6, "{reduced}");
    }
    assert!(sums.iter().all(|s| s.abs() < 1e-6), "{sums:?}");
    for (e, shares) in lp.envelopes.iter().zip(&found.shares) {
        assert!(shares.iter().all(|s| *s >= 0.0) && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        let mut y = found.y.clone();
        e.price(shares, &mut y);
        assert!(y.iter().zip(&found.y).all(|(a, b)| (a - b).abs() < 1e-6));
    }
    let within = |(r, y): (&(f64, Slopes), &f64)| r.1.below <= *y && *y <= r.1.above;
    assert!(lp.rows.iter().zip(&found.y).all(within));
}

#[test]
fn both_sides_close_in_on_what_the_simplex_finds() {
    for seed in 0..400 {
        let mut r = Random::new(seed);
        let (inside, mut vertex) = twin(&mut r);
        assert_eq!(vertex.solve(100_000), LpStatus::Optimal);
        let best = vertex.objective();
        let size = best.abs().max(1.0);
        let mut start: Option<Central> = None;
        // H is too ill conditioned for more where there are cuts.
        for gap in [0.02, if inside.envelopes.is_empty() { 1e-5 } else { 5e-5 }] {
            let near =
                start.as_ref().map(|c| Near { x: &c.x, y: &c.y, shares: &c.shares, spreads: &c.spreads });
            let found = inside.solve(near, gap, &|| false);
            inspect(&inside, &found);
            assert!(found.dual <= best + 1e-6 * size, "seed {seed}: {} above {best}", found.dual);
            assert!(found.primal >= best - 1e-6 * size, "seed {seed}: {} below {best}", found.primal);
            let wide = found.primal - found.dual;
            let most = gap * found.primal.abs().max(1.0);
            assert!(wide <= most, "seed {seed}: {wide} after {} factorisations", found.iterations);
            start = Some(found);
        }
    }
}

#[test]
fn systems_of_all_sizes_are_solved() {
    for n in [1, 2, 5, 63, 64, 65, 67, 128, 131, 198] {
        let mut r = Random::new(n as u64);
        let root: Vec<f64> = (0..n * n).map(|_| r.unit() - 0.5).collect();
        let full: Vec<f64> = (0..n * n)
            .map(|k| {
                let (i, j) = (k / n, k % n);
                let ridge = if i == j { 1.0 } else { 0.0 };
                dot(&root[i * n..(i + 1) * n], &root[j * n..(j + 1) * n]) + ridge
            })
            .collect();
        let side: Vec<f64> = (0..n).map(|_| r.unit() - 0.5).collect();
        // What is above the diagonal counts for nothing.
        let matrix = full.iter().enumerate().map(|(k, m)| if k % n > k / n { 7.0 } else { *m });
        let (matrix, inverse) = (matrix.collect(), vec![0.0; n]);
        let (locals, holds, users) = (Locals::default(), Vec::new(), Vec::new());
        let mut factor = Factor { n, matrix, inverse, locals, holds, users };
        factor.factorise();
        let mut y = side.clone();
        factor.solve_rows(&mut y);
        for (row, side) in full.chunks(n).zip(side) {
            assert!((dot(row, &y) - side).abs() < 1e-9, "{n} rows");
        }
    }
}

#[test]
fn a_new_line_is_taken_up_from_an_old_solution() {
    let mut lp = Interior::default();
    lp.add_row(1.0, Slopes::new(-1.0, 100.0));
    lp.add_group(1.0);
    lp.add_column(0, 0.0, Box::new([]), Box::new([]));
    let before = lp.solve(None, 1e-6, &|| false);
    assert!((before.primal - 100.0).abs() < 1e-3);
    lp.add_constant(3.0);
    lp.add_column(0, 7.0, Box::new([0]), Box::new([]));
    let after =
        lp.solve(Some(Near { x: &before.x, y: &before.y, shares: &[], spreads: &[] }), 1e-6, &|| false);
    assert!(
        (after.primal - 10.0).abs() < 1e-3 && (after.dual - 10.0).abs() < 1e-3 && after.x[1] > 0.999,
        "{after:?}"
    );
}
