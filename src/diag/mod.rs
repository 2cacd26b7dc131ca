//! Diagnostics as data: what is wrong in the user's files, where, and how to cure it. Rendered elsewhere.

mod bag;
pub mod codes;
mod render;

pub use bag::Diagnostics;
pub use codes::Code;
pub use render::{render_human, render_json};

use crate::base::Text;
use serde::Serialize;

/// How bad a finding in the input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The program goes on; the user should look.
    Warning,
    /// The program cannot go on.
    Error,
}

/// One finding in the input, with its place and its cure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, documented in `docs/errors.md`.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// File name as the user knows it (`staff.csv`), or a folder or argument.
    pub file: String,
    /// 1-based line of the file, 0 when the finding is about the whole file.
    pub line: usize,
    /// Column header, or empty.
    pub column: String,
    /// Offending value as written, or empty.
    pub value: String,
    /// What is wrong, with its values.
    pub fact: Text,
    /// What to do about it.
    pub cure: Text,
}
