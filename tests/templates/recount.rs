//! The inside of the days counted again from the files alone: `duties.csv`, `handover.csv`, `coverage.csv` and `rota.csv`
//! beside the case's `staff.csv` and `shifts.csv`. Nothing of the library is used.

use crate::support::{Desk, Row};
use std::collections::{BTreeMap, BTreeSet};

/// From one minute to another.
type Span = (i64, i64);

/// A person's day: times and activities.
type Day<'a> = Vec<(Span, &'a str)>;

/// `26:00` in minutes.
fn minutes(text: &str) -> i64 {
    let (hours, minutes) = text.split_once(':').unwrap_or_else(|| panic!("a time: {text}"));
    hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
}

fn span(row: &Row) -> Span {
    (minutes(&row["start"]), minutes(&row["end"]))
}

fn overlap(a: Span, b: Span) -> i64 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0)
}

/// `10:00-14:00+17:30-23:00`.
fn segments(times: &str) -> Vec<Span> {
    let one = |part: &str| {
        let (a, b) = part.split_once('-').unwrap_or_else(|| panic!("a segment: {part}"));
        let (a, b) = (minutes(a.trim()), minutes(b.trim()));
        (a, if b <= a { b + 24 * 60 } else { b })
    };
    times.split('+').filter(|t| !t.is_empty()).map(one).collect()
}

/// Days since some day, for a date `YYYY-MM-DD`.
fn day_number(date: &str) -> i64 {
    let part = |range: std::ops::Range<usize>| date[range].parse::<i64>().expect("a date");
    let (y, m, d) = (part(0..4), part(5..7), part(8..10));
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + d
}

/// Wants every day of a finished rota to be sound.
pub(crate) fn wants_sound_days(desk: &Desk, case: &str, out: &str) {
    let faults = faults(desk, case, out);
    let n = faults.len();
    assert!(n == 0, "{n} faults:\n{}", faults.into_iter().take(20).collect::<Vec<_>>().join("\n"));
}

impl Files {
    fn serves(&self, id: &str, channel: &str) -> bool {
        self.skills.get(id).is_none_or(|list| list.iter().any(|s| s == channel))
    }
}

/// Handovers by who leaves and the date.
type Ends<'a> = BTreeMap<(&'a str, &'a str), Vec<Span>>;

struct Files {
    duties: Vec<Row>,
    handovers: Vec<Row>,
    coverage: Vec<Row>,
    rota: Vec<Row>,
    /// Channels by person; who is not in it serves all.
    skills: BTreeMap<String, Vec<String>>,
    shifts: BTreeMap<String, Row>,
    tasks: BTreeSet<String>,
}

fn faults(desk: &Desk, case: &str, out: &str) -> Vec<String> {
    let [duties, handovers, coverage, rota] =
        ["duties", "handover", "coverage", "rota"].map(|name| desk.rows(&format!("{out}/{name}.csv")));
    let list = |text: &str| text.split(';').map(|s| s.trim().to_string()).collect();
    let staff = desk.rows(&format!("{case}/staff.csv"));
    let shifts = desk.rows(&format!("{case}/shifts.csv"));
    let tasks = format!("{case}/tasks.csv");
    let tasks = if desk.path(&tasks).exists() { desk.rows(&tasks) } else { Vec::new() };
    let files = Files {
        duties,
        handovers,
        coverage,
        rota,
        skills: staff
            .into_iter()
            .filter_map(|r| Some((r["id"].clone(), list(r.get("skills").filter(|s| !s.is_empty())?))))
            .collect(),
        shifts: shifts.into_iter().map(|r| (r["code"].clone(), r)).collect(),
        tasks: tasks.into_iter().map(|r| r["name"].clone()).collect(),
    };
    let mut days: BTreeMap<(&str, &str), Day<'_>> = BTreeMap::new();
    for row in &files.duties {
        days.entry((&row["id"], &row["date"])).or_default().push((span(row), &row["activity"]));
    }
    let mut ends: Ends<'_> = BTreeMap::new();
    for row in &files.handovers {
        ends.entry((&row["from_id"], &row["date"])).or_default().push(span(row));
    }
    let mut starts: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for row in &files.rota {
        let list = starts.entry(&row["id"]).or_default();
        list.extend(segments(&row["times"]).iter().map(|s| day_number(&row["date"]) * 24 * 60 + s.0));
    }
    let mut away: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for row in files.duties.iter().filter(|r| r["activity"] == "handover") {
        let (noon, (a, b)) = (day_number(&row["date"]) * 24 * 60, span(row));
        away.entry(&row["id"]).or_default().push((noon + a, noon + b));
    }
    let mut faults = Vec::new();
    places(&files, &days, &mut faults);
    for row in files.rota.iter().filter(|r| !r["times"].is_empty()) {
        let day = days.get(&(row["id"].as_str(), row["date"].as_str())).map_or(&[][..], |d| d);
        shift(&files, row, day, &ends, &mut faults);
    }
    for row in &files.handovers {
        sides(&files, row, (&away, &starts), &mut faults);
    }
    covered(&files, &mut faults);
    faults
}

