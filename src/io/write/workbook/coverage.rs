//! Cover: a row an interval and channel, a column a date; people rostered beyond what is required, shortage in red.

use super::sheet::{Sheet, Value, down, hours, number};
use super::style::{self, filled, tint};
use crate::base::{Lang, Span, Text, clock};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::io::write::cells::{pick, word};
use crate::report::CoverageRow;
use rust_xlsxwriter::{Color, ConditionalFormatCell, ConditionalFormatCellRule, XlsxError};
use std::collections::BTreeMap;

const LEFT: u16 = 3;
const HEAD: u32 = 2;
const FIRST: u32 = 4;

/// Rows of the sheet: channel in the order of the case, then interval; a coverage row for each day that has one.
type Rows<'a> = BTreeMap<(usize, Span), BTreeMap<usize, &'a CoverageRow>>;

pub(super) fn write(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let mut rows: Rows<'_> = BTreeMap::new();
    for r in &s.report.coverage {
        let channel = s.report.board.channels.iter().position(|c| *c == r.channel).unwrap_or(usize::MAX);
        rows.entry((channel, r.time)).or_default().insert(r.day, r);
    }
    head(s)?;
    let days = s.report.board.days.len();
    let blank = filled(&s.styles.hours, 0xFA_FA_FA);
    for (i, ((channel, time), by_day)) in rows.iter().enumerate() {
        let row = FIRST + i as u32;
        let name = s.report.board.channels.get(*channel).map_or("", String::as_str);
        s.put((row, 0), &Value::Text(name), &s.styles.text)?;
        let span = format!("{}–{}", clock(time.start), clock(time.end));
        s.put((row, 1), &Value::Text(&span), &s.styles.middle)?;
        s.put((row, 2), &Value::Number(f64::from(time.len())), &s.styles.whole)?;
        for d in 0..days {
            let at = (row, LEFT + d as u16);
            match by_day.get(&d) {
                Some(r) => s.put(at, &Value::Number(spare(r)), &s.styles.hours)?,
                None => s.put(at, &Value::Blank, &blank)?,
            }
        }
    }
    let last = FIRST + (rows.len().max(1) as u32) - 1;
    sums(s, last)?;
    shades(s, days as u16, last)?;
    s.sheet.set_freeze_panes(FIRST, LEFT)?;
    s.sheet.set_repeat_rows(HEAD, HEAD + 1)?;
    s.sheet.set_column_width(0, 12)?.set_column_width(1, 13)?.set_column_width(2, 8)?;
    for d in 0..days {
        s.sheet.set_column_width(LEFT + d as u16, 6.2)?;
    }
    Ok(())
}

/// People beyond what is required, negative where some are missing.
fn spare(r: &CoverageRow) -> f64 {
    number(r.over_minutes - r.short_minutes) / f64::from(r.time.len().max(1))
}

fn head(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let title = Text::new(
        "Cover: people beyond the need, red where some are missing",
        "覆盖：在岗减需求，红色为缺员",
    );
    s.title(&title)?;
    let heads = ["channel", "times", "minutes"].map(|name| s.heading(name));
    for (c, name) in heads.iter().enumerate() {
        s.sheet.merge_range(HEAD, c as u16, HEAD + 1, c as u16, name, &s.styles.head)?;
    }
    for (d, day) in s.report.board.days.iter().enumerate() {
        let format = s.styles.day_head(day.tone);
        let col = LEFT + d as u16;
        s.put((HEAD, col), &Value::Date(day.date), &format.clone().set_num_format("d"))?;
        let weekday = match s.lang {
            Lang::En => WEEKDAYS_EN[day.weekday],
            Lang::Zh => WEEKDAYS_ZH[day.weekday],
        };
        s.put((HEAD + 1, col), &Value::Text(weekday), &format)?;
    }
    Ok(())
}

/// Hours short and spare of each day.
fn sums(s: &mut Sheet<'_>, last: u32) -> Result<(), XlsxError> {
    let total = word("TOTAL", s.lang);
    let names = [Text::new("hours short", "缺员工时"), Text::new("hours spare", "富余工时")];
    let lengths = format!("$C{}:$C{}", FIRST + 1, last + 1);
    for (i, name) in names.iter().enumerate() {
        let row = last + 1 + i as u32;
        s.put((row, 0), &Value::Text(&total), &s.styles.sum_text)?;
        s.put((row, 1), &Value::Text(&pick(name, s.lang)), &s.styles.sum_text)?;
        s.put((row, 2), &Value::Blank, &s.styles.sum_text)?;
        for d in 0..s.report.board.days.len() {
            let col = LEFT + d as u16;
            let of_day = s.report.coverage.iter().filter(|r| r.day == d);
            let minutes = |r: &CoverageRow| if i == 0 { r.short_minutes } else { r.over_minutes };
            let range = down(col, FIRST, last);
            let (sign, mark) = if i == 0 { ("-", "<") } else { ("", ">") };
            let formula = format!("=SUMPRODUCT({sign}({range}{mark}0)*{range}*{lengths})/60");
            let sum = hours(of_day.map(minutes).sum());
            s.put((row, col), &Value::Formula(formula, sum), &s.styles.sum_hours)?;
        }
    }
    Ok(())
}

fn shades(s: &mut Sheet<'_>, days: u16, last: u32) -> Result<(), XlsxError> {
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
        s.sheet.add_conditional_format(FIRST, LEFT, last, LEFT + days - 1, r)?;
    }
    Ok(())
}
