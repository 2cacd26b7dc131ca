//! What the past comes to, a person and month: shifts that nobody likes, paid time, overtime by class, and what the cap
//! leaves. The days are the history of a case; the horizon begins on the day after the last of them.

use super::ledger::{DayPay, is_late};
use super::terms::channel_kinds;
use super::timeline::Timeline;
use super::{CompRest, Terms, comp_rest, comprehensive, standard};
use crate::base::index::PersonIx;
use crate::model::{Case, PastDay, PastStatus, Rota};
use crate::rules::{ChannelKind, HoursSystem};
use chrono::{Datelike, Days, NaiveDate};
use rustc_hash::FxHashMap;

/// Minutes of overtime at 150, 200 and 300 % of single days, as files have them.
pub type DatedClasses = FxHashMap<(PersonIx, NaiveDate), [i64; 3]>;

/// Where the overtime of past days comes from.
#[derive(Clone, Copy, Debug)]
pub enum Classes<'a> {
    /// Counted anew from the paid minutes, by the rules of the case.
    Rules,
    /// What the rows say. Their class is that of the files where it adds up to the row; else overtime of a statutory
    /// day is at 300 %, and that of any other day is of no known class.
    Files(&'a DatedClasses),
}

/// A month of a person, or all of the person's months. Minutes, days and shifts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// First date with a row.
    pub first: NaiveDate,
    /// Last date with a row.
    pub last: NaiveDate,
    /// Days with a row that is neither leave nor outside employment.
    pub days_present: i64,
    /// Days worked.
    pub days_worked: i64,
    /// Days of leave.
    pub leave_days: i64,
    /// Shifts whose band is `late` or starts with 晚.
    pub late_shifts: i64,
    /// Weekends with any work; one that lies in two months counts in that of its first day worked.
    pub weekends: i64,
    /// Statutory days worked.
    pub statutory_days: i64,
    /// Paid minutes.
    pub paid: i64,
    /// Minutes of overtime at 150, 200 and 300 %.
    pub overtime: [i64; 3],
    /// Minutes of overtime whose class is not known.
    pub unclassified: i64,
    /// Minutes of rest-day work that days off of the same month answered: no overtime.
    pub answered: i64,
    /// Minutes of rest-day work at the end that days off to come can still answer; of single months 0.
    pub owed: i64,
    /// `overtime_cap_month` of the (last) month; under comprehensive hours what may have come up by then.
    pub cap: Option<i64>,
    /// What the cap leaves in the (last) month; negative when it is passed.
    pub headroom: Option<i64>,
}

impl Balance {
    fn from(first: NaiveDate) -> Self {
        Self {
            first,
            last: first,
            days_present: 0,
            days_worked: 0,
            leave_days: 0,
            late_shifts: 0,
            weekends: 0,
            statutory_days: 0,
            paid: 0,
            overtime: [0; 3],
            unclassified: 0,
            answered: 0,
            owed: 0,
            cap: None,
            headroom: None,
        }
    }
    /// Overtime of all classes.
    #[must_use]
    pub fn all_overtime(&self) -> i64 {
        self.overtime.iter().sum::<i64>() + self.unclassified
    }
    fn add(&mut self, later: &Self) {
        self.last = later.last;
        self.days_present += later.days_present;
        self.days_worked += later.days_worked;
        self.leave_days += later.leave_days;
        self.late_shifts += later.late_shifts;
        self.weekends += later.weekends;
        self.statutory_days += later.statutory_days;
        self.paid += later.paid;
        for (sum, minutes) in self.overtime.iter_mut().zip(later.overtime) {
            *sum += minutes;
        }
        self.unclassified += later.unclassified;
        self.answered += later.answered;
        (self.cap, self.headroom) = (later.cap, later.headroom);
    }
}

/// The balance of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonBalance {
    /// Who.
    pub person: PersonIx,
    /// The calendar months with any row, in order.
    pub months: Vec<Balance>,
    /// All of them; `None` for a person without any row.
    pub total: Option<Balance>,
    /// Days whose row has another overtime than the rules give.
    pub differing: usize,
    /// Worked days whose row does not tell its overtime, where nothing else does.
    pub untold: usize,
}

/// The balance of everybody, in the order of [`Case::people`]. `span`: first and last date to count; the days around it
/// still tell what fills a week or a settlement period.
#[must_use]
pub fn balances(
    case: &Case,
    classes: Classes<'_>,
    span: Option<(NaiveDate, NaiveDate)>,
) -> Vec<PersonBalance> {
    let kinds = channel_kinds(case);
    case.person_indices().map(|p| of_person(case, p, classes, span, &kinds)).collect()
}

