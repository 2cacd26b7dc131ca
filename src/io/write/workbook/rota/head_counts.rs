//! The rows below the people: heads by shift, at work, off, needed and there.

use super::{FIRST, LEFT, Places};
use crate::io::write::cells::word;
use crate::io::write::workbook::sheet::{Sheet, Value, across, down, hours, number, quoted};
use crate::model::DayCell;
use rust_xlsxwriter::XlsxError;
use rust_xlsxwriter::utility::row_col_to_cell;

pub(super) fn write(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    let grid = &s.report.grid;
    let total = word("TOTAL", s.lang);
    let last = places.last_person();
    let first_head = places.heads();
    for (c, code) in grid.codes.iter().enumerate() {
        let row = first_head + c as u32;
        label(s, row, &total, code)?;
        for (d, heads) in grid.heads[c].iter().enumerate() {
            let col = LEFT + d as u16;
            let formula = format!("=SUMPRODUCT(--({}=$B{}))", down(col, FIRST, last), row + 1);
            s.put((row, col), &Value::Formula(formula, number(*heads)), &s.styles.sum)?;
        }
        let sum: i64 = grid.heads[c].iter().sum();
        let formula = format!("=SUM({})", across(row, LEFT, places.totals() - 1));
        s.put((row, places.totals() + c as u16), &Value::Formula(formula, number(sum)), &s.styles.sum)?;
    }
    let rows = day_rows(s, places);
    let first = first_head + u32::from(places.codes);
    for (i, line) in rows.iter().enumerate() {
        let row = first + i as u32;
        // Where there are no shifts, this row is the first below the people.
        let word = if i == 0 { total.as_str() } else { "" };
        label(s, row, word, &line.name)?;
        let decimals = if line.hours { "0.0" } else { "0" };
        let format = &s.styles.sum.clone().set_num_format(decimals).set_shrink();
        for (d, value) in line.values.iter().enumerate() {
            s.put((row, LEFT + d as u16), value, format)?;
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
        let format = if i < 3 { &s.styles.sum } else { &s.styles.sum_hours };
        s.put((first, col), &Value::Formula(formula, sum), format)?;
    }
    Ok(())
}

/// The first cells of a row of sums.
fn label(s: &mut Sheet<'_>, row: u32, word: &str, name: &str) -> Result<(), XlsxError> {
    s.text((row, 0), word, &s.styles.sum_text)?;
    s.text((row, 1), name, &s.styles.sum_text)?;
    s.put((row, 2), &Value::Blank, &s.styles.sum_text)
}

/// A row of figures for each day.
struct DayRow {
    name: String,
    hours: bool,
    values: Vec<Value<'static>>,
}

fn day_rows(s: &Sheet<'_>, places: &Places) -> Vec<DayRow> {
    let (grid, board) = (&s.report.grid, &s.report.board);
    let (first, last) = (places.heads(), places.last_person());
    let work_row = first + u32::from(places.codes);
    let off = quoted(&word("OFF", s.lang));
    let days = board.days.len();
    let at = |d: usize, cell: fn(&DayCell) -> bool| {
        number(grid.lines.iter().filter(|l| cell(&l.cells[d])).count() as i64)
    };
    let row = |name: String, hours: bool, value: &dyn Fn(usize, u16) -> Value<'static>| DayRow {
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
        grid.heads.iter().zip(&board.shifts).map(|(heads, shift)| heads[d] * shift.paid_minutes).sum()
    };
    let there = |d: usize, col: u16| {
        let terms: Vec<String> = (0..places.codes)
            .map(|c| format!("{}*{}", row_col_to_cell(first + u32::from(c), col), places.paid(c)))
            .collect();
        let sum = if terms.is_empty() { "0".to_owned() } else { terms.join("+") };
        Value::Formula(format!("=({sum})/60"), hours(minutes(d)))
    };
    let needed = |d: usize, _: u16| Value::Number(hours(board.days[d].required_minutes));
    let balance = |d: usize, col: u16| {
        let formula =
            format!("={}-{}", row_col_to_cell(work_row + 5, col), row_col_to_cell(work_row + 4, col));
        Value::Formula(formula, hours(minutes(d)) - hours(board.days[d].required_minutes))
    };
    let peak = |d: usize, _: u16| Value::Number(number(board.days[d].peak));
    let short = |d: usize, _: u16| Value::Number(hours(board.days[d].short_minutes));
    vec![
        row(s.say("at work", "上班人数"), false, &working),
        row(s.say("off", "休息人数"), false, &resting),
        row(s.say("on leave", "请假人数"), false, &leave),
        row(s.say("needed at once, most", "需求高峰人数"), false, &peak),
        row(s.say("hours needed", "需求工时"), true, &needed),
        row(s.say("hours paid", "排班工时"), true, &there),
        row(s.say("paid − needed", "排班−需求"), true, &balance),
        row(s.say("hours short (as solved)", "缺员工时（求解时）"), true, &short),
    ]
}
