//! A row a person: the cells, and their totals as formulas.

use super::overtime::overtime;
use super::{FIRST, HEAD, LEFT, Places};
use crate::io::write::cells::word;
use crate::io::write::sheets::cell_text;
use crate::io::write::workbook::sheet::{Sheet, Value, hours, number, quoted};
use crate::report::Report;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::row_col_to_cell;

pub(super) fn write(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    let (grid, lang) = (&s.report.grid, s.lang);
    let off = word("OFF", lang);
    let shift_cell = s.styles.middle.clone().set_num_format("@").set_shrink();
    for (i, line) in grid.lines.iter().enumerate() {
        let row = FIRST + i as u32;
        for (c, text) in line.person.iter().enumerate() {
            s.put((row, c as u16), &Value::Text(text), &s.styles.text)?;
        }
        for (d, cell) in line.cells.iter().enumerate() {
            let code = cell.shift().map(|s| grid.codes[s.ix()].as_str());
            s.put((row, LEFT + d as u16), &Value::Text(&cell_text(cell, code, lang)), &shift_cell)?;
        }
        let range = places.cells(row, (0, usize::from(places.days)));
        for (c, count) in line.counts.iter().enumerate() {
            let col = places.totals() + c as u16;
            let formula = format!("=SUMPRODUCT(--({range}={}))", head_of(col));
            s.put((row, col), &Value::Formula(formula, number(*count)), &s.styles.whole)?;
        }
        let counted = |col: u16| row_col_to_cell(row, places.totals() + col);
        let worked = places.worked();
        let sum = if places.codes == 0 {
            "=0".to_owned()
        } else {
            format!("=SUM({}:{})", counted(0), counted(places.codes - 1))
        };
        let [days, rest, leave] = line.days;
        s.put((row, worked), &Value::Formula(sum, number(days)), &s.styles.whole)?;
        let resting = format!("=SUMPRODUCT(--({range}={}))", quoted(&off));
        s.put((row, worked + 1), &Value::Formula(resting, number(rest)), &s.styles.whole)?;
        let others = format!(
            "=COUNTA({range})-{}-{}-SUMPRODUCT(--({range}=\"-\"))",
            row_col_to_cell(row, worked),
            row_col_to_cell(row, worked + 1)
        );
        s.put((row, worked + 2), &Value::Formula(others, number(leave)), &s.styles.whole)?;
        let paid = paid_formula(s.report, places, i, row);
        s.put((row, worked + 3), &Value::Formula(paid, hours(line.minutes[0])), &s.styles.hours)?;
        s.put((row, worked + 4), &overtime(s, places, line, row), &s.styles.hours)?;
    }
    Ok(())
}

/// Paid hours: each shift's minutes of the legend, and what this person has beside them (meetings, rules of their own).
fn paid_formula(report: &Report, places: &Places, person: usize, row: u32) -> String {
    let line = &report.grid.lines[person];
    let products: i64 = line.counts.iter().zip(&report.board.shifts).map(|(n, s)| n * s.paid_minutes).sum();
    let beside = line.minutes[0] - products;
    let terms: Vec<String> = (0..places.codes)
        .map(|c| format!("{}*{}", row_col_to_cell(row, places.totals() + c), places.paid(c)))
        .collect();
    let sum = if terms.is_empty() { "0".to_owned() } else { terms.join("+") };
    if beside == 0 { format!("=({sum})/60") } else { format!("=({sum}{beside:+})/60") }
}

/// `AK$3`: the code above a total.
fn head_of(col: u16) -> String {
    let cell = row_col_to_cell(HEAD, col);
    let at = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    format!("{}${}", &cell[..at], &cell[at..])
}
