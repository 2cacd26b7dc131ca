//! A builder of small cases, rotas and duty plans for tests.
//!
//! Rows of a rota are strings, one letter a day: a shift code, `.` a day off, `v` leave, `-` outside employment, and
//! in the history `?` a day without a row. Case origins are `file.csv:line` in the order in which things are added.

use super::{Match, ScoreAnalysis};
use crate::base::index::{ChannelIx, PersonIx, ShiftIx};
use crate::base::{Minute, Span, Text};
use crate::calendar::{Calendar, CalendarDay, DayKind, Horizon};
use crate::model::*;
use crate::rules::{ChannelKind, RuleKind, Scope, ScopeTerm, parse_value, spec_by_name, split_name};
use chrono::{Days, NaiveDate};

/// Builds a case bit by bit; the methods about people, shifts and rules speak of the one added last.
#[derive(Clone, Debug)]
pub(crate) struct CaseBuilder {
    case: Case,
}

/// A date from `2026-01-05`.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// A span from `08:00-17:00`; the end may be `26:00`, a start before midnight is `~00:15`.
pub(crate) fn span(text: &str) -> Span {
    let minute = |t: &str| -> Minute {
        let (sign, t) = t.strip_prefix('~').map_or((1, t), |t| (-1, t));
        let (h, m) = t.split_once(':').expect("a time");
        sign * (h.parse::<Minute>().expect("hours") * 60 + m.parse::<Minute>().expect("minutes"))
    };
    let (a, b) = text.split_once('-').expect("a span");
    Span::new(minute(a), minute(b))
}

