//! A rota of an instance: one line a person, cells with tabs between them, empty for a day off.

use super::super::cell::{Log, with_nearest};
use super::super::folder::{Opened, text_of};
use super::super::text::clean;
use crate::base::index::ShiftIx;
use crate::base::{Text, counted};
use crate::diag::{Diagnostic, Diagnostics, SourceLine, codes, shorten};
use crate::model::{Instance, InstanceRota};
use std::path::Path;

/// Name of a rota inside the folder that `solve` writes.
pub(super) const ROTA: &str = "rota.tsv";

/// Reads a rota of an instance from a folder that `solve` wrote, or from one file. It is there only when no error
/// was found.
#[must_use]
pub fn read_instance_rota(instance: &Instance, path: &Path) -> (Option<InstanceRota>, Diagnostics) {
    let mut log = Log::default();
    let file = if path.is_dir() { path.join(ROTA) } else { path.to_path_buf() };
    let name = file.file_name().map_or_else(|| ROTA.to_owned(), |n| n.to_string_lossy().into_owned());
    let rota = match text_of(&file, &name, &mut Vec::new(), &mut log) {
        Opened::Text(text) => Some(cells(instance, &name, &text, &mut log)),
        Opened::Missing => {
            let shown = file.display();
            let fact = Text::new(format!("there is no file {shown}"), format!("没有文件 {shown}"));
            let cure = Text::new(
                "give a folder that solve wrote, or one rota.tsv",
                "请给出 solve 写出的文件夹，或一份 rota.tsv",
            );
            log.findings.push(Diagnostic::error(codes::MISSING_FILE, fact, cure).at(&name, 0));
            None
        }
        Opened::Unusable => None,
    };
    let mut findings = log.findings;
    findings.sort();
    (rota.filter(|_| !findings.has_errors()), findings)
}

fn cells(instance: &Instance, name: &str, text: &str, log: &mut Log) -> InstanceRota {
    let people = instance.people.len();
    let ids: Vec<&str> = instance.shifts.iter().map(|s| s.id.as_str()).collect();
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.len() > people && lines.last().is_some_and(|l| l.trim().is_empty()) {
        lines.pop();
    }
    if lines.len() != people {
        let n = lines.len();
        let fact = Text::new(
            format!("{} for {}", counted(n, "line", "lines"), counted(people, "person", "people")),
            format!("有 {n} 行，而算例有 {people} 人"),
        );
        let cure = Text::new(
            "give one line a person, in the order of SECTION_STAFF",
            "请按 SECTION_STAFF 的顺序，每人一行",
        );
        log.findings.push(Diagnostic::error(codes::ROTA_SHAPE, fact, cure).at(name, 0));
    }
    let mut rows: Vec<Vec<Option<ShiftIx>>> = Vec::with_capacity(people);
    for (i, line) in lines.iter().enumerate().take(people) {
        rows.push(row(instance, &ids, (name, i + 1, line), log));
    }
    rows.resize(people, vec![None; instance.days]);
    InstanceRota { cells: rows }
}

fn row(
    instance: &Instance,
    ids: &[&str],
    (name, line, text): (&str, usize, &str),
    log: &mut Log,
) -> Vec<Option<ShiftIx>> {
    let days = instance.days;
    let source = |mark| Some(SourceLine::marked(text, mark));
    let cells: Vec<&str> = text.split('\t').collect();
    let filled = cells.iter().rposition(|c| !c.trim().is_empty()).map_or(0, |last| last + 1);
    if filled > days || cells.len() < days {
        let n = if filled > days { filled } else { cells.len() };
        let fact = Text::new(
            format!("{} for {}", counted(n, "cell", "cells"), counted(days, "day", "days")),
            format!("有 {n} 个单元格，而算例有 {days} 天"),
        );
        let found = if filled > days {
            let cure =
                Text::new("give one cell a day, with tabs between them", "请每天一个单元格，以制表符分隔");
            Diagnostic::error(codes::ROTA_SHAPE, fact, cure)
        } else {
            let cure = Text::new(
                "nothing, if the days at the end are days off; else add their cells",
                "若末尾几天是休息则无需处理；否则请补上单元格",
            );
            Diagnostic::warning(codes::ROTA_SHAPE, fact, cure)
        };
        log.findings.push(found.at(name, line).with_source(source(None)));
    }
    let mut row = vec![None; days];
    let mut from = 0;
    for (day, cell) in cells.iter().enumerate().take(days) {
        let word = clean(cell);
        match ids.iter().position(|id| *id == word) {
            Some(k) => row[day] = Some(ShiftIx::new(k)),
            None if word.is_empty() => {}
            None => {
                let v = shorten(&word);
                let fact = Text::new(format!("there is no shift \"{v}\""), format!("没有班次“{v}”"));
                let found =
                    Diagnostic::error(codes::UNKNOWN_INSTANCE_SHIFT, fact, with_nearest(&v, ids, ids));
                let mark = source(Some((from, from + cell.len())));
                log.findings.push(found.at(name, line).cell(&format!("day {day}"), &v).with_source(mark));
            }
        }
        from += cell.len() + 1;
    }
    row
}
