//! The requirement as a file whose first columns are those of `demand.csv`.

use super::cells::{Sheet, share, word};
use crate::base::{Lang, clock};
use crate::model::{Case, Requirement, RequirementSource};
use crate::staffing::{employed, promised};

const COLUMNS: [&str; 16] = [
    "date",
    "start",
    "end",
    "channel",
    "agents",
    "under_weight",
    "over_weight",
    "volume",
    "aht_s",
    "service_level",
    "level_definition",
    "asa_s",
    "occupancy",
    "abandoned",
    "employed",
    "source",
];

/// People per interval; can be put into a case folder as `demand.csv`.
///
/// # Errors
/// When the table cannot be turned into bytes.
pub fn requirement_csv(
    case: &Case,
    requirement: &Requirement,
    lang: Lang,
) -> Result<Vec<u8>, std::io::Error> {
    let mut sheet = Sheet::new(&COLUMNS, lang);
    for i in &requirement.intervals {
        let number = |v: Option<f64>| v.map(|v| v.to_string()).unwrap_or_default();
        let source = match i.source {
            RequirementSource::Demand => "demand",
            RequirementSource::Forecast => "forecast",
        };
        let promise = promised(case, i);
        let level = promise.map(|f| f.level(case.channel(i.channel).level));
        sheet.push(vec![
            case.horizon.date(i.day as i64).to_string(),
            clock(i.time.start),
            clock(i.time.end),
            case.channel(i.channel).name.clone(),
            i.agents.to_string(),
            i.under_weight.to_string(),
            i.over_weight.to_string(),
            number(i.volume),
            number(i.aht_s),
            share(level),
            level.map(|_| word(case.channel(i.channel).level.word(), lang)).unwrap_or_default(),
            promise.filter(|f| f.wait_s.is_finite()).map(|f| format!("{:.2}", f.wait_s)).unwrap_or_default(),
            share(promise.map(|f| f.occupancy)),
            share(promise.map(|f| f.abandoned)),
            employed(case.channel(i.channel), i.agents).to_string(),
            word(source, lang),
        ]);
    }
    sheet.bytes().map_err(std::io::Error::other)
}
