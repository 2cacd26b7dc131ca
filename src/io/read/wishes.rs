//! `requests.csv` and `pins.csv`

use super::cell::{Bad, Cell, Log};
use super::leave::{Seen, note_outside};
use super::names::Names;
use super::past::{Said, said};
use super::table::{Row, Table};
use super::text::clean;
use super::values::word;
use crate::base::Text;
use crate::calendar::Horizon;
use crate::diag::{Diagnostic, codes};
use crate::model::{Pin, PinTarget, Request, Want};

/// Requests inside the horizon.
pub(super) fn read_requests(table: &Table, names: &Names, horizon: &Horizon, log: &mut Log) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    let mut lines: rustc_hash::FxHashMap<_, usize> = rustc_hash::FxHashMap::default();
    let (mut outside, mut first) = (0, None);
    for row in table.rows() {
        let Ok(request) = read_request(&row, names, log) else { continue };
        if horizon.index(request.date).is_none() {
            outside += 1;
            first = first.or(Some(row));
            continue;
        }
        let key = (request.person, request.date, request.want.clone());
        if let Some(line) = lines.insert(key, row.line()) {
            let fact = Text::new(
                format!("the same request stands in line {line} already: it would count twice"),
                format!("同样的愿望在第 {line} 行已有，会重复计算"),
            );
            let cure = Text::new("keep one of the rows and give it more weight", "请只保留一行，可加大权重");
            log.findings.push(row.place(Diagnostic::error(codes::DUPLICATE_ROW, fact, cure)));
            continue;
        }
        requests.push(request);
    }
    note_outside(outside, first, horizon, log);
    requests
}

fn read_request(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Request, Bad> {
    let person = names.person(&row.get("id"), log);
    let date = row.needed_date("date", log);
    let cell = row.get("want");
    let want = if cell.is_empty() {
        Err(cell.is_needed(log))
    } else {
        read_want(cell.text(), names).ok_or_else(|| log.bad(unknown_want(&cell, names)))
    };
    let weight = row.get("weight").integer(0, 1_000_000, log);
    let (person, date, want, weight) = (person?, date?, want?, weight?);
    Ok(Request { person, date, want, weight: weight.unwrap_or(1), origin: row.origin() })
}

fn read_want(text: &str, names: &Names) -> Option<Want> {
    let text = clean(text);
    for not in ["!", "！", "不上", "不要", "非"] {
        if let Some(rest) = text.strip_prefix(not)
            && let Some(want) = read_plain_want(&clean(rest), names)
        {
            return Some(Want::Not(Box::new(want)));
        }
    }
    read_plain_want(&text, names)
}

fn read_plain_want(text: &str, names: &Names) -> Option<Want> {
    if let Some(shift) = names.find_shift(text) {
        return Some(Want::Shift(shift));
    }
    if let Some(band) = names.find_band(text) {
        return Some(Want::Band(band.to_owned()));
    }
    if word::is_off(text) {
        return Some(Want::Off);
    }
    matches!(word::key(text).as_str(), "work" | "上班" | "班" | "出勤").then_some(Want::Work)
}

fn unknown_want(cell: &Cell<'_>, names: &Names) -> Diagnostic {
    let also: Vec<&str> = names.bands.iter().map(String::as_str).chain(["off", "work"]).collect();
    let found = names.unknown_shift(cell, &also);
    if found.code == codes::BECAME_A_DATE {
        return found;
    }
    let fact = Text::new(
        format!("\"{}\" is no shift code, no band, not off and not work", crate::diag::shorten(cell.text())),
        format!("“{}”不是班次代码或班别，也不是 off、work", crate::diag::shorten(cell.text())),
    );
    Diagnostic { fact, ..found }
}

/// Pins inside the horizon.
pub(super) fn read_pins(table: &Table, names: &Names, horizon: &Horizon, log: &mut Log) -> Vec<Pin> {
    let mut pins: Vec<Pin> = Vec::new();
    let mut seen = Seen::default();
    let mut lines: Vec<usize> = Vec::new();
    let (mut outside, mut first) = (0, None);
    // A rota given as pins fixes every day of it but leave and days outside employment.
    let is_rota = table.has("pinned") || table.has("paid_minutes");
    for row in table.rows() {
        let code = row.get("shift");
        if is_rota && matches!(said(code.text(), names), Said::Leave(_) | Said::Absent) {
            continue;
        }
        let Ok(pin) = read_pin(&row, names, log) else { continue };
        if horizon.index(pin.date).is_none() {
            outside += 1;
            first = first.or(Some(row));
            continue;
        }
        match seen.get(&(pin.person, pin.date)) {
            Some(&at) if pins[at].target == pin.target => {}
            Some(&at) => {
                let (id, line) = (&names.id_list[pin.person.ix()], lines[at]);
                let fact = Text::new(
                    format!("{id} has another pin on {} in line {line}", pin.date),
                    format!("{id} 在 {} 已由第 {line} 行固定为其他班次", pin.date),
                );
                let cure = Text::new("keep one of the two", "请只保留一行");
                log.findings.push(row.get("shift").error(codes::PINS_DISAGREE, fact, cure));
            }
            None => {
                seen.insert((pin.person, pin.date), pins.len());
                lines.push(row.line());
                pins.push(pin);
            }
        }
    }
    note_outside(outside, first, horizon, log);
    pins
}

fn read_pin(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Pin, Bad> {
    let person = names.person(&row.get("id"), log);
    let date = row.needed_date("date", log);
    let cell = row.get("shift");
    let target = if cell.is_empty() {
        Err(cell.is_needed(log))
    } else if let Some(shift) = names.find_shift(cell.text()) {
        Ok(PinTarget::Shift(shift))
    } else if word::is_off(cell.text()) {
        Ok(PinTarget::Off)
    } else if names.find_band(cell.text()).is_some() {
        let fact = Text::new("a pin names one shift, not a band", "固定班次要写具体班次，不能写班别");
        let cure = super::cell::with_nearest("", &[], &names.codes);
        Err(log.bad(cell.error(codes::UNKNOWN_SHIFT, fact, cure)))
    } else {
        Err(log.bad(names.unknown_shift(&cell, &["OFF"])))
    };
    Ok(Pin { person: person?, date: date?, target: target?, origin: row.origin() })
}
