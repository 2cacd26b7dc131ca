//! Minutes counted from the start of a date, and half-open spans of them.

/// Minutes from 00:00 of a date. May pass 1440: a shift over midnight ends at 1560 (`26:00`).
pub type Minute = i32;

/// Minutes in a day.
pub const DAY_MINUTES: Minute = 1440;

/// A half-open stretch of time `[start, end)` in minutes from the start of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First minute inside.
    pub start: Minute,
    /// First minute after.
    pub end: Minute,
}

impl Span {
    /// The span `[start, end)`.
    #[must_use]
    pub const fn new(start: Minute, end: Minute) -> Self {
        Self { start, end }
    }
    /// Length in minutes, never negative.
    #[must_use]
    pub fn len(self) -> Minute {
        (self.end - self.start).max(0)
    }
    /// Whether there is no minute inside.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Minutes shared with `other`.
    #[must_use]
    pub fn overlap(self, other: Span) -> Minute {
        (self.end.min(other.end) - self.start.max(other.start)).max(0)
    }
    /// The same span, `minutes` later.
    #[must_use]
    pub fn shifted(self, minutes: Minute) -> Self {
        Self::new(self.start + minutes, self.end + minutes)
    }
}

/// `HH:MM` of a minute, counted on past 24:00 (`26:00`); negative minutes are written with a sign.
#[must_use]
pub fn clock(minute: Minute) -> String {
    let sign = if minute < 0 { "-" } else { "" };
    let m = minute.abs();
    format!("{sign}{:02}:{:02}", m / 60, m % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_counts_on_past_midnight() {
        assert_eq!(clock(510), "08:30");
        assert_eq!(clock(1560), "26:00");
    }

    #[test]
    fn touching_spans_share_no_minute() {
        assert_eq!(Span::new(0, 60).overlap(Span::new(60, 90)), 0);
        assert_eq!(Span::new(0, 60).overlap(Span::new(59, 90)), 1);
    }
}
