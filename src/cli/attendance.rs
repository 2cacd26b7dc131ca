//! `paiban export OUT --to SYSTEM`: what an attendance or HR system takes. Without `-o` it is a dry run.

use super::args::{ExportArgs, System};
use super::dingtalk;
use super::exit::Exit;
use super::output::Output;
use super::solve::usage;
use super::staff::taken;
use super::template;
use super::text::pad;
use chrono::Datelike;
use paiban::base::{Lang, Text, words};
use paiban::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use paiban::diag::{Diagnostic, Diagnostics, codes};
use paiban::io::read::{IdMap, read_id_map, read_record};
use paiban::io::write::{
    AttendanceSystem, CallOptions, ScheduleRow, adp, attendance_word, bamboohr, calls, calls_text, most_rows,
    write_file,
};
use paiban::report::{Attendance, AttendanceLine, attendance};
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

/// Rows that a dry run shows.
const PREVIEW: usize = 15;

pub(crate) fn run(args: &ExportArgs, to: Option<System>, out: &mut Output) -> Exit {
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let (record, found) = read_record(std::slice::from_ref(&args.case));
    let errors = out.findings(found);
    let Some(record) = record.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let classes = |p, date| record.classes.get(&(p, date)).copied();
    let mut lines = attendance(&record.case, &classes);
    if let Some((year, month)) = args.month {
        lines.retain(|l| (l.date.year(), l.date.month()) == (year, month));
    }
    let to = match (to, &args.template) {
        (None, Some(theirs)) => return template::run(args, theirs, &lines, out),
        (Some(to), None) => to,
        _ => {
            let text = Text::new("give either --to or --template", "--to 与 --template 请二选一");
            return usage(&text, out);
        }
    };
    if to == System::DingtalkXlsx {
        return dingtalk::run(args, &lines, out);
    }
    let made = match system(to) {
        Some(system) => schedule(args, system, &lines, out),
        None => {
            let (company, batch) = (args.company.as_deref(), args.batch.as_deref());
            let table = match to {
                System::Adp => adp(&lines, company.unwrap_or("CO"), batch.unwrap_or("1")),
                _ => bamboohr(&lines),
            };
            table.map_err(|_| Exit::Bug).map(|bytes| (bytes, lines.len(), 1))
        }
    };
    match made {
        Ok(made) => finish(args, to, made, out),
        Err(exit) => exit,
    }
}

/// The system of a schedule; `None` for hours.
fn system(to: System) -> Option<AttendanceSystem> {
    match to {
        System::DingtalkCli => Some(AttendanceSystem::DingTalkCli),
        System::DingtalkApi => Some(AttendanceSystem::DingTalkApi),
        System::Wecom => Some(AttendanceSystem::WeCom),
        System::Feishu => Some(AttendanceSystem::Feishu),
        System::DingtalkXlsx | System::Adp | System::Bamboohr => None,
    }
}

/// Bytes, rows and calls of a schedule; without a file to write, the preview is shown.
fn schedule(
    args: &ExportArgs,
    system: AttendanceSystem,
    lines: &[AttendanceLine],
    out: &mut Output,
) -> Result<(Vec<u8>, usize, usize), Exit> {
    let lacking = lacking(args, system);
    if !lacking.is_empty() {
        let lines = |lang| lacking.iter().map(|t| t.get(lang).to_owned()).collect::<Vec<_>>().join("\n");
        return Err(usage(&Text::new(lines(Lang::En), lines(Lang::Zh)), out));
    }
    per_call(args.per_call, system, out)?;
    let people = map(args.people.as_deref(), true, out)?;
    let shifts = map(args.shifts.as_deref(), false, out)?.unwrap_or_default();
    let mut missing = Diagnostics::default();
    let rows = rows(args, lines, (people.as_ref(), &shifts), &mut missing);
    if out.findings(missing) {
        return Err(out.end(Exit::Usage));
    }
    let leave =
        lines.iter().filter(|l| matches!(&l.what, Attendance::Leave(k) if shifts.get(k).is_none())).count();
    if leave > 0 {
        out.say(&Text::new(
            format!(
                "{leave} days of leave are sent as rest days; give their kind a row of --shifts to send it"
            ),
            format!("有 {leave} 天请假按休息发送；如需发送假别，请在 --shifts 中为其加一行"),
        ));
    }
    let options = CallOptions {
        group: args.group.clone().unwrap_or_default(),
        operator: args.operator.clone().unwrap_or_default(),
        per_call: args.per_call.map(|n| n as usize),
    };
    let bodies = calls(system, &rows, &options);
    if args.output.is_none() && !out.json {
        preview(lines, bodies.len(), out);
    }
    Ok((calls_text(&bodies).into_bytes(), rows.len(), bodies.len()))
}

/// What a system needs to be told and was not.
fn lacking(args: &ExportArgs, system: AttendanceSystem) -> Vec<Text> {
    let group = system != AttendanceSystem::DingTalkCli && args.group.is_none();
    let in_a_name = matches!(system, AttendanceSystem::DingTalkApi | AttendanceSystem::Feishu);
    let list = [
        (group, "--group ID: the attendance group in that system", "--group 编号：该系统中的考勤组"),
        (
            in_a_name && args.operator.is_none(),
            "--operator ID: the person in whose name the change is made",
            "--operator 编号：以谁的名义修改",
        ),
        (
            args.shifts.is_none(),
            "--shifts FILE: a table with the columns shift and shift_id, their id of each of our codes",
            "--shifts 文件：含“班次”“班次编号”两列，列出每个班次在对方系统中的编号",
        ),
    ];
    let told = |(_, en, zh): (bool, &str, &str)| {
        Text::new(format!("this system needs {en}"), format!("该系统需要 {zh}"))
    };
    list.into_iter().filter(|(missing, ..)| *missing).map(told).collect()
}

