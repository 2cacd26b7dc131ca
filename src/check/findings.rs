//! Collects what is missed, words it with its source and origin, and puts it in order.

use super::{Facts, Match, ScoreAnalysis};
use crate::base::Text;
use crate::base::index::PersonIx;
use crate::model::{Origin, RuleRow, Strength};
use crate::rules::{RuleKind, spec};

/// A hard fact that holds without a row of `rules.csv`, in the order of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fact {
    /// One cell a person and day.
    Cells,
    /// Nobody works outside employment.
    Employment,
    /// Approved leave is not worked.
    Leave,
    /// Pins are kept.
    Pins,
    /// No work in the night window for the tag `no_night`.
    NoNight,
    /// No overtime for the tag `no_overtime`.
    NoOvertime,
    /// Nobody is in two shifts at once.
    TwoShifts,
    /// The inside of a shift is whole.
    Duties,
    /// Meals.
    Meal,
    /// Meetings.
    Meeting,
    /// Tasks off the queue.
    Task,
    /// Handovers.
    Handover,
}

impl Fact {
    /// Name in `score.csv`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cells => "cells",
            Self::Employment => "employment",
            Self::Leave => "leave",
            Self::Pins => "pins",
            Self::NoNight => "no_night",
            Self::NoOvertime => "no_overtime",
            Self::TwoShifts => "two_shifts",
            Self::Duties => "duties",
            Self::Meal => "meal",
            Self::Meeting => "meeting",
            Self::Task => "task",
            Self::Handover => "handover",
        }
    }
    fn source(self) -> Text {
        match self {
            Self::Cells => Text::new("Format of the rota.", "排班表格式。"),
            Self::Employment => Text::new("Dates of employment.", "在职日期。"),
            Self::Leave => Text::new("Approved leave.", "已批准的休假。"),
            Self::Pins => Text::new("Fixed assignment.", "固定安排。"),
            Self::NoNight => Text::new(
                "No night work (State Council Order 619, art. 6 and 9; minors unless the house knows better).",
                "不得安排夜班（女职工劳动保护特别规定第六、九条；未成年工从严）。",
            ),
            Self::NoOvertime => Text::new(
                "No overtime (State Council Order 619, art. 6 and 9; minors unless the house knows better).",
                "不得延长工作时间（女职工劳动保护特别规定第六、九条；未成年工从严）。",
            ),
            Self::TwoShifts => Text::new("Nobody is in two shifts at once.", "同一人不能同时上两个班。"),
            Self::Duties => Text::new("Every minute of a shift is accounted for.", "班内每分钟均须有安排。"),
            Self::Meal => Text::new("Meal of the shift.", "班次用餐。"),
            Self::Meeting => Text::new("Meeting of the house.", "企业会议。"),
            Self::Task => Text::new("Work off the queue.", "非接线任务。"),
            Self::Handover => Text::new("House rule of handover.", "企业交接班规定。"),
        }
    }
}

/// Where a match belongs.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Day by which it is sorted.
    pub(super) day: i64,
    /// Person by whom it is sorted.
    pub(super) person: Option<PersonIx>,
    /// The column `who`.
    pub(super) who: String,
    /// The column `when`.
    pub(super) when: String,
}

impl Place {
    /// One person on one day.
    pub(super) fn day(facts: &Facts<'_>, p: PersonIx, d: i64) -> Self {
        Self::days(facts, p, d, d)
    }
    /// One person on some days in a row, named by the first and the last.
    pub(super) fn days(facts: &Facts<'_>, p: PersonIx, first: i64, last: i64) -> Self {
        Self { day: first, person: Some(p), who: facts.person(p).id.clone(), when: dates(facts, first, last) }
    }
    /// A day, and no one person.
    pub(super) fn all(facts: &Facts<'_>, d: i64, who: String) -> Self {
        Self { day: d, person: None, who, when: dates(facts, d, d) }
    }
}

/// `2026-12-01`, or `2026-12-01..2026-12-07`.
pub(super) fn dates(facts: &Facts<'_>, first: i64, last: i64) -> String {
    if first == last {
        facts.date(first).to_string()
    } else {
        format!("{}..{}", facts.date(first), facts.date(last))
    }
}

