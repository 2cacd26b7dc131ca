//! `paiban demo [DIR]`.

use super::args::{Days, DemoArgs, SolveArgs};
use super::exit::Exit;
use super::new;
use super::output::Output;
use super::solve;
use paiban::base::Text;
use paiban::templates;

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
        let (case, rota) = (case.display(), rota.display());
        let text = Text::new(
            format!(
                "\nWhat to look at:\n  {rota}/rota.html     all of it, in a browser\n  {rota}/rota.xlsx     who works when, one line a person\n  \
                 {rota}/coverage.csv  each half hour: needed, rostered, short\n  \
                 {rota}/hours.csv     paid hours and overtime against the cap\n  \
                 {rota}/score.csv     what the rota still costs, and why\n  \
                 {case}/rules.csv     change a rule there, then: paiban solve {case} -o {rota}"
            ),
            format!(
                "\n看哪里：\n  {rota}/rota.html     用浏览器看全部内容\n  {rota}/rota.xlsx     每人一行的排班表\n  \
                 {rota}/coverage.csv  每个时段：需求、在岗、缺员\n  \
                 {rota}/hours.csv     工时与加班上限\n  \
                 {rota}/score.csv     还有哪些罚分，为什么\n  \
                 {case}/rules.csv     在这里改规则，然后运行：paiban solve {case} -o {rota}"
            ),
        );
        out.result(text.get(out.lang));
    }
    exit
}
