//! Runs of worked days and of days not worked: `max_consecutive_days`, `min_consecutive_days`, `min_consecutive_off`.

use super::Facts;
use super::facts::Line;
use super::findings::{Findings, Place, dates};
use crate::base::{Text, counted};
use crate::rules::RuleKind;

/// A maximal run of days, both ends inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first: i64,
    last: i64,
}

impl Run {
    fn len(self) -> i64 {
        self.last - self.first + 1
    }
}

/// All maximal runs of known days that were worked (or, with `worked` false, that were not).
fn runs(line: &Line<'_>, worked: bool) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    for d in (line.first..line.end()).filter(|&d| line.known(d) && line.works(d) == worked) {
        match found.last_mut() {
            Some(run) if run.last == d - 1 => run.last = d,
            _ => found.push(Run { first: d, last: d }),
        }
    }
    found
}

/// Worked days in a row: every day of the horizon behind the n-th counts 1.
pub(super) fn longest(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let context = f.of_person(p);
        for row in f.rows(RuleKind::MaxConsecutiveDays, &context) {
            let most = row.value.number();
            for run in runs(&f.lines[p.ix()], true) {
                let over_from = (run.first + most).max(0);
                let id = &f.person(p).id;
                let (n, span) = (run.len(), dates(f, run.first, run.last));
                let what = Text::new(
                    format!("{id} works {n} days in a row ({span}), at most {most} are allowed"),
                    format!("{id} 连续工作 {n} 天（{span}），最多允许 {most} 天"),
                );
                out.missed(
                    row,
                    Place::days(f, p, over_from, run.last.max(over_from)),
                    run.last - over_from + 1,
                    what,
                );
            }
        }
    }
}

/// Runs that are too short. A run is judged when it ends inside the horizon and its beginning is known.
pub(super) fn shortest(f: &Facts<'_>, out: &mut Findings) {
    for (kind, worked) in [(RuleKind::MinConsecutiveDays, true), (RuleKind::MinConsecutiveOff, false)] {
        for p in f.case.person_indices() {
            let context = f.of_person(p);
            let line = &f.lines[p.ix()];
            for row in f.rows(kind, &context) {
                let least = row.value.number();
                for run in runs(line, worked) {
                    let ends_inside = run.last >= 0 && run.last + 1 < f.days();
                    let begin_known = run.first > 0 || line.known(run.first - 1);
                    if !ends_inside || !begin_known {
                        continue;
                    }
                    let (id, n, span) = (&f.person(p).id, run.len(), dates(f, run.first, run.last));
                    let days = counted(n, "day", "days");
                    let what = if worked {
                        Text::new(
                            format!("{id} works only {days} in a row ({span}), at least {least} are wanted"),
                            format!("{id} 只连续工作 {n} 天（{span}），至少应为 {least} 天"),
                        )
                    } else {
                        Text::new(
                            format!(
                                "{id} is free only {days} in a row ({span}), at least {least} are wanted"
                            ),
                            format!("{id} 只连续休息 {n} 天（{span}），至少应为 {least} 天"),
                        )
                    };
                    out.missed(row, Place::days(f, p, run.first.max(0), run.last), least - n, what);
                }
            }
        }
    }
}
