//! solve and check with a history that holds most of a year: what they count is derived by hand.

use super::past_months::{HEADER, month};
use super::support::Desk;

/// A desk whose case has January to October 2026 behind it; its week is 2 to 8 November.
fn desk() -> Desk {
    let desk = Desk::new();
    let rows = (1..=10).map(|m| month(m)[HEADER.len()..].to_owned());
    desk.put("case/history.csv", &(HEADER.to_owned() + &rows.collect::<String>()));
    desk
}

fn rows(desk: &Desk, file: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(desk.path(file)).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let cells =
        |r: csv::StringRecord| header.iter().zip(r.iter()).map(|(h, c)| (h.into(), c.into())).collect();
    reader.records().map(|r| cells(r.expect("a row"))).collect()
}

fn cell<'a>(row: &'a [(String, String)], name: &str) -> &'a str {
    row.iter().find(|(header, _)| header == name).map(|(_, cell)| cell.as_str()).expect("a column")
}

#[test]
fn fairness_counts_the_weekends_of_the_whole_year() {
    let desk = desk();
    desk.replace("case/rules.csv", "fair_hours,,5,,\n", "fair_weekends,,5,,\n");
    let json: serde_json::Value =
        serde_json::from_str(&desk.solve("-o out --format json").out).expect("JSON");
    assert_eq!(desk.run("check case out").code, 0);
    // 007 has worked the 44 Saturdays from 3 January to 31 October, E2 none; E3 is not known for three quarters of the
    // time. What the week adds stands in hours.csv.
    let hours = rows(&desk, "out/hours.csv");
    let weekends = |i: usize| cell(&hours[i], "weekends").parse::<i64>().expect("a number");
    assert_eq!(
        json["summary"]["penalties"]["fair_weekends"].as_i64(),
        Some(5 * (44 + weekends(0) - weekends(1)))
    );
    assert_eq!(weekends(1), 1, "the weekend goes to the one who has had none");
}

#[test]
fn a_year_of_comprehensive_hours_is_counted_from_its_first_day() {
    let desk = desk();
    desk.replace(
        "case/rules.csv",
        "fair_hours,,5,,\n",
        "hours_system,,comprehensive:year,hard,\novertime_cap_month,,36,hard,\n",
    );
    desk.solve("-o out");
    assert_eq!(desk.run("check case out").code, 0);
    // 劳部发[1994]503号 art. 5, by the calendar. January to November 2026: 238 Mondays to Fridays − 13 statutory days = 225 ×
    // 8 = 1,800 h. 007 has worked 304 days − 43 Sundays = 261 to the end of October, 12 of them statutory: 249 × 8 =
    // 1,992 h. Eleven months of the cap (Labour Law art. 41) are 396 h: 396 − 192 = 204 less what the week adds.
    let hours = rows(&desk, "out/hours.csv");
    let hundredths = |name: &str| cell(&hours[0], name).replace('.', "").parse::<i64>().expect("hours");
    assert_eq!(hundredths("overtime_cap"), 39_600);
    assert_eq!(hundredths("headroom_hours"), 20_400 - hundredths("paid_hours"));
    assert_eq!(hundredths("overtime_hours"), 0, "the year is paid out in December");
}
