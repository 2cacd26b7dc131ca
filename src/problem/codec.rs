//! Between indices and names: schedules to rotas and back.

use super::{RosterProblem, Schedule, What};
use crate::base::index::{PersonIx, ShiftIx};
use crate::model::{Case, DayCell, Rota};

/// The rota that a schedule stands for.
#[must_use]
pub fn decode(problem: &RosterProblem, case: &Case, schedule: &Schedule) -> Rota {
    let cell = |p: usize, day: usize, o: u16| match problem.people[p].options[day][usize::from(o)].what {
        What::Off => DayCell::Off,
        What::Work(code) => DayCell::Work(ShiftIx(u32::from(code))),
        What::Absent => DayCell::Absent,
        What::Leave => {
            let leave = case.approved_leave(PersonIx::new(p), case.horizon.date(day as i64));
            DayCell::Leave(leave.map_or_else(String::new, |l| l.kind.clone()))
        }
    };
    let row = |(p, choice): (usize, &Vec<u16>)| {
        choice.iter().enumerate().map(|(day, &o)| cell(p, day, o)).collect()
    };
    Rota { horizon: case.horizon, cells: schedule.choice.iter().enumerate().map(row).collect() }
}

/// The schedule that stands for a rota; `None` where the rota does what no option allows.
#[must_use]
pub fn encode(problem: &RosterProblem, rota: &Rota) -> Option<Schedule> {
    let option = |p: usize, day: usize, cell: &DayCell| {
        let what = match cell {
            DayCell::Off => What::Off,
            DayCell::Work(s) => What::Work(u16::try_from(s.0).ok()?),
            DayCell::Absent => What::Absent,
            DayCell::Leave(_) => What::Leave,
        };
        let list = problem.people.get(p)?.options.get(day)?;
        list.iter().position(|o| o.what == what).and_then(|o| u16::try_from(o).ok())
    };
    let row = |(p, cells): (usize, &Vec<DayCell>)| -> Option<Vec<u16>> {
        (cells.len() == problem.days).then_some(())?;
        cells.iter().enumerate().map(|(day, cell)| option(p, day, cell)).collect()
    };
    (rota.cells.len() == problem.people.len()).then_some(())?;
    let choice = rota.cells.iter().enumerate().map(row).collect::<Option<_>>()?;
    Some(Schedule { choice })
}
