//! Months of days solved from the inside, and rotas that follow their head counts.

use super::central::suits;
use super::days::Days;
use super::evaluate::Evaluator;
use super::fair_groups::groups;
use super::follow::follow;
use super::generate::{Effort, generate};
use super::master::Master;
use super::model::Model;
use super::start::start;
use super::team_tests::month;
use crate::base::random::Random;
use crate::base::stop::StopCriterion;
use crate::templates::generate::{Size, files};

/// A made-up month, with a hard duty row of each day if `hard`.
fn problem(people: usize, hard: bool) -> crate::problem::RosterProblem {
    let mut problem = month(&files(&Size { people, seed: 1, understaffed: false }));
    if hard {
        problem.duty_rows.iter_mut().for_each(|row| row.price = None);
    }
    problem
}

#[test]
fn a_month_from_the_inside_ends_where_the_simplex_does_and_a_rota_follows_it() {
    for (hard, fair) in [(false, false), (true, false), (false, true)] {
        let problem = problem(90, hard);
        assert!(!problem.duty_rows.is_empty());
        let model = Model::new(&problem);
        let stop = StopCriterion::never();
        let mut days = Days::new(&model);
        let (mut rota, _) = start(&model, &mut days, 2, &mut Random::new(1), &stop).expect("lines");
        rota.sort_unstable_by_key(|c| c.person);
        let mut objectives = Vec::new();
        for interior in [false, true] {
            let mut master = Master::new(&model, (0..90).collect(), &[], &[]);
            rota.iter().for_each(|c| assert!(master.add_column(c.clone())));
            assert!(suits(&master));
            master.set_fairness(fair);
            let effort = Effort { rounds: 200, interior, ..Effort::default() };
            let found = generate(&mut master, &mut days, &mut Vec::new(), effort, &stop);
            assert!(found.converged && found.unassigned < 1e-3, "{found:?}");
            assert_eq!(master.broken_rows(), Vec::<usize>::new());
            objectives.push(found.objective);
            if !interior {
                continue;
            }
            // Prices of cells are worth what the cuts say, and every cell of a day has one.
            let duals = master.duals();
            assert_eq!((duals.cell.len(), duals.duty.len()), (problem.cells, problem.duty_rows.len()));
            let lines =
                follow(&master, &groups(&model), &mut Random::new(1), &stop).expect("a line for everybody");
            assert!(lines.iter().enumerate().all(|(p, line)| line.person == p));
            let evaluator = Evaluator::new(&model);
            let refs: Vec<_> = lines.iter().collect();
            let score = evaluator.score(&refs);
            let unfair: i64 = evaluator.fairness_by_term(&refs).iter().sum();
            let unfair = if fair { 0 } else { unfair };
            assert_eq!(score.broken, 0);
            let above = (score.price - unfair) as f64 / found.objective;
            assert!((1.0 - 1e-3..1.08).contains(&above), "{above} times the linear program");
            let again =
                follow(&master, &groups(&model), &mut Random::new(1), &stop).expect("a line for everybody");
            assert!(lines.iter().zip(&again).all(|(a, b)| a.choice == b.choice));
        }
        let apart = (objectives[0] - objectives[1]).abs() / objectives[0];
        assert!(apart < 1e-3, "{objectives:?}");
    }
}
