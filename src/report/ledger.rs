//! The balances of past months as they are shown: who has had what, and who is ahead of whom.

use crate::base::Text;
use crate::model::{Case, Person};
use crate::pay::{Balance, PersonBalance};
use chrono::NaiveDate;

/// Balances of everybody with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerView {
    /// First and last date with a row.
    pub dates: (NaiveDate, NaiveDate),
    /// One entry a person, in file order.
    pub people: Vec<LedgerPerson>,
    /// One entry for each group of people who share team and contract, in order of appearance.
    pub groups: Vec<LedgerGroup>,
    /// Days whose row has another overtime than the rules give.
    pub differing: usize,
    /// Worked days whose overtime is told by nothing.
    pub untold: usize,
}

/// The balance of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPerson {
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Team.
    pub team: String,
    /// Contract.
    pub contract: String,
    /// The months.
    pub months: Vec<Balance>,
    /// Their sum.
    pub total: Balance,
}

/// Who is ahead in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerGroup {
    /// Team.
    pub team: String,
    /// Contract.
    pub contract: String,
    /// People compared: those who were there on three quarters of the days or more.
    pub people: usize,
    /// One entry for each thing that is to be shared.
    pub shares: Vec<LedgerShare>,
}

/// How evenly a group shares one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerShare {
    /// What.
    pub what: Shared,
    /// The most that somebody has had, and the ids of those who have.
    pub most: (i64, Vec<String>),
    /// The least, likewise.
    pub least: (i64, Vec<String>),
}

/// What is to be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Late shifts.
    LateShifts,
    /// Weekends worked.
    Weekends,
    /// Statutory days worked.
    StatutoryDays,
    /// Minutes of overtime.
    Overtime,
}

impl Shared {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LateShifts, Self::Weekends, Self::StatutoryDays, Self::Overtime];

    /// In words.
    #[must_use]
    pub fn wording(self) -> Text {
        match self {
            Self::LateShifts => Text::new("late shifts", "晚班次数"),
            Self::Weekends => Text::new("weekends worked", "周末出勤"),
            Self::StatutoryDays => Text::new("statutory days worked", "法定节假日出勤"),
            Self::Overtime => Text::new("overtime", "加班"),
        }
    }
    /// The key in JSON; minutes where it is a time.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::LateShifts => "late_shifts",
            Self::Weekends => "weekends",
            Self::StatutoryDays => "statutory_days",
            Self::Overtime => "overtime_minutes",
        }
    }
    fn of(self, balance: &Balance) -> i64 {
        match self {
            Self::LateShifts => balance.late_shifts,
            Self::Weekends => balance.weekends,
            Self::StatutoryDays => balance.statutory_days,
            Self::Overtime => balance.all_overtime(),
        }
    }
}

impl LedgerView {
    /// Prepares the balances of a case's people; `None` when nobody has a row.
    #[must_use]
    pub fn new(case: &Case, balances: &[PersonBalance]) -> Option<Self> {
        let people: Vec<LedgerPerson> =
            balances.iter().filter_map(|b| person(case.person(b.person), b)).collect();
        let first = people.iter().map(|p| p.total.first).min()?;
        let last = people.iter().map(|p| p.total.last).max()?;
        Some(Self {
            dates: (first, last),
            groups: groups(&people, (last - first).num_days() + 1),
            people,
            differing: balances.iter().map(|b| b.differing).sum(),
            untold: balances.iter().map(|b| b.untold).sum(),
        })
    }
    /// Whether the class of some overtime is not known.
    #[must_use]
    pub fn has_unclassified(&self) -> bool {
        self.people.iter().any(|p| p.total.unclassified > 0)
    }
}

fn person(person: &Person, balance: &PersonBalance) -> Option<LedgerPerson> {
    Some(LedgerPerson {
        id: person.id.clone(),
        name: person.name.clone(),
        team: person.team.clone(),
        contract: person.contract.clone(),
        months: balance.months.clone(),
        total: balance.total.clone()?,
    })
}

fn groups(people: &[LedgerPerson], days: i64) -> Vec<LedgerGroup> {
    let mut names: Vec<(&str, &str)> = Vec::new();
    for p in people {
        if !names.contains(&(&p.team, &p.contract)) {
            names.push((&p.team, &p.contract));
        }
    }
    let there = |p: &&LedgerPerson| p.total.days_present * 4 >= days * 3;
    let group = |(team, contract): (&str, &str)| {
        let members: Vec<&LedgerPerson> =
            people.iter().filter(|p| p.team == team && p.contract == contract).filter(there).collect();
        let shares = Shared::ALL.into_iter().filter_map(|what| share(&members, what)).collect();
        LedgerGroup { team: team.to_owned(), contract: contract.to_owned(), people: members.len(), shares }
    };
    names.into_iter().map(group).collect()
}

/// `None` in a group of nobody, and for what nobody has had.
fn share(members: &[&LedgerPerson], what: Shared) -> Option<LedgerShare> {
    let amounts = || members.iter().map(|p| what.of(&p.total));
    let (most, least) = (amounts().max().filter(|most| *most > 0)?, amounts().min()?);
    let with = |amount: i64| {
        members.iter().filter(|p| what.of(&p.total) == amount).map(|p| p.id.clone()).collect::<Vec<_>>()
    };
    Some(LedgerShare { what, most: (most, with(most)), least: (least, with(least)) })
}
