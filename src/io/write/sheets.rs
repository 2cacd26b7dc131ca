//! The files of a rota: which columns each has and what stands in them.

use super::OutputFile;
use super::cells::{Sheet, decimals, hours, pick, share, word};
use super::handover_sheets::handover_sheets;
use super::page::page;
use super::standing_in;
use super::workbook::workbook;
use crate::base::{Lang, clock, words};
use crate::calendar::{WEEKDAYS_EN, WEEKDAYS_ZH};
use crate::model::{DayCell, HandoverKind, Strength};
use crate::report::{Grid, Report, RotaLine, hundredths};
use crate::rules::wording;

/// Names of all files of a rota, in the order of the format page.
pub const FILE_NAMES: [&str; 14] = [
    "rota.xlsx",
    "rota.html",
    "rota.csv",
    "duties.csv",
    "handover.csv",
    "handover_sheets.html",
    "tails.csv",
    "substitutes.csv",
    "coverage.csv",
    "hours.csv",
    "payroll.csv",
    "grid.csv",
    "score.csv",
    "summary.json",
];

/// All files of a rota, in the order of [`FILE_NAMES`].
///
/// # Errors
/// When a table cannot be turned into bytes.
pub fn files(report: &Report, lang: Lang) -> Result<Vec<OutputFile>, std::io::Error> {
    let sheets: [(&'static str, Sheet); 10] = [
        ("rota.csv", rota(report, lang)),
        ("duties.csv", duties(report, lang)),
        ("handover.csv", handover(report, lang)),
        ("tails.csv", standing_in::tails(report, lang)),
        ("substitutes.csv", standing_in::substitutes(report, lang)),
        ("coverage.csv", coverage(report, lang)),
        ("hours.csv", hours_sheet(report, lang)),
        ("payroll.csv", payroll(report, lang)),
        ("grid.csv", grid(&report.grid, lang)),
        ("score.csv", score(report, lang)),
    ];
    let mut files = Vec::with_capacity(sheets.len() + 4);
    let bytes = workbook(report, lang).map_err(std::io::Error::other)?;
    files.push(OutputFile { name: "rota.xlsx".into(), bytes });
    let bytes = page(report, lang).map_err(std::io::Error::other)?;
    files.push(OutputFile { name: "rota.html".into(), bytes });
    for (name, sheet) in sheets {
        files.push(OutputFile { name: name.into(), bytes: sheet.bytes().map_err(std::io::Error::other)? });
        if name == "handover.csv" {
            let bytes = handover_sheets(report, lang);
            files.push(OutputFile { name: "handover_sheets.html".into(), bytes });
        }
    }
    let mut summary = serde_json::to_vec_pretty(&report.summary).map_err(std::io::Error::other)?;
    summary.push(b'\n');
    files.push(OutputFile { name: "summary.json".into(), bytes: summary });
    Ok(files)
}

/// The word of a rota's cell for `cell`: a code, `OFF`, the leave's kind, or `-`.
pub(super) fn cell_text(cell: &DayCell, code: Option<&str>, lang: Lang) -> String {
    match cell {
        DayCell::Work(_) => code.unwrap_or_default().to_owned(),
        DayCell::Off => word("OFF", lang),
        DayCell::Leave(kind) => pick(&words::leave_kind(kind), lang),
        DayCell::Absent => "-".to_owned(),
    }
}

fn weekday(day: usize, lang: Lang) -> String {
    match lang {
        Lang::En => WEEKDAYS_EN[day].to_owned(),
        Lang::Zh => WEEKDAYS_ZH[day].to_owned(),
    }
}

const ROTA: [&str; 13] = [
    "date",
    "weekday",
    "id",
    "name",
    "team",
    "shift",
    "band",
    "start",
    "end",
    "times",
    "paid_minutes",
    "overtime_minutes",
    "pinned",
];

fn rota(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&ROTA, lang);
    for r in &report.rota {
        sheet.push(rota_row(r, lang));
    }
    sheet
}

