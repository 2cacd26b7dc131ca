//! Whole numbers, decimals and percentages.

use crate::io::read::text::plain;

/// A whole number; `30.0` is one, `1,200` too.
pub(in crate::io::read) fn parse_integer(text: &str) -> Option<i64> {
    let text = tidy(text);
    if let Ok(n) = text.parse::<i64>() {
        return Some(n);
    }
    let (whole, zeros) = text.split_once('.')?;
    zeros.bytes().all(|b| b == b'0').then(|| whole.parse().ok()).flatten()
}

/// A decimal number, finite.
pub(in crate::io::read) fn parse_decimal(text: &str) -> Option<f64> {
    let text = tidy(text);
    let starts = text.trim_start_matches(['-', '+', '.']).starts_with(|c: char| c.is_ascii_digit());
    text.parse::<f64>().ok().filter(|x| starts && x.is_finite())
}

/// A percentage as a number of hundredths: `80` and `80%` are both 80.
pub(in crate::io::read) fn parse_percent(text: &str) -> Option<f64> {
    let text = tidy(text);
    parse_decimal(text.trim_end_matches('%'))
}

/// An amount of money in yuan with at most two decimals, as cents; `¥` before it and `元` behind it are read over.
pub(in crate::io::read) fn parse_cents(text: &str) -> Option<i64> {
    let text = plain(text);
    let bare = text.trim().trim_start_matches('¥').trim_end_matches('元');
    let text = tidy(bare);
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let cents: i64 = match decimals.len() {
        0 => 0,
        1 | 2 => format!("{decimals:0<2}").parse().ok()?,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

fn tidy(text: &str) -> String {
    let text = plain(text);
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if is_grouped(&compact) { compact.replace(',', "") } else { compact }
}

/// Whether commas stand only before groups of three digits.
fn is_grouped(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or("");
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let lead = groups.next().unwrap_or("");
    let digits = |g: &str| g.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&lead.len()) && digits(lead) && groups.all(|g| g.len() == 3 && digits(g))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_full_width_and_with_groups() {
        assert_eq!(parse_integer("３０"), Some(30));
        assert_eq!(parse_integer("30.0"), Some(30));
        assert_eq!(parse_integer("1,200"), Some(1200));
        assert_eq!(parse_integer("−5"), Some(-5));
        assert_eq!(parse_decimal("12.5"), Some(12.5));
        assert_eq!(parse_percent("80％"), Some(80.0));
    }

    #[test]
    fn money_is_read_to_the_cent_and_no_further() {
        for (text, cents) in [
            ("25.50", 2550),
            ("25.5", 2550),
            ("25", 2500),
            ("0.01", 1),
            ("1,234.50", 123_450),
            ("6000.000", 600_000),
        ] {
            assert_eq!(parse_cents(text), Some(cents), "{text}");
        }
        assert_eq!((parse_cents("￥２５．５"), parse_cents("25.50 元")), (Some(2550), Some(2550)));
        for text in ["", "25.505", "-5", "+5", ".5", "1e3", "x", "25,5", "¥", "99999999999999999999"] {
            assert_eq!(parse_cents(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "x", "1.5", "1,2", "99999999999999999999", "1;2"] {
            assert_eq!(parse_integer(text), None, "{text}");
        }
        for text in ["inf", "NaN", "1e999", "--1", "."] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }
}
