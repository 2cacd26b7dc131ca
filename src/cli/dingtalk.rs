//! `paiban export OUT --to dingtalk-xlsx`: the sheet as DingTalk's own command line lays it out.

use super::args::ExportArgs;
use super::attendance::map;
use super::exit::Exit;
use super::output::Output;
use paiban::base::Text;
use paiban::io::write::{dingtalk_sheet, shared_names, unwritable, write_file};
use paiban::report::{Attendance, AttendanceLine};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

pub(super) fn run(args: &ExportArgs, lines: &[AttendanceLine], out: &mut Output) -> Exit {
    let shifts = match map(args.shifts.as_deref(), false, out) {
        Ok(map) => map.unwrap_or_default(),
        Err(exit) => return exit,
    };
    let theirs = |ours: &str| shifts.get(ours).map(str::to_owned);
    let rest = || theirs("OFF").unwrap_or_else(|| "休息".to_owned());
    let word = |l: &AttendanceLine| match &l.what {
        Attendance::Shift(code) => theirs(code).unwrap_or_else(|| code.clone()),
        Attendance::Leave(kind) => theirs(kind).unwrap_or_else(rest),
        Attendance::Rest => rest(),
    };
    for (name, ids) in shared_names(lines) {
        let ids = ids.join(", ");
        out.say(&Text::new(
            format!("the sheet has names alone, and several people are called {name}: {ids}"),
            format!("此表只写姓名，而有多人同名 {name}：{ids}"),
        ));
    }
    let leave =
        lines.iter().filter(|l| matches!(&l.what, Attendance::Leave(k) if theirs(k).is_none())).count();
    if leave > 0 {
        out.say(&Text::new(
            format!("{leave} days of leave stand as rest days; give their kind a row of --shifts to name it"),
            format!("有 {leave} 天请假写作休息；如需写明假别，请在 --shifts 中为其加一行"),
        ));
    }
    let people = lines.iter().map(|l| l.id.as_str()).collect::<BTreeSet<_>>().len();
    let cells = lines.len();
    if let Some(path) = &args.output {
        let shown = PathBuf::from(path);
        let bytes =
            dingtalk_sheet(lines, &word, now()).map_err(|e| unwritable(&shown, &std::io::Error::other(e)));
        if let Err(problem) = bytes.and_then(|bytes| write_file(path, &bytes)) {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
    }
    let file = args.output.as_ref().map(|p| p.display().to_string());
    if out.json {
        out.document(json!({ "people": people, "cells": cells, "file": file }), Exit::Done);
        return Exit::Done;
    }
    let text = match file {
        Some(file) => Text::new(
            format!("{cells} cells of {people} people written to {file}"),
            format!("已写出 {people} 人、{cells} 个单元格：{file}"),
        ),
        None => Text::new(
            format!(
                "A dry run: {cells} cells of {people} people; nothing was written. With -o FILE.xlsx they are."
            ),
            format!("试运行：{people} 人、{cells} 个单元格；未写出任何文件。加 -o 文件.xlsx 即可写出。"),
        ),
    };
    out.result(text.get(out.lang));
    Exit::Done
}

/// The moment that the sheet names; that of `SOURCE_DATE_EPOCH` where it is to be the same each time.
fn now() -> chrono::NaiveDateTime {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.trim().parse().ok());
    let told = told.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    told.map_or_else(|| chrono::Local::now().naive_local(), |t| t.naive_utc())
}
