//! Which runs the arguments ask for.

use crate::args::{Args, numbers};
use crate::job::{Job, Limit, Subject};
use crate::known;
use std::path::PathBuf;

/// Number of the last public instance.
const LAST: u32 = 24;

/// All runs, in the order in which they are made: subject, limit, seed.
pub(crate) fn jobs(args: &Args) -> Result<Vec<Job>, String> {
    let (instances, known) = match &args.instances {
        None => Default::default(),
        Some(list) => {
            let folder = args.folder.clone().or_else(|| std::env::var_os("PAIBAN_NRP24").map(PathBuf::from));
            let folder =
                folder.ok_or("give --folder, or name the folder of the instances in PAIBAN_NRP24")?;
            let file = |n: &u32| folder.join(format!("Instance{n}.txt"));
            let mut files: Vec<PathBuf> = numbers(list, LAST)?.iter().map(file).collect();
            if list == "all" {
                files.retain(|f| f.is_file());
            }
            if let Some(missing) = files.iter().find(|f| !f.is_file()) {
                return Err(format!("{} is not there", missing.display()));
            }
            (files, known::read(&folder)?)
        }
    };
    let subjects = instances.into_iter().map(Subject::Instance);
    let subjects: Vec<Subject> =
        subjects.chain(args.people.iter().map(|&n| Subject::Month(usize::from(n)))).collect();
    let seconds = args.seconds.iter().map(|&s| Limit::Seconds(s));
    let limits: Vec<Limit> = seconds.chain(args.work.iter().map(|&w| Limit::Work(w))).collect();
    if !subjects.is_empty() && limits.is_empty() {
        return Err("give --seconds or --work".to_owned());
    }
    if subjects.is_empty() && args.csv.is_none() {
        return Err("give --instances or --people, or --csv with runs".to_owned());
    }
    let mut jobs = Vec::new();
    for subject in &subjects {
        let best_known = known.get(&subject.name()).copied();
        for &limit in &limits {
            for &seed in &args.seeds {
                let threads = usize::from(args.threads);
                jobs.push(Job { subject: subject.clone(), limit, seed, threads, best_known });
            }
        }
    }
    Ok(jobs)
}
