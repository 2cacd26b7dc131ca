//! The public shift-scheduling instances (Curtois and Qu 2014) as text: sections, each with a heading and rows of
//! fields between commas; lines that begin with `#` are comments.

mod rota;
mod rows;
mod sections;
mod staff;
mod wishes;

pub use rota::read_instance_rota;

use super::cell::Log;
use super::folder::{Opened, text_of};
use crate::base::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::model::{InputFile, Instance};
use sections::{COVER, DAYS_OFF, HORIZON, OFF_REQUESTS, ON_REQUESTS, SHIFTS, STAFF, Sheet};
use std::path::Path;

/// What later sections may name.
struct Names {
    days: Option<usize>,
    shifts: Vec<String>,
    people: Vec<String>,
}

/// Whether a path is that of an instance and not of a case: a file, or a name that no folder has.
#[must_use]
pub fn is_instance(path: &Path) -> bool {
    path.is_file() || !path.exists() && path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"))
}

/// Reads an instance. It is there only when no error was found; the findings may hold warnings.
#[must_use]
pub fn read_instance(path: &Path) -> (Option<Instance>, Diagnostics) {
    let mut log = Log::default();
    let name =
        path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let mut inputs = Vec::new();
    match text_of(path, &name, &mut inputs, &mut log) {
        Opened::Text(text) => {
            let (instance, found) = parse_instance(&name, &text);
            log.findings.extend(found);
            let instance = instance.map(|i| match inputs.pop() {
                Some(source) => Instance { source, ..i },
                None => i,
            });
            return (instance, log.findings);
        }
        Opened::Missing => {
            let shown = path.display();
            let fact = Text::new(format!("there is no file {shown}"), format!("没有文件 {shown}"));
            let cure = Text::new(
                "give the file of an instance, or the folder of a case",
                "请给出算例文件，或案例文件夹",
            );
            log.findings.push(Diagnostic::error(codes::MISSING_FILE, fact, cure).at(&name, 0));
        }
        Opened::Unusable => {}
    }
    (None, log.findings)
}

/// Reads the text of an instance that is called `name`; the instance has no digest then.
#[must_use]
pub fn parse_instance(name: &str, text: &str) -> (Option<Instance>, Diagnostics) {
    let mut log = Log::default();
    let text = text.trim_start_matches('\u{feff}');
    let instance = sections::split(name, text, &mut log).map(|sheet| instance(name, &sheet, &mut log));
    let mut findings = log.findings;
    findings.sort();
    (instance.filter(|_| !findings.has_errors()), findings)
}

fn instance(name: &str, sheet: &Sheet<'_>, log: &mut Log) -> Instance {
    let rows = &sheet.rows;
    let days = staff::horizon(&rows[HORIZON], log);
    let shift_ids = staff::ids(&rows[SHIFTS], codes::DUPLICATE_CODE, log);
    let person_ids = staff::ids(&rows[STAFF], codes::DUPLICATE_ID, log);
    let names = Names { days, shifts: shift_ids, people: person_ids };
    let shifts = staff::shifts(&rows[SHIFTS], &names.shifts, log);
    let mut people = staff::people(&rows[STAFF], &names.people, &names.shifts, log);
    let off = wishes::days_off(&rows[DAYS_OFF], &names, log);
    for (person, days_off) in people.iter_mut().zip(off) {
        person.days_off = days_off;
    }
    let mut requests = wishes::requests(&rows[ON_REQUESTS], true, &names, log);
    requests.extend(wishes::requests(&rows[OFF_REQUESTS], false, &names, log));
    let cover = wishes::cover(&rows[COVER], &names, log);
    let source = InputFile { name: name.to_owned(), sha256: String::new() };
    // Where rows are missing there is an error, and this instance goes no further.
    Instance { source, days: days.unwrap_or(1), shifts, people, requests, cover }
}
