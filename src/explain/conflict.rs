//! A conflict as data and in words.

use crate::base::index::PersonIx;
use crate::base::{Lang, Text, clock};
use crate::model::{Case, Origin, PinTarget, RuleRow};
use crate::problem::Reason;
use crate::rules::{HoursSystem, Rotation, RotationOrder, RuleKind, RuleValue, ValueKind, spec};
use chrono::NaiveDate;

/// A fact that takes part in a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// A row of the rule book, by its index.
    Rule(usize),
    /// A pin, by its index in the case.
    Pin(usize),
    /// Approved leave, by its index in the case.
    Leave(usize),
    /// A tag that forbids shifts, with its row of staff.csv.
    Tag(String, Origin),
    /// The dates of employment, with their row of staff.csv.
    Employment(Origin),
    /// The rota of the days before.
    History,
    /// A rule whose table would be too large, by its index in the rule book.
    TooLarge(usize),
    /// Something written at this place.
    Other(Origin),
}

impl Fact {
    /// The fact that a reason of the compiler stands for.
    pub(super) fn from_reason(case: &Case, reason: &Reason) -> Self {
        match reason {
            Reason::Rule(i) => Self::Rule(*i),
            Reason::TooLarge(i) => Self::TooLarge(*i),
            Reason::Tag(word, origin, _) => Self::Tag(word.clone(), origin.clone()),
            Reason::Employment(origin, _) => Self::Employment(origin.clone()),
            Reason::History => Self::History,
            Reason::Pin(origin, _) => case
                .pins
                .iter()
                .position(|p| p.origin == *origin)
                .map_or(Self::Other(origin.clone()), Self::Pin),
            Reason::Leave(origin, _) => {
                let at = case.leave.iter().position(|l| l.origin == *origin);
                at.map_or(Self::Other(origin.clone()), Self::Leave)
            }
        }
    }
    /// Where it was written, if it was.
    #[must_use]
    pub fn origin<'a>(&'a self, case: &'a Case) -> Option<&'a Origin> {
        match self {
            Self::Rule(i) | Self::TooLarge(i) => case.rules.rows.get(*i).map(|r| &r.origin),
            Self::Pin(i) => Some(&case.pins[*i].origin),
            Self::Leave(i) => Some(&case.leave[*i].origin),
            Self::Tag(_, origin) | Self::Employment(origin) | Self::Other(origin) => Some(origin),
            Self::History => None,
        }
    }
    /// The fact in words, its place first.
    fn words(&self, case: &Case) -> Text {
        let at = self.origin(case).map_or_else(|| "history.csv".to_owned(), ToString::to_string);
        match self {
            Self::Rule(i) => Text::same(format!("{at} {}", rule_words(case, *i))),
            Self::TooLarge(i) => {
                let rule = rule_words(case, *i);
                Text::new(format!("{at} {rule} (too many states)"), format!("{at} {rule}（状态过多）"))
            }
            Self::Pin(i) => {
                let pin = &case.pins[*i];
                let shift = match pin.target {
                    PinTarget::Shift(s) => case.shift(s).code.as_str(),
                    PinTarget::Off => "off",
                };
                Text::new(
                    format!("{at} ({shift} on {})", pin.date),
                    format!("{at}（{} 固定为 {shift}）", pin.date),
                )
            }
            Self::Leave(i) => {
                let l = &case.leave[*i];
                Text::new(
                    format!("{at} ({} {} to {})", l.kind, l.from, l.to),
                    format!("{at}（{} {} 至 {}）", l.kind, l.from, l.to),
                )
            }
            Self::Tag(word, _) => Text::new(format!("{at} (tag {word})"), format!("{at}（标签 {word}）")),
            Self::Employment(_) => {
                Text::new(format!("{at} (dates of employment)"), format!("{at}（在职日期）"))
            }
            Self::History => Text::new("history.csv (the days before)", "history.csv（之前的排班）"),
            Self::Other(_) => Text::same(at),
        }
    }
}

/// Facts that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Whose facts they are; `None` for a rule about everybody.
    pub person: Option<PersonIx>,
    /// Dates concerned, where they are known.
    pub dates: Vec<NaiveDate>,
    /// The facts: leave any one out, and the others can hold together.
    pub facts: Vec<Fact>,
    text: Text,
    who: String,
    places: Vec<String>,
}

