//! `.paiban.json`: what the program wrote into a folder, with digests, so that it knows its own files again.

use super::OutputFile;
use crate::report::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// Name of the manifest inside an output folder.
pub(super) const MANIFEST: &str = ".paiban.json";

/// The files of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of the program.
    pub version: String,
    /// Digest per file name.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of these files.
    pub(super) fn of(files: &[OutputFile]) -> Self {
        let digests = files.iter().map(|f| (f.name.to_string(), digest(&f.name, &f.bytes)));
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), files: digests.collect() }
    }
    /// The manifest of a folder, if there is a readable one.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(folder.join(MANIFEST)).ok()?).ok()
    }
    /// Names of the files in folders inside.
    pub(super) fn inner_names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|n| n.contains('/'))
    }
    /// Whether a file of the folder is still as it was written.
    pub(super) fn holds(&self, folder: &Path, name: &str) -> bool {
        let bytes = std::fs::read(folder.join(name));
        bytes.is_ok_and(|b| self.files.get(name) == Some(&digest(name, &b)))
    }
    /// The bytes of the manifest.
    pub(super) fn bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(std::io::Error::other)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// SHA-256 of a file. `seconds` and `threads` of a summary are left out, so that equal runs have equal manifests.
fn digest(name: &str, bytes: &[u8]) -> String {
    let stripped = (name == "summary.json").then(|| without_clock(bytes)).flatten();
    hex(&Sha256::digest(stripped.as_deref().unwrap_or(bytes)))
}

fn without_clock(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    let map = value.as_object_mut()?;
    map.shift_remove("seconds");
    map.shift_remove("threads");
    serde_json::to_vec(&value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_threads_do_not_change_the_digest_of_a_summary() {
        let a = digest("summary.json", br#"{"objective": 3, "seconds": 1.5, "threads": 1}"#);
        let b = digest("summary.json", br#"{"objective": 3, "seconds": 2.5, "threads": 2}"#);
        let c = digest("summary.json", br#"{"objective": 4, "seconds": 2.5, "threads": 2}"#);
        assert_eq!(a, b);
        assert_ne!(a, c);
    }
}
