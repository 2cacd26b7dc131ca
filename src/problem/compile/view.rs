//! What the compiler asks a case about one person: rows that hold, the past, fixed days, paid minutes.

use crate::base::index::{PersonIx, ShiftIx};
use crate::base::{DAY_MINUTES, Span};
use crate::model::{
    Approval, Case, Context, Leave, PastDay, PastStatus, Person, RuleRow, ShiftType, Strength,
};
use crate::problem::What;
use crate::rules::{ChannelKind, HoursSystem, RuleKind, RuleValue, ScopeTerm};
use chrono::NaiveDate;

/// The case as the compiler of one person's line sees it.
pub(super) struct View<'a> {
    pub(super) case: &'a Case,
    pub(super) p: PersonIx,
    pub(super) person: &'a Person,
    /// `past[k]`: what is known of day −1−k.
    past: Vec<Option<&'a PastDay>>,
    kinds: &'a [ChannelKind],
}

/// What is fixed about a day before any choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed<'a> {
    /// Outside employment.
    Absent,
    /// On approved leave.
    Leave(&'a Leave),
    /// To be planned.
    Free,
}

impl<'a> View<'a> {
    pub(super) fn new(case: &'a Case, p: PersonIx, kinds: &'a [ChannelKind]) -> Self {
        let mut past = Vec::new();
        for row in case.history_of(p) {
            let day = case.horizon.day(row.date);
            if day < 0 {
                let k = (-1 - day) as usize;
                if past.len() <= k {
                    past.resize(k + 1, None);
                }
                past[k] = Some(row);
            }
        }
        Self { case, p, person: case.person(p), past, kinds }
    }

