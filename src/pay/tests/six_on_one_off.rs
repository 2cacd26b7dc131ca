use super::cases::*;
use crate::calendar::WEEKDAYS_EN;
use crate::pay::person_ledger;
use crate::rules::RuleKind;
use chrono::{Datelike, Days, Months, NaiveDate};

const TABLE: &str = include_str!("../../../tests/data/ot_6on1off_2025.csv");

/// `"181.50"` in minutes.
fn minutes(hours: &str) -> i64 {
    (hours.parse::<f64>().unwrap() * 60.0).round() as i64
}

#[test]
fn every_month_of_2025_by_class() {
    let mut rows = 0;
    for line in TABLE.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [
            year,
            month,
            _,
            rest_day,
            statutory,
            early,
            days_worked,
            paid,
            ot150,
            ot200,
            ot300,
            overtime,
            over,
        ] = <[&str; 13]>::try_from(cells).unwrap();
        let first = NaiveDate::from_ymd_opt(year.parse().unwrap(), month.parse().unwrap(), 1).unwrap();
        let last = first + Months::new(1) - Days::new(1);
        let mut case = case(&first.to_string(), &last.to_string());
        rule(&mut case, RuleKind::OvertimeCapMonth, "36");
        if early != "0" {
            rule(&mut case, RuleKind::HandoverMinutes, early);
        }
        let calendar = case.calendar.clone();
        let works = |d: NaiveDate| {
            WEEKDAYS_EN[d.weekday().num_days_from_monday() as usize] != rest_day
                && (statutory == "statutory_worked" || !calendar.is_statutory(d))
        };
        let day = 480 + early.parse::<i64>().unwrap();
        let week: Vec<_> = (1..=7)
            .rev()
            .map(|n| first - Days::new(n))
            .map(|d| (d, if works(d) { day } else { 0 }))
            .collect();
        past(&mut case, &week);
        let ledger = person_ledger(&case, &rota(&case, works), P);
        let pay = ledger.totals.pay;
        assert_eq!(ledger.totals.days_worked, days_worked.parse::<i64>().unwrap(), "{line}");
        assert_eq!(pay.paid, minutes(paid), "{line}");
        assert_eq!(pay.classes(), [minutes(ot150), minutes(ot200), minutes(ot300)], "{line}");
        assert_eq!(pay.overtime(), minutes(overtime), "{line}");
        assert_eq!(ledger.months[0].above(36 * 60), minutes(over), "{line}");
        rows += 1;
    }
    assert_eq!(rows, 336);
}
