//! From a case and its requirement to the blocks of days.

use super::blocks::{Need, Partition, needs, partition, shortest};
use super::groups::{Key, Keys, meetings_on, tasks_on};
use super::slots::{Slots, meal_spans};
use super::tasks::{TaskDraft, draft_tasks, slots_of};
use super::{CellTable, DayProblem, Event, Interval, MeetingSlot, Place, Supply};
use crate::base::index::{ChannelIx, ShiftIx};
use crate::base::{DAY_MINUTES, Span};
use crate::model::{Case, Meeting, Requirement, ShiftType};
use crate::problem::{Block, Cell};
use std::collections::BTreeMap;

/// People who are counted together: one cell.
pub(super) struct Group {
    pub(super) day: usize,
    shift: ShiftIx,
    pub(super) key: Key,
    most: i64,
}

/// The blocks of a case and the map to their cells. Cells are numbered by day, then shift, then group.
#[must_use]
pub fn build(case: &Case, requirement: &Requirement) -> (Vec<Block>, CellTable) {
    let (groups, cells) = group_people(case, requirement);
    let needs = needs(requirement);
    let parts = partition(case, &needs, shortest(groups.iter().map(|g| &g.key)));
    let serving = |c| case.people.iter().filter(|p| p.serves(ChannelIx::new(c))).count();
    let lone: Vec<bool> = (0..case.channels.len()).map(|c| serving(c) < 2).collect();
    let mut blocks = Vec::with_capacity(parts.intervals.len());
    let mut places = Vec::with_capacity(groups.len());
    let mut from = 0;
    for b in 0..parts.intervals.len() {
        let len = groups[from..].iter().take_while(|g| g.day < parts.starts[b + 1]).count();
        let members = &groups[from..from + len];
        let mut day = block(case, &needs, &parts, b, members, from);
        day.reads = groups.iter().any(|g| !g.key.early);
        day.lone.clone_from(&lone);
        blocks.push(Block::Day(Box::new(day)));
        places.extend(members.iter().enumerate().map(|(supply, g)| Place {
            block: b,
            supply,
            day: g.day,
            shift: g.shift,
        }));
        from += len;
    }
    (blocks, CellTable::new(case.shifts.len(), case.people.len(), cells, places))
}

/// All groups in cell order, and the cell of each (day, shift, person).
fn group_people(case: &Case, requirement: &Requirement) -> (Vec<Group>, Vec<Cell>) {
    let keys = Keys::new(case, requirement);
    let mut groups = Vec::new();
    let mut cells: Vec<Cell> = Vec::with_capacity(case.horizon.days * case.shifts.len() * case.people.len());
    for day in 0..case.horizon.days {
        let date = case.horizon.date(day as i64);
        let (meetings, tasks) = (meetings_on(case, day), tasks_on(case, day));
        let available: Vec<bool> = case
            .person_indices()
            .map(|p| case.person(p).employed(date) && case.approved_leave(p, date).is_none())
            .collect();
        for shift in case.shift_indices() {
            let mut known: BTreeMap<Key, usize> = BTreeMap::new();
            for p in case.person_indices() {
                let key = keys.key(day, shift, p, (&meetings, &tasks));
                let cell = *known.entry(key).or_insert_with_key(|key| {
                    groups.push(Group { day, shift, key: key.clone(), most: 0 });
                    groups.len() - 1
                });
                groups[cell].most += i64::from(available[p.ix()]);
                cells.push(cell as Cell);
            }
        }
    }
    (groups, cells)
}

/// What is known of a supply before the time line is cut; minutes of the block.
struct Draft {
    segments: Vec<Span>,
    handovers: Vec<Span>,
    reading: Vec<Span>,
    meals: Vec<Span>,
}

/// A meeting of the block with its groups.
struct MeetingDraft {
    meeting: usize,
    time: Span,
    attends: Vec<usize>,
    comes_in: Vec<usize>,
}

