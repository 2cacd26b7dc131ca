//! How values become cells, and rows become CSV: UTF-8 with BOM, commas, CRLF, formulas made harmless.

use crate::base::{Lang, Text, words};
use crate::report::hundredths;
use std::borrow::Cow;

/// A table of text cells.
pub(super) struct Sheet {
    rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A table whose header is made of column names of [`words::COLUMNS`].
    pub(super) fn new(columns: &[&str], lang: Lang) -> Self {
        Self { rows: vec![columns.iter().map(|c| words::column(c).get(lang).to_owned()).collect()] }
    }
    /// A table with this header row.
    pub(super) fn with_header(header: Vec<String>) -> Self {
        Self { rows: vec![header] }
    }
    /// Adds a row.
    pub(super) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }
    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer("\u{feff}".as_bytes().to_vec());
        for row in &self.rows {
            writer.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
        }
        writer.into_inner().map_err(|e| e.into_error().into())
    }
}

/// A cell that a spreadsheet program does not take for a formula. A lone `-` (a day outside employment) and a
/// time before midnight (`-00:15`) are no formulas and stay.
fn harmless(cell: &str) -> Cow<'_, str> {
    let mut rest = cell.chars();
    match rest.next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '\n') => Cow::Owned(format!("'{cell}")),
        Some('-') if !rest.all(|c| c.is_ascii_digit() || c == ':' || c == '.') => {
            Cow::Owned(format!("'{cell}"))
        }
        _ => Cow::Borrowed(cell),
    }
}

/// Hours with two decimals from minutes, rounded once.
pub(super) fn hours(minutes: i64) -> String {
    decimals(hundredths(minutes, 60))
}

/// A number given in hundredths, with two decimals.
pub(super) fn decimals(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

/// A share with four decimals, empty when unknown.
pub(super) fn share(value: Option<f64>) -> String {
    value.filter(|v| v.is_finite()).map(|v| format!("{v:.4}")).unwrap_or_default()
}

/// A word of [`words::CELLS`].
pub(super) fn word(en: &str, lang: Lang) -> String {
    pick(&words::cell(en), lang)
}

/// The wording of a text.
pub(super) fn pick(text: &Text, lang: Lang) -> String {
    text.get(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_harmless() {
        for cell in ["=1+1", "+86", "@x", "\tx", "-cmd", "-1+1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn plain_cells_stay_as_they_are() {
        for cell in ["", "-", "-00:15", "-3.50", "007", "早班", "a=b"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn a_file_has_a_bom_crlf_and_quoted_commas() {
        let mut sheet = Sheet::new(&["id", "name"], Lang::Zh);
        sheet.push(vec!["007".into(), "a,\"b\"".into()]);
        let bytes = sheet.bytes().unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&bytes), "\u{feff}工号,姓名\r\n007,\"a,\"\"b\"\"\"\r\n");
    }

    #[test]
    fn hours_have_two_decimals() {
        assert_eq!((hours(125), hours(-30), hours(0)), ("2.08".into(), "-0.50".into(), "0.00".into()));
    }
}