impl Conflict {
    /// A conflict of a person's facts.
    pub(super) fn of_person(case: &Case, p: PersonIx, facts: Vec<Fact>) -> Self {
        let dates = facts.iter().filter_map(|f| match f {
            Fact::Pin(i) => Some(case.pins[*i].date),
            Fact::Leave(i) => Some(case.leave[*i].from),
            _ => None,
        });
        let mut dates: Vec<NaiveDate> = dates.collect();
        dates.sort_unstable();
        dates.dedup();
        Self::new(case, Some(p), dates, facts)
    }
    /// A conflict from its parts.
    pub(super) fn new(
        case: &Case,
        person: Option<PersonIx>,
        dates: Vec<NaiveDate>,
        facts: Vec<Fact>,
    ) -> Self {
        let who = person.map_or_else(String::new, |p| case.person(p).id.clone());
        let places = facts.iter().filter_map(|f| f.origin(case)).map(ToString::to_string).collect::<Vec<_>>();
        let Text { en, zh } = listed(case, &facts);
        let text = match person {
            Some(_) => Text::new(
                format!(
                    "{who}: {en}: no line of work satisfies all of them; cure: change or remove one of these rows"
                ),
                format!("{who}：{zh}：没有任何排班能同时满足；解决办法：修改或删除其中一行"),
            ),
            None => {
                let days = dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                Text::new(
                    format!(
                        "{days}: {en}: the people who can work that day do not satisfy it; cure: make it soft, change \
                         its number, or free people of leave and pins on that day"
                    ),
                    format!(
                        "{days}：{zh}：当天可上班的人员无法满足；解决办法：改为软约束、调整数值，或减少当天的休假和固定安排"
                    ),
                )
            }
        };
        Self { person, dates, facts, text, who, places }
    }
    /// Facts that leave a person without a day of work.
    pub(super) fn idle(case: &Case, p: PersonIx, facts: Vec<Fact>) -> Self {
        let (Text { en, zh }, id) = (listed(case, &facts), &case.person(p).id);
        let (from, to) = (case.horizon.first, case.horizon.last());
        let text = Text::new(
            format!(
                "{id}: {en}: together they leave no day of work from {from} to {to}; cure: change one of \
                 these, or add a rule row for this person (scope id:{id}) that stands above it"
            ),
            format!(
                "{id}：{zh}：合在一起，{from} 至 {to} 一天班都排不上；解决办法：修改其中一行，或为此人单独写一行规则（范围 id:{id}）"
            ),
        );
        Self { text, ..Self::of_person(case, p, facts) }
    }
    /// Hard rules that only several people together cannot keep.
    pub(super) fn joint() -> Self {
        let text = Text::new(
            "The hard rules about several people contradict each other (duty rows against everybody's own rules); \
             cure: make min_on_duty or max_on_duty soft",
            "多人之间的硬性规则相互矛盾（在岗人数与个人规则）；解决办法：把 min_on_duty 或 max_on_duty 改为软约束",
        );
        Self {
            person: None,
            dates: Vec::new(),
            facts: Vec::new(),
            text,
            who: String::new(),
            places: Vec::new(),
        }
    }
    /// The conflict in words, with its cure.
    #[must_use]
    pub fn text(&self) -> Text {
        self.text.clone()
    }
    /// The conflict as JSON: `who`, `dates`, `places` (`file:line`), `message`.
    #[must_use]
    pub fn json(&self, lang: Lang) -> serde_json::Value {
        serde_json::json!({
            "who": self.who,
            "dates": self.dates.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "places": self.places,
            "message": self.text.get(lang),
        })
    }
}

/// Facts in words, one after the other.
pub(super) fn listed(case: &Case, facts: &[Fact]) -> Text {
    let words: Vec<Text> = facts.iter().map(|f| f.words(case)).collect();
    let list = |lang: Lang, comma: &str| words.iter().map(|t| t.get(lang)).collect::<Vec<_>>().join(comma);
    Text::new(list(Lang::En, ", "), list(Lang::Zh, "，"))
}

/// A row of the rule book as it reads: `min_rest_hours 11 [team:A]`.
fn rule_words(case: &Case, i: usize) -> String {
    let Some(row) = case.rules.rows.get(i) else { return String::new() };
    let band = if row.band.is_empty() { String::new() } else { format!(":{}", row.band) };
    let scope = if row.scope.text.is_empty() { String::new() } else { format!(" [{}]", row.scope.text) };
    format!("{}{band} {}{scope}", spec(row.kind).name, value_words(row))
}

fn value_words(row: &RuleRow) -> String {
    let hours = spec(row.kind).value == ValueKind::Hours && row.kind != RuleKind::HandoverMinutes;
    match &row.value {
        RuleValue::Minutes(m) if hours && m % 60 == 0 => (m / 60).to_string(),
        RuleValue::Minutes(m) if hours => format!("{:.2}", *m as f64 / 60.0),
        RuleValue::Count(n) | RuleValue::Minutes(n) => n.to_string(),
        RuleValue::Flag(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        RuleValue::Rolling7(yes) => if *yes { "rolling7" } else { "calendar" }.to_owned(),
        RuleValue::Succession(a, b) => format!("{a}>{b}"),
        RuleValue::Rotation(Rotation::Month) => "month".to_owned(),
        RuleValue::Rotation(Rotation::Weeks(1)) => "week".to_owned(),
        RuleValue::Rotation(Rotation::Weeks(n)) => format!("{n}weeks"),
        RuleValue::RotationOrder(RotationOrder::Any) => "any".to_owned(),
        RuleValue::RotationOrder(RotationOrder::Cycle(bands)) => bands.join(">"),
        RuleValue::Weekday(w) => crate::calendar::WEEKDAYS_EN[*w % 7].to_owned(),
        RuleValue::HoursSystem(HoursSystem::Standard) => "standard".to_owned(),
        RuleValue::HoursSystem(HoursSystem::Comprehensive { months }) => {
            format!("comprehensive ({months} months)")
        }
        RuleValue::Window(w) => format!("{}-{}", clock(w.start), clock(w.end)),
    }
}