fn block(
    case: &Case,
    needs: &[Need],
    parts: &Partition,
    index: usize,
    groups: &[Group],
    first_cell: usize,
) -> DayProblem {
    let first_day = parts.starts[index];
    let offset = |day: usize| (day as i32 - first_day as i32) * DAY_MINUTES;
    let meetings = draft_meetings(case, first_day, parts.starts[index + 1], groups);
    let mut drafts: Vec<Draft> = groups
        .iter()
        .enumerate()
        .map(|(g, group)| {
            let busy: Vec<Span> = meetings
                .iter()
                .filter(|m| m.attends.contains(&g) || m.comes_in.contains(&g))
                .map(|m| m.time)
                .collect();
            draft(case.shift(group.shift), &group.key, offset(group.day), &busy)
        })
        .collect();
    keep_meals_clear(&mut drafts);
    let tasks = draft_tasks(case, first_day, parts.starts[index + 1], groups);
    let required: Vec<Span> =
        parts.intervals[index].iter().map(|&i| needs[i].time.shifted(offset(needs[i].day))).collect();
    let slots = cut(&drafts, &meetings, &tasks, &required);
    let present = |spans: &[Span]| {
        let mut flags = vec![false; slots.spans.len()];
        for s in spans {
            let (a, b) = slots.range(*s);
            flags[a..b].fill(true);
        }
        flags
    };
    let supplies: Vec<Supply> = groups
        .iter()
        .zip(&drafts)
        .enumerate()
        .map(|(g, (group, draft))| Supply {
            cell: (first_cell + g) as Cell,
            day: group.day,
            code: group.shift.0 as u16,
            channels: group.key.channels.clone(),
            most: group.most,
            present: present(&draft.segments),
            own_handover: present(&draft.handovers),
            meals: draft.meals.iter().map(|m| slots.range(*m)).collect(),
            segments: draft.segments.iter().map(|s| slots.range(*s)).collect(),
            reading: draft.reading.iter().map(|s| slots.range(*s)).collect(),
            handover: group.key.handover,
            early: group.key.early,
        })
        .collect();
    let intervals = parts.intervals[index]
        .iter()
        .zip(&required)
        .map(|(&i, span)| {
            let need = &needs[i];
            Interval {
                channel: need.channel.ix(),
                slots: slots.range(*span),
                minutes: need.minutes,
                under: need.under,
                over: need.over,
                window: need.window,
            }
        })
        .collect();
    let keeps = |m: &&MeetingDraft| case.meetings[m.meeting].min_on_duty > 0;
    let kept: Vec<Span> = meetings.iter().filter(keeps).map(|m| m.time).collect();
    DayProblem {
        first_day,
        channels: case.channels.len(),
        intervals,
        events: events(&drafts, &supplies, &slots),
        meetings: meetings
            .into_iter()
            .map(|m| MeetingSlot {
                meeting: m.meeting,
                time: m.time,
                slots: slots.range(m.time),
                attends: m.attends,
                comes_in: m.comes_in,
                keep: case.meetings[m.meeting].min_on_duty.max(0),
            })
            .collect(),
        tasks: slots_of(case, tasks, &kept, &supplies, &slots),
        supplies,
        reads: false,
        lone: Vec::new(),
        slots: slots.spans,
    }
}

/// Segments, handovers, reading times and meals of a group, `offset` minutes into the block.
fn draft(shift: &ShiftType, key: &Key, offset: i32, meetings: &[Span]) -> Draft {
    let segments: Vec<Span> =
        shift.times.iter().filter(|t| !t.is_empty()).map(|t| t.shifted(offset)).collect();
    let handovers: Vec<Span> =
        segments.iter().map(|s| Span::new(s.start.max(s.end - key.handover), s.end)).collect();
    let reading: Vec<Span> =
        segments.iter().map(|s| Span::new(s.start, s.end.min(s.start + key.handover))).collect();
    let mut busy: Vec<Span> = handovers.iter().chain(meetings).copied().collect();
    if !key.early {
        busy.extend(&reading);
    }
    let window = shift.meal_window.map(|w| w.shifted(offset));
    let meals = meal_spans(&segments, shift.meal_minutes, window, &busy);
    Draft { segments, handovers, reading, meals }
}

