//! The answer in names and dates.

use crate::base::index::{PersonIx, ShiftIx};
use crate::calendar::Horizon;

/// What a person does on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DayCell {
    /// This shift.
    Work(ShiftIx),
    /// A rest day.
    Off,
    /// Leave, by kind in capitals.
    Leave(String),
    /// Outside employment.
    Absent,
}

impl DayCell {
    /// The shift worked.
    #[must_use]
    pub fn shift(&self) -> Option<ShiftIx> {
        if let Self::Work(s) = self { Some(*s) } else { None }
    }
}

/// A rota: one cell a person and day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rota {
    /// Days.
    pub horizon: Horizon,
    /// `cells[person][day]`.
    pub cells: Vec<Vec<DayCell>>,
}

impl Rota {
    /// The cell of a person and day.
    #[must_use]
    pub fn cell(&self, p: PersonIx, day: usize) -> &DayCell {
        &self.cells[p.ix()][day]
    }
    /// The shift of a person on a day, if any.
    #[must_use]
    pub fn shift(&self, p: PersonIx, day: usize) -> Option<ShiftIx> {
        self.cell(p, day).shift()
    }
}