/// Nobody is in two places, and on no channel without the skill.
fn places(files: &Files, days: &BTreeMap<(&str, &str), Day<'_>>, faults: &mut Vec<String>) {
    let mut last: BTreeMap<&str, (i64, &str)> = BTreeMap::new();
    for (&(id, date), day) in days {
        let noon = day_number(date) * 24 * 60;
        let mut day = day.clone();
        day.sort_unstable();
        for &((start, end), activity) in &day {
            let channel = !["meal", "meeting", "handover", "tail"].contains(&activity)
                && !files.tasks.contains(activity);
            if channel && !files.serves(id, activity) {
                faults.push(format!("{id} {date}: on {activity} without the skill"));
            }
            if end <= start {
                faults.push(format!("{id} {date}: an empty stretch at {start}"));
            }
            let (until, before) = last.get(id).copied().unwrap_or((i64::MIN, ""));
            // A meeting that somebody comes in for may lie over the early arrival or the tail.
            let both = ["meeting", "handover", "tail"];
            let may = both.contains(&activity) && both.contains(&before) && activity != before;
            if noon + start < until && !may {
                faults.push(format!("{id} {date}: {activity} at {start} while still at {before}"));
            }
            last.insert(id, (until.max(noon + end), activity));
        }
    }
}

/// Every minute of a shift is spent, its meal is whole and in its window, its ends are handed over once each.
fn shift(files: &Files, row: &Row, day: &[(Span, &str)], ends: &Ends<'_>, faults: &mut Vec<String>) {
    let (id, date, code) = (&row["id"], &row["date"], &row["shift"]);
    let segments = segments(&row["times"]);
    for &segment in &segments {
        let spent: i64 = day.iter().filter(|d| d.1 != "tail").map(|d| overlap(d.0, segment)).sum();
        if spent != segment.1 - segment.0 {
            faults.push(format!("{id} {date}: {spent} minutes spent of {segment:?}"));
        }
        let ends = ends.get(&(id.as_str(), date.as_str())).map_or(&[][..], |e| e);
        let ends: Vec<&Span> = ends.iter().filter(|t| segment.0 <= t.0 && t.1 <= segment.1).collect();
        if ends.len() != 1 {
            faults.push(format!("{id} {date}: handed over {} times at the end of {segment:?}", ends.len()));
        }
    }
    let shift = &files.shifts[code];
    let cell = |column: &str| shift.get(column).map_or("", |s| s.trim());
    let wanted: i64 = cell("meal_minutes").parse().unwrap_or(0);
    let meals: Vec<Span> = day.iter().filter(|d| d.1 == "meal").map(|d| d.0).collect();
    let window = segments_or(cell("meal_window"), &segments);
    let fits = |m: &Span| {
        m.1 - m.0 == wanted
            && m.0 % 15 == 0
            && window.iter().any(|w| w.0 <= m.0 && m.1 <= w.1)
            && segments.iter().any(|s| s.0 <= m.0 && m.1 <= s.1)
    };
    if meals.len() != usize::from(wanted > 0) || !meals.iter().all(fits) {
        faults.push(format!("{id} {date}: meals {meals:?} of {wanted} minutes in {window:?}"));
    }
}

