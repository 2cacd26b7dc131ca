//! Which days are planned: `--month`, `--from`/`--to`, else the span of forecast and demand.

use super::ReadOptions;
use super::cell::Log;
use super::table::Table;
use super::values::date::parse_date;
use crate::base::Text;
use crate::calendar::Horizon;
use crate::diag::{Diagnostic, codes};
use chrono::{Days, Months, NaiveDate};

/// Most days that are planned at once.
const LONGEST: usize = 366;

/// First and last date that the options name.
pub(super) fn wanted(options: &ReadOptions) -> (Option<NaiveDate>, Option<NaiveDate>) {
    if let Some((year, month)) = options.month {
        let first = NaiveDate::from_ymd_opt(year, month, 1);
        let last = first.and_then(|d| d.checked_add_months(Months::new(1))).map(|d| d - Days::new(1));
        return (first, last);
    }
    (options.from, options.to)
}

/// The days to plan, from the options and the dates of the tables.
pub(super) fn find(options: &ReadOptions, tables: [Option<&Table>; 2], log: &mut Log) -> Option<Horizon> {
    let (from, to) = wanted(options);
    if let Some((year, month)) = options.month
        && from.is_none()
    {
        let fact =
            Text::new(format!("there is no month {year}-{month}"), format!("没有 {year}-{month} 这个月"));
        let cure = Text::new("write --month 2026-12", "请写 --month 2026-12");
        log.findings.push(Diagnostic::error(codes::EMPTY_HORIZON, fact, cure).at("--month", 0));
        return None;
    }
    let mut span: Option<(NaiveDate, NaiveDate)> = None;
    if from.is_none() || to.is_none() {
        for row in tables.iter().flatten().flat_map(|t| t.rows()) {
            if let Ok(read) = parse_date(row.get("date").text(), log.near) {
                let (a, b) = span.unwrap_or((read.date, read.date));
                span = Some((a.min(read.date), b.max(read.date)));
            }
        }
    }
    let first = from.or(span.map(|s| s.0))?;
    let last = to.or(span.map(|s| s.1))?;
    let place = if options.month.is_some() { "--month" } else { "--from" };
    match Horizon::between(first, last) {
        None => {
            let fact = Text::new(format!("{last} lies before {first}"), format!("{last} 早于 {first}"));
            let cure = Text::new(
                "correct --from, --to or the dates of the files",
                "请改正 --from、--to 或文件中的日期",
            );
            log.findings.push(Diagnostic::error(codes::EMPTY_HORIZON, fact, cure).at(place, 0));
            None
        }
        Some(h) if h.days > LONGEST => {
            let fact = Text::new(
                format!("the days to plan run from {first} to {last}: more than {LONGEST} days"),
                format!("排班日期从 {first} 到 {last}，超过 {LONGEST} 天"),
            );
            let cure = Text::new(
                "give --month, or look for a date with a wrong year in forecast.csv or demand.csv",
                "请用 --month 指定月份，或检查 forecast.csv、demand.csv 中是否写错年份",
            );
            log.findings.push(Diagnostic::error(codes::EMPTY_HORIZON, fact, cure).at(place, 0));
            None
        }
        horizon => horizon,
    }
}
