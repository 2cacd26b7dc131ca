//! Work off the queue: how much of it is done.

use super::Finished;
use crate::model::Activity;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Turns of tasks: one a person and day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskTally {
    /// Turns asked for; of a task for everybody, those done.
    pub wanted: i64,
    /// Turns done.
    pub done: i64,
    /// Tasks and days with fewer people than asked for, by date.
    pub missing: Vec<MissingTask>,
}

/// A task that too few people do on a day, since nobody else at work can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingTask {
    /// Date.
    pub date: NaiveDate,
    /// Name of the task.
    pub name: String,
    /// People who do it.
    pub done: i64,
    /// People asked for.
    pub wanted: i64,
}

/// Tasks in `summary.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TaskSummary {
    /// Turns asked for, one a person and day.
    pub wanted: i64,
    /// Turns done.
    pub done: i64,
}

pub(super) fn tally(f: &Finished<'_>) -> TaskTally {
    let mut turns: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for duty in &f.plan.duties {
        if let Activity::Task(task) = duty.activity {
            *turns.entry((duty.day, task)).or_default() += 1;
        }
    }
    let mut tally = TaskTally::default();
    for (day, date) in f.rota.horizon.dates().enumerate() {
        for (t, task) in f.case.tasks.iter().enumerate().filter(|(_, task)| task.on_date(date)) {
            let done = turns.get(&(day, t)).copied().unwrap_or(0);
            let wanted = task.people.unwrap_or(done);
            tally.wanted += wanted;
            tally.done += done;
            if done < wanted {
                tally.missing.push(MissingTask { date, name: task.name.clone(), done, wanted });
            }
        }
    }
    tally
}
