//! `paiban demo [DIR]`.

use super::args::{Days, DemoArgs, SolveArgs};
use super::exit::Exit;
use super::new;
use super::output::Output;
use super::solve;
use super::text::{columns, hanging, pad, width};
use paiban::base::Text;
use paiban::templates;
use std::path::Path;

pub(crate) fn run(args: &DemoArgs, out: &mut Output) -> Exit {
    let case = args.dir.join("case");
    let rota = args.dir.join("rota");
    let template = templates::NAMES[0];
    // A demo that was made before is made anew from the case that is there: people play with it.
    let files = templates::files(template, out.lang).unwrap_or_default();
    if !case.join("staff.csv").exists() && !new::make(&files, &case, out) {
        return out.end(Exit::Usage);
    }
    out.say(&templates::describe(template));
    let solve = SolveArgs {
        case: case.clone(),
        output: Some(rota.clone()),
        days: Days::default(),
        time_limit: Some(args.time_limit),
        work_limit: None,
        gap: 0.005,
        seed: 1,
        threads: None,
        force: false,
    };
    let exit = solve::run(&solve, out);
    if exit == Exit::Done && !out.json {
        look(&case, &rota, out);
    }
    exit
}

/// Names the files to open, and what to try.
fn look(case: &Path, rota: &Path, out: &Output) {
    let files = [
        (rota, "rota.html", "all of it, in a browser", "用浏览器看全部内容"),
        (rota, "rota.xlsx", "who works when, one line a person", "每人一行的排班表"),
        (rota, "coverage.csv", "each half hour: needed, rostered, short", "每个时段：需求、在岗、缺员"),
        (rota, "hours.csv", "paid hours and overtime against the cap", "工时与加班上限"),
        (rota, "score.csv", "what the rota still costs, and why", "还有哪些罚分，为什么"),
        (
            case,
            "rules.csv",
            "change a rule there, then run the command below",
            "在这里改规则，然后运行下面的命令",
        ),
    ];
    let files =
        files.map(|(folder, file, en, zh)| (folder.join(file).display().to_string(), Text::new(en, zh)));
    let wide = files.iter().map(|(path, _)| width(path)).max().unwrap_or(0);
    out.result(Text::new("\nWhat to look at:", "\n看哪里：").get(out.lang));
    for (path, text) in &files {
        out.result(&hanging(&format!("  {}  ", pad(path, wide)), text.get(out.lang), columns()));
    }
    out.result(&format!("  paiban solve {} -o {}", case.display(), rota.display()));
}
