//! The ids that another system gives to people and shifts: two columns, ours and theirs.

use super::cell::Log;
use super::columns::{self, FileColumns};
use super::folder;
use super::names::id_key;
use crate::base::Text;
use crate::diag::{Diagnostics, codes};
use std::collections::BTreeMap;
use std::path::Path;

/// Theirs by ours; ours in any case and width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdMap {
    ids: BTreeMap<String, String>,
}

impl IdMap {
    /// Their id of one of ours.
    #[must_use]
    pub fn get(&self, ours: &str) -> Option<&str> {
        self.ids.get(&id_key(ours)).map(String::as_str)
    }
}

/// Reads a map of people (`id`, `userid`) or of shifts (`shift`, `shift_id`). It is there only when no error was found.
#[must_use]
pub fn read_id_map(path: &Path, people: bool) -> (Option<IdMap>, Diagnostics) {
    let mut log = Log::default();
    let (columns, ours, theirs): (&'static FileColumns, _, _) = if people {
        (&columns::PEOPLE_IDS, "id", "userid")
    } else {
        (&columns::SHIFT_IDS, "shift", "shift_id")
    };
    let table = folder::open_path(path, columns, true, &mut Vec::new(), &mut log);
    let mut map = IdMap::default();
    for row in table.iter().flat_map(|t| t.rows()) {
        let (our, their) = (row.get(ours), row.get(theirs));
        if our.is_empty() || their.is_empty() {
            let _ = if our.is_empty() { our.is_needed(&mut log) } else { their.is_needed(&mut log) };
            continue;
        }
        let before = map.ids.insert(id_key(our.text()), their.text().to_owned());
        if before.is_some_and(|b| b != their.text()) {
            let fact = Text::new("two rows give it different ids", "两行给出了不同的编号");
            let cure = Text::new("keep one of the rows", "请只保留一行");
            log.findings.push(our.error(codes::DUPLICATE_ROW, fact, cure));
        }
    }
    let mut findings = log.findings;
    findings.sort();
    (table.map(|_| map).filter(|_| !findings.has_errors()), findings)
}
