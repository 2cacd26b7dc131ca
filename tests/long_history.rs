//! Reading a long history takes time in proportion to its rows, and so does adding it up.

use chrono::{Days, NaiveDate};
use paiban::io::read::read_record;
use paiban::pay::{Classes, balances};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const PEOPLE: usize = 30;

/// A rota of so many days before 2026-11-01.
fn written(folder: &tempfile::TempDir, days: u64) -> PathBuf {
    let mut text = String::from("date,id,name,team,shift,band,times,paid_minutes,overtime_minutes\n");
    let last = NaiveDate::from_ymd_opt(2026, 10, 31).expect("a date");
    for date in (0..days).rev().map(|d| last - Days::new(d)) {
        for p in 0..PEOPLE {
            let _ = writeln!(text, "{date},E{p:03},N{p},A,L,late,14:00-23:00,480,0");
        }
    }
    let path = folder.path().join(format!("{days}.csv"));
    std::fs::write(&path, text).expect("a file can be written");
    path
}

/// The shortest of some times that reading and counting takes.
fn fastest(path: &PathBuf, days: u64) -> Duration {
    let once = || {
        let begun = Instant::now();
        let (record, findings) = read_record(std::slice::from_ref(path));
        let case = record.unwrap_or_else(|| panic!("{findings:?}")).case;
        let counted = balances(&case, Classes::Rules, None);
        let worked: i64 = counted.iter().flat_map(|p| &p.total).map(|t| t.days_worked).sum();
        assert_eq!(worked as usize, PEOPLE * days as usize);
        begun.elapsed()
    };
    (0..4).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn four_times_the_days_take_about_four_times_as_long() {
    let folder = tempfile::tempdir().expect("a folder");
    let (quarter, year) = (written(&folder, 91), written(&folder, 364));
    let (short, long) = (fastest(&quarter, 91), fastest(&year, 364));
    // Anything that looks at all rows for each row would take sixteen times as long.
    assert!(long < short * 10, "{short:?} for a quarter, {long:?} for a year");
}
