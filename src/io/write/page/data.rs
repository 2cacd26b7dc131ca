//! What the scripts of the page read: the report as compact lists, people, days, channels and words by their index.

use crate::base::{Lang, Text, clock, words};
use crate::io::write::bands;
use crate::io::write::sheets::handover_word;
use crate::model::DayCell;
use crate::report::{DayTone, Report};
use crate::rules::wording;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Stretches of shortage, and places of a rule, that are named.
const STRETCHES: usize = 60;
const PLACES: usize = 12;

/// Index of people, days and channels by what the report calls them.
struct Index<'a> {
    people: BTreeMap<&'a str, usize>,
    days: BTreeMap<NaiveDate, usize>,
    channels: BTreeMap<&'a str, usize>,
}

/// Words that are repeated, each once.
#[derive(Default)]
struct Pool {
    index: BTreeMap<Text, usize>,
    list: Vec<Text>,
}

impl Pool {
    fn put(&mut self, text: Text) -> usize {
        let next = self.list.len();
        let at = *self.index.entry(text.clone()).or_insert(next);
        if at == next {
            self.list.push(text);
        }
        at
    }
    fn json(&self) -> Vec<Value> {
        self.list.iter().map(said).collect()
    }
}

/// A text: one word where both languages have the same, else both.
fn said(text: &Text) -> Value {
    if text.en == text.zh { json!(text.en) } else { json!([text.en, text.zh]) }
}

/// All data of the page. Minutes throughout; people rostered in hundredths.
pub(super) fn data(report: &Report, lang: Lang) -> Value {
    let index = Index {
        people: report.hours.iter().enumerate().map(|(i, h)| (h.id.as_str(), i)).collect(),
        days: report.board.days.iter().enumerate().map(|(d, day)| (day.date, d)).collect(),
        channels: report.board.channels.iter().enumerate().map(|(c, name)| (name.as_str(), c)).collect(),
    };
    let (mut cell_words, cells) = cells(report);
    mark_leave(report, &mut cell_words);
    let (activities, duties) = duties(report, &index);
    let (kinds, notes, handovers) = handovers(report, &index);
    json!({
        "lang": match lang { Lang::En => "en", Lang::Zh => "zh" },
        "title": said(&crate::io::write::workbook::title(report)),
        "version": report.summary.run.version,
        "inputs": report.summary.run.inputs_sha256.get(..12),
        "people": report.hours.iter().map(|h| json!({"id": h.id, "name": h.name, "team": h.team})).collect::<Vec<_>>(),
        "days": days(report),
        "shifts": shifts(report),
        "words": cell_words,
        "cells": cells,
        "hours": hours(report),
        "channels": report.board.channels,
        "cover": cover(report, &index),
        "activities": activities,
        "duties": duties,
        "kinds": kinds,
        "notes": notes,
        "handovers": handovers,
        "wishes": wishes(report, &index),
        "summary": summary(report),
        "rules": rules(report),
        "shortfalls": report.overview.shortfalls.iter().take(STRETCHES)
            .map(|s| json!([s.date.to_string(), s.time.start, s.time.end, s.channel, s.minutes, s.worst_hundredths]))
            .collect::<Vec<_>>(),
    })
}

fn days(report: &Report) -> Vec<Value> {
    let tone = |t: DayTone| match t {
        DayTone::Ordinary => "",
        DayTone::Weekend => "weekend",
        DayTone::Statutory => "statutory",
    };
    let day = |d: &crate::report::BoardDay| {
        json!({
            "date": d.date.to_string(), "weekday": d.weekday, "tone": tone(d.tone), "name": d.name,
            "need": d.required_minutes, "short": d.short_minutes,
        })
    };
    report.board.days.iter().map(day).collect()
}

fn shifts(report: &Report) -> Vec<Value> {
    let window = |w: crate::base::Span| format!("{}–{}", clock(w.start), clock(w.end));
    let shift = |s: &crate::report::ShiftKey| {
        json!({
            "code": s.code, "name": s.name, "times": s.times, "tone": bands::family(&s.band),
            "meal": s.meal_minutes, "window": s.meal_window.map(window),
        })
    };
    report.board.shifts.iter().map(shift).collect()
}

/// The words of the cells, and for each person and day the index of the word.
fn cells(report: &Report) -> (Vec<Value>, Vec<Vec<usize>>) {
    let mut keys: BTreeMap<(u8, String), usize> = BTreeMap::new();
    let mut words: Vec<Value> = Vec::new();
    let mut put = |cell: &DayCell| {
        let (key, word) = match cell {
            DayCell::Work(s) => {
                let shift = &report.board.shifts[s.ix()];
                let tone = bands::family(&shift.band);
                ((0, shift.code.clone()), json!({"text": shift.code, "tone": tone, "shift": s.ix()}))
            }
            DayCell::Off => {
                let text = said(&words::cell("OFF"));
                ((1, String::new()), json!({"text": text, "tone": "off", "shift": null}))
            }
            DayCell::Leave(kind) => {
                let text = said(&words::leave_kind(kind));
                ((2, kind.clone()), json!({"text": text, "tone": "leave", "shift": null, "kind": kind}))
            }
            DayCell::Absent => ((3, String::new()), json!({"text": "-", "tone": "absent", "shift": null})),
        };
        let next = words.len();
        let at = *keys.entry(key).or_insert(next);
        if at == next {
            words.push(word);
        }
        at
    };
    let cells = report.grid.lines.iter().map(|l| l.cells.iter().map(&mut put).collect()).collect();
    (words, cells)
}

