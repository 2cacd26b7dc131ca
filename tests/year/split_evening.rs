//! Day and split evening with three people over a year: one works days, one evenings, the third relieves both.

use crate::months::{Centre, months_of};
use crate::support::Row;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Weeks from Saturday on: bands worked by each person.
fn weeks(rows: &[Row]) -> BTreeMap<NaiveDate, BTreeMap<&str, BTreeSet<&str>>> {
    let mut weeks: BTreeMap<NaiveDate, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for row in rows {
        let date: NaiveDate = row["date"].parse().expect("a date");
        let saturday = date - Days::new(u64::from((date.weekday().num_days_from_monday() + 2) % 7));
        let bands = weeks.entry(saturday).or_default().entry(&row["id"]).or_default();
        if !row["times"].is_empty() {
            bands.insert(&row["band"]);
        }
    }
    weeks
}

/// Whether a person's weeks go through day, evening and relief in turn, from some place of the cycle on.
fn in_turn(weeks: &[&BTreeSet<&str>]) -> bool {
    (0..3).any(|start| {
        weeks.iter().enumerate().all(|(i, bands)| match (start + i) % 3 {
            0 => !bands.contains("evening"),
            1 => !bands.contains("day"),
            _ => true,
        })
    })
}

/// Somebody who helps out in the week of the Spring Festival.
const HELPER: &str = "id,name,skills,start_date,end_date\n01,小云,旺旺,,\n02,小雨,旺旺,,\n03,阿杰,旺旺,,\n\
                      04,临时,旺旺,2026-02-16,2026-02-22\n";

/// Three to fifteen seconds a month.
const LIMIT: [&str; 2] = ["--work-limit", "100000000"];

/// Hours on rest days of each person, and how many of them a day off still has to answer.
type RestDays = BTreeMap<String, (String, String)>;

/// Plans a year month by month, asks for the cycle of three weeks, and gives the rest days worked by month.
fn year(
    centre: &mut Centre,
    year: i32,
    mut before: impl FnMut(&mut Centre, &str),
) -> BTreeMap<String, RestDays> {
    let mut rota = Vec::new();
    let mut rest_days = BTreeMap::new();
    for month in months_of(year) {
        before(centre, &month);
        let (rows, hours) = centre.plan(&month, &[], &LIMIT);
        let of = |r: &Row| (r["ot_200_hours"].clone(), r["comp_rest_owed_hours"].clone());
        rest_days.insert(month.clone(), hours.iter().map(|r| (r["id"].clone(), of(r))).collect());
        rota.extend(rows);
        meets_on_mondays(centre, &month);
    }
    let weeks = weeks(&rota);
    for id in ["01", "02", "03"] {
        let own: Vec<&BTreeSet<&str>> = weeks.values().filter_map(|w| w.get(id)).collect();
        assert!(in_turn(&own), "{id}: {own:?}");
    }
    println!("{rest_days:?}");
    rest_days
}

/// Weeks with four statutory days, and with three, leave three people one normal day, and two: the rest of fourteen
/// shifts is overtime whatever they do. In February 2026 it passes the cap of all three together (4 statutory days of
/// 17.2 hours, 24 hours on rest days and 28 hours of extension against 108 hours), so February has a helper.
///
/// `cargo test --release --test year -- --ignored split`: minutes.
#[test]
#[ignore = "takes minutes"]
fn three_people_take_turns_in_split_shifts_with_a_helper_in_one_week() {
    let mut centre = Centre::new("split-evening", "demand.csv", "2026-12-07");
    let rest_days = year(&mut centre, 2026, |centre, month| {
        if month == "2026-02" {
            let (code, said) = centre.attempt(month, &LIMIT);
            assert_eq!(code, 1, "February is too much for three people: {said}");
            centre.desk.put("base/staff.csv", HELPER);
        }
    });
    for (month, hours) in rest_days.iter().filter(|(month, _)| *month != "2026-02") {
        assert!(hours.values().all(|h| h.0 == h.1), "{month}: {hours:?}");
    }
}

/// In 2027 the Spring Festival lies in two weeks, and three people do it alone. A rest day worked in the last week of a
/// month is answered by a day off in the next one; when the year is over nothing is owed to anybody.
#[test]
#[ignore = "takes minutes"]
fn three_people_alone_take_turns_in_split_shifts_and_every_rest_day_worked_is_answered() {
    let mut centre = Centre::new("split-evening", "demand.csv", "2026-12-07");
    let rest_days = year(&mut centre, 2027, |_, _| {});
    for (month, hours) in &rest_days {
        assert!(hours.values().all(|h| h.0 == h.1), "{month}: {hours:?}");
    }
    let rotas: Vec<String> = months_of(2027).map(|m| format!("rota-{m}")).collect();
    let mut args = vec!["ledger", "case-2027-01", "-o", "ledger.csv"];
    args.extend(rotas.iter().map(String::as_str));
    centre.desk.must(&args);
    let rows = centre.desk.rows("ledger.csv");
    assert_eq!(rows.iter().filter(|r| r["month"].starts_with("2027-")).count(), 36);
    assert!(rows.iter().all(|r| r["comp_rest_owed_hours"] == "0.00"), "{rows:?}");
}

/// Everybody at work at 13:30 on a Monday is in the meeting but for one.
fn meets_on_mondays(centre: &Centre, month: &str) {
    let duties = centre.desk.rows(&format!("rota-{month}/duties.csv"));
    let first: NaiveDate = format!("{month}-01").parse().expect("a month");
    for date in first.iter_days().take_while(|d| d.month() == first.month()) {
        if date.weekday() != chrono::Weekday::Mon {
            continue;
        }
        let date = date.to_string();
        let at =
            |r: &&Row| r["date"] == date && r["start"].as_str() <= "13:30" && r["end"].as_str() >= "14:00";
        let there: Vec<&Row> = duties.iter().filter(at).collect();
        let meeting = there.iter().filter(|r| r["activity"] == "meeting").count();
        assert_eq!(meeting + 1, there.len(), "{date}: {there:?}");
    }
}
