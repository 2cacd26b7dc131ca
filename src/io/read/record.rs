//! Past months from several places at once: the histories of case folders, and the rotas that `solve` has written.

use super::cell::Log;
use super::columns::{self, FileColumns};
use super::folder::{self, Opened};
use super::names::{Names, id_key};
use super::past::{self, Known, Said, Which, said};
use super::table::Table;
use super::values::time::parse_times;
use super::{ReadOptions, Reading, calendar};
use crate::base::index::PersonIx;
use crate::base::{Text, words};
use crate::calendar::{Horizon, shipped};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::model::{Case, PastDay, Person, ShiftType};
use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Past months.
#[derive(Debug)]
pub struct Record {
    /// Its history holds every day found, and its horizon is the day after the last of them. Without a case folder it has
    /// no rules, and the people and shifts that the rotas name.
    pub case: Case,
    /// The case folder whose rules hold.
    pub rules: Option<PathBuf>,
    /// Minutes of overtime at 150, 200 and 300 % by person and date, as files of pay have them.
    pub classes: FxHashMap<(PersonIx, NaiveDate), [i64; 3]>,
}

/// Reads past months. A path is a case folder (its `history.csv`), a folder of `solve` or one rota file; of a day that
/// stands in several of them the last one counts. People, calendar and rules are those of the last case folder. The
/// record is there only when no error was found.
#[must_use]
pub fn read_record(paths: &[PathBuf]) -> (Option<Record>, Diagnostics) {
    let mut log = Log::default();
    let record = record(paths, &mut log);
    let mut findings = log.findings;
    findings.sort();
    (record.filter(|_| !findings.has_errors()), findings)
}

fn record(paths: &[PathBuf], log: &mut Log) -> Option<Record> {
    let ruling = paths.iter().rposition(|p| is_case(p));
    let mut sources = Vec::new();
    for path in paths {
        find_sources(path, &mut sources, log);
    }
    let tables: Vec<(Table, Option<Table>)> =
        sources.iter().filter_map(|s| Some((s.rota(log)?, s.payroll(log)))).collect();
    let mut case = match ruling {
        Some(i) => ruling_case(&paths[i], log)?,
        None => case_of(&tables),
    };
    let names = Names::of_case(&case);
    let mut days = Merged::default();
    let mut classes = FxHashMap::default();
    for (rota, payroll) in &tables {
        days.take(&names, rota, read_days(&case, &names, rota, log), log);
        if let Some(payroll) = payroll {
            read_classes(payroll, &names, &mut classes, log);
        }
    }
    let Some(last) = days.last() else {
        if !log.findings.has_errors() {
            log.findings.push(nothing(paths));
        }
        return None;
    };
    for first in days.years() {
        calendar::check_years(&case.calendar, &Horizon { first, days: 1 }, log);
    }
    case.history = days.sorted();
    // What is to be planned is not asked here, nor which days around the statutory ones are free.
    log.findings.drop_after(0, codes::PARTLY_KNOWN_YEAR);
    log.findings.drop_after(0, codes::OUTSIDE_HORIZON);
    case.horizon = Horizon { first: last.succ_opt()?, days: 1 };
    Some(Record { case, rules: ruling.map(|i| paths[i].clone()), classes })
}

/// Whether a path is a case folder.
fn is_case(path: &Path) -> bool {
    path.join(columns::STAFF.file).exists()
}

/// A file with days.
struct Source {
    file: PathBuf,
    payroll: Option<PathBuf>,
}

impl Source {
    fn rota(&self, log: &mut Log) -> Option<Table> {
        open(&self.file, &columns::ROTA, log)
    }
    fn payroll(&self, log: &mut Log) -> Option<Table> {
        open(self.payroll.as_deref()?, &columns::PAYROLL, log)
    }
}

/// A file under the path that the user gave: several of them have the same name.
fn open(file: &Path, columns: &'static FileColumns, log: &mut Log) -> Option<Table> {
    let name = file.display().to_string();
    match folder::text_of(file, &name, &mut Vec::new(), log) {
        Opened::Text(text) => Table::read(&name, columns, text, &mut log.findings),
        Opened::Missing | Opened::Unusable => None,
    }
}

fn find_sources(path: &Path, sources: &mut Vec<Source>, log: &mut Log) {
    let shown = path.display().to_string();
    let cure = Text::new(
        "give case folders, folders that solve wrote, or files like rota.csv",
        "请给出案例文件夹、solve 写出的文件夹，或 rota.csv 之类的文件",
    );
    if path.is_file() {
        return sources.push(Source { file: path.to_path_buf(), payroll: None });
    }
    if !path.is_dir() {
        let fact = Text::new(format!("there is no folder {shown}"), format!("没有文件夹 {shown}"));
        return log.findings.push(Diagnostic::error(codes::NO_FOLDER, fact, cure).at(&shown, 0));
    }
    let (rota, history) = (path.join(columns::ROTA.file), path.join(columns::HISTORY.file));
    let before = sources.len();
    if is_case(path) && history.exists() {
        sources.push(Source { file: history, payroll: None });
    }
    if rota.exists() {
        let payroll = Some(path.join(columns::PAYROLL.file)).filter(|p| p.exists());
        sources.push(Source { file: rota, payroll });
    }
    if sources.len() == before && !is_case(path) {
        let fact = Text::new(
            "the folder has neither staff.csv nor rota.csv: it is no case and no result of solve",
            "文件夹里既没有 staff.csv 也没有 rota.csv：不是案例，也不是 solve 的结果",
        );
        log.findings.push(Diagnostic::error(codes::MISSING_FILE, fact, cure).at(&shown, 0));
    }
}

