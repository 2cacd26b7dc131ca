//! `paiban check CASE [ROTA]`.

use super::args::{CheckArgs, Days};
use super::exit::Exit;
use super::input;
use super::instance;
use super::origin::way_to_case;
use super::output::Output;
use super::text::{columns, hanging, pad, width};
use paiban::base::Text;
use paiban::check::{Match, ScoreAnalysis, case_notes, legal_gaps};
use paiban::diag::Diagnostic;
use paiban::explain;
use paiban::facade::{self, Checked};
use paiban::io::read::{is_instance, read_rota, rota_span};
use paiban::io::write;
use paiban::model::{Case, Rota};
use paiban::report::{RunFacts, RunStatus};
use paiban::rules::wording;
use paiban::staffing;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;

pub(crate) fn run(args: &CheckArgs, out: &mut Output) -> Exit {
    if is_instance(&args.case) {
        return instance::check(args, out);
    }
    match &args.rota {
        None => inputs(args, out),
        Some(rota) => rota_of(args, rota, out),
    }
}

/// The inputs alone.
fn inputs(args: &CheckArgs, out: &mut Output) -> Exit {
    let Some(case) = input::case(&args.case, &args.days, out) else { return out.end(Exit::Usage) };
    let intervals = staffing::requirement(&case).intervals.len();
    let gaps = legal_gaps(&case);
    let idle: Vec<Text> = explain::idle(&case).iter().map(explain::Conflict::text).collect();
    let notes = case_notes(&case);
    if out.json {
        let body = json!({
            "people": case.people.len(), "shifts": case.shifts.len(), "channels": case.channels.len(),
            "from": case.horizon.first.to_string(), "to": case.horizon.last().to_string(),
            "days": case.horizon.days, "intervals": intervals, "rules": case.rules.rows.len(),
            "history_rows": case.history.len(),
            "legal_gaps": gaps.iter().map(|t| t.get(out.lang)).collect::<Vec<_>>(),
            "idle": idle.iter().map(|t| t.get(out.lang)).collect::<Vec<_>>(),
            "notes": notes.iter().map(|t| t.get(out.lang)).collect::<Vec<_>>(),
        });
        out.document(body, Exit::Done);
        return Exit::Done;
    }
    out.result(was_read(&case, intervals).get(out.lang));
    for (head, list) in [
        (Text::new("Legal limits without a row in rules.csv:", "rules.csv 中没有写的法定限制："), gaps),
        (Text::new("People who could not work at all:", "一天班都排不上的人员："), idle),
        (Text::new("Leave and approvals to look at:", "需要留意的请假与审批："), notes),
    ] {
        if !list.is_empty() {
            out.result(&format!("\n{}", head.get(out.lang)));
            for line in &list {
                out.result(&hanging("  ", line.get(out.lang), columns()));
            }
        }
    }
    Exit::Done
}

fn was_read(case: &Case, intervals: usize) -> Text {
    let (from, to) = (case.horizon.first, case.horizon.last());
    let (people, shifts, channels) = (case.people.len(), case.shifts.len(), case.channels.len());
    let (days, rules, wishes) = (case.horizon.days, case.rules.rows.len(), case.requests.len());
    Text::new(
        format!(
            "The inputs are in order.\n  days       {days} ({from} to {to})\n  people     {people}\n  \
             shifts     {shifts}\n  channels   {channels}\n  intervals  {intervals}\n  rules      {rules}\n  \
             requests   {wishes}\n  leave      {}\n  history    {} person-days",
            case.leave.len(),
            case.history.len()
        ),
        format!(
            "输入文件没有错误。\n  天数    {days}（{from} 至 {to}）\n  人员    {people}\n  班次    {shifts}\n  \
             渠道    {channels}\n  时段    {intervals}\n  规则    {rules}\n  请求    {wishes}\n  请假    {}\n  \
             历史    {} 人天",
            case.leave.len(),
            case.history.len()
        ),
    )
}

/// A rota against its case.
fn rota_of(args: &CheckArgs, path: &Path, out: &mut Output) -> Exit {
    let days = with_days_of(path, &args.days);
    let Some(case) = input::case(&args.case, &days, out) else { return out.end(Exit::Usage) };
    let (read, found) = read_rota(&case, path);
    let errors = out.findings(found);
    let Some((rota, plan)) = read.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let started = Instant::now();
    let checked = facade::check_rota(&case, &rota, plan);
    if let Some(folder) = &args.output
        && let Err(problem) = write_all(args, (&case, &rota, &checked), (folder, started), out)
    {
        out.finding(*problem);
        return out.end(Exit::Usage);
    }
    let exit = if checked.score.violations().next().is_some() { Exit::Findings } else { Exit::Done };
    if out.json {
        out.document(as_json(&checked, out), exit);
    } else {
        show(&checked, out);
    }
    exit
}

