//! From files to a case: every finding of every file at once, never a panic.
//!
//! [`read_case`] opens a folder, [`read_rota`] a rota, [`read_record`] past months; [`read_instance`] and [`read_instance_rota`] do the same for the
//! public instances. Below: [`columns`] knows the headers, `text` the
//! encodings, `table` rows and their places, `cell` typed values; one file for each input file.

mod calendar;
mod cell;
mod channels;
pub mod columns;
mod contacts;
mod demand;
mod disagree;
mod folder;
mod forecast;
mod horizon;
mod id_maps;
mod instance;
mod leave;
mod meetings;
mod names;
mod past;
mod plan;
mod quotes;
mod record;
mod rota;
mod rules;
mod scope;
mod shifts;
mod span;
mod staff;
mod table;
mod tasks;
mod template;
mod text;
mod values;
mod wage;
mod wishes;
mod workbook;

pub use contacts::read_contacts;
pub use id_maps::{IdMap, read_id_map};
pub use instance::{is_instance, parse_instance, read_instance, read_instance_rota};
pub use record::{Record, read_record};
pub use rota::read_rota;
pub use span::rota_span;
pub use template::{Template, TemplatePlace, read_template};

use crate::base::Text;
use crate::calendar::Horizon;
use crate::diag::{Diagnostic, Diagnostics, Severity, codes};
use crate::model::{Case, DemandRow, InputFile, RuleBook};
use crate::rules::RuleKind;
use cell::Log;
use chrono::NaiveDate;
use columns::FileColumns;
use names::Names;
use past::Which;
use std::path::Path;
use table::Table;

