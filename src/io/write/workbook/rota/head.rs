//! The title and the heads of the columns: dates, weekdays, totals.

use super::{HEAD, LEFT, Places};
use crate::base::{Lang, Text};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::io::write::cells::pick;
use crate::io::write::workbook::sheet::{Sheet, Value};
use crate::io::write::workbook::title;
use rust_xlsxwriter::XlsxError;

pub(super) fn write(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    s.title(&title(s.report))?;
    let run = &s.report.summary.run;
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
    s.text((1, 0), &pick(&note, s.lang), &s.styles.note)?;
    for (c, name) in ["id", "name", "team"].into_iter().enumerate() {
        s.sheet.merge_range(HEAD, c as u16, HEAD + 1, c as u16, &s.heading(name), &s.styles.head)?;
    }
    for (d, day) in s.report.board.days.iter().enumerate() {
        let format = s.styles.day_head(day.tone);
        let dated = format.clone().set_num_format("d");
        s.put((HEAD, LEFT + d as u16), &Value::Date(day.date), &dated)?;
        let weekday = match s.lang {
            Lang::En => WEEKDAYS_EN[day.weekday],
            Lang::Zh => WEEKDAYS_ZH[day.weekday],
        };
        s.put((HEAD + 1, LEFT + d as u16), &Value::Text(weekday), &format)?;
    }
    for (c, shift) in s.report.board.shifts.iter().enumerate() {
        let col = places.totals() + c as u16;
        s.put((HEAD, col), &Value::Text(&shift.code), &s.styles.head)?;
        s.put((HEAD + 1, col), &Value::Text(&s.say("days", "天数")), &s.styles.head)?;
    }
    for (i, name) in
        ["days_worked", "rest_days", "leave_days", "paid_hours", "overtime_hours"].into_iter().enumerate()
    {
        let col = places.worked() + i as u16;
        s.sheet.merge_range(HEAD, col, HEAD + 1, col, &s.heading(name), &s.styles.head)?;
    }
    Ok(())
}
