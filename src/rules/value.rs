//! Typed values of rules.

use crate::base::Span;

/// What kind of value a rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A whole number, not negative.
    Count,
    /// Days of a week, 0 to 7.
    DaysOfWeek,
    /// Hours, whole or decimal, not negative; kept in minutes.
    Hours,
    /// Whole minutes, not negative.
    Minutes,
    /// A weight: a whole number, not negative.
    Weight,
    /// `yes` or `no`.
    Flag,
    /// `calendar` or `rolling7`.
    RestWeek,
    /// `A>B`: codes or bands.
    Succession,
    /// `month`, `week`, `3weeks`.
    Rotation,
    /// `early>mid>late` or `any`.
    RotationOrder,
    /// `Mon` to `Sun`.
    Weekday,
    /// `standard`, `comprehensive:month`, …
    HoursSystem,
    /// `22:00-06:00`.
    TimeWindow,
}

/// How overtime is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursSystem {
    /// Day and week limits (State Council Order 174).
    Standard,
    /// Comprehensive hours over a number of months: 1, 3 or 12 (needs approval, Labour Law art. 39).
    Comprehensive {
        /// Months of the settlement period.
        months: u32,
    },
}

/// Length of a rotation period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// Calendar months.
    Month,
    /// Blocks of n weeks, counted from the week of 2024-01-01.
    Weeks(u32),
}

/// Which band may follow which from one rotation period to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotationOrder {
    /// Any other band.
    Any,
    /// The next one of this cycle; [`RotationOrder::RELIEF`] stands for a period of any bands.
    Cycle(Vec<String>),
}

impl RotationOrder {
    /// The place of a cycle in which a person relieves the others: any band, or several.
    pub const RELIEF: &'static str = "relief";

    /// Whether a period of the order can be one of relief.
    #[must_use]
    pub fn has_relief(&self) -> bool {
        matches!(self, Self::Cycle(cycle) if cycle.iter().any(|b| b == Self::RELIEF))
    }
}

/// A typed rule value.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleValue {
    /// [`ValueKind::Count`], [`ValueKind::DaysOfWeek`] and [`ValueKind::Weight`].
    Count(i64),
    /// [`ValueKind::Hours`] and [`ValueKind::Minutes`], in minutes.
    Minutes(i64),
    /// [`ValueKind::Flag`].
    Flag(bool),
    /// [`ValueKind::RestWeek`]: whether every seven days in a row are meant.
    Rolling7(bool),
    /// [`ValueKind::Succession`]: code or band of the first and of the second day.
    Succession(String, String),
    /// [`ValueKind::Rotation`].
    Rotation(Rotation),
    /// [`ValueKind::RotationOrder`].
    RotationOrder(RotationOrder),
    /// [`ValueKind::Weekday`]: Monday 0 to Sunday 6.
    Weekday(usize),
    /// [`ValueKind::HoursSystem`].
    HoursSystem(HoursSystem),
    /// [`ValueKind::TimeWindow`]: may end after 24:00.
    Window(Span),
}

impl RuleValue {
    /// The number of a count, weight or minutes value; 0 for any other kind.
    #[must_use]
    pub fn number(&self) -> i64 {
        match self {
            Self::Count(n) | Self::Minutes(n) => *n,
            _ => 0,
        }
    }
}
