//! `ics/`: a calendar for each person, to be subscribed to or sent (RFC 5545).
//!
//! An event is a stretch of work, or a day of leave. Its UID is made of person, date and stretch alone, so that it is the
//! same event over re-plans. Where the folder holds the calendars of an earlier rota, an event that is as it was keeps its
//! SEQUENCE and time stamp, one that changed gets the next number, and one that is gone is kept as cancelled (RFC 5546, 3.2.5):
//! a calendar program would show it on otherwise. Nothing depends on the clock.

use super::OutputFile;
use super::cells::pick;
use crate::base::{DAY_MINUTES, Lang, Text, clock, words};
use crate::model::DayCell;
use crate::report::{Report, hex};
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use icalendar::{Calendar, CalendarDateTime, Class, Component, Event, EventLike, EventStatus, Property};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The folder of the calendars inside an output folder.
pub const CALENDARS: &str = "ics";

const ZONE: &str = "Asia/Shanghai";
/// China has kept one offset without summer time since 1991.
const ZONE_RULES: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\nBEGIN:STANDARD\r\nDTSTART:19910915T000000\r\n\
                          TZOFFSETFROM:+0900\r\nTZOFFSETTO:+0800\r\nTZNAME:CST\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
/// Longest line in octets, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// An event, apart from when it was last changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    date: NaiveDate,
    /// Start and end; `None` for the whole day.
    time: Option<(NaiveDateTime, NaiveDateTime)>,
    summary: String,
    description: String,
    cancelled: bool,
}

/// The calendars of everybody, with what `folder` knows of earlier ones.
#[must_use]
pub fn calendar_files(report: &Report, lang: Lang, folder: &Path) -> Vec<OutputFile> {
    let Some((first, last)) = report.overview.dates else { return Vec::new() };
    let names = file_names(report);
    let people = report.grid.lines.iter().enumerate();
    let file = |(p, line): (usize, &crate::report::GridLine)| {
        let name = &names[p];
        let entries = entries(report, p, lang);
        let before = fs::read_to_string(folder.join(CALENDARS).join(name)).unwrap_or_default();
        let before = earlier(&before, (first, last));
        let text = calendar(&line.person, entries, &before, (first, lang));
        OutputFile { name: format!("{CALENDARS}/{name}").into(), bytes: text.into_bytes() }
    };
    people.map(file).collect()
}

/// `007.ics`: the staff number, with signs that a file name cannot have replaced and told apart.
fn file_names(report: &Report) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut name = |id: &str| {
        let plain: String =
            id.chars().map(|c| if c.is_alphanumeric() || "-_".contains(c) { c } else { '_' }).collect();
        if plain == id && !id.is_empty() && taken.insert(plain.to_lowercase()) {
            format!("{plain}.ics")
        } else {
            format!("{plain}-{}.ics", mark(id))
        }
    };
    report.grid.lines.iter().map(|l| name(&l.person[0])).collect()
}

/// A short mark of an id, for names and UIDs.
fn mark(id: &str) -> String {
    hex(&Sha256::digest(id.as_bytes()))[..12].to_owned()
}

/// The events of a person by UID.
fn entries(report: &Report, person: usize, lang: Lang) -> BTreeMap<String, Entry> {
    let line = &report.grid.lines[person];
    let mut entries = BTreeMap::new();
    for (cell, date) in line.cells.iter().zip(&report.grid.dates) {
        let uid = |piece: usize| format!("{date}-{piece}-{}@rota.paiban", mark(&line.person[0]));
        match cell {
            DayCell::Work(s) => {
                let shift = &report.board.shifts[s.ix()];
                for (piece, span) in shift.spans.iter().enumerate() {
                    let at = |minute: i32| moment(*date, minute);
                    let entry = Entry {
                        date: *date,
                        time: at(span.start).zip(at(span.end)),
                        summary: if shift.name == shift.code {
                            shift.code.clone()
                        } else {
                            format!("{} {}", shift.code, shift.name)
                        },
                        description: pick(&described(shift), lang),
                        cancelled: false,
                    };
                    entries.insert(uid(piece), entry);
                }
            }
            DayCell::Leave(kind) => {
                let summary = pick(&words::leave_kind(kind), lang);
                let entry =
                    Entry { date: *date, time: None, summary, description: String::new(), cancelled: false };
                entries.insert(uid(0), entry);
            }
            DayCell::Off | DayCell::Absent => {}
        }
    }
    entries
}