impl CaseBuilder {
    /// A case of some days from a date, with one voice channel and nothing else.
    pub(crate) fn new(first: &str, days: usize) -> Self {
        let case = Case::empty(Horizon { first: date(first), days }, Calendar::empty());
        Self { case }.channel("voice", ChannelKind::Voice)
    }
    /// Adds a channel.
    pub(crate) fn channel(mut self, name: &str, kind: ChannelKind) -> Self {
        let origin = Origin::new("channels.csv", self.case.channels.len() + 2);
        self.case.channels.push(Channel::new(name, kind, origin));
        self
    }
    /// Adds a shift: `E`, `early`, `08:00-12:00+13:00-17:00`.
    pub(crate) fn shift(mut self, code: &str, band: &str, times: &str) -> Self {
        let origin = Origin::new("shifts.csv", self.case.shifts.len() + 2);
        let times = times.split('+').map(span).collect();
        self.case.shifts.push(ShiftType { band: band.into(), ..ShiftType::new(code, times, origin) });
        self
    }
    /// Gives the last shift a meal.
    pub(crate) fn meal(mut self, minutes: Minute, window: Option<&str>) -> Self {
        let shift = self.case.shifts.last_mut().expect("a shift");
        (shift.meal_minutes, shift.meal_window) = (minutes, window.map(span));
        self
    }
    /// Gives the last shift a tail.
    pub(crate) fn tail(mut self, minutes: Minute) -> Self {
        self.case.shifts.last_mut().expect("a shift").tail_minutes = minutes;
        self
    }
    /// Adds a person who serves the first channel.
    pub(crate) fn person(mut self, id: &str) -> Self {
        let origin = Origin::new("staff.csv", self.case.people.len() + 2);
        self.case.people.push(Person { skills: vec![ChannelIx(0)], ..Person::new(id, origin) });
        self
    }
    /// Adds people with these ids.
    pub(crate) fn people(self, ids: &[&str]) -> Self {
        ids.iter().fold(self, |b, id| b.person(id))
    }
    fn last(&mut self) -> &mut Person {
        self.case.people.last_mut().expect("a person")
    }
    /// Sets team and contract of the last person.
    pub(crate) fn group(mut self, team: &str, contract: &str) -> Self {
        (self.last().team, self.last().contract) = (team.into(), contract.into());
        self
    }
    /// Sets the channels of the last person.
    pub(crate) fn skills(mut self, names: &[&str]) -> Self {
        let find = |n: &&str| self.case.channels.iter().position(|c| c.name == *n).expect("a channel");
        let skills = names.iter().map(|n| ChannelIx::new(find(n))).collect();
        self.last().skills = skills;
        self
    }
    /// Gives the last person a tag for all time.
    pub(crate) fn tag(mut self, word: &str) -> Self {
        self.last().tags.push(Tag { word: word.into(), dates: None });
        self
    }
    /// Gives the last person a tag between two dates.
    pub(crate) fn dated_tag(mut self, word: &str, from: &str, to: &str) -> Self {
        self.last().tags.push(Tag { word: word.into(), dates: Some((date(from), date(to))) });
        self
    }
    /// Sets the band of the period before.
    pub(crate) fn band(mut self, band: &str) -> Self {
        self.last().band = Some(band.into());
        self
    }
    /// Sets first and last day of employment of the last person.
    pub(crate) fn employed(mut self, from: Option<&str>, to: Option<&str>) -> Self {
        (self.last().start_date, self.last().end_date) = (from.map(date), to.map(date));
        self
    }
    /// Adds an approval of some hours of overtime.
    pub(crate) fn approval(mut self, id: &str, from: &str, to: &str, hours: i64) -> Self {
        let person = self.case.people.iter().position(|p| p.id == id).expect("a person");
        self.case.approvals.push(Approval {
            person: PersonIx::new(person),
            from: date(from),
            to: date(to),
            overtime_minutes: hours * 60,
            approved_by: String::new(),
            origin: Origin::new("approvals.csv", self.case.approvals.len() + 2),
        });
        self
    }
    /// Adds a hard rule row.
    pub(crate) fn hard(self, rule: &str, scope: &str, value: &str) -> Self {
        self.row(rule, scope, value, Strength::Hard, 0)
    }
    /// Adds a soft rule row.
    pub(crate) fn soft(self, rule: &str, scope: &str, value: &str, weight: i64) -> Self {
        self.row(rule, scope, value, Strength::Soft, weight)
    }
    /// Adds a row of a price rule.
    pub(crate) fn price(self, rule: &str, scope: &str, value: i64) -> Self {
        self.row(rule, scope, &value.to_string(), Strength::Hard, 0)
    }
    fn row(mut self, rule: &str, scope: &str, value: &str, strength: Strength, weight: i64) -> Self {
        let spec = spec_by_name(rule).unwrap_or_else(|| panic!("no rule {rule}"));
        let value = parse_value(spec, value).unwrap_or_else(|_| panic!("{rule}: {value}"));
        let scope = self.scope(scope);
        let (origin, band) =
            (Origin::new("rules.csv", self.case.rules.rows.len() + 2), split_name(rule).1.to_owned());
        self.case.rules.rows.push(RuleRow { kind: spec.kind, band, scope, value, strength, weight, origin });
        self
    }
    fn scope(&self, text: &str) -> Scope {
        let term = |t: &str| {
            let (kind, name) = t.split_once(':').expect("a scope term");
            match kind {
                "team" => ScopeTerm::Team(name.into()),
                "contract" => ScopeTerm::Contract(name.into()),
                "tag" => ScopeTerm::Tag(name.into()),
                "band" => ScopeTerm::Band(name.into()),
                "id" => ScopeTerm::Id(self.case.person_by_id(name).expect("a person")),
                "shift" => ScopeTerm::Shift(self.case.shift_by_code(name).expect("a shift")),
                "channel" => ScopeTerm::Channel(self.channel_named(name)),
                "kind" => {
                    ScopeTerm::Kind(if name == "chat" { ChannelKind::Chat } else { ChannelKind::Voice })
                }
                "weekday" => ScopeTerm::Weekday(name.parse().expect("Monday 0 to Sunday 6")),
                "date" => ScopeTerm::Date(date(name)),
                "day" => ScopeTerm::Day(DayKind::Statutory),
                _ => panic!("{t}"),
            }
        };
        Scope { terms: text.split('&').filter(|t| !t.is_empty()).map(term).collect(), text: text.into() }
    }
    fn channel_named(&self, name: &str) -> ChannelIx {
        ChannelIx::new(self.case.channels.iter().position(|c| c.name == name).expect("a channel"))
    }
    fn who(&self, id: &str) -> PersonIx {
        self.case.person_by_id(id).expect("a person")
    }
    /// Makes a date a statutory day.
    pub(crate) fn statutory(mut self, day: &str) -> Self {
        let entry = CalendarDay { kind: DayKind::Statutory, name: "节".into(), volume_factor: 1.0 };
        self.case.calendar.set(date(day), entry);
        self
    }
    /// The days before the horizon of a person; the last letter is the day before it.
    pub(crate) fn past(mut self, id: &str, row: &str) -> Self {
        let (first, n) = (self.case.horizon.first, row.chars().count());
        let rows = self.rows(id, row, first - Days::new(n as u64), "history.csv");
        self.case.history.extend(rows);
        self.case.history.sort_by_key(|r| (r.person, r.date));
        self
    }
    /// What a person was told, from day 0 on.
    pub(crate) fn published(mut self, id: &str, row: &str) -> Self {
        let rows = self.rows(id, row, self.case.horizon.first, "published.csv");
        self.case.published.extend(rows);
        self
    }
    fn rows(&self, id: &str, row: &str, first: NaiveDate, file: &str) -> Vec<PastDay> {
        let status = |letter: char| match letter {
            '?' => None,
            '.' => Some(PastStatus::Off),
            'v' => Some(PastStatus::Leave("ANNUAL".into())),
            '-' => Some(PastStatus::Absent),
            code => {
                let code = code.to_string();
                let shift = self.case.shift_by_code(&code);
                let of = |s: ShiftIx| self.case.shift(s);
                Some(PastStatus::Work {
                    shift,
                    band: shift.map_or(String::new(), |s| of(s).band.clone()),
                    times: shift.map_or(Vec::new(), |s| of(s).times.clone()),
                    tail_minutes: shift.map_or(0, |s| of(s).tail_minutes),
                    paid_minutes: shift.map_or(0, |s| {
                        i64::from(of(s).span_minutes() - of(s).meal_minutes + of(s).tail_minutes)
                    }),
                    code,
                })
            }
        };
        let day = |(i, letter)| {
            let origin = Origin::new(file, i + 2);
            let date = first + Days::new(i as u64);
            Some(PastDay {
                person: self.who(id),
                date,
                status: status(letter)?,
                overtime_minutes: None,
                origin,
            })
        };
        row.chars().enumerate().filter_map(day).collect()
    }
    /// Adds leave.
    pub(crate) fn leave(mut self, id: &str, from: &str, to: &str, status: LeaveStatus) -> Self {
        let origin = Origin::new("leave.csv", self.case.leave.len() + 2);
        let (person, kind, substitute) = (self.who(id), "ANNUAL".into(), None);
        self.case.leave.push(Leave {
            person,
            from: date(from),
            to: date(to),
            kind,
            status,
            substitute,
            origin,
        });
        self
    }
    /// Adds a request.
    pub(crate) fn request(mut self, id: &str, day: &str, want: Want, weight: i64) -> Self {
        let origin = Origin::new("requests.csv", self.case.requests.len() + 2);
        self.case.requests.push(Request { person: self.who(id), date: date(day), want, weight, origin });
        self
    }
    /// Adds a pin.
    pub(crate) fn pin(mut self, id: &str, day: &str, shift: Option<&str>) -> Self {
        let origin = Origin::new("pins.csv", self.case.pins.len() + 2);
        let code = |c: &str| PinTarget::Shift(self.case.shift_by_code(c).expect("a shift"));
        let target = shift.map_or(PinTarget::Off, code);
        self.case.pins.push(Pin { person: self.who(id), date: date(day), target, origin });
        self
    }
    /// Adds a meeting on one date.
    pub(crate) fn meeting(
        mut self,
        day: &str,
        time: &str,
        scope: &str,
        min_on_duty: i64,
        come_in: bool,
    ) -> Self {
        let origin = Origin::new("meetings.csv", self.case.meetings.len() + 2);
        let (scope, on) = (self.scope(scope), MeetingDay::Date(date(day)));
        let meeting =
            Meeting { name: "weekly".into(), on, time: span(time), scope, min_on_duty, come_in, origin };
        self.case.meetings.push(meeting);
        self
    }
    /// Adds a task of every day.
    pub(crate) fn task(
        mut self,
        name: &str,
        window: &str,
        minutes: Minute,
        people: Option<i64>,
        scope: &str,
    ) -> Self {
        let task = Task {
            name: name.into(),
            on: vec![TaskDay::Daily],
            window: span(window),
            minutes,
            channel: None,
            scope: self.scope(scope),
            people,
            origin: Origin::new("tasks.csv", self.case.tasks.len() + 2),
        };
        self.case.tasks.push(task);
        self
    }
    /// A builder that goes on from a case.
    pub(crate) fn of(case: Case) -> Self {
        Self { case }
    }
    /// The case.
    pub(crate) fn build(self) -> Case {
        self.case
    }
    /// Scores a rota, one row a person, without the inside of its days.
    pub(crate) fn score(&self, rows: &[&str]) -> ScoreAnalysis {
        self.score_with(rows, &Requirement::default(), &DayPlan::default())
    }
    /// Scores a rota with the inside of its days.
    pub(crate) fn score_with(
        &self,
        rows: &[&str],
        requirement: &Requirement,
        plan: &DayPlan,
    ) -> ScoreAnalysis {
        super::check(&self.case, requirement, &rota(&self.case, rows), plan)
    }
    /// A duty of a person: `duty("A", 0, "08:00-12:00", "voice")`; also `meal`, `handover`, `tail` and `meeting`.
    pub(crate) fn duty(&self, id: &str, day: usize, time: &str, what: &str) -> Duty {
        let activity = match what {
            "meal" => Activity::Meal,
            "handover" => Activity::Handover,
            "tail" => Activity::Tail,
            "meeting" => Activity::Meeting(0),
            "task" => Activity::Task(0),
            channel => Activity::Channel(self.channel_named(channel)),
        };
        Duty { day, person: self.who(id), time: span(time), activity }
    }
    /// A handover on the first channel.
    pub(crate) fn handover(
        &self,
        from: &str,
        day: usize,
        time: &str,
        kind: HandoverKind,
        to: Option<&str>,
    ) -> Handover {
        let to = to.map(|id| self.who(id));
        let (from, time, channel) = (self.who(from), span(time), ChannelIx(0));
        Handover {
            batch: "HO".into(),
            day,
            time,
            channel,
            kind,
            from,
            to,
            backup: None,
            note: Text::default(),
        }
    }
    /// People needed on a channel in an interval.
    pub(crate) fn need(
        &self,
        day: usize,
        time: &str,
        channel: &str,
        agents: i64,
        weights: (i64, i64),
    ) -> IntervalRequirement {
        IntervalRequirement::of_demand((day, span(time)), self.channel_named(channel), agents, weights)
    }
}

/// A rota from one row a person.
pub(crate) fn rota(case: &Case, rows: &[&str]) -> Rota {
    let cell = |letter: char| match letter {
        '.' => DayCell::Off,
        'v' => DayCell::Leave("ANNUAL".into()),
        '-' => DayCell::Absent,
        code => DayCell::Work(case.shift_by_code(&code.to_string()).expect("a shift")),
    };
    Rota { horizon: case.horizon, cells: rows.iter().map(|r| r.chars().map(cell).collect()).collect() }
}

/// All matches of a rule, in order.
pub(crate) fn of<'s>(score: &'s ScoreAnalysis, rule: &str) -> Vec<&'s Match> {
    score.matches.iter().filter(|m| m.rule == rule).collect()
}

/// Amounts of all matches of a rule, in order.
pub(crate) fn amounts(score: &ScoreAnalysis, rule: &str) -> Vec<i64> {
    of(score, rule).iter().map(|m| m.amount).collect()
}

/// Whether a rule is known by this name; keeps the names in tests honest.
pub(crate) fn is_rule(name: &str) -> bool {
    RuleKind::ALL.iter().any(|k| crate::rules::spec(*k).name == split_name(name).0)
}
