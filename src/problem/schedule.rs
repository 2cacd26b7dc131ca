//! A solution of a [`super::RosterProblem`].

/// Which option each person takes on each day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Schedule {
    /// `choice[person][day]`: index into [`super::LineProblem::options`] of that day.
    pub choice: Vec<Vec<u16>>,
}
