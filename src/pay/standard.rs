//! Standard hours: 8 hours a day, 40 a week (State Council Order 174, art. 3; Labour Law art. 44).

use super::ledger::DayPay;
use super::{Terms, timeline::Timeline};

/// Splits every known day into normal time and overtime, history included; element 0 is `line.first`.
///
/// A Monday–Sunday week has a target: `normal_week − normal_day · (statutory + leave days)`, not below 0. Its worked
/// days are gone through in order: a statutory day is 300 %; of another day the minutes beyond `normal_day` are
/// 150 %, the rest fills the target, what no longer fits is 200 %. Days without a row count as not worked.
pub(super) fn split(line: &Timeline<'_>, terms: &Terms) -> Vec<DayPay> {
    let mut days = Vec::with_capacity((line.end() - line.first) as usize);
    let mut room = 0;
    for day in line.first..line.end() {
        let monday = line.horizon().monday(day);
        if day == monday || day == line.first {
            room = target(line, terms, monday);
        }
        let paid = line.paid(day);
        let mut pay = DayPay { paid, ..DayPay::default() };
        if line.statutory(day) {
            pay.ot300 = paid;
        } else {
            let within = paid.min(terms.normal_day);
            pay.ot150 = paid - within;
            pay.normal = within.min(room);
            pay.ot200 = within - pay.normal;
            room -= pay.normal;
        }
        days.push(pay);
    }
    days
}

/// Normal minutes of the week that starts on `monday`.
pub(super) fn target(line: &Timeline<'_>, terms: &Terms, monday: i64) -> i64 {
    let free = (monday..monday + 7).filter(|&d| line.statutory(d) || line.on_leave(d)).count() as i64;
    (terms.normal_week - terms.normal_day * free).max(0)
}