/// Gives each kind of leave its mark for narrow cells.
fn mark_leave(report: &Report, words: &mut [Value]) {
    let kinds: Vec<String> = words.iter().filter_map(|w| Some(w.get("kind")?.as_str()?.to_owned())).collect();
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let codes: Vec<&str> = report.board.shifts.iter().map(|s| s.code.as_str()).collect();
    let mut marks = words::leave_marks(&kinds, &codes).into_iter();
    for word in words.iter_mut().filter_map(Value::as_object_mut) {
        if word.remove("kind").is_some() {
            word.insert("mark".to_owned(), marks.next().map_or(Value::Null, |m| said(&m)));
        }
    }
}

fn hours(report: &Report) -> Vec<Value> {
    let row = |h: &crate::report::HoursRow| {
        json!({
            "worked": h.days_worked, "rest": h.rest_days, "leave": h.leave_days, "paid": h.paid,
            "ot": h.overtime.iter().sum::<i64>(), "cap": h.cap, "left": h.headroom, "late": h.late_shifts,
            "weekends": h.weekends, "statutory": h.statutory_days,
        })
    };
    report.hours.iter().map(row).collect()
}

/// `[channel][day]`: start, end, hundredths of people required and there.
fn cover(report: &Report, index: &Index<'_>) -> Vec<Vec<Vec<[i64; 4]>>> {
    let mut cover = vec![vec![Vec::new(); report.board.days.len()]; report.board.channels.len()];
    for r in &report.coverage {
        if let Some(&c) = index.channels.get(r.channel.as_str()) {
            let people = |minutes| crate::report::hundredths(minutes, i64::from(r.time.len()).max(1));
            let (needed, there) = (people(r.required_minutes), people(r.rostered_minutes));
            cover[c][r.day].push([r.time.start.into(), r.time.end.into(), needed, there]);
        }
    }
    cover
}

/// Activities, and `[person][day]`: start, end and activity of each stretch, one after the other.
fn duties(report: &Report, index: &Index<'_>) -> (Vec<Value>, Vec<Vec<Vec<i64>>>) {
    let mut pool = Pool::default();
    let mut duties = vec![vec![Vec::new(); report.board.days.len()]; report.hours.len()];
    for d in &report.duties {
        let place = index.people.get(d.id.as_str()).zip(index.days.get(&d.date));
        if let Some((&p, &day)) = place {
            let activity = pool.put(d.activity.clone()) as i64;
            duties[p][day].push((i64::from(d.time.start), i64::from(d.time.end), activity));
        }
    }
    let flat = |mut list: Vec<(i64, i64, i64)>| {
        list.sort_unstable();
        list.into_iter().flat_map(|(a, b, c)| [a, b, c]).collect()
    };
    let duties = duties.into_iter().map(|days| days.into_iter().map(flat).collect()).collect();
    (pool.json(), duties)
}

/// Kinds, notes, and the handovers: day, start, end, channel, kind, who leaves, who takes over, backup, note.
fn handovers(report: &Report, index: &Index<'_>) -> (Vec<Value>, Vec<Value>, Vec<Value>) {
    let (mut kinds, mut notes) = (Pool::default(), Pool::default());
    let person = |who: &(String, String)| index.people.get(who.0.as_str()).copied();
    let mut rows: Vec<(usize, i32, usize, Value)> = Vec::with_capacity(report.handovers.len());
    for (i, h) in report.handovers.iter().enumerate() {
        let Some(&day) = index.days.get(&h.date) else { continue };
        let channel = index.channels.get(h.channel.as_str()).copied();
        let kind = kinds.put(words::cell(handover_word(h.kind)));
        let note = notes.put(h.note.clone());
        let who = [person(&h.from), person(&h.to), person(&h.backup)];
        let row = json!([day, h.time.0, h.time.1, channel, kind, who[0], who[1], who[2], note]);
        rows.push((day, h.time.0, i, row));
    }
    rows.sort_by_key(|r| (r.0, r.1, r.2));
    (kinds.json(), notes.json(), rows.into_iter().map(|r| r.3).collect())
}

fn wishes(report: &Report, index: &Index<'_>) -> Vec<Value> {
    let row = |w: &crate::report::WishLine| {
        let place = index.days.get(&w.date).zip(index.people.get(w.person.0.as_str()))?;
        Some(json!([place.0, place.1, said(&w.want), w.met]))
    };
    report.board.wishes.iter().filter_map(row).collect()
}

fn summary(report: &Report) -> Value {
    let (run, o) = (&report.summary.run, &report.overview);
    json!({
        "objective": run.objective, "bound": run.bound, "gap": run.gap,
        "covered": o.covered_share() as f64 / 100.0,
        "requests": [o.requests.0, o.requests.1], "above": o.above_cap,
    })
}

/// What each rule costs, the dearest first, and where it costs most.
fn rules(report: &Report) -> Vec<Value> {
    let mut groups: BTreeMap<&str, Vec<&crate::check::Match>> = BTreeMap::new();
    for m in report.score.iter().filter(|m| m.penalty > 0) {
        groups.entry(m.rule.as_str()).or_default().push(m);
    }
    let mut list: Vec<(i64, &str, Vec<&crate::check::Match>)> =
        groups.into_iter().map(|(rule, all)| (all.iter().map(|m| m.penalty).sum(), rule, all)).collect();
    list.sort_by_key(|(sum, rule, _)| (std::cmp::Reverse(*sum), *rule));
    let rule = |(sum, rule, mut all): (i64, &str, Vec<&crate::check::Match>)| {
        all.sort_by_key(|m| std::cmp::Reverse(m.penalty));
        let worst: Vec<Value> =
            all.iter().take(PLACES).map(|m| json!([m.who, m.when, m.penalty, said(&m.why)])).collect();
        json!({"name": said(&wording(rule)), "sum": sum, "count": all.len(), "worst": worst})
    };
    list.into_iter().map(rule).collect()
}
