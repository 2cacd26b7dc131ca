//! Tasks of a block: who may do them, and where they may lie.

use super::build::Group;
use super::groups::tasks_on;
use super::slots::Slots;
use super::{Supply, TaskSlot};
use crate::base::{DAY_MINUTES, Span};
use crate::model::Case;

/// A task before the time line is cut; minutes of the block.
pub(super) struct TaskDraft {
    task: usize,
    day: usize,
    pub(super) places: Vec<Span>,
    groups: Vec<usize>,
}

/// Tasks of the days `from..to` that somebody may do, or that cost something because nobody may.
pub(super) fn draft_tasks(case: &Case, from: usize, to: usize, groups: &[Group]) -> Vec<TaskDraft> {
    let mut drafts = Vec::new();
    for day in from..to {
        let offset = (day - from) as i32 * DAY_MINUTES;
        for (place, task) in tasks_on(case, day).into_iter().enumerate() {
            let may = |g: &usize| groups[*g].day == day && groups[*g].key.able[place];
            let may: Vec<usize> = (0..groups.len()).filter(may).collect();
            if !may.is_empty() || case.tasks[task].people.is_some() {
                let places = case.tasks[task].places().map(|p| p.shifted(offset)).collect();
                drafts.push(TaskDraft { task, day, places, groups: may });
            }
        }
    }
    drafts
}

/// The tasks in slots. `kept`: times of meetings during which people are kept.
pub(super) fn slots_of(
    case: &Case,
    drafts: Vec<TaskDraft>,
    kept: &[Span],
    supplies: &[Supply],
    slots: &Slots,
) -> Vec<TaskSlot> {
    let date = |day: usize| case.horizon.date(day as i64);
    let mut tasks = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let clear = draft.places.iter().filter(|p| kept.iter().all(|m| m.overlap(**p) == 0));
        // A place outside of all work has no slots, or not all of them.
        let whole = |p: &Span| {
            let (a, b) = slots.range(*p);
            let minutes: i32 = slots.spans[a..b].iter().map(|s| s.len()).sum();
            (minutes == p.len()).then_some((a, b))
        };
        let places: Vec<(usize, usize)> = clear.filter_map(whole).collect();
        let at_work = |g: &usize| places.iter().any(|p| supplies[*g].at_work(*p));
        let able: Vec<usize> = draft.groups.iter().copied().filter(at_work).collect();
        let people = case.tasks[draft.task].people;
        let in_shift = |g: &usize| draft.places.iter().filter_map(whole).any(|p| supplies[*g].has(p));
        let wanted: Vec<usize> = match people {
            Some(_) => Vec::new(),
            None => draft.groups.iter().copied().filter(in_shift).collect(),
        };
        let undone = case.task_weight(date(draft.day)) * i64::from(case.tasks[draft.task].minutes);
        if !able.is_empty() || undone > 0 && (people.is_some() || !wanted.is_empty()) {
            tasks.push(TaskSlot { task: draft.task, places, people, supplies: able, wanted, undone });
        }
    }
    tasks
}

impl Supply {
    /// Whether its people are at work all through some slots and do not hand over then.
    #[must_use]
    pub fn at_work(&self, slots: (usize, usize)) -> bool {
        self.has(slots) && (slots.0..slots.1).all(|t| self.present[t] && !self.own_handover[t])
    }
    /// Whether some slots lie inside a segment.
    fn has(&self, slots: (usize, usize)) -> bool {
        slots.0 < slots.1 && self.segments.iter().any(|s| s.0 <= slots.0 && slots.1 <= s.1)
    }
}
