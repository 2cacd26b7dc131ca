//! Employment, approved leave, pins, and the shape of the rota.

use super::Facts;
use super::findings::{Fact, Findings, Place};
use crate::base::Text;
use crate::model::{DayCell, PinTarget};

/// Whether there is one cell a person and day, of shifts of the case.
pub(super) fn cells(f: &Facts<'_>, out: &mut Findings) -> bool {
    let mut whole = true;
    let (people, days) = (f.case.people.len(), f.case.horizon.days);
    if f.rota.horizon != f.case.horizon || f.rota.cells.len() != people {
        let (n, h) = (f.rota.cells.len(), f.rota.horizon);
        let what = Text::new(
            format!(
                "The rota has {n} people over {} days from {}, the case {people} over {days}",
                h.days, h.first
            ),
            format!("排班表有 {n} 人，自 {} 起 {} 天；案例为 {people} 人 {days} 天", h.first, h.days),
        );
        out.broken(Fact::Cells, Place::all(f, 0, String::new()), 1, what, None);
        whole = false;
    }
    for p in f.case.person_indices() {
        let n = f.rota.cells.get(p.ix()).map_or(0, Vec::len);
        if n != days {
            let id = &f.person(p).id;
            let what = Text::new(
                format!("{id} has {n} cells on {days} days"),
                format!("{id} 有 {n} 格，应为 {days} 天"),
            );
            out.broken(Fact::Cells, Place::day(f, p, 0), n.abs_diff(days) as i64, what, None);
            whole = false;
        }
    }
    let unknown = |c: &DayCell| c.shift().is_some_and(|s| s.ix() >= f.case.shifts.len());
    if f.rota.cells.iter().flatten().any(unknown) {
        let what =
            Text::new("The rota has a shift that the case does not know", "排班表含有案例中没有的班次");
        out.broken(Fact::Cells, Place::all(f, 0, String::new()), 1, what, None);
        whole = false;
    }
    whole
}

/// Cells outside employment are `-`, no other cell is, and approved leave is kept.
pub(super) fn employment_and_leave(f: &Facts<'_>, out: &mut Findings) {
    for p in f.case.person_indices() {
        let person = f.person(p);
        let id = &person.id;
        for d in 0..f.case.horizon.days {
            let (date, cell, at) = (f.date(d as i64), f.cell(p, d), || Place::day(f, p, d as i64));
            let shown = cell_text(f, cell);
            if !person.employed(date) {
                if *cell != DayCell::Absent {
                    let what = Text::new(
                        format!("{id} is not employed on {date} but has {shown}"),
                        format!("{id} 在 {date} 不在职，却排为 {shown}"),
                    );
                    out.broken(Fact::Employment, at(), 1, what, Some(&person.origin));
                }
                continue;
            }
            match (f.leave(p, d), cell) {
                (Some(_), DayCell::Leave(_)) => {}
                (Some(l), _) => {
                    let what = Text::new(
                        format!("{id} has approved leave ({}) on {date} but has {shown}", l.kind),
                        format!("{id} 在 {date} 已批准休假（{}），却排为 {shown}", l.kind),
                    );
                    out.broken(Fact::Leave, at(), 1, what, Some(&l.origin));
                }
                (None, DayCell::Leave(kind)) => {
                    let what = Text::new(
                        format!("{id} has {kind} on {date} without approved leave"),
                        format!("{id} 在 {date} 排为 {kind}，但没有已批准的休假"),
                    );
                    out.broken(Fact::Leave, at(), 1, what, None);
                }
                (None, DayCell::Absent) => {
                    let what = Text::new(
                        format!("{id} is employed on {date} but has -"),
                        format!("{id} 在 {date} 在职，却排为 -"),
                    );
                    out.broken(Fact::Employment, at(), 1, what, Some(&person.origin));
                }
                (None, DayCell::Work(_) | DayCell::Off) => {}
            }
        }
    }
}

/// Every pin inside the horizon stands in the rota.
pub(super) fn pins(f: &Facts<'_>, out: &mut Findings) {
    for pin in &f.case.pins {
        let Some(d) = f.case.horizon.index(pin.date) else { continue };
        let cell = f.cell(pin.person, d);
        let wanted = match pin.target {
            PinTarget::Shift(s) => DayCell::Work(s),
            PinTarget::Off => DayCell::Off,
        };
        if *cell != wanted {
            let (id, date) = (&f.person(pin.person).id, pin.date);
            let (want, shown) = (cell_text(f, &wanted), cell_text(f, cell));
            let what = Text::new(
                format!("{id} is pinned to {want} on {date} but has {shown}"),
                format!("{id} 在 {date} 固定为 {want}，却排为 {shown}"),
            );
            out.broken(Fact::Pins, Place::day(f, pin.person, d as i64), 1, what, Some(&pin.origin));
        }
    }
}

/// A cell as `rota.csv` shows it.
pub(super) fn cell_text(f: &Facts<'_>, cell: &DayCell) -> String {
    match cell {
        DayCell::Work(s) => f.case.shift(*s).code.clone(),
        DayCell::Off => "OFF".to_owned(),
        DayCell::Leave(kind) => kind.clone(),
        DayCell::Absent => "-".to_owned(),
    }
}
