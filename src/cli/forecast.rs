//! `paiban forecast HISTORY.csv --month 2026-12 [-o FILE]`.

use super::args::{ForecastArgs, MethodArg};
use super::exit::Exit;
use super::output::Output;
use super::staff::taken;
use super::text::{pad, width};
use chrono::{Months, NaiveDate};
use paiban::base::{Lang, Text};
use paiban::diag::{Diagnostic, codes};
use paiban::forecast::{self, ChannelForecast, LEAST_DAYS, Method, TooShort};
use paiban::io::read::read_contacts;
use paiban::io::write::{forecast_csv, write_file};
use serde_json::{Value, json};
use std::path::Path;

pub(crate) fn run(args: &ForecastArgs, out: &mut Output) -> Exit {
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let (read, found) = read_contacts(&args.history, args.calendar.as_deref());
    let errors = out.findings(found);
    let Some((history, calendar)) = read.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let (year, month) = args.month;
    let span = NaiveDate::from_ymd_opt(year, month, 1)
        .and_then(|first| Some((first, (first + Months::new(1)).pred_opt()?)));
    let Some(span) = span else { return out.end(Exit::Usage) };
    let method = match args.method {
        MethodArg::Best => None,
        MethodArg::Model => Some(Method::Model),
        MethodArg::Naive => Some(Method::Naive),
    };
    let channels = match forecast::forecast(&history, &calendar, span, method) {
        Ok(channels) => channels,
        Err(short) => {
            short.iter().for_each(|s| out.finding(too_short(s, &args.history, span.0)));
            return out.end(Exit::Usage);
        }
    };
    let bytes = match forecast_csv(&channels, out.lang) {
        Ok(bytes) => bytes,
        Err(e) => {
            out.note(&e.to_string());
            return Exit::Bug;
        }
    };
    if let Some(path) = &args.output
        && let Err(problem) = write_file(path, &bytes)
    {
        out.finding(*problem);
        return out.end(Exit::Usage);
    }
    let page = page(&channels, out.lang);
    match (&args.output, out.json) {
        (file, true) => {
            let file = file.as_ref().map(|p| p.display().to_string());
            let list: Vec<Value> = channels.iter().map(as_json).collect();
            out.document(json!({ "channels": list, "file": file }), Exit::Done);
        }
        (Some(path), false) => {
            out.result(&page);
            let rows: usize = channels.iter().map(|c| c.rows.len()).sum();
            let said = Text::new(
                format!("{rows} intervals written to {}", path.display()),
                format!("已写出 {rows} 个时段：{}", path.display()),
            );
            out.result(said.get(out.lang));
        }
        (None, false) => {
            out.note(&page);
            out.bytes(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes));
        }
    }
    Exit::Done
}

fn too_short(s: &TooShort, file: &Path, first: NaiveDate) -> Diagnostic {
    let (channel, days) = (&s.channel, s.days);
    let fact = Text::new(
        format!("the channel \"{channel}\" has {days} days before {first}: a forecast needs {LEAST_DAYS}"),
        format!("渠道“{channel}”在 {first} 之前只有 {days} 天数据：预测至少需要 {LEAST_DAYS} 天"),
    );
    let cure = Text::new("add earlier days, or take the channel out", "请补上更早的日子，或去掉该渠道");
    Diagnostic::error(codes::SHORT_HISTORY, fact, cure).at(&file.display().to_string(), 0)
}

/// How the methods did on the past, and which one is used.
fn page(channels: &[ChannelForecast], lang: Lang) -> String {
    let percent = |v: f64| format!("{:.1}%", 100.0 * v);
    let wide = channels.iter().map(|c| width(&c.channel)).max().unwrap_or(0);
    let mut lines = Vec::new();
    for c in channels {
        let total: f64 = c.rows.iter().map(|r| r.volume).sum();
        let known = Text::new(
            format!(
                "{total:.0} contacts expected, from {} days ({} missing between them)",
                c.days.0, c.days.1
            ),
            format!("预计 {total:.0} 件，依据 {} 天（其间缺 {} 天）", c.days.0, c.days.1),
        );
        lines.push(format!("{}  {}", pad(&c.channel, wide), known.get(lang)));
        let indent = " ".repeat(wide + 2);
        let Some(t) = &c.test else {
            let text = Text::new(
                "too short for a back-test (8 weeks): nobody knows how good this is",
                "历史太短，无法回测（需 8 周）：预测好坏未知",
            );
            lines.push(format!("{indent}{}", text.get(lang)));
            continue;
        };
        for (method, en, zh) in
            [(Method::Model, "model", "模型"), (Method::Naive, "same weekday of the last week", "上周同日")]
        {
            let s = t.of(method);
            let (i, d, b) = (percent(s.interval_error), percent(s.day_error), percent(s.bias));
            let text = Text::new(
                format!(
                    "back-test, {} x 4 weeks, {en}: intervals off by {i}, days by {d}, bias {b}",
                    t.blocks
                ),
                format!("回测 {} 个四周，{zh}：时段误差 {i}，日误差 {d}，偏差 {b}", t.blocks),
            );
            lines.push(format!("{indent}{}", text.get(lang)));
        }
        let text = match (t.better(), c.method) {
            (Method::Model, Method::Model) => {
                Text::new("the model is better and is used", "模型更准，采用模型")
            }
            (Method::Naive, Method::Naive) => Text::new(
                "the naive forecast is better: the model brings nothing here, and the naive one is used",
                "朴素预测更准：模型在此没有用处，采用朴素预测",
            ),
            (Method::Naive, Method::Model) => Text::new(
                "the naive forecast would be better; the model is used as you asked",
                "朴素预测更准；按您的要求采用模型",
            ),
            (Method::Model, Method::Naive) => Text::new(
                "the model would be better; the naive forecast is used as you asked",
                "模型更准；按您的要求采用朴素预测",
            ),
        };
        lines.push(format!("{indent}{}", text.get(lang)));
    }
    lines.join("\n")
}

fn as_json(c: &ChannelForecast) -> Value {
    let scores = |s: &forecast::Scores| json!({ "interval_error": s.interval_error, "day_error": s.day_error, "bias": s.bias });
    let test = c.test.as_ref().map(|t| {
        json!({ "blocks": t.blocks, "model": scores(&t.model), "naive": scores(&t.naive), "better": t.better().word() })
    });
    let rows: Vec<Value> = c
        .rows
        .iter()
        .map(|r| {
            json!({
                "date": r.date.to_string(), "start": paiban::base::clock(r.start),
                "volume": (r.volume * 100.0).round() / 100.0, "aht_s": r.aht_s.round(),
            })
        })
        .collect();
    json!({
        "channel": c.channel, "days": c.days.0, "missing_days": c.days.1, "method": c.method.word(),
        "back_test": test, "rows": rows,
    })
}
