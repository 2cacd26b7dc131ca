//! Who stays last, who could stand in, and the sheets to sign, beside the other files.

use crate::support::{Desk, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Substitutes tried on the rota of one case.
const TRIED: usize = 3;

/// `tails.csv`: one row a date, end and channel with a tail; nobody's turn comes while somebody there had fewer.
pub(crate) fn wants_turns(desk: &Desk, out: &str) {
    let [tails, duties, handovers] =
        ["tails", "duties", "handover"].map(|name| desk.rows(&format!("{out}/{name}.csv")));
    let cells = |r: &Row, names: &[&str]| names.iter().map(|n| r[*n].clone()).collect::<Vec<_>>();
    let mut last: BTreeMap<Vec<String>, (String, String)> = BTreeMap::new();
    for h in &handovers {
        let end = last.entry(cells(h, &["date", "from_id"])).or_default();
        *end = (h["end"].clone(), h["channel"].clone()).max(end.clone());
    }
    let mut there: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for d in duties.iter().filter(|d| d["activity"] == "tail") {
        let channel = last[&cells(d, &["date", "id"])].1.clone();
        let place = vec![d["date"].clone(), d["start"].clone(), channel];
        there.entry(place).or_default().insert(d["id"].clone());
    }
    let mut turns: BTreeMap<String, usize> = BTreeMap::new();
    for t in &tails {
        let place = cells(t, &["date", "start", "channel"]);
        let people = there.remove(&place).unwrap_or_else(|| panic!("nobody has the tail of {place:?}"));
        let had = |id: &String| turns.get(id).copied().unwrap_or(0);
        assert!(people.contains(&t["id"]), "{t:?}");
        assert!(people.iter().all(|p| had(p) >= had(&t["id"])), "not the turn of {t:?}");
        assert_eq!(t["backup_id"].is_empty(), people.len() == 1, "{t:?}");
        assert!(t["backup_id"].is_empty() || people.contains(&t["backup_id"]), "{t:?}");
        *turns.entry(t["id"].clone()).or_default() += 1;
    }
    assert!(there.is_empty(), "tails without a turn: {there:?}");
}

/// `substitutes.csv`: ranks in order, people who are off that day, and rotas with them that the checker accepts.
pub(crate) fn wants_substitutes(desk: &Desk, case: &str, out: &str) {
    let (rows, rota) = (desk.rows(&format!("{out}/substitutes.csv")), desk.rows(&format!("{out}/rota.csv")));
    let day: BTreeMap<(&str, &str), &Row> =
        rota.iter().map(|r| ((r["id"].as_str(), r["date"].as_str()), r)).collect();
    let mut rank = 0;
    let mut before = (String::new(), String::new());
    for r in &rows {
        let gap = (r["date"].clone(), r["id"].clone());
        rank = if gap == before { rank + 1 } else { 1 };
        before = gap;
        assert!(
            !["OFF", "-"].contains(&day[&(r["id"].as_str(), r["date"].as_str())]["shift"].as_str()),
            "{r:?}"
        );
        assert!(r["short_hours"].parse::<f64>().unwrap_or(0.0) > 0.0, "{r:?}");
        if r["rank"].is_empty() {
            assert!(rank == 1 && !r["note"].is_empty() && r["substitute_id"].is_empty(), "{r:?}");
            continue;
        }
        assert_eq!(r["rank"], rank.to_string(), "{r:?}");
        assert_eq!(day[&(r["substitute_id"].as_str(), r["date"].as_str())]["shift"], "OFF", "{r:?}");
        assert!(!r["headroom_hours"].starts_with('-'), "{r:?}");
    }
    let named: Vec<&Row> = rows.iter().filter(|r| !r["rank"].is_empty()).collect();
    let step = named.len().div_ceil(TRIED).max(1);
    for r in named.into_iter().step_by(step) {
        let text = desk.text(&format!("{out}/rota.csv"));
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        let taken = rota
            .iter()
            .position(|x| x["id"] == r["substitute_id"] && x["date"] == r["date"])
            .expect("a day of the rota");
        lines[taken + 1] = format!("{},,{},,,{},,,,,,,", r["date"], r["substitute_id"], r["shift"]);
        desk.put("taken.csv", &(lines.join("\n") + "\n"));
        let said = desk.must(&["check", case, "taken.csv"]);
        assert!(said.contains("No hard rule is broken"), "{r:?}\n{said}");
    }
}

/// `handover_sheets.html`: a page for each date and channel, each handover on one of them.
pub(crate) fn wants_sheets(desk: &Desk, out: &str) {
    let handovers = desk.rows(&format!("{out}/handover.csv"));
    let page = desk.text(&format!("{out}/handover_sheets.html"));
    let sheets: BTreeSet<(&str, &str)> =
        handovers.iter().map(|h| (h["date"].as_str(), h["channel"].as_str())).collect();
    assert_eq!(page.matches("<section>").count(), sheets.len());
    for h in &handovers {
        assert_eq!(page.matches(&format!("<td>{}</td>", h["batch"])).count(), 1, "{h:?}");
    }
    for (date, channel) in sheets {
        assert!(page.lines().any(|l| l.contains("<h1>") && l.contains(date) && l.contains(channel)));
    }
}
