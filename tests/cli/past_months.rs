//! Months that have passed, made of a simple pattern.

use chrono::{Datelike, NaiveDate};

/// The header of a rota.
pub(crate) const HEADER: &str = "date,id,name,team,shift,band,times,paid_minutes,overtime_minutes\n";

/// A rota of two people for the days of a month, 2026-MM. 007 works late from Monday to Saturday, E2 early from Monday to
/// Friday. The overtime is that of the standard system, statutory days left out.
pub(crate) fn month(month: u32) -> String {
    let mut text = HEADER.to_owned();
    let first = NaiveDate::from_ymd_opt(2026, month, 1).expect("a date");
    for date in first.iter_days().take_while(|d| d.month() == month) {
        let weekday = date.weekday().num_days_from_monday();
        text += &match weekday {
            0..=4 => format!(
                "{date},007,张伟,A,L,late,14:00-22:30,480,0\n{date},E2,李娜,A,E,early,08:00-16:30,480,0\n"
            ),
            5 => format!("{date},007,张伟,A,L,late,14:00-22:30,480,480\n{date},E2,李娜,A,OFF,,,0,0\n"),
            _ => format!("{date},007,张伟,A,OFF,,,0,0\n{date},E2,李娜,A,OFF,,,0,0\n"),
        };
    }
    text
}
