//! `shifts.csv`

use super::cell::{Bad, Log};
use super::names::id_key;
use super::table::{Row, Table};
use super::values::time::{TimesFault, parse_times};
use super::values::word;
use crate::base::{DAY_MINUTES, Span, Text, clock};
use crate::diag::{codes, shorten};
use crate::model::ShiftType;
use rustc_hash::FxHashMap;

/// All shifts whose code can be read: a fault elsewhere in the row is told there, and not once more wherever the
/// shift or its band is named.
pub(super) fn read(table: &Table, log: &mut Log) -> Vec<ShiftType> {
    let mut shifts = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.rows() {
        let Ok(shift) = read_row(&row, log) else { continue };
        if let Some(first) = seen.get(&id_key(&shift.code)) {
            let fact = Text::new(
                format!("the code \"{}\" stands in line {first} already", shift.code),
                format!("班次代码“{}”在第 {first} 行已有", shift.code),
            );
            let cure = Text::new("give every shift a code of its own", "每个班次请用不同的代码");
            log.findings.push(row.get("code").error(codes::DUPLICATE_CODE, fact, cure));
            continue;
        }
        seen.insert(id_key(&shift.code), row.line());
        shifts.push(shift);
    }
    for row in table.lost_rows() {
        let code = row.get("code").plain();
        if !code.is_empty() && seen.insert(id_key(&code), row.line()).is_none() {
            shifts.push(stand_in(&row, code));
        }
    }
    shifts
}

/// A shift of which only the names are known.
fn stand_in(row: &Row<'_>, code: String) -> ShiftType {
    let band = row.get("band").plain();
    ShiftType { band, ..ShiftType::new(&code, vec![Span::new(0, DAY_MINUTES)], row.origin()) }
}

fn read_row(row: &Row<'_>, log: &mut Log) -> Result<ShiftType, Bad> {
    let code = read_code(row, log);
    let times = read_times(row, log);
    let meal = row.get("meal_minutes").integer(0, 480, log);
    let window = row.get("meal_window").span(log);
    let tail = row.get("tail_minutes").integer(0, 480, log);
    let code = code?;
    let (Ok(times), Ok(meal), Ok(window), Ok(tail)) = (times, meal, window, tail) else {
        return Ok(stand_in(row, code));
    };
    let meal = meal.unwrap_or(0) as i32;
    let longest = times.iter().map(|t| t.len()).max().unwrap_or(0);
    if meal >= longest {
        let fact = Text::new(
            format!("a meal of {meal} minutes does not fit: the longest segment has {longest}"),
            format!("用餐 {meal} 分钟放不下：最长的一段只有 {longest} 分钟"),
        );
        let cure = Text::new("shorten the meal or lengthen a segment", "请缩短用餐时间或加长时段");
        log.findings.push(row.get("meal_minutes").error(codes::BAD_MEAL, fact, cure));
        return Ok(stand_in(row, code));
    }
    // A window after midnight may be written from 00:00 although the shift began the day before.
    let fits = |w: Span| times.iter().any(|t| t.overlap(w) >= meal);
    let window =
        window.map(|w| if !fits(w) && fits(w.shifted(DAY_MINUTES)) { w.shifted(DAY_MINUTES) } else { w });
    if let Some(w) = window
        && meal > 0
        && !fits(w)
    {
        let fact = Text::new(
            format!("no segment of the shift has {meal} minutes inside {}-{}", clock(w.start), clock(w.end)),
            format!("班次没有一段能在 {}-{} 内容下 {meal} 分钟", clock(w.start), clock(w.end)),
        );
        let cure = Text::new(
            "correct the window; as it is, the meal is put anywhere into the shift",
            "请改正用餐时段；否则用餐可排在班次内任何时间",
        );
        log.findings.push(row.get("meal_window").warning(codes::BAD_MEAL, fact, cure));
    }
    let name = row.get("name").text().to_owned();
    Ok(ShiftType {
        name: if name.is_empty() { code.clone() } else { name },
        code,
        band: row.get("band").plain(),
        times,
        meal_minutes: meal,
        meal_window: window,
        tail_minutes: tail.unwrap_or(0) as i32,
        origin: row.origin(),
    })
}

fn read_code(row: &Row<'_>, log: &mut Log) -> Result<String, Bad> {
    let cell = row.get("code");
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let code = cell.plain();
    let reserved = word::is_off(&code)
        || word::is_absent(&code)
        || word::leave_kind(&code).is_some()
        || code.eq_ignore_ascii_case("work")
        || code.contains(['>', '&', ';', '!', '\n', '+'])
        || code.chars().count() > 40;
    if reserved {
        let v = shorten(&code);
        let fact = Text::new(
            format!("\"{v}\" cannot be a shift code: it means something else, or has a sign with a meaning"),
            format!("“{v}”不能作班次代码：它另有含义，或含有特殊符号"),
        );
        let cure = Text::new("choose another code, such as E, M1 or 早", "请改用其他代码，例如 E、M1、早");
        return Err(log.bad(cell.error(codes::RESERVED_CODE, fact, cure)));
    }
    Ok(code)
}

fn read_times(row: &Row<'_>, log: &mut Log) -> Result<Vec<Span>, Bad> {
    let cell = row.get("times");
    if cell.is_empty() {
        return Err(cell.is_needed(log));
    }
    let v = shorten(cell.text());
    let form = Text::new(
        "write 08:00-17:00, split 10:00-14:00+17:30-23:00, over midnight 22:00-06:00",
        "请写 08:00-17:00；分段班 10:00-14:00+17:30-23:00；过夜班 22:00-06:00",
    );
    let fault = match parse_times(cell.text()) {
        Ok(times) if times.first().is_some_and(|t| t.start >= DAY_MINUTES) => {
            Text::new(format!("\"{v}\" begins on the next day"), format!("“{v}”从次日才开始"))
        }
        Ok(times) => return Ok(times),
        Err(TimesFault::Malformed) => {
            Text::new(format!("\"{v}\" is no list of times"), format!("“{v}”不是时段"))
        }
        Err(TimesFault::Overlap) => Text::new(
            format!("the segments of \"{v}\" overlap or are out of order"),
            format!("“{v}”的各段重叠或顺序不对"),
        ),
        Err(TimesFault::TooLong) => Text::new(
            format!("\"{v}\" is longer than 24 hours from its first start to its last end"),
            format!("“{v}”从最早开始到最晚结束超过 24 小时"),
        ),
    };
    Err(log.bad(cell.error(codes::BAD_TIMES, fault, form)))
}
