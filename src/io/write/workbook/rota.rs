//! The wide rota: rows people, columns dates, totals at the right, head counts against the need at the bottom, legend.

use super::sheet::{Value, add, down, hours, number, put, quoted};
use super::style::{self, Styles, filled, tint};
use crate::base::{Lang, Text, clock, words};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::io::write::cells::{pick, word};
use crate::io::write::sheets::cell_text;
use crate::model::DayCell;
use crate::report::{DayTone, Report};
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationErrorStyle, Format, IgnoreError, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// Columns before the dates, and the first row of people.
const LEFT: u16 = 3;
const HEAD: u32 = 2;
const FIRST: u32 = 4;
/// A list of allowed words in a cell may have so many characters.
const LONGEST_LIST: usize = 255;

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
        self.heads() + u32::from(self.codes) + 10
    }
    /// Cell with the paid minutes of a shift in the legend.
    fn paid(&self, code: u16) -> String {
        let cell = row_col_to_cell(self.legend() + u32::from(code), self.paid_column());
        let at = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        format!("${}${}", &cell[..at], &cell[at..])
    }
    fn paid_column(&self) -> u16 {
        LEFT + 16
    }
}

pub(super) fn write(
    book: &mut Workbook,
    report: &Report,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let places = Places {
        days: report.board.days.len() as u16,
        codes: report.board.shifts.len() as u16,
        people: report.grid.lines.len() as u32,
    };
    let sheet = add(book, &pick(&Text::new("Rota", "排班表"), lang))?;
    let words: BTreeSet<String> = leave_words(report, lang);
    head(sheet, report, &places, styles, lang)?;
    people(sheet, report, &places, styles, lang)?;
    heads(sheet, report, &places, styles, lang)?;
    legend(sheet, report, &places, styles, lang)?;
    colours(sheet, report, &places, lang)?;
    choices(sheet, report, &places, &words, lang)?;
    page(sheet, &places, lang)?;
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

fn head(
    sheet: &mut Worksheet,
    report: &Report,
    places: &Places,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_row_height(0, 26)?;
    put(sheet, (0, 0), &Value::Text(&pick(&super::title(report), lang)), &styles.title)?;
    let run = &report.summary.run;
    let inputs = run.inputs_sha256.get(..12).unwrap_or_default();
    let note = Text::new(
        format!(
            "{} people · penalty {} · inputs {inputs} · paiban {} · edit the codes here, then: paiban check CASE rota.xlsx",
            places.people, run.objective, run.version
        ),
        format!(
            "{} 人 · 罚分 {} · 输入 {inputs} · paiban {} · 可直接改班次，再运行：paiban check 案例 rota.xlsx",
            places.people, run.objective, run.version
        ),
    );
    put(sheet, (1, 0), &Value::Text(&pick(&note, lang)), &styles.note)?;
    let column = |name: &str| super::sheet::heading(name, lang);
    for (c, name) in ["id", "name", "team"].into_iter().enumerate() {
        sheet.merge_range(HEAD, c as u16, HEAD + 1, c as u16, &column(name), &styles.head)?;
    }
    for (d, day) in report.board.days.iter().enumerate() {
        let format = styles.day_head(day.tone);
        let dated = format.clone().set_num_format("d");
        put(sheet, (HEAD, LEFT + d as u16), &Value::Date(day.date), &dated)?;
        let weekday = match lang {
            Lang::En => WEEKDAYS_EN[day.weekday],
            Lang::Zh => WEEKDAYS_ZH[day.weekday],
        };
        put(sheet, (HEAD + 1, LEFT + d as u16), &Value::Text(weekday), &format)?;
    }
    for (c, shift) in report.board.shifts.iter().enumerate() {
        let col = places.totals() + c as u16;
        put(sheet, (HEAD, col), &Value::Text(&shift.code), &styles.head)?;
        put(sheet, (HEAD + 1, col), &Value::Text(&pick(&Text::new("days", "天数"), lang)), &styles.head)?;
    }
    for (i, name) in
        ["days_worked", "rest_days", "leave_days", "paid_hours", "overtime_hours"].into_iter().enumerate()
    {
        let col = places.worked() + i as u16;
        sheet.merge_range(HEAD, col, HEAD + 1, col, &column(name), &styles.head)?;
    }
    Ok(())
}

fn people(
    sheet: &mut Worksheet,
    report: &Report,
    places: &Places,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let grid = &report.grid;
    let off = word("OFF", lang);
    let shift_cell = styles.middle.clone().set_num_format("@").set_shrink();
    for (i, line) in grid.lines.iter().enumerate() {
        let row = FIRST + i as u32;
        for (c, text) in line.person.iter().enumerate() {
            put(sheet, (row, c as u16), &Value::Text(text), &styles.text)?;
        }
        for (d, cell) in line.cells.iter().enumerate() {
            let code = cell.shift().map(|s| grid.codes[s.ix()].as_str());
            put(sheet, (row, LEFT + d as u16), &Value::Text(&cell_text(cell, code, lang)), &shift_cell)?;
        }
        let range = across(row, LEFT, places.totals() - 1);
        for (c, count) in line.counts.iter().enumerate() {
            let col = places.totals() + c as u16;
            let formula = format!("=SUMPRODUCT(--({range}={}))", head_of(col));
            put(sheet, (row, col), &Value::Formula(formula, number(*count)), &styles.whole)?;
        }
        let counted = |col: u16| row_col_to_cell(row, places.totals() + col);
        let worked = places.worked();
        let sum = if places.codes == 0 {
            "=0".to_owned()
        } else {
            format!("=SUM({}:{})", counted(0), counted(places.codes - 1))
        };
        let [days, rest, leave] = line.days;
        put(sheet, (row, worked), &Value::Formula(sum, number(days)), &styles.whole)?;
        let resting = format!("=SUMPRODUCT(--({range}={}))", quoted(&off));
        put(sheet, (row, worked + 1), &Value::Formula(resting, number(rest)), &styles.whole)?;
        let others = format!(
            "=COUNTA({range})-{}-{}-SUMPRODUCT(--({range}=\"-\"))",
            row_col_to_cell(row, worked),
            row_col_to_cell(row, worked + 1)
        );
        put(sheet, (row, worked + 2), &Value::Formula(others, number(leave)), &styles.whole)?;
        let paid = paid_formula(report, places, i, row);
        let [paid_minutes, overtime] = line.minutes;
        put(sheet, (row, worked + 3), &Value::Formula(paid, hours(paid_minutes)), &styles.hours)?;
        put(sheet, (row, worked + 4), &Value::Number(hours(overtime)), &styles.hours)?;
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

/// `$D5:$AH5`
fn across(row: u32, from: u16, to: u16) -> String {
    format!("${}:${}", row_col_to_cell(row, from), row_col_to_cell(row, to))
}

/// `AK$3`: the code above a total.
fn head_of(col: u16) -> String {
    let cell = row_col_to_cell(HEAD, col);
    let at = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    format!("{}${}", &cell[..at], &cell[at..])
}

/// The rows below the people: heads by shift, at work, off, needed and there.
fn heads(
    sheet: &mut Worksheet,
    report: &Report,
    places: &Places,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let grid = &report.grid;
    let total = word("TOTAL", lang);
    let last = places.last_person();
    let first_head = places.heads();
    let label = |sheet: &mut Worksheet, row: u32, word: &str, name: &str| -> Result<(), XlsxError> {
        put(sheet, (row, 0), &Value::Text(word), &styles.sum_text)?;
        put(sheet, (row, 1), &Value::Text(name), &styles.sum_text)?;
        put(sheet, (row, 2), &Value::Blank, &styles.sum_text)
    };
    for (c, code) in grid.codes.iter().enumerate() {
        let row = first_head + c as u32;
        label(sheet, row, &total, code)?;
        for (d, heads) in grid.heads[c].iter().enumerate() {
            let col = LEFT + d as u16;
            let formula = format!("=SUMPRODUCT(--({}=$B{}))", down(col, FIRST, last), row + 1);
            put(sheet, (row, col), &Value::Formula(formula, number(*heads)), &styles.sum)?;
        }
        let sum: i64 = grid.heads[c].iter().sum();
        let formula = format!("=SUM({})", across(row, LEFT, places.totals() - 1));
        put(sheet, (row, places.totals() + c as u16), &Value::Formula(formula, number(sum)), &styles.sum)?;
    }
    let rows = day_rows(report, places, lang);
    let first = first_head + u32::from(places.codes);
    for (i, line) in rows.iter().enumerate() {
        let row = first + i as u32;
        // Where there are no shifts, this row is the first below the people.
        let word = if i == 0 { total.as_str() } else { "" };
        label(sheet, row, word, &line.name)?;
        let decimals = if line.hours { "0.0" } else { "0" };
        let format = &styles.sum.clone().set_num_format(decimals).set_shrink();
        for (d, value) in line.values.iter().enumerate() {
            put(sheet, (row, LEFT + d as u16), value, format)?;
        }
    }
    // The sums of the totals at the right, below the people.
    for i in 0..5u16 {
        let col = places.worked() + i;
        let column = |l: &crate::report::GridLine| match i {
            0..=2 => number(l.days[usize::from(i)]),
            _ => hours(l.minutes[usize::from(i) - 3]),
        };
        let sum: f64 = match i {
            0..=2 => grid.lines.iter().map(column).sum(),
            _ => hours(grid.lines.iter().map(|l| l.minutes[usize::from(i) - 3]).sum()),
        };
        let formula = format!("=SUM({})", down(col, FIRST, last));
        let format = if i < 3 { &styles.sum } else { &styles.sum_hours };
        put(sheet, (first, col), &Value::Formula(formula, sum), format)?;
    }
    Ok(())
}

/// A row of figures for each day.
struct DayRow<'a> {
    name: String,
    hours: bool,
    values: Vec<Value<'a>>,
}

fn day_rows<'a>(report: &Report, places: &Places, lang: Lang) -> Vec<DayRow<'a>> {
    let grid = &report.grid;
    let (first, last) = (places.heads(), places.last_person());
    let work_row = first + u32::from(places.codes);
    let off = quoted(&word("OFF", lang));
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let days = report.board.days.len();
    let at = |d: usize, cell: fn(&DayCell) -> bool| {
        number(grid.lines.iter().filter(|l| cell(&l.cells[d])).count() as i64)
    };
    let row = |name: String, hours: bool, value: &dyn Fn(usize, u16) -> Value<'a>| DayRow {
        name,
        hours,
        values: (0..days).map(|d| value(d, LEFT + d as u16)).collect(),
    };
    let working = |d: usize, col: u16| {
        let formula = if places.codes == 0 {
            "=0".to_owned()
        } else {
            format!("=SUM({})", down(col, first, work_row - 1))
        };
        Value::Formula(formula, at(d, |c| matches!(c, DayCell::Work(_))))
    };
    let resting = |d: usize, col: u16| {
        let formula = format!("=SUMPRODUCT(--({}={off}))", down(col, FIRST, last));
        Value::Formula(formula, at(d, |c| matches!(c, DayCell::Off)))
    };
    let leave = |d: usize, col: u16| {
        let range = down(col, FIRST, last);
        let formula = format!(
            "=COUNTA({range})-{}-{}-SUMPRODUCT(--({range}=\"-\"))",
            row_col_to_cell(work_row, col),
            row_col_to_cell(work_row + 1, col)
        );
        Value::Formula(formula, at(d, |c| matches!(c, DayCell::Leave(_))))
    };
    let minutes = |d: usize| -> i64 {
        grid.heads.iter().zip(&report.board.shifts).map(|(h, s)| h[d] * s.paid_minutes).sum()
    };
    let there = |d: usize, col: u16| {
        let terms: Vec<String> = (0..places.codes)
            .map(|c| format!("{}*{}", row_col_to_cell(first + u32::from(c), col), places.paid(c)))
            .collect();
        let sum = if terms.is_empty() { "0".to_owned() } else { terms.join("+") };
        Value::Formula(format!("=({sum})/60"), hours(minutes(d)))
    };
    let needed = |d: usize, _: u16| Value::Number(hours(report.board.days[d].required_minutes));
    let balance = |d: usize, col: u16| {
        let formula =
            format!("={}-{}", row_col_to_cell(work_row + 5, col), row_col_to_cell(work_row + 4, col));
        Value::Formula(formula, hours(minutes(d)) - hours(report.board.days[d].required_minutes))
    };
    let peak = |d: usize, _: u16| Value::Number(number(report.board.days[d].peak));
    let short = |d: usize, _: u16| Value::Number(hours(report.board.days[d].short_minutes));
    vec![
        row(say("at work", "上班人数"), false, &working),
        row(say("off", "休息人数"), false, &resting),
        row(say("on leave", "请假人数"), false, &leave),
        row(say("needed at once, most", "需求高峰人数"), false, &peak),
        row(say("hours needed", "需求工时"), true, &needed),
        row(say("hours paid", "排班工时"), true, &there),
        row(say("paid − needed", "排班−需求"), true, &balance),
        row(say("hours short (as solved)", "缺员工时（求解时）"), true, &short),
    ]
}

fn legend(
    sheet: &mut Worksheet,
    report: &Report,
    places: &Places,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let top = places.legend() - 1;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let spans: [(u16, u16, String); 5] = [
        (1, 1, pick(&words::column("shift"), lang)),
        (2, LEFT + 1, say("name", "名称")),
        (LEFT + 2, LEFT + 8, pick(&words::column("times"), lang)),
        (LEFT + 9, LEFT + 15, say("meal (unpaid)", "用餐（不计薪）")),
        (LEFT + 16, LEFT + 18, say("paid minutes", "计薪分钟")),
    ];
    for (from, to, name) in &spans {
        over(sheet, top, (*from, *to), &Value::Text(name), &styles.head)?;
    }
    let colours = style::colours(&report.board.shifts);
    for (i, shift) in report.board.shifts.iter().enumerate() {
        let row = top + 1 + i as u32;
        let meal = match (shift.meal_minutes, shift.meal_window) {
            (0, _) => "–".to_owned(),
            (m, Some(w)) => format!("{m} min, {}–{}", clock(w.start), clock(w.end)),
            (m, None) => format!("{m} min"),
        };
        put(sheet, (row, 1), &Value::Text(&shift.code), &filled(&styles.middle, colours[i]))?;
        over(sheet, row, (2, LEFT + 1), &Value::Text(&shift.name), &styles.text)?;
        over(sheet, row, (LEFT + 2, LEFT + 8), &Value::Text(&shift.times), &styles.text)?;
        over(sheet, row, (LEFT + 9, LEFT + 15), &Value::Text(&meal), &styles.text)?;
        over(sheet, row, (LEFT + 16, LEFT + 18), &Value::Number(number(shift.paid_minutes)), &styles.whole)?;
    }
    let keys = [
        (style::rest(DayTone::Ordinary), word("OFF", lang), say("rest day", "休息")),
        (style::LEAVE, say("leave", "假"), say("leave, by its kind", "请假（写假别）")),
        (style::day(DayTone::Weekend), say("head", "表头"), say("weekend, day off", "周末、调休放假")),
        (style::day(DayTone::Statutory), say("head", "表头"), say("statutory holiday", "法定节假日")),
    ];
    let right = LEFT + 20;
    over(sheet, top, (right, right + 8), &Value::Text(&say("colours", "颜色")), &styles.head)?;
    for (i, (rgb, short, meaning)) in keys.iter().enumerate() {
        let row = top + 1 + i as u32;
        over(sheet, row, (right, right + 1), &Value::Text(short), &filled(&styles.middle, *rgb))?;
        over(sheet, row, (right + 2, right + 8), &Value::Text(meaning), &styles.text)?;
    }
    Ok(())
}

/// One value over several columns.
fn over(
    sheet: &mut Worksheet,
    row: u32,
    (from, to): (u16, u16),
    value: &Value<'_>,
    format: &Format,
) -> Result<(), XlsxError> {
    if to > from {
        sheet.merge_range(row, from, row, to, "", format)?;
    }
    put(sheet, (row, from), value, format)
}

/// Colours that follow the codes when they are edited.
fn colours(sheet: &mut Worksheet, report: &Report, places: &Places, lang: Lang) -> Result<(), XlsxError> {
    let last = places.last_person();
    let shifts = &report.board.shifts;
    let equal = |text: &str, rgb: u32| {
        ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(text.to_owned()))
            .set_format(tint(rgb))
            .set_stop_if_true(true)
    };
    let all = (LEFT, places.totals().saturating_sub(1).max(LEFT));
    for (shift, rgb) in shifts.iter().zip(style::colours(shifts)) {
        sheet.add_conditional_format(FIRST, all.0, last, all.1, &equal(&shift.code, rgb))?;
    }
    let off = word("OFF", lang);
    for run in tones(report) {
        let (from, to, tone) = run;
        let grey = equal(&off, style::rest(tone))
            .set_format(tint(style::rest(tone)).set_font_color(rust_xlsxwriter::Color::RGB(0x80_80_80)));
        sheet.add_conditional_format(FIRST, LEFT + from, last, LEFT + to, &grey)?;
    }
    sheet.add_conditional_format(FIRST, all.0, last, all.1, &equal("-", 0xFF_FF_FF))?;
    // Whatever is left is leave, or a word that the program will ask about.
    let cell = row_col_to_cell(FIRST, LEFT);
    let other = ConditionalFormatFormula::new()
        .set_rule(format!("=AND(LEN({cell})>0,{cell}<>{},{cell}<>\"-\")", quoted(&off)).as_str())
        .set_format(tint(style::LEAVE));
    sheet.add_conditional_format(FIRST, all.0, last, all.1, &other)?;
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
fn choices(
    sheet: &mut Worksheet,
    report: &Report,
    places: &Places,
    leave: &BTreeSet<String>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let mut words: Vec<String> = report.board.shifts.iter().map(|s| s.code.clone()).collect();
    words.push(word("OFF", lang));
    words.extend(leave.iter().cloned());
    let length: usize = words.iter().map(|w| w.chars().count() + 1).sum();
    if words.iter().any(|w| w.contains(',')) || length > LONGEST_LIST || report.board.days.is_empty() {
        return Ok(());
    }
    let list = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(pick(&Text::new("Not a shift", "不是班次"), lang))?;
    sheet.add_data_validation(FIRST, LEFT, places.last_person(), places.totals() - 1, &list)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, places: &Places, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(FIRST, LEFT)?;
    sheet.set_repeat_rows(HEAD, HEAD + 1)?;
    sheet.set_repeat_columns(0, LEFT - 1)?;
    sheet.set_column_width(0, 8)?.set_column_width(1, 20)?.set_column_width(2, 9)?;
    for d in 0..places.days {
        sheet.set_column_width(LEFT + d, 6)?;
    }
    for c in 0..places.codes {
        sheet.set_column_width(places.totals() + c, 6)?;
    }
    for c in places.worked()..=places.last_column() {
        sheet.set_column_width(c, 9)?;
    }
    let footer = match lang {
        Lang::En => "&LMade by: __________   Reviewed by: __________&CPage &P of &N&RPrinted: &D",
        Lang::Zh => "&L制表人：__________   审核人：__________&C第 &P 页 共 &N 页&R制表时间：&D",
    };
    sheet.set_footer(footer);
    sheet.ignore_error_range(
        FIRST,
        0,
        places.legend() + u32::from(places.codes),
        places.last_column(),
        IgnoreError::NumberStoredAsText,
    )?;
    Ok(())
}
