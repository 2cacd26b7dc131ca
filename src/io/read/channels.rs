//! `channels.csv`, and the channels that only other files name.

use super::cell::{Bad, Log};
use super::table::{Row, Table};
use super::text::plain;
use super::values::word;
use crate::base::Text;
use crate::diag::{codes, nearest};
use crate::model::{Channel, Flexible, LateTarget, LevelDefinition, Origin};
use crate::rules::ChannelKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// Seconds from one ring to the next in China: one of sound, four of silence.
const RING_CYCLE_S: f64 = 5.0;

/// The tables that name channels.
pub(super) struct Sources<'a> {
    /// `channels.csv`
    pub(super) channels: Option<&'a Table>,
    /// `forecast.csv`
    pub(super) forecast: Option<&'a Table>,
    /// `demand.csv`
    pub(super) demand: Option<&'a Table>,
    /// `staff.csv`
    pub(super) staff: Option<&'a Table>,
}

/// All channels: those of `channels.csv` first, then what forecast, demand and skills name, in that order.
pub(super) fn read(sources: &Sources<'_>, log: &mut Log) -> Vec<Channel> {
    let mut channels: Vec<Channel> = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    for row in sources.channels.iter().flat_map(|t| t.rows()) {
        let Ok(channel) = read_row(&row, log) else {
            // A broken row still declares its name: no further findings about it.
            seen.insert(word::key(row.get("channel").text()), row.line());
            channels.push(bare(&row.get("channel").plain(), row.origin()));
            continue;
        };
        if let Some(first) = seen.insert(word::key(&channel.name), row.line()) {
            let fact = Text::new(
                format!("the channel \"{}\" stands in line {first} already", channel.name),
                format!("渠道“{}”在第 {first} 行已有", channel.name),
            );
            let cure = Text::new("keep one of the rows", "请只保留一行");
            log.findings.push(row.get("channel").error(codes::DUPLICATE_CHANNEL, fact, cure));
            continue;
        }
        channels.push(channel);
    }
    let declared: Vec<String> = channels.iter().map(|c| c.name.clone()).collect();
    let mut missing: FxHashSet<String> = FxHashSet::default();
    for (table, is_forecast) in [(sources.forecast, true), (sources.demand, false)] {
        for row in table.iter().flat_map(|t| t.rows()) {
            let cell = row.get("channel");
            let key = word::key(cell.text());
            if cell.is_empty() || seen.contains_key(&key) {
                continue;
            }
            if is_forecast && missing.insert(key.clone()) {
                log.findings.push(without_row(&cell, &declared));
            }
            seen.insert(key, row.line());
            channels.push(bare(&cell.plain(), row.origin()));
        }
    }
    let needed = channels.len();
    for row in sources.staff.iter().flat_map(|t| t.rows()) {
        let cell = row.get("skills");
        for skill in word::list(cell.text()) {
            let key = word::key(&skill);
            if seen.contains_key(&key) {
                continue;
            }
            seen.insert(key, row.line());
            let known = channels[..needed].iter().map(|c| c.name.as_str());
            let fact = Text::new(
                format!("no other file names the channel \"{skill}\": nobody needs this skill"),
                format!("其他文件都没有渠道“{skill}”：这项技能没有用处"),
            );
            let cure = match nearest(&skill, known) {
                Some(near) => Text::new(format!("did you mean \"{near}\"?"), format!("是不是“{near}”？")),
                None => Text::new(
                    "correct the word, or leave it for later demand",
                    "请改正，或留待以后的需求使用",
                ),
            };
            log.findings.push(cell.warning(codes::UNUSED_SKILL, fact, cure));
            channels.push(bare(&plain(&skill), row.origin()));
        }
    }
    channels
}

fn without_row(cell: &super::cell::Cell<'_>, declared: &[String]) -> crate::diag::Diagnostic {
    let v = crate::diag::shorten(cell.text());
    let fact = Text::new(
        format!("channels.csv has no row for the channel \"{v}\", so its forecast cannot become people"),
        format!("channels.csv 中没有渠道“{v}”，无法由话量算出人数"),
    );
    let cure = match nearest(&v, declared.iter().map(String::as_str)) {
        Some(near) => Text::new(format!("did you mean \"{near}\"?"), format!("是不是“{near}”？")),
        None => Text::new(
            format!("add a row to channels.csv: {v},voice,80,20"),
            format!("请在 channels.csv 中加一行：{v},voice,80,20"),
        ),
    };
    cell.error(codes::CHANNEL_WITHOUT_ROW, fact, cure)
}

/// A channel of which only the name is known.
fn bare(name: &str, origin: Origin) -> Channel {
    Channel::new(name, word::channel_kind_of_name(name), origin)
}