fn rota_row(r: &RotaLine, lang: Lang) -> Vec<String> {
    vec![
        r.date.to_string(),
        weekday(r.weekday, lang),
        r.id.clone(),
        r.name.clone(),
        r.team.clone(),
        cell_text(&r.cell, r.code.as_deref(), lang),
        r.band.clone(),
        r.time.map(|t| clock(t.start)).unwrap_or_default(),
        r.time.map(|t| clock(t.end)).unwrap_or_default(),
        r.times.clone(),
        r.paid_minutes.to_string(),
        r.overtime_minutes.to_string(),
        word(if r.pinned { "yes" } else { "no" }, lang),
    ]
}

fn duties(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&["date", "id", "name", "start", "end", "activity"], lang);
    for d in &report.duties {
        sheet.push(vec![
            d.date.to_string(),
            d.id.clone(),
            d.name.clone(),
            clock(d.time.start),
            clock(d.time.end),
            pick(&d.activity, lang),
        ]);
    }
    sheet
}

const HANDOVER: [&str; 13] = [
    "batch",
    "date",
    "start",
    "end",
    "channel",
    "kind",
    "from_id",
    "from_name",
    "to_id",
    "to_name",
    "backup_id",
    "backup_name",
    "note",
];

/// The word of [`words::CELLS`] for a kind of handover.
pub(super) fn handover_word(kind: HandoverKind) -> &'static str {
    match kind {
        HandoverKind::Overlap => "overlap",
        HandoverKind::EarlyArrival => "early_arrival",
        HandoverKind::Message => "message",
        HandoverKind::None => "none",
    }
}

fn handover(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&HANDOVER, lang);
    for h in &report.handovers {
        let kind = handover_word(h.kind);
        let mut row = vec![
            h.batch.clone(),
            h.date.to_string(),
            clock(h.time.0),
            clock(h.time.1),
            h.channel.clone(),
            word(kind, lang),
        ];
        for (id, name) in [&h.from, &h.to, &h.backup] {
            row.extend([id.clone(), name.clone()]);
        }
        row.push(pick(&h.note, lang));
        sheet.push(row);
    }
    sheet
}

const COVERAGE: [&str; 10] = [
    "date",
    "start",
    "end",
    "channel",
    "required",
    "rostered",
    "short",
    "over",
    "service_level",
    "occupancy",
];

fn coverage(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&COVERAGE, lang);
    for r in &report.coverage {
        let people = |minutes| decimals(hundredths(minutes, i64::from(r.time.len()).max(1)));
        // Whole people, but for deferred work that lies where there was somebody for it.
        let length = i64::from(r.time.len()).max(1);
        let required = match r.required_minutes % length {
            0 => (r.required_minutes / length).to_string(),
            _ => people(r.required_minutes),
        };
        sheet.push(vec![
            r.date.to_string(),
            clock(r.time.start),
            clock(r.time.end),
            r.channel.clone(),
            required,
            people(r.rostered_minutes),
            people(r.short_minutes),
            people(r.over_minutes),
            share(r.service_level),
            share(r.occupancy),
        ]);
    }
    sheet
}

pub(super) const HOURS: [&str; 19] = [
    "id",
    "name",
    "team",
    "contract",
    "days_worked",
    "rest_days",
    "leave_days",
    "paid_hours",
    "normal_hours",
    "ot_150_hours",
    "ot_200_hours",
    "ot_300_hours",
    "overtime_hours",
    "overtime_cap",
    "headroom_hours",
    "night_hours",
    "late_shifts",
    "weekends",
    "statutory_days",
];

/// Further columns of `hours.csv` where somebody has a wage, in yuan.
const COMP_REST: [&str; 2] = ["comp_rest_hours", "comp_rest_owed_hours"];
const MONEY: [&str; 5] = ["normal_pay", "ot_150_pay", "ot_200_pay", "ot_300_pay", "total_pay"];

