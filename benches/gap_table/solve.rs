//! Makes one run: in a child process, so that its memory is its own and its end takes nothing else along.

use crate::job::{Job, Limit, Subject};
use crate::machine;
use crate::run::Run;
use crate::trace::Trace;
use paiban::base::stop::StopCriterion;
use paiban::check::{ScoreAnalysis, check_instance};
use paiban::facade::{InstanceError, SolveError, check_rota, solve_checked, solve_instance};
use paiban::io::read::{ReadOptions, read_case, read_instance};
use paiban::model::Case;
use paiban::report::{RunStatus, gap};
use paiban::solve::SolveOptions;
use paiban::templates::generate::{Size, files};
use paiban::templates::write_files;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Seed of the made-up months: every run of a size has the same month.
const MONTH: u64 = 1;
/// A run may take so much longer than its limit, and twice the limit, before it is ended.
const GRACE: Duration = Duration::from_secs(120);

/// Makes a run in a child process and waits for it.
pub(crate) fn in_child(job: &Job) -> Result<Run, String> {
    let text = serde_json::to_string(job).map_err(|e| e.to_string())?;
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(["--job", &text])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("a run cannot be started: {e}"))?;
    let in_time = wait(&mut child, job.limit, started);
    let mut answer = String::new();
    if let Some(mut out) = child.stdout.take() {
        // What is no answer is found below.
        let _ = out.read_to_string(&mut answer);
    }
    let mut run = serde_json::from_str(&answer).unwrap_or_else(|_| Run {
        status: if in_time { "crashed" } else { "overran" }.to_owned(),
        seconds: thousandths(started.elapsed().as_secs_f64()),
        ..Run::default()
    });
    label(&mut run, job);
    Ok(run)
}

/// Waits for the child; false when it took far too long and was ended.
fn wait(child: &mut Child, limit: Limit, started: Instant) -> bool {
    let last = match limit {
        Limit::Seconds(s) => Some(Duration::from_secs_f64(s) * 2 + GRACE),
        Limit::Work(_) => None,
    };
    loop {
        if child.try_wait().is_ok_and(|status| status.is_some()) {
            return true;
        }
        if last.is_some_and(|l| started.elapsed() > l) {
            let _ = child.kill();
            let _ = child.wait();
            return false;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn label(run: &mut Run, job: &Job) {
    run.date = chrono::Local::now().format("%Y-%m-%d").to_string();
    run.version = env!("CARGO_PKG_VERSION").to_owned();
    run.commit = machine::commit();
    run.machine = machine::description();
    run.subject = job.subject.name();
    run.limit = job.limit.to_string();
    (run.seed, run.threads) = (job.seed, job.threads);
    run.best_known = job.best_known;
    run.over_known = job.best_known.zip(run.objective).map(|(k, o)| (o - k) as f64 / k.max(1) as f64);
}

/// Makes the run of `--job` and writes it to stdout.
pub(crate) fn as_child(text: &str) -> Result<(), String> {
    let job: Job = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let run = match &job.subject {
        Subject::Instance(path) => instance(path, &job)?,
        Subject::Month(people) => month(*people, &job)?,
    };
    println!("{}", serde_json::to_string(&run).map_err(|e| e.to_string())?);
    Ok(())
}

/// The rota of a solve, scored once more: status, objective and bound as claimed, and the score.
type Judged = Result<(RunStatus, i64, Option<i64>, ScoreAnalysis), &'static str>;

fn instance(path: &Path, job: &Job) -> Result<Run, String> {
    let (instance, found) = read_instance(path);
    let instance = instance.filter(|_| !found.has_errors());
    let instance = instance.ok_or_else(|| format!("{} cannot be read", path.display()))?;
    Ok(watched(job, |options, trace| {
        let solved = solve_instance(&instance, options, trace).map_err(|e| match e {
            InstanceError::Infeasible(_) => "infeasible",
            InstanceError::NoRota { .. } => "none",
            InstanceError::Disagreement(_) => "wrong",
        })?;
        let score = check_instance(&instance, &solved.rota);
        Ok((solved.summary.status, solved.summary.objective, solved.summary.bound, score))
    }))
}

fn month(people: usize, job: &Job) -> Result<Run, String> {
    let case = made_up(people)?;
    Ok(watched(job, |options, trace| {
        let solved = solve_checked(&case, options, trace).map_err(|e| match e {
            SolveError::Infeasible(_) => "infeasible",
            SolveError::NoRota { .. } => "none",
            SolveError::Disagreement(_) => "wrong",
        })?;
        let score = check_rota(&case, &solved.rota, Some(solved.plan)).score;
        Ok((solved.run.status, solved.score.objective(), solved.run.bound, score))
    }))
}

fn made_up(people: usize) -> Result<Case, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let files = files(&Size { people, seed: MONTH, understaffed: false });
    write_files(&files, folder.path()).map_err(|e| e.to_string())?;
    let (case, found) = read_case(folder.path(), &ReadOptions::default());
    case.filter(|_| !found.has_errors()).ok_or_else(|| format!("the month of {people} cannot be read"))
}

fn watched(job: &Job, solve: impl FnOnce(&SolveOptions, &mut Trace) -> Judged) -> Run {
    let mut trace = Trace::default();
    let (time, work) = match job.limit {
        Limit::Seconds(s) => (Some(Duration::from_secs_f64(s)), None),
        Limit::Work(units) => (None, Some(units)),
    };
    let stop = StopCriterion::new(time, work, Default::default());
    let options = SolveOptions { stop, gap: 0.0, seed: job.seed, threads: job.threads };
    let judged = solve(&options, &mut trace);
    let seconds = options.stop.elapsed().as_secs_f64();
    let mut run = Run { seconds: thousandths(seconds), work: Some(options.stop.work()), ..Run::default() };
    match judged {
        Err(status) => status.clone_into(&mut run.status),
        Ok((_, objective, _, score))
            if score.objective() != objective || score.violations().next().is_some() =>
        {
            "wrong".clone_into(&mut run.status);
        }
        Ok((status, objective, bound, _)) => {
            trace.see(seconds, Some(objective), bound);
            run.status = if status == RunStatus::Optimal { "optimal" } else { "feasible" }.to_owned();
            (run.objective, run.bound) = (Some(objective), bound);
            run.gap = bound.map(|b| gap(objective, b));
        }
    }
    run.first_s = trace.first.map(thousandths);
    [run.gap_1_s, run.gap_05_s] = trace.marks.map(|m| m.map(thousandths));
    run.proof_s = trace.proof.map(thousandths);
    run.columns = Some(trace.columns);
    let share = |part: f64| Some(thousandths(part / seconds.max(1e-9)));
    run.master = share(trace.spent.master);
    run.pricing = share(trace.spent.pricing);
    run.days = share(trace.spent.days);
    run.peak_mib = machine::peak_mib();
    run
}

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
