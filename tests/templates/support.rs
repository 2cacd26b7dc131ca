//! Runs the binary and reads what it wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A row of a table, by header.
pub(crate) type Row = BTreeMap<String, String>;

/// A folder to work in, gone at the end of the test.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A path inside.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs `paiban` inside the folder; gives the exit code and what it said on stderr.
    pub(crate) fn run(&self, args: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_paiban"))
            .args(args)
            .env_remove("PAIBAN_LANG")
            .env("LANG", "en_US.UTF-8")
            .current_dir(self.folder.path())
            .output()
            .expect("the binary runs");
        let said =
            String::from_utf8_lossy(&output.stdout).to_string() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap_or(-1), said)
    }

    /// Runs `paiban` and wants exit code 0.
    pub(crate) fn must(&self, args: &[&str]) -> String {
        let (code, said) = self.run(args);
        assert_eq!(code, 0, "paiban {}\n{said}", args.join(" "));
        said
    }

    /// Rows of a CSV file inside.
    pub(crate) fn rows(&self, file: &str) -> Vec<Row> {
        rows(&self.path(file))
    }

    /// The text of a file inside, without byte order mark.
    pub(crate) fn text(&self, file: &str) -> String {
        let path = self.path(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        text.trim_start_matches('\u{feff}').to_string()
    }

    /// Writes a file inside.
    pub(crate) fn put(&self, file: &str, text: &str) {
        std::fs::write(self.path(file), text).expect("a file can be written");
    }

    /// The summary of a folder of `solve`.
    pub(crate) fn summary(&self, folder: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(&format!("{folder}/summary.json"))).expect("summary.json is JSON")
    }
}

/// Rows of a CSV file; lines that start with `#` are comments.
pub(crate) fn rows(path: &Path) -> Vec<Row> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            header.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect()
        })
        .collect()
}

/// Wants the two sums of a finished rota to agree and the bound below them.
pub(crate) fn wants_honest_figures(desk: &Desk, folder: &str) {
    let summary = desk.summary(folder);
    let objective = summary["objective"].as_i64().expect("an objective");
    let score = desk.rows(&format!("{folder}/score.csv"));
    let sum: i64 = score.iter().map(|r| r["penalty"].parse::<i64>().expect("a whole penalty")).sum();
    assert_eq!(sum, objective, "score.csv sums to the objective");
    let named: i64 = summary["penalties"]
        .as_object()
        .expect("penalties by rule")
        .values()
        .map(|v| v.as_i64().expect("a whole penalty"))
        .sum();
    assert_eq!(named, objective, "the penalties of summary.json sum to the objective");
    if let Some(bound) = summary["bound"].as_i64() {
        assert!(bound <= objective, "bound {bound} above objective {objective}");
    }
    assert!(score.iter().all(|r| r["strength"] == "soft"), "no hard rule is broken");
}
