//! Cover: a row an interval and channel, a column a date; people rostered beyond what is required, shortage in red.

use super::sheet::{Value, add, down, hours, number, put};
use super::style::{self, Styles, filled, tint};
use crate::base::{Lang, Span, Text, clock, words};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::io::write::cells::{pick, word};
use crate::report::{CoverageRow, Report};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

const LEFT: u16 = 3;
const HEAD: u32 = 2;
const FIRST: u32 = 4;

/// Rows of the sheet: channel in the order of the case, then interval; a coverage row for each day that has one.
type Rows<'a> = BTreeMap<(usize, Span), BTreeMap<usize, &'a CoverageRow>>;

pub(super) fn write(
    book: &mut Workbook,
    report: &Report,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let sheet = add(book, &pick(&Text::new("Cover", "覆盖"), lang))?;
    let mut rows: Rows<'_> = BTreeMap::new();
    for r in &report.coverage {
        let channel = report.board.channels.iter().position(|c| *c == r.channel).unwrap_or(usize::MAX);
        rows.entry((channel, r.time)).or_default().insert(r.day, r);
    }
    head(sheet, report, styles, lang)?;
    let days = report.board.days.len();
    let blank = filled(&styles.hours, 0xFA_FA_FA);
    for (i, ((channel, time), by_day)) in rows.iter().enumerate() {
        let row = FIRST + i as u32;
        let name = report.board.channels.get(*channel).map_or("", String::as_str);
        put(sheet, (row, 0), &Value::Text(name), &styles.text)?;
        let span = format!("{}–{}", clock(time.start), clock(time.end));
        put(sheet, (row, 1), &Value::Text(&span), &styles.middle)?;
        put(sheet, (row, 2), &Value::Number(f64::from(time.len())), &styles.whole)?;
        for d in 0..days {
            let at = (row, LEFT + d as u16);
            match by_day.get(&d) {
                Some(r) => put(sheet, at, &Value::Number(spare(r)), &styles.hours)?,
                None => put(sheet, at, &Value::Blank, &blank)?,
            }
        }
    }
    let last = FIRST + (rows.len().max(1) as u32) - 1;
    sums(sheet, report, styles, last, lang)?;
    shades(sheet, days as u16, last)?;
    sheet.set_freeze_panes(FIRST, LEFT)?;
    sheet.set_repeat_rows(HEAD, HEAD + 1)?;
    sheet.set_column_width(0, 12)?.set_column_width(1, 13)?.set_column_width(2, 8)?;
    for d in 0..days {
        sheet.set_column_width(LEFT + d as u16, 6.2)?;
    }
    Ok(())
}

/// People beyond what is required, negative where some are missing.
fn spare(r: &CoverageRow) -> f64 {
    number(r.over_minutes - r.short_minutes) / f64::from(r.time.len().max(1))
}

fn head(sheet: &mut Worksheet, report: &Report, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    let title = Text::new(
        "Cover: people beyond the need, red where some are missing",
        "覆盖：在岗减需求，红色为缺员",
    );
    put(sheet, (0, 0), &Value::Text(&pick(&title, lang)), &styles.title)?;
    sheet.set_row_height(0, 26)?;
    let column = |name: &str| pick(&words::column(name), lang);
    let heads = [column("channel"), column("times"), column("minutes")];
    for (c, name) in heads.iter().enumerate() {
        sheet.merge_range(HEAD, c as u16, HEAD + 1, c as u16, name, &styles.head)?;
    }
    for (d, day) in report.board.days.iter().enumerate() {
        let format = styles.day_head(day.tone);
        let col = LEFT + d as u16;
        put(sheet, (HEAD, col), &Value::Date(day.date), &format.clone().set_num_format("d"))?;
        let weekday = match lang {
            Lang::En => WEEKDAYS_EN[day.weekday],
            Lang::Zh => WEEKDAYS_ZH[day.weekday],
        };
        put(sheet, (HEAD + 1, col), &Value::Text(weekday), &format)?;
    }
    Ok(())
}

/// Hours short and spare of each day.
fn sums(
    sheet: &mut Worksheet,
    report: &Report,
    styles: &Styles,
    last: u32,
    lang: Lang,
) -> Result<(), XlsxError> {
    let total = word("TOTAL", lang);
    let names = [Text::new("hours short", "缺员工时"), Text::new("hours spare", "富余工时")];
    let lengths = format!("$C{}:$C{}", FIRST + 1, last + 1);
    for (i, name) in names.iter().enumerate() {
        let row = last + 1 + i as u32;
        put(sheet, (row, 0), &Value::Text(&total), &styles.sum_text)?;
        put(sheet, (row, 1), &Value::Text(&pick(name, lang)), &styles.sum_text)?;
        put(sheet, (row, 2), &Value::Blank, &styles.sum_text)?;
        for d in 0..report.board.days.len() {
            let col = LEFT + d as u16;
            let of_day = report.coverage.iter().filter(|r| r.day == d);
            let minutes = |r: &CoverageRow| if i == 0 { r.short_minutes } else { r.over_minutes };
            let range = down(col, FIRST, last);
            let (sign, mark) = if i == 0 { ("-", "<") } else { ("", ">") };
            let formula = format!("=SUMPRODUCT({sign}({range}{mark}0)*{range}*{lengths})/60");
            let sum = hours(of_day.map(minutes).sum());
            put(sheet, (row, col), &Value::Formula(formula, sum), &styles.sum_hours)?;
        }
    }
    Ok(())
}

fn shades(sheet: &mut Worksheet, days: u16, last: u32) -> Result<(), XlsxError> {
    if days == 0 {
        return Ok(());
    }
    let rule =
        |rule, rgb| ConditionalFormatCell::new().set_rule(rule).set_format(tint(rgb)).set_stop_if_true(true);
    let dark = tint(style::SHORT[2]).set_font_color(Color::White);
    let rules = [
        rule(ConditionalFormatCellRule::LessThanOrEqualTo(-2.0), style::SHORT[2]).set_format(dark),
        rule(ConditionalFormatCellRule::LessThanOrEqualTo(-1.0), style::SHORT[1]),
        rule(ConditionalFormatCellRule::LessThan(0.0), style::SHORT[0]),
        rule(ConditionalFormatCellRule::GreaterThan(0.0), style::SPARE),
    ];
    for r in &rules {
        sheet.add_conditional_format(FIRST, LEFT, last, LEFT + days - 1, r)?;
    }
    Ok(())
}
