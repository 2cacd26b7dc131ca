//! Arithmetic on small sets of spans.

use crate::base::{Minute, Span};

/// What is left of `spans` without `holes`.
pub(super) fn without(spans: &[Span], holes: &[Span]) -> Vec<Span> {
    let mut left: Vec<Span> = spans.to_vec();
    for hole in holes {
        left = left
            .into_iter()
            .flat_map(|s| {
                if s.overlap(*hole) == 0 {
                    [s, Span::new(s.end, s.end)]
                } else {
                    [Span::new(s.start, hole.start), Span::new(hole.end, s.end)]
                }
            })
            .filter(|s| !s.is_empty())
            .collect();
    }
    left
}

/// Minutes of all spans together; overlaps count as often as they occur.
pub(super) fn length(spans: &[Span]) -> Minute {
    spans.iter().map(|s| s.len()).sum()
}

/// The parts of `spans` inside `frame`.
pub(super) fn inside(spans: &[Span], frame: Span) -> Vec<Span> {
    let cut = |s: &Span| Span::new(s.start.max(frame.start), s.end.min(frame.end));
    spans.iter().map(cut).filter(|s| !s.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_in_the_middle_leaves_both_ends() {
        let left = without(&[Span::new(0, 60)], &[Span::new(15, 30)]);
        assert_eq!(left, [Span::new(0, 15), Span::new(30, 60)]);
        assert_eq!(length(&left), 45);
    }

    #[test]
    fn touching_spans_take_nothing_away() {
        assert_eq!(without(&[Span::new(0, 60)], &[Span::new(60, 90)]), [Span::new(0, 60)]);
        assert!(inside(&[Span::new(0, 60)], Span::new(60, 90)).is_empty());
    }
}
