//! `paiban simulate CASE ROTA [-o DIR]`.

use super::args::SimulateArgs;
use super::exit::Exit;
use super::input;
use super::output::Output;
use super::text::{pad, width};
use paiban::base::{Lang, Text};
use paiban::facade;
use paiban::io::read::read_rota;
use paiban::io::write::{self, SIMULATION_FILE_NAMES};
use paiban::report::{SimulatedChannel, SimulatedDay, SimulationReport};
use paiban::simulate::Options;
use serde_json::json;
use std::time::Instant;

/// Days that are named because prediction and simulation differ.
const DAYS: usize = 5;

pub(crate) fn run(args: &SimulateArgs, out: &mut Output) -> Exit {
    if let Some(folder) = &args.output
        && out.findings(write::check_folder(folder, &SIMULATION_FILE_NAMES, args.force))
    {
        return out.end(Exit::Usage);
    }
    let days = super::check::with_days_of(&args.rota, &args.days);
    let Some(case) = input::case(&args.case, &days, out) else { return out.end(Exit::Usage) };
    let (read, found) = read_rota(&case, &args.rota);
    let errors = out.findings(found);
    let Some((rota, plan)) = read.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let checked = facade::check_rota(&case, &rota, plan);
    let options = Options {
        runs: usize::from(args.runs),
        seed: args.seed,
        pooled: args.pooled,
        managed: !args.as_planned,
    };
    let started = Instant::now();
    let simulate = || SimulationReport::new(&case, &checked.requirement, &checked.plan, &options);
    let report = match args.threads.map(|t| rayon::ThreadPoolBuilder::new().num_threads(t.into()).build()) {
        Some(Ok(pool)) => pool.install(simulate),
        _ => simulate(),
    };
    let seconds = started.elapsed().as_secs_f64();
    if report.intervals.is_empty() {
        let text = Text::new(
            "Nothing arrives: simulate needs a forecast.csv (demand.csv has people, not contacts).",
            "没有来件：模拟需要 forecast.csv（demand.csv 只有人数，没有话量）。",
        );
        return super::solve::usage(&text, out);
    }
    if let Some(folder) = &args.output {
        let written = super::interrupt::undisturbed(|| {
            let files =
                write::simulation_files(&report, out.lang).map_err(|e| write::unwritable(folder, &e))?;
            write::write_folder(folder, &files, args.force)
        });
        if let Err(problem) = written {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
    }
    if out.json {
        let folder = args.output.as_ref().map(|f| f.display().to_string());
        let body =
            json!({ "simulation": report.summary, "planned_anew": checked.planned_anew, "folder": folder });
        out.document(body, Exit::Done);
    } else {
        out.result(&page(&report, seconds, out.lang));
        if let Some(folder) = &args.output {
            let names = SIMULATION_FILE_NAMES.join(" ");
            out.result(&format!("\n{}: {names}", folder.display()));
        }
    }
    Exit::Done
}

fn page(report: &SimulationReport, seconds: f64, lang: Lang) -> String {
    let s = &report.summary;
    let rate = s.events as f64 / seconds.max(1e-9) / 1e6;
    let head = Text::new(
        format!(
            "{} to {}, played {} times (seed {}): {} events, {rate:.1} million a second",
            s.from, s.to, s.runs, s.seed, s.events
        ),
        format!(
            "{} 至 {}，模拟 {} 次（种子 {}）：{} 个事件，每秒 {rate:.1} 百万个",
            s.from, s.to, s.runs, s.seed, s.events
        ),
    );
    let absent = Text::new(
        format!(
            "absent without notice: {:.1}% of the shifts; people stay {:.1} h longer than planned",
            100.0 * s.absent,
            s.tail_hours
        ),
        format!("计划外缺勤：{:.1}% 的班次；超出计划下班时间共 {:.1} 小时", 100.0 * s.absent, s.tail_hours),
    );
    let mut lines = vec![head.get(lang).to_owned(), absent.get(lang).to_owned(), String::new()];
    let names: Vec<String> = s.channels.iter().map(|c| name(c.channel.as_deref(), lang)).collect();
    let wide = names.iter().map(|n| width(n)).max().unwrap_or(0);
    for (c, name) in s.channels.iter().zip(&names) {
        lines.push(format!("{}  {}", pad(name, wide), channel(c).get(lang)));
    }
    let mut far: Vec<&SimulatedDay> = report.days.iter().filter(|d| differs(d)).collect();
    far.sort_by(|a, b| {
        b.difference()
            .map(f64::abs)
            .partial_cmp(&a.difference().map(f64::abs))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    if !far.is_empty() {
        lines.push(String::new());
        let text = Text::new(
            "Days on which prediction and simulation differ by more than two points:",
            "预测与模拟相差超过两个百分点的日子：",
        );
        lines.push(text.get(lang).to_owned());
    }
    for d in far.iter().take(DAYS) {
        if let (Some(predicted), Some(level)) = (d.predicted, d.level) {
            let name = name(d.channel.as_deref(), lang);
            let (p, l) = (100.0 * predicted, 100.0 * level.mean);
            let text = Text::new(
                format!("predicted {p:.1}%, simulated {l:.1}%"),
                format!("预测 {p:.1}%，模拟 {l:.1}%"),
            );
            lines.push(format!("  {}  {}  {}", d.date, pad(&name, wide), text.get(lang)));
        }
    }
    if far.len() > DAYS {
        let rest = far.len() - DAYS;
        lines.push(Text::new(format!("  and {rest} more"), format!("  另有 {rest} 天")).get(lang).to_owned());
    }
    lines.join("\n")
}

fn differs(day: &SimulatedDay) -> bool {
    day.difference().is_some_and(|d| d.abs() > paiban::report::CLOSE)
}

fn name(channel: Option<&str>, lang: Lang) -> String {
    channel.map_or_else(|| Text::new("all queues", "全部队列").get(lang).to_owned(), str::to_owned)
}

fn channel(c: &SimulatedChannel) -> Text {
    let percent = |v: Option<f64>| v.map_or_else(|| "-".to_owned(), |v| format!("{:.1}%", 100.0 * v));
    let (level, low, high) = (percent(c.level), percent(c.level_low), percent(c.level_high));
    let offered = c.offered.round();
    if c.definition == "in_deadline" {
        let (hours, late) = (c.target, c.late);
        return Text::new(
            format!("{offered} contacts: {level} ({low} to {high}) done within {hours} h; {late:.1} late"),
            format!("{offered} 件：{level}（{low} 至 {high}）在 {hours} 小时内完成；逾期 {late:.1} 件"),
        );
    }
    let (en, zh) = definition(c);
    let predicted = percent(c.predicted);
    let (wait, gone) = (c.wait_s.unwrap_or(0.0), percent(c.abandoned));
    let close = c.days_close.map(|n| (n, c.days));
    let (close_en, close_zh) = close.map_or((String::new(), String::new()), |(n, of)| {
        (format!("; within 2 points on {n} of {of} days"), format!("；{of} 天中 {n} 天相差不超过 2 个百分点"))
    });
    Text::new(
        format!(
            "{offered} contacts: {level} ({low} to {high}) {en}, predicted {predicted}{close_en}; wait {wait:.1} s, {gone} leave"
        ),
        format!(
            "{offered} 件：{zh} {level}（{low} 至 {high}），预测 {predicted}{close_zh}；平均等待 {wait:.1} 秒，放弃 {gone}"
        ),
    )
}

/// What the level is a share of.
fn definition(c: &SimulatedChannel) -> (String, String) {
    let within = if c.target > 0.0 {
        (format!("within {} s", c.target), format!("{} 秒内接起", c.target))
    } else {
        ("in time".to_owned(), "按时接起".to_owned())
    };
    let (en, zh) = match c.definition {
        "served" => ("of those served", "占已接来件"),
        "less_early_abandons" => ("of those who did not leave before", "不计目标内放弃"),
        "waits_within" => ("or gone", "（含目标内放弃）"),
        _ => ("of all", "占全部来件"),
    };
    (format!("{} {en}", within.0), format!("{}{zh}", within.1))
}
