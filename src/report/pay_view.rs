//! Paid minutes and overtime of a rota, as the report needs them.

/// Paid and overtime minutes of everybody on every day of the horizon, and what the cap leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayView {
    /// Paid minutes, `[person][day]`.
    pub paid: Vec<Vec<i64>>,
    /// Overtime minutes at 150 %, 200 % and 300 %, `[person][day]`.
    pub overtime: Vec<Vec<[i64; 3]>>,
    /// The overtime cap of each person in minutes, summed over the calendar months that the horizon touches.
    pub cap: Vec<Option<i64>>,
    /// What the cap leaves each person in the tightest of these months, minutes; negative when it is passed.
    pub headroom: Vec<Option<i64>>,
}

impl PayView {
    /// Overtime of a person on a day, all classes, in minutes.
    #[must_use]
    pub fn overtime_of(&self, person: usize, day: usize) -> i64 {
        self.overtime[person][day].iter().sum()
    }
}
