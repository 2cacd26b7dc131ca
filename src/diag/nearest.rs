//! The known word that a misspelt one most likely stands for.

/// The nearest of the known words by Damerau–Levenshtein distance, ignoring case; `None` when none is near.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word of many thousand characters is near to nothing, and measuring it would take for ever.
    if word.chars().nth(80).is_some() {
        return None;
    }
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let other = candidate.to_lowercase();
        let length = lower.chars().count().max(other.chars().count());
        let same_digits = |a: &str, b: &str| a.trim_start_matches('0') == b.trim_start_matches('0');
        let distance = if !lower.is_empty() && same_digits(&lower, &other) {
            0
        } else {
            strsim::damerau_levenshtein(&lower, &other)
        };
        // Half of a two-letter code may be wrong, a third of a longer word.
        let limit = if length <= 2 { 1 } else { (length / 3).max(1) };
        if length > 1 && distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_its_neighbour() {
        assert_eq!(nearest("sklls", ["id", "skills", "team"]), Some("skills"));
        assert_eq!(nearest("7", ["006", "007"]), Some("007"));
        assert_eq!(nearest("zzz", ["id", "skills"]), None);
    }
}
