//! Times of day and stretches of them, in every form people write.

use crate::base::{DAY_MINUTES, Minute, Span};
use crate::io::read::text::plain;

/// Why a text is not a list of stretches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io::read) enum TimesFault {
    /// Not of the form `08:00-17:00`.
    Malformed,
    /// Two stretches overlap, or are out of order.
    Overlap,
    /// First start to last end is more than 24 hours.
    TooLong,
}

/// One time of day, up to `48:00`.
pub(in crate::io::read) fn parse_time(text: &str) -> Option<Minute> {
    if let [a, b, b':', c, d] = text.as_bytes()
        && [a, b, c, d].iter().all(|x| x.is_ascii_digit())
    {
        let number = |x: u8, y: u8| Minute::from(x - b'0') * 10 + Minute::from(y - b'0');
        return minute_of(number(*a, *b), number(*c, *d));
    }
    let chars = folded(text);
    if let Some(fraction) = spreadsheet_fraction(&chars) {
        return Some(fraction);
    }
    let mut scan = Scan { chars: &chars, at: 0 };
    let clock = scan.clock()?;
    scan.done().then_some(clock.minute)
}

/// One stretch such as `11:00-13:30`; an end not after its start means the next day.
pub(in crate::io::read) fn parse_span(text: &str) -> Option<Span> {
    let chars = folded(text);
    let mut scan = Scan { chars: &chars, at: 0 };
    let span = scan.span()?;
    scan.done().then_some(span)
}

/// The stretches of a shift: `10:00-14:00+17:30-23:00`, also with `/ 、 , ;` between them or nothing at all.
pub(in crate::io::read) fn parse_times(text: &str) -> Result<Vec<Span>, TimesFault> {
    let chars = folded(text);
    let mut scan = Scan { chars: &chars, at: 0 };
    let mut spans: Vec<Span> = Vec::new();
    while !scan.done() {
        if !spans.is_empty() {
            scan.skip(&['+', '/', ',', ';', '&', '和', '及', '|']);
        }
        let mut span = scan.span().ok_or(TimesFault::Malformed)?;
        if let Some(last) = spans.last()
            && span.start < last.end
        {
            // `18:00-22:00+00:00-04:00`: the second stretch lies after midnight when that is near enough.
            let later = span.shifted(DAY_MINUTES);
            if later.start < last.end || later.start - last.end > 8 * 60 {
                return Err(TimesFault::Overlap);
            }
            span = later;
        }
        spans.push(span);
        if spans.len() > 12 {
            return Err(TimesFault::Malformed);
        }
    }
    match (spans.first(), spans.last()) {
        (Some(first), Some(last)) if last.end - first.start > DAY_MINUTES => Err(TimesFault::TooLong),
        (Some(_), Some(_)) => Ok(spans),
        _ => Err(TimesFault::Malformed),
    }
}

fn folded(text: &str) -> Vec<char> {
    plain(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).take(400).collect()
}

fn minute_of(hour: Minute, minute: Minute) -> Option<Minute> {
    let total = hour * 60 + minute;
    ((0..60).contains(&minute) && total <= 2 * DAY_MINUTES).then_some(total)
}

/// A spreadsheet keeps times as fractions of a day: `0.354166666` is 08:30.
fn spreadsheet_fraction(chars: &[char]) -> Option<Minute> {
    let text: String = chars.iter().collect();
    let decimals = text.split_once('.')?.1;
    let days: f64 = text.parse().ok()?;
    (decimals.len() >= 2 && (0.0..2.0).contains(&days))
        .then(|| (days * f64::from(DAY_MINUTES)).round() as Minute)
}

/// A time as it was written, before it is paired with another.
struct Clock {
    minute: Minute,
    /// Whether 下午, 晚上 or pm stood with it.
    afternoon: bool,
    /// Whether anything said which half of the day or which day is meant.
    marked: bool,
    /// Whether it was written with 点 (which people use for hours of both halves of the day).
    spoken: bool,
}

struct Scan<'a> {
    chars: &'a [char],
    at: usize,
}

