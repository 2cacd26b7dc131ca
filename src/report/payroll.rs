//! Rows of `payroll.csv`: one for each person, date and rate type with any minutes, as HR systems take hours.

use super::{Finished, hundredths};
use crate::pay::{DayPay, PersonLedger};
use chrono::NaiveDate;

/// At what rate minutes are paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateType {
    /// The wage itself.
    Regular,
    /// 150 %.
    Overtime150,
    /// 200 %.
    Overtime200,
    /// 300 %.
    Overtime300,
}

impl RateType {
    /// All of them, in the order of the rows of a day.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Overtime150, Self::Overtime200, Self::Overtime300];

    /// The word of [`crate::base::words::CELLS`].
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Regular => "REG",
            Self::Overtime150 => "OT150",
            Self::Overtime200 => "OT200",
            Self::Overtime300 => "OT300",
        }
    }
    /// Minutes of a day at this rate.
    fn minutes(self, day: &DayPay) -> i64 {
        match self {
            Self::Regular => day.normal,
            Self::Overtime150 => day.ot150,
            Self::Overtime200 => day.ot200,
            Self::Overtime300 => day.ot300,
        }
    }
}

/// A row of `payroll.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayrollLine {
    /// Staff number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Date on which the shift starts.
    pub date: NaiveDate,
    /// Rate.
    pub rate: RateType,
    /// Minutes, above 0.
    pub minutes: i64,
    /// Hundredths of an hour. The rest that rounding leaves is carried to the person's next row of the rate, so that the
    /// rows add up to the hours of `hours.csv`; every row is within 0.01 of its own hours, and none is 0.
    pub hundredths: i64,
}

pub(super) fn rows(f: &Finished<'_>) -> Vec<PayrollLine> {
    f.pay.iter().flat_map(|ledger| of_person(f, ledger)).collect()
}

fn of_person(f: &Finished<'_>, ledger: &PersonLedger) -> Vec<PayrollLine> {
    let person = f.case.person(ledger.person);
    let mut so_far = [0; 4];
    let mut lines = Vec::new();
    for (date, day) in f.rota.horizon.dates().zip(&ledger.days) {
        for (rate, before) in RateType::ALL.into_iter().zip(&mut so_far) {
            let minutes = rate.minutes(day);
            if minutes == 0 {
                continue;
            }
            let after = *before + minutes;
            lines.push(PayrollLine {
                id: person.id.clone(),
                name: person.name.clone(),
                date,
                rate,
                minutes,
                hundredths: hundredths(after, 60) - hundredths(*before, 60),
            });
            *before = after;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_keeps_every_row_near_and_the_sum_exact() {
        // 20 days of 7 h 25 min are 148.333… h. Rounded one by one they would be 20 × 7.42 = 148.40.
        let cents: Vec<i64> =
            (0..20).map(|d| hundredths(445 * (d + 1), 60) - hundredths(445 * d, 60)).collect();
        assert_eq!(cents.iter().sum::<i64>(), 14_833);
        assert!(cents.iter().all(|c| [741, 742].contains(c)), "{cents:?}");
        // One minute a day: 0.0166… h; no row is ever 0.
        assert!((0..60).all(|d| hundredths(d + 1, 60) > hundredths(d, 60)));
    }
}
