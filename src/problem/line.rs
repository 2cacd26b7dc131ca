//! One person's line of work: options, automata, resources and the overtime ledger.

use super::Cell;
use std::ops::Range;

/// A transition that is not allowed.
pub const FORBIDDEN: u16 = u16::MAX;

/// What an option of a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    /// A rest day.
    Off,
    /// Work of this code.
    Work(u16),
    /// Approved leave (the only option of its day).
    Leave,
    /// Outside employment (the only option of its day).
    Absent,
}

/// One thing a person can do on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct DayOption {
    /// What it is.
    pub what: What,
    /// Price of it alone: requests not met, changes against the published rota, soft rules of a single day.
    pub cost: i64,
    /// The head count it adds to, for work.
    pub cell: Option<Cell>,
    /// Paid minutes.
    pub paid: i32,
    /// Minutes that fill the overtime window (at most the normal day; 0 on statutory days and when not worked).
    pub fill: i32,
    /// Minutes that are overtime whatever the window holds (beyond the normal day; all on a statutory day).
    pub direct: i32,
    /// Bit set for fairness counts ([`super::FairCount::Marked`]).
    pub marks: u64,
    /// Input symbol for each automaton of the person.
    pub symbols: Vec<u8>,
    /// Amount for each resource of the person, not negative.
    pub amounts: Vec<i32>,
}

/// A finite automaton over the person's days, one table.
///
/// `next[state * symbols + symbol]` is the state after a day, [`FORBIDDEN`] where a hard rule is broken;
/// `cost` has the same shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SequenceAutomaton {
    /// Number of input symbols.
    pub symbols: usize,
    /// State before day 0, history counted.
    pub start: u16,
    /// Next states.
    pub next: Vec<u16>,
    /// Price of each transition.
    pub cost: Vec<i64>,
    /// Price of ending in a state; `None` when that is not allowed.
    pub finish: Vec<Option<i64>>,
    /// Whether a smaller state is never worse: of two states that can occur before a day, the smaller one allows
    /// every sequence of options of the days to come that the larger one allows, and it costs no more.
    pub smaller_is_better: bool,
    /// Rows of the rule book it stands for.
    pub rules: Vec<usize>,
}

/// A limit on a running sum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Checkpoint {
    /// The sum is looked at after this day.
    pub day: usize,
    /// Hard lower limit.
    pub low: Option<i32>,
    /// Hard upper limit.
    pub high: Option<i32>,
    /// Soft lower limit and price per unit below.
    pub soft_low: Option<(i32, i64)>,
    /// Soft upper limit and price per unit above.
    pub soft_high: Option<(i32, i64)>,
    /// Units are counted in blocks of this size, begun blocks in full (60: an amount in hours of a sum in
    /// minutes). 1 otherwise.
    pub unit: i32,
    /// Whether the sum starts at 0 again behind it.
    pub reset: bool,
}

/// A running sum of the amounts of the options taken, with limits after certain days.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CountResource {
    /// Sum before day 0, history counted.
    pub start: i32,
    /// Whether a weekend is counted once: the amount of its Sunday is dropped when its Saturday (of the horizon;
    /// [`LineProblem::weekend_begun`] does not matter here) had one.
    pub weekend: bool,
    /// Limits, by ascending day, at most one a day.
    pub checkpoints: Vec<Checkpoint>,
    /// Rows of the rule book it stands for.
    pub rules: Vec<usize>,
}

/// A stretch of days over which normal minutes fill up (a Monday–Sunday week).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FillWindow {
    /// First day in the horizon.
    pub first: usize,
    /// Last day in the horizon.
    pub last: usize,
    /// Minutes that are normal; the rest of the fill is overtime.
    pub target: i32,
    /// Filled by the history, at most the target: what history days worked beyond it is theirs.
    pub start: i32,
    /// Whether what it stays below its target answers rest-day work before it ([`Overtime::comp_weeks`]): a whole
    /// week that ends in the horizon.
    pub answers: bool,
}

/// A stretch of days (a calendar month) whose overtime is capped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OvertimeWindow {
    /// First day in the horizon.
    pub first: usize,
    /// Last day in the horizon.
    pub last: usize,
    /// Largest overtime in minutes.
    pub cap: Option<i32>,
    /// Soft limits, each with its price per begun 60 minutes above.
    pub soft: Vec<(i32, i64)>,
    /// Overtime of the history in it, less what has been answered.
    pub start: i32,
    /// Rest-day work of the history in it that is still to be answered: that of the fill window in which `first`
    /// lies, then week by week back.
    pub owed: Vec<i32>,
}

/// The overtime ledger of a person under standard hours: each day's `direct` minutes are overtime, its `fill`
/// minutes are as far as they pass the target of their window. Windows partition the horizon.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Overtime {
    /// Fill windows in order; empty: only `direct` minutes are overtime.
    pub fills: Vec<FillWindow>,
    /// Cap windows in order; empty: no cap, and nothing is answered.
    pub caps: Vec<OvertimeWindow>,
    /// Fill windows after which rest-day work (what passes a target) can still be answered: a later window that ends
    /// in the same cap window takes from the cap's sum, minute for minute, what it stays below its target, the oldest
    /// work first. What is taken of the horizon's own work is not priced. 0: never.
    pub comp_weeks: usize,
    /// Price of a minute of overtime.
    pub price: i64,
    /// Rows of the rule book it stands for.
    pub rules: Vec<usize>,
}

/// A person's line of work: every choice of one option a day that the automata, resources and caps allow.
#[derive(Clone, Debug, PartialEq)]
pub struct LineProblem {
    /// People with equal numbers here have equal lines in everything but their convexity (priced once).
    pub class: u32,
    /// `options[day]`, never empty.
    pub options: Vec<Vec<DayOption>>,
    /// Automata, run side by side.
    pub automata: Vec<SequenceAutomaton>,
    /// Running sums.
    pub resources: Vec<CountResource>,
    /// Overtime.
    pub overtime: Overtime,
    /// For each day: 1 a Saturday, 2 a Sunday, else 0.
    pub weekend: Vec<u8>,
    /// Whether the weekend that day 0 ends (a Sunday) was already counted by the history
    /// ([`super::FairCount::Weekends`] only; rules about the horizon's own weekends count it).
    pub weekend_begun: bool,
}

impl LineProblem {
    /// What the days of `range` of a line add to sum `r`; a weekend counts once where the sum says so.
    #[must_use]
    pub fn amount(&self, r: usize, choice: &[u16], range: Range<usize>) -> i32 {
        let of = |d: usize| self.options[d][usize::from(choice[d])].amounts[r];
        let counted = |d: usize| self.resources[r].weekend && self.weekend[d] == 2 && d > 0 && of(d - 1) > 0;
        range.map(|d| if counted(d) { 0 } else { of(d) }).sum()
    }
}
