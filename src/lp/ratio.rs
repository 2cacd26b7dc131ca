//! The ratio test of the one-kink simplex: kinks are passed as long as the objective still falls.

use super::kink::{KinkLp, Leaving, Step};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

struct Breakpoint {
    at: f64,
    which: Leaving,
    alpha: f64,
    jump: f64,
}

impl PartialEq for Breakpoint {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Breakpoint {}
impl PartialOrd for Breakpoint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Breakpoint {
    // The heap's greatest is the nearest breakpoint, the larger pivot first among equals.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at).then(self.alpha.abs().total_cmp(&other.alpha.abs()))
    }
}

const SMALL: f64 = 1e-9;

impl KinkLp {
    /// Where the entering variable has to stop. `rate` < 0 is the objective's rate of change per unit of
    /// movement, `alpha` and `alpha_rows` are the columns of B⁻¹a over C and R. `None`: it never has to.
    pub(super) fn ratio_test(&self, rate: f64, up: bool, alpha: &[f64], alpha_rows: &[f64]) -> Option<Step> {
        let sign = if up { 1.0 } else { -1.0 };
        let mut points = Vec::new();
        let mut consider = |value: f64, is_up: bool, a: f64, jump: f64, which: Leaving| {
            let speed = -sign * a;
            if speed < -SMALL && is_up {
                points.push(Breakpoint { at: value.max(0.0) / -speed, which, alpha: a, jump: jump * -speed });
            } else if speed > SMALL && !is_up {
                points.push(Breakpoint {
                    at: (-value).max(0.0) / speed,
                    which,
                    alpha: a,
                    jump: jump * speed,
                });
            }
        };
        for (p, &c) in self.basic.iter().enumerate() {
            let s = self.columns[c as usize].slopes;
            if s.above > s.below {
                consider(self.x[p], self.x_up[p], alpha[p], s.above - s.below, Leaving::Column(p));
            }
        }
        for (i, row) in self.rows.iter().enumerate() {
            if self.row_at[i] < 0 && row.slopes.above > row.slopes.below {
                let jump = row.slopes.above - row.slopes.below;
                consider(self.u[i], self.u_up[i], alpha_rows[i], jump, Leaving::Slack(i));
            }
        }
        let mut heap = BinaryHeap::from(points);
        let mut rate = rate;
        let mut passed: Vec<Breakpoint> = Vec::new();
        while let Some(point) = heap.pop() {
            rate += point.jump;
            if rate < -1e-11 {
                passed.push(point);
                continue;
            }
            let mut chosen = point;
            if chosen.alpha.abs() < 0.1 {
                // A small pivot is exchanged for the largest one at (nearly) the same place.
                while let Some(next) = heap.pop() {
                    if next.at > chosen.at + SMALL {
                        break;
                    }
                    if next.alpha.abs() > chosen.alpha.abs() {
                        chosen = next;
                    }
                }
                let best = (0..passed.len())
                    .filter(|&i| passed[i].at >= chosen.at - SMALL)
                    .max_by(|&a, &b| passed[a].alpha.abs().total_cmp(&passed[b].alpha.abs()));
                if let Some(i) = best
                    && passed[i].alpha.abs() > chosen.alpha.abs()
                {
                    chosen = passed.swap_remove(i);
                }
            }
            return Some(Step {
                length: chosen.at,
                leaving: chosen.which,
                pivot: chosen.alpha,
                passed: passed.into_iter().map(|b| b.which).collect(),
            });
        }
        None
    }
}