/// A call must not have more rows than the system says that it takes.
fn per_call(wanted: Option<u32>, system: AttendanceSystem, out: &Output) -> Result<(), Exit> {
    let Some(wanted) = wanted else { return Ok(()) };
    let text = match most_rows(system) {
        _ if system == AttendanceSystem::DingTalkCli => Text::new(
            "--per-call: the command line of DingTalk takes one document, not calls",
            "--per-call：钉钉命令行接收一份文件，不分次调用",
        ),
        Some(most) if wanted as usize > most => Text::new(
            format!("--per-call {wanted}: this system takes at most {most} rows a call"),
            format!("--per-call {wanted}：该系统每次调用最多 {most} 行"),
        ),
        _ => return Ok(()),
    };
    Err(usage(&text, out))
}

pub(super) fn map(path: Option<&Path>, people: bool, out: &mut Output) -> Result<Option<IdMap>, Exit> {
    let Some(path) = path else { return Ok(None) };
    let (map, found) = read_id_map(path, people);
    let errors = out.findings(found);
    match map.filter(|_| !errors) {
        Some(map) => Ok(Some(map)),
        None => Err(out.end(Exit::Usage)),
    }
}

/// The days with their ids. Without a map of people our ids are theirs.
fn rows(
    args: &ExportArgs,
    lines: &[AttendanceLine],
    (people, shifts): (Option<&IdMap>, &IdMap),
    missing: &mut Diagnostics,
) -> Vec<ScheduleRow> {
    let shown =
        |p: &Option<std::path::PathBuf>| p.as_ref().map(|p| p.display().to_string()).unwrap_or_default();
    let (people_file, shifts_file) = (shown(&args.people), shown(&args.shifts));
    let mut told: BTreeSet<(bool, String)> = BTreeSet::new();
    let mut lacks = |person: bool, ours: &str| {
        if !told.insert((person, ours.to_owned())) {
            return;
        }
        let (code, file) =
            if person { (codes::UNKNOWN_PERSON, &people_file) } else { (codes::UNKNOWN_SHIFT, &shifts_file) };
        let fact = Text::new(format!("there is no row for \"{ours}\""), format!("没有“{ours}”这一行"));
        let cure =
            Text::new("add a row with its id in the other system", "请加一行，写上它在对方系统中的编号");
        missing.push(Diagnostic::error(code, fact, cure).at(file, 0).cell("", ours));
    };
    let mut rows = Vec::with_capacity(lines.len());
    for l in lines {
        let user = match people {
            Some(map) => map.get(&l.id).map(str::to_owned),
            None => Some(l.id.clone()),
        };
        let shift = match &l.what {
            Attendance::Shift(code) => match shifts.get(code) {
                Some(id) => Some(id.to_owned()),
                None => {
                    lacks(false, code);
                    continue;
                }
            },
            Attendance::Leave(kind) => shifts.get(kind).map(str::to_owned),
            Attendance::Rest => None,
        };
        match user {
            Some(user) => rows.push(ScheduleRow { user, date: l.date, shift }),
            None => lacks(true, &l.id),
        }
    }
    rows
}

/// What would be sent, in the columns in which DingTalk's command line shows it.
fn preview(lines: &[AttendanceLine], calls: usize, out: &Output) {
    let say = |en: &str, zh: &str| Text::new(en, zh).get(out.lang).to_owned();
    let (yes, no) = (words::cell("yes"), words::cell("no"));
    let heads = [
        say("name", "员工姓名"),
        say("date", "日期"),
        say("weekday", "星期"),
        say("shift", "班次"),
        say("rest", "是否排休"),
    ];
    let row = |cells: [&str; 5]| {
        let wide = [16, 10, 7, 12, 8];
        let cells: Vec<String> = cells.iter().zip(wide).map(|(c, w)| pad(c, w)).collect();
        out.result(cells.join(" | ").trim_end());
    };
    row([&heads[0], &heads[1], &heads[2], &heads[3], &heads[4]]);
    for l in lines.iter().take(PREVIEW) {
        let day = l.date.weekday().num_days_from_monday() as usize;
        let weekday = if out.lang == Lang::Zh { WEEKDAYS_ZH[day] } else { WEEKDAYS_EN[day] };
        let word = attendance_word(&l.what);
        let off = say("OFF", "休息");
        let rest = if word.is_none() { &yes } else { &no };
        row([&l.name, &l.date.to_string(), weekday, word.unwrap_or(&off), rest.get(out.lang)]);
    }
    if lines.len() > PREVIEW {
        out.result(&format!("… {}", lines.len() - PREVIEW));
    }
    out.result(&say(
        &format!(
            "\nA dry run: {} rows in {calls} calls; nothing was written. With -o FILE the calls are written.",
            lines.len()
        ),
        &format!("\n试运行：共 {} 行，{calls} 次调用；未写出任何文件。加 -o 文件 即可写出。", lines.len()),
    ));
}

fn finish(
    args: &ExportArgs,
    to: System,
    (bytes, rows, calls): (Vec<u8>, usize, usize),
    out: &mut Output,
) -> Exit {
    if let Some(path) = &args.output {
        if let Err(problem) = write_file(path, &bytes) {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
        out.say(&Text::new(
            format!("{rows} rows in {calls} calls written to {}", path.display()),
            format!("已写出 {rows} 行、{calls} 次调用：{}", path.display()),
        ));
    }
    if out.json {
        let file = args.output.as_ref().map(|p| p.display().to_string());
        out.document(json!({ "rows": rows, "calls": calls, "file": file }), Exit::Done);
    } else if args.output.is_none() && system(to).is_none() {
        out.bytes(&bytes);
    }
    Exit::Done
}
