//! What a program consists of, for handing it to another library.

use super::{KinkLp, Slopes};

impl KinkLp {
    /// Rows and coefficients of a column's own cells and direct entries; a row may come several times.
    pub(crate) fn column_entries(&self, column: usize) -> Vec<(u32, f64)> {
        let c = &self.columns[column];
        let cells = c.cells.iter().flat_map(|&k| self.cell_entries(k).iter().copied());
        let minus = c.minus.iter().flat_map(|&k| self.cell_entries(k).iter().map(|&(r, a)| (r, -a)));
        cells.chain(minus).chain(c.direct.iter().copied()).collect()
    }
    /// Rows in which a cell stands, with its coefficients.
    pub(crate) fn cell_entries(&self, cell: u32) -> &[(u32, f64)] {
        &self.cell_rows[cell as usize]
    }
    /// Slopes of a column.
    pub(crate) fn column_slopes(&self, column: usize) -> Slopes {
        self.columns[column].slopes
    }
    /// Slopes of a row's slack.
    pub(crate) fn row_slopes(&self, row: usize) -> Slopes {
        self.rows[row].slopes
    }
}
