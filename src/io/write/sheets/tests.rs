//! The tables as they are written: headers, cells, language, and what is made harmless.

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
    assert_eq!(lines[1..], ["007,'=张伟,2026-10-01,REG,8.00,480", "E2,\"李, 娜\",2026-10-01,REG,8.00,480"]);
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
    let keys: Vec<&str> = json.as_object().into_iter().flat_map(|o| o.keys()).map(String::as_str).collect();
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
