//! Made-up months of any size, for trying the program out and for measuring it.
//!
//! Three shifts, three channels, half-hour demand, rotation by month, leave, requests, fairness, an overtime cap and
//! the week before: the size of the demand follows the number of people, so that a month is just about coverable
//! whatever its size, or, on request, is not.

mod demand;
mod people;

use crate::base::random::Random;
use chrono::{Days, NaiveDate};
use people::Worker;

/// What month to make up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of people, at least 3.
    pub people: usize,
    /// Seed of every random choice.
    pub seed: u64,
    /// Half as much demand again as the people can serve.
    pub understaffed: bool,
}

/// Days of the month made up: October 2026, which holds three statutory days.
const DAYS: usize = 31;

/// The files of a made-up case: name and text, LF between lines.
#[must_use]
pub fn files(size: &Size) -> Vec<(String, String)> {
    let mut random = Random::new(size.seed);
    let people = people::workers(size.people.max(3), &mut random);
    let file = |name: &str, lines: Vec<String>| (name.to_string(), lines.join("\n") + "\n");
    vec![
        file("staff.csv", people::staff(&people)),
        file("shifts.csv", SHIFTS.lines().map(str::to_string).collect()),
        file("channels.csv", CHANNELS.lines().map(str::to_string).collect()),
        file("rules.csv", RULES.lines().map(str::to_string).collect()),
        file("demand.csv", demand::rows(&people, size.understaffed, &mut random)),
        file("history.csv", people::history(&people)),
        file("leave.csv", leave(&people, &mut random)),
        file("requests.csv", requests(&people, &mut random)),
    ]
}

const SHIFTS: &str = "code,name,band,times,meal_minutes,meal_window,tail_minutes
E,早班,early,08:00-17:00,60,11:00-13:30,0
M,中班,mid,11:00-20:00,60,14:00-17:00,0
L,晚班,late,14:00-23:00,60,17:00-20:00,15";

const CHANNELS: &str = "channel,kind,target_pct,target_s,concurrency,deadline_h
voice,voice,80,20,,
chat,chat,80,60,3,
mail,deferred,,,,24";

const RULES: &str = "rule,scope,value,strength,weight
hours_system,,standard,hard,
overtime_cap_month,,36,hard,
overtime_cap_day,,3,hard,
min_rest_days_per_week,,1,hard,
max_consecutive_days,,6,hard,
min_rest_hours,,8,hard,
min_rest_hours,,11,soft,150
rotation,,month,hard,
rotation_order,,early>mid>late,hard,
handover_minutes,,15,hard,
min_on_duty,band:late&tag:senior,1,soft,500
weight_understaff,,10,soft,
weight_understaff,kind:voice,15,soft,
weight_overstaff,,1,soft,
weight_overtime,,2,soft,
weight_request,,300,soft,
fair_hours,,20,soft,
fair_weekends,,150,soft,
fair_holidays,,300,soft,";

/// Date of day `day` of the month made up; negative days lie before it.
fn date(day: i64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
    if day >= 0 { first + Days::new(day as u64) } else { first - Days::new(day.unsigned_abs()) }
}

/// About one person-day in twenty, in stretches of one to five days; one in five still waits for an answer.
fn leave(people: &[Worker], random: &mut Random) -> Vec<String> {
    let mut lines = vec!["id,from,to,kind,status".to_string()];
    for person in people {
        if random.below(2) == 0 {
            continue;
        }
        let (start, length) = (random.below(DAYS - 4) as i64, 1 + random.below(5) as i64);
        let kind = ["annual", "sick", "personal"][random.below(3)];
        let status = if random.below(5) == 0 { "pending" } else { "approved" };
        lines.push(format!("{},{},{},{kind},{status}", person.id, date(start), date(start + length - 1)));
    }
    lines
}

/// About three wishes for four people, most of them for a day off.
fn requests(people: &[Worker], random: &mut Random) -> Vec<String> {
    let mut lines = vec!["id,date,want,weight".to_string()];
    for person in people {
        if random.below(4) == 0 {
            continue;
        }
        let want = ["off", "off", "off", "off", "work", "!off"][random.below(6)];
        lines.push(format!(
            "{},{},{want},{}",
            person.id,
            date(random.below(DAYS) as i64),
            1 + random.below(3)
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_month() {
        let size = Size { people: 36, seed: 1, understaffed: false };
        assert_eq!(files(&size), files(&size));
        assert_ne!(files(&size), files(&Size { seed: 2, ..size }));
    }

    #[test]
    fn demand_grows_with_the_people_and_beyond_them_when_asked() {
        let total = |people, understaffed| -> i64 {
            let files = files(&Size { people, seed: 1, understaffed });
            let (_, text) = files.iter().find(|(n, _)| n == "demand.csv").expect("there is a demand");
            text.lines().skip(1).filter_map(|l| l.rsplit(',').next()?.parse::<i64>().ok()).sum()
        };
        let (twelve, many, short) = (total(12, false), total(120, false), total(120, true));
        assert!(many > 8 * twelve && many < 12 * twelve);
        assert!(short * 10 > many * 14);
    }

    #[test]
    fn any_number_of_people_from_three_on_is_served() {
        for people in [3, 5, 12, 400] {
            let files = files(&Size { people, seed: 3, understaffed: false });
            assert_eq!(files[0].1.lines().count(), people + 1);
        }
    }
}
