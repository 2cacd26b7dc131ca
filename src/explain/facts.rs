//! The facts about one person that can be left out, and the case without some of them.

use super::Fact;
use crate::base::index::PersonIx;
use crate::model::{Case, Context, LeaveStatus, Strength};
use crate::rules::{ChannelKind, RuleKind, ScopeTerm};

/// Rules about a person's line of work that can be hard.
const LINE_RULES: [RuleKind; 16] = [
    RuleKind::MaxShifts,
    RuleKind::MaxWeekends,
    RuleKind::MinHoursMonth,
    RuleKind::MaxHoursMonth,
    RuleKind::MaxHoursWeek,
    RuleKind::OvertimeCapMonth,
    RuleKind::OvertimeCapDay,
    RuleKind::OvertimeNeedsApproval,
    RuleKind::RotationOrder,
    RuleKind::Rotation,
    RuleKind::ForbiddenSuccession,
    RuleKind::MinRestHours,
    RuleKind::MinRestDaysPerWeek,
    RuleKind::MinConsecutiveOff,
    RuleKind::MinConsecutiveDays,
    RuleKind::MaxConsecutiveDays,
];

/// All facts about a person: rules first, so that pins and leave, which are easier to change, stay in the smallest
/// contradiction when there is a choice.
pub(super) fn of_person(case: &Case, p: PersonIx) -> Vec<Fact> {
    let person = case.person(p);
    let mut facts = Vec::new();
    for kind in LINE_RULES {
        let rows = case.rules.rows.iter().enumerate();
        let hard = rows.filter(|(_, r)| r.kind == kind && r.strength == Strength::Hard);
        facts.extend(hard.filter(|(_, r)| concerns(case, p, &r.scope.terms)).map(|(i, _)| Fact::Rule(i)));
    }
    for word in ["no_night", "no_overtime"] {
        if person.tags.iter().any(|t| t.word == word) {
            facts.push(Fact::Tag(word.to_owned(), person.origin.clone()));
        }
    }
    if person.start_date.is_some() || person.end_date.is_some() {
        facts.push(Fact::Employment(person.origin.clone()));
    }
    let inside = |from, to| case.horizon.day(to) >= 0 && case.horizon.day(from) < case.horizon.days as i64;
    for (i, l) in case.leave.iter().enumerate() {
        if l.person == p && l.status == LeaveStatus::Approved && inside(l.from, l.to) {
            facts.push(Fact::Leave(i));
        }
    }
    for (i, pin) in case.pins.iter().enumerate() {
        if pin.person == p && case.horizon.index(pin.date).is_some() {
            facts.push(Fact::Pin(i));
        }
    }
    if !case.history_of(p).is_empty() {
        facts.push(Fact::History);
    }
    facts
}

/// Whether the terms of a scope about people hold for a person.
fn concerns(case: &Case, p: PersonIx, terms: &[ScopeTerm]) -> bool {
    let kinds: Vec<ChannelKind> = case.channels.iter().map(|c| c.kind).collect();
    let context = Context { person: Some((p, case.person(p))), channel_kinds: &kinds, ..Context::default() };
    let about_people = |t: &&ScopeTerm| !matches!(t, ScopeTerm::Shift(_) | ScopeTerm::Band(_));
    terms.iter().filter(about_people).all(|t| context.matches(t))
}

/// The case with what concerns one person only, less the facts that are not kept.
pub(super) fn reduced(case: &Case, p: PersonIx, facts: &[Fact], kept: &[bool]) -> Case {
    let out = |wanted: &Fact| facts.iter().zip(kept).any(|(f, keep)| !keep && f == wanted);
    let mut small = Case {
        folder: case.folder.clone(),
        horizon: case.horizon,
        calendar: case.calendar.clone(),
        channels: case.channels.clone(),
        people: case.people.clone(),
        shifts: case.shifts.clone(),
        rules: case.rules.clone(),
        forecast: Vec::new(),
        demand: Vec::new(),
        leave: Vec::new(),
        requests: Vec::new(),
        pins: Vec::new(),
        history: if out(&Fact::History) { Vec::new() } else { case.history_of(p).to_vec() },
        meetings: case.meetings.clone(),
        tasks: Vec::new(),
        approvals: case.approvals.iter().filter(|a| a.person == p).cloned().collect(),
        published: Vec::new(),
        inputs: Vec::new(),
    };
    let of_p = |i: &usize| case.leave[*i].person == p && !out(&Fact::Leave(*i));
    small.leave = (0..case.leave.len()).filter(of_p).map(|i| case.leave[i].clone()).collect();
    let of_p = |i: &usize| case.pins[*i].person == p && !out(&Fact::Pin(*i));
    small.pins = (0..case.pins.len()).filter(of_p).map(|i| case.pins[i].clone()).collect();
    let rows = (0..case.rules.rows.len()).filter(|&i| !out(&Fact::Rule(i)));
    small.rules.rows = rows.map(|i| case.rules.rows[i].clone()).collect();
    let person = &mut small.people[p.ix()];
    let origin = person.origin.clone();
    person.tags.retain(|t| !out(&Fact::Tag(t.word.clone(), origin.clone())));
    if out(&Fact::Employment(origin)) {
        (person.start_date, person.end_date) = (None, None);
    }
    small
}
