//! The stable codes of all diagnostics. `docs/errors.md` has a page for each; a test holds the two equal.

use serde::Serialize;

/// A stable code (`P101`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(pub &'static str);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// The output folder or its parent cannot be written to.
pub const OUTPUT_UNWRITABLE: Code = Code("P901");
/// A file stands in place of the output folder, or a folder in place of an output file.
pub const OUTPUT_BLOCKED: Code = Code("P902");
/// The output folder holds files and no rota of this program.
pub const OUTPUT_FOREIGN: Code = Code("P903");
/// Output files have been changed since they were written.
pub const OUTPUT_EDITED: Code = Code("P904");
