//! A sheet of the workbook: cells by row and column, formulas with their values, and how it is printed.

use crate::base::{Lang, words};
use crate::io::write::cells::pick;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

/// What a cell holds.
pub(super) enum Value<'a> {
    /// Text, never a formula.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A date.
    Date(chrono::NaiveDate),
    /// A formula and what it comes to.
    Formula(String, f64),
    /// Nothing.
    Blank,
}

/// Whole numbers are exact up to 2⁵³.
pub(super) fn number(n: i64) -> f64 {
    n as f64
}

/// Hours of minutes, not rounded: the form of the cell shows two decimals.
pub(super) fn hours(minutes: i64) -> f64 {
    minutes as f64 / 60.0
}

/// A new sheet at the end of the book, A3 landscape, as wide as one page.
pub(super) fn add<'b>(book: &'b mut Workbook, name: &str) -> Result<&'b mut Worksheet, XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    // 8 is A3.
    sheet.set_paper_size(8).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    Ok(sheet)
}

/// Writes one cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    value: &Value<'_>,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Text(text) => sheet.write_string_with_format(row, col, *text, format)?,
        Value::Number(n) => sheet.write_number_with_format(row, col, *n, format)?,
        Value::Date(date) => {
            let date = ExcelDateTime::parse_from_str(&date.to_string())?;
            sheet.write_datetime_with_format(row, col, date, format)?
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result.to_string());
            sheet.write_formula_with_format(row, col, formula, format)?
        }
        Value::Blank => sheet.write_blank(row, col, format)?,
    };
    Ok(())
}

/// `B3:B9` of one column.
pub(super) fn down(col: u16, from: u32, to: u32) -> String {
    format!("{}:{}", row_col_to_cell(from, col), row_col_to_cell(to, col))
}

/// A text of a formula: quotation marks doubled.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A column name of the files as a heading: `paid_hours` is "paid hours".
pub(super) fn heading(column: &str, lang: Lang) -> String {
    pick(&words::column(column), lang).replace('_', " ")
}