fn segments_or(text: &str, otherwise: &[Span]) -> Vec<Span> {
    if text.is_empty() { otherwise.to_vec() } else { segments(text) }
}

/// Both sides of a handover are there: who hands over is off the queue in the slot; so is who takes over at once.
fn sides(
    files: &Files,
    row: &Row,
    (away, starts): (&BTreeMap<&str, Vec<Span>>, &BTreeMap<&str, Vec<i64>>),
    faults: &mut Vec<String>,
) {
    let (date, (a, b)) = (row["date"].as_str(), span(row));
    let noon = day_number(date) * 24 * 60;
    let slot = (noon + a, noon + b);
    let away = |id: &str, slot: Span| -> i64 {
        away.get(id).map_or(0, |list| list.iter().map(|t| overlap(*t, slot)).sum())
    };
    let (from, to, kind) = (row["from_id"].as_str(), row["to_id"].as_str(), row["kind"].as_str());
    let here = |id: &str| files.serves(id, &row["channel"]);
    if away(from, slot) < slot.1 - slot.0 || !here(from) {
        faults.push(format!("{date} {}: {from} does not hand over", row["batch"]));
    }
    match kind {
        "overlap" | "early_arrival" => {
            if away(to, slot) < slot.1 - slot.0 || !here(to) {
                faults.push(format!("{date} {}: {to} does not take over ({kind})", row["batch"]));
            }
        }
        "message" | "none" if to.is_empty() => {}
        "message" => {
            let opens = starts.get(to).is_some_and(|list| list.iter().any(|s| *s >= slot.1));
            if !opens || !here(to) {
                faults.push(format!("{date} {}: {to} does not open later", row["batch"]));
            }
        }
        _ => faults.push(format!("{date} {}: {kind} with {to}", row["batch"])),
    }
    if !row["backup_id"].is_empty() && !here(&row["backup_id"]) {
        faults.push(format!("{date} {}: the backup cannot serve", row["batch"]));
    }
}

/// `coverage.csv` is what `duties.csv` has, to the hundredth of a person.
fn covered(files: &Files, faults: &mut Vec<String>) {
    let mut on: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for row in &files.duties {
        let noon = day_number(&row["date"]) * 24 * 60;
        let (a, b) = span(row);
        on.entry(&row["activity"]).or_default().push((noon + a, noon + b));
    }
    for spans in on.values_mut() {
        spans.sort_unstable();
    }
    for row in &files.coverage {
        let noon = day_number(&row["date"]) * 24 * 60;
        let (a, b) = span(row);
        let time = (noon + a, noon + b);
        let spans = on.get(row["channel"].as_str()).map_or(&[][..], |s| s);
        let from = spans.partition_point(|s| s.0 < time.0 - 48 * 60);
        let here = spans[from..].iter().take_while(|s| s.0 < time.1);
        let minutes: i64 = here.map(|s| overlap(*s, time)).sum();
        let length = time.1 - time.0;
        let required: f64 = row["required"].parse().expect("people");
        let people = |minutes: i64| {
            let hundredths = (minutes * 200 + length) / (2 * length);
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        };
        let spare = minutes - (required * length as f64).round() as i64;
        let counted = [people(minutes), people((-spare).max(0)), people(spare.max(0))];
        let written = ["rostered", "short", "over"].map(|c| row[c].clone());
        if counted != written {
            faults.push(format!("{row:?}: counted {counted:?}"));
        }
    }
}
