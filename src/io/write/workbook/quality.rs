//! How good the rota is: penalty and bound, what each rule costs, the worst shortages, how evenly things are shared.

use super::sheet::{Value, add, down, hours, number, put};
use super::style::Styles;
use crate::base::{Lang, Text, clock};
use crate::io::write::cells::pick;
use crate::report::{Report, RunStatus};
use crate::rules::wording;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// Stretches of shortage that are named.
const STRETCHES: usize = 30;

pub(super) fn write(
    book: &mut Workbook,
    report: &Report,
    styles: &Styles,
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let sheet = add(book, &say("Quality", "质量"))?;
    put(sheet, (0, 0), &Value::Text(&say("How good the rota is", "班表质量")), &styles.title)?;
    let row = figures(sheet, report, styles, lang)? + 1;
    penalties(sheet, report, styles, row, lang)?;
    fairness(sheet, report, styles, row, lang)?;
    shortfalls(sheet, report, styles, lang)?;
    for (c, width) in [34, 16, 4, 30, 14, 4, 13, 14, 12, 12, 12].into_iter().enumerate() {
        sheet.set_column_width(c as u16, width)?;
    }
    Ok(())
}

fn figures(sheet: &mut Worksheet, report: &Report, styles: &Styles, lang: Lang) -> Result<u32, XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let (run, o) = (&report.summary.run, &report.overview);
    let status = match run.status {
        RunStatus::Optimal => say("proven best", "已证明最优"),
        RunStatus::Feasible => say("good, not proven best", "可行，未证明最优"),
        RunStatus::Infeasible => say("impossible", "无解"),
        RunStatus::Interrupted => say("stopped early", "提前中断"),
    };
    let covered = o.covered_minutes as f64 / o.required_minutes.max(1) as f64;
    let lines: Vec<(String, Value<'_>, &rust_xlsxwriter::Format)> = vec![
        (say("state", "状态"), Value::Text(&status), &styles.text),
        (say("penalty", "罚分"), Value::Number(number(run.objective)), &styles.whole),
        (
            say("no rota can go below", "任何班表不低于"),
            run.bound.map_or(Value::Text("–"), |b| Value::Number(number(b))),
            &styles.whole,
        ),
        (say("gap", "差距"), run.gap.map_or(Value::Text("–"), Value::Number), &styles.percent),
        (say("hours needed", "需求工时"), Value::Number(hours(o.required_minutes)), &styles.hours),
        (say("of them covered", "其中覆盖"), Value::Number(covered), &styles.percent),
        (say("overtime hours", "加班工时"), Value::Number(hours(o.overtime_minutes)), &styles.hours),
        (
            say("people above the cap", "超加班上限人数"),
            Value::Number(number(o.above_cap as i64)),
            &styles.whole,
        ),
        (say("hard rules broken", "违反硬性规则"), Value::Number(number(o.violations as i64)), &styles.whole),
    ];
    for (i, (name, value, format)) in lines.iter().enumerate() {
        put(sheet, (2 + i as u32, 0), &Value::Text(name), &styles.text)?;
        put(sheet, (2 + i as u32, 1), value, format)?;
    }
    Ok(2 + lines.len() as u32)
}

fn penalties(
    sheet: &mut Worksheet,
    report: &Report,
    styles: &Styles,
    top: u32,
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    put(sheet, (top, 0), &Value::Text(&say("what it costs, by rule", "各规则罚分")), &styles.head)?;
    put(sheet, (top, 1), &Value::Text(&say("penalty", "罚分")), &styles.head)?;
    let mut list: Vec<(&String, &i64)> = report.summary.run.penalties.iter().collect();
    list.sort_by_key(|(rule, sum)| (std::cmp::Reverse(**sum), *rule));
    for (i, (rule, sum)) in list.iter().enumerate() {
        let row = top + 1 + i as u32;
        put(sheet, (row, 0), &Value::Text(&pick(&wording(rule), lang)), &styles.text)?;
        put(sheet, (row, 1), &Value::Number(number(**sum)), &styles.whole)?;
    }
    let last = top + (list.len().max(1) as u32);
    put(sheet, (last + 1, 0), &Value::Text(&say("sum", "合计")), &styles.sum_text)?;
    let formula = format!("=SUM({})", down(1, top + 1, last));
    let sum: i64 = list.iter().map(|(_, s)| **s).sum();
    put(sheet, (last + 1, 1), &Value::Formula(formula, number(sum)), &styles.sum)
}

fn fairness(
    sheet: &mut Worksheet,
    report: &Report,
    styles: &Styles,
    top: u32,
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    put(sheet, (top, 3), &Value::Text(&say("shared evenly", "公平性")), &styles.head)?;
    put(sheet, (top, 4), &Value::Text(&say("most − least", "最多与最少之差")), &styles.head)?;
    for (i, line) in report.overview.fairness.iter().enumerate() {
        let row = top + 1 + i as u32;
        put(sheet, (row, 3), &Value::Text(&pick(&wording(&line.rule), lang)), &styles.text)?;
        put(sheet, (row, 4), &Value::Number(number(line.spread)), &styles.whole)?;
    }
    Ok(())
}

fn shortfalls(sheet: &mut Worksheet, report: &Report, styles: &Styles, lang: Lang) -> Result<(), XlsxError> {
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let heads = [
        say("largest shortages", "最大缺员"),
        say("times", "时段"),
        say("channel", "渠道"),
        say("hours", "工时"),
        say("people at worst", "最多缺人"),
    ];
    for (c, head) in heads.iter().enumerate() {
        put(sheet, (2, 6 + c as u16), &Value::Text(head), &styles.head)?;
    }
    for (i, s) in report.overview.shortfalls.iter().take(STRETCHES).enumerate() {
        let row = 3 + i as u32;
        let times = format!("{}–{}", clock(s.time.start), clock(s.time.end));
        put(sheet, (row, 6), &Value::Date(s.date), &styles.date)?;
        put(sheet, (row, 7), &Value::Text(&times), &styles.middle)?;
        put(sheet, (row, 8), &Value::Text(&s.channel), &styles.text)?;
        put(sheet, (row, 9), &Value::Number(hours(s.minutes)), &styles.hours)?;
        put(sheet, (row, 10), &Value::Number(s.worst_hundredths as f64 / 100.0), &styles.hours)?;
    }
    Ok(())
}
