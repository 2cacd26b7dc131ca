//! Tasks in the day's program: how many people of a group do which task where.
//!
//! The guide wants a task done where clearly enough people may be at work for it. The relaxation lets people do tasks or
//! not: whoever stays on the queue costs at most what spare people cost, and where they are spare the task takes them
//! off it, so that the least is never above the true price.

use super::build::{Builder, merged};
use super::{BARRED, DayLp, Estimate};
use crate::lp::Slopes;

/// A row of people who do a task, with what one too few costs in the guide.
#[derive(Clone)]
pub(super) struct TaskRow {
    row: usize,
    price: f64,
}

impl DayLp {
    /// Sets what undone tasks cost.
    pub(super) fn price_tasks(&mut self, estimate: Estimate) {
        for task in &self.tasks {
            let price = if estimate == Estimate::Guide { task.price } else { 0.0 };
            self.lp.set_row_slopes(task.row, Slopes::new(-BARRED, price));
        }
    }
}

impl Builder<'_> {
    /// Columns of the people of a group who do a task in one of its places. Returns, by supply, the rows from which
    /// each of its people is taken (tasks for everybody), and all rows.
    pub(super) fn add_tasks(&mut self) -> (Vec<Vec<usize>>, Vec<TaskRow>) {
        let day = self.day;
        let mut by_supply = vec![Vec::new(); day.supplies.len()];
        let mut rows = Vec::new();
        for task in &day.tasks {
            let most: i64 = task.supplies.iter().map(|&s| day.supplies[s].most).sum();
            let price = task.places.iter().map(|p| self.minutes_at_dearest(*p) + 1.0).fold(0.0, f64::max);
            let one = task.people.map(|people| {
                let row = self.lp.add_row(&[], people as f64, Slopes::new(-BARRED, 0.0));
                rows.push(TaskRow { row, price: if most >= 2 * people { price } else { 0.0 } });
                row
            });
            for g in self.groups_of(&task.supplies) {
                let own: Vec<usize> =
                    task.supplies.iter().copied().filter(|&s| self.group_of[s] == g).collect();
                let row = one.unwrap_or_else(|| {
                    let row = self.lp.add_row(&[], 0.0, Slopes::new(-BARRED, 0.0));
                    rows.push(TaskRow { row, price });
                    own.iter().for_each(|&s| by_supply[s].push(row));
                    row
                });
                let there = |p: &&(usize, usize)| own.iter().any(|&s| day.supplies[s].at_work(**p));
                for place in task.places.iter().filter(there) {
                    let mut entries = vec![(row as u32, 1.0)];
                    self.on_queue(g, place.0..place.1, -1.0, &mut entries);
                    self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                }
            }
        }
        (by_supply, rows)
    }

    /// What a person's minutes in some slots are worth at most.
    fn minutes_at_dearest(&self, slots: (usize, usize)) -> f64 {
        let there = self.day.intervals.iter().filter(|i| i.slots.0 < slots.1 && slots.0 < i.slots.1);
        let dearest = there.map(|i| i.under).max().unwrap_or(0);
        let minutes: f64 = (slots.0..slots.1).map(|t| self.slot_minutes(t)).sum();
        dearest as f64 * minutes
    }
}