fn nothing(paths: &[PathBuf]) -> Diagnostic {
    let shown: Vec<String> = paths.iter().map(|p| p.display().to_string()).collect();
    let fact = Text::new("there is no day that has passed", "没有任何已过去的日子");
    let cure = Text::new(
        "put history.csv into the case folder, or name folders that solve wrote beside it",
        "请在案例文件夹中放入 history.csv，或同时给出 solve 写出的文件夹",
    );
    Diagnostic::error(codes::NO_ROWS, fact, cure).at(&shown.join(" "), 0)
}

/// A case folder without what is wished and published for days to come; its history is one of the sources.
fn ruling_case(folder: &Path, log: &mut Log) -> Option<Case> {
    let mut reading = Reading::open(folder, log)?;
    for table in [&mut reading.history, &mut reading.requests, &mut reading.pins, &mut reading.published] {
        *table = None;
    }
    reading.case(folder, &ReadOptions::default(), log)
}

/// The people and shifts that rotas name.
fn case_of(tables: &[(Table, Option<Table>)]) -> Case {
    let mut case = Case::empty(Horizon { first: NaiveDate::default(), days: 1 }, shipped());
    let (mut people, mut shifts) = (FxHashMap::default(), FxHashMap::default());
    let no_names = Names::default();
    for row in tables.iter().flat_map(|(rota, _)| rota.rows()) {
        let id = row.get("id").plain();
        if !id.is_empty() {
            let at = *people.entry(id_key(&id)).or_insert_with(|| {
                case.people.push(Person::new(&id, row.origin()));
                case.people.len() - 1
            });
            // Whoever has changed names or teams is shown as of late.
            let (name, team) = (row.get("name"), row.get("team"));
            if !name.is_empty() {
                name.text().clone_into(&mut case.people[at].name);
            }
            case.people[at].team = team.plain();
        }
        let code = row.get("shift").plain();
        let key = id_key(&code);
        if shifts.contains_key(&key) || code.is_empty() || !matches!(said(&code, &no_names), Said::Other) {
            continue;
        }
        if let Ok(times) = parse_times(row.get("times").text()) {
            let band = row.get("band").plain();
            case.shifts.push(ShiftType { band, ..ShiftType::new(&code, times, row.origin()) });
            shifts.insert(key, ());
        }
    }
    case
}

fn read_days(case: &Case, names: &Names, rota: &Table, log: &mut Log) -> Vec<PastDay> {
    let kinds: Vec<_> = case.channels.iter().map(|c| c.kind).collect();
    let known = Known {
        names,
        people: &case.people,
        shifts: &case.shifts,
        rules: &case.rules,
        kinds: &kinds,
        calendar: &case.calendar,
        horizon: &case.horizon,
    };
    past::read(rota, &known, Which::All, log)
}

/// Days of several files, each day once.
#[derive(Default)]
struct Merged {
    days: Vec<PastDay>,
    at: FxHashMap<(PersonIx, NaiveDate), usize>,
}

impl Merged {
    /// Adds the days of a file; where it says something else than those before, it counts.
    fn take(&mut self, names: &Names, file: &Table, days: Vec<PastDay>, log: &mut Log) {
        let (mut differing, mut first) = (0, None);
        for day in days {
            let Some(&at) = self.at.get(&(day.person, day.date)) else {
                self.at.insert((day.person, day.date), self.days.len());
                self.days.push(day);
                continue;
            };
            let before = &mut self.days[at];
            if before.status != day.status {
                differing += 1;
                first.get_or_insert((day.person, day.date, before.origin.clone(), day.origin.line));
            }
            *before = day;
        }
        let Some((person, date, other, line)) = first else { return };
        let (id, file) = (&names.id_list[person.ix()], &file.file);
        let fact = Text::new(
            format!(
                "{differing} person-days differ from {}; {file} counts; the first is {id} on {date}",
                other.file
            ),
            format!("有 {differing} 人天与 {} 不同，以 {file} 为准；第一处是 {id} 在 {date}", other.file),
        );
        let cure = Text::new(
            "nothing to do if that is so: name the file that counts last",
            "如果确实如此，无需处理：以最后给出的文件为准",
        );
        log.findings.push(Diagnostic::warning(codes::DUPLICATE_ROW, fact, cure).at(file, line));
    }
    fn last(&self) -> Option<NaiveDate> {
        self.days.iter().map(|d| d.date).max()
    }
    /// A date of each year that has a day.
    fn years(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let years: BTreeSet<i32> = self.days.iter().map(|d| d.date.year()).collect();
        years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, 1, 1))
    }
    fn sorted(mut self) -> Vec<PastDay> {
        self.days.sort_by_key(|d| (d.person, d.date));
        self.days
    }
}

/// Overtime by class of the rows of a payroll file; those of people who are not known are read over.
fn read_classes(
    table: &Table,
    names: &Names,
    classes: &mut FxHashMap<(PersonIx, NaiveDate), [i64; 3]>,
    log: &mut Log,
) {
    let mut of_file: FxHashMap<(PersonIx, NaiveDate), [i64; 3]> = FxHashMap::default();
    for row in table.rows() {
        let person = match names.find_person(row.get("id").text()) {
            super::names::Found::Person(p) | super::names::Found::LostZeros(p) => p,
            _ => continue,
        };
        let Ok(date) = row.needed_date("date", log) else { continue };
        let Ok(Some(minutes)) = row.get("minutes").integer(0, 2880, log) else { continue };
        let rate = row.get("rate_type").plain();
        let day = of_file.entry((person, date)).or_default();
        match words::english(words::CELLS, &rate) {
            "OT150" => day[0] += minutes,
            "OT200" => day[1] += minutes,
            "OT300" => day[2] += minutes,
            _ => {}
        }
    }
    classes.extend(of_file);
}
