//! The rule rows of a case and which of them holds where.

use super::{Origin, Person, ShiftType};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::calendar::DayKind;
use crate::rules::{ChannelKind, RuleKind, RuleValue, Scope, ScopeTerm};
use chrono::{Datelike, NaiveDate};

/// Whether a rule must hold or costs when it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Strength {
    /// Must hold.
    Hard,
    /// Costs weight × amount.
    Soft,
}

/// A row of `rules.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleRow {
    /// Which rule.
    pub kind: RuleKind,
    /// Band of `fair_band:BAND`, else empty.
    pub band: String,
    /// Where it applies.
    pub scope: Scope,
    /// Its value.
    pub value: RuleValue,
    /// Hard or soft.
    pub strength: Strength,
    /// Penalty per unit missed, for soft rows.
    pub weight: i64,
    /// Where it was written.
    pub origin: Origin,
}

/// What a rule is asked about. A part that is `None` matches no term about it.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// The person, with index.
    pub person: Option<(PersonIx, &'a Person)>,
    /// The shift type, with index.
    pub shift: Option<(ShiftIx, &'a ShiftType)>,
    /// The channel itself, with its kind (for rules about channels).
    pub channel: Option<(ChannelIx, ChannelKind)>,
    /// Kinds of all channels (`kind:` of people needs them).
    pub channel_kinds: &'a [ChannelKind],
    /// The date and its kind.
    pub day: Option<(NaiveDate, Option<DayKind>)>,
}

impl Context<'_> {
    /// Whether a term holds here.
    #[must_use]
    pub fn matches(&self, term: &ScopeTerm) -> bool {
        match term {
            ScopeTerm::Team(t) => self.person.is_some_and(|(_, p)| p.team == *t),
            ScopeTerm::Contract(c) => self.person.is_some_and(|(_, p)| p.contract == *c),
            ScopeTerm::Id(i) => self.person.is_some_and(|(p, _)| p == *i),
            ScopeTerm::Tag(t) => self.person.is_some_and(|(_, p)| match self.day {
                Some((date, _)) => p.has_tag(t, date),
                None => p.tags.iter().any(|x| x.word == *t),
            }),
            ScopeTerm::Shift(s) => self.shift.is_some_and(|(i, _)| i == *s),
            ScopeTerm::Band(b) => self.shift.is_some_and(|(_, s)| s.band == *b),
            ScopeTerm::Channel(c) => match self.channel {
                Some((i, _)) => i == *c,
                None => self.person.is_some_and(|(_, p)| p.serves(*c)),
            },
            ScopeTerm::Kind(k) => match self.channel {
                Some((_, kind)) => kind == *k,
                None => self
                    .person
                    .is_some_and(|(_, p)| p.skills.iter().any(|c| self.channel_kinds.get(c.ix()) == Some(k))),
            },
            ScopeTerm::Weekday(w) => {
                self.day.is_some_and(|(d, _)| d.weekday().num_days_from_monday() as usize == *w)
            }
            ScopeTerm::Date(d) => self.day.is_some_and(|(x, _)| x == *d),
            ScopeTerm::Day(k) => self.day.is_some_and(|(_, kind)| kind == Some(*k)),
        }
    }
    /// Whether all terms of a scope hold here.
    #[must_use]
    pub fn within(&self, scope: &Scope) -> bool {
        scope.terms.iter().all(|t| self.matches(t))
    }
}

/// All rule rows of a case.
#[derive(Clone, Debug, Default)]
pub struct RuleBook {
    /// Rows in file order.
    pub rows: Vec<RuleRow>,
}

impl RuleBook {
    /// All rows of a rule.
    pub fn of(&self, kind: RuleKind) -> impl Iterator<Item = &RuleRow> {
        self.rows.iter().filter(move |r| r.kind == kind)
    }
    /// The row of a rule and strength that holds in a context: `id:` before all, then the one with most terms,
    /// then the first in the file.
    #[must_use]
    pub fn best(&self, kind: RuleKind, strength: Strength, context: &Context<'_>) -> Option<&RuleRow> {
        self.best_band(kind, "", strength, context)
    }
    /// [`RuleBook::best`] of a rule that carries a band (`fair_band:late`).
    #[must_use]
    pub fn best_band(
        &self,
        kind: RuleKind,
        band: &str,
        strength: Strength,
        context: &Context<'_>,
    ) -> Option<&RuleRow> {
        let mut best: Option<&RuleRow> = None;
        for row in self.of(kind).filter(|r| r.strength == strength && r.band == band) {
            if context.within(&row.scope)
                && best.is_none_or(|b| speciality(&row.scope) > speciality(&b.scope))
            {
                best = Some(row);
            }
        }
        best
    }
    /// The row of a rule that holds, whatever its strength: for settings such as `handover_minutes`.
    #[must_use]
    pub fn setting(&self, kind: RuleKind, context: &Context<'_>) -> Option<&RuleRow> {
        let hard = self.best(kind, Strength::Hard, context);
        let soft = self.best(kind, Strength::Soft, context);
        match (hard, soft) {
            (Some(h), Some(s)) if speciality(&s.scope) > speciality(&h.scope) => Some(s),
            (Some(h), _) => Some(h),
            (None, s) => s,
        }
    }
}

/// How special a scope is: `id:` before all, then the number of terms.
#[must_use]
pub(super) fn speciality(scope: &Scope) -> (bool, usize) {
    (scope.terms.iter().any(|t| matches!(t, ScopeTerm::Id(_))), scope.terms.len())
}
