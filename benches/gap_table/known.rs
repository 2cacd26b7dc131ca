//! The published best objectives: `best_known.csv` beside the instances.

use std::collections::BTreeMap;
use std::path::Path;

/// Best known objective per instance; empty where there is no such file.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, i64>, String> {
    let path = folder.join("best_known.csv");
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let mut known = BTreeMap::new();
    let wrong = |e: csv::Error| format!("{}: {e}", path.display());
    for row in csv::Reader::from_path(&path).map_err(wrong)?.deserialize() {
        let row: BTreeMap<String, String> = row.map_err(wrong)?;
        let figure = row.get("best_known_solution").and_then(|v| v.trim().parse().ok());
        if let (Some(name), Some(figure)) = (row.get("instance"), figure) {
            known.insert(name.clone(), figure);
        }
    }
    Ok(known)
}
