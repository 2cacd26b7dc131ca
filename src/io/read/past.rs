//! `history.csv` and `published.csv`: rotas that are not being planned.

use super::cell::{Bad, Cell, Log};
use super::leave::note_outside;
use super::names::{Found, Names, find};
use super::table::{Row, Table};
use super::values::time::parse_times;
use super::values::word;
use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Span, Text, counted};
use crate::calendar::{Calendar, Horizon};
use crate::diag::{Diagnostic, codes, nearest, shorten};
use crate::model::{Context, PastDay, PastStatus, Person, RuleBook, ShiftType};
use crate::rules::{ChannelKind, RuleKind, RuleValue};
use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

/// What past days are read against.
pub(super) struct Known<'a> {
    /// Names.
    pub(super) names: &'a Names,
    /// Everybody.
    pub(super) people: &'a [Person],
    /// Shift types.
    pub(super) shifts: &'a [ShiftType],
    /// Rules, for paid minutes that the row does not give.
    pub(super) rules: &'a RuleBook,
    /// Kinds of the channels.
    pub(super) kinds: &'a [ChannelKind],
    /// Kinds of days.
    pub(super) calendar: &'a Calendar,
    /// Days to plan.
    pub(super) horizon: &'a Horizon,
}

/// Which days of a rota are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those before the horizon.
    Before,
    /// Those inside.
    Inside,
    /// All of them.
    All,
}

/// Days of people who are in `staff.csv`, sorted by person and date.
pub(super) fn read(table: &Table, known: &Known<'_>, which: Which, log: &mut Log) -> Vec<PastDay> {
    let mut days: Vec<PastDay> = Vec::with_capacity(table.len());
    let mut seen: FxHashMap<(PersonIx, chrono::NaiveDate), usize> = FxHashMap::default();
    let mut gone = Gone::default();
    let (mut outside, mut first_outside) = (0, None);
    let mut strange: FxHashSet<String> = FxHashSet::default();
    for row in table.rows() {
        let id = row.get("id");
        let person = match known.names.find_person(id.text()) {
            Found::Person(p) => p,
            Found::LostZeros(p) => {
                known.names.note_lost_zeros(&id, p, log);
                p
            }
            Found::Nobody if !id.is_empty() => {
                gone.note(&id, row);
                continue;
            }
            // Empty, or a name of several people: an error like everywhere else.
            _ => {
                let _ = known.names.person(&id, log);
                continue;
            }
        };
        let Ok(day) = read_row(&row, person, known, &mut strange, log) else { continue };
        let wanted = match which {
            Which::Before => day.date < known.horizon.first,
            Which::Inside => known.horizon.index(day.date).is_some(),
            Which::All => true,
        };
        if !wanted {
            outside += 1;
            first_outside = first_outside.or(Some(row));
            continue;
        }
        if let Some(&at) = seen.get(&(person, day.date)) {
            if days[at].status != day.status {
                let (name, line) = (&known.names.id_list[person.ix()], days[at].origin.line);
                let fact = Text::new(
                    format!("line {line} says something else of {name} on {}", day.date),
                    format!("第 {line} 行对 {name} 在 {} 的记录不同", day.date),
                );
                let cure = Text::new("keep one of the rows", "请只保留一行");
                log.findings.push(row.get("shift").error(codes::DUPLICATE_ROW, fact, cure));
            }
            continue;
        }
        seen.insert((person, day.date), days.len());
        days.push(day);
    }
    gone.report(log);
    match which {
        Which::Before => note_not_past(outside, first_outside, known.horizon, log),
        Which::Inside => note_outside(outside, first_outside, known.horizon, log),
        Which::All => {}
    }
    days.sort_by_key(|d| (d.person, d.date));
    days
}

