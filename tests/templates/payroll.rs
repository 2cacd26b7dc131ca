//! What goes to HR adds up to the rota, to the minute and to the hundredth of an hour.

use crate::support::Desk;
use std::collections::BTreeMap;

/// Wants the files about hours in `out` to say the same.
pub(crate) fn wants_equal_sums(desk: &Desk, out: &str) {
    let [payroll, rota, all_hours] =
        ["payroll", "rota", "hours"].map(|name| desk.rows(&format!("{out}/{name}.csv")));
    let whole = |text: &str| text.parse::<i64>().unwrap_or_else(|e| panic!("{text}: {e}"));
    let hundredths = |text: &str| whole(&text.replace('.', ""));
    let mut days: BTreeMap<(&str, &str), [i64; 2]> = BTreeMap::new();
    let mut people: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for row in &payroll {
        let (minutes, hours) = (whole(&row["minutes"]), hundredths(&row["hours"]));
        assert!(minutes > 0 && hours > 0, "empty, never 0: {row:?}");
        assert!((hours * 60 - minutes * 100).abs() <= 60, "a hundredth of an hour at most: {row:?}");
        let day = days.entry((&row["id"], &row["date"])).or_default();
        day[0] += minutes;
        day[1] += if row["rate_type"] == "REG" { 0 } else { minutes };
        *people.entry((&row["id"], &row["rate_type"])).or_default() += hours;
    }
    for row in &rota {
        let [paid, overtime] = days.remove(&(row["id"].as_str(), row["date"].as_str())).unwrap_or_default();
        assert_eq!(
            [paid, overtime],
            [whole(&row["paid_minutes"]), whole(&row["overtime_minutes"])],
            "{row:?}"
        );
    }
    assert!(days.is_empty(), "every row has a day of the rota: {days:?}");
    for row in &all_hours {
        for (rate, column) in [
            ("REG", "normal_hours"),
            ("OT150", "ot_150_hours"),
            ("OT200", "ot_200_hours"),
            ("OT300", "ot_300_hours"),
        ] {
            let sum = people.remove(&(row["id"].as_str(), rate)).unwrap_or(0);
            assert_eq!(sum, hundredths(&row[column]), "{} {column}", row["id"]);
        }
    }
    assert!(people.is_empty(), "every row has a person of hours.csv: {people:?}");
}
