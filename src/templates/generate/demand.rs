//! Half-hour demand that follows what the made-up people can serve.

use super::people::Worker;
use super::{DAYS, date};
use crate::base::clock;
use crate::base::random::Random;
use chrono::Datelike;

/// First and last minute of each band's shift and of the time in which its people eat.
const SHIFTS: [(i32, i32, i32, i32); 3] =
    [(480, 1020, 660, 810), (660, 1200, 840, 1020), (840, 1380, 1020, 1200)];

/// Share of its people that a band has at work on a day: 23 days of 31 are what the 36-hour cap leaves.
const PRESENT: f64 = 23.0 / 31.0 * 0.95;

/// Lines of `demand.csv`.
pub(super) fn rows(people: &[Worker], understaffed: bool, random: &mut Random) -> Vec<String> {
    let mut lines = vec!["date,start,end,channel,agents".to_string()];
    let load = if understaffed { 1.5 } else { 0.94 };
    let mail_people = people.iter().filter(|p| p.serves("mail")).count() as f64 / people.len() as f64;
    for day in 0..DAYS {
        let weekday = date(day as i64).weekday().num_days_from_monday() as usize;
        let season = if day < 3 { 0.85 } else { [1.05, 1.02, 1.0, 1.0, 1.0, 0.95, 0.95][weekday] };
        for start in (480..1380).step_by(30) {
            let noise = 0.94 + 0.12 * random.unit();
            let total = supply(people, start) * load * season * noise * damping(start);
            let mail = (total * (0.3 * mail_people)).round();
            let voice = (total * 0.52).round();
            let chat = (total - mail - voice).max(0.0).round();
            for (channel, agents) in [("voice", voice.max(1.0)), ("chat", chat), ("mail", mail)] {
                lines.push(format!(
                    "{},{},{},{channel},{agents}",
                    date(day as i64),
                    clock(start),
                    clock(start + 30)
                ));
            }
        }
    }
    lines
}

/// People at work and not eating in the half hour from `start`, on an ordinary day.
fn supply(people: &[Worker], start: i32) -> f64 {
    let of = |band: usize| {
        let (from, to, meal_from, meal_to) = SHIFTS[band];
        let eating =
            if start >= meal_from && start < meal_to { 60.0 / f64::from(meal_to - meal_from) } else { 0.0 };
        if start >= from && start < to { 1.0 - eating } else { 0.0 }
    };
    let present = [of(0), of(1), of(2)];
    people.iter().map(|p| present[p.band()]).sum::<f64>() * PRESENT
}

/// Share of the supply that contacts ask for. Three bands overlap in the afternoon, but the contacts do not treble; in
/// the half hours in which a band leaves, those who leave and those who take over are off the queue for a while.
fn damping(start: i32) -> f64 {
    match start {
        990 => 0.58,
        1170 | 1350 => 0.5,
        840..1020 => 0.82,
        _ => 1.0,
    }
}
