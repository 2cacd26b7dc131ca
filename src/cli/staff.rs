//! `paiban staff CASE [-o FILE]`.

use super::args::OneFileArgs;
use super::exit::Exit;
use super::input;
use super::output::Output;
use paiban::base::{Text, clock};
use paiban::diag::{Diagnostic, codes};
use paiban::io::write::{requirement_csv, write_file};
use paiban::model::{Case, Requirement, RequirementSource};
use paiban::staffing;
use serde_json::{Value, json};

pub(crate) fn run(args: &OneFileArgs, out: &mut Output) -> Exit {
    if let Some(found) = taken(args.output.as_deref(), args.force) {
        out.finding(found);
        return out.end(Exit::Usage);
    }
    let Some(case) = input::case(&args.case, &args.days, out) else { return out.end(Exit::Usage) };
    let requirement = staffing::requirement(&case);
    let pools = staffing::pooling(&case, &requirement);
    for p in &pools {
        let names = p.channels.join(", ");
        let hours = |minutes: i64| (minutes as f64 / 60.0).round();
        let (apart, together) = (hours(p.apart), hours(p.together));
        out.say(&Text::new(
            format!(
                "{names}: {apart} person-hours one by one, {together} by people who can serve all of them (at the busiest \
                 {} people, {})",
                p.most.0, p.most.1
            ),
            format!(
                "{names}：分开各需共 {apart} 人时，由全能人员合并只需 {together} 人时（最忙时 {} 人，合并 {} 人）",
                p.most.0, p.most.1
            ),
        ));
    }
    // A file may go back into a case folder; on the screen a byte order mark would only be in the way.
    let bytes = match requirement_csv(&case, &requirement, out.lang) {
        Ok(bytes) => bytes,
        Err(e) => {
            out.note(&e.to_string());
            return Exit::Bug;
        }
    };
    if let Some(path) = &args.output {
        if let Err(problem) = write_file(path, &bytes) {
            out.finding(*problem);
            return out.end(Exit::Usage);
        }
        out.say(&Text::new(
            format!("{} intervals written to {}", requirement.intervals.len(), path.display()),
            format!("已写出 {} 个时段：{}", requirement.intervals.len(), path.display()),
        ));
    }
    if out.json {
        let file = args.output.as_ref().map(|p| p.display().to_string());
        let pools: Vec<Value> = pools
            .iter()
            .map(|p| json!({ "channels": p.channels, "apart_minutes": p.apart, "together_minutes": p.together }))
            .collect();
        let body = json!({ "intervals": rows(&case, &requirement), "pooling": pools, "file": file });
        out.document(body, Exit::Done);
    } else if args.output.is_none() {
        out.bytes(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes));
    }
    Exit::Done
}

fn rows(case: &Case, requirement: &Requirement) -> Vec<Value> {
    requirement
        .intervals
        .iter()
        .map(|i| {
            let source = match i.source {
                RequirementSource::Demand => "demand",
                RequirementSource::Forecast => "forecast",
            };
            json!({
                "date": case.horizon.date(i.day as i64).to_string(), "start": clock(i.time.start),
                "end": clock(i.time.end), "channel": case.channel(i.channel).name, "agents": i.agents,
                "under_weight": i.under_weight, "over_weight": i.over_weight, "volume": i.volume,
                "aht_s": i.aht_s, "source": source,
                "service_level": staffing::promised(case, i).map(|f| f.level(case.channel(i.channel).level)),
                "level_definition": case.channel(i.channel).level.word(),
                "employed": staffing::employed(case.channel(i.channel), i.agents),
            })
        })
        .collect()
}

/// The finding that the file to write is there already; a device may be written to.
pub(super) fn taken(output: Option<&std::path::Path>, force: bool) -> Option<Diagnostic> {
    let path = output.filter(|p| !force && (p.is_file() || p.is_dir() || p.is_symlink() && !p.exists()))?;
    let fact = Text::new("the file exists already", "文件已存在");
    let cure =
        Text::new("give another name, or --force to overwrite it", "请换一个文件名，或用 --force 覆盖");
    Some(Diagnostic::error(codes::OUTPUT_FOREIGN, fact, cure).at(&path.display().to_string(), 0))
}
