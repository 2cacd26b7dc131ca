//! The ledger: what every day, month and person of a rota comes to.

use super::terms::channel_kinds;
use super::timeline::{Timeline, cell};
use super::{CompRest, NormalSpan, Terms, comp_rest, comprehensive, spans, standard};
use crate::base::index::PersonIx;
use crate::base::{Minute, Span};
use crate::calendar::Horizon;
use crate::model::{Case, DayCell, Rota, ShiftType};
use crate::rules::{ChannelKind, HoursSystem};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// Paid minutes of one day, by class: `paid = normal + ot150 + ot200 + ot300`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayPay {
    /// All paid minutes.
    pub paid: i64,
    /// Minutes that are no overtime.
    pub normal: i64,
    /// Extension of a day, and under comprehensive hours the excess of a period (150 %).
    pub ot150: i64,
    /// Rest-day work (200 %).
    pub ot200: i64,
    /// Work on a statutory day (300 %).
    pub ot300: i64,
    /// Rest-day work that days off of the same month answer ([`RuleKind::CompRest`](crate::rules::RuleKind)): part
    /// of `normal`.
    pub comp: i64,
    /// Minutes of the shift and its tail inside the night window (a meal is not taken out). Not kept for past days.
    pub night: i64,
}

impl DayPay {
    /// Overtime of all classes.
    #[must_use]
    pub fn overtime(&self) -> i64 {
        self.ot150 + self.ot200 + self.ot300
    }
    /// Overtime by class: 150 %, 200 %, 300 %.
    #[must_use]
    pub fn classes(&self) -> [i64; 3] {
        [self.ot150, self.ot200, self.ot300]
    }
}

/// A calendar month that the horizon touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Month {
    /// First of the month.
    pub(super) first: NaiveDate,
    /// Days of the horizon in it: first and one past the last.
    pub(super) days: (usize, usize),
}

/// A person's calendar month, history counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthPay {
    /// First of the month.
    pub first: NaiveDate,
    /// Days of the horizon in it: first and one past the last.
    pub days: (usize, usize),
    /// Paid minutes on its dates in the history.
    pub past_paid: i64,
    /// Paid minutes on its dates in the horizon.
    pub paid: i64,
    /// Overtime on its dates in the history.
    pub past_overtime: i64,
    /// Overtime on its dates in the horizon.
    pub overtime: i64,
    /// What `overtime_cap_month` limits. Standard hours: `past_overtime + overtime`. Comprehensive hours: the excess
    /// over normal minutes since the settlement period began.
    pub counted: i64,
    /// The cap counts this many times: 1, or under comprehensive hours the months of the period so far.
    pub cap_factor: i64,
}

impl MonthPay {
    /// Paid minutes of the whole month so far.
    #[must_use]
    pub fn paid_in_month(&self) -> i64 {
        self.past_paid + self.paid
    }
    /// Minutes by which a monthly cap is passed, 0 when it is kept.
    #[must_use]
    pub fn above(&self, cap_minutes: i64) -> i64 {
        (-self.headroom(cap_minutes)).max(0)
    }
    /// Minutes that a monthly cap leaves; negative when it is passed.
    #[must_use]
    pub fn headroom(&self, cap_minutes: i64) -> i64 {
        cap_minutes * self.cap_factor - self.counted
    }
}

/// Sums of a person over the horizon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Days with a shift.
    pub days_worked: i64,
    /// Days off, leave apart.
    pub rest_days: i64,
    /// Days of leave.
    pub leave_days: i64,
    /// Minutes by class.
    pub pay: DayPay,
    /// Weekends with any work, counted by their Saturday.
    pub weekends: i64,
    /// Statutory days worked.
    pub statutory_days: i64,
    /// Shifts whose band is `late` or starts with 晚.
    pub late_shifts: i64,
    /// `overtime_cap_month` summed over the months touched; under comprehensive hours what may have come up by the
    /// last of them.
    pub overtime_cap: Option<i64>,
    /// What the cap leaves in the tightest month; negative when it is passed.
    pub headroom: Option<i64>,
}

/// The ledger of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLedger {
    /// Who.
    pub person: PersonIx,
    /// How the person's time is counted.
    pub terms: Terms,
    /// One entry a day of the horizon.
    pub days: Vec<DayPay>,
    /// Past days from the oldest row of the history on, the last one being the day before the horizon.
    pub past: Vec<DayPay>,
    /// The calendar months that the horizon touches, in order.
    pub months: Vec<MonthPay>,
    /// Rest-day work answered by days off.
    pub comp: CompRest,
    /// The stretches with a normal time of their own: weeks, or periods that are paid out.
    pub spans: Vec<NormalSpan>,
    /// Sums over the horizon.
    pub totals: Totals,
}

/// The ledger of everybody, in the order of [`Case::people`].
#[must_use]
pub fn ledger(case: &Case, rota: &Rota) -> Vec<PersonLedger> {
    let kinds = channel_kinds(case);
    case.person_indices().map(|p| of_person(case, rota, p, &kinds)).collect()
}

/// The ledger of one person.
#[must_use]
pub fn person_ledger(case: &Case, rota: &Rota, p: PersonIx) -> PersonLedger {
    of_person(case, rota, p, &channel_kinds(case))
}

