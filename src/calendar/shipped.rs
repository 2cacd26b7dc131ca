//! The holiday table that ships with the program (`data/holidays_cn.csv`).
//!
//! Sources: 国办发明电〔2024〕12号 (2025), 国办发明电〔2025〕7号 (2026); statutory days of 2027 by the State
//! Council's Order 795, the arrangement of that year not being published yet.

use super::{Calendar, CalendarDay, DayKind, Knowledge};
use chrono::NaiveDate;

/// `date,weekday,name,kind,reason,swapped_with`, no quoted cells.
const TABLE: &str = include_str!("../../data/holidays_cn.csv");

/// How much the table says of each year.
const YEARS: [(i32, Knowledge); 3] =
    [(2025, Knowledge::Full), (2026, Knowledge::Full), (2027, Knowledge::StatutoryOnly)];

/// The shipped calendar: 2025 and 2026 in full, of 2027 the statutory days alone.
#[must_use]
pub fn shipped() -> Calendar {
    let mut calendar = Calendar::empty();
    for line in TABLE.lines().skip(1) {
        if let Some((date, day)) = row(line) {
            calendar.set(date, day);
        }
    }
    for (year, knowledge) in YEARS {
        calendar.know(year, knowledge);
    }
    calendar
}

fn row(line: &str) -> Option<(NaiveDate, CalendarDay)> {
    let mut cells = line.split(',').map(str::trim);
    let date = cells.next()?.parse().ok()?;
    let name = cells.nth(1)?.to_owned();
    let kind = match cells.next()? {
        "statutory" => DayKind::Statutory,
        "holiday" => DayKind::Holiday,
        "workday" => DayKind::Workday,
        _ => return None,
    };
    Some((date, CalendarDay { kind, name, volume_factor: 1.0 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Whether the national arrangement has people at work on a date.
    fn works(calendar: &Calendar, d: NaiveDate) -> bool {
        match calendar.kind(d) {
            Some(DayKind::Statutory | DayKind::Holiday) => false,
            Some(DayKind::Workday) => true,
            _ => d.weekday().num_days_from_monday() < 5,
        }
    }

    fn year(y: i32) -> impl Iterator<Item = NaiveDate> {
        NaiveDate::from_ymd_opt(y, 1, 1).unwrap().iter_days().take_while(move |d| d.year() == y)
    }

    #[test]
    fn every_line_is_read_and_names_the_right_weekday() {
        for line in TABLE.lines().skip(1) {
            let (d, _) = row(line).unwrap_or_else(|| panic!("{line}"));
            let weekday = crate::calendar::WEEKDAYS_EN[d.weekday().num_days_from_monday() as usize];
            assert_eq!(line.split(',').nth(1), Some(weekday), "{line}");
        }
    }

    #[test]
    fn standard_days_are_those_of_the_arranged_calendar() {
        let months = [
            (2025, [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23]),
            (2026, [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]),
        ];
        let calendar = shipped();
        for (y, expected) in months {
            let mut days = [0; 12];
            for d in year(y).filter(|d| works(&calendar, *d)) {
                days[d.month0() as usize] += 1;
            }
            assert_eq!(days, expected, "{y}");
            assert_eq!(days.iter().sum::<i32>(), 248, "{y}");
        }
    }

    #[test]
    fn thirteen_statutory_days_a_year() {
        let calendar = shipped();
        for y in [2025, 2026, 2027] {
            assert_eq!(year(y).filter(|d| calendar.is_statutory(*d)).count(), 13, "{y}");
        }
    }

    #[test]
    fn statutory_days_are_those_of_the_law() {
        let calendar = shipped();
        let lists = [
            (2025, "1-1 1-28 1-29 1-30 1-31 4-4 5-1 5-2 5-31 10-1 10-2 10-3 10-6"),
            (2026, "1-1 2-16 2-17 2-18 2-19 4-5 5-1 5-2 6-19 9-25 10-1 10-2 10-3"),
            (2027, "1-1 2-5 2-6 2-7 2-8 4-5 5-1 5-2 6-9 9-15 10-1 10-2 10-3"),
        ];
        for (y, list) in lists {
            let found: Vec<String> = year(y)
                .filter(|d| calendar.is_statutory(*d))
                .map(|d| format!("{}-{}", d.month(), d.day()))
                .collect();
            assert_eq!(found.join(" "), list, "{y}");
        }
    }

    #[test]
    fn days_in_lieu_of_a_festival_on_a_weekend_are_rest_days_and_the_festival_stays_statutory() {
        let calendar = shipped();
        for d in ["2025-06-02", "2026-04-06", "2026-05-04", "2026-10-05"] {
            assert_eq!(calendar.kind(date(d)), Some(DayKind::Holiday), "{d}");
        }
        for d in ["2025-05-31", "2026-04-05", "2026-05-02", "2026-10-03"] {
            assert_eq!(calendar.kind(date(d)), Some(DayKind::Statutory), "{d}");
        }
    }

    #[test]
    fn mid_autumn_inside_the_national_holiday_is_statutory() {
        assert!(shipped().is_statutory(date("2025-10-06")));
    }

    #[test]
    fn make_up_days_are_work_days() {
        let calendar = shipped();
        let list = "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 \
                    2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10";
        let found: Vec<String> = [2025, 2026]
            .into_iter()
            .flat_map(year)
            .filter(|d| calendar.kind(*d) == Some(DayKind::Workday))
            .map(|d| d.to_string())
            .collect();
        assert_eq!(found.join(" "), list.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    #[test]
    fn it_says_which_years_it_knows() {
        let calendar = shipped();
        let known = [2024, 2025, 2026, 2027, 2028].map(|y| calendar.knowledge(y));
        use Knowledge::*;
        assert_eq!(known, [Unknown, Full, Full, StatutoryOnly, Unknown]);
    }
}