/// Whoever is at work while others hand over does not eat then, where the meal window leaves another start: the
/// leavers need somebody to hand over to.
fn keep_meals_clear(drafts: &mut [Draft]) {
    let handovers: Vec<Span> = drafts.iter().flat_map(|d| d.handovers.iter().copied()).collect();
    for draft in drafts {
        let others: Vec<Span> = handovers
            .iter()
            .copied()
            .filter(|h| !h.is_empty() && draft.segments.iter().any(|s| s.contains(*h) && s.end > h.end))
            .collect();
        let clear: Vec<Span> =
            draft.meals.iter().copied().filter(|m| others.iter().all(|h| h.overlap(*m) == 0)).collect();
        if !clear.is_empty() {
            draft.meals = clear;
        }
    }
}

/// Meetings of the days `from..to`: those meant whose segment contains it attend; the others come in.
fn draft_meetings(case: &Case, from: usize, to: usize, groups: &[Group]) -> Vec<MeetingDraft> {
    let mut drafts = Vec::new();
    for day in from..to {
        for (place, meeting) in meetings_on(case, day).into_iter().enumerate() {
            let what: &Meeting = &case.meetings[meeting];
            let mut draft = MeetingDraft {
                meeting,
                time: what.time.shifted((day - from) as i32 * DAY_MINUTES),
                attends: Vec::new(),
                comes_in: Vec::new(),
            };
            for (g, group) in groups.iter().enumerate() {
                if group.day != day || !group.key.invited[place] {
                    continue;
                }
                let times = &case.shift(group.shift).times;
                if times.iter().any(|t| t.contains(what.time)) {
                    draft.attends.push(g);
                } else {
                    draft.comes_in.push(g);
                }
            }
            drafts.push(draft);
        }
    }
    drafts
}

/// Cuts the block's time line.
fn cut(drafts: &[Draft], meetings: &[MeetingDraft], tasks: &[TaskDraft], required: &[Span]) -> Slots {
    let mut borders = Vec::new();
    for d in drafts {
        for s in d.handovers.iter().chain(&d.reading).chain(&d.meals) {
            borders.extend([s.start, s.end]);
        }
    }
    for m in meetings.iter().filter(|m| !m.attends.is_empty() || !m.comes_in.is_empty()) {
        borders.extend([m.time.start, m.time.end]);
    }
    borders.extend(tasks.iter().flat_map(|t| &t.places).flat_map(|p| [p.start, p.end]));
    let covered: Vec<Span> =
        drafts.iter().flat_map(|d| d.segments.iter().copied()).chain(required.iter().copied()).collect();
    Slots::new(borders, &covered)
}

/// All ends of segments, by minute and length of the handover.
fn events(drafts: &[Draft], supplies: &[Supply], slots: &Slots) -> Vec<Event> {
    let mut ends: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (g, d) in drafts.iter().enumerate() {
        for h in &d.handovers {
            ends.entry((h.end, h.start)).or_default().push(g);
        }
    }
    ends.into_iter()
        .map(|((end, start), leavers)| {
            let range = slots.range(Span::new(start, end));
            let stays = |s: &Supply| {
                range.0 < range.1 && (range.0..range.1).all(|i| s.present[i] && !s.own_handover[i])
            };
            // Who comes less early than the handover takes would miss its beginning.
            let arrives = |g: usize| {
                let in_time = supplies[g].early && supplies[g].handover >= end - start;
                in_time && drafts[g].segments.iter().any(|s| s.start == end)
            };
            Event {
                time: Span::new(start, end),
                slots: range,
                leavers,
                receivers: (0..supplies.len()).filter(|&g| stays(&supplies[g])).collect(),
                arrivals: (0..supplies.len()).filter(|&g| arrives(g)).collect(),
            }
        })
        .collect()
}
