//! What couples people but for cover: duty rows and fairness.

use super::lines::{self, Choice};
use crate::problem::{DutyRow, FairCount, Fairness, LineProblem, RosterProblem};
use crate::solve::mip::Model;
use good_lp::Expression;

/// Adds a duty row.
pub(super) fn duty(model: &mut Model, row: &DutyRow, choices: &[Choice]) {
    let members = row.members.iter().map(|&(p, o)| choices[p as usize][row.day][usize::from(o)]);
    let count: Expression = members.map(Expression::from).sum();
    let most = row.members.len() as i64;
    if row.low > 0 {
        let below = row.price.map(|price| Expression::from(model.whole(price, row.low)));
        model.at_least(count.clone() + below.unwrap_or_else(|| Expression::from(0.0)), row.low);
    }
    if row.high < i64::MAX {
        let above = row.price.map(|price| Expression::from(model.whole(price, most)));
        model.at_most(count - above.unwrap_or_else(|| Expression::from(0.0)), row.high);
    }
}

/// Adds a fairness term: the largest count from above, the smallest from below.
pub(super) fn fairness(model: &mut Model, problem: &RosterProblem, term: &Fairness, choices: &[Choice]) {
    let most = model.amount(term.weight);
    let least = model.amount(0);
    model.objective.add_mul(-term.weight as f64, least);
    for &(p, history) in &term.members {
        let (line, choice) = (&problem.people[p as usize], &choices[p as usize]);
        let count = count(model, line, choice, &term.count, history);
        model.at_least(Expression::from(most) - count.clone(), 0);
        model.at_most(Expression::from(least) - count, 0);
    }
}

fn count(
    model: &mut Model,
    line: &LineProblem,
    choice: &Choice,
    what: &FairCount,
    history: i64,
) -> Expression {
    let weighted = |weight: &dyn Fn(&crate::problem::DayOption) -> f64| {
        let mut sum = Expression::from(0.0);
        for (list, variables) in line.options.iter().zip(choice) {
            for (option, &v) in list.iter().zip(variables) {
                sum.add_mul(weight(option), v);
            }
        }
        sum
    };
    match what {
        FairCount::Marked(bit) => {
            weighted(&|o| f64::from(u8::from(o.marks >> bit & 1 == 1))) + history as f64
        }
        FairCount::PaidHours => {
            let minutes = weighted(&|o| f64::from(o.paid)) + history as f64;
            let hours = model.whole(0, history / 60 + 24 * line.options.len() as i64 + 1);
            // Hours rounded down: 60 h ≤ minutes ≤ 60 h + 59.
            model.at_most(60.0 * hours - minutes.clone(), 0);
            model.at_least(60.0 * hours - minutes, -59);
            Expression::from(hours)
        }
        FairCount::Weekends => {
            let mut total = Expression::from(history as f64);
            for day in 0..line.options.len() {
                let works = lines::works(line, choice, day);
                match line.weekend[day] {
                    1 if day + 1 < line.options.len() => {
                        let sunday = lines::works(line, choice, day + 1);
                        let either = model.binary(0);
                        model.at_least(Expression::from(either) - works.clone(), 0);
                        model.at_least(Expression::from(either) - sunday.clone(), 0);
                        model.at_most(Expression::from(either) - works - sunday, 0);
                        total.add_mul(1.0, either);
                    }
                    1 => total.add_mul(1.0, works),
                    2 if day == 0 && !line.weekend_begun => total.add_mul(1.0, works),
                    _ => {}
                }
            }
            total
        }
    }
}
