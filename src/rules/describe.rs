//! The catalogue of rules as texts, for `paiban rules` and the manual.

use super::{RuleSpec, SPECS, TermKind, expected};
use crate::base::{Lang, Text};
use serde::Serialize;

/// A rule in words of one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleDescription {
    /// Name in `rules.csv`.
    pub name: String,
    /// The other name that is accepted: Chinese.
    pub chinese_name: String,
    /// What it means.
    pub meaning: String,
    /// What may be written as its value.
    pub value: String,
    /// Value that holds without a row; empty when the rule then has no effect.
    pub default: String,
    /// `hard`, `hard or soft`, or that it is a setting or a price.
    pub strength: String,
    /// Scope terms it understands.
    pub scope: String,
    /// A row of `rules.csv`.
    pub example: String,
    /// What it costs the solver.
    pub cost: String,
    /// Law article or house rule it comes from.
    pub source: String,
}

/// Every rule in words, in the order of the format page.
#[must_use]
pub fn describe(lang: Lang) -> Vec<RuleDescription> {
    SPECS.iter().map(|s| describe_one(s, lang)).collect()
}

fn describe_one(spec: &RuleSpec, lang: Lang) -> RuleDescription {
    let say = |t: Text| t.get(lang).to_owned();
    let strength = if spec.can_be_soft {
        Text::new("hard or soft", "硬约束或软约束")
    } else if spec.value == super::ValueKind::Weight {
        Text::new("a price", "罚分权重")
    } else {
        Text::new("a setting", "设置项")
    };
    RuleDescription {
        name: spec.name.to_owned(),
        chinese_name: spec.zh.to_owned(),
        meaning: say((spec.meaning)()),
        value: say(expected(spec.value)),
        default: spec.default.to_owned(),
        strength: say(strength),
        scope: spec.terms.iter().map(|t| term_words(*t)).collect::<Vec<_>>().join(" "),
        example: spec.example.to_owned(),
        cost: say((spec.cost)()),
        source: say((spec.source)()),
    }
}

/// The words before the colon of a family of terms.
fn term_words(kind: TermKind) -> &'static str {
    match kind {
        TermKind::Person => "team: contract: id: tag: channel: kind:",
        TermKind::Shift => "shift: band:",
        TermKind::Channel => "channel: kind:",
        TermKind::Day => "weekday: date: day:",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rules_are_described_in_both_languages() {
        let (en, zh) = (describe(Lang::En), describe(Lang::Zh));
        assert_eq!(en.len(), SPECS.len());
        assert!(en.iter().zip(&zh).all(|(e, z)| e.name == z.name && e.meaning != z.meaning));
    }
}
