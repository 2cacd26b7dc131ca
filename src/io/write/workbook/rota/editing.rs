//! What helps whoever edits the rota: colours that follow the codes, and the codes as a list.

use super::{FIRST, LEFT, Places};
use crate::base::{Lang, words};
use crate::io::write::cells::{pick, word};
use crate::io::write::workbook::sheet::{Sheet, quoted};
use crate::io::write::workbook::style::{self, tint};
use crate::model::DayCell;
use crate::report::{DayTone, Report};
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, XlsxError,
};
use std::collections::BTreeSet;

/// A list of allowed words in a cell may have so many characters.
const LONGEST_LIST: usize = 255;

/// Colours that follow the codes when they are edited.
pub(super) fn colours(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    let last = places.last_person();
    let shifts = &s.report.board.shifts;
    let equal = |text: &str, rgb: u32| {
        ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(text.to_owned()))
            .set_format(tint(rgb))
            .set_stop_if_true(true)
    };
    let all = (LEFT, places.totals().saturating_sub(1).max(LEFT));
    for (shift, rgb) in shifts.iter().zip(style::colours(shifts)) {
        s.sheet.add_conditional_format(FIRST, all.0, last, all.1, &equal(&shift.code, rgb))?;
    }
    let off = word("OFF", s.lang);
    for (from, to, tone) in tones(s.report) {
        let grey = equal(&off, style::rest(tone))
            .set_format(tint(style::rest(tone)).set_font_color(Color::RGB(0x80_80_80)));
        s.sheet.add_conditional_format(FIRST, LEFT + from, last, LEFT + to, &grey)?;
    }
    s.sheet.add_conditional_format(FIRST, all.0, last, all.1, &equal("-", 0xFF_FF_FF))?;
    // Whatever is left is leave, or a word that the program will ask about.
    let cell = row_col_to_cell(FIRST, LEFT);
    let other = ConditionalFormatFormula::new()
        .set_rule(format!("=AND(LEN({cell})>0,{cell}<>{},{cell}<>\"-\")", quoted(&off)).as_str())
        .set_format(tint(style::LEAVE));
    s.sheet.add_conditional_format(FIRST, all.0, last, all.1, &other)?;
    Ok(())
}

/// Neighbouring days of one tone.
fn tones(report: &Report) -> Vec<(u16, u16, DayTone)> {
    let mut runs: Vec<(u16, u16, DayTone)> = Vec::new();
    for (d, day) in report.board.days.iter().enumerate() {
        match runs.last_mut() {
            Some((_, to, tone)) if *tone == day.tone => *to = d as u16,
            _ => runs.push((d as u16, d as u16, day.tone)),
        }
    }
    runs
}

/// The words that may stand in a cell, offered as a list.
pub(super) fn choices(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    let mut words: Vec<String> = s.report.board.shifts.iter().map(|shift| shift.code.clone()).collect();
    words.push(word("OFF", s.lang));
    words.extend(leave_words(s.report, s.lang));
    let length: usize = words.iter().map(|w| w.chars().count() + 1).sum();
    if words.iter().any(|w| w.contains(',')) || length > LONGEST_LIST || s.report.board.days.is_empty() {
        return Ok(());
    }
    let list = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(s.say("Not a shift", "不是班次"))?;
    s.sheet.add_data_validation(FIRST, LEFT, places.last_person(), places.totals() - 1, &list)?;
    Ok(())
}

/// Kinds of leave in the rota as they are written.
fn leave_words(report: &Report, lang: Lang) -> BTreeSet<String> {
    let cells = report.grid.lines.iter().flat_map(|l| &l.cells);
    let kind = |c: &DayCell| match c {
        DayCell::Leave(kind) => Some(pick(&words::leave_kind(kind), lang)),
        _ => None,
    };
    cells.filter_map(kind).collect()
}