fn of_person(case: &Case, rota: &Rota, p: PersonIx, kinds: &[ChannelKind]) -> PersonLedger {
    let terms = Terms::with_kinds(case, p, kinds);
    let line = Timeline::new(case, rota, p, kinds);
    let mut comp = CompRest::default();
    let mut normal = Vec::new();
    let mut past = match terms.system {
        HoursSystem::Standard => {
            let mut days = standard::split(&line, &terms);
            normal = spans::weeks(&line, &terms, &days);
            if let Some(weeks) = terms.comp_weeks {
                comp = comp_rest::answer(&line, &terms, weeks, line.end(), &mut days);
            }
            days
        }
        HoursSystem::Comprehensive { .. } => comprehensive::split(&line),
    };
    let mut days = past.split_off(line.first.unsigned_abs() as usize);
    let months = months_of(case.horizon);
    let mut settled = Vec::with_capacity(months.len());
    if let HoursSystem::Comprehensive { months: period } = terms.system {
        let mut open = 0;
        for month in &months {
            let state = comprehensive::settle(&line, month.first, period);
            if state.months == 1 {
                open = month.days.0;
            }
            if state.closes {
                comprehensive::pay_out(&mut days[open..month.days.1], state.excess);
                normal.push(spans::period(&line, &state, (open, month.days.1)));
            }
            settled.push(state);
        }
    }
    for (day, pay) in days.iter_mut().enumerate() {
        pay.night = cell(rota, p, day).shift().map_or(0, |s| night_minutes(case.shift(s), &terms));
    }
    let months = months
        .iter()
        .enumerate()
        .map(|(i, month)| month_pay(case.horizon, month, &past, &days, settled.get(i)))
        .collect::<Vec<_>>();
    let totals = totals(case, rota, p, &days, &months, &terms);
    PersonLedger { person: p, terms, days, past, months, comp, spans: normal, totals }
}

fn months_of(horizon: Horizon) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for (day, date) in horizon.dates().enumerate() {
        let first = date.with_day(1).expect("every month has a first day");
        match months.last_mut() {
            Some(month) if month.first == first => month.days.1 = day + 1,
            _ => months.push(Month { first, days: (day, day + 1) }),
        }
    }
    months
}

fn month_pay(
    horizon: Horizon,
    month: &Month,
    past: &[DayPay],
    days: &[DayPay],
    settled: Option<&comprehensive::Settlement>,
) -> MonthPay {
    let inside = &days[month.days.0..month.days.1];
    // The month's earlier dates lie in the history only when the month began before the horizon.
    let before = usize::try_from(-horizon.day(month.first)).unwrap_or(0).min(past.len());
    let earlier = &past[past.len() - before..];
    let sum = |days: &[DayPay], f: fn(&DayPay) -> i64| days.iter().map(f).sum::<i64>();
    let (past_overtime, overtime) = (sum(earlier, DayPay::overtime), sum(inside, DayPay::overtime));
    MonthPay {
        first: month.first,
        days: month.days,
        past_paid: sum(earlier, |d| d.paid),
        paid: sum(inside, |d| d.paid),
        past_overtime,
        overtime,
        counted: settled.map_or(past_overtime + overtime, |s| s.excess),
        cap_factor: settled.map_or(1, |s| s.months),
    }
}

fn night_minutes(shift: &ShiftType, terms: &Terms) -> i64 {
    let tail = Span::new(shift.end(), shift.end() + shift.tail_minutes);
    let times = shift.times.iter().copied().chain([tail]);
    i64::from(times.map(|t| terms.night_minutes(t)).sum::<Minute>())
}

fn totals(
    case: &Case,
    rota: &Rota,
    p: PersonIx,
    days: &[DayPay],
    months: &[MonthPay],
    terms: &Terms,
) -> Totals {
    let horizon = case.horizon;
    let mut t = Totals::default();
    let mut weekends = BTreeSet::new();
    for (d, pay) in days.iter().enumerate() {
        match cell(rota, p, d) {
            DayCell::Work(s) => {
                t.days_worked += 1;
                t.statutory_days += i64::from(case.calendar.is_statutory(horizon.date(d as i64)));
                t.late_shifts += i64::from(is_late(&case.shift(*s).band));
                if horizon.weekday(d as i64) >= 5 {
                    weekends.insert(horizon.monday(d as i64));
                }
            }
            DayCell::Off => t.rest_days += 1,
            DayCell::Leave(_) => t.leave_days += 1,
            DayCell::Absent => {}
        }
        t.pay.paid += pay.paid;
        t.pay.normal += pay.normal;
        t.pay.ot150 += pay.ot150;
        t.pay.ot200 += pay.ot200;
        t.pay.ot300 += pay.ot300;
        t.pay.comp += pay.comp;
        t.pay.night += pay.night;
    }
    t.weekends = weekends.len() as i64;
    t.overtime_cap = terms.cap_month.map(|cap| match terms.system {
        HoursSystem::Standard => cap * months.len() as i64,
        HoursSystem::Comprehensive { .. } => cap * months.last().map_or(1, |m| m.cap_factor),
    });
    t.headroom = terms.cap_month.and_then(|cap| months.iter().map(|m| m.headroom(cap)).min());
    t
}

/// Whether shifts of a band count as late ones.
pub(super) fn is_late(band: &str) -> bool {
    band == "late" || band.starts_with('晚')
}
