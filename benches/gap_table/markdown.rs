//! The tables in Markdown. The worst of the seeds stands in every column but the first of the objective.

use crate::figures::{median, power};
use crate::peers::{Peer, cell, solvers};
use crate::row::{Row, rows};
use crate::run::Run;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The whole page: how it was measured, public instances, months.
pub(crate) fn page(runs: &[Run], peers: &[Peer]) -> String {
    if runs.is_empty() {
        return "No runs yet.\n".to_owned();
    }
    let (months, instances): (Vec<Row>, Vec<Row>) =
        rows(runs).into_iter().partition(|r| r.people().is_some());
    let mut text = circumstances(runs);
    for (title, part) in [("Public instances", &instances), ("Made-up months", &months)] {
        if !part.is_empty() {
            let _ = write!(text, "\n### {title}\n\n{}", table(part, peers));
        }
    }
    text + &growth(&months)
}

/// One sentence on when, with what and on what.
fn circumstances(runs: &[Run]) -> String {
    let all = |field: &dyn Fn(&Run) -> String| {
        let set: BTreeSet<String> = runs.iter().map(field).filter(|t| !t.is_empty()).collect();
        set.into_iter().collect::<Vec<_>>().join(", ")
    };
    let seeds: BTreeSet<u64> = runs.iter().map(|r| r.seed).collect();
    let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
    format!(
        "Measured {} with paiban {} at {} on {}; threads: {}; seeds: {}.\n",
        all(&|r| r.date.clone()),
        all(&|r| r.version.clone()),
        all(&|r| r.commit.clone()),
        all(&|r| r.machine.clone()),
        all(&|r| r.threads.to_string()),
        seeds.join(", ")
    )
}

fn table(rows: &[Row], peers: &[Peer]) -> String {
    let known = rows.iter().any(|r| r.people().is_none());
    let peers: Vec<Peer> =
        peers.iter().filter(|p| rows.iter().any(|r| r.subject == p.instance)).cloned().collect();
    let names = solvers(&peers);
    let mut heads = vec!["subject", "limit", "runs", "median", "worst", "bound", "gap"];
    if known {
        heads.extend(["best known", "above it"]);
    }
    heads.extend([
        "first",
        "to 1 %",
        "to 0.5 %",
        "proof",
        "end",
        "columns",
        "master/pricing/days",
        "MiB",
        "status",
    ]);
    heads.extend(&names);
    let mut text = line(heads.iter().map(ToString::to_string)) + &line(heads.iter().map(|_| "--".to_owned()));
    for row in rows {
        let mut cells = vec![row.subject.clone(), row.limit.clone(), row.runs.len().to_string()];
        cells.extend([row.typical(), row.worst(), row.bound()].map(whole));
        cells.push(percent(row.largest(|r| r.gap)));
        if known {
            cells.push(whole(row.runs[0].best_known.map(|k| k as f64)));
            cells.push(percent(row.largest(|r| r.over_known)));
        }
        cells.extend([
            seconds(row.largest(|r| r.first_s)),
            seconds(row.largest(|r| r.gap_1_s)),
            seconds(row.largest(|r| r.gap_05_s)),
            seconds(row.largest(|r| r.proof_s)),
            seconds(row.largest(|r| Some(r.seconds))),
            whole(row.largest(|r| r.columns.map(|c| c as f64))),
            shares(row),
            whole(row.largest(|r| r.peak_mib).map(f64::round)),
            row.status(),
        ]);
        cells.extend(names.iter().map(|solver| cell(&peers, solver, &row.subject, &row.limit)));
        text += &line(cells);
    }
    text
}

/// How the time to a gap grows with the people, for each limit.
fn growth(months: &[Row]) -> String {
    let limits: BTreeSet<&str> = months.iter().map(|r| r.limit.as_str()).collect();
    let figures: [(&str, fn(&Run) -> Option<f64>); 3] = [
        ("first rota", |r| r.first_s),
        ("proven gap of 1 %", |r| r.gap_1_s),
        ("proven gap of 0.5 %", |r| r.gap_05_s),
    ];
    let mut text = String::new();
    for limit in limits {
        let rows: Vec<&Row> = months.iter().filter(|r| r.limit == limit).collect();
        for (name, figure) in figures {
            let reached = |r: &&Row| Some((f64::from(r.people()?), median(&r.each(figure))?));
            let points: Vec<(f64, f64)> = rows.iter().filter_map(reached).collect();
            if let Some(p) = power(&points) {
                let _ = writeln!(
                    text,
                    "- Limit {limit}, {name}: about {:.2e} · people^{:.2} seconds (medians; {} of {} sizes got there).",
                    p.factor,
                    p.exponent,
                    points.len(),
                    rows.len()
                );
            }
        }
    }
    if text.is_empty() { text } else { format!("\n{text}") }
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    format!("| {} |\n", cells.into_iter().collect::<Vec<_>>().join(" | "))
}

fn none() -> String {
    "–".to_owned()
}

fn whole(figure: Option<f64>) -> String {
    figure.map_or_else(none, |f| if f.fract() == 0.5 { format!("{f:.1}") } else { format!("{f:.0}") })
}

/// Rounded up in the second decimal: 0.00 % means exactly nothing.
pub(crate) fn percent(share: Option<f64>) -> String {
    share.map_or_else(none, |s| format!("{:.2} %", (s * 10_000.0 - 1e-9).ceil() / 100.0 + 0.0))
}

fn seconds(time: Option<f64>) -> String {
    time.map_or_else(none, |t| match t {
        t if t < 1.0 => format!("{t:.2}"),
        t if t < 100.0 => format!("{t:.1}"),
        t => format!("{t:.0}"),
    })
}

/// Medians of the shares of time, in percent.
fn shares(row: &Row) -> String {
    let parts: [fn(&Run) -> Option<f64>; 3] = [|r| r.master, |r| r.pricing, |r| r.days];
    parts.map(|p| median(&row.each(p)).map_or_else(none, |s| format!("{:.0}", s * 100.0))).join("/")
}
