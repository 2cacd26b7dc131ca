//! `solve` and `check` on a public instance.

use super::args::{CheckArgs, Days, SolveArgs};
use super::check::{score_json, show_score};
use super::exit::Exit;
use super::interrupt;
use super::output::Output;
use super::progress::Progress;
use super::solve::{disagreement, no_rota, options, usage};
use super::summary::{decimals, parts};
use super::text::{columns, hanging, pad};
use paiban::base::index::PersonIx;
use paiban::base::{Lang, Text};
use paiban::check::check_instance;
use paiban::facade::{self, InstanceError, SolvedInstance};
use paiban::io::read::{read_instance, read_instance_rota};
use paiban::io::write::{self, INSTANCE_FILE_NAMES};
use paiban::model::Instance;
use paiban::report::{RunStatus, RunSummary};
use serde_json::json;
use std::path::Path;

/// Solves an instance; writes only with `-o`.
pub(super) fn solve(args: &SolveArgs, out: &mut Output) -> Exit {
    if let Some(exit) = refused_days(&args.days, out) {
        return exit;
    }
    let blocked = args
        .output
        .as_ref()
        .is_some_and(|folder| out.findings(write::check_folder(folder, &INSTANCE_FILE_NAMES, args.force)));
    let instance = read(&args.case, out);
    let Some(instance) = instance.filter(|_| !blocked) else { return out.end(Exit::Usage) };
    let options = options(args);
    let mut progress = Progress::new(&options.stop, out);
    let solved = facade::solve_instance(&instance, &options, &mut progress);
    progress.finish();
    let solved = match solved {
        Ok(solved) => solved,
        Err(InstanceError::Infeasible(people)) => return infeasible(&instance, &people, out),
        Err(InstanceError::NoRota { interrupted }) => return no_rota(interrupted, out),
        Err(InstanceError::Disagreement(found)) => return disagreement(&found, out),
    };
    if let Some(folder) = &args.output
        && let Err(problem) = written(&instance, &solved, folder, args.force)
    {
        out.finding(*problem);
        return out.end(Exit::Usage);
    }
    done(&instance, &solved.summary, args.output.as_deref(), out)
}

/// Checks an instance alone, or a rota of it.
pub(super) fn check(args: &CheckArgs, out: &mut Output) -> Exit {
    if let Some(exit) = refused_days(&args.days, out) {
        return exit;
    }
    let Some(instance) = read(&args.case, out) else { return out.end(Exit::Usage) };
    let Some(path) = &args.rota else { return inputs(&instance, out) };
    let (rota, found) = read_instance_rota(&instance, path);
    let errors = out.findings(found);
    let Some(rota) = rota.filter(|_| !errors) else { return out.end(Exit::Usage) };
    let score = check_instance(&instance, &rota);
    let exit = if score.violations().next().is_some() { Exit::Findings } else { Exit::Done };
    if out.json {
        out.document(score_json(&score, out), exit);
    } else {
        show_score(&score, out);
    }
    exit
}

pub(super) fn read(path: &Path, out: &mut Output) -> Option<Instance> {
    let (instance, found) = read_instance(path);
    let errors = out.findings(found);
    instance.filter(|_| !errors)
}

/// An instance has its own horizon and no dates.
pub(super) fn refused_days(days: &Days, out: &mut Output) -> Option<Exit> {
    let given = days.month.is_some() || days.from.is_some() || days.to.is_some();
    given.then(|| {
        let text = Text::new(
            "A public instance has no dates: leave out --month, --from and --to.",
            "公开算例没有日期：请去掉 --month、--from 和 --to。",
        );
        usage(&text, out)
    })
}

fn written(
    instance: &Instance,
    solved: &SolvedInstance,
    folder: &Path,
    force: bool,
) -> Result<(), Box<paiban::diag::Diagnostic>> {
    interrupt::undisturbed(|| {
        let files = write::instance_files(instance, &solved.rota, &solved.summary)
            .map_err(|e| write::unwritable(folder, &e))?;
        write::write_folder(folder, &files, force)
    })
}

