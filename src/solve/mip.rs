//! An integer program under construction: variables, rows and objective, in the shape good_lp wants them.

use good_lp::{
    Constraint, Expression, ProblemVariables, Solution, SolverModel, Variable, WithTimeLimit, variable,
};

/// Variables, rows and an objective to be minimised.
pub(super) struct Model {
    pub(super) variables: ProblemVariables,
    pub(super) objective: Expression,
    pub(super) rows: Vec<Constraint>,
}

/// What came back: values by variable, and whether optimality is claimed.
pub(super) struct Answer {
    values: Box<dyn Fn(Variable) -> f64>,
    /// Whether the library says that nothing better exists.
    pub(super) claims_optimal: bool,
}

impl Answer {
    /// Value of a variable.
    pub(super) fn value(&self, v: Variable) -> f64 {
        (self.values)(v)
    }
}

/// How a library call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// No point satisfies all rows.
    Infeasible,
    /// A limit, or trouble inside the library.
    Other,
}

impl Model {
    pub(super) fn new() -> Self {
        Self { variables: ProblemVariables::new(), objective: Expression::from(0.0), rows: Vec::new() }
    }
    /// A 0-1 variable with a price.
    pub(super) fn binary(&mut self, price: i64) -> Variable {
        self.add(variable().binary(), price)
    }
    /// A continuous variable of at least 0 with a price.
    pub(super) fn amount(&mut self, price: i64) -> Variable {
        self.add(variable().min(0.0), price)
    }
    /// A whole number of at least 0 with a price.
    pub(super) fn whole(&mut self, price: i64, most: i64) -> Variable {
        self.add(variable().integer().clamp(0.0, most as f64), price)
    }
    fn add(&mut self, definition: good_lp::VariableDefinition, price: i64) -> Variable {
        let v = self.variables.add(definition);
        if price != 0 {
            self.objective.add_mul(price as f64, v);
        }
        v
    }
    /// `expression ≥ number`.
    pub(super) fn at_least(&mut self, expression: Expression, number: i64) {
        self.rows.push(expression.geq(number as f64));
    }
    /// `expression ≤ number`.
    pub(super) fn at_most(&mut self, expression: Expression, number: i64) {
        self.rows.push(expression.leq(number as f64));
    }
    /// `expression = number`.
    pub(super) fn equal(&mut self, expression: Expression, number: i64) {
        self.rows.push(expression.eq(number as f64));
    }

    /// Solves it with the library that the build has.
    pub(super) fn solve(self, seconds: f64) -> Result<Answer, Failure> {
        #[cfg(feature = "highs")]
        let solver = good_lp::highs;
        #[cfg(not(feature = "highs"))]
        let solver = good_lp::microlp;
        let mut model = self.variables.minimise(self.objective).using(solver).with_time_limit(seconds);
        for row in self.rows {
            model.add_constraint(row);
        }
        match model.solve() {
            Ok(solution) => {
                let claims_optimal = matches!(solution.status(), good_lp::solvers::SolutionStatus::Optimal);
                Ok(Answer { values: Box::new(move |v| solution.value(v)), claims_optimal })
            }
            Err(good_lp::ResolutionError::Infeasible) => Err(Failure::Infeasible),
            Err(_) => Err(Failure::Other),
        }
    }
}
