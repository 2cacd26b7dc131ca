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
        sheet.push(vec![
            r.date.to_string(),
            clock(r.time.start),
            clock(r.time.end),
            r.channel.clone(),
            r.required.to_string(),
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
mod tests {
    use super::*;
    use crate::model::Wage;
    use crate::report::testing::{case, report, report_of};

    fn text(name: &str, lang: Lang) -> Vec<String> {
        lines(&report(), name, lang)
    }

    fn lines(report: &Report, name: &str, lang: Lang) -> Vec<String> {
        let bytes = sheet_bytes(report, name, lang).ok().flatten().unwrap_or_default();
        assert!(!bytes.is_empty(), "{name}");
        let text = String::from_utf8_lossy(&bytes);
        text.trim_start_matches('\u{feff}').split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn the_rota_has_one_row_a_day_and_person() {
        let lines = text("rota.csv", Lang::En);
        assert_eq!(lines[0], ROTA.join(","));
        assert_eq!(lines[1], "2026-10-01,Thu,007,'=张伟,A,E,early,08:00,16:00,08:00-16:00,480,0,yes");
        assert_eq!(lines[2], "2026-10-01,Thu,E2,\"李, 娜\",A,L,late,18:00,26:00,18:00-26:00,480,0,no");
        assert!(lines[3].contains(",OFF,") && lines[5].contains(",ANNUAL,") && lines[6].contains(",-,"));
        assert_eq!(lines.len(), 7);
    }

    #[test]
    fn a_chinese_rota_has_chinese_headers_and_words() {
        let lines = text("rota.csv", Lang::Zh);
        assert!(lines[0].starts_with("日期,星期,工号,姓名,班组,班次,班别"));
        assert!(lines[1].starts_with("2026-10-01,周四,") && lines[1].ends_with(",是"));
        assert!(lines[3].contains(",休,") && lines[5].contains(",年假,") && lines[6].contains(",-,"));
    }

    #[test]
    fn money_is_written_only_where_somebody_has_a_wage() {
        assert!(text("hours.csv", Lang::En)[0].ends_with(",statutory_days"));
        let mut case = case();
        case.people[0].wage = Some(Wage::hourly(2550));
        let report = report_of(&case);
        let hours = lines(&report, "hours.csv", Lang::En);
        assert!(hours[0].ends_with(",statutory_days,normal_pay,ot_150_pay,ot_200_pay,ot_300_pay,total_pay"));
        assert!(hours[1].ends_with(",204.00,0.00,0.00,0.00,204.00"), "{}", hours[1]);
        assert!(hours[2].ends_with(",,,,,"), "{}", hours[2]);
        assert!(
            lines(&report, "hours.csv", Lang::Zh)[0]
                .ends_with(",正常工资,加班工资150%,加班工资200%,加班工资300%,工资合计")
        );
        let summary = lines(&report, "summary.json", Lang::En).concat();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap_or_default();
        assert_eq!(
            (summary["pay"]["people"].as_i64(), summary["pay"]["total_cents"].as_i64()),
            (Some(1), Some(20_400))
        );
        assert_eq!(summary["pay"]["ot_200_cents"].as_i64(), Some(0));
    }

    #[test]
    fn payroll_has_a_row_for_every_rate_with_hours_and_for_no_other() {
        let lines = text("payroll.csv", Lang::En);
        assert_eq!(lines[0], "id,name,date,rate_type,hours,minutes");
        assert_eq!(
            lines[1..],
            ["007,'=张伟,2026-10-01,REG,8.00,480", "E2,\"李, 娜\",2026-10-01,REG,8.00,480"]
        );
        let chinese = text("payroll.csv", Lang::Zh);
        assert_eq!(chinese[0], "工号,姓名,日期,工时类别,工时,分钟");
        assert!(chinese[1].ends_with(",正常,8.00,480"));
    }

    #[test]
    fn the_grid_counts_heads_below_the_people() {
        let lines = text("grid.csv", Lang::En);
        assert!(lines[0].starts_with("id,name,team,2026-10-01,2026-10-02,2026-10-03,E,L,days_worked"));
        assert_eq!(lines[1], "007,'=张伟,A,E,OFF,ANNUAL,1,0,1,1,1,8.00,0.00");
        assert_eq!(lines[4], "TOTAL,L,,1,0,0,,1,,,,,");
    }

    #[test]
    fn every_row_has_as_many_cells_as_its_header() -> std::io::Result<()> {
        for lang in [Lang::En, Lang::Zh] {
            for file in files(&report(), lang)?.iter().filter(|f| f.name.ends_with(".csv")) {
                assert!(file.bytes.starts_with("\u{feff}".as_bytes()), "{}", file.name);
                let mut reader = csv::ReaderBuilder::new().from_reader(&file.bytes[..]);
                assert!(reader.records().all(|r| r.is_ok()), "{}", file.name);
            }
        }
        Ok(())
    }

    #[test]
    fn the_summary_begins_with_the_keys_of_the_contract() -> std::io::Result<()> {
        let bytes = sheet_bytes(&report(), "summary.json", Lang::Zh)?.unwrap_or_default();
        let json: serde_json::Value = serde_json::from_slice(&bytes)?;
        let keys: Vec<&str> =
            json.as_object().into_iter().flat_map(|o| o.keys()).map(String::as_str).collect();
        let wanted = [
            "status",
            "objective",
            "bound",
            "gap",
            "seconds",
            "seed",
            "threads",
            "version",
            "inputs_sha256",
            "penalties",
        ];
        assert_eq!(keys[..10], wanted);
        assert_eq!((json["status"].as_str(), json["objective"].as_i64()), (Some("feasible"), Some(150)));
        Ok(())
    }

    #[test]
    fn a_time_past_midnight_counts_on() {
        let lines = text("handover.csv", Lang::Zh);
        assert!(lines[1].starts_with("HO-20261001-2545-VOICE-01,2026-10-01,25:45,26:00,voice,留言交接,E2,"));
        assert!(text("duties.csv", Lang::En)[3].ends_with("25:45,26:00,handover"));
    }
}
