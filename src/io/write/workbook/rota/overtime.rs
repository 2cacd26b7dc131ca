//! A person's overtime as a formula of the cells: statutory days, what exceeds a normal day, and what a week (or a period
//! of comprehensive hours) comes to beyond its normal time, which leave makes shorter.

use super::Places;
use crate::io::write::cells::word;
use crate::io::write::workbook::sheet::{Sheet, Value, hours, quoted};
use crate::model::DayCell;
use crate::pay::NormalSpan;
use crate::report::{DayTone, GridLine, Report};

/// The longest formula that spreadsheet programs take, with a reserve.
const LONGEST: usize = 8_000;

/// The overtime of a person's row: a formula, or the hours alone where it would be too long.
///
/// What the sheet does not show (meetings outside a shift, rules of a person, rest-day work that days off answered)
/// stands in it as a constant number of minutes.
pub(super) fn overtime(s: &Sheet<'_>, places: &Places, line: &GridLine, row: u32) -> Value<'static> {
    let minutes = line.minutes[1];
    if places.codes == 0 || places.days == 0 {
        return Value::Number(hours(minutes));
    }
    let of_cells = Cells { report: s.report, line };
    let beside = minutes - of_cells.overtime();
    let writing = Writing { places, report: s.report, line, row, off: quoted(&word("OFF", s.lang)) };
    let tail = if beside == 0 { String::new() } else { format!("{beside:+}") };
    let formula = format!("=({}{tail})/60", writing.terms().join("+"));
    if formula.len() > LONGEST {
        Value::Number(hours(minutes))
    } else {
        Value::Formula(formula, hours(minutes))
    }
}

/// What the formula comes to.
struct Cells<'a> {
    report: &'a Report,
    line: &'a GridLine,
}

impl Cells<'_> {
    fn overtime(&self) -> i64 {
        let days = 0..self.line.cells.len();
        let at_once: i64 =
            days.map(|d| if self.statutory(d) { self.paid(d) } else { self.paid(d) - self.within(d) }).sum();
        at_once + self.line.spans.iter().map(|span| self.beyond(span)).sum::<i64>()
    }
    fn beyond(&self, span: &NormalSpan) -> i64 {
        let ordinary = (span.days.0..span.days.1).filter(|&d| !self.statutory(d));
        let filled: i64 = ordinary.clone().map(|d| self.within(d)).sum();
        let counted = |d: &usize| !span.weekdays || self.report.board.days[*d].weekday < 5;
        let leave =
            ordinary.filter(counted).filter(|&d| matches!(self.line.cells[d], DayCell::Leave(_))).count();
        (filled + span.before - (span.normal - span.leave_day * leave as i64).max(0)).max(0)
    }
    fn paid(&self, day: usize) -> i64 {
        self.line.cells[day].shift().map_or(0, |s| self.report.board.shifts[s.ix()].paid_minutes)
    }
    fn within(&self, day: usize) -> i64 {
        self.line.longest_normal_day.map_or(self.paid(day), |longest| self.paid(day).min(longest))
    }
    fn statutory(&self, day: usize) -> bool {
        self.report.board.days[day].tone == DayTone::Statutory
    }
}

/// The same as text.
struct Writing<'a> {
    places: &'a Places,
    report: &'a Report,
    line: &'a GridLine,
    row: u32,
    off: String,
}

impl Writing<'_> {
    fn terms(&self) -> Vec<String> {
        let all = (0, self.line.cells.len());
        let [codes, paid] = self.places.legend_columns();
        let cells = self.places.cells(self.row, all);
        let statutory = |d: usize| self.report.board.days[d].tone == DayTone::Statutory;
        let mut terms = Vec::new();
        if (all.0..all.1).any(statutory) {
            let mask = mask(all, statutory);
            terms.push(format!("SUMPRODUCT(({cells}={codes})*{paid}{mask})"));
        }
        if let Some(longest) = self.line.longest_normal_day {
            let mask = mask(all, |d| !statutory(d));
            terms.push(format!("SUMPRODUCT(({cells}={codes})*({paid}>{longest})*({paid}-{longest}){mask})"));
        }
        terms.extend(self.line.spans.iter().map(|span| self.beyond(span)));
        if terms.is_empty() { vec!["0".to_owned()] } else { terms }
    }
    /// `MAX(0, filled − MAX(0, normal − leave))`
    fn beyond(&self, span: &NormalSpan) -> String {
        let [codes, paid] = self.places.legend_columns();
        let cells = self.places.cells(self.row, span.days);
        let day = |d: usize| &self.report.board.days[d];
        let ordinary = |d: usize| day(d).tone != DayTone::Statutory;
        let within = match self.line.longest_normal_day {
            Some(longest) => format!("({paid}-({paid}>{longest})*({paid}-{longest}))"),
            None => paid,
        };
        let filled = format!("SUMPRODUCT(({cells}={codes})*{within}{})", mask(span.days, ordinary));
        let counted = mask(span.days, |d| ordinary(d) && (!span.weekdays || day(d).weekday < 5));
        let off = &self.off;
        let leave = format!(
            "SUMPRODUCT(({cells}<>{off})*({cells}<>\"-\"){counted})-SUMPRODUCT(({cells}={codes})*1{counted})"
        );
        let before = if span.before == 0 { String::new() } else { format!("+{}", span.before) };
        format!("MAX(0,{filled}{before}-MAX(0,{}-{}*({leave})))", span.normal, span.leave_day)
    }
}

/// `*{1,1,0}` for the days that are not all counted; nothing where all are.
fn mask(days: (usize, usize), counted: impl Fn(usize) -> bool) -> String {
    let list: Vec<bool> = (days.0..days.1).map(counted).collect();
    if list.iter().all(|c| *c) {
        return String::new();
    }
    let list: Vec<&str> = list.into_iter().map(|c| if c { "1" } else { "0" }).collect();
    format!("*{{{}}}", list.join(","))
}