fn of_person(
    case: &Case,
    p: PersonIx,
    classes: Classes<'_>,
    span: Option<(NaiveDate, NaiveDate)>,
    kinds: &[ChannelKind],
) -> PersonBalance {
    let mut sum = PersonBalance { person: p, months: Vec::new(), total: None, differing: 0, untold: 0 };
    let counted = match classes {
        Classes::Rules => Some(Counted::new(case, p, kinds)),
        Classes::Files(_) => None,
    };
    let mut weekend = None;
    let inside = |d: &&PastDay| span.is_none_or(|(from, to)| from <= d.date && d.date <= to);
    for row in case.history_of(p).iter().filter(inside) {
        let first = row.date.with_day(1).expect("every month has a first day");
        if sum.months.last().is_none_or(|m| m.first.with_day(1) != Some(first)) {
            sum.months.push(Balance::from(row.date));
        }
        let Some(month) = sum.months.last_mut() else { continue };
        month.last = row.date;
        add_day(month, case, row, &mut weekend);
        match (&counted, classes) {
            (Some(counted), _) => {
                let pay = counted.day(row.date);
                month.answered += pay.comp;
                month.overtime.iter_mut().zip(pay.classes()).for_each(|(sum, minutes)| *sum += minutes);
                sum.differing += usize::from(row.overtime_minutes.is_some_and(|m| m != pay.overtime()));
            }
            (None, Classes::Files(known)) => {
                let told = row.overtime_minutes;
                sum.untold += usize::from(told.is_none() && matches!(row.status, PastStatus::Work { .. }));
                add_overtime(month, case, row, told.unwrap_or(0), known.get(&(p, row.date)));
            }
            (None, Classes::Rules) => {}
        }
    }
    if let Some(counted) = &counted {
        for month in &mut sum.months {
            (month.cap, month.headroom) = counted.cap(month.first);
        }
    }
    sum.total = sum.months.iter().fold(None, |total, month| match total {
        None => Some(month.clone()),
        Some(mut total) => {
            total.add(month);
            Some(total)
        }
    });
    if let (Some(total), Some(counted)) = (&mut sum.total, &counted) {
        total.owed = counted.comp.owed;
    }
    sum
}

/// Counts a row. `weekend`: the Saturday of the last weekend with work.
fn add_day(month: &mut Balance, case: &Case, row: &PastDay, weekend: &mut Option<NaiveDate>) {
    match &row.status {
        PastStatus::Work { band, paid_minutes, .. } => {
            month.days_present += 1;
            month.days_worked += 1;
            month.paid += paid_minutes;
            month.late_shifts += i64::from(is_late(band));
            month.statutory_days += i64::from(case.calendar.is_statutory(row.date));
            let behind = row.date.weekday().num_days_from_monday().checked_sub(5);
            let saturday = behind.map(|days| row.date - Days::new(days.into()));
            if saturday.is_some() && saturday != *weekend {
                *weekend = saturday;
                month.weekends += 1;
            }
        }
        PastStatus::Off => month.days_present += 1,
        PastStatus::Leave(_) => month.leave_days += 1,
        PastStatus::Absent => {}
    }
}

fn add_overtime(month: &mut Balance, case: &Case, row: &PastDay, told: i64, known: Option<&[i64; 3]>) {
    match known {
        Some(classes) if classes.iter().sum::<i64>() == told => {
            month.overtime.iter_mut().zip(classes).for_each(|(sum, minutes)| *sum += minutes);
        }
        _ if case.calendar.is_statutory(row.date) => month.overtime[2] += told,
        _ => month.unclassified += told,
    }
}

/// The past of a person, counted by the rules.
struct Counted<'a> {
    line: Timeline<'a>,
    terms: Terms,
    days: Vec<DayPay>,
    comp: CompRest,
}

impl<'a> Counted<'a> {
    fn new(case: &'a Case, p: PersonIx, kinds: &[ChannelKind]) -> Self {
        let terms = Terms::with_kinds(case, p, kinds);
        let nobody_planned = Rota { horizon: case.horizon, cells: Vec::new() };
        let line = Timeline::new(case, &nobody_planned, p, kinds);
        let mut comp = CompRest::default();
        let days = match terms.system {
            HoursSystem::Standard => {
                let mut days = standard::split(&line, &terms);
                if let Some(weeks) = terms.comp_weeks {
                    comp = comp_rest::answer(&line, &terms, weeks, 0, &mut days);
                }
                days
            }
            HoursSystem::Comprehensive { months } => {
                let mut days = comprehensive::split(&line);
                comprehensive::settle_past(&line, &mut days, months);
                days
            }
        };
        Self { line, terms, days, comp }
    }
    fn day(&self, date: NaiveDate) -> DayPay {
        let day = self.line.horizon().day(date) - self.line.first;
        usize::try_from(day).ok().and_then(|i| self.days.get(i)).copied().unwrap_or_default()
    }
    /// The cap on the month of a date and what it leaves.
    fn cap(&self, date: NaiveDate) -> (Option<i64>, Option<i64>) {
        let Some(cap) = self.terms.cap_month else { return (None, None) };
        let first = date.with_day(1).expect("every month has a first day");
        let (counted, times) = match self.terms.system {
            HoursSystem::Comprehensive { months } => {
                let state = comprehensive::settle(&self.line, first, months);
                (state.excess, state.months)
            }
            HoursSystem::Standard => {
                let last = comprehensive::last_of_month(first);
                let days = first.iter_days().take_while(|d| *d <= last);
                (days.map(|d| self.day(d).overtime()).sum(), 1)
            }
        };
        (Some(cap * times), Some(cap * times - counted))
    }
}
