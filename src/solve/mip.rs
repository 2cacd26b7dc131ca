//! An integer program under construction: variables, rows and objective. It is solved through good_lp, or written
//! out for any other solver ([`super::mps`]).

use good_lp::{
    Constraint, Expression, IntoAffineExpression, ProblemVariables, Solution, SolverModel, Variable,
    WithTimeLimit, variable,
};
use rustc_hash::FxHashMap;

/// What a variable may be. All are at least 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Domain {
    /// Largest value.
    pub(super) most: f64,
    /// Whether it is a whole number.
    pub(super) whole: bool,
}

/// How a row compares its expression to its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    AtLeast,
    AtMost,
    Equal,
}

/// A row.
pub(super) struct Row {
    pub(super) expression: Expression,
    pub(super) sense: Sense,
    pub(super) number: f64,
}

/// Variables, rows and an objective to be minimised.
pub(super) struct Model {
    variables: ProblemVariables,
    /// The variables in order, with their domains.
    pub(super) columns: Vec<(Variable, Domain)>,
    /// Names for a file, of those that have one.
    pub(super) names: FxHashMap<Variable, String>,
    pub(super) objective: Expression,
    pub(super) rows: Vec<Row>,
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
    /// Value of an expression.
    pub(super) fn sum(&self, expression: &Expression) -> f64 {
        expression.constant() + expression.linear_coefficients().map(|(v, c)| c * self.value(v)).sum::<f64>()
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
        Self {
            variables: ProblemVariables::new(),
            columns: Vec::new(),
            names: FxHashMap::default(),
            objective: Expression::from(0.0),
            rows: Vec::new(),
        }
    }
    /// A 0-1 variable with a price.
    pub(super) fn binary(&mut self, price: i64) -> Variable {
        self.whole(price, 1)
    }
    /// A continuous variable of at least 0 with a price.
    pub(super) fn amount(&mut self, price: i64) -> Variable {
        self.add(Domain { most: f64::INFINITY, whole: false }, price)
    }
    /// A whole number of at least 0 with a price.
    pub(super) fn whole(&mut self, price: i64, most: i64) -> Variable {
        self.add(Domain { most: most as f64, whole: true }, price)
    }
    fn add(&mut self, domain: Domain, price: i64) -> Variable {
        let definition = match domain {
            Domain { whole: true, most: 1.0 } => variable().binary(),
            Domain { whole: true, most } => variable().integer().clamp(0.0, most),
            Domain { whole: false, .. } => variable().min(0.0),
        };
        let v = self.variables.add(definition);
        self.columns.push((v, domain));
        if price != 0 {
            self.objective.add_mul(price as f64, v);
        }
        v
    }
    /// `expression ≥ number`.
    pub(super) fn at_least(&mut self, expression: Expression, number: i64) {
        self.rows.push(Row { expression, sense: Sense::AtLeast, number: number as f64 });
    }
    /// `expression ≤ number`.
    pub(super) fn at_most(&mut self, expression: Expression, number: i64) {
        self.rows.push(Row { expression, sense: Sense::AtMost, number: number as f64 });
    }
    /// `expression = number`.
    pub(super) fn equal(&mut self, expression: Expression, number: i64) {
        self.rows.push(Row { expression, sense: Sense::Equal, number: number as f64 });
    }

    /// Solves it with the library that the build has.
    pub(super) fn solve(self, seconds: f64) -> Result<Answer, Failure> {
        #[cfg(feature = "highs")]
        let solver = good_lp::highs;
        #[cfg(not(feature = "highs"))]
        let solver = good_lp::microlp;
        let mut model = self.variables.minimise(self.objective).using(solver).with_time_limit(seconds);
        for Row { expression, sense, number } in self.rows {
            let constraint: Constraint = match sense {
                Sense::AtLeast => expression.geq(number),
                Sense::AtMost => expression.leq(number),
                Sense::Equal => expression.eq(number),
            };
            model.add_constraint(constraint);
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
