//! How the work of the templates passes on, from `handover.csv` and `duties.csv`.

use crate::support::{Desk, Row};
use std::collections::{BTreeMap, BTreeSet};

fn minutes(text: &str) -> i32 {
    let (hours, minutes) = text.split_once(':').expect("a time");
    hours.parse::<i32>().expect("hours") * 60 + minutes.parse::<i32>().expect("minutes")
}

/// People on a channel at 16:30 to 17:00, by date, channel and minute.
fn on_queue(duties: &[Row]) -> BTreeMap<(&str, &str, i32), usize> {
    let mut there = BTreeMap::new();
    for d in duties {
        for t in minutes(&d["start"]).max(990)..minutes(&d["end"]).min(1020) {
            *there.entry((d["date"].as_str(), d["activity"].as_str(), t)).or_default() += 1;
        }
    }
    there
}

/// Person-minutes at work and not in a handover at 16:30 to 17:00, by date.
fn free_of_handover(duties: &[Row]) -> BTreeMap<&str, i32> {
    let mut free = BTreeMap::new();
    for d in duties.iter().filter(|d| d["activity"] != "handover") {
        *free.entry(d["date"].as_str()).or_default() +=
            (minutes(&d["end"]).min(1020) - minutes(&d["start"]).max(990)).max(0);
    }
    free
}

/// Day and evening overlap from 16:30 to 17:00: handovers lie in it, one batch after the other, and the queue has as many
/// people as required at every moment, but for a minute in fifty (all at once a channel was empty for every fourth).
/// Half an hour is short only of what all the minutes beside the handovers do not come to.
pub(crate) fn two_shift(desk: &Desk, out: &str) {
    let [handovers, duties, coverage] =
        ["handover", "duties", "coverage"].map(|name| desk.rows(&format!("{out}/{name}.csv")));
    let mut days: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for h in handovers.iter().filter(|h| h["kind"] == "overlap") {
        assert!("16:30" <= h["start"].as_str() && h["end"].as_str() <= "17:00", "{h:?}");
        days.entry(&h["date"]).or_default().push(&h["start"]);
    }
    let several = days.values().filter(|starts| starts.len() > 1);
    let batches = |starts: &&Vec<&str>| starts.iter().collect::<BTreeSet<_>>().len() > 1;
    let (all, in_batches) = (several.clone().count(), several.filter(batches).count());
    assert!(all > 20 && in_batches * 10 >= all * 9, "in batches on {in_batches} of {all} days");
    let there = on_queue(&duties);
    let wanted = coverage.iter().filter(|r| r["start"] == "16:30" && r["required"] != "0");
    let (mut missing, mut judged) = (0, 0);
    let free = free_of_handover(&duties);
    let mut short: BTreeMap<&str, (i32, f64)> = BTreeMap::new();
    for r in wanted {
        let day = short.entry(&r["date"]).or_default();
        day.0 += 30 * r["required"].parse::<i32>().expect("people");
        day.1 += 30.0 * r["short"].parse::<f64>().expect("people");
        let required: usize = r["required"].parse().expect("people");
        for t in 990..1020 {
            let here = there.get(&(r["date"].as_str(), r["channel"].as_str(), t)).copied().unwrap_or(0);
            judged += required;
            missing += required.saturating_sub(here);
        }
    }
    for (date, (required, short)) in short {
        let lacking = (required - free.get(date).copied().unwrap_or(0)).max(0);
        assert!(short <= f64::from(lacking) + 0.5, "{date}: {short} person-minutes short, {lacking} too few");
    }
    assert!(missing * 50 < judged, "{missing} of {judged} person-minutes are missing at a moment");
}

/// Those who leave at 17:00 and 20:00 hand over to people at work; those who leave at 23:00 to who opens the channel next,
/// who reads it in the quarter of an hour before the shift.
pub(crate) fn three_shift(desk: &Desk, out: &str) {
    let (handovers, duties) =
        (desk.rows(&format!("{out}/handover.csv")), desk.rows(&format!("{out}/duties.csv")));
    let starts: BTreeSet<(&str, &str, &str)> = duties
        .iter()
        .filter(|d| d["activity"] == "handover")
        .map(|d| (d["id"].as_str(), d["start"].as_str(), d["date"].as_str()))
        .collect();
    let (mut at_work, mut read) = (0, 0);
    for h in handovers.iter().filter(|h| h["start"] < h["end"]) {
        if h["start"].as_str() < "22:00" {
            assert_eq!(h["kind"], "overlap", "{h:?}");
            at_work += 1;
            continue;
        }
        assert_eq!(h["kind"], "message", "{h:?}");
        if !h["to_id"].is_empty() {
            let mut next = starts.range((h["to_id"].as_str(), "", "")..(h["to_id"].as_str(), "24", ""));
            let early = ["07:45", "10:45", "13:45"];
            assert!(next.any(|s| early.contains(&s.1) && s.2 > h["date"].as_str()), "{h:?}");
            read += 1;
        }
    }
    assert!(at_work > 100 && read > 100, "{at_work} at work, {read} read");
}

/// The evening person comes a quarter of an hour early: the change at 17:30 without an overlap is an early arrival.
#[test]
fn a_change_without_overlap_is_an_early_arrival() {
    let desk = Desk::new();
    desk.must(&["new", "case", "--template", "split-evening"]);
    desk.must(&["solve", "case", "-o", "out", "--work-limit", "10000000", "--seed", "1"]);
    let handovers = desk.rows("out/handover.csv");
    let at_change: Vec<&Row> = handovers.iter().filter(|h| h["end"] == "17:30").collect();
    assert!(at_change.len() > 25, "{}", at_change.len());
    for h in at_change {
        assert_eq!((h["start"].as_str(), h["kind"].as_str()), ("17:15", "early_arrival"), "{h:?}");
    }
}
