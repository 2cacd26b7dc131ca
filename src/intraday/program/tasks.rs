//! Tasks in the day's program: how many people of a group do which task where, and what undone turns cost.
//!
//! A task is done wherever somebody can, even where that costs more than leaving it; the program leaves it then, so that
//! its value is never above the true price.

use super::BARRED;
use super::build::{Builder, merged};
use crate::lp::Slopes;

impl Builder<'_> {
    /// Columns of the people of a group who do a task in one of its places; the slack of a row are the turns that are
    /// not done. Returns, by supply, the rows from which each of its people is taken (tasks for everybody).
    pub(super) fn add_tasks(&mut self) -> Vec<Vec<usize>> {
        let day = self.day;
        let mut by_supply = vec![Vec::new(); day.supplies.len()];
        for task in &day.tasks {
            let slopes = Slopes::new(-BARRED, task.undone as f64);
            let one = task.people.map(|people| self.lp.add_row(&[], people as f64, slopes));
            let concerned = if one.is_some() { &task.supplies } else { &task.wanted };
            for g in self.groups_of(concerned) {
                let of_group = |list: &[usize]| -> Vec<usize> {
                    list.iter().copied().filter(|&s| self.group_of[s] == g).collect()
                };
                let (own, wanted) = (of_group(&task.supplies), of_group(&task.wanted));
                let row = one.unwrap_or_else(|| self.lp.add_row(&[], 0.0, slopes));
                wanted.iter().for_each(|&s| by_supply[s].push(row));
                let there = |p: &&(usize, usize)| own.iter().any(|&s| day.supplies[s].at_work(**p));
                for place in task.places.iter().filter(there) {
                    let mut entries = vec![(row as u32, 1.0)];
                    self.on_queue(g, place.0..place.1, -1.0, &mut entries);
                    self.lp.add_column(&[], &merged(entries), Slopes::new(-BARRED, 0.0));
                }
            }
        }
        by_supply
    }
}
