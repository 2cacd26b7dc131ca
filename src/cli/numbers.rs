//! Values of arguments: durations, percentages, months and dates.

use super::args::{System, Target};
use chrono::NaiveDate;
use clap::ValueEnum;
use clap::builder::{PossibleValue, TypedValueParser};
use std::time::Duration;

/// `60s`, `2m`, `1h`, `500ms`, or plain seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let split = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let factor = match unit {
        "ms" => 0.001,
        "s" | "" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err("write 60s, 2m, 500ms or plain seconds / 请写 60s、2m、500ms 或秒数".into()),
    };
    let seconds = number.trim().parse::<f64>().ok().map(|n| n * factor);
    seconds
        .filter(|s| s.is_finite() && *s > 0.0 && *s <= 1e7)
        .map(Duration::from_secs_f64)
        .ok_or_else(|| "write 60s, 2m, 500ms or plain seconds / 请写 60s、2m、500ms 或秒数".into())
}

/// `0.5%` is 0.005; a number without the sign means percent too.
pub(crate) fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches(['%', '％']).trim().parse::<f64>().ok();
    number
        .filter(|p| (0.0..=100.0).contains(p))
        .map(|p| p / 100.0)
        .ok_or_else(|| "write a percentage such as 0.5% / 请写百分比，例如 0.5%".into())
}

/// `2026-10`, `2026/10`, `202610` or `2026年10月`.
pub(crate) fn month(text: &str) -> Result<(i32, u32), String> {
    let wrong = || "write the month as 2026-10 / 月份请写成 2026-10".to_owned();
    let text = text.trim().trim_end_matches('月');
    let (year, month) = match text.split_once(['-', '/', '.', '年']) {
        Some(parts) => parts,
        None if text.len() == 6 && text.is_ascii() => text.split_at(4),
        None => return Err(wrong()),
    };
    let year = year.parse::<i32>().map_err(|_| wrong())?;
    let month = month.parse::<u32>().map_err(|_| wrong())?;
    let known = (1900..=9998).contains(&year) && (1..=12).contains(&month);
    known.then_some((year, month)).ok_or_else(wrong)
}

/// `2026-12-01`, `2026/12/1`, `20261201` or `2026年12月1日`.
pub(crate) fn date(text: &str) -> Result<NaiveDate, String> {
    let plain: String = text.trim().replace(['/', '.', '年', '月'], "-").replace('日', "");
    ["%Y-%m-%d", "%Y%m%d"]
        .iter()
        .find_map(|format| NaiveDate::parse_from_str(&plain, format).ok())
        .filter(|d| (1900..=9998).contains(&chrono::Datelike::year(d)))
        .ok_or_else(|| "write the date as 2026-12-01 / 日期请写成 2026-12-01".into())
}

/// `--to` of `export`: a system, or the last date.
fn target(text: &str) -> Result<Target, String> {
    if let Ok(system) = System::from_str(text, true) {
        return Ok(Target::System(system));
    }
    date(text).map(Target::Date).map_err(|_| {
        let known = System::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = known.map(|v| v.get_name().to_owned()).collect();
        format!("neither a system ({}) nor a date such as 2026-12-31", names.join(", "))
    })
}

/// [`target`], with the systems offered by help and completions.
#[derive(Clone)]
pub(super) struct TargetParser;

impl TypedValueParser for TargetParser {
    type Value = Target;
    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Target, clap::Error> {
        target.parse_ref(command, argument, value)
    }
    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(System::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("60s"), Ok(Duration::from_secs(60)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("1.5"), Ok(Duration::from_millis(1500)));
        for wrong in ["", "0", "-1s", "1x", "s", "nan", "1e300"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_gap_is_a_percentage() {
        assert_eq!(percent("0.5%"), Ok(0.005));
        assert_eq!(percent("2"), Ok(0.02));
        assert!(percent("-1").is_err() && percent("x%").is_err());
    }

    #[test]
    fn months_and_dates_are_read_in_all_forms() {
        for text in ["2026-10", "2026/10", "202610", "2026年10月"] {
            assert_eq!(month(text), Ok((2026, 10)), "{text}");
        }
        assert!(month("2026-13").is_err() && month("October").is_err());
        for text in ["2026-12-01", "2026/12/1", "20261201", "2026年12月1日"] {
            assert_eq!(date(text).ok(), NaiveDate::from_ymd_opt(2026, 12, 1), "{text}");
        }
        assert!(date("2026-02-30").is_err());
    }
}
