//! The time line of a block, cut wherever something can change.

use crate::base::Span;

/// Disjoint ascending slots.
pub(super) struct Slots {
    /// The slots.
    pub(super) spans: Vec<Span>,
}

impl Slots {
    /// Cuts the time inside of `covered` at `borders`.
    pub(super) fn new(mut borders: Vec<i32>, covered: &[Span]) -> Self {
        borders.extend(covered.iter().flat_map(|s| [s.start, s.end]));
        borders.sort_unstable();
        borders.dedup();
        let mut sorted: Vec<Span> = covered.iter().copied().filter(|s| !s.is_empty()).collect();
        sorted.sort_unstable();
        let mut merged: Vec<Span> = Vec::new();
        for s in sorted {
            match merged.last_mut() {
                Some(last) if s.start <= last.end => last.end = last.end.max(s.end),
                _ => merged.push(s),
            }
        }
        let inside = |s: Span| {
            let i = merged.partition_point(|m| m.end <= s.start);
            merged.get(i).is_some_and(|m| m.contains(s))
        };
        let spans = borders.windows(2).map(|w| Span::new(w[0], w[1])).filter(|&s| inside(s)).collect();
        Self { spans }
    }
    /// Slots inside a span whose borders are borders of slots, as (first, one past the last).
    pub(super) fn range(&self, span: Span) -> (usize, usize) {
        let a = self.spans.partition_point(|s| s.start < span.start);
        let b = self.spans.partition_point(|s| s.start < span.end);
        (a, b.max(a))
    }
}

/// Where a meal may lie: starts on quarters of an hour inside one of the `segments`; inside `window` if any
/// start fits there; clear of `busy` where that can be had.
pub(super) fn meal_spans(segments: &[Span], minutes: i32, window: Option<Span>, busy: &[Span]) -> Vec<Span> {
    if minutes <= 0 {
        return Vec::new();
    }
    let mut all = Vec::new();
    for s in segments {
        let mut start = s.start.div_euclid(15) * 15;
        if start < s.start {
            start += 15;
        }
        while start + minutes <= s.end {
            all.push(Span::new(start, start + minutes));
            start += 15;
        }
    }
    if let Some(w) = window {
        // A window of a night shift may be written as the next morning's times.
        let within = |w: Span| all.iter().copied().filter(|m| w.contains(*m)).collect::<Vec<_>>();
        let first = within(w);
        let fitting = if first.is_empty() { within(w.shifted(crate::base::DAY_MINUTES)) } else { first };
        if !fitting.is_empty() {
            all = fitting;
        }
    }
    let clear: Vec<Span> = all.iter().copied().filter(|m| busy.iter().all(|b| b.overlap(*m) == 0)).collect();
    if clear.is_empty() { all } else { clear }
}
