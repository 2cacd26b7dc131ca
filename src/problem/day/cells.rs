//! Which head count a person's shift on a day adds to.

use crate::base::index::{PersonIx, ShiftIx};
use crate::problem::Cell;

/// Where a cell lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index in [`crate::problem::RosterProblem::blocks`] as the builder returned them.
    pub block: usize,
    /// Index in [`super::DayProblem::supplies`] of that block.
    pub supply: usize,
    /// Day of the horizon on which the shift starts.
    pub day: usize,
    /// Shift type; its index is the code.
    pub shift: ShiftIx,
}

/// The map (day, person, shift) → cell, and where each cell lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellTable {
    shifts: usize,
    people: usize,
    cells: Vec<Cell>,
    places: Vec<Place>,
}

impl CellTable {
    /// `cells[(day × shifts + shift) × people + person]`, and the place of each cell.
    pub(super) fn new(shifts: usize, people: usize, cells: Vec<Cell>, places: Vec<Place>) -> Self {
        Self { shifts, people, cells, places }
    }
    /// The cell that counts a person who works this shift on this day; `None` outside the horizon.
    #[must_use]
    pub fn cell(&self, day: usize, person: PersonIx, shift: ShiftIx) -> Option<Cell> {
        if shift.ix() >= self.shifts || person.ix() >= self.people {
            return None;
        }
        self.cells.get((day * self.shifts + shift.ix()) * self.people + person.ix()).copied()
    }
    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }
    /// Whether there is no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
    /// Where a cell lives.
    #[must_use]
    pub fn place(&self, cell: Cell) -> Place {
        self.places[cell as usize]
    }
}
