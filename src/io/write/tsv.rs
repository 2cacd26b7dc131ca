//! `rota.tsv`, the answer to a public instance: one line a person, a cell a day, empty for a day off.

use crate::model::{Case, Rota};

/// The lines of `rota.tsv`.
#[must_use]
pub fn rota_tsv(case: &Case, rota: &Rota) -> Vec<u8> {
    let mut text = String::new();
    for cells in &rota.cells {
        let codes: Vec<&str> =
            cells.iter().map(|c| c.shift().map_or("", |s| case.shift(s).code.as_str())).collect();
        text += &codes.join("\t");
        text.push('\n');
    }
    text.into_bytes()
}
