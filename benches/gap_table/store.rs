//! The CSV of runs: read at the start, a row added as each run ends.

use crate::run::Run;
use std::fs::{File, OpenOptions};
use std::path::Path;

/// The runs so far, and the file that new ones go to.
pub(crate) struct Store {
    runs: Vec<Run>,
    writer: Option<csv::Writer<File>>,
}

impl Store {
    /// Opens a file, or keeps the runs in memory alone.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, String> {
        let Some(path) = path else { return Ok(Self { runs: Vec::new(), writer: None }) };
        let wrong = |e: csv::Error| format!("{}: {e}", path.display());
        let runs: Vec<Run> = if path.exists() {
            let rows = csv::Reader::from_path(path).map_err(wrong)?.into_deserialize();
            rows.collect::<Result<_, _>>().map_err(wrong)?
        } else {
            Vec::new()
        };
        let file = OpenOptions::new().append(true).create(true).open(path);
        let file = file.map_err(|e| format!("{}: {e}", path.display()))?;
        let writer = csv::WriterBuilder::new().has_headers(runs.is_empty()).from_writer(file);
        Ok(Self { runs, writer: Some(writer) })
    }
    /// Adds a run; it is in the file when this returns.
    pub(crate) fn add(&mut self, run: Run) -> Result<(), String> {
        if let Some(writer) = &mut self.writer {
            writer.serialize(&run).map_err(|e| e.to_string())?;
            writer.flush().map_err(|e| e.to_string())?;
        }
        self.runs.push(run);
        Ok(())
    }
    /// The runs; of equal ones the last.
    pub(crate) fn latest(&self) -> Vec<Run> {
        let mut latest: Vec<Run> = Vec::new();
        for run in &self.runs {
            latest.retain(|r| !r.repeats(run));
            latest.push(run.clone());
        }
        latest
    }
}
