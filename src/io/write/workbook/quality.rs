//! How good the rota is: penalty and bound, what each rule costs, the worst shortages, how evenly things are shared.

use super::sheet::{Sheet, Value, down, hours, number};
use crate::base::{Text, clock};
use crate::io::write::cells::pick;
use crate::report::RunStatus;
use crate::rules::wording;
use rust_xlsxwriter::XlsxError;

/// Stretches of shortage that are named.
const STRETCHES: usize = 30;

pub(super) fn write(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    s.title(&Text::new("How good the rota is", "班表质量"))?;
    let row = figures(s)? + 1;
    penalties(s, row)?;
    fairness(s, row)?;
    shortfalls(s)?;
    s.widths(&[34.0, 16.0, 4.0, 30.0, 14.0, 4.0, 13.0, 14.0, 12.0, 12.0, 12.0])
}

fn figures(s: &mut Sheet<'_>) -> Result<u32, XlsxError> {
    let lang = s.lang;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let (run, o) = (&s.report.summary.run, &s.report.overview);
    let status = match run.status {
        RunStatus::Optimal => say("proven best", "已证明最优"),
        RunStatus::Feasible => say("good, not proven best", "可行，未证明最优"),
        RunStatus::Infeasible => say("impossible", "无解"),
        RunStatus::Interrupted => say("stopped early", "提前中断"),
    };
    let covered = o.covered_minutes as f64 / o.required_minutes.max(1) as f64;
    let lines: Vec<(String, Value<'_>, &rust_xlsxwriter::Format)> = vec![
        (say("state", "状态"), Value::Text(&status), &s.styles.text),
        (say("penalty", "罚分"), Value::Number(number(run.objective)), &s.styles.whole),
        (
            say("no rota can go below", "任何班表不低于"),
            run.bound.map_or(Value::Text("–"), |b| Value::Number(number(b))),
            &s.styles.whole,
        ),
        (say("gap", "差距"), run.gap.map_or(Value::Text("–"), Value::Number), &s.styles.percent),
        (say("hours needed", "需求工时"), Value::Number(hours(o.required_minutes)), &s.styles.hours),
        (say("of them covered", "其中覆盖"), Value::Number(covered), &s.styles.percent),
        (say("overtime hours", "加班工时"), Value::Number(hours(o.overtime_minutes)), &s.styles.hours),
        (
            say("people above the cap", "超加班上限人数"),
            Value::Number(number(o.above_cap as i64)),
            &s.styles.whole,
        ),
        (
            say("hard rules broken", "违反硬性规则"),
            Value::Number(number(o.violations as i64)),
            &s.styles.whole,
        ),
    ];
    for (i, (name, value, format)) in lines.iter().enumerate() {
        s.put((2 + i as u32, 0), &Value::Text(name), &s.styles.text)?;
        s.put((2 + i as u32, 1), value, format)?;
    }
    Ok(2 + lines.len() as u32)
}

fn penalties(s: &mut Sheet<'_>, top: u32) -> Result<(), XlsxError> {
    let lang = s.lang;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    s.put((top, 0), &Value::Text(&say("what it costs, by rule", "各规则罚分")), &s.styles.head)?;
    s.put((top, 1), &Value::Text(&say("penalty", "罚分")), &s.styles.head)?;
    let mut list: Vec<(&String, &i64)> = s.report.summary.run.penalties.iter().collect();
    list.sort_by_key(|(rule, sum)| (std::cmp::Reverse(**sum), *rule));
    for (i, (rule, sum)) in list.iter().enumerate() {
        let row = top + 1 + i as u32;
        s.put((row, 0), &Value::Text(&pick(&wording(rule), lang)), &s.styles.text)?;
        s.put((row, 1), &Value::Number(number(**sum)), &s.styles.whole)?;
    }
    let last = top + (list.len().max(1) as u32);
    s.put((last + 1, 0), &Value::Text(&say("sum", "合计")), &s.styles.sum_text)?;
    let formula = format!("=SUM({})", down(1, top + 1, last));
    let sum: i64 = list.iter().map(|(_, s)| **s).sum();
    s.put((last + 1, 1), &Value::Formula(formula, number(sum)), &s.styles.sum)
}

fn fairness(s: &mut Sheet<'_>, top: u32) -> Result<(), XlsxError> {
    let lang = s.lang;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    s.put((top, 3), &Value::Text(&say("shared evenly", "公平性")), &s.styles.head)?;
    s.put((top, 4), &Value::Text(&say("most − least", "最多与最少之差")), &s.styles.head)?;
    for (i, line) in s.report.overview.fairness.iter().enumerate() {
        let row = top + 1 + i as u32;
        s.put((row, 3), &Value::Text(&pick(&wording(&line.rule), lang)), &s.styles.text)?;
        s.put((row, 4), &Value::Number(number(line.spread)), &s.styles.whole)?;
    }
    Ok(())
}

fn shortfalls(s: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = s.lang;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let heads = [
        say("largest shortages", "最大缺员"),
        say("times", "时段"),
        say("channel", "渠道"),
        say("hours", "工时"),
        say("people at worst", "最多缺人"),
    ];
    for (c, head) in heads.iter().enumerate() {
        s.text((2, 6 + c as u16), head, &s.styles.head)?;
    }
    for (i, one) in s.report.overview.shortfalls.iter().take(STRETCHES).enumerate() {
        let row = 3 + i as u32;
        let times = format!("{}–{}", clock(one.time.start), clock(one.time.end));
        s.put((row, 6), &Value::Date(one.date), &s.styles.date)?;
        s.put((row, 7), &Value::Text(&times), &s.styles.middle)?;
        s.put((row, 8), &Value::Text(&one.channel), &s.styles.text)?;
        s.put((row, 9), &Value::Number(hours(one.minutes)), &s.styles.hours)?;
        s.put((row, 10), &Value::Number(one.worst_hundredths as f64 / 100.0), &s.styles.hours)?;
    }
    Ok(())
}
