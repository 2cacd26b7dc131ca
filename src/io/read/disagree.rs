//! Rule rows that contradict each other: equally special, both in force somewhere, with different values.

use super::cell::Log;
use super::rules::Written;
use crate::base::Text;
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::calendar::{Calendar, Horizon};
use crate::diag::codes;
use crate::model::{Channel, Context, Person, RuleRow, ShiftType};
use crate::rules::{ChannelKind, Scope, ScopeTerm, TermKind, spec};

/// What rows can hold for.
pub(super) struct World<'a> {
    /// Everybody.
    pub(super) people: &'a [Person],
    /// All shifts.
    pub(super) shifts: &'a [ShiftType],
    /// All channels.
    pub(super) channels: &'a [Channel],
    /// Kinds of days.
    pub(super) calendar: &'a Calendar,
    /// Days to plan.
    pub(super) horizon: &'a Horizon,
}

/// Where a row holds, as one bit for each person, shift, channel and day.
struct Reach {
    people: Vec<u64>,
    shifts: Vec<u64>,
    channels: Vec<u64>,
    days: Vec<u64>,
}

/// Reports rows that disagree, and rows that say the same twice.
pub(super) fn check(rows: &[Written<'_>], world: &World<'_>, log: &mut Log) {
    let kinds: Vec<ChannelKind> = world.channels.iter().map(|c| c.kind).collect();
    let reach: Vec<Reach> = rows.iter().map(|w| Reach::of(&w.rule, world, &kinds)).collect();
    for (j, later) in rows.iter().enumerate() {
        let b = &later.rule;
        let rival = (0..j).find(|&i| {
            let a = &rows[i].rule;
            let same = a.kind == b.kind && a.band == b.band && a.strength == b.strength;
            if b.kind.all_rows_apply() {
                return same && a == &RuleRow { origin: a.origin.clone(), ..b.clone() };
            }
            same && special(&a.scope) == special(&b.scope) && reach[i].meets(&reach[j])
        });
        let Some(i) = rival else { continue };
        let (a, first) = (&rows[i].rule, rows[i].row.line());
        let name = spec(b.kind).name;
        let cell = later.row.get("value");
        if a.value == b.value && a.weight == b.weight {
            if a.scope.terms == b.scope.terms {
                let fact = Text::new(
                    format!("this row of {name} says the same as line {first}"),
                    format!("{name} 这一行与第 {first} 行相同"),
                );
                let cure = Text::new("delete one of the two", "请删除其中一行");
                log.findings.push(cell.warning(codes::DUPLICATE_ROW, fact, cure));
            }
            continue;
        }
        let other = rows[i].row.get("value");
        let fact = Text::new(
            format!("this row of {name} and line {first} (value {}) hold at once and disagree", other.text()),
            format!("{name} 这一行与第 {first} 行（值 {}）同时生效且互相矛盾", other.text()),
        );
        let cure = Text::new(
            "delete one of the two, or add a term to the one that should win",
            "请删除其中一行，或给应优先的一行加上范围条件",
        );
        log.findings.push(cell.error(codes::RULES_DISAGREE, fact, cure));
    }
}

fn special(scope: &Scope) -> (bool, usize) {
    (scope.terms.iter().any(|t| matches!(t, ScopeTerm::Id(_))), scope.terms.len())
}

fn bits(length: usize, holds: impl Fn(usize) -> bool) -> Vec<u64> {
    let mut set = vec![0u64; length.div_ceil(64)];
    for i in (0..length).filter(|&i| holds(i)) {
        set[i / 64] |= 1 << (i % 64);
    }
    set
}

fn common(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(x, y)| x & y != 0)
}

impl Reach {
    fn of(rule: &RuleRow, world: &World<'_>, kinds: &[ChannelKind]) -> Self {
        let of_channels = spec(rule.kind).terms.contains(&TermKind::Channel);
        let terms = |family: TermKind| {
            rule.scope.terms.iter().filter(move |t| family_of(t, of_channels) == family).collect::<Vec<_>>()
        };
        let (person, shift) = (terms(TermKind::Person), terms(TermKind::Shift));
        let (channel, day) = (terms(TermKind::Channel), terms(TermKind::Day));
        let base = Context { channel_kinds: kinds, ..Context::default() };
        let all = |terms: &[&ScopeTerm], context: Context<'_>| terms.iter().all(|t| context.matches(t));
        Self {
            people: bits(world.people.len(), |i| {
                all(&person, Context { person: Some((PersonIx::new(i), &world.people[i])), ..base })
            }),
            shifts: bits(world.shifts.len(), |i| {
                all(&shift, Context { shift: Some((ShiftIx::new(i), &world.shifts[i])), ..base })
            }),
            channels: bits(world.channels.len(), |i| {
                all(&channel, Context { channel: Some((ChannelIx::new(i), kinds[i])), ..base })
            }),
            days: bits(world.horizon.days, |i| {
                let date = world.horizon.date(i as i64);
                all(&day, Context { day: Some((date, world.calendar.kind(date))), ..base })
            }),
        }
    }
    fn meets(&self, other: &Self) -> bool {
        common(&self.people, &other.people)
            && common(&self.shifts, &other.shifts)
            && common(&self.channels, &other.channels)
            && common(&self.days, &other.days)
    }
}

fn family_of(term: &ScopeTerm, of_channels: bool) -> TermKind {
    match term {
        ScopeTerm::Team(_) | ScopeTerm::Contract(_) | ScopeTerm::Id(_) | ScopeTerm::Tag(_) => {
            TermKind::Person
        }
        ScopeTerm::Shift(_) | ScopeTerm::Band(_) => TermKind::Shift,
        ScopeTerm::Channel(_) | ScopeTerm::Kind(_) if of_channels => TermKind::Channel,
        ScopeTerm::Channel(_) | ScopeTerm::Kind(_) => TermKind::Person,
        ScopeTerm::Weekday(_) | ScopeTerm::Date(_) | ScopeTerm::Day(_) => TermKind::Day,
    }
}
