//! Two months in a row: the first one's output is the second one's history.

use crate::support::{Desk, Row, wants_honest_figures};
use chrono::NaiveDate;
use std::collections::BTreeMap;

#[test]
fn a_month_solved_from_the_last_ones_output_keeps_every_rule_across_the_border() {
    let desk = Desk::new();
    desk.must(&["new", "december", "--template", "two-shift"]);
    desk.must(&["solve", "december", "-o", "rota12", "--work-limit", "10000000", "--seed", "1"]);
    std::fs::create_dir(desk.path("january")).expect("a folder can be made");
    for file in ["staff.csv", "shifts.csv", "channels.csv", "rules.csv", "meetings.csv"] {
        desk.put(&format!("january/{file}"), &desk.text(&format!("december/{file}")));
    }
    desk.put("january/forecast.csv", &desk.text("december/forecast.csv").replace("2026-12-", "2027-01-"));
    desk.put("january/history.csv", &desk.text("rota12/rota.csv"));
    desk.must(&["solve", "january", "-o", "rota01", "--work-limit", "10000000", "--seed", "1"]);
    desk.must(&["check", "january", "rota01"]);
    wants_honest_figures(&desk, "rota01");

    let mut days: BTreeMap<String, BTreeMap<NaiveDate, Row>> = BTreeMap::new();
    for row in desk.rows("rota12/rota.csv").into_iter().chain(desk.rows("rota01/rota.csv")) {
        let date = row["date"].parse().expect("an ISO date");
        days.entry(row["id"].clone()).or_default().insert(date, row);
    }
    for (id, days) in &days {
        assert_eq!(days.len(), 62, "{id} has a row every day");
        longest_run_is_six(id, days);
        rest_is_eight_hours(id, days);
        one_band_a_week(id, days);
    }
}

fn works(row: &Row) -> bool {
    !row["start"].is_empty()
}

fn minutes(clock: &str) -> i64 {
    let (h, m) = clock.split_once(':').expect("HH:MM");
    h.parse::<i64>().expect("hours") * 60 + m.parse::<i64>().expect("minutes")
}

fn longest_run_is_six(id: &str, days: &BTreeMap<NaiveDate, Row>) {
    let mut run = 0;
    for (date, row) in days {
        run = if works(row) { run + 1 } else { 0 };
        assert!(run <= 6, "{id} works {run} days in a row on {date}");
    }
}

fn rest_is_eight_hours(id: &str, days: &BTreeMap<NaiveDate, Row>) {
    let rows: Vec<&Row> = days.values().collect();
    for pair in rows.windows(2).filter(|p| works(p[0]) && works(p[1])) {
        let rest = 1440 + minutes(&pair[1]["start"]) - minutes(&pair[0]["end"]);
        assert!(rest >= 480, "{id} rests {rest} minutes before {}", pair[1]["date"]);
    }
}

fn one_band_a_week(id: &str, days: &BTreeMap<NaiveDate, Row>) {
    use chrono::Datelike;
    let mut bands: BTreeMap<_, String> = BTreeMap::new();
    for (date, row) in days.iter().filter(|(_, r)| works(r)) {
        let band = bands.entry(date.iso_week()).or_insert_with(|| row["band"].clone());
        assert_eq!(*band, row["band"], "{id} changes the band inside the week of {date}");
    }
}
