//! A sheet of the workbook: cells by row and column, formulas with their values, and how it is printed.

use super::style::Styles;
use crate::base::{Lang, Text, words};
use crate::io::write::cells::pick;
use crate::report::Report;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

/// A sheet that is being written, and what all of them are written from.
pub(super) struct Sheet<'a> {
    /// The sheet.
    pub(super) sheet: &'a mut Worksheet,
    /// What is told.
    pub(super) report: &'a Report,
    /// Formats.
    pub(super) styles: &'a Styles,
    /// Language of words.
    pub(super) lang: Lang,
}

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

impl<'a> Sheet<'a> {
    /// A new sheet at the end of the book, A3 landscape, as wide as one page.
    pub(super) fn add(
        book: &'a mut Workbook,
        name: &Text,
        (report, styles, lang): (&'a Report, &'a Styles, Lang),
    ) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(pick(name, lang))?;
        // 8 is A3.
        sheet.set_paper_size(8).set_landscape().set_print_fit_to_pages(1, 0);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
        Ok(Self { sheet, report, styles, lang })
    }
    /// The words in the language of the book.
    pub(super) fn say(&self, en: &str, zh: &str) -> String {
        pick(&Text::new(en, zh), self.lang)
    }
    /// A column name of the files as a heading: `paid_hours` is "paid hours".
    pub(super) fn heading(&self, column: &str) -> String {
        pick(&words::column(column), self.lang).replace('_', " ")
    }
    /// Writes the title into the first cell.
    pub(super) fn title(&mut self, title: &Text) -> Result<(), XlsxError> {
        self.sheet.set_row_height(0, 26)?;
        self.put((0, 0), &Value::Text(&pick(title, self.lang)), &self.styles.title)
    }
    /// Writes the heads of columns, from the first one on.
    pub(super) fn heads(&mut self, row: u32, names: &[String]) -> Result<(), XlsxError> {
        let mut columns = 0..;
        names.iter().zip(&mut columns).try_for_each(|(name, c)| self.text((row, c), name, &self.styles.head))
    }
    /// Sets the widths of columns, from the first one on.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (c, width) in widths.iter().enumerate() {
            self.sheet.set_column_width(c as u16, *width)?;
        }
        Ok(())
    }
    /// Writes a text.
    pub(super) fn text(&mut self, at: (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        self.put(at, &Value::Text(text), format)
    }
    /// Writes one cell.
    pub(super) fn put(
        &mut self,
        (row, col): (u32, u16),
        value: &Value<'_>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let sheet = &mut *self.sheet;
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
    /// Writes one value over several columns.
    pub(super) fn over(
        &mut self,
        row: u32,
        (from, to): (u16, u16),
        value: &Value<'_>,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if to > from {
            self.sheet.merge_range(row, from, row, to, "", format)?;
        }
        self.put((row, from), value, format)
    }
}

/// Whole numbers are exact up to 2⁵³.
pub(super) fn number(n: i64) -> f64 {
    n as f64
}

/// Hours of minutes, not rounded: the form of the cell shows two decimals.
pub(super) fn hours(minutes: i64) -> f64 {
    minutes as f64 / 60.0
}

/// `B3:B9` of one column.
pub(super) fn down(col: u16, from: u32, to: u32) -> String {
    format!("{}:{}", row_col_to_cell(from, col), row_col_to_cell(to, col))
}

/// `$D5:$AH5` of one row.
pub(super) fn across(row: u32, from: u16, to: u16) -> String {
    format!("${}:${}", row_col_to_cell(row, from), row_col_to_cell(row, to))
}

/// `$T$50`
pub(super) fn fixed(row: u32, col: u16) -> String {
    rust_xlsxwriter::utility::row_col_to_cell_absolute(row, col)
}

/// A text of a formula: quotation marks doubled.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
