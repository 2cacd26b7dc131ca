//! `channels.csv`, and the channels that only other files name.

use super::cell::{Bad, Log};
use super::table::{Row, Table};
use super::text::plain;
use super::values::word;
use crate::base::Text;
use crate::diag::{codes, nearest};
use crate::model::{Channel, Origin};
use crate::rules::ChannelKind;
use rustc_hash::{FxHashMap, FxHashSet};

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
    let target_s = row.get("target_s").decimal(0.0, 86_400.0, log);
    let patience = row.get("patience_s").decimal(1.0, 86_400.0, log);
    let concurrency = row.get("concurrency").decimal(1.0, 20.0, log);
    let deadline = row.get("deadline_h").decimal(0.25, 720.0, log);
    let occupancy = row.get("max_occupancy_pct").share(100.0, log);
    let shrinkage = row.get("shrinkage_pct").share(95.0, log);
    let min_agents = row.get("min_agents").integer(0, 100_000, log);
    let base = bare(&named?, row.origin());
    let kind = kind?.unwrap_or(base.kind);
    let usual_target = if kind == ChannelKind::Chat { 60.0 } else { 20.0 };
    Ok(Channel {
        kind,
        target_share: target_share?.filter(|s| *s > 0.0).unwrap_or(base.target_share),
        target_s: target_s?.unwrap_or(usual_target),
        patience_s: patience?,
        concurrency: concurrency?.unwrap_or(1.0),
        deadline_h: deadline?.unwrap_or(24.0),
        max_occupancy: occupancy?.filter(|s| *s > 0.0).unwrap_or(1.0),
        shrinkage: shrinkage?.unwrap_or(0.0),
        min_agents: min_agents?.unwrap_or(0),
        ..base
    })
}
