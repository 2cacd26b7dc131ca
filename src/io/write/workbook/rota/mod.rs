//! The wide rota: rows people, columns dates, totals at the right, head counts against the need at the bottom, legend.

mod editing;
mod head;
mod head_counts;
mod legend;
mod overtime;
mod people;

use super::sheet::{Sheet, across, fixed};
use crate::base::Lang;
use rust_xlsxwriter::{IgnoreError, XlsxError};

/// Columns before the dates, and the first row of people.
const LEFT: u16 = 3;
const HEAD: u32 = 2;
const FIRST: u32 = 4;
/// Rows of figures for each day below the head counts, and what lies between them and the legend's first shift.
const DAY_ROWS: u32 = 8;
const GAP: u32 = 2;

/// Where the parts of the sheet lie.
struct Places {
    days: u16,
    codes: u16,
    people: u32,
}

impl Places {
    /// Column of the first total.
    fn totals(&self) -> u16 {
        LEFT + self.days
    }
    /// Column of the days worked.
    fn worked(&self) -> u16 {
        self.totals() + self.codes
    }
    fn last_column(&self) -> u16 {
        self.worked() + 4
    }
    fn last_person(&self) -> u32 {
        FIRST + self.people.max(1) - 1
    }
    /// First row of the head counts.
    fn heads(&self) -> u32 {
        FIRST + self.people
    }
    /// First row of the legend's shifts.
    fn legend(&self) -> u32 {
        self.heads() + u32::from(self.codes) + DAY_ROWS + GAP
    }
    /// Cells of a person's row, of these days: first and one past the last.
    fn cells(&self, row: u32, days: (usize, usize)) -> String {
        across(row, LEFT + days.0 as u16, LEFT + days.1 as u16 - 1)
    }
    /// Cell with the paid minutes of a shift in the legend.
    fn paid(&self, code: u16) -> String {
        fixed(self.legend() + u32::from(code), self.paid_column())
    }
    /// All codes, and all paid minutes, of the legend.
    fn legend_columns(&self) -> [String; 2] {
        let (first, last) = (self.legend(), self.legend() + u32::from(self.codes.max(1)) - 1);
        [1, self.paid_column()].map(|c| format!("{}:{}", fixed(first, c), fixed(last, c)))
    }
    fn paid_column(&self) -> u16 {
        LEFT + 16
    }
}

pub(super) fn write(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let places = Places {
        days: s.report.board.days.len() as u16,
        codes: s.report.board.shifts.len() as u16,
        people: s.report.grid.lines.len() as u32,
    };
    head::write(s, &places)?;
    people::write(s, &places)?;
    head_counts::write(s, &places)?;
    legend::write(s, &places)?;
    editing::colours(s, &places)?;
    editing::choices(s, &places)?;
    page(s, &places)
}

fn page(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    s.sheet.set_freeze_panes(FIRST, LEFT)?;
    s.sheet.set_repeat_rows(HEAD, HEAD + 1)?;
    s.sheet.set_repeat_columns(0, LEFT - 1)?;
    s.sheet.set_column_width(0, 8)?.set_column_width(1, 20)?.set_column_width(2, 9)?;
    for d in 0..places.days {
        s.sheet.set_column_width(LEFT + d, 6)?;
    }
    for c in 0..places.codes {
        s.sheet.set_column_width(places.totals() + c, 6)?;
    }
    for c in places.worked()..=places.last_column() {
        s.sheet.set_column_width(c, 9)?;
    }
    let footer = match s.lang {
        Lang::En => "&LMade by: __________   Reviewed by: __________&CPage &P of &N&RPrinted: &D",
        Lang::Zh => "&L制表人：__________   审核人：__________&C第 &P 页 共 &N 页&R制表时间：&D",
    };
    s.sheet.set_footer(footer);
    s.sheet.ignore_error_range(
        FIRST,
        0,
        places.legend() + u32::from(places.codes),
        places.last_column(),
        IgnoreError::NumberStoredAsText,
    )?;
    Ok(())
}
