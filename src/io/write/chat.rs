//! Messages for a group chat: who works on a day, and what a new rota changes. Plain text, short lines.

use super::cells::{hours, pick, word};
use super::sheets::cell_text;
use crate::base::{Lang, Text, clock, counted};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::check::Match;
use crate::model::DayCell;
use crate::report::{Change, Comparison, Report, Shown};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Stretches of shortage of a day that are named.
const STRETCHES: usize = 5;

fn weekday(date: NaiveDate, lang: Lang) -> &'static str {
    let day = date.weekday().num_days_from_monday() as usize;
    match lang {
        Lang::En => WEEKDAYS_EN[day],
        Lang::Zh => WEEKDAYS_ZH[day],
    }
}

/// Who works on a day: head count, names by shift and team, leave, and where people are short. `None` for a date that the
/// rota does not have.
#[must_use]
pub fn day_message(report: &Report, date: NaiveDate, lang: Lang) -> Option<String> {
    let day = report.board.days.iter().find(|d| d.date == date)?;
    let lines: Vec<_> = report.rota.iter().filter(|l| l.date == date).collect();
    let working = lines.iter().filter(|l| l.code.is_some()).count();
    let name = if day.name.is_empty() { String::new() } else { format!(" {}", day.name) };
    let head = Text::new(
        format!("Rota of {date} {}{name}: {working} at work", weekday(date, lang)),
        format!("【{date} {}{name}】上班 {working} 人", weekday(date, lang)),
    );
    let mut out = pick(&head, lang);
    for shift in &report.board.shifts {
        let mut teams: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let of_shift = lines.iter().filter(|l| l.code.as_deref() == Some(&shift.code));
        of_shift.for_each(|l| teams.entry(&l.team).or_default().push(&l.name));
        let count: usize = teams.values().map(Vec::len).sum();
        if count > 0 {
            let _ = write!(out, "\n{} {} ({count})", shift.code, shift.times);
        }
        for (team, names) in teams {
            let team = if team.is_empty() { String::new() } else { format!("{team}: ") };
            let _ = write!(out, "\n  {team}{}", names.join(if lang == Lang::Zh { "、" } else { ", " }));
        }
    }
    let away: Vec<String> = lines
        .iter()
        .filter(|l| matches!(l.cell, DayCell::Leave(_)))
        .map(|l| format!("{} {}", l.name, cell_text(&l.cell, None, lang)))
        .collect();
    if !away.is_empty() {
        let label = Text::new("On leave", "请假");
        let _ =
            write!(out, "\n{}: {}", label.get(lang), away.join(if lang == Lang::Zh { "、" } else { ", " }));
    }
    let short: Vec<String> = report
        .overview
        .shortfalls
        .iter()
        .filter(|s| s.date == date)
        .take(STRETCHES)
        .map(|s| format!("{} {}–{}", s.channel, clock(s.time.start), clock(s.time.end)))
        .collect();
    if !short.is_empty() {
        let label = Text::new("Short of people", "缺员时段");
        let _ = write!(out, "\n{}: {}", label.get(lang), short.join("; "));
    }
    Some(out)
}

/// What a cell says, with the times of a shift.
fn shown(s: &Shown, lang: Lang) -> String {
    let text = cell_text(&s.cell, s.code.as_deref(), lang);
    if s.times.is_empty() { text } else { format!("{text} {}", s.times) }
}

fn change(c: &Change, lang: Lang) -> String {
    format!(
        "{:02}-{:02} {} {}: {} → {}",
        c.date.month(),
        c.date.day(),
        weekday(c.date, lang),
        c.name,
        shown(&c.from, lang),
        shown(&c.to, lang)
    )
}

/// What a new rota changes for people, by date.
#[must_use]
pub fn change_message(comparison: &Comparison, lang: Lang) -> String {
    let changes = &comparison.changes;
    let people = changes.iter().map(|c| c.id.as_str()).collect::<std::collections::BTreeSet<_>>().len();
    if changes.is_empty() {
        return pick(&Text::new("The rota has not changed.", "班表没有变化。"), lang);
    }
    let head = Text::new(
        format!(
            "Changes of the rota: {} of {}",
            counted(changes.len() as i64, "day", "days"),
            counted(people as i64, "person", "people")
        ),
        format!("【班表变更】{people} 人，共 {} 天", changes.len()),
    );
    let lines = changes.iter().map(|c| change(c, lang));
    std::iter::once(pick(&head, lang)).chain(lines).collect::<Vec<_>>().join("\n")
}