/// Writes all files of a rota that somebody has made or edited. No bound is known for it.
fn write_all(
    args: &CheckArgs,
    (case, rota, checked): (&Case, &Rota, &Checked),
    (folder, started): (&Path, Instant),
    out: &Output,
) -> Result<(), Box<Diagnostic>> {
    let run = RunFacts {
        status: RunStatus::Feasible,
        bound: None,
        seconds: started.elapsed().as_secs_f64(),
        seed: 1,
        threads: 1,
    };
    let mut report = facade::report_checked(case, rota, checked, &run);
    report.summary.case = Some(way_to_case(&args.case, folder));
    let mut files = write::files(&report, out.lang).map_err(|e| write::unwritable(folder, &e))?;
    files.extend(write::calendar_files(&report, out.lang, folder));
    write::write_folder(folder, &files, args.force)?;
    out.say(&Text::new(
        format!("All files of this rota are in {}", folder.display()),
        format!("这份班表的全部文件已写入 {}", folder.display()),
    ));
    Ok(())
}

/// Without days in the arguments, those that the rota has.
pub(super) fn with_days_of(path: &Path, days: &Days) -> Days {
    if days.month.is_some() || days.from.is_some() {
        return Days { month: days.month, from: days.from, to: days.to };
    }
    let (from, to) = rota_span(path).unzip();
    Days { month: None, from, to }
}

fn as_json(checked: &Checked, out: &Output) -> Value {
    let mut body = score_json(&checked.score, out);
    if let Some(map) = body.as_object_mut() {
        map.insert("planned_anew".to_owned(), checked.planned_anew.into());
    }
    body
}

/// A score for programs.
pub(super) fn score_json(score: &ScoreAnalysis, out: &Output) -> Value {
    let row = |m: &Match| {
        json!({
            "rule": m.rule, "scope": m.scope, "weight": m.weight, "amount": m.amount, "penalty": m.penalty,
            "who": m.who, "when": m.when, "why": m.why.get(out.lang),
        })
    };
    json!({
        "objective": score.objective(),
        "penalties": score.penalties(),
        "violations": score.violations().map(row).collect::<Vec<_>>(),
    })
}

fn show(checked: &Checked, out: &Output) {
    if checked.planned_anew {
        let text = Text::new(
            "There are no duties that fit this rota.csv: meals, channels and handovers were planned anew.",
            "没有与这份 rota.csv 相符的 duties.csv：已重新安排用餐、渠道和交接。",
        );
        out.result(&hanging("", text.get(out.lang), columns()));
    }
    show_score(&checked.score, out);
}

/// A score for people.
pub(super) fn show_score(score: &ScoreAnalysis, out: &Output) {
    let broken: Vec<&Match> = score.violations().collect();
    let head = match broken.len() {
        0 => Text::new("No hard rule is broken.", "没有违反任何硬性规则。"),
        1 => Text::new("Hard rules are broken in 1 place:", "有 1 处违反硬性规则："),
        n => Text::new(format!("Hard rules are broken in {n} places:"), format!("有 {n} 处违反硬性规则：")),
    };
    out.result(head.get(out.lang));
    for m in broken {
        out.result(&hanging(
            "  ",
            &format!("{}  {}  {}", wording(&m.rule).get(out.lang), m.who, m.when),
            columns(),
        ));
        out.result(&hanging("    ", m.why.get(out.lang), columns()));
    }
    penalties(score, out);
}

fn penalties(score: &ScoreAnalysis, out: &Output) {
    let text = Text::new(format!("\nPenalty {}", score.objective()), format!("\n罚分 {}", score.objective()));
    out.result(text.get(out.lang));
    let sums = score.penalties();
    let sums: Vec<(String, &i64)> =
        sums.iter().map(|(r, sum)| (wording(r).get(out.lang).to_owned(), sum)).collect();
    let wide = sums.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, sum) in &sums {
        out.result(&format!("  {}  {sum:>10}", pad(name, wide)));
    }
}