fn note_not_past(outside: usize, first: Option<Row<'_>>, horizon: &Horizon, log: &mut Log) {
    let Some(row) = first else { return };
    let fact = Text::new(
        format!(
            "{} not before {}, the first day planned; this is the first",
            counted(outside, "row is", "rows are"),
            horizon.first
        ),
        format!("有 {outside} 行不早于排班首日 {}，这是第一行", horizon.first),
    );
    let cure = Text::new(
        "nothing to do if that is so: such rows are not read",
        "如果确实如此，无需处理：这些行不读取",
    );
    log.findings.push(row.place(Diagnostic::warning(codes::OUTSIDE_HORIZON, fact, cure)));
}

/// Rows of people who are not in `staff.csv`.
#[derive(Default)]
struct Gone<'t> {
    rows: usize,
    ids: FxHashSet<String>,
    first: Option<Row<'t>>,
}

impl<'t> Gone<'t> {
    fn note(&mut self, id: &Cell<'_>, row: Row<'t>) {
        self.rows += 1;
        if !self.ids.contains(id.text()) {
            self.ids.insert(id.text().to_owned());
        }
        self.first = self.first.or(Some(row));
    }
    fn report(self, log: &mut Log) {
        let Some(row) = self.first else { return };
        let (rows, people) = (self.rows, self.ids.len());
        let of = counted(people, "person who is", "people who are");
        let kept_out = if rows == 1 { "it is" } else { "they are" };
        let fact = Text::new(
            format!("{} of {of} not in staff.csv; {kept_out} not read", counted(rows, "row is", "rows are")),
            format!("有 {rows} 行属于 {people} 名不在 staff.csv 中的人，不读取"),
        );
        let cure = Text::new(
            "nothing to do if they have left; else correct the ids",
            "如已离职则无需处理；否则请改正工号",
        );
        log.findings.push(row.get("id").warning(codes::PEOPLE_GONE, fact, cure));
    }
}

/// What a cell of a rota says, apart from codes that are not known.
pub(super) enum Said {
    /// This shift.
    Shift(ShiftIx),
    /// Off.
    Off,
    /// Leave, by its usual kind in capitals.
    Leave(String),
    /// Not employed.
    Absent,
    /// None of these.
    Other,
}

/// What a cell of a rota says.
pub(super) fn said(text: &str, names: &Names) -> Said {
    if let Some(shift) = names.find_shift(text) {
        Said::Shift(shift)
    } else if word::is_off(text) {
        Said::Off
    } else if word::is_absent(text) {
        Said::Absent
    } else if let Some(kind) = word::leave_kind(text) {
        Said::Leave(kind.to_owned())
    } else if let Some(kind) = find(&names.leave_kinds, text) {
        Said::Leave(kind.to_owned())
    } else if let Some(shift) = names.find_shift_by_name(text) {
        Said::Shift(shift)
    } else {
        Said::Other
    }
}

fn read_row(
    row: &Row<'_>,
    person: PersonIx,
    known: &Known<'_>,
    strange: &mut FxHashSet<String>,
    log: &mut Log,
) -> Result<PastDay, Bad> {
    let date = row.needed_date("date", log)?;
    let cell = row.get("shift");
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let status = match said(cell.text(), known.names) {
        Said::Off => PastStatus::Off,
        Said::Absent => PastStatus::Absent,
        Said::Leave(kind) => PastStatus::Leave(kind),
        Said::Shift(shift) => read_work(row, (person, date), Some(shift), known, log)?,
        Said::Other => read_other(row, (person, date), known, strange, log)?,
    };
    let overtime_minutes = row.get("overtime_minutes").integer(0, 2880, log)?;
    Ok(PastDay { person, date, status, overtime_minutes, origin: row.origin() })
}