fn read_row(row: &Row<'_>, log: &mut Log) -> Result<Channel, Bad> {
    let name = row.get("channel");
    let named = if name.is_empty() { Err(name.is_needed(log)) } else { Ok(name.plain()) };
    let kind = row.get("kind").word(word::channel_kind, &["voice", "chat", "deferred"], log);
    let target_share = row.get("target_pct").share(100.0, log);
    let target_s = target_wait(row, log);
    let late = late_target(row, log);
    let definitions = LevelDefinition::ALL.map(|(_, word)| word);
    let level = row.get("level_definition").word(word::level_definition, &definitions, log);
    let max_wait = row.get("max_wait_s").decimal(0.0, 86_400.0, log);
    let max_abandoned = row.get("max_abandoned_pct").share(100.0, log);
    let patience = row.get("patience_s").decimal(1.0, 1e6, log);
    let concurrency = row.get("concurrency").decimal(1.0, 20.0, log);
    let growth = row.get("session_growth_pct").decimal(0.0, 500.0, log);
    let deadline = row.get("deadline_h").decimal(0.25, 720.0, log);
    let open_hours = row.get("deadline_clock").word(word::open_hours, &["wall", "open"], log);
    let backlog = row.get("backlog").decimal(0.0, 1e7, log);
    let touches = row.get("touches").decimal(1.0, 100.0, log);
    let flexible = row.get("flexible").word(word::flag, &["yes", "no"], log);
    let occupancy = row.get("max_occupancy_pct").share(100.0, log);
    let shrinkage = row.get("shrinkage_pct").share(95.0, log);
    let planned = row.get("planned_shrinkage_pct").share(95.0, log);
    let lagged = row.get("lagged").word(word::flag, &["yes", "no"], log);
    let min_agents = row.get("min_agents").integer(0, 100_000, log);
    let base = bare(&named?, row.origin());
    let kind = kind?.unwrap_or(base.kind);
    let usual_target = if kind == ChannelKind::Chat { 60.0 } else { 20.0 };
    Ok(Channel {
        kind,
        target_share: target_share?.filter(|s| *s > 0.0).unwrap_or(base.target_share),
        level: level?.unwrap_or_default(),
        target_s: target_s?.unwrap_or(usual_target),
        late: late?,
        max_wait_s: max_wait?,
        max_abandoned: max_abandoned?,
        patience_s: patience?,
        concurrency: concurrency?.unwrap_or(1.0),
        session_growth: growth?.unwrap_or(0.0) / 100.0,
        deadline_h: deadline?.unwrap_or(24.0),
        open_hours: open_hours?.unwrap_or(false),
        backlog: backlog?,
        touches: touches?.unwrap_or(1.0),
        flexible: match flexible? {
            None => Flexible::default(),
            Some(true) => Flexible::Planned,
            Some(false) => Flexible::No,
        },
        max_occupancy: occupancy?.filter(|s| *s > 0.0).unwrap_or(1.0),
        shrinkage: shrinkage?.unwrap_or(0.0),
        planned_shrinkage: planned?.unwrap_or(0.0),
        lagged: lagged?.unwrap_or(false),
        min_agents: min_agents?.unwrap_or(0),
        ..base
    })
}

/// The target wait: in seconds, or in rings of `ring_cycle_s` seconds each.
fn target_wait(row: &Row<'_>, log: &mut Log) -> Result<Option<f64>, Bad> {
    let seconds = row.get("target_s").decimal(0.0, 86_400.0, log);
    let rings = row.get("rings").decimal(1.0, 100.0, log);
    let cycle = row.get("ring_cycle_s").decimal(1.0, 60.0, log);
    let (seconds, rings, cycle) = (seconds?, rings?, cycle?.unwrap_or(RING_CYCLE_S));
    let Some(rings) = rings else { return Ok(seconds) };
    match seconds {
        Some(s) if (s - rings * cycle).abs() > 1e-9 => {
            let wait = rings * cycle;
            let fact = Text::new(
                format!("{rings} rings of {cycle} s are {wait} s, and target_s says {s}"),
                format!("{rings} 声铃（每声 {cycle} 秒）是 {wait} 秒，而目标秒数写的是 {s}"),
            );
            let cure = Text::new("keep rings or target_s", "请只保留铃声数或目标秒数");
            Err(log.bad(row.get("rings").error(codes::TARGETS_DISAGREE, fact, cure)))
        }
        _ => Ok(Some(rings * cycle)),
    }
}

/// Another target from some time of the day on.
fn late_target(row: &Row<'_>, log: &mut Log) -> Result<Option<LateTarget>, Bad> {
    let from = row.get("late_from").time(log);
    let target_s = row.get("late_target_s").decimal(0.0, 86_400.0, log);
    match (from?, target_s?) {
        (Some(from), Some(target_s)) => Ok(Some(LateTarget { from, target_s })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(row.get("late_target_s").is_needed(log)),
        (None, Some(_)) => Err(row.get("late_from").is_needed(log)),
    }
}
