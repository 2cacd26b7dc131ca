//! From files to a case: every finding of every file at once, never a panic.
//!
//! [`read_case`] opens a folder, [`read_rota`] a rota. Below: [`columns`] knows the headers, `text` the
//! encodings, `table` rows and their places, `cell` typed values; one file for each input file.

mod cell;
mod channels;
pub mod columns;
mod demand;
mod folder;
mod forecast;
mod horizon;
mod names;
mod shifts;
mod staff;
mod table;
mod text;
mod values;

use crate::base::Text;
use crate::calendar::Horizon;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::model::{Case, InputFile, RuleBook};
use cell::Log;
use chrono::NaiveDate;
use columns::FileColumns;
use names::Names;
use std::path::Path;
use table::Table;

/// Dates that supply a year when only the form of a text matters.
const ANY_YEAR: (NaiveDate, NaiveDate) = (NaiveDate::MIN, NaiveDate::MIN);

/// Which days are to be planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Year and month; before `from` and `to`.
    pub month: Option<(i32, u32)>,
    /// First date, else the first of forecast and demand.
    pub from: Option<NaiveDate>,
    /// Last date, else the last of forecast and demand.
    pub to: Option<NaiveDate>,
}

/// Reads a case folder. The case is there only when no error was found; the findings may hold warnings.
#[must_use]
pub fn read_case(folder: &Path, options: &ReadOptions) -> (Option<Case>, Diagnostics) {
    let mut log = Log::default();
    let case = Reading::open(folder, &mut log).and_then(|reading| reading.case(folder, options, &mut log));
    let mut findings = log.findings;
    findings.sort();
    (case.filter(|_| !findings.has_errors()), findings)
}

/// The tables of a case.
struct Reading {
    inputs: Vec<InputFile>,
    staff: Option<Table>,
    shifts: Option<Table>,
    forecast: Option<Table>,
    demand: Option<Table>,
    rules: Option<Table>,
    channels: Option<Table>,
}

impl Reading {
    fn open(folder: &Path, log: &mut Log) -> Option<Self> {
        if !folder::check_folder(folder, log) {
            return None;
        }
        let mut inputs = Vec::new();
        let mut open = |columns: &'static FileColumns, needed: bool, log: &mut Log| {
            folder::open(folder, columns, needed, &mut inputs, log)
        };
        let staff = open(&columns::STAFF, true, log);
        let shifts = open(&columns::SHIFTS, true, log);
        let rules = open(&columns::RULES, true, log);
        let forecast = open(&columns::FORECAST, false, log);
        let demand = open(&columns::DEMAND, false, log);
        let channels = open(&columns::CHANNELS, false, log);
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        folder::note_strangers(folder, log);
        Some(Self { inputs, staff, shifts, forecast, demand, rules, channels })
    }

    fn case(&self, folder: &Path, options: &ReadOptions, log: &mut Log) -> Option<Case> {
        log.near = match horizon::wanted(options) {
            (Some(first), Some(last)) => Some((first, last)),
            (Some(one), None) | (None, Some(one)) => Some((one, one)),
            (None, None) => None,
        };
        let horizon = self.horizon(folder, options, log);
        log.near = horizon.map(|h| (h.first, h.last())).or(log.near);
        let mut names = Names::default();
        let shifts = rows(&self.shifts, log, shifts::read);
        names.add_shifts(&shifts);
        let sources = channels::Sources {
            channels: self.channels.as_ref(),
            forecast: self.forecast.as_ref(),
            demand: self.demand.as_ref(),
            staff: self.staff.as_ref(),
        };
        let channels = channels::read(&sources, log);
        names.add_channels(&channels);
        let people = rows(&self.staff, log, |t, log| staff::read(t, &names, log));
        names.add_people(&people);
        // Without a horizon the rest is still read, so that all faults come out at once.
        let days = horizon.unwrap_or(Horizon { first: NaiveDate::default(), days: 1 });
        let forecast = rows(&self.forecast, log, |t, log| forecast::read(t, &names, &days, log));
        let demand = rows(&self.demand, log, |t, log| demand::read(t, &names, &days, log));
        let horizon = horizon?;
        Some(Case {
            folder: folder.to_path_buf(),
            horizon,
            calendar: crate::calendar::shipped(),
            channels,
            people,
            shifts,
            rules: RuleBook::default(),
            forecast,
            demand,
            leave: Vec::new(),
            requests: Vec::new(),
            pins: Vec::new(),
            history: Vec::new(),
            meetings: Vec::new(),
            approvals: Vec::new(),
            published: Vec::new(),
            inputs: self.inputs.clone(),
        })
    }

    fn horizon(&self, folder: &Path, options: &ReadOptions, log: &mut Log) -> Option<Horizon> {
        if self.forecast.is_none() && self.demand.is_none() {
            // A file that is there but unusable has its own finding.
            let exists = |file: &FileColumns| folder.join(file.file).exists();
            if !exists(&columns::FORECAST) && !exists(&columns::DEMAND) {
                let fact = Text::new(
                    "neither forecast.csv nor demand.csv says what is to be covered",
                    "forecast.csv 和 demand.csv 都没有，不知道需要多少人",
                );
                let cure = Text::new("add one of the two files", "请加上其中一个文件");
                log.findings.push(Diagnostic::error(codes::NOTHING_TO_COVER, fact, cure).at("demand.csv", 0));
            }
        }
        horizon::find(options, [self.forecast.as_ref(), self.demand.as_ref()], log)
    }
}

/// The rows of a table that can be read; a file without any is an error.
fn rows<T>(table: &Option<Table>, log: &mut Log, read: impl FnOnce(&Table, &mut Log) -> Vec<T>) -> Vec<T> {
    let Some(table) = table else { return Vec::new() };
    if table.len() == 0 && !log.findings.items().iter().any(|d| *d.file == *table.file) {
        let file = &table.file;
        let fact =
            Text::new(format!("{file} has a header but no rows"), format!("{file} 只有表头，没有数据"));
        let cure = Text::new("add at least one row", "请至少加一行数据");
        log.findings.push(Diagnostic::error(codes::NO_ROWS, fact, cure).at(file, 0));
    }
    read(table, log)
}
