//! Problems for the tests of the engine.

use crate::io::read::{ReadOptions, read_case};
use crate::problem::{RosterProblem, compile};
use crate::{staffing, templates};

/// The problem of a case folder with these files.
pub(super) fn month(files: &[(String, String)]) -> RosterProblem {
    let folder = tempfile::tempdir().expect("a folder");
    templates::write_files(files, folder.path()).expect("a case can be written");
    let (case, findings) = read_case(folder.path(), &ReadOptions::default());
    let case = case.unwrap_or_else(|| panic!("{findings:?}"));
    compile(&case, &staffing::requirement(&case)).expect("every day has an option").problem
}

/// A made-up month of so many people.
pub(super) fn made_up(people: usize) -> RosterProblem {
    let size = templates::generate::Size { people, seed: 1, understaffed: false };
    month(&templates::generate::files(&size))
}