fn described(shift: &crate::report::ShiftKey) -> Text {
    let times = &shift.times;
    match (shift.meal_minutes, shift.meal_window) {
        (0, _) => Text::same(times),
        (m, None) => Text::new(format!("{times}\nMeal {m} min"), format!("{times}\n用餐 {m} 分钟")),
        (m, Some(w)) => {
            let (from, to) = (clock(w.start), clock(w.end));
            Text::new(
                format!("{times}\nMeal {m} min between {from} and {to}"),
                format!("{times}\n用餐 {m} 分钟（{from}–{to}）"),
            )
        }
    }
}

/// A minute of a date, which may be on the next day.
fn moment(date: NaiveDate, minute: i32) -> Option<NaiveDateTime> {
    let midnight = date.and_hms_opt(0, 0, 0)?;
    midnight.checked_add_signed(TimeDelta::minutes(i64::from(minute)))
}

/// The events of an earlier calendar inside the dates, by UID, with their sequence numbers.
fn earlier(text: &str, (first, last): (NaiveDate, NaiveDate)) -> BTreeMap<String, (Entry, u32)> {
    let Ok(calendar) = text.parse::<Calendar>() else { return BTreeMap::new() };
    let read = |event: &Event| {
        let uid = event.get_uid()?.to_owned();
        let date = NaiveDate::parse_from_str(uid.get(..10)?, "%Y-%m-%d").ok()?;
        let time = |key: &str| {
            let value = event.property_value(key)?;
            NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S").ok()
        };
        let entry = Entry {
            date,
            time: time("DTSTART").zip(time("DTEND")),
            summary: event.get_summary().unwrap_or_default().to_owned(),
            description: event.get_description().unwrap_or_default().to_owned(),
            cancelled: event.get_status() == Some(EventStatus::Cancelled),
        };
        let sequence = event.get_sequence().unwrap_or(0);
        (first <= date && date <= last).then_some((uid, (entry, sequence)))
    };
    calendar.events().filter_map(read).collect()
}