    /// Days of the horizon.
    pub(super) fn days(&self) -> usize {
        self.case.horizon.days
    }
    /// The context of the person alone.
    pub(super) fn context(&self) -> Context<'a> {
        Context { person: Some((self.p, self.person)), channel_kinds: self.kinds, ..Context::default() }
    }
    /// The context of the person in a shift.
    pub(super) fn in_shift(&self, s: ShiftIx) -> Context<'a> {
        Context { shift: Some((s, self.case.shift(s))), ..self.context() }
    }
    /// The context of the person in a shift on a day.
    pub(super) fn in_shift_on(&self, s: ShiftIx, day: i64) -> Context<'a> {
        let date = self.case.horizon.date(day);
        Context { day: Some((date, self.case.calendar.kind(date))), ..self.in_shift(s) }
    }
    /// The row of a rule and strength that holds for the person.
    pub(super) fn row(&self, kind: RuleKind, strength: Strength) -> Option<&'a RuleRow> {
        self.case.rules.best(kind, strength, &self.context())
    }
    /// The row of a setting that holds for the person.
    pub(super) fn setting(&self, kind: RuleKind) -> Option<&'a RuleRow> {
        self.case.rules.setting(kind, &self.context())
    }
    /// The hard and the soft row of a rule, each with its price (`None`: hard) and its place in the rule book.
    pub(super) fn rows(&self, kind: RuleKind) -> Vec<Priced<'a>> {
        [Strength::Hard, Strength::Soft]
            .into_iter()
            .filter_map(|s| self.row(kind, s))
            .map(|row| Priced::of(self.case, row))
            .collect()
    }
    /// The row of a fairness rule and its band that holds for the person, whatever its strength: `id:` before all,
    /// then more terms, then hard, then the first in the file.
    pub(super) fn setting_of_band(&self, kind: RuleKind, band: &str) -> Option<Priced<'a>> {
        let context = self.context();
        let rows = self.case.rules.rows.iter().enumerate();
        let holding = rows.filter(|(_, r)| r.kind == kind && r.band == band && context.within(&r.scope));
        let best = holding.max_by_key(|(i, r)| {
            let named = r.scope.terms.iter().any(|t| matches!(t, ScopeTerm::Id(_)));
            (named, r.scope.terms.len(), r.strength == Strength::Hard, std::cmp::Reverse(*i))
        });
        best.map(|(_, row)| Priced::of(self.case, row))
    }
    /// The number of a setting's row, else `default`.
    pub(super) fn number(&self, kind: RuleKind, default: i64) -> i64 {
        self.setting(kind).map_or(default, |r| r.value.number())
    }
    /// Normal minutes of a day.
    pub(super) fn normal_day(&self) -> i64 {
        self.number(RuleKind::NormalHoursDay, 480)
    }
    /// How overtime is counted.
    pub(super) fn hours_system(&self) -> HoursSystem {
        match self.setting(RuleKind::HoursSystem).map(|r| &r.value) {
            Some(RuleValue::HoursSystem(h)) => *h,
            _ => HoursSystem::Standard,
        }
    }

    /// What is known of a day before the horizon.
    pub(super) fn past(&self, day: i64) -> Option<&'a PastDay> {
        usize::try_from(-1 - day).ok().and_then(|k| self.past.get(k).copied().flatten())
    }
    /// Number of days before the horizon back to the oldest known row.
    pub(super) fn known_days(&self) -> i64 {
        self.past.len() as i64
    }
    /// Whether a day before the horizon was worked; unknown days were not.
    pub(super) fn past_worked(&self, day: i64) -> bool {
        self.past(day).is_some_and(|r| matches!(r.status, PastStatus::Work { .. }))
    }
    /// Paid minutes of a day before the horizon.
    pub(super) fn past_paid(&self, day: i64) -> i64 {
        match self.past(day).map(|r| &r.status) {
            Some(PastStatus::Work { paid_minutes, .. }) => *paid_minutes,
            _ => 0,
        }
    }
    /// What is fixed about a date, in the horizon or around it.
    pub(super) fn fixed(&self, day: i64) -> Fixed<'a> {
        let date = self.case.horizon.date(day);
        if !self.person.employed(date) {
            return Fixed::Absent;
        }
        self.case.approved_leave(self.p, date).map_or(Fixed::Free, Fixed::Leave)
    }
    /// Whether a date counts as approved leave: of the past by its row where there is one, else by leave.csv.
    pub(super) fn on_leave(&self, day: i64) -> bool {
        match self.past(day).map(|r| &r.status) {
            Some(PastStatus::Leave(_)) => true,
            Some(_) => false,
            None => matches!(self.fixed(day), Fixed::Leave(_)),
        }
    }
    /// Minutes of overtime approved for some dates, both inside: of a row that also approves others, the share of these
    /// by days (those up to a date are rounded down, so that all shares together are the row's minutes).
    pub(super) fn approved(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let share = |a: &Approval| {
            let all = (a.to - a.from).num_days() + 1;
            let up_to = |days: i64| a.overtime_minutes * days.clamp(0, all) / all;
            up_to((to - a.from).num_days() + 1) - up_to((from - a.from).num_days())
        };
        self.case.approvals.iter().filter(|a| a.person == self.p && a.from <= a.to).map(share).sum()
    }
    /// Whether a day is a statutory one.
    pub(super) fn statutory(&self, day: i64) -> bool {
        self.case.calendar.is_statutory(self.case.horizon.date(day))
    }
    /// Whether leave is not granted on a day.
    pub(super) fn no_leave(&self, day: usize) -> bool {
        let date = self.case.horizon.date(day as i64);
        let context = Context { day: Some((date, self.case.calendar.kind(date))), ..self.context() };
        let row = self.case.rules.setting(RuleKind::NoLeave, &context);
        row.is_some_and(|r| r.value == RuleValue::Flag(true))
    }
    /// Whether the person carries a tag on a day.
    pub(super) fn tagged(&self, word: &str, day: usize) -> bool {
        self.person.has_tag(word, self.case.horizon.date(day as i64))
    }
    /// The shift type of a code of the problem.
    pub(super) fn shift(&self, code: u16) -> &'a ShiftType {
        &self.case.shifts[usize::from(code)]
    }
    /// The shift type that an option works.
    pub(super) fn worked(&self, what: What) -> Option<&'a ShiftType> {
        match what {
            What::Work(code) => Some(self.shift(code)),
            _ => None,
        }
    }

    /// Paid minutes of a shift on a day: times − meal + tail + early arrival + meetings outside the shift.
    pub(super) fn paid_minutes(&self, s: ShiftIx, day: usize) -> i64 {
        let shift = self.case.shift(s);
        let context = self.in_shift_on(s, day as i64);
        let rules = &self.case.rules;
        let is_work = rules
            .setting(RuleKind::HandoverIsWork, &context)
            .is_none_or(|r| !matches!(r.value, RuleValue::Flag(false)));
        let early = rules.setting(RuleKind::HandoverMinutes, &context).map_or(0, |r| r.value.number());
        let base = i64::from(shift.span_minutes() - shift.meal_minutes + shift.tail_minutes);
        (base + if is_work { early } else { 0 } + self.meetings_outside(s, day)).max(0)
    }
    /// Times of the meetings that the person comes in for.
    pub(super) fn meetings_outside_of(&self, s: ShiftIx, day: usize) -> Vec<Span> {
        let shift = self.case.shift(s);
        let date = self.case.horizon.date(day as i64);
        let meetings = self.case.meetings_of(self.p, s, date).into_iter();
        let times = meetings.map(|m| self.case.meetings[m].time);
        times.filter(|m| !shift.times.iter().any(|t| t.contains(*m))).collect()
    }
    /// Minutes of these meetings beyond the shift's own time.
    fn meetings_outside(&self, s: ShiftIx, day: usize) -> i64 {
        let times = &self.case.shift(s).times;
        let inside = |m: Span| times.iter().map(|t| t.overlap(m)).sum::<i32>();
        self.meetings_outside_of(s, day).into_iter().map(|m| i64::from(m.len() - inside(m))).sum()
    }
    /// Whether a shift has a minute (tail included) inside the person's night window.
    pub(super) fn in_night(&self, s: ShiftIx) -> bool {
        let window = match self.setting(RuleKind::NightWindow).map(|r| &r.value) {
            Some(RuleValue::Window(w)) => *w,
            _ => Span::new(22 * 60, 30 * 60),
        };
        let shift = self.case.shift(s);
        let tail = Span::new(shift.end(), shift.end() + shift.tail_minutes);
        let at_night = |t: Span| (-1..=2).any(|d| t.overlap(window.shifted(d * DAY_MINUTES)) > 0);
        shift.times.iter().copied().any(at_night) || at_night(tail)
    }
}

/// A row of the rule book as the compiler needs it.
#[derive(Clone, Copy)]
pub(super) struct Priced<'a> {
    pub(super) row: &'a RuleRow,
    /// Price per unit missed; `None`: hard.
    pub(super) price: Option<i64>,
    /// Place in the rule book.
    pub(super) index: usize,
}

impl<'a> Priced<'a> {
    /// A row with its price and place.
    pub(super) fn of(case: &Case, row: &'a RuleRow) -> Self {
        let price = match row.strength {
            Strength::Hard => None,
            Strength::Soft => Some(row.weight),
        };
        let index = case.rules.rows.iter().position(|r| std::ptr::eq(r, row)).unwrap_or(usize::MAX);
        Self { row, price, index }
    }
    /// The price of an amount, `None` when it is not allowed.
    pub(super) fn charge(&self, amount: i64) -> Option<i64> {
        match self.price {
            _ if amount == 0 => Some(0),
            Some(price) => Some(price * amount),
            None => None,
        }
    }
    /// The row's number.
    pub(super) fn number(&self) -> i64 {
        self.row.value.number()
    }
}