/// What an agent-minute short, spare or not done costs, and where that is written.
pub(super) struct Price<'a> {
    /// `weight_understaff`, `weight_overstaff` or `weight_task`.
    pub(super) kind: RuleKind,
    /// Price of a minute.
    pub(super) weight: i64,
    /// Scope of the rule row, empty where the price is of `demand.csv`.
    pub(super) scope: &'a str,
    /// Row of `rules.csv`, `demand.csv` or `tasks.csv`.
    pub(super) origin: Option<&'a Origin>,
}

/// The matches found so far.
#[derive(Default)]
pub(super) struct Findings {
    list: Vec<(Key, Match)>,
}

type Key = (usize, i64, usize);

/// Places before the rules of `rules.csv` in the order of the score.
const FACTS: usize = Fact::Handover as usize + 1;

impl Findings {
    /// Notes that a rule row is missed by `amount`, if that is above 0.
    pub(super) fn missed(&mut self, row: &RuleRow, at: Place, amount: i64, fact: Text) {
        self.priced(row, row.weight, at, amount, fact);
    }
    /// Notes a price rule, whose value is the weight whatever its strength says.
    pub(super) fn price(&mut self, row: &RuleRow, at: Place, amount: i64, fact: Text) {
        let soft = RuleRow { strength: Strength::Soft, ..row.clone() };
        self.priced(&soft, row.value.number(), at, amount, fact);
    }
    fn priced(&mut self, row: &RuleRow, weight: i64, at: Place, amount: i64, fact: Text) {
        if amount <= 0 {
            return;
        }
        let weight = if row.strength == Strength::Hard { 0 } else { weight };
        let name = spec(row.kind).name;
        let rule = if row.band.is_empty() { name.to_owned() } else { format!("{name}:{}", row.band) };
        let found = Match {
            rule,
            scope: row.scope.text.clone(),
            strength: row.strength,
            weight,
            amount,
            penalty: weight * amount,
            who: at.who,
            when: at.when,
            why: sentence(&fact, &(spec(row.kind).source)(), Some(&row.origin)),
        };
        self.list.push(((FACTS + row.kind as usize, at.day, person_key(at.person)), found));
    }
    /// Notes an interval that is short or spare, or a task that is not done.
    pub(super) fn coverage(&mut self, price: Price<'_>, at: Place, amount: i64, fact: Text) {
        let Price { kind, weight, scope, origin } = price;
        let found = Match {
            rule: spec(kind).name.to_owned(),
            scope: scope.to_owned(),
            strength: Strength::Soft,
            weight,
            amount,
            penalty: weight * amount,
            who: at.who,
            when: at.when,
            why: sentence(&fact, &(spec(kind).source)(), origin),
        };
        self.list.push(((FACTS + kind as usize, at.day, person_key(at.person)), found));
    }
    /// Notes that a hard fact does not hold.
    pub(super) fn broken(&mut self, fact: Fact, at: Place, amount: i64, what: Text, origin: Option<&Origin>) {
        if amount <= 0 {
            return;
        }
        let found = Match {
            rule: fact.name().to_owned(),
            scope: String::new(),
            strength: Strength::Hard,
            weight: 0,
            amount,
            penalty: 0,
            who: at.who,
            when: at.when,
            why: sentence(&what, &fact.source(), origin),
        };
        self.list.push(((fact as usize, at.day, person_key(at.person)), found));
    }
    /// All matches in order.
    pub(super) fn finish(mut self) -> ScoreAnalysis {
        self.list.sort_by_key(|(key, _)| *key);
        ScoreAnalysis { matches: self.list.into_iter().map(|(_, m)| m).collect() }
    }
}

fn person_key(p: Option<PersonIx>) -> usize {
    p.map_or(usize::MAX, PersonIx::ix)
}

/// The fact, its source and the row it comes from.
fn sentence(fact: &Text, source: &Text, origin: Option<&Origin>) -> Text {
    let (mut en, mut zh) = (format!("{}. {}", fact.en, source.en), format!("{}。{}", fact.zh, source.zh));
    if let Some(origin) = origin.filter(|o| o.line > 0) {
        en.push_str(&format!(" ({origin})"));
        zh.push_str(&format!("（{origin}）"));
    }
    Text::new(en, zh)
}
