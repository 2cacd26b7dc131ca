//! Opens the case that a command names.

use super::args::Days;
use super::output::Output;
use paiban::io::read::{ReadOptions, read_case};
use paiban::model::Case;
use std::path::Path;

/// Reads a case; `None` after errors, which have been told.
pub(crate) fn case(folder: &Path, days: &Days, out: &mut Output) -> Option<Case> {
    let (case, found) = read_case(folder, &options(days));
    let errors = out.findings(found);
    case.filter(|_| !errors)
}

/// The days that the arguments name.
pub(crate) fn options(days: &Days) -> ReadOptions {
    ReadOptions { month: days.month, from: days.from, to: days.to }
}