/// Dates that supply a year when only the form of a text matters.
const ANY_YEAR: (NaiveDate, NaiveDate) = match NaiveDate::from_ymd_opt(2024, 1, 1) {
    Some(date) => (date, date),
    None => (NaiveDate::MIN, NaiveDate::MIN),
};

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
    calendar: Option<Table>,
    leave: Option<Table>,
    requests: Option<Table>,
    pins: Option<Table>,
    history: Option<Table>,
    meetings: Option<Table>,
    tasks: Option<Table>,
    approvals: Option<Table>,
    published: Option<Table>,
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
        let calendar = open(&columns::CALENDAR, false, log);
        let leave = open(&columns::LEAVE, false, log);
        let requests = open(&columns::REQUESTS, false, log);
        let pins = open(&columns::PINS, false, log);
        let history = open(&columns::HISTORY, false, log);
        let meetings = open(&columns::MEETINGS, false, log);
        let tasks = open(&columns::TASKS, false, log);
        let approvals = open(&columns::APPROVALS, false, log);
        let published = open(&columns::PUBLISHED, false, log);
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        folder::note_strangers(folder, log);
        Some(Self {
            inputs,
            staff,
            shifts,
            forecast,
            demand,
            rules,
            channels,
            calendar,
            leave,
            requests,
            pins,
            history,
            meetings,
            tasks,
            approvals,
            published,
        })
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
        for row in self.leave.iter().flat_map(Table::rows) {
            names.add_leave_kind(row.get("kind").text());
        }
        // Without a horizon the rest is still read, so that all faults come out at once.
        let days = horizon.unwrap_or(Horizon { first: NaiveDate::default(), days: 1 });
        let calendar = calendar::read(self.calendar.as_ref(), log);
        let forecast = rows(&self.forecast, log, |t, log| forecast::read(t, &names, &days, log));
        let demand = rows(&self.demand, log, |t, log| demand::read(t, &names, &days, log));
        let written = rows(&self.rules, log, |t, log| rules::read(t, &names, log));
        let world = disagree::World {
            people: &people,
            shifts: &shifts,
            channels: &channels,
            calendar: &calendar,
            horizon: &days,
        };
        disagree::check(&written, &world, log);
        self.check_price_of_shortage(&written, &demand, log);
        self.check_price_of_changes(&written, log);
        let rules = RuleBook { rows: written.into_iter().map(|w| w.rule).collect() };
        let kinds: Vec<_> = channels.iter().map(|c| c.kind).collect();
        let known = past::Known {
            names: &names,
            people: &people,
            shifts: &shifts,
            rules: &rules,
            kinds: &kinds,
            calendar: &calendar,
            horizon: &days,
        };
        let outside = log.findings.items().len();
        let leave = optional(&self.leave, log, |t, log| leave::read(t, &names, log));
        let requests = optional(&self.requests, log, |t, log| wishes::read_requests(t, &names, &days, log));
        let pins = optional(&self.pins, log, |t, log| wishes::read_pins(t, &names, &days, log));
        let history = optional(&self.history, log, |t, log| past::read(t, &known, Which::Before, log));
        let published = optional(&self.published, log, |t, log| past::read(t, &known, Which::Inside, log));
        let meetings = optional(&self.meetings, log, |t, log| meetings::read_meetings(t, &names, log));
        let tasks = optional(&self.tasks, log, |t, log| tasks::read(t, &names, &meetings, log));
        let approvals = optional(&self.approvals, log, |t, log| meetings::read_approvals(t, &names, log));
        self.drop_echoes(&names, log);
        let Some(horizon) = horizon else {
            // Nothing lies inside a horizon that is not known.
            log.findings.drop_after(outside, codes::OUTSIDE_HORIZON);
            return None;
        };
        calendar::check_years(&calendar, &horizon, log);
        self.check_something_to_cover(forecast.len() + demand.len(), &horizon, log);
        Some(Case {
            folder: folder.to_path_buf(),
            horizon,
            calendar,
            channels,
            people,
            shifts,
            rules,
            forecast,
            demand,
            leave,
            requests,
            pins,
            history,
            meetings,
            tasks,
            approvals,
            published,
            inputs: self.inputs.clone(),
        })
    }

    /// Where a whole file cannot be used, the names that it would have told are unknown everywhere: the fault is told
    /// once, in that file.
    fn drop_echoes(&self, names: &Names, log: &mut Log) {
        let (nobody, no_shift) = (names.id_list.is_empty(), names.codes.is_empty());
        let some_lost = |name: &str, table: &Option<Table>| {
            table.is_none()
                && log.findings.items().iter().any(|d| *d.file == *name && d.severity == Severity::Error)
        };
        let contacts_lost = some_lost("forecast.csv", &self.forecast)
            || some_lost("demand.csv", &self.demand)
            || some_lost("channels.csv", &self.channels);
        let mut echoes = Vec::new();
        if nobody {
            echoes.push(codes::UNKNOWN_PERSON);
        }
        if no_shift {
            echoes.extend([codes::UNKNOWN_SHIFT, codes::UNKNOWN_BAND]);
        }
        if contacts_lost {
            echoes.extend([codes::UNKNOWN_CHANNEL, codes::UNUSED_SKILL, codes::CHANNEL_WITHOUT_ROW]);
        }
        if nobody || no_shift || contacts_lost {
            echoes.push(codes::UNKNOWN_NAME_IN_SCOPE);
        }
        echoes.into_iter().for_each(|code| log.findings.drop_after(0, code));
    }

    /// Warns when nothing asks for anybody to work.
    fn check_price_of_shortage(&self, rules: &[rules::Written<'_>], demand: &[DemandRow], log: &mut Log) {
        let priced = rules.iter().any(|w| w.rule.kind == RuleKind::WeightUnderstaff)
            || demand.iter().any(|d| d.under_weight.is_some());
        let Some(table) = self.rules.as_ref().filter(|_| !priced) else { return };
        let fact = Text::new(
            "a shortage of people costs nothing: an empty rota would do",
            "缺员没有代价：空班表也算满足",
        );
        let cure = Text::new(
            "add the row weight_understaff,,3,, (penalty for each minute that somebody is missing)",
            "请加一行 weight_understaff,,3,,（每缺一人一分钟的罚分）",
        );
        log.findings.push(Diagnostic::warning(codes::SHORTAGE_IS_FREE, fact, cure).at(&table.file, 0));
    }

    fn check_price_of_changes(&self, rules: &[rules::Written<'_>], log: &mut Log) {
        let priced = rules.iter().any(|w| w.rule.kind == RuleKind::WeightStability);
        let Some(table) = self.published.as_ref().filter(|_| !priced) else { return };
        let fact = Text::new(
            "changes of the published rota cost nothing: a new plan may turn all of it over",
            "改动已发布的班表没有代价：重新排班可能全部改掉",
        );
        let cure = Text::new(
            "add the row weight_stability,,500,soft, to rules.csv (penalty for each day of a person that changes)",
            "请在 rules.csv 中加一行 weight_stability,,500,soft,（每改动一人一天的罚分）",
        );
        log.findings.push(Diagnostic::warning(codes::CHANGES_ARE_FREE, fact, cure).at(&table.file, 0));
    }

    fn check_something_to_cover(&self, inside: usize, horizon: &Horizon, log: &mut Log) {
        let tables = [&self.forecast, &self.demand];
        let Some(table) = tables.into_iter().flatten().find(|t| t.len() > 0) else { return };
        if inside > 0 || log.findings.has_errors() {
            return;
        }
        let fact = Text::new(
            format!("no row of {} lies between {} and {}", table.file, horizon.first, horizon.last()),
            format!("{} 没有 {} 到 {} 之间的行", table.file, horizon.first, horizon.last()),
        );
        let cure = Text::new(
            "correct --month, --from and --to, or supply those days",
            "请改正 --month、--from、--to，或补上这些日子",
        );
        log.findings.push(Diagnostic::error(codes::EMPTY_HORIZON, fact, cure).at(&table.file, 0));
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
fn rows<'t, T>(
    table: &'t Option<Table>,
    log: &mut Log,
    read: impl FnOnce(&'t Table, &mut Log) -> Vec<T>,
) -> Vec<T> {
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

/// [`rows`] of a file that may as well be empty.
fn optional<T>(
    table: &Option<Table>,
    log: &mut Log,
    read: impl FnOnce(&Table, &mut Log) -> Vec<T>,
) -> Vec<T> {
    table.as_ref().map_or_else(Vec::new, |table| read(table, log))
}
