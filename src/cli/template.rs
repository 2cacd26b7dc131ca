//! `paiban export OUT --template THEIRS.xlsx [-o FILLED.xlsx]`: fills the table that another system exported.

use super::args::ExportArgs;
use super::attendance::map;
use super::exit::Exit;
use super::output::Output;
use super::solve::usage;
use super::text::{columns, hanging};
use chrono::NaiveDate;
use paiban::base::{Text, counted};
use paiban::io::read::{IdMap, Template, read_template};
use paiban::io::write::{CellTexts, fill_template, write_file};
use paiban::report::{Attendance, AttendanceLine};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows that are named at most.
const NAMED: usize = 20;

pub(super) fn run(args: &ExportArgs, theirs: &Path, lines: &[AttendanceLine], out: &mut Output) -> Exit {
    let shifts = match map(args.shifts.as_deref(), false, out) {
        Ok(map) => map.unwrap_or_default(),
        Err(exit) => return exit,
    };
    let mut people: Vec<(String, String)> = Vec::new();
    for l in lines {
        if people.last().is_none_or(|(id, _)| *id != l.id) {
            people.push((l.id.clone(), l.name.clone()));
        }
    }
    let dates = lines.iter().map(|l| l.date);
    let Some(span) = dates.clone().min().zip(dates.max()) else {
        return usage(&Text::new("the rota has no days to write", "班表中没有可写的日期"), out);
    };
    let (template, found) = read_template(theirs, &people, span);
    let errors = out.findings(found);
    let Some(template) = template.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let words: BTreeMap<(&str, chrono::NaiveDate), String> =
        lines.iter().map(|l| ((l.id.as_str(), l.date), word(&l.what, &shifts, out))).collect();
    let mut texts = CellTexts::new();
    for p in &template.places {
        if let Some(text) = words.get(&(people[p.person].0.as_str(), p.date)) {
            texts.entry(p.row).or_default().insert(p.column, text.clone());
        }
    }
    let cells: usize = texts.values().map(BTreeMap::len).sum();
    let (bytes, formulas) = match fill_template(&template.bytes, &template.sheet, &texts) {
        Ok(filled) => filled,
        Err(why) => {
            let text = Text::new(
                format!("{} is no workbook of the usual form: {why}", theirs.display()),
                format!("{} 不是常见形式的工作簿：{why}", theirs.display()),
            );
            return usage(&text, out);
        }
    };
    let missing: Vec<String> =
        template.missing.iter().map(|&p| format!("{} {}", people[p].0, people[p].1)).collect();
    let strangers: Vec<String> = template.strangers.iter().map(|(at, text)| format!("{at} {text}")).collect();
    let mut lost: Vec<String> =
        lines.iter().map(|l| l.date).filter(|d| !template.dates.contains(d)).map(|d| d.to_string()).collect();
    lost.sort();
    lost.dedup();
    if cells == 0 {
        return nothing_fits(theirs, &template, span, out);
    }
    if let Some(path) = &args.output
        && let Err(problem) = write_file(path, &bytes)
    {
        out.finding(*problem);
        return out.end(Exit::Usage);
    }
    if out.json {
        let file = args.output.as_ref().map(|p| p.display().to_string());
        out.document(
            json!({
                "sheet": template.sheet, "cells": cells, "formulas": formulas, "people_without_a_row": missing,
                "rows_of_nobody": strangers, "dates_without_a_column": lost, "file": file,
            }),
            Exit::Done,
        );
        return Exit::Done;
    }
    let say = |en: String, zh: String| out.result(&hanging("", Text::new(en, zh).get(out.lang), columns()));
    let (sheet, filled) = (&template.sheet, (people.len() - missing.len()) as i64);
    let cells = cells as i64;
    match &args.output {
        Some(path) => say(
            format!(
                "{} of {} filled in sheet {sheet}: {}",
                counted(cells, "cell", "cells"),
                counted(filled, "person", "people"),
                path.display()
            ),
            format!("已在工作表 {sheet} 中填写 {filled} 人、{cells} 个单元格：{}", path.display()),
        ),
        None => say(
            format!(
                "A dry run: {} of {} would be filled in sheet {sheet}; with -o FILE they are.",
                counted(cells, "cell", "cells"),
                counted(filled, "person", "people")
            ),
            format!("试运行：将在工作表 {sheet} 中填写 {filled} 人、{cells} 个单元格；加 -o 文件 即写出。"),
        ),
    }
    if formulas > 0 {
        say(
            format!("{formulas} cells with a formula are left"),
            format!("保留了 {formulas} 个含公式的单元格"),
        );
    }
    for (list, en, zh) in [
        (missing, "People without a row", "表中没有的人员"),
        (strangers, "Rows that name nobody of the rota, or several", "对不上或不唯一的行"),
        (lost, "Dates without a column", "表中没有的日期"),
    ] {
        if !list.is_empty() {
            let shown = list.iter().take(NAMED).cloned().collect::<Vec<_>>().join("; ");
            let more =
                if list.len() > NAMED { format!("; … {}", list.len() - NAMED) } else { String::new() };
            say(
                format!("{en} ({}): {shown}{more}", list.len()),
                format!("{zh}（{}）：{shown}{more}", list.len()),
            );
        }
    }
    Exit::Done
}

/// A table into which nothing of the rota fits would come out as it was: that is told, and nothing is written.
fn nothing_fits(
    theirs: &Path,
    template: &Template,
    (from, to): (NaiveDate, NaiveDate),
    out: &Output,
) -> Exit {
    let theirs = theirs.display();
    let dates = template.dates.first().zip(template.dates.last());
    let (first, last) = dates.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
    let who: Vec<&str> = template.strangers.iter().take(3).map(|(_, text)| text.as_str()).collect();
    let who = if who.is_empty() { "–".to_owned() } else { who.join(", ") };
    let text = if template.places.is_empty() {
        Text::new(
            format!(
                "Nobody of the rota has a row in {theirs} (it has {who}); nothing was written. Are the ids those of the rota?"
            ),
            format!("{theirs} 中没有班表里的人员（表中为 {who}）；未写出任何文件。工号是否与班表一致？"),
        )
    } else {
        Text::new(
            format!(
                "{theirs} has the dates {first} to {last}, the rota {from} to {to}; nothing was written."
            ),
            format!("{theirs} 的日期为 {first} 至 {last}，班表为 {from} 至 {to}；未写出任何文件。"),
        )
    };
    usage(&text, out)
}

/// What is written: their word of `--shifts`, else our code; a rest day is 休息, or their word for `OFF`.
fn word(what: &Attendance, shifts: &IdMap, out: &Output) -> String {
    let theirs = |ours: &str| shifts.get(ours).map(str::to_owned);
    match what {
        Attendance::Shift(code) => theirs(code).unwrap_or_else(|| code.clone()),
        Attendance::Leave(kind) => {
            theirs(kind).unwrap_or_else(|| paiban::base::words::leave_kind(kind).get(out.lang).to_owned())
        }
        Attendance::Rest => {
            theirs("OFF").unwrap_or_else(|| Text::new("OFF", "休息").get(out.lang).to_owned())
        }
    }
}