fn inputs(instance: &Instance, out: &Output) -> Exit {
    let (days, people, shifts) = (instance.days, instance.people.len(), instance.shifts.len());
    let (requests, cover) = (instance.requests.len(), instance.cover.len());
    if out.json {
        let body = json!({
            "days": days, "people": people, "shifts": shifts, "requests": requests, "cover": cover,
        });
        out.document(body, Exit::Done);
    } else {
        let text = Text::new(
            format!(
                "The instance is in order.\n  days      {days}\n  people    {people}\n  shifts    {shifts}\n  \
                 requests  {requests}\n  cover     {cover}"
            ),
            format!(
                "算例没有错误。\n  天数  {days}\n  人员  {people}\n  班次  {shifts}\n  请求  {requests}\n  需求  {cover}"
            ),
        );
        out.result(text.get(out.lang));
    }
    Exit::Done
}

fn infeasible(instance: &Instance, people: &[PersonIx], out: &Output) -> Exit {
    let ids: Vec<&str> = people.iter().map(|p| instance.people[p.ix()].id.as_str()).collect();
    if out.json {
        out.document(json!({ "status": "infeasible", "people": ids }), Exit::Findings);
        return Exit::Findings;
    }
    let list = ids.join(", ");
    let text = Text::new(
        format!(
            "No rota keeps all hard rules; nothing was written. Nobody could work as these people must, whatever the \
             others do: {list}. Look at their row of SECTION_STAFF and their days off."
        ),
        format!(
            "没有任何排班能满足全部硬性规则；未写出任何文件。无论其他人怎么排，以下人员的限制本身无法满足：{list}。\
             请检查他们在 SECTION_STAFF 的一行和休息日。"
        ),
    );
    out.result(&hanging("", text.get(out.lang), columns()));
    Exit::Findings
}

fn done(instance: &Instance, summary: &RunSummary, folder: Option<&Path>, out: &Output) -> Exit {
    if out.json {
        let shown = folder.map(|f| f.display().to_string());
        let files: &[&str] = if folder.is_some() { &INSTANCE_FILE_NAMES } else { &[] };
        out.document(json!({ "summary": summary, "folder": shown, "files": files }), Exit::Done);
    } else {
        out.result(&page(instance, summary, folder, out.lang));
    }
    Exit::Done
}

/// The summary for a terminal.
fn page(instance: &Instance, s: &RunSummary, folder: Option<&Path>, lang: Lang) -> String {
    let name = &instance.source.name;
    let (days, people, shifts) = (instance.days, instance.people.len(), instance.shifts.len());
    let head = Text::new(
        format!(
            "{name}: {people} people, {days} days, {shifts} shift {}",
            if shifts == 1 { "type" } else { "types" }
        ),
        format!("{name}：{people} 人，{days} 天，{shifts} 种班次"),
    );
    let mut lines = vec![head.get(lang).to_owned(), String::new()];
    let mut row = |en: &str, zh: &str, body: &str| {
        let label = Text::new(en, zh);
        lines.push(hanging(&pad(label.get(lang), 11), body, columns()));
    };
    row("Status", "状态", status(s.status).get(lang));
    row("Objective", "罚分", &s.objective.to_string());
    let unknown = Text::new("none yet (give more time)", "尚无（请给更多时间）");
    row("Bound", "下界", &s.bound.map_or_else(|| unknown.get(lang).to_owned(), |b| b.to_string()));
    if let Some(gap) = s.gap {
        row("Gap", "差距", &format!("{}%", decimals((gap * 10_000.0).ceil() as i64)));
    }
    row("Seconds", "秒数", &format!("{:.2}", s.seconds));
    let parts = parts(&s.penalties, lang);
    if !parts.is_empty() {
        row("Made of", "组成", &parts.join(if lang == Lang::Zh { "，" } else { ", " }));
    }
    if let Some(folder) = folder {
        let names = INSTANCE_FILE_NAMES.join(" ");
        let text =
            Text::new(format!("{}: {names}", folder.display()), format!("{}：{names}", folder.display()));
        row("Files", "文件", text.get(lang));
    }
    lines.join("\n")
}

fn status(status: RunStatus) -> Text {
    match status {
        RunStatus::Optimal => Text::new("optimal: proven, no rota does better", "最优：已证明没有更好的排班"),
        RunStatus::Feasible => Text::new("feasible: every hard rule holds", "可行：满足全部硬性规则"),
        RunStatus::Infeasible => Text::new("infeasible", "不可行"),
        RunStatus::Interrupted => Text::new("interrupted: the best rota so far", "被中断：目前最好的排班"),
    }
}