/// The text of a person's calendar.
fn calendar(
    [id, name, _]: &[String; 3],
    mut entries: BTreeMap<String, Entry>,
    before: &BTreeMap<String, (Entry, u32)>,
    (first, lang): (NaiveDate, Lang),
) -> String {
    for (uid, (old, _)) in before {
        entries.entry(uid.clone()).or_insert_with(|| Entry { cancelled: true, ..old.clone() });
    }
    let title = Text::new(format!("Rota of {name}"), format!("{name} 的班表"));
    let mut calendar = Calendar::empty();
    let properties = [
        ("VERSION", "2.0"),
        ("PRODID", "-//paiban//rota//ZH"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", title.get(lang)),
        ("X-WR-TIMEZONE", ZONE),
    ];
    for (key, value) in properties {
        calendar.append_property(Property::new(key, value));
    }
    for (uid, entry) in &entries {
        let sequence = match before.get(uid) {
            Some((old, n)) if old == entry => *n,
            Some((_, n)) => n + 1,
            None => 0,
        };
        calendar.push(event(uid, entry, (sequence, first, id)));
    }
    // The library would give the time zone a UID and a time stamp, which it may not have.
    let text = calendar.to_string();
    let at = text.find("BEGIN:VEVENT").or_else(|| text.find("END:VCALENDAR")).unwrap_or(text.len());
    folded(&format!("{}{ZONE_RULES}{}", &text[..at], &text[at..]))
}

fn event(uid: &str, entry: &Entry, (sequence, first, id): (u32, NaiveDate, &str)) -> Event {
    let zoned =
        |date_time: NaiveDateTime| CalendarDateTime::WithTimezone { date_time, tzid: ZONE.to_owned() };
    // The stamp of a version: a second later for each further one. A clock would make every run another file.
    let stamp = moment(first, -DAY_MINUTES).unwrap_or_default() + TimeDelta::seconds(i64::from(sequence));
    let mut event = Event::new();
    event
        .uid(uid)
        .sequence(sequence)
        .timestamp(stamp.and_utc())
        .summary(&entry.summary)
        .class(Class::Private);
    event.add_property("X-PAIBAN-ID", id);
    if !entry.description.is_empty() {
        event.description(&entry.description);
    }
    match entry.time {
        Some((start, end)) => {
            event.starts(zoned(start)).ends(zoned(end));
        }
        None => {
            event.starts(entry.date).ends(entry.date.checked_add_days(Days::new(1)).unwrap_or(entry.date));
            event.add_property("TRANSP", "TRANSPARENT");
        }
    }
    event.status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    event.done()
}

/// Lines of at most 75 octets, none cut inside a character. (The library counts the blank of a continued line out.)
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 20);
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LINE {
                out.push_str("\r\n ");
                length = 1;
            }
            out.push(c);
            length += c.len_utf8();
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    fn texts(report: &Report, folder: &Path) -> Vec<(String, String)> {
        let files = calendar_files(report, Lang::Zh, folder);
        files.into_iter().map(|f| (f.name.into_owned(), String::from_utf8(f.bytes).unwrap())).collect()
    }

    /// Writes the calendars of a report into a folder and gives those of the first person.
    fn kept(report: &Report, folder: &Path) -> String {
        fs::create_dir_all(folder.join(CALENDARS)).unwrap();
        let files = texts(report, folder);
        for (name, text) in &files {
            fs::write(folder.join(name), text).unwrap();
        }
        files[0].1.clone()
    }

    #[test]
    fn everybody_has_a_calendar_with_shifts_and_leave() {
        let files = texts(&report(), Path::new("nowhere"));
        assert_eq!(files.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["ics/007.ics", "ics/E2.ics"]);
        let first = &files[0].1;
        assert!(first.contains("DTSTART;TZID=Asia/Shanghai:20261001T080000\r\n"), "{first}");
        assert!(first.contains("DTSTART;VALUE=DATE:20261003\r\n") && first.contains("SUMMARY:年假\r\n"));
        // The late shift ends on the next day.
        assert!(files[1].1.contains("DTEND;TZID=Asia/Shanghai:20261002T020000\r\n"), "{}", files[1].1);
        assert_eq!(first.matches("BEGIN:VEVENT").count(), 2);
    }

    #[test]
    fn a_new_plan_changes_what_changed_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let one = report();
        let first = kept(&one, home.path());
        assert_eq!(kept(&one, home.path()), first, "nothing changed");
        let mut two = report();
        two.grid.lines[0].cells[0] = DayCell::Off;
        two.grid.lines[0].cells[1] = DayCell::Leave("SICK".into());
        let second = kept(&two, home.path());
        let leave = |text: &str| text.split("BEGIN:VEVENT").find(|e| e.contains("年假")).map(str::to_owned);
        assert_eq!(leave(&first), leave(&second), "the day of annual leave is as it was");
        let gone = second.split("BEGIN:VEVENT").find(|e| e.contains("T080000")).unwrap();
        assert!(gone.contains("STATUS:CANCELLED") && gone.contains("SEQUENCE:1"), "{gone}");
        // And back again: the same event, a higher number.
        let third = kept(&one, home.path());
        let back = third.split("BEGIN:VEVENT").find(|e| e.contains("T080000")).unwrap();
        assert!(back.contains("STATUS:CONFIRMED") && back.contains("SEQUENCE:2"), "{back}");
    }

    #[test]
    fn no_line_is_too_long_or_cut_inside_a_character() {
        let long = format!("SUMMARY:{}\r\nX:1\r\n", "夜间值班𠮷".repeat(40));
        let text = folded(&long);
        assert!(text.split("\r\n").all(|l| l.len() <= LINE));
        assert_eq!(text.replace("\r\n ", ""), long);
    }
}
