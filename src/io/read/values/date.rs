//! Dates in every form people and spreadsheets write.

use crate::io::read::text::plain;
use chrono::{Datelike, Days, NaiveDate};

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io::read) enum DateFault {
    /// Nothing like a date.
    Malformed,
    /// Day and month could be exchanged, or the year has two digits.
    Ambiguous,
    /// Month and day only, and nothing tells the year.
    NoYear,
    /// Looks like a date, but the calendar has no such day.
    NoSuchDay,
    /// A spreadsheet's serial number of this date.
    Serial(NaiveDate),
}

/// A date, and whether its year was supplied from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io::read) struct DateRead {
    /// The date.
    pub(in crate::io::read) date: NaiveDate,
    /// Whether the text had no year and `near` supplied it across a year's end.
    pub(in crate::io::read) guessed: bool,
}

/// Reads a date. `near`: first and last date of what is planned, to supply a missing year.
pub(in crate::io::read) fn parse_date(
    text: &str,
    near: Option<(NaiveDate, NaiveDate)>,
) -> Result<DateRead, DateFault> {
    if let [a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes()
        && let Some(n) = digits(&[*a, *b, *c, *d, *e, *f, *g, *h])
    {
        return whole(n / 10_000, n / 100 % 100, n % 100);
    }
    let folded = plain(text);
    let spelled = spelled_out(&folded);
    let mut rest: &str = spelled.trim();
    // `2026-12-01 00:00:00`, `2026-12-01T00:00`: what a spreadsheet makes of a date.
    if let Some((day, time)) = rest.split_once([' ', 'T'])
        && time.trim_matches(['0', ':', '.', 'Z']).is_empty()
    {
        rest = day;
    }
    let rest = strip_weekday(rest);
    let compact: String = rest.chars().filter(|c| !c.is_whitespace()).collect();
    let marked = compact.contains(['年', '月']);
    let cut = compact.trim_end_matches(['日', '号', '號']).replace(['年', '月'], "-");
    let parts: Vec<&str> = cut.split(['-', '/', '.']).collect();
    let numbers: Option<Vec<u32>> = parts
        .iter()
        .map(|p| if p.len() <= 8 && !p.is_empty() { digits(p.as_bytes()) } else { None })
        .collect();
    let numbers = numbers.ok_or(DateFault::Malformed)?;
    match (numbers.as_slice(), parts.as_slice()) {
        ([n], [p]) if p.len() == 8 => whole(n / 10_000, n / 100 % 100, n % 100),
        ([n], [p]) if p.len() == 5 && (36_526..=73_050).contains(n) => {
            let epoch = NaiveDate::from_ymd_opt(1899, 12, 30).ok_or(DateFault::Malformed)?;
            Err(DateFault::Serial(epoch + Days::new(u64::from(*n))))
        }
        ([y, m, d], [p, _, _]) if p.len() == 4 => whole(*y, *m, *d),
        ([_, _, _], _) => Err(if marked { DateFault::Malformed } else { DateFault::Ambiguous }),
        ([m, d], [p, q]) if p.len() <= 2 && q.len() <= 2 => without_year(*m, *d, near),
        _ => Err(DateFault::Malformed),
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
}

fn whole(year: u32, month: u32, day: u32) -> Result<DateRead, DateFault> {
    if !(1900..=2199).contains(&year) {
        return Err(DateFault::NoSuchDay);
    }
    let date = NaiveDate::from_ymd_opt(year as i32, month, day).ok_or(DateFault::NoSuchDay)?;
    Ok(DateRead { date, guessed: false })
}

fn without_year(month: u32, day: u32, near: Option<(NaiveDate, NaiveDate)>) -> Result<DateRead, DateFault> {
    if NaiveDate::from_ymd_opt(2024, month, day).is_none() {
        return Err(DateFault::NoSuchDay);
    }
    let (first, last) = near.ok_or(DateFault::NoYear)?;
    let distance = |d: NaiveDate| (first - d).num_days().max((d - last).num_days()).max(0);
    let candidates =
        (first.year() - 1..=last.year() + 1).filter_map(|y| NaiveDate::from_ymd_opt(y, month, day));
    let date = candidates.min_by_key(|d| distance(*d)).ok_or(DateFault::NoSuchDay)?;
    Ok(DateRead { date, guessed: date.year() != first.year() || first.year() != last.year() })
}

/// `2026-12-01(周二)`, `12月1日 星期二`, `2026-12-01 Tue`: the weekday behind a date says nothing new.
fn strip_weekday(text: &str) -> &str {
    let text = text.trim_end_matches([')', ']']);
    for lead in ["星期", "礼拜", "周"] {
        if let Some(at) = text.rfind(lead)
            && at > 0
        {
            return text[..at].trim_end_matches(['(', '[', ' ', ',']);
        }
    }
    let tail = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if super::word::weekday(&text[tail.len()..]).is_some() {
        return tail.trim_end_matches(['(', '[', ' ', ',']);
    }
    text
}

/// `二〇二六年十二月一日` in digits. Text with any ASCII digit is left alone.
fn spelled_out(text: &str) -> std::borrow::Cow<'_, str> {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let is_number = |c: char| c == '十' || c == '零' || c == '0' || DIGITS.contains(&c);
    if text.chars().any(|c| c.is_ascii_digit() && c != '0') || !text.contains('月') {
        return text.into();
    }
    let mut out = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (i, &c) in chars.iter().enumerate() {
        let digit = DIGITS.iter().position(|&d| d == c).map(|p| p + 1);
        let before = i > 0 && is_number(chars[i - 1]);
        let after = chars.get(i + 1).is_some_and(|&n| is_number(n));
        match (c, digit) {
            ('十', _) => out.push_str(match (before, after) {
                (true, true) => "",
                (true, false) => "0",
                (false, true) => "1",
                (false, false) => "10",
            }),
            ('零', _) => out.push('0'),
            (_, Some(n)) => out += &n.to_string(),
            (other, None) => out.push(other),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap_or(NaiveDate::MIN)
    }

    #[test]
    fn every_form_of_a_date_is_read() {
        for text in [
            "2026-12-01",
            "2026/12/1",
            "2026.12.1",
            "20261201",
            "2026年12月1日",
            "２０２６年１２月１日",
            "2026-12-01 00:00:00",
            "2026-12-01(周二)",
            "2026-12-01 Tue",
            "二〇二六年十二月一日",
            "2026年12月1号 星期二",
        ] {
            assert_eq!(parse_date(text, None).map(|r| r.date), Ok(day(2026, 12, 1)), "{text}");
        }
        assert_eq!(parse_date("二〇二六年十月二十一日", None).map(|r| r.date), Ok(day(2026, 10, 21)));
    }

    #[test]
    fn a_missing_year_comes_from_the_horizon() {
        let december = Some((day(2026, 12, 1), day(2026, 12, 31)));
        assert_eq!(parse_date("12月5日", december), Ok(DateRead { date: day(2026, 12, 5), guessed: false }));
        assert_eq!(parse_date("1/5", december), Ok(DateRead { date: day(2027, 1, 5), guessed: true }));
        assert_eq!(parse_date("12/5", None), Err(DateFault::NoYear));
    }

    #[test]
    fn what_is_no_date_is_said_precisely() {
        assert_eq!(parse_date("5/1/2026", None), Err(DateFault::Ambiguous));
        assert_eq!(parse_date("26-12-1", None), Err(DateFault::Ambiguous));
        assert_eq!(parse_date("2026-02-30", None), Err(DateFault::NoSuchDay));
        assert_eq!(parse_date("46027", None), Err(DateFault::Serial(day(2026, 1, 5))));
        for text in ["", "L", "周一", "2026", "a-b-c", "99999999999", "--"] {
            assert!(parse_date(text, None).is_err(), "{text}");
        }
    }
}
