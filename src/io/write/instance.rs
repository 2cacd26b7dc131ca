//! The answer to a public instance: `rota.tsv`, one line a person, cells with tabs between them, empty for a day off;
//! and `summary.json`.

use super::OutputFile;
use crate::model::{Instance, InstanceRota};
use crate::report::RunSummary;

/// Names of the files.
pub const INSTANCE_FILE_NAMES: [&str; 2] = ["rota.tsv", "summary.json"];

/// The files, in the order of [`INSTANCE_FILE_NAMES`].
///
/// # Errors
/// When the summary cannot be turned into bytes.
pub fn instance_files(
    instance: &Instance,
    rota: &InstanceRota,
    summary: &RunSummary,
) -> Result<Vec<OutputFile>, std::io::Error> {
    let mut bytes = serde_json::to_vec_pretty(summary).map_err(std::io::Error::other)?;
    bytes.push(b'\n');
    Ok(vec![
        OutputFile { name: INSTANCE_FILE_NAMES[0].into(), bytes: rota_tsv(instance, rota) },
        OutputFile { name: INSTANCE_FILE_NAMES[1].into(), bytes },
    ])
}

fn rota_tsv(instance: &Instance, rota: &InstanceRota) -> Vec<u8> {
    let mut text = String::new();
    for cells in &rota.cells {
        let ids: Vec<&str> =
            cells.iter().map(|c| c.map_or("", |s| instance.shifts[s.ix()].id.as_str())).collect();
        text += &ids.join("\t");
        text.push('\n');
    }
    text.into_bytes()
}
