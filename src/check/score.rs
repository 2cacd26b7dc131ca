//! A score, explained per rule and match.

use crate::base::Text;
use crate::model::Strength;
use std::collections::BTreeMap;

/// One place where a rule is missed: a row of `score.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Name of the rule as in `rules.csv` (`fair_band:late` with its band).
    pub rule: String,
    /// Scope of the row as written, empty for all.
    pub scope: String,
    /// Hard: the rota must not be used. Soft: it costs.
    pub strength: Strength,
    /// Price per unit; 0 for hard rows.
    pub weight: i64,
    /// How much is missed, in the rule's unit.
    pub amount: i64,
    /// `weight × amount`; 0 for hard rows.
    pub penalty: i64,
    /// Ids of the people concerned, `;` between them, or the channel.
    pub who: String,
    /// Date, dates `A..B`, or date and time of an interval.
    pub when: String,
    /// What is the matter, in a sentence, with its source for legal rules.
    pub why: Text,
}

/// A rota's score with everything it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoreAnalysis {
    /// All matches: by rule in the order of the format page, then by date, then by person.
    pub matches: Vec<Match>,
}

impl ScoreAnalysis {
    /// The broken hard rules.
    pub fn violations(&self) -> impl Iterator<Item = &Match> {
        self.matches.iter().filter(|m| m.strength == Strength::Hard)
    }
    /// Sum of all penalties.
    #[must_use]
    pub fn objective(&self) -> i64 {
        self.matches.iter().map(|m| m.penalty).sum()
    }
    /// Penalty per rule.
    #[must_use]
    pub fn penalties(&self) -> BTreeMap<String, i64> {
        let mut sums = BTreeMap::new();
        for m in self.matches.iter().filter(|m| m.penalty != 0) {
            *sums.entry(m.rule.clone()).or_insert(0) += m.penalty;
        }
        sums
    }
}
