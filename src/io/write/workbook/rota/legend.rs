//! The legend: codes with times, meals and paid minutes, and what the other colours mean.

use super::{LEFT, Places};
use crate::base::{Text, clock, words};
use crate::io::write::cells::{pick, word};
use crate::io::write::workbook::sheet::{Sheet, Value, number};
use crate::io::write::workbook::style::{self, filled};
use crate::report::DayTone;
use rust_xlsxwriter::XlsxError;

pub(super) fn write(s: &mut Sheet<'_>, places: &Places) -> Result<(), XlsxError> {
    let top = places.legend() - 1;
    let lang = s.lang;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let spans: [(u16, u16, String); 5] = [
        (1, 1, pick(&words::column("shift"), lang)),
        (2, LEFT + 1, say("name", "名称")),
        (LEFT + 2, LEFT + 8, pick(&words::column("times"), lang)),
        (LEFT + 9, LEFT + 15, say("meal (unpaid)", "用餐（不计薪）")),
        (LEFT + 16, LEFT + 18, say("paid minutes", "计薪分钟")),
    ];
    for (from, to, name) in &spans {
        s.over(top, (*from, *to), &Value::Text(name), &s.styles.head)?;
    }
    let colours = style::colours(&s.report.board.shifts);
    for (i, shift) in s.report.board.shifts.iter().enumerate() {
        let row = top + 1 + i as u32;
        let meal = match (shift.meal_minutes, shift.meal_window) {
            (0, _) => "–".to_owned(),
            (m, Some(w)) => format!("{m} min, {}–{}", clock(w.start), clock(w.end)),
            (m, None) => format!("{m} min"),
        };
        s.put((row, 1), &Value::Text(&shift.code), &filled(&s.styles.middle, colours[i]))?;
        s.over(row, (2, LEFT + 1), &Value::Text(&shift.name), &s.styles.text)?;
        s.over(row, (LEFT + 2, LEFT + 8), &Value::Text(&shift.times), &s.styles.text)?;
        s.over(row, (LEFT + 9, LEFT + 15), &Value::Text(&meal), &s.styles.text)?;
        s.over(row, (LEFT + 16, LEFT + 18), &Value::Number(number(shift.paid_minutes)), &s.styles.whole)?;
    }
    let keys = [
        (style::rest(DayTone::Ordinary), word("OFF", lang), say("rest day", "休息")),
        (style::LEAVE, say("leave", "假"), say("leave, by its kind", "请假（写假别）")),
        (style::day(DayTone::Weekend), say("head", "表头"), say("weekend, day off", "周末、调休放假")),
        (style::day(DayTone::Statutory), say("head", "表头"), say("statutory holiday", "法定节假日")),
    ];
    let right = LEFT + 20;
    s.over(top, (right, right + 8), &Value::Text(&say("colours", "颜色")), &s.styles.head)?;
    for (i, (rgb, short, meaning)) in keys.iter().enumerate() {
        let row = top + 1 + i as u32;
        s.over(row, (right, right + 1), &Value::Text(short), &filled(&s.styles.middle, *rgb))?;
        s.over(row, (right + 2, right + 8), &Value::Text(meaning), &s.styles.text)?;
    }
    Ok(())
}