/// What the change does: rules broken, score, cover, overtime, requests and fairness, each before and after.
#[must_use]
pub fn effect_lines(comparison: &Comparison, lang: Lang) -> Vec<String> {
    let [a, b] = &comparison.sides;
    let say = |en: &str, zh: &str| pick(&Text::new(en, zh), lang);
    let pair = |name: String, a: String, b: String| format!("{name}: {a} → {b}");
    let hour = |m: i64| format!("{} h", hours(m));
    let mut lines = vec![
        pair(say("hard rules broken", "违反硬性规则"), a.violations.to_string(), b.violations.to_string()),
        pair(say("penalty", "罚分"), a.objective.to_string(), b.objective.to_string()),
        pair(say("short of people", "缺员"), hour(a.short_minutes), hour(b.short_minutes)),
        pair(say("spare", "富余"), hour(a.over_minutes), hour(b.over_minutes)),
        pair(say("overtime", "加班"), hour(a.overtime_minutes), hour(b.overtime_minutes)),
        pair(
            say("requests met", "请求满足"),
            format!("{}/{}", a.requests.0, a.requests.1),
            format!("{}/{}", b.requests.0, b.requests.1),
        ),
    ];
    let rule = |name: &str| pick(&crate::rules::wording(name), lang);
    let place = |m: &Match| format!("{}  {}  {}: {}", rule(&m.rule), m.who, m.when, pick(&m.why, lang));
    let group = |lines: &mut Vec<String>, head: String, list: Vec<String>| {
        if !list.is_empty() {
            lines.push(head);
            lines.extend(list.into_iter().map(|l| format!("  {l}")));
        }
    };
    let numbers = |list: &[(String, [i64; 2])]| -> Vec<String> {
        list.iter().map(|(n, [a, b])| pair(rule(n), a.to_string(), b.to_string())).collect()
    };
    let [now, before] = &comparison.broken;
    group(&mut lines, say("hard rules broken now", "新违反的硬性规则"), now.iter().map(place).collect());
    let mended = before.iter().map(place).collect();
    group(&mut lines, say("hard rules no longer broken", "不再违反的硬性规则"), mended);
    group(&mut lines, say("penalty by rule", "各规则罚分"), numbers(&comparison.rules));
    group(&mut lines, say("most and least apart", "最多与最少之差"), numbers(&comparison.fairness));
    let days = comparison.days.iter().map(|(d, [a, b])| pair(d.to_string(), hour(*a), hour(*b))).collect();
    group(&mut lines, say("short of people by day", "逐日缺员"), days);
    let people =
        comparison.overtime.iter().map(|(id, n, [a, b])| pair(format!("{id} {n}"), hour(*a), hour(*b)));
    group(&mut lines, say("overtime by person", "个人加班"), people.collect());
    lines
}

/// The word of a cell, for programs.
#[must_use]
pub fn cell_word(s: &Shown, lang: Lang) -> String {
    match s.cell {
        DayCell::Off => word("OFF", lang),
        _ => cell_text(&s.cell, s.code.as_deref(), lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn a_day_is_told_by_shift_and_team() {
        let date = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        let text = day_message(&report(), date, Lang::Zh).unwrap();
        assert_eq!(
            text,
            "【2026-10-01 周四】上班 2 人\nE 08:00-16:00 (1)\n  A: =张伟\nL 18:00-26:00 (1)\n  A: 李, 娜\n\
             缺员时段: voice 09:00–10:00; voice 25:00–26:00"
        );
        let text = day_message(&report(), date + chrono::Days::new(2), Lang::En).unwrap();
        assert_eq!(text, "Rota of 2026-10-03 Sat: 0 at work\nOn leave: =张伟 ANNUAL");
        assert_eq!(day_message(&report(), date + chrono::Days::new(3), Lang::En), None);
    }

    #[test]
    fn a_change_is_told_from_what_to_what() {
        let (before, mut after) = (report(), report());
        after.rota[0].cell = DayCell::Off;
        after.rota[0].code = None;
        after.rota[0].times = String::new();
        let text = change_message(&Comparison::new(&before, &after), Lang::En);
        assert_eq!(text, "Changes of the rota: 1 day of 1 person\n10-01 Thu =张伟: E 08:00-16:00 → OFF");
        let same = change_message(&Comparison::new(&before, &before), Lang::Zh);
        assert_eq!(same, "班表没有变化。");
    }
}
