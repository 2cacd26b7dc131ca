//! What people want and what they have been told: `weight_request`, `weight_stability`.

use super::Facts;
use super::findings::{Findings, Place};
use super::presence::cell_text;
use crate::base::Text;
use crate::base::index::PersonIx;
use crate::model::{Context, DayCell, LeaveStatus, Origin, PastStatus, Want};
use crate::rules::{RuleKind, RuleValue};

/// Requests and pending leave that are not met. Days of approved leave or outside employment are not judged.
pub(super) fn requests(f: &Facts<'_>, out: &mut Findings) {
    for r in &f.case.requests {
        if let Some(d) = f.case.horizon.index(r.date) {
            request(f, out, r.person, d, &r.want, r.weight, &r.origin);
        }
    }
    for l in f.case.leave.iter().filter(|l| l.status == LeaveStatus::Pending) {
        let h = f.case.horizon;
        for d in h.day(l.from).max(0)..=h.day(l.to).min(f.days() - 1) {
            if !barred(f, l.person, d) {
                request(f, out, l.person, d as usize, &Want::Off, 1, &l.origin);
            }
        }
    }
}

/// Whether leave is not granted on a day.
fn barred(f: &Facts<'_>, p: PersonIx, d: i64) -> bool {
    let day = Some((f.date(d), f.case.calendar.kind(f.date(d))));
    let row = f.case.rules.setting(RuleKind::NoLeave, &Context { day, ..f.of_person(p) });
    row.is_some_and(|r| r.value == RuleValue::Flag(true))
}

fn request(
    f: &Facts<'_>,
    out: &mut Findings,
    p: PersonIx,
    d: usize,
    want: &Want,
    weight: i64,
    origin: &Origin,
) {
    let date = f.date(d as i64);
    let cell = f.cell(p, d);
    if !f.person(p).employed(date) || f.leave(p, d).is_some() || met(f, want, cell) {
        return;
    }
    let Some(row) = f.case.rules.setting(RuleKind::WeightRequest, &f.of_person(p)) else { return };
    let (id, want, shown) = (&f.person(p).id, want_text(f, want), cell_text(f, cell));
    let what = Text::new(
        format!("{id} asks for {} on {date} ({origin}) and has {shown}", want.en),
        format!("{id} 希望 {date} {}（{origin}），实际为 {shown}", want.zh),
    );
    out.price(row, Place::day(f, p, d as i64), weight, what);
}

/// Whether a cell is what is wanted.
fn met(f: &Facts<'_>, want: &Want, cell: &DayCell) -> bool {
    match want {
        Want::Shift(s) => cell.shift() == Some(*s),
        Want::Band(b) => cell.shift().is_some_and(|s| f.case.shift(s).band == *b),
        Want::Off => *cell == DayCell::Off,
        Want::Work => cell.shift().is_some(),
        Want::Not(inner) => !met(f, inner, cell),
    }
}

fn want_text(f: &Facts<'_>, want: &Want) -> Text {
    match want {
        Want::Shift(s) => Text::same(f.case.shift(*s).code.clone()),
        Want::Band(b) => Text::same(b.clone()),
        Want::Off => Text::new("a day off", "休息"),
        Want::Work => Text::new("work", "上班"),
        Want::Not(inner) => {
            let inner = want_text(f, inner);
            Text::new(format!("anything but {}", inner.en), format!("非{}", inner.zh))
        }
    }
}

/// Days that differ from the published rota.
pub(super) fn stability(f: &Facts<'_>, out: &mut Findings) {
    for row in &f.case.published {
        let Some(d) = f.case.horizon.index(row.date) else { continue };
        let p = row.person;
        let cell = f.cell(p, d);
        let same = match (&row.status, cell) {
            (PastStatus::Work { code, .. }, DayCell::Work(s)) => f.case.shift(*s).code == *code,
            (PastStatus::Off, DayCell::Off)
            | (PastStatus::Leave(_), DayCell::Leave(_))
            | (PastStatus::Absent, DayCell::Absent) => true,
            _ => false,
        };
        if same {
            continue;
        }
        let Some(price) = f.case.rules.setting(RuleKind::WeightStability, &f.of_person(p)) else { continue };
        let told = match &row.status {
            PastStatus::Work { code, .. } => code.as_str(),
            PastStatus::Off => "OFF",
            PastStatus::Leave(kind) => kind.as_str(),
            PastStatus::Absent => "-",
        };
        let (id, date, shown, origin) = (&f.person(p).id, row.date, cell_text(f, cell), &row.origin);
        let what = Text::new(
            format!("{id} was told {told} for {date} ({origin}) and now has {shown}"),
            format!("{id} 在 {date} 已公布为 {told}（{origin}），现为 {shown}"),
        );
        out.price(price, Place::day(f, p, d as i64), 1, what);
    }
}