impl Scan<'_> {
    fn done(&self) -> bool {
        self.at >= self.chars.len()
    }
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }
    fn take(&mut self, word: &str) -> bool {
        let length = word.chars().count();
        let hit = word.chars().enumerate().all(|(i, c)| self.peek(i) == Some(c));
        if hit {
            self.at += length;
        }
        hit
    }
    fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|w| self.take(w))
    }
    fn skip(&mut self, marks: &[char]) {
        while self.peek(0).is_some_and(|c| marks.contains(&c)) {
            self.at += 1;
        }
    }
    fn digits_ahead(&self) -> usize {
        (0..).take_while(|&i| self.peek(i).is_some_and(|c| c.is_ascii_digit())).count()
    }
    fn number(&mut self, length: usize) -> Option<Minute> {
        let mut value = 0;
        for _ in 0..length {
            value = value * 10 + self.peek(0)?.to_digit(10)? as Minute;
            self.at += 1;
        }
        Some(value)
    }

    fn clock(&mut self) -> Option<Clock> {
        let next_day = self.take_any(&["次日", "翌日", "第二天", "隔天", "+1"]);
        let night = self.take_any(&["晚上", "夜里", "夜间", "晚"]);
        let noon = !night && self.take("中午");
        let mut afternoon = night || noon || self.take_any(&["下午", "傍晚"]);
        let mut morning = !afternoon && self.take_any(&["凌晨", "清晨", "早上", "上午", "早"]);
        let count = self.digits_ahead();
        let mut spoken = false;
        let (hour, minute) = match (count, self.peek(count)) {
            (1 | 2, Some(':')) => {
                let hour = self.number(count)?;
                self.at += 1;
                let minute = self.number(2)?;
                // Seconds, as spreadsheets add them; only whole minutes exist here.
                if self.peek(0) == Some(':') {
                    self.at += 1;
                    if self.number(2)? != 0 {
                        return None;
                    }
                }
                (hour, minute)
            }
            (1 | 2, Some('点' | '點' | '时' | '時')) => {
                spoken = true;
                let hour = self.number(count)?;
                self.at += 1;
                (hour, self.spoken_minutes()?)
            }
            (3 | 4, _) => (self.number(count - 2)?, self.number(2)?),
            _ => return None,
        };
        if self.take("pm") {
            afternoon = true;
        } else if self.take("am") {
            morning = true;
        }
        let hour = match hour {
            0..12 if afternoon && !(noon && hour >= 10) => hour + 12,
            12 if night => 24,
            12 if morning => 0,
            _ => hour,
        };
        let minute = minute_of(hour, minute)? + if next_day { DAY_MINUTES } else { 0 };
        let marked = next_day || afternoon || morning;
        (minute <= 2 * DAY_MINUTES).then_some(Clock { minute, afternoon, marked, spoken })
    }

    fn spoken_minutes(&mut self) -> Option<Minute> {
        if self.take("半") {
            return Some(30);
        }
        if self.take("一刻") {
            return Some(15);
        }
        if self.take("三刻") {
            return Some(45);
        }
        self.take("整");
        // `8点17点半` runs two times together: digits before another 点 are not minutes.
        let count = self.digits_ahead();
        if !(1..=2).contains(&count) || matches!(self.peek(count), Some('点' | '點' | '时' | '時' | ':'))
        {
            return Some(0);
        }
        let minute = self.number(count)?;
        self.take("分");
        Some(minute)
    }

    fn span(&mut self) -> Option<Span> {
        let start = self.clock()?;
        let before = self.at;
        self.skip(&['-', '~', '至', '到']);
        if self.at == before {
            return None;
        }
        let end = self.clock()?;
        let mut last = end.minute;
        // 下午1点半到5点: the second hour is of the same half of the day.
        if start.afternoon && end.spoken && !end.marked && last < 12 * 60 && last + 12 * 60 > start.minute {
            last += 12 * 60;
        }
        // `08:00-08:00` is a slip; `00:00-00:00` is how people write a whole day.
        if last == start.minute && last > 0 {
            return None;
        }
        if last <= start.minute {
            last += DAY_MINUTES;
        }
        let span = Span::new(start.minute, last);
        (start.minute < 2 * DAY_MINUTES && span.end <= 3 * DAY_MINUTES).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hm(h: Minute, m: Minute) -> Minute {
        h * 60 + m
    }

    #[test]
    fn every_form_of_a_time_is_read() {
        for (text, minute) in [
            ("8:30", hm(8, 30)),
            ("08:30", hm(8, 30)),
            ("0830", hm(8, 30)),
            ("8：30", hm(8, 30)),
            ("８：３０", hm(8, 30)),
            ("8点", hm(8, 0)),
            ("8点半", hm(8, 30)),
            ("8时30分", hm(8, 30)),
            ("上午8:30", hm(8, 30)),
            ("下午1点半", hm(13, 30)),
            ("晚上11点", hm(23, 0)),
            ("中午12点", hm(12, 0)),
            ("凌晨12点", 0),
            ("24:00", hm(24, 0)),
            ("24点", hm(24, 0)),
            ("次日02:00", hm(26, 0)),
            ("翌日2:00", hm(26, 0)),
            ("26:00", hm(26, 0)),
            ("00:00", 0),
            ("08:30:00", hm(8, 30)),
            ("1:30 PM", hm(13, 30)),
            ("0.354166667", hm(8, 30)),
        ] {
            assert_eq!(parse_time(text), Some(minute), "{text}");
        }
        for text in ["", "8", "25", "8:3", "8:60", "49:00", "早班", "8:30x", "08:30:30", "次日49:00"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn ranges_may_use_any_dash_or_word() {
        for text in [
            "8:30-17:00",
            "8:30–17:00",
            "8:30—17:00",
            "8:30~17:00",
            "8:30～17:00",
            "8:30至17:00",
            "8点半到17点",
        ] {
            assert_eq!(parse_span(text), Some(Span::new(hm(8, 30), hm(17, 0))), "{text}");
        }
        assert_eq!(parse_span("22:00-06:00"), Some(Span::new(hm(22, 0), hm(30, 0))));
        assert_eq!(parse_span("16:30-00:00"), Some(Span::new(hm(16, 30), hm(24, 0))));
        assert_eq!(parse_span("22:00-次日02:00"), Some(Span::new(hm(22, 0), hm(26, 0))));
        assert_eq!(parse_span("下午1点半-5点"), Some(Span::new(hm(13, 30), hm(17, 0))));
    }

    #[test]
    fn segments_may_run_together() {
        let split = Ok(vec![Span::new(600, 840), Span::new(1050, 1380)]);
        for text in [
            "10:00-14:00+17:30-23:00",
            "10:00-14:0017:30-23:00",
            "10:00-14:00/17:30-23:00",
            "10:00-14:00、17:30-23:00",
            "10:00-14:00, 17:30-23:00",
            "10:00-14:00；17:30-23:00",
        ] {
            assert_eq!(parse_times(text), split, "{text}");
        }
        assert_eq!(
            parse_times("18:00-22:00+00:00-04:00"),
            Ok(vec![Span::new(1080, 1320), Span::new(1440, 1680)])
        );
    }

    #[test]
    fn impossible_segments_are_refused() {
        assert_eq!(parse_times("08:00-12:00+11:00-15:00"), Err(TimesFault::Overlap));
        assert_eq!(parse_times("08:00-33:00"), Err(TimesFault::TooLong));
        assert_eq!(parse_times("08:00-08:00"), Err(TimesFault::Malformed));
        assert_eq!(parse_times("00:00-00:00"), Ok(vec![Span::new(0, 1440)]));
        assert_eq!(parse_times("08:00-17:00中班:11:00-20:00"), Err(TimesFault::Malformed));
        assert_eq!(parse_times(""), Err(TimesFault::Malformed));
        assert_eq!(parse_times("+"), Err(TimesFault::Malformed));
    }
}
