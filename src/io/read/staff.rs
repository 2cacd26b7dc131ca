//! `staff.csv`

use super::cell::{Bad, Cell, Log, with_nearest};
use super::names::{Names, id_key};
use super::table::{Row, Table};
use super::text::plain;
use super::values::date::parse_date;
use super::values::word;
use super::wage;
use crate::base::Text;
use crate::base::index::ChannelIx;
use crate::diag::{codes, shorten};
use crate::model::{Person, Tag};
use rustc_hash::FxHashMap;

/// Everybody whose id can be read: a fault elsewhere in the row is told there, and not once more wherever the
/// person is named. `names` must hold shifts and channels already.
pub(super) fn read(table: &Table, names: &Names, log: &mut Log) -> Vec<Person> {
    let mut people = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for row in table.rows() {
        let cell = row.get("id");
        let Ok(person) = read_row(&row, names, log) else {
            seen.entry(id_key(cell.text())).or_insert(row.line());
            continue;
        };
        if let Some(first) = seen.get(&id_key(&person.id)) {
            let fact = Text::new(
                format!("the id \"{}\" stands in line {first} already", person.id),
                format!("工号“{}”在第 {first} 行已有", person.id),
            );
            let cure = Text::new("give every person an id of their own", "每人请用不同的工号");
            log.findings.push(cell.error(codes::DUPLICATE_ID, fact, cure));
            continue;
        }
        seen.insert(id_key(&person.id), row.line());
        people.push(person);
    }
    for row in table.lost_rows() {
        let id = row.get("id").plain();
        if !id.is_empty() && seen.insert(id_key(&id), row.line()).is_none() {
            people.push(Person { team: row.get("team").plain(), ..Person::new(&id, row.origin()) });
        }
    }
    people
}

fn read_row(row: &Row<'_>, names: &Names, log: &mut Log) -> Result<Person, Bad> {
    let cell = row.get("id");
    let id = if cell.is_empty() { Err(cell.is_needed(log)) } else { Ok(cell.plain()) };
    let skills = read_skills(&row.get("skills"), names);
    let band = read_band(&row.get("band"), names, log);
    let start_date = row.get("start_date").date(log);
    let end_cell = row.get("end_date");
    let end_date = end_cell.date(log);
    let tags = read_tags(&row.get("tags"), log);
    let wage = wage::read(row, log);
    let id = id?;
    let (start_date, end_date) = (start_date.unwrap_or(None), end_date.unwrap_or(None));
    if let (Some(from), Some(to)) = (start_date, end_date)
        && to < from
    {
        let fact = Text::new(
            format!("employment ends on {to}, before it begins on {from}"),
            format!("离职日期 {to} 早于入职日期 {from}"),
        );
        let cure = Text::new("exchange or correct the two dates", "请对调或改正两个日期");
        log.findings.push(end_cell.error(codes::WRONG_ORDER, fact, cure));
    }
    let name = row.get("name").text().to_owned();
    Ok(Person {
        name: if name.is_empty() { id.clone() } else { name },
        id,
        team: row.get("team").plain(),
        contract: row.get("contract").plain(),
        skills,
        band,
        start_date,
        end_date,
        tags,
        wage,
        origin: row.origin(),
    })
}

/// Channels of a person, sorted; all of them when none is written.
fn read_skills(cell: &Cell<'_>, names: &Names) -> Vec<ChannelIx> {
    let everything = ["all", "全部", "所有", "*"];
    let words: Vec<_> = word::list(cell.text()).collect();
    if words.is_empty() || words.iter().any(|w| everything.contains(&word::key(w).as_str())) {
        return (0..names.channel_list.len()).map(ChannelIx::new).collect();
    }
    let mut skills: Vec<ChannelIx> = words.iter().filter_map(|w| names.find_channel(w)).collect();
    skills.sort_unstable();
    skills.dedup();
    skills
}

fn read_band(cell: &Cell<'_>, names: &Names, log: &mut Log) -> Option<String> {
    if cell.is_empty() {
        return None;
    }
    let band = names.find_band(cell.text());
    if band.is_none() {
        log.findings.push(unknown_band(cell, cell.text(), &names.bands));
    }
    band.map(str::to_owned)
}

/// The finding that no shift has a band.
pub(super) fn unknown_band(cell: &Cell<'_>, band: &str, known: &[String]) -> crate::diag::Diagnostic {
    let v = shorten(band);
    let fact = Text::new(format!("no shift has the band \"{v}\""), format!("没有班次属于班别“{v}”"));
    cell.error(codes::UNKNOWN_BAND, fact, with_nearest(&v, known, known))
}

/// Tags; `no_night@2026-10-01..2026-12-31` holds between two dates only.
fn read_tags(cell: &Cell<'_>, log: &mut Log) -> Vec<Tag> {
    let mut tags = Vec::new();
    for part in word::list(cell.text()) {
        let folded = plain(&part);
        let (word, dates) = match folded.split_once('@') {
            None => (folded.as_ref(), None),
            Some((word, dates)) => {
                let ends = dates.split_once("..").or_else(|| dates.split_once('~'));
                let read = |text: &str| parse_date(text.trim(), log.near).ok().map(|r| r.date);
                let pair = ends.and_then(|(a, b)| Some((read(a)?, read(b)?))).filter(|(a, b)| a <= b);
                if pair.is_none() {
                    let v = shorten(&part);
                    let fact = Text::new(
                        format!("the dates of the tag \"{v}\" cannot be read"),
                        format!("标签“{v}”的日期无法识别"),
                    );
                    let cure = Text::new(
                        "write no_night, or no_night@2026-10-01..2026-12-31",
                        "请写 no_night，或 no_night@2026-10-01..2026-12-31",
                    );
                    log.findings.push(cell.error(codes::BAD_TAG, fact, cure));
                }
                (word.trim(), pair)
            }
        };
        let word = standard_tag(word);
        // Labour Law art. 58 protects those under 18; whether it bars nights and overtime is disputed, so both are barred.
        let implied: &[&str] = if word == "minor" { &["no_night", "no_overtime"] } else { &[] };
        tags.extend(implied.iter().map(|w| Tag { word: (*w).to_owned(), dates }));
        tags.push(Tag { word, dates });
    }
    tags
}

/// The tags with a meaning of their own have Chinese names too.
fn standard_tag(text: &str) -> String {
    match word::key(text).as_str() {
        "no_night" | "不上夜班" | "禁夜班" => "no_night".to_owned(),
        "no_overtime" | "不加班" | "禁加班" => "no_overtime".to_owned(),
        "minor" | "未成年" | "未成年工" => "minor".to_owned(),
        "senior" | "资深" | "老员工" => "senior".to_owned(),
        "trainee" | "实习" | "新员工" => "trainee".to_owned(),
        _ => text.to_owned(),
    }
}
