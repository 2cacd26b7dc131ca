//! The settings of a person that decide how time is counted.

use crate::base::index::PersonIx;
use crate::base::{Minute, Span};
use crate::model::{Case, Context};
use crate::rules::{ChannelKind, HoursSystem, RuleKind, RuleValue};

/// How the time of one person is counted. Rows with a dated tag in their scope hold whenever the person carries
/// the tag at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Standard or comprehensive hours.
    pub system: HoursSystem,
    /// `normal_hours_day` in minutes.
    pub normal_day: i64,
    /// `normal_hours_week` in minutes.
    pub normal_week: i64,
    /// `overtime_cap_month` in minutes, whatever its strength (hard before soft).
    pub cap_month: Option<i64>,
    /// `comp_rest`: weeks within which days off answer rest-day work.
    pub comp_weeks: Option<i64>,
    /// `night_window`, minutes from the start of a date, may end after 24:00.
    pub night: Span,
}

impl Terms {
    /// The terms of a person.
    #[must_use]
    pub fn of(case: &Case, p: PersonIx) -> Self {
        Self::with_kinds(case, p, &channel_kinds(case))
    }

    pub(super) fn with_kinds(case: &Case, p: PersonIx, kinds: &[ChannelKind]) -> Self {
        let context =
            Context { person: Some((p, case.person(p))), channel_kinds: kinds, ..Context::default() };
        let row = |kind| case.rules.setting(kind, &context).map(|r| &r.value);
        Self {
            system: match row(RuleKind::HoursSystem) {
                Some(RuleValue::HoursSystem(system)) => *system,
                _ => HoursSystem::Standard,
            },
            normal_day: row(RuleKind::NormalHoursDay).map_or(8 * 60, RuleValue::number),
            normal_week: row(RuleKind::NormalHoursWeek).map_or(40 * 60, RuleValue::number),
            cap_month: row(RuleKind::OvertimeCapMonth).map(RuleValue::number),
            comp_weeks: row(RuleKind::CompRest).map(RuleValue::number),
            night: match row(RuleKind::NightWindow) {
                Some(RuleValue::Window(window)) => *window,
                _ => Span::new(22 * 60, 30 * 60),
            },
        }
    }

    /// Minutes of `time` inside the night, that of any date.
    #[must_use]
    pub fn night_minutes(&self, time: Span) -> Minute {
        let days = (-1..=2).map(|d| self.night.shifted(d * crate::base::DAY_MINUTES));
        days.map(|night| time.overlap(night)).sum()
    }
}

/// Kinds of all channels, as scopes of people need them.
pub(super) fn channel_kinds(case: &Case) -> Vec<ChannelKind> {
    case.channels.iter().map(|c| c.kind).collect()
}
