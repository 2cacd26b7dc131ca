//! The files of a simulation.

use super::OutputFile;
use super::cells::{Sheet, share};
use crate::base::{Lang, clock};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::report::{SimulatedDay, SimulationReport};
use crate::simulate::{Figures, Interval95};
use chrono::Datelike;

/// Names of all files of a simulation.
pub const SIMULATION_FILE_NAMES: [&str; 3] = ["simulation.csv", "simulation_days.csv", "simulation.json"];

const COUNTED: [&str; 12] = [
    "volume",
    "predicted",
    "service_level",
    "level_low",
    "level_high",
    "wait_s",
    "wait_low",
    "wait_high",
    "abandoned",
    "backlog",
    "backlog_low",
    "backlog_high",
];

/// All files of a simulation, in the order of [`SIMULATION_FILE_NAMES`].
///
/// # Errors
/// When a table cannot be turned into bytes.
pub fn simulation_files(report: &SimulationReport, lang: Lang) -> Result<Vec<OutputFile>, std::io::Error> {
    let mut summary = serde_json::to_vec_pretty(&report.summary).map_err(std::io::Error::other)?;
    summary.push(b'\n');
    let bytes = |sheet: Sheet| sheet.bytes().map_err(std::io::Error::other);
    Ok(vec![
        OutputFile { name: "simulation.csv".into(), bytes: bytes(intervals(report, lang))? },
        OutputFile { name: "simulation_days.csv".into(), bytes: bytes(days(report, lang))? },
        OutputFile { name: "simulation.json".into(), bytes: summary },
    ])
}

fn intervals(report: &SimulationReport, lang: Lang) -> Sheet {
    let columns: Vec<&str> =
        ["date", "start", "end", "channel"].into_iter().chain(COUNTED).chain(["late_contacts"]).collect();
    let mut sheet = Sheet::new(&columns, lang);
    for r in &report.intervals {
        let mut row = vec![r.date.to_string(), clock(r.time.start), clock(r.time.end), r.channel.clone()];
        row.extend(counted(r.volume, r.predicted, r.level, &r.figures));
        sheet.push(row);
    }
    sheet
}

fn days(report: &SimulationReport, lang: Lang) -> Sheet {
    let columns: Vec<&str> = ["date", "weekday", "channel"]
        .into_iter()
        .chain(COUNTED)
        .chain(["late_contacts", "difference_points"])
        .collect();
    let mut sheet = Sheet::new(&columns, lang);
    for r in &report.days {
        let place = r.date.weekday().num_days_from_monday() as usize;
        let weekday = if lang == Lang::Zh { WEEKDAYS_ZH[place] } else { WEEKDAYS_EN[place] };
        let mut row = vec![r.date.to_string(), weekday.to_owned(), channel_name(r, lang)];
        row.extend(counted(r.figures.offered, r.predicted, r.level, &r.figures));
        row.push(r.difference().map(|d| format!("{d:.2}")).unwrap_or_default());
        sheet.push(row);
    }
    sheet
}

/// The channel, or the word for all queues together.
fn channel_name(day: &SimulatedDay, lang: Lang) -> String {
    day.channel.clone().unwrap_or_else(|| super::cells::word("TOTAL", lang))
}

fn counted(volume: f64, predicted: Option<f64>, level: Option<Interval95>, f: &Figures) -> Vec<String> {
    let two = |v: f64| format!("{v:.2}");
    let opt = |v: Option<f64>| v.map(two).unwrap_or_default();
    vec![
        two(volume),
        share(predicted),
        share(level.map(|l| l.mean)),
        share(level.map(|l| l.low)),
        share(level.map(|l| l.high)),
        opt(f.wait_s.map(|w| w.mean)),
        opt(f.wait_s.map(|w| w.low)),
        opt(f.wait_s.map(|w| w.high)),
        share(f.abandoned.map(|a| a.mean)),
        two(f.queue.mean),
        two(f.queue.low),
        two(f.queue.high),
        two(f.late.mean),
    ]
}
