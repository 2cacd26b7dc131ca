//! The workbook read by a program of its own kind: every formula has its value, and the figures are those of the report.

use super::*;
use crate::report::testing::report;
use calamine::{Data, Range, Reader, Xlsx};
use std::io::Cursor;

fn open(lang: Lang) -> Xlsx<Cursor<Vec<u8>>> {
    let bytes = workbook(&report(), lang).expect("the workbook can be written");
    Xlsx::new(Cursor::new(bytes)).expect("it can be read")
}

fn sheet(lang: Lang, name: &str) -> Range<Data> {
    open(lang).worksheet_range(name).expect("the sheet is there")
}

fn text(range: &Range<Data>, row: u32, col: u32) -> String {
    range.get_value((row, col)).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn the_rota_has_no_blank_cell_and_totals_with_values() {
    let range = sheet(Lang::En, "Rota");
    let row: Vec<String> = (0..13).map(|c| text(&range, 4, c)).collect();
    assert_eq!(row, ["007", "=张伟", "A", "E", "OFF", "ANNUAL", "1", "0", "1", "1", "1", "8", "0"]);
    let row: Vec<String> = (3..6).map(|c| text(&range, 5, c)).collect();
    assert_eq!(row, ["L", "OFF", "-"]);
    // Heads of each shift, at work, off, on leave; then the day's need and what is short of it.
    let column: Vec<String> = (6..15).map(|r| text(&range, r, 3)).collect();
    assert_eq!(column, ["1", "1", "2", "0", "0", "2", "4", "16", "12"]);
    assert_eq!(text(&range, 15, 3), "1.25");
}

#[test]
fn overtime_is_a_formula_of_the_cells() {
    let formulas = open(Lang::En).worksheet_formula("Rota").expect("formulas");
    let formula = formulas.get_value((4, 12)).map(String::as_str).unwrap_or_default();
    // The week of Thursday to Saturday: 40 h less 8 h for each day of leave in these cells.
    assert!(formula.contains("MAX(0,SUMPRODUCT(($D5:$F5=$B$19:$B$20)*"), "{formula}");
    assert!(
        formula.contains("-MAX(0,2400-480*(SUMPRODUCT(($D5:$F5<>\"OFF\")*($D5:$F5<>\"-\"))-"),
        "{formula}"
    );
    assert!(formula.ends_with("))/60"), "nothing stands beside the cells: {formula}");
}

#[test]
fn sheets_are_named_in_the_language_asked_for() {
    assert_eq!(open(Lang::Zh).sheet_names(), ["排班表", "覆盖", "工时", "交接", "请求", "质量"]);
    assert_eq!(text(&sheet(Lang::Zh, "排班表"), 4, 4), "休");
}

#[test]
fn every_formula_has_its_value() {
    let mut book = open(Lang::En);
    let mut formulas = 0;
    for name in book.sheet_names() {
        let values = book.worksheet_range(&name).expect("values");
        let range = book.worksheet_formula(&name).expect("formulas");
        let (top, left) = range.start().unwrap_or_default();
        for (r, c, formula) in range.used_cells() {
            let at = (top + r as u32, left + c as u32);
            let value = values.get_value(at);
            assert!(
                matches!(value, Some(Data::Float(_) | Data::Int(_))),
                "{name} {at:?} {formula} {value:?}"
            );
            formulas += 1;
        }
    }
    assert!(formulas > 60, "{formulas}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let bytes = || workbook(&report(), Lang::Zh).expect("the workbook can be written");
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_month_is_called_by_its_name() {
    assert_eq!(title(&report()).en, "Rota of 2026-10-01 to 2026-10-03");
}