/// A word that is no shift of today: worked if the row has times, else leave of an unusual kind.
fn read_other(
    row: &Row<'_>,
    whose: (PersonIx, NaiveDate),
    known: &Known<'_>,
    strange: &mut FxHashSet<String>,
    log: &mut Log,
) -> Result<PastStatus, Bad> {
    let cell = row.get("shift");
    if !row.get("times").is_empty() || !row.get("start").is_empty() {
        if strange.insert(cell.plain()) {
            let v = shorten(cell.text());
            let fact = Text::new(
                format!("shifts.csv has no shift \"{v}\" (any more); the times of the row are used"),
                format!("shifts.csv 中（已）没有班次“{v}”，按本行的时段处理"),
            );
            let cure = Text::new("nothing to do if it was given up", "如班次已取消，无需处理");
            log.findings.push(cell.warning(codes::UNKNOWN_PAST_SHIFT, fact, cure));
        }
        return read_work(row, whose, None, known, log);
    }
    let words = known.names.codes.iter().map(String::as_str).chain(["OFF", "ANNUAL", "SICK"]);
    let found = known.names.unknown_shift(&cell, &["OFF"]);
    let has_times = row.has("times") || row.has("start");
    if !has_times || found.code == codes::BECAME_A_DATE || nearest(cell.text(), words).is_some() {
        return Err(log.bad(found));
    }
    Ok(PastStatus::Leave(cell.plain().to_uppercase()))
}

fn read_work(
    row: &Row<'_>,
    whose: (PersonIx, NaiveDate),
    shift: Option<ShiftIx>,
    known: &Known<'_>,
    log: &mut Log,
) -> Result<PastStatus, Bad> {
    let shift_type = shift.map(|s| &known.shifts[s.ix()]);
    let times = read_times(row, shift_type, log)?;
    let band = row.get("band").plain();
    let band = match (band.is_empty(), shift_type) {
        (true, Some(s)) => s.band.clone(),
        _ => known.names.find_band(&band).map_or(band.clone(), str::to_owned),
    };
    let counted = || {
        let length: i64 = times.iter().map(|t| i64::from(t.len())).sum();
        let own = shift_type.map_or(0, |s| i64::from(s.tail_minutes - s.meal_minutes));
        (length + own).max(0) + early_minutes(whose, shift, known)
    };
    let paid_minutes = row.get("paid_minutes").integer(0, 2880, log)?.unwrap_or_else(counted);
    let code = shift_type.map_or_else(|| row.get("shift").plain(), |s| s.code.clone());
    let tail_minutes = shift_type.map_or(0, |s| s.tail_minutes);
    Ok(PastStatus::Work { shift, code, band, times, tail_minutes, paid_minutes })
}

fn read_times(row: &Row<'_>, shift: Option<&ShiftType>, log: &mut Log) -> Result<Vec<Span>, Bad> {
    let cell = row.get("times");
    if !cell.is_empty() {
        return parse_times(cell.text()).map_err(|_| {
            let v = shorten(cell.text());
            let fact = Text::new(format!("\"{v}\" is no list of times"), format!("“{v}”不是时段"));
            let cure = Text::new("write 08:00-17:00", "请写 08:00-17:00");
            log.bad(cell.error(codes::BAD_TIMES, fact, cure))
        });
    }
    let (start, end) = (row.get("start").time(log)?, row.get("end").time(log)?);
    match (start, end, shift) {
        (Some(start), Some(end), _) if end > start => Ok(vec![Span::new(start, end)]),
        (Some(start), Some(end), _) => Ok(vec![Span::new(start, end + DAY_MINUTES)]),
        (_, _, Some(shift)) => Ok(shift.times.clone()),
        _ => Err(row.get("end").is_needed(log)),
    }
}

/// Paid minutes of the early arrival of a person on a date.
fn early_minutes((person, date): (PersonIx, NaiveDate), shift: Option<ShiftIx>, known: &Known<'_>) -> i64 {
    let context = Context {
        person: known.people.get(person.ix()).map(|p| (person, p)),
        shift: shift.map(|s| (s, &known.shifts[s.ix()])),
        channel_kinds: known.kinds,
        day: Some((date, known.calendar.kind(date))),
        ..Context::default()
    };
    let is_work = known.rules.setting(RuleKind::HandoverIsWork, &context);
    match known.rules.setting(RuleKind::HandoverMinutes, &context) {
        Some(row) if is_work.is_none_or(|r| r.value == RuleValue::Flag(true)) => row.value.number(),
        _ => 0,
    }
}
