//! Hours and overtime of everybody against the cap.

use super::sheet::{Sheet, Value, down, hours, number};
use super::style::{self, tint};
use crate::base::Text;
use crate::io::write::cells::word;
use crate::report::{HoursRow, Report};
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, XlsxError,
};

const HEAD: u32 = 2;
const FIRST: u32 = 3;
/// Columns in the order of `hours.csv`.
const COLUMNS: [&str; 19] = crate::io::write::sheets::HOURS;
const PAID: u16 = 7;
const NORMAL: u16 = 8;
const CLASSES: u16 = 9;
const OVERTIME: u16 = 12;
const CAP: u16 = 13;
const HEADROOM: u16 = 14;

pub(super) fn write(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    s.title(&Text::new("Hours and overtime against the cap", "工时与加班（对照上限）"))?;
    s.sheet.set_row_height(HEAD, 32)?;
    s.heads(HEAD, &COLUMNS.map(|name| s.heading(name)))?;
    for (i, h) in s.report.hours.iter().enumerate() {
        let row = FIRST + i as u32;
        for (c, value) in values(h, row).iter().enumerate() {
            let format = match c as u16 {
                0..=3 => &s.styles.text,
                PAID..=HEADROOM | 15 => &s.styles.hours,
                _ => &s.styles.whole,
            };
            s.put((row, c as u16), value, format)?;
        }
    }
    let last = FIRST + (s.report.hours.len().max(1) as u32) - 1;
    let total = last + 1;
    s.put((total, 0), &Value::Text(&word("TOTAL", s.lang)), &s.styles.sum_text)?;
    for c in 1..4 {
        s.put((total, c), &Value::Blank, &s.styles.sum_text)?;
    }
    for c in 4..COLUMNS.len() as u16 {
        let formula = format!("=SUM({})", down(c, FIRST, last));
        let (sum, format) =
            (sum(s.report, c), if matches!(c, PAID..=15) { &s.styles.sum_hours } else { &s.styles.sum });
        s.put((total, c), &Value::Formula(formula, sum), format)?;
    }
    let below = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::LessThan(0.0))
        .set_format(tint(style::SHORT[2]).set_font_color(Color::White));
    s.sheet.add_conditional_format(FIRST, HEADROOM, last, HEADROOM, &below)?;
    let bar = ConditionalFormatDataBar::new().set_fill_color(Color::RGB(0x9D_C3_E6)).set_solid_fill(true);
    s.sheet.add_conditional_format(FIRST, OVERTIME, last, OVERTIME, &bar)?;
    s.sheet.set_freeze_panes(FIRST, 2)?.set_repeat_rows(HEAD, HEAD)?;
    s.sheet.autofilter(HEAD, 0, last, COLUMNS.len() as u16 - 1)?;
    s.widths(&[&[8.0, 14.0][..], &[12.0; COLUMNS.len() - 2]].concat())
}

fn values(h: &HoursRow, row: u32) -> Vec<Value<'_>> {
    let at = |col: u16| row_col_to_cell(row, col);
    let overtime: i64 = h.overtime.iter().sum();
    let hour = |minutes| Value::Number(hours(minutes));
    let whole = |n| Value::Number(number(n));
    let headroom = match (h.cap, h.headroom) {
        (Some(cap), Some(left)) => {
            // What counts against the cap beside these dates: overtime of the month before them.
            let beside = left - (cap - overtime);
            let tail = if beside == 0 { String::new() } else { format!("{beside:+}/60") };
            Value::Formula(format!("={}-{}{tail}", at(CAP), at(OVERTIME)), hours(left))
        }
        (_, left) => left.map_or(Value::Blank, hour),
    };
    vec![
        Value::Text(&h.id),
        Value::Text(&h.name),
        Value::Text(&h.team),
        Value::Text(&h.contract),
        whole(h.days_worked),
        whole(h.rest_days),
        whole(h.leave_days),
        Value::Formula(format!("={}+{}", at(NORMAL), at(OVERTIME)), hours(h.paid)),
        hour(h.normal),
        hour(h.overtime[0]),
        hour(h.overtime[1]),
        hour(h.overtime[2]),
        Value::Formula(format!("=SUM({}:{})", at(CLASSES), at(CLASSES + 2)), hours(overtime)),
        h.cap.map_or(Value::Blank, hour),
        headroom,
        hour(h.night),
        whole(h.late_shifts),
        whole(h.weekends),
        whole(h.statutory_days),
    ]
}

/// The sum of a column, as its formula gives it.
fn sum(report: &Report, column: u16) -> f64 {
    let minutes = |f: &dyn Fn(&HoursRow) -> i64| hours(report.hours.iter().map(f).sum());
    let count = |f: &dyn Fn(&HoursRow) -> i64| number(report.hours.iter().map(f).sum());
    match column {
        4 => count(&|h| h.days_worked),
        5 => count(&|h| h.rest_days),
        6 => count(&|h| h.leave_days),
        PAID => minutes(&|h| h.paid),
        NORMAL => minutes(&|h| h.normal),
        CLASSES..=11 => minutes(&|h| h.overtime[usize::from(column - CLASSES)]),
        OVERTIME => minutes(&|h| h.overtime.iter().sum()),
        CAP => minutes(&|h| h.cap.unwrap_or(0)),
        HEADROOM => minutes(&|h| h.headroom.unwrap_or(0)),
        15 => minutes(&|h| h.night),
        16 => count(&|h| h.late_shifts),
        17 => count(&|h| h.weekends),
        _ => count(&|h| h.statutory_days),
    }
}