fn hours_sheet(report: &Report, lang: Lang) -> Sheet {
    let paid = report.hours.iter().any(|h| h.money.is_some());
    let rests = report.hours.iter().any(|h| h.comp_rest.is_some());
    let comp_rest = if rests { &COMP_REST[..] } else { &[] };
    let columns = [&HOURS[..], comp_rest, if paid { &MONEY[..] } else { &[] }].concat();
    let mut sheet = Sheet::new(&columns, lang);
    for h in &report.hours {
        let mut row = vec![
            h.id.clone(),
            h.name.clone(),
            h.team.clone(),
            h.contract.clone(),
            h.days_worked.to_string(),
            h.rest_days.to_string(),
            h.leave_days.to_string(),
            hours(h.paid),
            hours(h.normal),
            hours(h.overtime[0]),
            hours(h.overtime[1]),
            hours(h.overtime[2]),
            hours(h.overtime.iter().sum()),
            h.cap.map(hours).unwrap_or_default(),
            h.headroom.map(hours).unwrap_or_default(),
            hours(h.night),
            h.late_shifts.to_string(),
            h.weekends.to_string(),
            h.statutory_days.to_string(),
        ];
        match h.comp_rest {
            Some(rest) => row.extend(rest.map(hours)),
            None => row.resize(HOURS.len() + comp_rest.len(), String::new()),
        }
        match &h.money {
            Some(m) => {
                let [a, b, c] = m.overtime;
                row.extend([m.normal, a, b, c, m.total()].map(decimals));
            }
            None => row.resize(columns.len(), String::new()),
        }
        sheet.push(row);
    }
    sheet
}

fn payroll(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&["id", "name", "date", "rate_type", "hours", "minutes"], lang);
    for p in &report.payroll {
        sheet.push(vec![
            p.id.clone(),
            p.name.clone(),
            p.date.to_string(),
            word(p.rate.word(), lang),
            decimals(p.hundredths),
            p.minutes.to_string(),
        ]);
    }
    sheet
}

fn grid(grid: &Grid, lang: Lang) -> Sheet {
    let column = |name: &str| pick(&words::column(name), lang);
    let mut header: Vec<String> = ["id", "name", "team"].map(column).to_vec();
    header.extend(grid.dates.iter().map(ToString::to_string));
    header.extend(grid.codes.iter().cloned());
    header.extend(["days_worked", "rest_days", "leave_days", "paid_hours", "overtime_hours"].map(column));
    let width = header.len();
    let mut sheet = Sheet::with_header(header);
    for line in &grid.lines {
        let code = |c: &DayCell| c.shift().map(|s| grid.codes[s.ix()].as_str());
        let mut row = line.person.to_vec();
        row.extend(line.cells.iter().map(|c| cell_text(c, code(c), lang)));
        row.extend(line.counts.iter().chain(&line.days).map(ToString::to_string));
        row.extend(line.minutes.map(hours));
        sheet.push(row);
    }
    for (i, (code, heads)) in grid.codes.iter().zip(&grid.heads).enumerate() {
        let mut row = vec![word("TOTAL", lang), code.clone(), String::new()];
        row.extend(heads.iter().map(ToString::to_string));
        let total: i64 = heads.iter().sum();
        row.extend((0..grid.codes.len()).map(|j| if i == j { total.to_string() } else { String::new() }));
        row.resize(width, String::new());
        sheet.push(row);
    }
    sheet
}

const SCORE: [&str; 9] = ["rule", "scope", "strength", "weight", "amount", "penalty", "who", "when", "why"];

fn score(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&SCORE, lang);
    for m in &report.score {
        sheet.push(vec![
            pick(&wording(&m.rule), lang),
            m.scope.clone(),
            word(if m.strength == Strength::Hard { "hard" } else { "soft" }, lang),
            m.weight.to_string(),
            m.amount.to_string(),
            m.penalty.to_string(),
            m.who.clone(),
            m.when.clone(),
            pick(&m.why, lang),
        ]);
    }
    sheet
}

/// One table as bytes, for tests and single files.
///
/// # Errors
/// When the table cannot be turned into bytes.
pub fn sheet_bytes(report: &Report, name: &str, lang: Lang) -> Result<Option<Vec<u8>>, std::io::Error> {
    Ok(files(report, lang)?.into_iter().find(|f| f.name == name).map(|f| f.bytes))
}

#[cfg(test)]
mod tests;
