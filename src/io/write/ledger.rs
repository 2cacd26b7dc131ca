//! The balances of past months as a table: a row a person and month, then one for their sum.

use super::cells::{Sheet, hours, word};
use crate::base::Lang;
use crate::pay::Balance;
use crate::report::{LedgerPerson, LedgerView};

const COLUMNS: [&str; 20] = [
    "id",
    "name",
    "team",
    "contract",
    "month",
    "days_worked",
    "leave_days",
    "paid_hours",
    "ot_150_hours",
    "ot_200_hours",
    "ot_300_hours",
    "ot_unknown_hours",
    "overtime_hours",
    "overtime_cap",
    "headroom_hours",
    "late_shifts",
    "weekends",
    "statutory_days",
    "comp_rest_hours",
    "comp_rest_owed_hours",
];

/// The table as a file.
///
/// # Errors
/// When the table cannot be turned into bytes.
pub fn ledger_csv(view: &LedgerView, lang: Lang) -> Result<Vec<u8>, std::io::Error> {
    let mut sheet = Sheet::new(&COLUMNS, lang);
    for person in &view.people {
        for month in &person.months {
            sheet.push(row(person, month, month.first.format("%Y-%m").to_string()));
        }
        sheet.push(row(person, &person.total, word("TOTAL", lang)));
    }
    sheet.bytes().map_err(std::io::Error::other)
}

fn row(person: &LedgerPerson, balance: &Balance, month: String) -> Vec<String> {
    let [ot150, ot200, ot300] = balance.overtime.map(hours);
    vec![
        person.id.clone(),
        person.name.clone(),
        person.team.clone(),
        person.contract.clone(),
        month,
        balance.days_worked.to_string(),
        balance.leave_days.to_string(),
        hours(balance.paid),
        ot150,
        ot200,
        ot300,
        if balance.unclassified > 0 { hours(balance.unclassified) } else { String::new() },
        hours(balance.all_overtime()),
        balance.cap.map(hours).unwrap_or_default(),
        balance.headroom.map(hours).unwrap_or_default(),
        balance.late_shifts.to_string(),
        balance.weekends.to_string(),
        balance.statutory_days.to_string(),
        hours(balance.answered),
        hours(balance.owed),
    ]
}
