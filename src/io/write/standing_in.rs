//! `tails.csv` and `substitutes.csv`.

use super::cells::{Sheet, hours, pick};
use crate::base::{Lang, Text, clock, words};
use crate::report::{Report, SubstituteLine};

/// Who stays last while customers wait.
pub(super) fn tails(report: &Report, lang: Lang) -> Sheet {
    let columns = ["date", "start", "end", "channel", "id", "name", "backup_id", "backup_name"];
    let mut sheet = Sheet::new(&columns, lang);
    for t in &report.tails {
        let mut row = vec![t.date.to_string(), clock(t.time.start), clock(t.time.end), t.channel.clone()];
        for (id, name) in [&t.last, &t.backup] {
            row.extend([id.clone(), name.clone()]);
        }
        sheet.push(row);
    }
    sheet
}

const SUBSTITUTES: [&str; 15] = [
    "date",
    "id",
    "name",
    "leave",
    "short_hours",
    "rank",
    "substitute_id",
    "substitute_name",
    "shift",
    "times",
    "covers_hours",
    "added_overtime_hours",
    "headroom_hours",
    "days_worked",
    "note",
];

/// Who could stand in for leave that leaves a gap.
pub(super) fn substitutes(report: &Report, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(&SUBSTITUTES, lang);
    for s in &report.substitutes {
        sheet.push(substitute(s, lang));
    }
    sheet
}

fn substitute(line: &SubstituteLine, lang: Lang) -> Vec<String> {
    let mut row = vec![
        line.date.to_string(),
        line.absent.0.clone(),
        line.absent.1.clone(),
        pick(&words::leave_kind(&line.leave), lang),
        hours(line.short_minutes),
    ];
    match &line.substitute {
        Some(s) => {
            row.extend([s.rank.to_string(), s.person.0.clone(), s.person.1.clone()]);
            row.extend([s.shift.0.clone(), s.shift.1.clone(), hours(s.covers_minutes)]);
            row.extend([hours(s.overtime_minutes), s.headroom.map(hours).unwrap_or_default()]);
            let note = if s.named {
                Text::new("named in leave.csv", "leave.csv 中指定的替班人")
            } else {
                Text::default()
            };
            row.extend([s.days_worked.to_string(), pick(&note, lang)]);
        }
        None => {
            row.extend(std::iter::repeat_n(String::new(), 9));
            let nobody = Text::new(
                "nobody who is off that day could take a shift within the rules",
                "当天休息的人中，无人可在规则内顶班",
            );
            row.push(pick(&nobody, lang));
        }
    }
    row
}
